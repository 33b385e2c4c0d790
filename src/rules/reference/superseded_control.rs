//! REF102: an id of an edition that the book does not use.

use crate::book::{Book, Reference, ReferenceKind, Target};
use crate::derive::Derived;
use crate::finding::{Change, Remedy, Severity};
use crate::id::ItemId;
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
        let catalog = book.catalogs.get(item.catalog.as_str());
        if catalog.is_some_and(|catalog| says_edition(book, reference, &catalog.edition)) {
            continue;
        }
        let edition = catalog.map(|catalog| catalog.title.clone());
        let finding = super::at(&RULE, book, reference)
            .about(item, None)
            .with("item", book.item_label(item))
            .with_some("edition", edition);
        let one = match &successors[..] {
            [one] if !is_merged(book, item, one) => Some(one),
            _ => None,
        };
        let remedy = |one| Remedy::doubtful(Change::Say(book.short_id(one)), finding.place.clone());
        let finding = finding.clone().remedy_some(one.map(remedy));
        let labels: Vec<Localized> = successors.iter().map(|item| book.item_label(item)).collect();
        findings.add(match successors.iter().any(|successor| is_merged(book, item, successor)) {
            _ if labels.is_empty() => finding,
            true => finding.variant("merged").with("merged", super::listed(&labels)),
            false => finding.with("successors", super::listed(&labels)),
        });
    }
}

/// Whether a successor holds more than the item did: what was said of the item may then be wrong of it.
fn is_merged(book: &Book, item: &ItemId, successor: &ItemId) -> bool {
    let Some(catalog) = book.catalogs.get(successor.catalog.as_str()) else { return false };
    let mapped = book.catalogs.mapped(item, catalog);
    mapped.iter().any(|(found, relation)| found.id == *successor && relation == "merged")
}

/// Whether the line of a text names the edition (`2013 mapping: A.12.1.2`): then it cites the old id on purpose.
fn says_edition(book: &Book, reference: &Reference, edition: &str) -> bool {
    if reference.kind != ReferenceKind::Mentions || edition.is_empty() {
        return false;
    }
    let Some(text) = book.text(&reference.place.path) else { return false };
    let span = reference.place.span;
    let before = text.get(..span.start).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(span.end..).and_then(|after| after.find('\n')).map_or(text.len(), |at| span.end + at);
    text.get(start..end).is_some_and(|line| line.contains(edition))
}
