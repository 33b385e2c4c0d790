//! SOA214: a decision or an entry for a role that the scope does not declare.

use std::collections::BTreeSet;

use crate::book::{Book, Reference, ReferenceKind};
use crate::catalog::ItemKind;
use crate::derive::Derived;
use crate::document::types::Details;
use crate::finding::Severity;
use crate::id::Role;
use crate::rules::{Findings, Rule, words};
use crate::text::{Spanned, near};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA214",
    name: "undeclared-role",
    severity: Severity::Warning,
    words: words!("undeclared_role"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let known: BTreeSet<Role> = book
        .active_catalogs(ItemKind::Control)
        .flat_map(|catalog| &catalog.roles)
        .map(|role| role.role.clone())
        .collect();
    let declared = derived.scope.roles.as_ref().unwrap_or(&known);
    if declared.is_empty() {
        return;
    }
    for reference in &book.references {
        let document = book.document(reference.from);
        let undeclared = roles(book, reference).iter().filter(|role| !declared.contains(&role.value));
        for role in undeclared.filter(|_| document.is_living()) {
            let finding = RULE.on(document, super::within(document, role.span)).with("role", role.value.as_str());
            let finding = match reference.target.item() {
                Some(item) => finding.about(item, Some(&role.value)).with("control", book.item_label(item)),
                None => finding.with("control", reference.text.as_str()),
            };
            let near = near(role.value.as_str(), declared.iter().map(Role::as_str));
            findings.add(match derived.scope.roles {
                Some(_) if known.contains(&role.value) => finding,
                _ => finding.variant("unknown").near(near),
            });
        }
    }
}

/// The roles that a decision, or an entry of `controls`, names.
fn roles<'a>(book: &'a Book, reference: &Reference) -> &'a [Spanned<Role>] {
    let document = book.document(reference.from);
    match (reference.kind, &document.details) {
        (ReferenceKind::Decides, Details::Applicability(applicability)) => {
            applicability.decisions.get(reference.entry).map_or(&[], |entry| &entry.roles)
        }
        (ReferenceKind::Implements | ReferenceKind::Selects | ReferenceKind::Obliges, _) => {
            document.metadata().controls.get(reference.entry).map_or(&[], |entry| &entry.roles)
        }
        _ => &[],
    }
}
