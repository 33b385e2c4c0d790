//! DOC008: an approved document without approver or date.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC008",
    name: "missing-approval",
    severity: Severity::Error,
    words: words!("missing_approval"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for document in super::typed(book).filter(|document| document.is_approved()) {
        let (approver, date) = (super::says(document, "approver"), super::says(document, "approved"));
        let finding = RULE.on(document, document.field_place("status")).with("document", document.label());
        match (approver, date) {
            (true, true) => {}
            (false, true) => findings.add(finding.variant("approver")),
            (true, false) => findings.add(finding.variant("date")),
            (false, false) => findings.add(finding),
        }
    }
}
