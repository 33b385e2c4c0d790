//! Findings for people and for machines. Every format starts from the same entries: a finding joined to its words and
//! with its place worked out.

pub mod baseline;
pub mod difference;
pub mod github;
pub mod json;
pub mod junit;
pub mod sarif;
pub mod text;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::catalog::Catalogs;
use crate::date::Date;
use crate::edit::fix;
use crate::files::{FilePath, Files};
use crate::finding::{Finding, Place, Severity};
use crate::language::Language;
use crate::project::Snapshot;
use crate::rules;
use crate::text::{LineIndex, Position, visible};
use crate::words::Words;

/// All findings of a run, ready for any format.
#[derive(Debug)]
pub struct Report<'a> {
    /// The findings that count, in the order of file and place.
    pub entries: Vec<Entry<'a>>,
    /// The accepted ones with the reason for which they are.
    pub accepted: Vec<(Entry<'a>, String)>,
    /// The language that its words are in.
    pub language: Language,
    /// The day that counted as today.
    pub today: Date,
    /// Where the book lies within its repository, with a slash at its end; none without a repository.
    pub within: Option<String>,
    texts: Texts<'a>,
    catalogs: &'a Catalogs,
}

/// One finding with its words and its place.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// The finding.
    pub finding: &'a Finding,
    /// The name of its rule.
    pub name: &'static str,
    /// What the rule is called.
    pub title: &'static str,
    /// What is wrong.
    pub message: String,
    /// Why, or where the other half is.
    pub note: Option<String>,
    /// The one next step.
    pub help: Option<String>,
    /// The clause that asks for it; empty where none does.
    pub clause: &'static str,
    /// The other places that it points at.
    pub related: Vec<Related<'a>>,
    /// Where it begins.
    pub start: Position,
    /// Where it ends: the first character after it.
    pub end: Position,
}

/// Another place that a finding points at.
#[derive(Debug, Clone)]
pub struct Related<'a> {
    /// The place.
    pub place: &'a Place,
    /// What stands there.
    pub message: String,
    /// Where it begins.
    pub start: Position,
    /// Where it ends: the first character after it.
    pub end: Position,
}

/// What may be applied to mend a finding.
#[derive(Debug)]
struct Fix {
    /// What it does.
    title: String,
    /// Whether nobody needs to look at the outcome.
    safe: bool,
    edits: Vec<Replacement>,
}

/// A text in the place of another.
#[derive(Debug)]
struct Replacement {
    path: FilePath,
    start: Position,
    end: Position,
    text: String,
}

impl Entry<'_> {
    /// The file.
    pub fn path(&self) -> &str {
        self.finding.place.path.as_str()
    }

    /// The next step with the clause that asks for it; the clause alone where there is no step to name.
    pub fn step(&self, words: &Words) -> Option<String> {
        match (&self.help, self.clause) {
            (None, "") => None,
            (None, clause) => Some(clause.to_owned()),
            (Some(help), "") => Some(help.clone()),
            (Some(help), clause) => Some(words.fill("report.with-clause", &[("help", help), ("clause", clause)])),
        }
    }

    /// Whether it has no place of its own and so stands at the beginning of `book.toml`.
    pub fn is_placeless(&self) -> bool {
        self.finding.place == crate::finding::Place::book()
    }
}

/// How many findings there are of each weight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub error: usize,
    /// Warnings.
    pub warning: usize,
    /// Infos.
    pub info: usize,
    /// Accepted findings, of any weight.
    pub accepted: usize,
}

impl Counts {
    /// Counts some findings.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>, accepted: usize) -> Self {
        let mut counts = Self { accepted, ..Self::default() };
        for finding in findings {
            match finding.severity {
                Severity::Error => counts.error += 1,
                Severity::Warning => counts.warning += 1,
                Severity::Info => counts.info += 1,
            }
        }
        counts
    }

    /// All that count.
    pub fn all(self) -> usize {
        self.error + self.warning + self.info
    }
}

impl<'a> Report<'a> {
    /// What the rules found in a book, and `more` that was found elsewhere, as in its theme.
    pub fn of(snapshot: &'a Snapshot, more: &'a [Finding], language: &Language) -> Self {
        let (book, checked) = (&snapshot.book, &snapshot.checked);
        let findings = checked.findings.iter().chain(more);
        let mut report = Self::new(findings, &book.files, &book.catalogs, language, snapshot.derived.today);
        report.entries.sort_by_key(|entry| &entry.finding.place);
        let accepted = checked.accepted.iter().map(|(finding, at)| {
            let reason = book.config.accepted.get(*at).map_or("", |accepted| accepted.reason.get(language));
            (finding, reason.to_owned())
        });
        report.accepted =
            accepted.map(|(finding, reason)| (entry(finding, &mut report.texts, language), reason)).collect();
        report
    }

