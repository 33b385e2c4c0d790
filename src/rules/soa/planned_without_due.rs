//! SOA210: a control that is planned or partly implemented, and no date says until when.

use crate::book::Book;
use crate::derive::{Applicability, Derived, SoaLine};
use crate::document::ImplementationStatus;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};
use crate::text::Spanned;
use crate::words;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA210",
    name: "planned-without-due",
    severity: Severity::Error,
    words: words!("planned_without_due"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let applicable = derived.soa.lines.iter().filter(|line| line.applicability == Applicability::Applicable);
    let undated: Vec<(Place, ImplementationStatus, &SoaLine)> =
        applicable.flat_map(|line| undated(book, line)).collect();
    let places = undated.iter().map(|(place, _, line)| (place.clone(), *line));
    for (finding, _) in super::one_a_place(&RULE, book, places) {
        let status = undated.iter().find(|(place, ..)| *place == finding.place).map(|(_, status, _)| *status);
        let word = status.map(|status| words::localized(&format!("implementation.{}", crate::value::word_of(status))));
        findings.add(finding.with_some("status", word));
    }
}

/// The places at which a line is said to be open, while neither that place nor the decision gives a date.
fn undated<'a>(book: &Book, line: &'a SoaLine) -> Vec<(Place, ImplementationStatus, &'a SoaLine)> {
    let open = |status: &&Spanned<ImplementationStatus>| {
        matches!(status.value, ImplementationStatus::Planned | ImplementationStatus::Partial)
    };
    let mut places = Vec::new();
    if let Some((document, decision)) = super::decision(book, line) {
        if decision.due.is_some() {
            return places;
        }
        let status = decision.status.as_ref().filter(open).filter(|_| line.due.is_none());
        places.extend(status.map(|status| (super::within(document, status.span), status.value, line)));
    }
    for implementation in line.documents.iter().filter(|implementation| implementation.due.is_none()) {
        let status = super::entry(book, implementation).and_then(|entry| entry.status.as_ref()).filter(open);
        let place =
            |status: &Spanned<ImplementationStatus>| super::within(book.document(implementation.document), status.span);
        places.extend(status.map(|status| (place(status), status.value, line)));
    }
    places
}
