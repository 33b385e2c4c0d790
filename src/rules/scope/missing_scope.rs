//! SCP401: a book without a scope document.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "SCP401", name: "missing-scope", severity: Severity::Error, words: words!("missing_scope"), check };

fn check(_: &Book, derived: &Derived, findings: &mut Findings) {
    if derived.scope.documents.is_empty() {
        findings.add(RULE.at(Place::book()));
    }
}
