//! SCP402: a scope without a cloud service, while the book uses a catalog with roles in one.

use crate::book::Book;
use crate::catalog::ItemKind;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SCP402",
    name: "unnamed-cloud-service",
    severity: Severity::Error,
    words: words!("unnamed_cloud_service"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let catalog = book.active_catalogs(ItemKind::Control).find(|catalog| !catalog.roles.is_empty());
    let scope = derived.scope.documents.first().map(|key| book.document(*key));
    let (Some(catalog), Some(scope), true) = (catalog, scope, derived.scope.services.is_empty()) else { return };
    let finding = RULE.on(scope, scope.field_place("cloud_services"));
    findings.add(finding.with("scope", scope.label()).with("catalog", catalog.title.clone()));
}
