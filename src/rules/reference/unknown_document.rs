//! REF103: an id that no document has.

use crate::book::{Book, Target};
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "REF103",
    name: "unknown-document",
    severity: Severity::Error,
    words: words!("unknown_document"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for reference in &book.references {
        let Target::UnknownDocument { nearest } = &reference.target else { continue };
        let document = nearest.as_deref().and_then(|id| book.document_with_id(id));
        findings
            .add(super::at(&RULE, book, reference).with_some("nearest", document.map(crate::book::Document::label)));
    }
}
