//! SOA206: an excluded control that the treatment of a risk needs.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA206",
    name: "excluded-but-treated",
    severity: Severity::Error,
    words: words!("excluded_but_treated"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    super::report_contradicted(&RULE, book, derived, findings, ("risks", |conflict| &conflict.risks), |line| {
        super::selecting(book, derived, line).into_iter().collect()
    });
}
