//! The paper of an internal audit: what to look at stands in it, what was seen is written into it by hand.

use super::register::{Cell, List, Pen};
use super::table::Width;
use crate::book::DocumentKey;
use crate::language::{Language, Localized};
use crate::phrase::checklist::{Subject, nonconformity_line, parts};
use crate::project::Snapshot;

/// One row a question; the last columns are to be filled in.
pub(super) fn lists(snapshot: &Snapshot, language: &Language) -> Vec<List> {
    let pen = Pen::new(snapshot, language);
    let mut list = List::new(
        "checklist",
        &[
            ("part", Width::Middle),
            ("id", Width::Narrow),
            ("title", Width::Middle),
            ("question", Width::Wide),
            ("documents", Width::Middle),
            ("evidence", Width::Middle),
            ("open", Width::Middle),
            ("result", Width::Middle),
            ("remarks", Width::Wide),
        ],
    );
    for part in parts(&snapshot.book, &snapshot.derived) {
        let title = part.title(language);
        for subject in &part.subjects {
            list.push(None, row(pen, &title, *subject));
        }
    }
    vec![list]
}

fn row(pen: Pen<'_>, part: &str, subject: Subject<'_>) -> Vec<Cell> {
    let (book, language) = (pen.book, pen.language);
    let checks: Vec<&Localized> = subject.item().checks.iter().collect();
    let question = std::iter::once(subject.question(book, language))
        .chain(checks.into_iter().map(|check| check.get(language).to_owned()))
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n");
    let documents: Vec<DocumentKey> = subject.documents().into_iter().map(|(key, _)| key).collect();
    let open = subject.open(book);
    vec![
        Cell::text(part),
        Cell::text(&book.short_id(&subject.item().id)),
        pen.localized(&subject.item().title),
        Cell::text(&question),
        pen.documents(&documents),
        Cell::lines(subject.evidence(language)),
        Cell::lines(open.iter().map(|(_, nonconformity)| nonconformity_line(nonconformity, language)).collect()),
        Cell::nothing(),
        Cell::nothing(),
    ]
}
