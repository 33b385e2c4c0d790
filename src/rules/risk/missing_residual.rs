//! RSK306: a treated risk without a residual rating.

use crate::book::Book;
use crate::derive::Derived;
use crate::document::types::Treatment;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "RSK306",
    name: "missing-residual",
    severity: Severity::Error,
    words: words!("missing_residual"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    // What is retained stays as it is: its inherent rating is the residual one.
    let treated = super::living(book, derived)
        .filter(|(.., entry)| entry.treatment.is_some_and(|treatment| treatment != Treatment::Retain));
    for (document, risk, _) in treated {
        if risk.residual.likelihood.is_none() || risk.residual.impact.is_none() {
            findings.add(super::at_field(&RULE, document, "residual"));
        }
    }
}
