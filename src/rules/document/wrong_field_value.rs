//! DOC003: a front-matter value of the wrong kind.

use crate::book::{Book, Document};
use crate::catalog::ItemKind;
use crate::derive::Derived;
use crate::document::types::Details;
use crate::finding::{Place, Severity};
use crate::id::Role;
use crate::rules::{Findings, Rule, words};
use crate::text::{Spanned, near};
use crate::value::in_backticks;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC003",
    name: "wrong-field-value",
    severity: Severity::Error,
    words: words!("wrong_field_value"),
    check,
};

/// Most values are looked at while they are read. Roles are declared by catalogs, which are known only now.
fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let active: Vec<&Role> = roles(book.active_catalogs(ItemKind::Control));
    let known = if active.is_empty() { roles(book.catalogs.iter()) } else { active };
    let allowed = in_backticks(&known.iter().map(|role| role.as_str()).collect::<Vec<_>>());
    for document in &book.documents {
        for role in written(document).into_iter().filter(|role| !known.contains(&&role.value)) {
            let near = near(role.value.as_str(), known.iter().map(|role| role.as_str()));
            let finding = RULE.on(document, Place::new(&document.original.path, role.span)).variant("choice");
            let finding =
                finding.with("field", "roles").with("found", role.value.as_str()).with("allowed", allowed.clone());
            findings.add(finding.near(near));
        }
    }
}

fn roles<'a>(catalogs: impl Iterator<Item = &'a std::sync::Arc<crate::catalog::Catalog>>) -> Vec<&'a Role> {
    let mut roles: Vec<&Role> =
        catalogs.flat_map(|catalog| &catalog.roles).map(|definition| &definition.role).collect();
    roles.sort();
    roles.dedup();
    roles
}

/// Every role that a document's front matter names.
fn written(document: &Document) -> Vec<&Spanned<Role>> {
    let controls = document.metadata().controls.iter().flat_map(|entry| &entry.roles);
    let of_type: Vec<&Spanned<Role>> = match &document.details {
        Details::Applicability(applicability) => {
            applicability.decisions.iter().flat_map(|entry| &entry.roles).collect()
        }
        Details::Scope(scope) => scope.cloud_services.iter().flat_map(|service| &service.roles).collect(),
        Details::Audit(audit) => audit.roles.iter().collect(),
        _ => Vec::new(),
    };
    controls.chain(of_type).collect()
}
