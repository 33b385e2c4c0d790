//! SOA218: a control that is said to be implemented, while every document that does it is a draft.

use crate::book::Book;
use crate::derive::{Applicability, Derived, SoaLine};
use crate::document::{ImplementationStatus, Status};
use crate::finding::{Finding, Place, Severity};
use crate::phrase;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA218",
    name: "status-contradiction",
    severity: Severity::Warning,
    words: words!("status_contradiction"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let said = derived.soa.lines.iter().filter(|line| {
        line.applicability == Applicability::Applicable
            && line.status == Some(ImplementationStatus::Implemented)
            && !line.status_derived
    });
    let drafts = said.filter(|line| {
        !line.documents.is_empty() && line.documents.iter().all(|one| is_draft(book.document(one.document).status()))
    });
    let places = drafts.filter_map(|line| Some((claim(book, line)?, line)));
    for (finding, lines) in super::one_a_place(&RULE, book, places) {
        let mut documents: Vec<_> =
            lines.iter().flat_map(|line| line.documents.iter().map(|document| document.document)).collect();
        documents.sort_unstable();
        documents.dedup();
        let mut others: Vec<Place> = documents.iter().map(|key| book.document(*key).field_place("status")).collect();
        others.retain(|place| *place != finding.place);
        let finding = finding.with("documents", phrase::labels(book, &documents));
        findings.add(others.into_iter().fold(finding, Finding::related));
    }
}

fn is_draft(status: Option<Status>) -> bool {
    matches!(status, Some(Status::Draft | Status::Review))
}

/// The status that says so: the decision's, else the one of the first document's entry.
fn claim(book: &Book, line: &SoaLine) -> Option<Place> {
    let decided = super::decision(book, line)
        .and_then(|(document, decision)| Some(super::within(document, decision.status.as_ref()?.span)));
    decided.or_else(|| {
        let first = line.documents.first()?;
        Some(super::within(book.document(first.document), super::entry(book, first)?.status.as_ref()?.span))
    })
}
