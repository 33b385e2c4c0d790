//! DOC012: a newest revision whose version is not the document's.

use super::Edition;
use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
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
    // An older version of a translation beside the original's revisions is TRN701.
    for edition in Edition::all(book).filter(|edition| edition.says(&["revisions"])) {
        let newest = super::newest_revision(edition.metadata).and_then(|revision| revision.version.as_ref());
        let (Some(version), Some(newest)) = (&edition.metadata.version, newest) else { continue };
        if compare_versions(&version.value, &newest.value).is_ne() {
            let finding = RULE.on(edition.document, edition.place_of("version", version.span));
            let finding = finding.related(edition.place(newest.span));
            findings.add(finding.with("version", version.value.as_str()).with("revision", newest.value.as_str()));
        }
    }
}
