//! The scope: which roles and cloud services the organization declares (ISO/IEC 27001 4.3, JIP-ISMS517 4.1).

use std::collections::BTreeSet;

use crate::book::{Book, DocumentKey};
use crate::document::DocumentType;
use crate::document::types::{CloudService, Details, Scope};
use crate::id::Role;

/// What the scope documents say together.
#[derive(Debug, Clone, Default)]
pub struct ScopeSummary {
    /// The scope documents; the first is the scope's page.
    pub documents: Vec<DocumentKey>,
    /// The roles declared by the cloud services; none where no scope says.
    pub roles: Option<BTreeSet<Role>>,
    /// The cloud services, each with the document that names it.
    pub services: Vec<(DocumentKey, CloudService)>,
}

impl ScopeSummary {
    /// Whether the SoA has lines for this role: the scope declares it, or no scope says.
    pub fn covers(&self, role: &Role) -> bool {
        self.roles.as_ref().is_none_or(|roles| roles.contains(role))
    }

    /// The cloud service with this name.
    pub fn service(&self, name: &str) -> Option<&CloudService> {
        self.services.iter().map(|(_, service)| service).find(|service| service.name.value == name)
    }
}

/// The fields of a scope document.
pub(super) fn scope_of(book: &Book, key: DocumentKey) -> Option<&Scope> {
    match &book.document(key).details {
        Details::Scope(scope) => Some(scope),
        _ => None,
    }
}

pub(super) fn summarize(book: &Book) -> ScopeSummary {
    let living = book.living_of(&DocumentType::Scope);
    let documents: Vec<DocumentKey> = living.map(|document| document.key).collect();
    let services: Vec<(DocumentKey, CloudService)> = documents
        .iter()
        .filter_map(|key| Some((*key, scope_of(book, *key)?)))
        .flat_map(|(key, scope)| scope.cloud_services.iter().map(move |service| (key, service.clone())))
        .collect();
    let roles: BTreeSet<Role> =
        services.iter().flat_map(|(_, service)| service.roles.iter().map(|role| role.value.clone())).collect();
    ScopeSummary { documents, roles: (!roles.is_empty()).then_some(roles), services }
}
