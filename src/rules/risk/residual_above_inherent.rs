//! RSK307: a risk that is greater after its treatment than before.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::phrase;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "RSK307",
    name: "residual-above-inherent",
    severity: Severity::Error,
    words: words!("residual_above_inherent"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    for (document, _, entry) in super::living(book, derived) {
        let (Some(inherent), Some(residual)) = (entry.inherent, entry.residual) else { continue };
        if residual.score > inherent.score {
            let finding = super::at_field(&RULE, document, "residual").with("inherent", phrase::score(book, inherent));
            findings.add(finding.with("residual", phrase::score(book, residual)));
        }
    }
}
