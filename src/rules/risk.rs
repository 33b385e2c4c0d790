//! Risks: owner, rating, treatment, residual risk and its acceptance, and the risk sources that were considered.

pub(super) mod accepted_by_another;
pub(super) mod expired_risk_acceptance;
pub(super) mod missing_effect;
pub(super) mod missing_rating;
pub(super) mod missing_residual;
pub(super) mod missing_risk_owner;
pub(super) mod missing_treatment;
pub(super) mod modify_without_control;
pub(super) mod overdue_treatment;
pub(super) mod rating_off_scale;
pub(super) mod reduction_without_control;
pub(super) mod residual_above_inherent;
pub(super) mod share_without_party;
pub(super) mod treated_with_open_action;
pub(super) mod treatment_without_due;
pub(super) mod unaccepted_residual;
pub(super) mod unconsidered_risk_source;

use super::Rule;
use crate::book::{Book, Document, DocumentKey, ReferenceKind};
use crate::derive::risk::risk_of;
use crate::derive::{Acceptance, Derived, RiskEntry};
use crate::document::types::Risk;
use crate::finding::{Finding, Place};

/// The risks that count: the register without the retired ones.
fn living<'a>(book: &'a Book, derived: &'a Derived) -> impl Iterator<Item = (&'a Document, &'a Risk, &'a RiskEntry)> {
    let entries = derived.living_risks();
    entries.map(|entry| (book.document(entry.document), risk_of(book, entry.document), entry))
}

/// A finding about a risk, at the value of a key of its front matter, else at its head.
fn at_field(rule: &Rule, document: &Document, key: &str) -> Finding {
    rule.on(document, document.field_place(key)).with("risk", document.label())
}

/// Whether the risk, or a decision about it, names a control: one that exists or not, which is another rule's matter.
fn names_control(book: &Book, entry: &RiskEntry) -> bool {
    let selects =
        |from: DocumentKey| book.references_from(from).any(|reference| reference.kind == ReferenceKind::Selects);
    std::iter::once(entry.document).chain(entry.decisions.iter().copied()).any(selects)
}

/// Where an acceptance says something: under `own` on the risk's page, under `decided` in a decision.
fn acceptance_place(book: &Book, entry: &RiskEntry, acceptance: &Acceptance, own: &str, decided: &str) -> Place {
    let key = if acceptance.document == entry.document { own } else { decided };
    book.document(acceptance.document).field_place(key)
}
