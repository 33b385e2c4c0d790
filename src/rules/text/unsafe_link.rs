//! TXT902: a link that runs a script or carries data.

use crate::book::Book;
use crate::book::link::LinkTarget;
use crate::derive::Derived;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "TXT902", name: "unsafe-link", severity: Severity::Error, words: words!("unsafe_link"), check };

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for link in book.links.iter().filter(|link| link.target == LinkTarget::Unsafe) {
        let finding = RULE.on(book.document(link.from), Place::new(&link.path, link.link.span));
        let scheme = link.link.destination.trim().split(':').next().unwrap_or_default().to_ascii_lowercase();
        findings.add(finding.with("scheme", format!("{scheme}:")));
    }
}
