//! REF111: an id that no risk source has.

use crate::book::Book;
use crate::catalog::ItemKind;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "REF111",
    name: "unknown-risk-source",
    severity: Severity::Error,
    words: words!("unknown_risk_source"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    super::report_unknown(&RULE, ItemKind::RiskSource, book, findings);
}
