//! DOC008: an approved document without approver or date.

use super::says;
use crate::book::Book;
use crate::derive::Derived;
use crate::document::Status;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC008",
    name: "missing-approval",
    severity: Severity::Error,
    words: words!("missing_approval"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for edition in super::Edition::all(book).filter(|edition| edition.status() == Some(Status::Approved)) {
        if !edition.says(&["status", "approver", "approved"]) {
            continue;
        }
        let has = |key| edition.says(&[key]) && says(edition.manuscript, key) || says(&edition.document.original, key);
        let finding = RULE.on(edition.document, edition.manuscript.field_place("status"));
        let finding = finding.with("document", edition.document.label());
        match (has("approver"), has("approved")) {
            (true, true) => {}
            (false, true) => findings.add(finding.variant("approver")),
            (true, false) => findings.add(finding.variant("date")),
            (false, false) => findings.add(finding),
        }
    }
}
