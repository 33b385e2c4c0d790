//! DOC005: a typed document without an id.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC005",
    name: "missing-document-id",
    severity: Severity::Warning,
    words: words!("missing_document_id"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for document in super::typed(book).filter(|document| super::lacks(book, document, "id")) {
        findings.add(RULE.on(document, document.place()).with("title", document.title.clone()));
    }
}
