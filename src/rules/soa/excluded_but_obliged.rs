//! SOA208: an excluded control that a law or a contract asks for.

use crate::book::{Book, ReferenceKind};
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA208",
    name: "excluded-but-obliged",
    severity: Severity::Error,
    words: words!("excluded_but_obliged"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    super::report_contradicted(
        &RULE,
        book,
        derived,
        findings,
        ("obligations", |conflict| &conflict.obligations),
        |line| super::naming(book, line, ReferenceKind::Obliges, &line.obligations).into_iter().collect(),
    );
}
