//! BOK006: a link or a symbolic link that leads out of the book.

use crate::book::Book;
use crate::book::link::LinkTarget;
use crate::derive::Derived;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "BOK006",
    name: "path-outside-book",
    severity: Severity::Error,
    words: words!("path_outside_book"),
    check,
};

/// Symbolic links are found while the files are read.
fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for link in book.links.iter().filter(|link| link.target == LinkTarget::Outside) {
        let finding = RULE.on(book.document(link.from), Place::new(&link.path, link.link.span));
        findings.add(finding.with("destination", link.link.destination.as_str()));
    }
}
