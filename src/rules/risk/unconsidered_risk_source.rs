//! RSK315: a risk source that no risk names and no document sets aside.

use crate::book::{Book, Reference, ReferenceKind};
use crate::catalog::ItemKind;
use crate::derive::Derived;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "RSK315",
    name: "unconsidered-risk-source",
    severity: Severity::Info,
    words: words!("unconsidered_risk_source"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for catalog in book.active_catalogs(ItemKind::RiskSource) {
        for source in catalog.items_of(ItemKind::RiskSource).filter(|source| !source.heading) {
            if !book.references_to(&source.id).any(|reference| considers(book, reference)) {
                let finding =
                    RULE.at(Place::book()).about(&source.id, None).with("source", book.item_label(&source.id));
                findings.add(finding.with("catalog", catalog.title.clone()));
            }
        }
    }
}

/// A living risk that draws on the source, or a living document that speaks of it.
fn considers(book: &Book, reference: &Reference) -> bool {
    let speaks = matches!(reference.kind, ReferenceKind::Considers | ReferenceKind::Mentions | ReferenceKind::Related);
    speaks && book.document(reference.from).is_living()
}
