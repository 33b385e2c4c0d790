//! DOC017: a document without a text under its title.

use crate::book::Book;
use crate::derive::Derived;
use crate::document::DocumentType;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC017",
    name: "empty-document",
    severity: Severity::Warning,
    words: words!("empty_document"),
    check,
};

/// A risk, a scope or the lines of the SoA say what they have to say in their fields.
fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let textual = |kind: &Option<DocumentType>| matches!(kind, Some(DocumentType::Common(_) | DocumentType::Own(_)));
    for document in super::typed(book).filter(|document| textual(&document.kind) && !document.original.body.has_text) {
        findings.add(RULE.on(document, document.place()).with("document", document.label()));
    }
}
