//! DOC013: a newest revision that is younger than the approval.

use crate::book::Book;
use crate::derive::Derived;
use crate::document::Status;
use crate::finding::{Place, Severity};
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
    for document in
        super::typed(book).filter(|document| document.status().is_none_or(|status| status == Status::Approved))
    {
        let metadata = document.metadata();
        let Some(revision) = super::newest_revision(metadata) else { continue };
        let (Some(approved), Some(date)) = (&metadata.approved, &revision.date) else { continue };
        if date.value > approved.value {
            let place = |span| Place::new(&document.original.path, span);
            let version = revision.version.as_ref().map(|version| version.value.as_str());
            let finding =
                RULE.on(document, place(date.span)).related(place(approved.span)).with_some("version", version);
            findings.add(finding.with("date", date.value.to_string()).with("approved", approved.value.to_string()));
        }
    }
}
