//! DOC004: two documents with one id.

use std::collections::BTreeMap;

use crate::book::{Book, Document};
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC004",
    name: "duplicate-document-id",
    severity: Severity::Error,
    words: words!("duplicate_document_id"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let mut first: BTreeMap<&str, &Document> = BTreeMap::new();
    for document in &book.documents {
        let Some(id) = document.id.as_deref() else { continue };
        if let Some(other) = first.get(id) {
            let finding =
                RULE.on(document, document.place()).with("id", id).with("other", other.original.path.as_str());
            findings.add(finding.related(other.place()));
        } else {
            first.insert(id, document);
        }
    }
}
