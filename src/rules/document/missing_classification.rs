//! DOC016: a document without a classification in a book that uses them.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC016",
    name: "missing-classification",
    severity: Severity::Info,
    words: words!("missing_classification"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    if !book.documents.iter().any(|document| super::says(&document.original, "classification")) {
        return;
    }
    for document in super::living(book).filter(|document| super::lacks(book, document, "classification")) {
        findings.add(RULE.on(document, document.place()).with("document", document.label()));
    }
}
