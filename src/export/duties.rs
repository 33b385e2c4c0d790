//! What falls due, what is aimed at and what the organization must do, for other programs (ISO/IEC 27001 6.2, 7.5.2, 4.2).

use super::register::{Cell, List, Pen};
use super::table::Width;
use crate::book::ReferenceKind;
use crate::document::DocumentType;
use crate::document::types::Details;
use crate::language::Language;
use crate::project::Snapshot;

/// One row a thing that falls due, by date.
pub(super) fn calendar(snapshot: &Snapshot, language: &Language) -> Vec<List> {
    let pen = Pen::new(snapshot, language);
    let mut list = List::new(
        "calendar",
        &[
            ("due", Width::Narrow),
            ("kind", Width::Narrow),
            ("what", Width::Wide),
            ("document", Width::Middle),
            ("owner", Width::Middle),
            ("state", Width::Narrow),
        ],
    );
    for due in &snapshot.derived.due {
        let state = if snapshot.derived.days_until(due) < 0 { "overdue" } else { "coming" };
        let cells = vec![
            Cell::date(Some(due.date)),
            pen.word("site.due", due.kind.word()),
            pen.localized(&due.what),
            pen.documents(&[due.document]),
            pen.person(due.owner.as_deref()),
            pen.word("due-state", state),
        ];
        list.push(Some(due.document), cells);
    }
    vec![list]
}

/// One row an objective.
pub(super) fn objectives(snapshot: &Snapshot, language: &Language) -> Vec<List> {
    let pen = Pen::new(snapshot, language);
    let mut list = List::new(
        "objectives",
        &[
            ("id", Width::Narrow),
            ("title", Width::Middle),
            ("measure", Width::Wide),
            ("target", Width::Middle),
            ("actual", Width::Middle),
            ("owner", Width::Middle),
            ("due", Width::Narrow),
        ],
    );
    for document in pen.book.documents_of(&DocumentType::Objective) {
        let Details::Objective(objective) = &document.details else { continue };
        let cells = vec![
            Cell::text(document.id.as_deref().unwrap_or_default()),
            pen.localized(&document.title),
            pen.localized(&objective.measure),
            pen.localized(&objective.target),
            pen.localized(&objective.actual),
            pen.owner(document.metadata().owner.as_ref()),
            Cell::day(objective.due.as_ref()),
        ];
        list.push(Some(document.key), cells);
    }
    vec![list]
}

/// One row a law or a contract.
pub(super) fn obligations(snapshot: &Snapshot, language: &Language) -> Vec<List> {
    let pen = Pen::new(snapshot, language);
    let mut list = List::new(
        "obligations",
        &[
            ("id", Width::Narrow),
            ("title", Width::Middle),
            ("kind", Width::Narrow),
            ("authority", Width::Middle),
            ("controls", Width::Wide),
            ("owner", Width::Middle),
            ("next-review", Width::Narrow),
        ],
    );
    for document in pen.book.documents_of(&DocumentType::Obligation) {
        let Details::Obligation(obligation) = &document.details else { continue };
        let asked = pen.book.references_from(document.key).filter(|name| name.kind == ReferenceKind::Obliges);
        let cells = vec![
            Cell::text(document.id.as_deref().unwrap_or_default()),
            pen.localized(&document.title),
            pen.choice("reason", obligation.kind.as_ref().map(|kind| kind.value)),
            pen.localized(&obligation.authority),
            pen.items(asked.filter_map(|name| name.target.item())),
            pen.owner(document.metadata().owner.as_ref()),
            Cell::day(document.metadata().next_review.as_ref()),
        ];
        list.push(Some(document.key), cells);
    }
    vec![list]
}
