//! REF109: a section or theme where a control is meant.

use crate::book::{Book, ReferenceKind, Target};
use crate::catalog::ItemKind;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "REF109",
    name: "group-as-control",
    severity: Severity::Warning,
    words: words!("group_as_control"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for reference in &book.references {
        let Target::Group { catalog, group } = &reference.target else { continue };
        if reference.kind == ReferenceKind::Mentions || super::wanted(book, reference) != ItemKind::Control {
            continue;
        }
        let Some(catalog) = book.catalogs.get(catalog.as_str()) else { continue };
        let title = catalog.group(group).map(|found| found.title.map(|title| format!("{} {title}", found.id)));
        let first = catalog.items_of(ItemKind::Control).find(|item| super::is_within(catalog, &item.group, group));
        let finding = super::at(&RULE, book, reference).with_some("group", title);
        findings.add(finding.with_some("first", first.map(|item| book.item_label(&item.id))));
    }
}
