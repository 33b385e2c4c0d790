//! REF110: an id that no requirement has.

use crate::book::{Book, ReferenceKind, Target};
use crate::catalog::ItemKind;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "REF110",
    name: "unknown-requirement",
    severity: Severity::Error,
    words: words!("unknown_requirement"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for reference in &book.references {
        let finding = super::at(&RULE, book, reference);
        match &reference.target {
            Target::Unknown { kind: ItemKind::Requirement, catalog, nearest, .. } => {
                let catalog = catalog.as_ref().and_then(|catalog| book.catalogs.get(catalog.as_str()));
                let finding = finding.with_some("catalog", catalog.map(|catalog| catalog.title.clone()));
                findings.add(finding.with_some("nearest", nearest.first().map(|item| book.item_label(item))));
            }
            Target::Group { catalog, group }
                if reference.kind != ReferenceKind::Mentions
                    && super::wanted(book, reference) == ItemKind::Requirement =>
            {
                let Some(catalog) = book.catalogs.get(catalog.as_str()) else { continue };
                let first =
                    catalog.items_of(ItemKind::Requirement).find(|item| super::is_within(catalog, &item.group, group));
                findings.add(finding.variant("group").with_some("first", first.map(|item| book.item_label(&item.id))));
            }
            _ => {}
        }
    }
}
