//! Tables for other programs: the SoA and every register as CSV, XLSX, Markdown and JSON. One table is made once and
//! written in each format, so that all have the same rows.

pub mod audits;
pub mod changes;
pub mod checklist;
mod csv_text;
pub mod documents;
mod duties;
pub mod evidence;
pub mod ics;
mod json_text;
mod markdown;
pub mod register;
pub mod requirements;
pub mod risks;
pub mod soa;
mod table;
mod workbook;

use std::collections::BTreeSet;

pub use table::{Column, Table, Width};

use crate::address;
use crate::book::Document;
use crate::language::Language;
use crate::phrase;
use crate::project::Snapshot;
use crate::words::Words;
use register::{List, Pen};

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Markdown.
    Md,
    /// CSV as Excel opens it.
    Csv,
    /// JSON.
    Json,
    /// An Excel workbook.
    Xlsx,
    /// A calendar.
    Ics,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 5] = [Self::Md, Self::Csv, Self::Json, Self::Xlsx, Self::Ics];

    /// How names of its files end, which is its word on the command line too.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Md => "md",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
            Self::Ics => "ics",
        }
    }

    /// The format whose files end so.
    pub fn with_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }

    /// What a web server says of its files.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Md => "text/markdown; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ics => "text/calendar; charset=utf-8",
        }
    }
}

/// Makes a file.
type Make = fn(&Snapshot, &Language) -> Vec<u8>;

/// Something that can be exported.
#[derive(Debug)]
pub struct Export {
    /// What it is called on the command line, and what its files are.
    pub name: &'static str,
    /// Its lists; none where every format is of a shape of its own.
    lists: Option<fn(&Snapshot, &Language) -> Vec<List>>,
    /// The formats with a shape of their own.
    own: &'static [(Format, Make)],
}

/// Everything that can be exported.
pub const EXPORTS: &[Export] = &[
    Export {
        name: "soa",
        lists: None,
        own: &[
            (Format::Md, soa::markdown),
            (Format::Csv, soa::csv),
            (Format::Json, soa::json),
            (Format::Xlsx, soa::xlsx),
        ],
    },
    register("risk-register", risks::register),
    register("treatment-plan", risks::plan),
    register("acceptances", risks::acceptances),
    register("requirements", requirements::lists),
    register("documents", documents::lists),
    register("evidence", evidence::lists),
    register("audits", audits::lists),
    register("checklist", checklist::lists),
    Export { own: &[(Format::Ics, ics::calendar)], ..register("calendar", duties::calendar) },
    register("objectives", duties::objectives),
    register("obligations", duties::obligations),
];

const fn register(name: &'static str, lists: fn(&Snapshot, &Language) -> Vec<List>) -> Export {
    Export { name, lists: Some(lists), own: &[] }
}

impl Export {
    /// The export with this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        EXPORTS.iter().find(|export| export.name == name)
    }

    /// The name of its file in a format.
    pub fn file(&self, format: Format) -> String {
        format!("{}.{}", self.name, format.ending())
    }

    /// The formats that stand beside its page on the site.
    pub fn published(&self) -> impl Iterator<Item = Format> {
        address::published(self.name).iter().filter_map(|ending| Format::with_ending(ending))
    }

    /// The formats that there are of it.
    pub fn formats(&self) -> Vec<Format> {
        let of_lists = |format: Format| self.lists.is_some() && format != Format::Ics;
        let own = |format: Format| self.own.iter().any(|(own, _)| *own == format);
        Format::ALL.into_iter().filter(|format| of_lists(*format) || own(*format)).collect()
    }

    /// Its lists; none where it has a shape of its own.
    pub fn lists(&self, snapshot: &Snapshot, language: &Language) -> Vec<List> {
        self.lists.map(|lists| lists(snapshot, language)).unwrap_or_default()
    }

    /// Its file in a format; empty in one that there is not.
    pub fn write(&self, snapshot: &Snapshot, language: &Language, format: Format) -> Vec<u8> {
        if let Some((_, make)) = self.own.iter().find(|(own, _)| *own == format) {
            return make(snapshot, language);
        }
        let words = Words::of(language);
        let lists = self.lists(snapshot, language);
        let tables = || lists.iter().map(|list| list.table(words)).collect::<Vec<_>>();
        let title = words.get(&format!("export.{}", self.name)).to_owned();
        let head = || heading_of_register(snapshot, &lists, language);
        match format {
            Format::Csv => csv_text::write(&dated(snapshot, language, csv_text::together(tables(), words))),
            Format::Json => json_text::write(snapshot, language, self.name, &lists),
            Format::Xlsx => {
                workbook::write(&title, &head(), words.get("export.cover"), &tables(), snapshot.derived.as_of())
            }
            Format::Md => markdown_text(&title, &head(), &tables()).into_bytes(),
            Format::Ics => Vec::new(),
        }
    }
}

