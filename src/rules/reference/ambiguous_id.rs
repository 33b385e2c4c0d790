//! REF108: an id that means more than one thing.

use crate::book::{Book, Target};
use crate::derive::Derived;
use crate::finding::Severity;
use crate::language::Localized;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "REF108", name: "ambiguous-id", severity: Severity::Error, words: words!("ambiguous_id"), check };

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for reference in &book.references {
        let Target::Ambiguous(ways) = &reference.target else { continue };
        // The bare id is one of the ways where a document has it.
        let qualified: Vec<Localized> =
            ways.iter().filter(|way| **way != reference.text).map(|way| Localized::plain(way)).collect();
        let document = book.document_with_id(&reference.text).map(crate::book::Document::label);
        let finding = super::at(&RULE, book, reference).with("ways", super::listed(&qualified));
        findings.add(match document {
            Some(document) => finding.variant("document").with("document", document),
            None => finding,
        });
    }
}
