//! SOA208: an excluded control that a law or a contract asks for.

use crate::book::Book;
use crate::book::ReferenceKind;
use crate::derive::Derived;
use crate::finding::{Finding, Place, Severity};
use crate::phrase;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA208",
    name: "excluded-but-obliged",
    severity: Severity::Error,
    words: words!("excluded_but_obliged"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let contradicted = derived
        .soa
        .lines
        .iter()
        .filter(|line| line.conflict.as_ref().is_some_and(|conflict| !conflict.obligations.is_empty()));
    let places = contradicted.filter_map(|line| {
        let (document, entry) = super::decision(book, line)?;
        Some((super::within(document, entry.applicable.as_ref()?.span), line))
    });
    for (finding, lines) in super::one_a_place(&RULE, book, places) {
        let conflicts = lines.iter().filter_map(|line| line.conflict.as_ref());
        let mut obligations: Vec<_> = conflicts.flat_map(|conflict| conflict.obligations.iter().copied()).collect();
        obligations.sort_unstable();
        obligations.dedup();
        let mut others: Vec<Place> = lines
            .iter()
            .flat_map(|line| super::naming(book, line, ReferenceKind::Obliges, &line.obligations))
            .collect();
        others.sort();
        others.dedup();
        let finding = finding.with("obligations", phrase::labels(book, &obligations));
        findings.add(others.into_iter().fold(finding, Finding::related));
    }
}
