//! SOA212: a control that is implemented, and nothing shows it.

use crate::book::Book;
use crate::derive::{Derived, SoaLine};
use crate::document::ImplementationStatus;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA212",
    name: "implemented-without-evidence",
    severity: Severity::Info,
    words: words!("implemented_without_evidence"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let bare = derived
        .soa
        .lines
        .iter()
        .filter(|line| line.status == Some(ImplementationStatus::Implemented) && line.evidence.is_empty());
    let places = bare.filter_map(|line| Some((claim(book, line)?, line)));
    for (finding, _) in super::one_a_place(&RULE, book, places) {
        findings.add(finding);
    }
}

/// The place that says, or from which follows, that the control is implemented.
fn claim(book: &Book, line: &SoaLine) -> Option<Place> {
    let decided = super::decision(book, line)
        .and_then(|(document, decision)| Some(super::within(document, decision.status.as_ref()?.span)));
    decided.or_else(|| line.documents.first().map(|document| document.place.clone()))
}
