//! RSK313: a treatment that is not done, and no date by which it will be.

use crate::book::Book;
use crate::derive::Derived;
use crate::document::types::Treatment;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "RSK313",
    name: "treatment-without-due",
    severity: Severity::Warning,
    words: words!("treatment_without_due"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let open = super::living(book, derived).filter(|(.., entry)| {
        matches!(entry.treatment, Some(Treatment::Modify | Treatment::Share)) && !entry.is_treated()
    });
    for (document, ..) in open.filter(|(.., entry)| entry.due.is_none()) {
        findings.add(super::at_field(&RULE, document, "treatment"));
    }
}
