//! RSK316: a risk that is shared, and nobody is named with whom.

use crate::book::Book;
use crate::derive::Derived;
use crate::document::types::Treatment;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "RSK316",
    name: "share-without-party",
    severity: Severity::Warning,
    words: words!("share_without_party"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let shared = super::living(book, derived).filter(|(.., entry)| entry.treatment == Some(Treatment::Share));
    let lonely =
        shared.filter(|(_, risk, _)| risk.shared_with.as_ref().is_none_or(crate::language::Localized::is_empty));
    for (document, ..) in lonely {
        findings.add(super::at_field(&RULE, document, "treatment"));
    }
}
