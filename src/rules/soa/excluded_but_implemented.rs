//! SOA207: an excluded control that a document says it implements.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA207",
    name: "excluded-but-implemented",
    severity: Severity::Error,
    words: words!("excluded_but_implemented"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    super::report_contradicted(&RULE, book, derived, findings, ("documents", |conflict| &conflict.documents), |line| {
        line.documents.iter().map(|document| document.place.clone()).collect()
    });
}
