//! REF104: a relative link to nothing.

use crate::book::Book;
use crate::book::link::LinkTarget;
use crate::derive::Derived;
use crate::document::LinkKind;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "REF104", name: "broken-link", severity: Severity::Error, words: words!("broken_link"), check };

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let mut neighbours = super::Neighbours::new(book);
    for link in book.links.iter().filter(|link| link.link.kind == LinkKind::Link) {
        let finding = RULE.on(book.document(link.from), Place::new(&link.path, link.link.span));
        let finding = finding.with("destination", link.link.destination.as_str());
        findings.add(match &link.target {
            LinkTarget::Broken(file) => {
                super::found_near(finding.with("file", file.as_str()), book, link, neighbours.nearest(file))
            }
            LinkTarget::Unbuilt(file) => finding.variant("unbuilt").with("file", file.as_str()),
            _ => continue,
        });
    }
}