    /// Findings of files that need not be a book, as of one catalog.
    pub fn new(
        findings: impl IntoIterator<Item = &'a Finding>,
        files: &'a Files,
        catalogs: &'a Catalogs,
        language: &Language,
        today: Date,
    ) -> Self {
        let mut texts = Texts { files, read: BTreeMap::new() };
        let entries = findings.into_iter().map(|finding| entry(finding, &mut texts, language)).collect();
        Self { entries, accepted: Vec::new(), language: language.of_labels(), today, within: None, texts, catalogs }
    }

    /// How many findings there are.
    pub fn counts(&self) -> Counts {
        Counts::of(self.entries.iter().map(|entry| entry.finding), self.accepted.len())
    }

    /// Whether a finding of this weight or a heavier one is there.
    pub fn reaches(&self, severity: Severity) -> bool {
        self.entries.iter().any(|entry| entry.finding.severity >= severity)
    }

    /// The path of a file from the root of the repository, where the book lies in one, else from the book's folder.
    fn path_of(&self, path: &FilePath) -> String {
        format!("{}{path}", self.within.as_deref().unwrap_or_default())
    }

    /// What may be applied to mend a finding, the likeliest first.
    fn fixes(&self, finding: &Finding) -> Vec<Fix> {
        let words = Words::of(&self.language);
        let (fixes, _) = fix::of(self.texts.files, finding);
        let fix = |fix: fix::Fix| {
            let replacement = |edit: &crate::edit::Edit| {
                let text = self.texts.files.text(&edit.path).unwrap_or_default();
                let index = LineIndex::new(text);
                let position = |offset| index.position(text, offset);
                let (start, end) = (position(edit.span.start), position(edit.span.end));
                Replacement { path: edit.path.clone(), start, end, text: edit.text.clone() }
            };
            Fix { title: fix.said(words), safe: fix.safe, edits: fix.edits.iter().map(replacement).collect() }
        };
        fixes.into_iter().map(fix).collect()
    }

    /// The text of a file that an entry, or the other half of one, stands in.
    fn text(&self, path: &FilePath) -> &str {
        self.texts.read.get(path).map_or("", |(text, _)| text)
    }

    fn line_index(&self, path: &FilePath) -> Option<&LineIndex> {
        self.texts.read.get(path).map(|(_, index)| index)
    }
}

/// The texts of the files that findings stand in, read once.
#[derive(Debug)]
struct Texts<'a> {
    files: &'a Files,
    read: BTreeMap<&'a FilePath, (Cow<'a, str>, LineIndex)>,
}

impl<'a> Texts<'a> {
    fn position(&mut self, path: &'a FilePath, offset: usize) -> Position {
        let files = self.files;
        let (text, index) = self.read.entry(path).or_insert_with(|| {
            let text = files.get(path).map_or(Cow::Borrowed(""), |file| String::from_utf8_lossy(&file.bytes));
            let index = LineIndex::new(&text);
            (text, index)
        });
        index.position(text, offset.min(text.len()))
    }
}

fn entry<'a>(finding: &'a Finding, texts: &mut Texts<'a>, language: &Language) -> Entry<'a> {
    let rule = rules::rule(finding.code);
    let wording = rules::wording::of(finding.code, language);
    let place = &finding.place;
    let says = wording.related(finding, language).unwrap_or_else(|| wording.title.clone());
    let related = finding.related.iter().map(|place| Related {
        place,
        message: visible(&says).into_owned(),
        start: texts.position(&place.path, place.span.start),
        end: texts.position(&place.path, place.span.end),
    });
    Entry {
        related: related.collect(),
        finding,
        name: rule.map_or("", |rule| rule.name),
        title: &wording.title,
        message: visible(&wording.message(finding, language)).into_owned(),
        note: wording.note(finding, language).map(|note| visible(&note).into_owned()),
        help: wording.help(finding, language).map(|help| visible(&help).into_owned()),
        clause: &wording.clause,
        start: texts.position(&place.path, place.span.start),
        end: texts.position(&place.path, place.span.end),
    }
}
