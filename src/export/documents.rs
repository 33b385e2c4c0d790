//! The document register (文書管理台帳) for other programs (ISO/IEC 27001 7.5.3).

use super::{Column, Table, Width, csv_text, heading, workbook};
use crate::language::Language;
use crate::project::Snapshot;
use crate::value::word_of;
use crate::words::Words;

/// The register as a workbook.
pub fn xlsx(snapshot: &Snapshot, language: &Language) -> Vec<u8> {
    let words = Words::of(language);
    let table = table(snapshot, language);
    workbook::write(
        words.get("export.documents"),
        &heading(snapshot, language),
        words.get("export.cover"),
        &[table],
        snapshot.derived.today,
    )
}

/// The register as CSV.
pub fn csv(snapshot: &Snapshot, language: &Language) -> Vec<u8> {
    csv_text::write(&table(snapshot, language))
}

/// One row a document with a type.
pub fn table(snapshot: &Snapshot, language: &Language) -> Table {
    let words = Words::of(language);
    let keys = [
        ("id", Width::Narrow),
        ("title", Width::Middle),
        ("type", Width::Narrow),
        ("version", Width::Narrow),
        ("document-status", Width::Narrow),
        ("owner", Width::Middle),
        ("approver", Width::Middle),
        ("approved", Width::Narrow),
        ("reviewed", Width::Narrow),
        ("next-review", Width::Narrow),
        ("classification", Width::Narrow),
        ("file", Width::Middle),
    ];
    let person = |name: &Option<crate::text::Spanned<String>>| {
        name.as_ref().map(|name| snapshot.book.person(&name.value).get(language).to_owned()).unwrap_or_default()
    };
    let date = |date: &Option<crate::text::Spanned<crate::date::Date>>| {
        date.as_ref().map(|date| date.value.to_string()).unwrap_or_default()
    };
    let rows = snapshot.book.documents.iter().filter_map(|document| {
        let kind = document.kind.as_ref()?;
        let metadata = document.metadata();
        let text = |text: &Option<crate::text::Spanned<String>>| {
            text.as_ref().map(|text| text.value.clone()).unwrap_or_default()
        };
        Some(vec![
            document.id.clone().unwrap_or_default(),
            document.title.get(language).to_owned(),
            kind_label(snapshot, kind, language),
            text(&metadata.version),
            document
                .status()
                .map(|status| words.get(&format!("document-status.{}", word_of(status))).to_owned())
                .unwrap_or_default(),
            person(&metadata.owner),
            person(&metadata.approver),
            date(&metadata.approved),
            date(&metadata.reviewed),
            date(&metadata.next_review),
            text(&metadata.classification),
            document.original.path.to_string(),
        ])
    });
    Table {
        title: words.get("export.documents").to_owned(),
        columns: keys
            .iter()
            .map(|(key, width)| Column::new(words.get(&format!("export.column.{key}")), *width))
            .collect(),
        rows: rows.collect(),
    }
}

/// What a type is called.
pub fn kind_label(snapshot: &Snapshot, kind: &crate::document::DocumentType, language: &Language) -> String {
    let own = snapshot.book.config.types.get(kind.word()).filter(|own| !own.label.is_empty());
    let is_own = matches!(kind, crate::document::DocumentType::Own(_));
    match own {
        Some(own) => own.label.get(language).to_owned(),
        None if is_own => kind.word().to_owned(),
        None => Words::of(language).get(&format!("document-type.{}", kind.word())).to_owned(),
    }
}
