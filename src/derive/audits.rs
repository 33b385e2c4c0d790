//! The internal audits and what did not conform, in the order in which people look for them (ISO/IEC 27001 9.2, 10.2).

use std::cmp::Reverse;

use crate::book::{Book, Document, DocumentKey};
use crate::date::Date;
use crate::document::DocumentType;
use crate::document::types::{Audit, Details, Nonconformity};

/// A nonconformity by its place in an audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NonconformityEntry {
    /// The audit.
    pub audit: DocumentKey,
    /// Its place among the audit's nonconformities.
    pub at: usize,
    /// Open, overdue or closed.
    pub state: NonconformityState,
}

/// How far a nonconformity is mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NonconformityState {
    /// Open after its due date.
    Overdue,
    /// Open.
    Open,
    /// Closed.
    Closed,
}

impl NonconformityState {
    /// The word in word keys and machine formats.
    pub fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

/// How far a nonconformity is mended on a day; what is to be closed on a later one is open.
pub(super) fn state(nonconformity: &Nonconformity, today: Date) -> NonconformityState {
    match (&nonconformity.closed_on, &nonconformity.due) {
        (Some(closed), _) if closed.value <= today => NonconformityState::Closed,
        (_, Some(due)) if due.value < today => NonconformityState::Overdue,
        _ => NonconformityState::Open,
    }
}

impl NonconformityEntry {
    /// What it says.
    pub fn nonconformity<'a>(&self, book: &'a Book) -> Option<&'a Nonconformity> {
        audit_of(book.document(self.audit))?.nonconformities.get(self.at)
    }
}

/// The fields of an audit's document.
pub fn audit_of(document: &Document) -> Option<&Audit> {
    match &document.details {
        Details::Audit(audit) => Some(audit),
        _ => None,
    }
}

/// The audits, the latest first.
pub fn audits(book: &Book) -> Vec<&Document> {
    let mut audits: Vec<&Document> = book.documents_of(&DocumentType::Audit).collect();
    audits.sort_by_key(|document| {
        Reverse(audit_of(document).and_then(|audit| audit.audited_on.as_ref()).map(|date| date.value))
    });
    audits
}

pub(super) fn nonconformities(book: &Book, today: Date) -> Vec<NonconformityEntry> {
    let of_audit = |document: &&Document| {
        let key = document.key;
        let found = audit_of(document).into_iter().flat_map(|audit| audit.nonconformities.iter().enumerate());
        let found: Vec<NonconformityEntry> = found
            .map(|(at, nonconformity)| NonconformityEntry { audit: key, at, state: state(nonconformity, today) })
            .collect();
        found
    };
    let mut entries: Vec<NonconformityEntry> = audits(book).iter().flat_map(of_audit).collect();
    entries.sort_by_key(|entry| entry.state);
    entries
}
