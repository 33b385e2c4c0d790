//! What every command that writes has in common: the difference is shown, the outcome is looked at, and only then written.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::session::{Broken, Opened};
use super::{Outcome, Session};
use crate::book::{Book, Document};
use crate::date::Date;
use crate::disk::Failure;
use crate::document::Metadata;
use crate::edit::control::documents;
use crate::edit::decide::NewDocument;
use crate::edit::{Denied, Draft, Refusal};
use crate::files::{FilePath, Files};
use crate::finding::{Finding, Place};
use crate::project::Snapshot;
use crate::report::{Report, difference, text};
use crate::text::{LineIndex, visible_name};
use crate::words::{Words, localized};

/// Where the book is, and whether anything is written.
#[derive(Debug, clap::Args)]
pub(super) struct Writing {
    #[arg(long, value_name = "DIR")]
    pub(super) dir: Option<PathBuf>,
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// Changes the control of some documents and writes it where each of them then says what was asked.
pub(super) fn control(
    names: &[String],
    writing: &Writing,
    session: &mut Session<'_>,
    change: impl FnOnce(&Book, &[&Document]) -> Result<Draft, Denied>,
    asked: impl Fn(&Metadata) -> bool,
) -> anyhow::Result<Outcome> {
    let opened = session.open(writing.dir.as_deref())?;
    let book = &opened.snapshot.book;
    let named = documents(book, names).map_err(|why| denied(why, &book.files))?;
    let draft = change(book, &named).map_err(|why| denied(why, &book.files))?;
    let paths: Vec<FilePath> = named.iter().map(|document| document.original.path.clone()).collect();
    let unmet = |after: &Snapshot| {
        let says = |path: &&FilePath| after.book.document_at(path).is_some_and(|document| asked(document.metadata()));
        paths.iter().filter(|path| !says(path)).map(ToString::to_string).collect()
    };
    finish(opened, draft.files(), unmet, writing, session)
}

/// The day on which something was done: today, or an earlier one.
pub(super) fn past(on: Option<Date>, session: &Session<'_>) -> Result<Date, Failure> {
    let today = session.day();
    match on {
        Some(on) if on > today => Err(Failure::new("future-day").with("day", on.to_string())),
        on => Ok(on.unwrap_or(today)),
    }
}

/// Shows what changes, and writes it where the book then says what was asked: `unmet` names what it does not say.
pub(super) fn finish(
    opened: Opened,
    files: Files,
    unmet: impl FnOnce(&Snapshot) -> Vec<String>,
    writing: &Writing,
    session: &mut Session<'_>,
) -> anyhow::Result<Outcome> {
    let Opened { mut workspace, snapshot } = opened;
    let after = Arc::new(workspace.snapshot_of(files, session.day()).map_err(Broken)?);
    let unmet = unmet(&after);
    if !unmet.is_empty() {
        return Err(Failure::new("unmet").with_list("what", &unmet).into());
    }
    let (before, files) = (&snapshot.book.files, &after.book.files);
    let changed = difference::changed(before, files).count();
    if changed == 0 {
        session.say("cli.writing.same", &[])?;
        return Ok(Outcome::Done);
    }
    let difference = difference::render(before, files, session.look(false));
    if !writing.dry_run {
        workspace.write(before, files)?;
    }
    session.out.coloured(&difference)?;
    let key = if writing.dry_run { "cli.writing.would" } else { "cli.writing.done" };
    session.say(key, &[("n", &changed.to_string())])?;
    brought(&snapshot, &after, session)?;
    Ok(Outcome::Done)
}

/// What makes findings the same before and after a change: not the names in their words, which the change may have changed.
fn kind(finding: &Finding) -> impl Ord + use<> {
    let Finding { code, variant, place, item, role, .. } = finding;
    (*code, *variant, place.path.clone(), item.clone(), role.clone())
}

/// Tells the findings that were not there before.
fn brought(before: &Snapshot, after: &Snapshot, session: &mut Session<'_>) -> anyhow::Result<()> {
    let mut known = BTreeMap::new();
    for finding in &before.checked.findings {
        *known.entry(kind(finding)).or_insert(0_usize) += 1;
    }
    let is_new = |finding: &&Finding| match known.get_mut(&kind(finding)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    let new: Vec<&Finding> = after.checked.findings.iter().filter(is_new).collect();
    if new.is_empty() {
        return Ok(());
    }
    let book = &after.book;
    let report = Report::new(new.iter().copied(), &book.files, &book.catalogs, &session.labels(), after.derived.today);
    session.say("cli.writing.brought", &[("n", &new.len().to_string())])?;
    let printed = text::render(&report, session.look(false));
    session.out.coloured(&printed)?;
    Ok(())
}

/// Why nothing is written, as a failure.
pub(super) fn denied(denied: Denied, files: &Files) -> Failure {
    match denied {
        Denied::Refused(Refusal { reason, place }) => Failure::new("uneditable")
            .with("place", placed(&place, files))
            .because(localized(&format!("edit.refused.{}", reason.word()))),
        Denied::Because { key, values, place } => {
            let failure =
                values.into_iter().fold(Failure::new(key), |failure, (name, value)| failure.with(name, value));
            match place {
                Some(place) => failure.with("place", placed(&place, files)),
                None => failure,
            }
        }
    }
}

/// A place as people name it.
pub(super) fn placed(place: &Place, files: &Files) -> String {
    let text = files.text(&place.path).unwrap_or_default();
    let position = LineIndex::new(text).position(text, place.span.start.min(text.len()));
    format!("{}:{}:{}", visible_name(place.path.as_str()), position.line, position.column)
}

/// A document for decisions, where the book has none.
pub(super) fn begun(book: &Book) -> NewDocument {
    let language = book.config.default_language().of_labels();
    let text = match language.code() {
        "ja" => include_str!("new/applicability.ja.md"),
        _ => include_str!("new/applicability.en.md"),
    };
    let ids = (1..).map(|number| format!("SOA-{number:03}"));
    let id = ids.into_iter().find(|id| book.document_with_id(id).is_none()).expect("one number of all is free");
    let title = Words::of(&language).get("document-type.applicability");
    let text = text.replace("@id@", &id).replace("@title@", title).replace("@fields@\n", "");
    let free = |path: &FilePath| book.files.get(path).is_none();
    let names = ["applicability".to_owned(), id.to_lowercase()]
        .into_iter()
        .chain((2..).map(|number| format!("applicability-{number}")));
    let mut paths = names.map(|name| FilePath::new(&format!("content/{name}.md")));
    NewDocument { path: paths.find(free).expect("one number of all is free"), text }
}
