//! RSK301: a risk that nobody answers for.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "RSK301",
    name: "missing-risk-owner",
    severity: Severity::Error,
    words: words!("missing_risk_owner"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    for (document, ..) in super::living(book, derived).filter(|(document, ..)| document.metadata().owner.is_none()) {
        findings.add(super::at_field(&RULE, document, "owner"));
    }
}
