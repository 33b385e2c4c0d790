//! Internal audits: when, of which roles, by whom, and the nonconformities that they left.

pub(super) mod audit_of_own_work;
pub(super) mod missing_internal_audit;
pub(super) mod overdue_nonconformity;
pub(super) mod unaudited_role;

use crate::book::{Book, Document};
use crate::date::Date;
use crate::derive::Derived;
use crate::document::types::{Audit, Details};

/// The audits of the book; retired ones left out.
fn audits(book: &Book) -> impl Iterator<Item = (&Document, &Audit)> {
    book.living().filter_map(|document| match &document.details {
        Details::Audit(audit) => Some((document, &**audit)),
        _ => None,
    })
}

/// The audits held in the last 12 months, today included.
fn recent<'a>(book: &'a Book, derived: &Derived) -> Vec<(&'a Document, &'a Audit, Date)> {
    let (first, last) = (derived.today.months_before(12), derived.today);
    let held = held(book).into_iter();
    held.filter(|(.., on)| (first..=last).contains(on)).collect()
}

/// The audits with their days, the latest last.
fn held(book: &Book) -> Vec<(&Document, &Audit, Date)> {
    let mut held: Vec<_> = audits(book)
        .filter_map(|(document, audit)| Some((document, audit, audit.audited_on.as_ref()?.value)))
        .collect();
    held.sort_by_key(|(document, _, on)| (*on, document.key));
    held
}
