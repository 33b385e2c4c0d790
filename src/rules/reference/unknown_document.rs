//! REF103: an id that no document has.

use std::collections::BTreeMap;

use crate::book::{Book, Document, Reference, Target};
use crate::derive::Derived;
use crate::finding::{Change, Place, Remedy, Severity};
use crate::rules::{Findings, Rule, words};
use crate::text::Span;

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
    let mut nearest: BTreeMap<&str, Option<(&Document, bool)>> = BTreeMap::new();
    for reference in book.references.iter().filter(|reference| reference.target == Target::UnknownDocument) {
        let name = reference.text.split('#').next().unwrap_or_default();
        let document = *nearest.entry(name).or_insert_with(|| {
            let near = crate::text::near(name, ids.iter().copied())?;
            Some((book.document_with_id(near.name)?, near.only))
        });
        let finding = super::at(&RULE, book, reference);
        findings.add(match document {
            Some((document, only)) => {
                let remedy = document.id.as_deref().filter(|_| only).map(|id| named(book, reference, id));
                finding.with("nearest", document.label()).remedy_some(remedy)
            }
            None => finding,
        });
    }
}

/// Another id in the place of the one that a reference names; an anchor behind it stays.
fn named(book: &Book, reference: &Reference, id: &str) -> Remedy {
    let Place { path, span } = &reference.place;
    let written = book.text(path).map_or("", |text| span.of(text));
    let length = written.find('#').unwrap_or(written.len());
    let place = Place::new(path, Span::new(span.start, span.start + length));
    Remedy::safe(Change::Say(id.to_owned()), place)
}
