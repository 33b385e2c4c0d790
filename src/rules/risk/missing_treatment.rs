//! RSK304: a risk above the acceptable level that nothing is done about.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::phrase;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "RSK304",
    name: "missing-treatment",
    severity: Severity::Error,
    words: words!("missing_treatment"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let acceptable = book.config.risk.acceptable;
    for (document, _, entry) in super::living(book, derived).filter(|(.., entry)| entry.treatment.is_none()) {
        let Some(inherent) = entry.inherent.filter(|inherent| inherent.score > acceptable) else { continue };
        let finding = super::at_field(&RULE, document, "treatment").with("score", phrase::score(book, inherent));
        findings.add(finding.with("acceptable", acceptable.to_string()));
    }
}
