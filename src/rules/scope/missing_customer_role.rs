//! SCP403: a service that is built on another one, while the scope has no customer role.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::{Place, Severity};
use crate::id::Role;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SCP403",
    name: "missing-customer-role",
    severity: Severity::Error,
    words: words!("missing_customer_role"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    if derived.scope.roles.as_ref().is_none_or(|roles| roles.contains(&Role::customer())) {
        return;
    }
    for (key, service) in &derived.scope.services {
        let provided = service.roles.iter().any(|role| role.value == Role::provider());
        let Some(used) = service.uses.first().filter(|_| provided) else { continue };
        let document = book.document(*key);
        let place = |span| Place::new(&document.original.path, span);
        let base = derived.scope.services.iter().find(|(_, other)| other.name.value == used.value);
        let related = base.map_or_else(|| place(service.name.span), |(key, base)| book.place_in(*key, base.name.span));
        let finding = RULE.on(document, place(used.span)).related(related);
        findings.add(finding.with("service", service.name.value.as_str()).with("used", used.value.as_str()));
    }
}
