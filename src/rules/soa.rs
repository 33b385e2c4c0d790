//! The Statement of Applicability: what is decided, why, how far it is implemented, and what contradicts it.

pub(super) mod applicable_without_document;
pub(super) mod duplicate_decision;
pub(super) mod excluded_but_implemented;
pub(super) mod excluded_but_obliged;
pub(super) mod excluded_but_treated;
pub(super) mod excluded_with_status;
pub(super) mod hollow_justification;
pub(super) mod implemented_without_evidence;
pub(super) mod missing_exclusion_justification;
pub(super) mod missing_inclusion_justification;
pub(super) mod overdue_implementation;
pub(super) mod planned_without_due;
pub(super) mod reason_without_source;
pub(super) mod repeated_justification;
pub(super) mod status_contradiction;
pub(super) mod undecided_control;
pub(super) mod undecided_role;
pub(super) mod undeclared_role;
pub(super) mod wholly_implemented;

use std::collections::{BTreeMap, BTreeSet};

use super::{Findings, Rule};
use crate::book::{Book, Document, DocumentKey, ReferenceKind};
use crate::derive::soa::speaks_of;
use crate::derive::{Conflict, Derived, Implementation, SoaLine};
use crate::document::ControlEntry;
use crate::document::types::{ApplicabilityEntry, Details};
use crate::finding::{Finding, Place};
use crate::id::ItemId;
use crate::phrase;
use crate::text::Span;

/// The explicit decision that counts for a line, and the document that makes it.
fn decision<'a>(book: &'a Book, line: &SoaLine) -> Option<(&'a Document, &'a ApplicabilityEntry)> {
    let explicit = line.explicit.first()?;
    Some((book.document(explicit.document), crate::derive::soa::decision(book, explicit)?))
}

/// Every explicit decision of the book, in its order, with its document; retired documents decide nothing.
fn decisions(book: &Book) -> impl Iterator<Item = (&Document, &ApplicabilityEntry)> {
    book.living().flat_map(|document| {
        let entries: &[ApplicabilityEntry] = match &document.details {
            Details::Applicability(applicability) => &applicability.decisions,
            _ => &[],
        };
        entries.iter().map(move |entry| (document, entry))
    })
}

/// Reports the exclusions that something contradicts, one a place: `of` gives the documents that do, whose labels fill the
/// placeholder `name`, and `others` the places where they say so for a line.
fn report_contradicted(
    rule: &Rule,
    book: &Book,
    derived: &Derived,
    findings: &mut Findings,
    (name, of): (&'static str, fn(&Conflict) -> &[DocumentKey]),
    others: impl Fn(&SoaLine) -> Vec<Place>,
) {
    let lines = derived.soa.lines.iter();
    let contradicted = lines.filter(|line| line.conflict.as_ref().is_some_and(|conflict| !of(conflict).is_empty()));
    let places = contradicted.filter_map(|line| {
        let (document, entry) = decision(book, line)?;
        Some((within(document, entry.applicable.as_ref()?.span), line))
    });
    for (finding, lines) in one_a_place(rule, book, places) {
        let conflicts = lines.iter().filter_map(|line| line.conflict.as_ref());
        let documents: BTreeSet<DocumentKey> = conflicts.flat_map(|conflict| of(conflict).iter().copied()).collect();
        let documents: Vec<DocumentKey> = documents.into_iter().collect();
        let others: BTreeSet<Place> = lines.iter().flat_map(|line| others(line)).collect();
        let finding = finding.with(name, phrase::labels(book, &documents));
        findings.add(others.into_iter().fold(finding, Finding::related));
    }
}

/// The place of a span of a document's front matter.
fn within(document: &Document, span: Span) -> Place {
    Place::new(&document.original.path, span)
}

/// The entry of `controls` by which a document implements a control.
fn entry<'a>(book: &'a Book, implementation: &Implementation) -> Option<&'a ControlEntry> {
    let entries = &book.document(implementation.document).metadata().controls;
    entries.iter().find(|entry| entry.id.span == implementation.place.span)
}

/// Where documents name the control of a line in this way.
fn naming(book: &Book, line: &SoaLine, kind: ReferenceKind, from: &[DocumentKey]) -> Vec<Place> {
    let references =
        book.references_to(&line.item.id).filter(|reference| reference.kind == kind && from.contains(&reference.from));
    references
        .filter(|reference| speaks_of(&reference.roles, line.role.as_ref()))
        .map(|reference| reference.place.clone())
        .collect()
}

/// Where the risks of a line, or the decisions about them, select its control.
fn selecting(book: &Book, derived: &Derived, line: &SoaLine) -> Vec<Place> {
    let decisions =
        line.risks.iter().filter_map(|key| derived.risk(*key)).flat_map(|risk| risk.decisions.iter().copied());
    let from: Vec<DocumentKey> = line.risks.iter().copied().chain(decisions).collect();
    naming(book, line, ReferenceKind::Selects, &from)
}

/// The place that makes a line applicable or excluded: its decision, else the first that implements it, needs it or asks for it.
fn deciding(book: &Book, derived: &Derived, line: &SoaLine) -> Option<Place> {
    let explicit = line.explicit.first().map(|explicit| explicit.place.clone());
    let implementing = || line.documents.first().map(|document| document.place.clone());
    let selecting = || selecting(book, derived, line).into_iter().next();
    let obliging = || naming(book, line, ReferenceKind::Obliges, &line.obligations).into_iter().next();
    explicit.or_else(implementing).or_else(selecting).or_else(obliging)
}

/// One finding a place: a decision that names no role makes a line for each role, and is at fault once.
fn one_a_place<'a>(
    rule: &Rule,
    book: &Book,
    found: impl IntoIterator<Item = (Place, &'a SoaLine)>,
) -> Vec<(Finding, Vec<&'a SoaLine>)> {
    let mut lines: BTreeMap<(Place, &ItemId), Vec<&SoaLine>> = BTreeMap::new();
    for (place, line) in found {
        lines.entry((place, &line.item.id)).or_default().push(line);
    }
    let finding = |((place, item), lines): ((Place, &ItemId), Vec<&'a SoaLine>)| {
        let lone = lines.first().filter(|_| lines.len() == 1).and_then(|line| line.role.as_ref());
        let document = book.document_at(&place.path).map(Document::name);
        (rule.at(place).about(item, lone).document(document).with("control", phrase::control(book, item, lone)), lines)
    };
    lines.into_iter().map(finding).collect()
}
