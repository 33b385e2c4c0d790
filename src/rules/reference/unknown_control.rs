//! REF101: an id that no control has.

use std::collections::BTreeSet;

use crate::book::{Book, Target};
use crate::catalog::{Catalog, ItemKind};
use crate::derive::Derived;
use crate::finding::{Change, Remedy, Severity};
use crate::id::natural_order;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "REF101",
    name: "unknown-control",
    severity: Severity::Error,
    words: words!("unknown_control"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    super::report_ranges(&RULE, ItemKind::Control, book, findings);
    let mut reported = BTreeSet::new();
    for reference in &book.references {
        let Target::Unknown { kind: ItemKind::Control, catalog, nearest, parent } = &reference.target else { continue };
        let finding = super::at(&RULE, book, reference);
        if let Some(parent) = parent {
            // An author's own sub-numbers stand all over a file: once a file and id is enough.
            if reported.insert((reference.place.path.clone(), reference.text.clone())) {
                let remedy = Remedy::doubtful(Change::Say(book.short_id(parent)), finding.place.clone());
                findings.add(finding.variant("sub-number").with("parent", book.item_label(parent)).remedy(remedy));
            }
            continue;
        }
        let catalog = catalog.as_ref().and_then(|catalog| book.catalogs.get(catalog.as_str()));
        let finding = finding
            .with_some("catalog", catalog.map(|catalog| catalog.title.clone()))
            .with_some("show", catalog.map(|catalog| catalog.id.as_str()))
            .with_some("nearest", nearest.first().map(|item| book.item_label(item)));
        let finding = super::say_only(finding, book, nearest);
        findings.add(match catalog.and_then(|catalog| last_of_section(catalog, &reference.text)) {
            Some((section, last)) => finding.with("section", section).with("last", last),
            None => finding,
        });
    }
}

/// The section of an id and the last control in it, where the id lies behind its end.
fn last_of_section(catalog: &Catalog, written: &str) -> Option<(String, String)> {
    let id = written.rsplit(':').next()?.trim();
    let (section, _) = id.rsplit_once('.')?;
    let within = |other: &&std::sync::Arc<crate::catalog::Item>| {
        other.id.id.rsplit_once('.').is_some_and(|(own, _)| own == section)
    };
    let last = catalog.items_of(ItemKind::Control).filter(within).last()?;
    natural_order(&last.id.id, id).is_lt().then(|| (section.to_owned(), last.id.id.to_string()))
}
