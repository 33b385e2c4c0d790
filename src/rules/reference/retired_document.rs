//! REF107: a living document that cites a retired one.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "REF107",
    name: "retired-document",
    severity: Severity::Warning,
    words: words!("retired_document"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let retired = |document: &crate::book::Document| !document.is_living();
    for document in book.documents.iter().filter(|document| retired(document)) {
        for reference in
            book.references_to_document(document.key).filter(|reference| !retired(book.document(reference.from)))
        {
            let finding = super::at(&RULE, book, reference).with("document", document.label());
            findings.add(finding.related(document.field_place("status")));
        }
    }
}
