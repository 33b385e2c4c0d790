//! SOA209: a control that applies, and no document says how it is done.

use crate::book::Book;
use crate::derive::{Applicability, Derived};
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA209",
    name: "applicable-without-document",
    severity: Severity::Warning,
    words: words!("applicable_without_document"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let bare = derived
        .soa
        .lines
        .iter()
        .filter(|line| line.applicability == Applicability::Applicable && line.documents.is_empty());
    let places = bare.filter_map(|line| Some((super::deciding(book, derived, line)?, line)));
    for (finding, _) in super::one_a_place(&RULE, book, places) {
        findings.add(finding);
    }
}
