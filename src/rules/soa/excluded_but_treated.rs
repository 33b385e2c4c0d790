//! SOA206: an excluded control that the treatment of a risk needs.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::{Finding, Place, Severity};
use crate::phrase;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA206",
    name: "excluded-but-treated",
    severity: Severity::Error,
    words: words!("excluded_but_treated"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let contradicted = derived
        .soa
        .lines
        .iter()
        .filter(|line| line.conflict.as_ref().is_some_and(|conflict| !conflict.risks.is_empty()));
    let places = contradicted.filter_map(|line| {
        let (document, entry) = super::decision(book, line)?;
        Some((super::within(document, entry.applicable.as_ref()?.span), line))
    });
    for (finding, lines) in super::one_a_place(&RULE, book, places) {
        let conflicts = lines.iter().filter_map(|line| line.conflict.as_ref());
        let mut risks: Vec<_> = conflicts.flat_map(|conflict| conflict.risks.iter().copied()).collect();
        risks.sort_unstable();
        risks.dedup();
        let mut others: Vec<Place> = lines.iter().flat_map(|line| super::selecting(book, derived, line)).collect();
        others.sort();
        others.dedup();
        let finding = finding.with("risks", phrase::labels(book, &risks));
        findings.add(others.into_iter().fold(finding, Finding::related));
    }
}
