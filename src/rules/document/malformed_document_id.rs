//! DOC006: an id that does not match the pattern of the book.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC006",
    name: "malformed-document-id",
    severity: Severity::Warning,
    words: words!("malformed_document_id"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let Some(pattern) = &book.config.id_pattern else { return };
    for document in super::typed(book) {
        let Some(id) = document.id.as_deref().filter(|id| !pattern.fits(id)) else { continue };
        findings
            .add(RULE.on(document, document.place()).with("id", id).with("pattern", pattern.written.value.as_str()));
    }
}
