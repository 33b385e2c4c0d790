//! Tables for other programs: the SoA, the risk register, the treatment plan and the document register as CSV, XLSX,
//! Markdown and JSON. One table is made once and written in each format, so that all have the same rows.

mod csv_text;
pub mod documents;
pub mod ics;
mod markdown;
pub mod requirements;
pub mod risks;
pub mod soa;
mod table;
mod workbook;

pub use table::{Column, Table, Width};

use crate::language::Language;
use crate::project::Snapshot;
use crate::words::Words;

/// What every export says about itself: label and value, in order; what is not known is left out.
pub fn heading(snapshot: &Snapshot, language: &Language) -> Vec<(String, String)> {
    let (book, derived) = (&snapshot.book, &snapshot.derived);
    let words = Words::of(language);
    let mut lines = vec![
        ("organization", book.config.organization.get(language).to_owned()),
        ("book", book.config.title.get(language).to_owned()),
    ];
    if let Some(document) = derived.soa.document.map(|key| book.document(key)) {
        let metadata = document.metadata();
        let text = |value: &Option<crate::text::Spanned<String>>| {
            value.as_ref().map(|value| value.value.clone()).unwrap_or_default()
        };
        let date = |value: &Option<crate::text::Spanned<crate::date::Date>>| {
            value.as_ref().map(|value| value.value.to_string()).unwrap_or_default()
        };
        lines.push(("document", document.label().get(language).to_owned()));
        lines.push(("version", text(&metadata.version)));
        lines.push((
            "approver",
            metadata
                .approver
                .as_ref()
                .map(|name| book.person(&name.value).get(language).to_owned())
                .unwrap_or_default(),
        ));
        lines.push(("approved", date(&metadata.approved)));
        lines.push(("next-review", date(&metadata.next_review)));
        lines.push(("classification", text(&metadata.classification)));
    }
    let standards: Vec<String> = derived_standards(snapshot, language);
    lines.push(("standards", words.join(&standards)));
    lines.push(("today", derived.today.to_string()));
    lines.push(("commit", book.commit.clone().unwrap_or_default()));
    let shown = lines.into_iter().filter(|(_, value)| !value.is_empty());
    shown.map(|(key, value)| (words.get(&format!("export.heading.{key}")).to_owned(), value)).collect()
}

fn derived_standards(snapshot: &Snapshot, language: &Language) -> Vec<String> {
    let catalogs = snapshot.book.active_catalogs(crate::catalog::ItemKind::Control);
    catalogs.map(|catalog| catalog.title.get(language).to_owned()).collect()
}
