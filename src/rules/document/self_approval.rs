//! DOC015: a document that its owner approved.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "DOC015", name: "self-approval", severity: Severity::Info, words: words!("self_approval"), check };

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for document in super::living(book) {
        let metadata = document.metadata();
        let (Some(owner), Some(approver)) = (&metadata.owner, &metadata.approver) else { continue };
        if owner.value == approver.value {
            let place = |span| Place::new(&document.original.path, span);
            let finding = RULE.on(document, place(approver.span)).related(place(owner.span));
            findings.add(finding.with("person", book.person(&owner.value)));
        }
    }
}