fn markdown_text(title: &str, heading: &[(String, String)], tables: &[Table]) -> String {
    let mut text = format!("# {}\n\n", markdown::escape(title));
    for (label, value) in heading {
        text.push_str(&format!("- {label}: {}\n", markdown::escape(value)));
    }
    for table in tables {
        text.push('\n');
        text.push_str(&markdown::write(table));
    }
    text
}

/// A CSV file has no cover: the day and the commit stand in its last columns.
fn dated(snapshot: &Snapshot, language: &Language, mut table: Table) -> Table {
    let words = Words::of(language);
    let facts = [("today", Some(snapshot.derived.as_of().to_string())), ("commit", snapshot.book.commit.clone())];
    for (key, value) in facts.into_iter().filter_map(|(key, value)| Some((key, value?))) {
        table.columns.push(Column::new(words.get(&format!("export.heading.{key}")), Width::Narrow));
        table.rows.iter_mut().for_each(|row| row.push(value.clone()));
    }
    table
}

/// What every export says about itself: label and value, in order; what is not known is left out.
pub fn heading(snapshot: &Snapshot, language: &Language) -> Vec<(String, String)> {
    let document = snapshot.derived.soa.document.map(|key| snapshot.book.document(key));
    let classification = document.map(|document| classifications([document], language)).unwrap_or_default();
    labelled(snapshot, language, "document", &classification)
}

/// A register is made from many documents: it says which statement it belongs to, and every classification in it.
fn heading_of_register(snapshot: &Snapshot, lists: &[List], language: &Language) -> Vec<(String, String)> {
    let rows = lists.iter().flat_map(|list| &list.rows);
    let documents = rows.filter_map(|row| row.document).map(|key| snapshot.book.document(key));
    labelled(snapshot, language, "soa", &classifications(documents, language))
}

/// The classifications of documents, each once.
fn classifications<'d>(documents: impl IntoIterator<Item = &'d Document>, language: &Language) -> String {
    let words = Words::of(language);
    let written = documents.into_iter().filter_map(|document| document.control(language).classification.as_ref());
    let each: BTreeSet<&str> = written.map(|word| word.value.as_str()).collect();
    let labels: Vec<String> = each.into_iter().map(|word| phrase::classification(word, words).to_owned()).collect();
    words.join(&labels)
}

fn labelled(
    snapshot: &Snapshot,
    language: &Language,
    document_label: &'static str,
    classification: &str,
) -> Vec<(String, String)> {
    let book = &snapshot.book;
    let pen = Pen::new(snapshot, language);
    let mut lines = vec![
        ("organization", book.config.organization.get(language).to_owned()),
        ("book", book.config.title.get(language).to_owned()),
    ];
    if let Some(document) = snapshot.derived.soa.document.map(|key| book.document(key)) {
        let metadata = document.control(language);
        let date = |date: &Option<crate::text::Spanned<crate::date::Date>>| {
            date.as_ref().map(|date| date.value.to_string()).unwrap_or_default()
        };
        lines.push((document_label, document.label().get(language).to_owned()));
        lines.push(("version", metadata.version.as_ref().map(|version| version.value.clone()).unwrap_or_default()));
        lines.push(("approver", pen.owner(metadata.approver.as_ref()).text));
        lines.push(("approved", date(&metadata.approved)));
        lines.push(("next-review", date(&metadata.next_review)));
    }
    lines.push(("classification", classification.to_owned()));
    let standards = book.active_catalogs(crate::catalog::ItemKind::Control);
    let standards: Vec<String> = standards.map(|catalog| catalog.title.get(language).to_owned()).collect();
    lines.push(("standards", pen.words.join(&standards)));
    lines.push(("today", snapshot.derived.as_of().to_string()));
    lines.push(("commit", book.commit.clone().unwrap_or_default()));
    let shown = lines.into_iter().filter(|(_, value)| !value.is_empty());
    shown.map(|(key, value)| (pen.words.get(&format!("export.heading.{key}")).to_owned(), value)).collect()
}
