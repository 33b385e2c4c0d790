//! The scope: what it has to say about cloud services, roles and boundaries.

pub(super) mod missing_customer_role;
pub(super) mod missing_isms_relation;
pub(super) mod missing_scope;
pub(super) mod scope_exclusion_without_reason;
pub(super) mod service_without_risk;
pub(super) mod unknown_cloud_service;
pub(super) mod unnamed_cloud_service;

use crate::book::{Book, Document};
use crate::derive::Derived;
use crate::document::types::{Details, Scope};

/// The scope documents that count, with their fields.
fn scopes<'a>(book: &'a Book, derived: &'a Derived) -> impl Iterator<Item = (&'a Document, &'a Scope)> {
    derived.scope.documents.iter().filter_map(|key| {
        let document = book.document(*key);
        match &document.details {
            Details::Scope(scope) => Some((document, &**scope)),
            _ => None,
        }
    })
}
