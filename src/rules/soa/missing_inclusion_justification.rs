//! SOA205: a control that applies by hand, and nothing says why.

use crate::book::Book;
use crate::derive::{Applicability, Derived, Justification};
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA205",
    name: "missing-inclusion-justification",
    severity: Severity::Error,
    words: words!("missing_inclusion_justification"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let bare =
        derived.soa.lines.iter().filter(|line| {
            line.applicability == Applicability::Applicable && line.justification == Justification::None
        });
    let places = bare.filter_map(|line| {
        let (document, entry) = super::decision(book, line)?;
        Some((super::within(document, entry.applicable.as_ref()?.span), line))
    });
    for (finding, _) in super::one_a_place(&RULE, book, places) {
        findings.add(finding);
    }
}
