//! RSK314: a risk that does not say what would be lost.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "RSK314", name: "missing-effect", severity: Severity::Error, words: words!("missing_effect"), check };

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    for (document, ..) in super::living(book, derived).filter(|(_, risk, _)| risk.affects.is_empty()) {
        findings.add(super::at_field(&RULE, document, "affects"));
    }
}
