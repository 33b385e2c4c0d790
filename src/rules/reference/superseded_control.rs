//! REF102: an id of an edition that the book does not use.

use crate::book::Book;
use crate::book::Target;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::language::Localized;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "REF102",
    name: "superseded-control",
    severity: Severity::Error,
    words: words!("superseded_control"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for reference in &book.references {
        let Target::Superseded { item, successors } = &reference.target else { continue };
        let edition = book.catalogs.get(item.catalog.as_str()).map(|catalog| catalog.title.clone());
        let finding = super::at(&RULE, book, reference).about(item, None).with("item", book.item_label(item)).with_some("edition", edition);
        let labels: Vec<Localized> = successors.iter().map(|item| book.item_label(item)).collect();
        findings.add(if labels.is_empty() { finding } else { finding.with("successors", super::listed(&labels)) });
    }
}
