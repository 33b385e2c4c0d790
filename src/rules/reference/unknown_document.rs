//! REF103: an id that no document has.

use std::collections::BTreeMap;

use crate::book::{Book, Document, Target};
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
    let ids: Vec<&str> = book.documents.iter().filter_map(|document| document.id.as_deref()).collect();
    // A name that stands in many places is compared with all ids once.
    let mut nearest: BTreeMap<&str, Option<&Document>> = BTreeMap::new();
    for reference in book.references.iter().filter(|reference| reference.target == Target::UnknownDocument) {
        let name = reference.text.split('#').next().unwrap_or_default();
        let document = *nearest.entry(name).or_insert_with(|| {
            crate::text::nearest(name, ids.iter().copied()).and_then(|id| book.document_with_id(id))
        });
        findings.add(super::at(&RULE, book, reference).with_some("nearest", document.map(Document::label)));
    }
}
