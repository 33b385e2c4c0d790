//! The internal audits and their nonconformities for other programs (ISO/IEC 27001 9.2, 10.2).

use super::register::{Cell, List, Pen};
use super::table::Width;
use crate::book::{DocumentKey, Reference, ReferenceKind};
use crate::derive::NonconformityEntry;
use crate::derive::audits::{audit_of, audits};
use crate::id::{ItemId, Role};
use crate::language::Language;
use crate::phrase;
use crate::project::Snapshot;

/// One row an audit, then one row a nonconformity.
pub fn lists(snapshot: &Snapshot, language: &Language) -> Vec<List> {
    let pen = Pen::new(snapshot, language);
    let mut held = List::new(
        "audits",
        &[
            ("id", Width::Narrow),
            ("title", Width::Middle),
            ("audited-on", Width::Narrow),
            ("period", Width::Middle),
            ("audit-scope", Width::Wide),
            ("auditor", Width::Middle),
            ("roles", Width::Middle),
            ("audited", Width::Wide),
            ("nonconformities", Width::Narrow),
        ],
    )
    .named(&[("audit-scope", "scope")])
    .numbers(&["nonconformities"]);
    for document in audits(pen.book) {
        held.push(Some(document.key), audit_row(pen, document.key));
    }
    let mut found = List::new(
        "nonconformities",
        &[
            ("id", Width::Narrow),
            ("grade", Width::Narrow),
            ("text", Width::Wide),
            ("about", Width::Narrow),
            ("owner", Width::Middle),
            ("due", Width::Narrow),
            ("closed-on", Width::Narrow),
            ("state", Width::Narrow),
            ("audit", Width::Middle),
        ],
    );
    for entry in &snapshot.derived.nonconformities {
        found.push(Some(entry.audit), nonconformity_row(pen, entry));
    }
    vec![held, found]
}

fn audit_row(pen: Pen<'_>, key: DocumentKey) -> Vec<Cell> {
    let document = pen.book.document(key);
    let audit = audit_of(document);
    let text = |text: Option<&crate::language::Localized>| text.map_or_else(Cell::nothing, |text| pen.localized(text));
    let roles = audit.map(|audit| audit.roles.as_slice()).unwrap_or_default();
    let title = |role: &Role| phrase::role(pen.book, role).get(pen.language).to_owned();
    let mut roles_cell = pen.listed(roles.iter().map(|role| role.value.to_string()).collect());
    roles_cell.text = pen.words.join(&roles.iter().map(|role| title(&role.value)).collect::<Vec<_>>());
    let count = audit.map_or(0, |audit| audit.nonconformities.len());
    vec![
        Cell::text(document.id.as_deref().unwrap_or_default()),
        pen.localized(&document.title),
        Cell::day(audit.and_then(|audit| audit.audited_on.as_ref())),
        text(audit.map(|audit| &audit.period)),
        text(audit.map(|audit| &audit.scope)),
        pen.owner(audit.and_then(|audit| audit.auditor.as_ref())),
        roles_cell,
        pen.items(named(pen, key, |reference| reference.kind == ReferenceKind::Audits).iter()),
        Cell::number(i64::try_from(count).ok()),
    ]
}

fn nonconformity_row(pen: Pen<'_>, entry: &NonconformityEntry) -> Vec<Cell> {
    let Some(nonconformity) = entry.nonconformity(pen.book) else { return vec![Cell::nothing(); 9] };
    let about = named(pen, entry.audit, |reference| {
        reference.kind == ReferenceKind::Nonconforms && reference.entry == entry.at
    });
    vec![
        nonconformity.id.as_ref().map_or_else(Cell::nothing, |id| Cell::text(&id.value)),
        pen.choice("site.grade", nonconformity.grade.as_ref().map(|grade| grade.value)),
        pen.localized(&nonconformity.text),
        pen.items(about.iter()),
        pen.person(nonconformity.owner.as_deref()),
        Cell::day(nonconformity.due.as_ref()),
        Cell::day(nonconformity.closed_on.as_ref()),
        pen.word("nonconformity-state", entry.state.word()),
        pen.documents(&[entry.audit]),
    ]
}

/// The items that an audit names in a way.
fn named(pen: Pen<'_>, audit: DocumentKey, wanted: impl Fn(&Reference) -> bool) -> Vec<ItemId> {
    let references = pen.book.references_from(audit).filter(|reference| wanted(reference));
    references.filter_map(|reference| reference.target.item().cloned()).collect()
}
