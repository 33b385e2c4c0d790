//! RSK305: a risk that controls are to modify, and no control is named.

use crate::book::Book;
use crate::derive::Derived;
use crate::document::types::Treatment;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "RSK305",
    name: "modify-without-control",
    severity: Severity::Error,
    words: words!("modify_without_control"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let modified = super::living(book, derived).filter(|(.., entry)| entry.treatment == Some(Treatment::Modify));
    for (document, ..) in modified.filter(|(.., entry)| !super::names_control(book, entry)) {
        findings.add(super::at_field(&RULE, document, "treatment"));
    }
}
