//! REF110: an id that no requirement has.

use crate::book::Book;
use crate::catalog::ItemKind;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "REF110",
    name: "unknown-requirement",
    severity: Severity::Error,
    words: words!("unknown_requirement"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    super::report_unknown(&RULE, ItemKind::Requirement, book, findings);
}
