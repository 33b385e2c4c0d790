//! RSK315: a risk source that no risk names and no document sets aside.

use crate::book::Book;
use crate::catalog::ItemKind;
use crate::derive::{Derived, SourceState};
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "RSK315",
    name: "unconsidered-risk-source",
    severity: Severity::Info,
    words: words!("unconsidered_risk_source"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    for catalog in book.active_catalogs(ItemKind::RiskSource) {
        for source in catalog.items_of(ItemKind::RiskSource).filter(|source| !source.heading) {
            if derived.source(&source.id).is_some_and(|entry| entry.state() == SourceState::Unconsidered) {
                let finding =
                    RULE.at(Place::book()).about(&source.id, None).with("source", book.item_label(&source.id));
                findings.add(finding.with("catalog", catalog.title.clone()));
            }
        }
    }
}
