//! REF112: a link to a place of one machine or network.

use crate::book::Book;
use crate::book::link::LinkTarget;
use crate::derive::Derived;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "REF112", name: "local-path", severity: Severity::Warning, words: words!("local_path"), check };

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for link in book.links.iter().filter(|link| link.target == LinkTarget::Local) {
        let finding = RULE.on(book.document(link.from), Place::new(&link.path, link.link.span));
        // As written: Markdown makes one backslash of two.
        let written = book.text(&link.path).map_or(link.link.destination.as_str(), |text| link.link.span.of(text));
        findings.add(finding.with("destination", written));
    }
}
