//! REF111: an id that no risk source has.

use crate::book::{Book, ReferenceKind, Target};
use crate::catalog::ItemKind;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "REF111",
    name: "unknown-risk-source",
    severity: Severity::Error,
    words: words!("unknown_risk_source"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for reference in &book.references {
        let finding = super::at(&RULE, book, reference);
        match &reference.target {
            Target::Unknown { kind: ItemKind::RiskSource, catalog, nearest, .. } => {
                let catalog = catalog.as_ref().and_then(|catalog| book.catalogs.get(catalog.as_str()));
                let finding = finding.with_some("catalog", catalog.map(|catalog| catalog.title.clone()));
                findings.add(finding.with_some("nearest", nearest.first().map(|item| book.item_label(item))));
            }
            Target::Group { catalog, group }
                if reference.kind != ReferenceKind::Mentions
                    && super::wanted(book, reference) == ItemKind::RiskSource =>
            {
                let Some(catalog) = book.catalogs.get(catalog.as_str()) else { continue };
                let first =
                    catalog.items_of(ItemKind::RiskSource).find(|item| super::is_within(catalog, &item.group, group));
                findings.add(finding.variant("group").with_some("first", first.map(|item| book.item_label(&item.id))));
            }
            _ => {}
        }
    }
}
