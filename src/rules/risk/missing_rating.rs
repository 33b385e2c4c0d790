//! RSK302: a risk without likelihood or impact.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "RSK302", name: "missing-rating", severity: Severity::Error, words: words!("missing_rating"), check };

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    for (document, risk, _) in super::living(book, derived) {
        let (likelihood, impact) = (risk.inherent.likelihood.is_some(), risk.inherent.impact.is_some());
        match (likelihood, impact) {
            (true, true) => {}
            (false, false) => findings.add(super::at_field(&RULE, document, "likelihood")),
            (false, true) => findings.add(super::at_field(&RULE, document, "likelihood").variant("likelihood")),
            (true, false) => findings.add(super::at_field(&RULE, document, "impact").variant("impact")),
        }
    }
}
