//! What every command needs: the reader's language, the day, where to write, and the book.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::screen::Screen;
use super::{Surroundings, today};
use crate::book::content_files;
use crate::changes::Comparison;
use crate::config::{Audience, BaseUrl, Config};
use crate::date::Date;
use crate::disk::Failure;
use crate::files::FilePath;
use crate::finding::Finding;
use crate::language::Language;
use crate::project::{BrokenConfig, Outcome, Snapshot, shown_to};
use crate::report::text::Look;
use crate::site::Site;
use crate::text::{LineIndex, visible_name};
use crate::words::Words;
use crate::workspace::Workspace;

/// One run of a command.
pub(super) struct Session<'a> {
    /// The language of the messages: asked for, or of the book, or of the locale.
    pub(super) language: Option<Language>,
    /// The language of `--language` alone.
    pub(super) asked: Option<Language>,
    /// The day that was given; none for the day of the clock.
    pub(super) today: Option<Date>,
    /// What is around the process.
    pub(super) around: &'a Surroundings,
    /// Where results go.
    pub(super) out: Screen<'a>,
    /// Where messages about them go.
    pub(super) err: Screen<'a>,
}

/// A book read from its folder.
pub(super) struct Opened {
    /// The book on disk.
    pub(super) workspace: Workspace,
    /// What it holds.
    pub(super) snapshot: Arc<Snapshot>,
}

/// `book.toml` is no TOML: no command can go on.
#[derive(Debug)]
pub(super) struct Broken(pub(super) BrokenConfig);

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.fault.words.get(&Language::english()))
    }
}

impl std::error::Error for Broken {}

impl Session<'_> {
    /// The words of the messages.
    pub(super) fn words(&self) -> &'static Words {
        Words::of(&self.labels())
    }

    /// The language of the messages: English or Japanese.
    pub(super) fn labels(&self) -> Language {
        self.language.as_ref().map_or_else(Language::english, Language::of_labels)
    }

    /// Takes the day of `SOURCE_DATE_EPOCH` where none was asked for.
    pub(super) fn settle_day(&mut self) -> anyhow::Result<()> {
        let epoch = self.around.epoch.as_deref().filter(|_| self.today.is_none());
        if let Some(epoch) = epoch {
            let day = today::of_epoch(epoch).ok_or_else(|| Failure::new("epoch").with("value", epoch))?;
            self.today = Some(day);
        }
        Ok(())
    }

    /// The day that counts as today.
    pub(super) fn day(&self) -> Date {
        self.today.unwrap_or_else(today::of_clock)
    }

    /// How findings look here.
    pub(super) fn look(&self, verbose: bool) -> Look {
        Look { styled: self.around.styled, width: self.around.width, verbose }
    }

    /// Notes that a shallow clone keeps back what git would tell of documents, so that nobody takes silence for health.
    pub(super) fn note_shallow(&mut self, workspace: &Workspace) -> anyhow::Result<()> {
        if workspace.is_shallow() {
            self.say("cli.shallow", &[])?;
        }
        Ok(())
    }

    /// Warns where the page of changes can show none. The build goes on: the book itself is whole.
    pub(super) fn warn_uncompared(&mut self, comparison: Option<&Comparison>) -> anyhow::Result<()> {
        let Some(why) = comparison.and_then(Comparison::failure) else { return Ok(()) };
        let line = self.words().fill("cli.uncompared", &[("what", why.get(&self.labels()))]);
        writeln!(self.err, "{line}")?;
        Ok(())
    }

    /// Says a line of the words under a key.
    pub(super) fn say(&mut self, key: &str, values: &[(&str, &str)]) -> anyhow::Result<()> {
        let shown: Vec<_> = values.iter().map(|(name, value)| (*name, visible_name(value))).collect();
        let shown: Vec<(&str, &str)> = shown.iter().map(|(name, value)| (*name, &**value)).collect();
        let line = self.words().fill(key, &shown);
        writeln!(self.out, "{line}")?;
        Ok(())
    }

    /// The book in `folder`, or the one here or above; none where there is no book here or above.
    pub(super) fn open_some(&mut self, folder: Option<&Path>) -> anyhow::Result<Option<Opened>> {
        let lacking = |error: &anyhow::Error| {
            let key = error.downcast_ref::<Failure>().map_or("", Failure::key);
            folder.is_none() && ["no-book-above", "no-book-yet"].contains(&key)
        };
        match self.open(folder) {
            Err(error) if lacking(&error) => Ok(None),
            opened => opened.map(Some),
        }
    }

    /// What an audience sees of a book, all of it without one. What names documents that are left out is told, before
    /// anything is written.
    pub(super) fn shown_to(&mut self, opened: &Opened, audience: Option<&str>) -> anyhow::Result<Arc<Snapshot>> {
        let Some(audience) = opened.audience(audience)? else { return Ok(Arc::clone(&opened.snapshot)) };
        let shown = shown_to(&opened.snapshot, audience);
        if shown.translations > 0 {
            let count = shown.translations.to_string();
            writeln!(self.err, "{}", self.words().fill("cli.audience.translations", &[("n", &count)]))?;
        }
        let mut told: BTreeMap<(Outcome, &FilePath, &str), Vec<String>> = BTreeMap::new();
        for mask in &shown.masks {
            let text = opened.snapshot.book.text(&mask.place.path).unwrap_or_default();
            let line = (LineIndex::new(text).line(mask.place.span.start) + 1).to_string();
            let lines = told.entry((mask.outcome, &mask.place.path, &mask.words)).or_default();
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        for ((outcome, path, words), lines) in told {
            let place = format!("{}:{}", visible_name(path.as_str()), lines.join(", "));
            let key = format!("cli.audience.{}", outcome.word());
            writeln!(self.err, "{}", self.words().fill(&key, &[("words", &visible_name(words)), ("place", &place)]))?;
        }
        Ok(Arc::new(shown.snapshot))
    }

    /// Reads the book in `folder`, or the one here or above.
    pub(super) fn open(&mut self, folder: Option<&Path>) -> anyhow::Result<Opened> {
        let mut workspace = Workspace::open(folder)?;
        let snapshot = workspace.snapshot(self.day()).map_err(Broken)?;
        self.language.get_or_insert_with(|| snapshot.book.config.default_language().clone());
        Ok(Opened { workspace, snapshot: Arc::new(snapshot) })
    }
}

