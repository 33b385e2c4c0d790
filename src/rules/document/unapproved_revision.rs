//! DOC013: a newest revision that is younger than the approval.

use super::Edition;
use crate::book::Book;
use crate::derive::Derived;
use crate::document::Status;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC013",
    name: "unapproved-revision",
    severity: Severity::Warning,
    words: words!("unapproved_revision"),
    check,
};

/// A draft and a document in review are on their way to the next approval.
fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let in_force = |edition: &Edition<'_>| edition.status().is_none_or(|status| status == Status::Approved);
    for edition in Edition::all(book).filter(in_force) {
        // The approval of an older translation precedes the original's revisions rightly; that it is old is TRN701.
        let older = edition.says(&["version"]) && !edition.says(&["revisions"]);
        if older || !edition.says(&["approved", "revisions"]) {
            continue;
        }
        let Some(revision) = super::newest_revision(edition.metadata) else { continue };
        let (Some(approved), Some(date)) = (&edition.metadata.approved, &revision.date) else { continue };
        if date.value > approved.value {
            let version = revision.version.as_ref().map(|version| version.value.as_str());
            let finding = RULE.on(edition.document, edition.place_of("revisions", date.span));
            let finding = finding.related(edition.place_of("approved", approved.span)).with_some("version", version);
            findings.add(finding.with("date", date.value.to_string()).with("approved", approved.value.to_string()));
        }
    }
}
