//! SOA202: a control that is excluded, and nothing says why.

use crate::book::Book;
use crate::derive::{Applicability, Derived, Justification};
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA202",
    name: "missing-exclusion-justification",
    severity: Severity::Error,
    words: words!("missing_exclusion_justification"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let excluded = derived
        .soa
        .lines
        .iter()
        .filter(|line| line.applicability == Applicability::Excluded && line.justification == Justification::None);
    let places = excluded.filter_map(|line| {
        let (document, entry) = super::decision(book, line)?;
        Some((super::within(document, entry.applicable.as_ref()?.span), line))
    });
    for (finding, _) in super::one_a_place(&RULE, book, places) {
        findings.add(finding);
    }
}
