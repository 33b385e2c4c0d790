//! DOC019: a field that the type of the document requires.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "DOC019", name: "missing-field", severity: Severity::Error, words: words!("missing_field"), check };

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for document in super::living(book) {
        let Some((name, own)) = super::own_type(book, document) else { continue };
        for field in own.required.iter().filter(|field| !super::says(&document.original, field)) {
            findings.add(RULE.on(document, document.place()).with("field", field.as_str()).with("type", name));
        }
    }
}
