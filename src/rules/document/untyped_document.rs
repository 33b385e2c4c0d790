//! DOC021: Markdown files without a type, once for the whole book.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC021",
    name: "untyped-document",
    severity: Severity::Info,
    words: words!("untyped_document"),
    check,
};

/// The page of a folder leads to documents and need not be one.
fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let untyped: Vec<_> = book
        .documents
        .iter()
        .filter(|document| !document.is_index && !super::says(&document.original, "type"))
        .collect();
    let Some(first) = untyped.iter().min_by(|one, other| one.original.path.cmp(&other.original.path)) else { return };
    let finding = RULE.on(first, first.place());
    findings.add(if untyped.len() == 1 {
        finding
    } else {
        finding.variant("many").with("count", untyped.len().to_string())
    });
}
