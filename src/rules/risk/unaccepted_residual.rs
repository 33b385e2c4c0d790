//! RSK309: a residual risk above the acceptable level that nobody has accepted.

use crate::book::Book;
use crate::derive::Derived;
use crate::document::types::Treatment;
use crate::finding::Severity;
use crate::phrase;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "RSK309",
    name: "unaccepted-residual",
    severity: Severity::Error,
    words: words!("unaccepted_residual"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let acceptable = book.config.risk.acceptable;
    for (document, _, entry) in super::living(book, derived).filter(|(.., entry)| entry.acceptances.is_empty()) {
        let retained = entry.inherent.filter(|_| entry.treatment == Some(Treatment::Retain));
        let Some(residual) = entry.residual.or(retained).filter(|residual| residual.score > acceptable) else {
            continue;
        };
        let key = if entry.residual.is_some() { "residual" } else { "treatment" };
        let finding = super::at_field(&RULE, document, key).with("residual", phrase::score(book, residual));
        let owner = document.metadata().owner.as_ref().map(|owner| book.person(&owner.value));
        findings.add(finding.with("acceptable", acceptable.to_string()).with_some("owner", owner));
    }
}
