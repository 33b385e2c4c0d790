//! SOA217: an excluded control with an implementation status.

use crate::book::Book;
use crate::derive::{Applicability, Derived};
use crate::finding::{Change, Remedy, Severity};
use crate::rules::{Findings, Rule, words};
use crate::words;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA217",
    name: "excluded-with-status",
    severity: Severity::Error,
    words: words!("excluded_with_status"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let excluded = derived.soa.lines.iter().filter(|line| line.applicability == Applicability::Excluded);
    let places = excluded.filter_map(|line| {
        let (document, entry) = super::decision(book, line)?;
        Some((super::within(document, entry.status.as_ref()?.span), line))
    });
    for (finding, lines) in super::one_a_place(&RULE, book, places) {
        let status = lines.iter().find_map(|line| super::decision(book, line)?.1.status.as_ref());
        let word =
            status.map(|status| words::localized(&format!("implementation.{}", crate::value::word_of(status.value))));
        let remedy = Remedy::doubtful(Change::Remove, finding.place.clone());
        findings.add(finding.with_some("status", word).remedy(remedy));
    }
}
