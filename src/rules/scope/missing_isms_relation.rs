//! SCP406: a cloud scope that does not say how it lies in the ISMS scope.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SCP406",
    name: "missing-isms-relation",
    severity: Severity::Warning,
    words: words!("missing_isms_relation"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    for (document, scope) in super::scopes(book, derived) {
        if !scope.cloud_services.is_empty() && scope.isms_relation.is_none() {
            findings.add(RULE.on(document, document.field_place("isms_relation")).with("scope", document.label()));
        }
    }
}
