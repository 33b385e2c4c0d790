//! DOC007: a typed document without an owner.

use crate::book::Book;
use crate::derive::Derived;
use crate::document::DocumentType;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "DOC007", name: "missing-owner", severity: Severity::Warning, words: words!("missing_owner"), check };

/// A risk without an owner is a fault of its own (RSK301).
fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let owned = super::living(book).filter(|document| document.kind != Some(DocumentType::Risk));
    for document in owned.filter(|document| super::lacks(book, document, "owner")) {
        findings.add(RULE.on(document, document.place()).with("document", document.label()));
    }
}
