//! DOC011: an approved policy, standard or procedure without a day for its next review.

use crate::book::Book;
use crate::derive::Derived;
use crate::document::DocumentType;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC011",
    name: "missing-review-date",
    severity: Severity::Warning,
    words: words!("missing_review_date"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let reviewed =
        |kind: &Option<DocumentType>| matches!(kind, Some(DocumentType::Common("policy" | "standard" | "procedure")));
    let documents = super::typed(book).filter(|document| document.is_approved() && reviewed(&document.kind));
    for document in documents.filter(|document| super::lacks(book, document, "next_review")) {
        findings.add(RULE.on(document, document.place()).with("document", document.label()));
    }
}
