//! REF106: an image that is not there.

use crate::book::Book;
use crate::book::link::LinkTarget;
use crate::derive::Derived;
use crate::document::LinkKind;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "REF106", name: "missing-image", severity: Severity::Error, words: words!("missing_image"), check };

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let mut neighbours = super::Neighbours::new(book);
    for link in book.links.iter().filter(|link| link.link.kind == LinkKind::Image) {
        let finding = RULE.on(book.document(link.from), Place::new(&link.path, link.link.span));
        findings.add(match &link.target {
            LinkTarget::Broken(file) => {
                super::found_near(finding.with("file", file.as_str()), book, link, neighbours.nearest(file))
            }
            LinkTarget::Unbuilt(file) => finding.variant("unbuilt").with("file", file.as_str()),
            _ => continue,
        });
    }
}
