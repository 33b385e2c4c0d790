//! TXT904: an image without words that stand for it.

use crate::book::Book;
use crate::derive::Derived;
use crate::document::LinkKind;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "TXT904",
    name: "image-without-alternative",
    severity: Severity::Warning,
    words: words!("image_without_alternative"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for link in book.links.iter().filter(|link| link.link.kind == LinkKind::Image && !link.described) {
        let finding = RULE.on(book.document(link.from), Place::new(&link.path, link.link.span));
        findings.add(finding.with("image", link.link.destination.as_str()));
    }
}
