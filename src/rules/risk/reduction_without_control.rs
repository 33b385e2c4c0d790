//! RSK308: a risk that became smaller, and nothing that made it so.

use crate::book::Book;
use crate::derive::Derived;
use crate::document::types::Treatment;
use crate::finding::Severity;
use crate::phrase;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "RSK308",
    name: "reduction-without-control",
    severity: Severity::Error,
    words: words!("reduction_without_control"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    for (document, risk, entry) in super::living(book, derived) {
        let (Some(inherent), Some(residual)) = (entry.inherent, entry.residual) else { continue };
        let by_other_means =
            matches!(entry.treatment, Some(Treatment::Share | Treatment::Avoid)) || risk.shared_with.is_some();
        if residual.score < inherent.score && !by_other_means && !super::names_control(book, entry) {
            let finding = super::at_field(&RULE, document, "residual").with("inherent", phrase::score(book, inherent));
            findings.add(finding.with("residual", phrase::score(book, residual)));
        }
    }
}
