//! DOC012: a newest revision whose version is not the document's.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::{Place, Severity};
use crate::id::compare_versions;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC012",
    name: "revision-mismatch",
    severity: Severity::Warning,
    words: words!("revision_mismatch"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for document in super::typed(book) {
        let metadata = document.metadata();
        let newest = super::newest_revision(metadata).and_then(|revision| revision.version.as_ref());
        let (Some(version), Some(newest)) = (&metadata.version, newest) else { continue };
        if compare_versions(&version.value, &newest.value).is_ne() {
            let place = |span| Place::new(&document.original.path, span);
            let finding = RULE.on(document, place(version.span)).related(place(newest.span));
            findings.add(finding.with("version", version.value.as_str()).with("revision", newest.value.as_str()));
        }
    }
}
