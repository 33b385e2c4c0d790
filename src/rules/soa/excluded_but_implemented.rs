//! SOA207: an excluded control that a document says it implements.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::{Finding, Place, Severity};
use crate::phrase;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA207",
    name: "excluded-but-implemented",
    severity: Severity::Error,
    words: words!("excluded_but_implemented"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let contradicted = derived
        .soa
        .lines
        .iter()
        .filter(|line| line.conflict.as_ref().is_some_and(|conflict| !conflict.documents.is_empty()));
    let places = contradicted.filter_map(|line| {
        let (document, entry) = super::decision(book, line)?;
        Some((super::within(document, entry.applicable.as_ref()?.span), line))
    });
    for (finding, lines) in super::one_a_place(&RULE, book, places) {
        let conflicts = lines.iter().filter_map(|line| line.conflict.as_ref());
        let mut documents: Vec<_> = conflicts.flat_map(|conflict| conflict.documents.iter().copied()).collect();
        documents.sort_unstable();
        documents.dedup();
        let mut others: Vec<Place> =
            lines.iter().flat_map(|line| line.documents.iter().map(|document| document.place.clone())).collect();
        others.sort();
        others.dedup();
        let finding = finding.with("documents", phrase::labels(book, &documents));
        findings.add(others.into_iter().fold(finding, Finding::related));
    }
}
