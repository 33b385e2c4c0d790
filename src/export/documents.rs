//! The document register (文書管理台帳) for other programs (ISO/IEC 27001 7.5.3).

use super::register::{Cell, List, Pen, Value};
use super::table::Width;
use crate::language::Language;
use crate::phrase;
use crate::project::Snapshot;

/// One row a document with a type.
pub fn lists(snapshot: &Snapshot, language: &Language) -> Vec<List> {
    let pen = Pen::new(snapshot, language);
    let mut list = List::new(
        "documents",
        &[
            ("id", Width::Narrow),
            ("title", Width::Middle),
            ("type", Width::Narrow),
            ("version", Width::Narrow),
            ("document-status", Width::Narrow),
            ("owner", Width::Middle),
            ("approver", Width::Middle),
            ("approved", Width::Narrow),
            ("effective", Width::Narrow),
            ("reviewed", Width::Narrow),
            ("next-review", Width::Narrow),
            ("classification", Width::Narrow),
            ("file", Width::Middle),
        ],
    )
    .named(&[("document-status", "status")]);
    for document in &snapshot.book.documents {
        let Some(kind) = &document.kind else { continue };
        let metadata = document.control(language);
        let text = |text: &Option<crate::text::Spanned<String>>| {
            text.as_ref().map_or_else(Cell::nothing, |text| Cell::text(&text.value))
        };
        let classification = text(&metadata.classification);
        let cells = vec![
            Cell::text(document.id.as_deref().unwrap_or_default()),
            pen.localized(&document.title),
            Cell {
                text: phrase::kind(pen.book, kind).get(language).to_owned(),
                value: Value::Text(kind.word().to_owned()),
            },
            text(&metadata.version),
            pen.choice("document-status", metadata.status.as_ref().map(|status| status.value)),
            pen.owner(metadata.owner.as_ref()),
            pen.owner(metadata.approver.as_ref()),
            Cell::day(metadata.approved.as_ref()),
            Cell::day(metadata.effective.as_ref()),
            Cell::day(metadata.reviewed.as_ref()),
            Cell::day(metadata.next_review.as_ref()),
            Cell { text: phrase::classification(&classification.text, pen.words).to_owned(), ..classification },
            Cell::text(document.original.path.as_str()),
        ];
        list.push(Some(document.key), cells);
    }
    vec![list]
}