impl Opened {
    /// The folder.
    pub(super) fn root(&self) -> &Path {
        self.workspace.root()
    }

    /// Refuses to put an empty manual, or one made without its settings, in the place of a good one.
    pub(super) fn refuse_empty(&self) -> anyhow::Result<()> {
        let files = &self.snapshot.book.files;
        let problem = |path: &str| files.get(&FilePath::new(path)).is_some_and(|file| file.problem.is_some());
        if problem("book.toml") {
            return Err(Failure::new("unread-settings").at(&self.root().join("book.toml")).into());
        }
        match content_files(files).next() {
            Some(_) => Ok(()),
            None => Err(Failure::new("no-content").at(&self.root().join("content")).into()),
        }
    }

    /// Refuses to put a manual from which something is missing, since it could not be read, in the place of a whole one.
    pub(super) fn refuse_incomplete(&self) -> anyhow::Result<()> {
        let unread = |finding: &&Finding| ["BOK001", "BOK006"].contains(&finding.code);
        let mut missing = self.snapshot.checked.findings.iter().filter(unread);
        let Some(first) = missing.next() else { return Ok(()) };
        let failure = Failure::new("incomplete").with("code", first.code).with("first", &first.place.path);
        Err(failure.with("n", missing.count() + 1).into())
    }

    /// The audience of a name; none where none is asked for.
    fn audience(&self, name: Option<&str>) -> anyhow::Result<Option<&Audience>> {
        let Some(name) = name else { return Ok(None) };
        let audiences = &self.snapshot.book.config.audiences;
        if let Some(audience) = audiences.get(name) {
            return Ok(Some(audience));
        }
        let known: Vec<&str> = audiences.keys().map(String::as_str).collect();
        let failure = Failure::new(if known.is_empty() { "no-audiences" } else { "unknown-audience" });
        Err(failure.with("name", name).with_list("known", &known).into())
    }

    /// What the book is compared with, as far as an audience sees it; none where it asks for nothing.
    pub(super) fn comparison(&mut self, shown: &Arc<Snapshot>, audience: Option<&str>) -> Option<Arc<Comparison>> {
        let audience = audience.and_then(|name| self.snapshot.book.config.audiences.get(name));
        self.workspace.comparison(&self.snapshot, shown, audience)
    }
}

/// Where the site will stand: the address on the command line, else the one in `book.toml`.
pub(super) fn base_url(written: Option<&str>, config: &Config) -> anyhow::Result<Option<BaseUrl>> {
    let Some(written) = written else { return Ok(config.build.base_url.clone()) };
    let url = BaseUrl::parse(written).ok_or_else(|| Failure::new("base-url").with("url", written))?;
    Ok(Some(url))
}

/// The paths of everything that a site publishes.
pub(super) fn paths(site: &Site) -> Vec<String> {
    site.routes().into_iter().map(|route| route.path).collect()
}

/// The bytes at a path of a site.
pub(super) fn bytes(site: &Site, path: &str) -> Arc<[u8]> {
    site.route(path).map_or_else(|| Arc::from([]), |route| site.render(&route).bytes)
}

/// Whether a path of a site is a page, and no file for programs.
pub(super) fn is_page(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending == "html")
}
