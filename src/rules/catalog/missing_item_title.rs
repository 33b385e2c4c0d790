//! CAT804: an item of an own catalog without a title in a language of the book.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::language::Language;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "CAT804",
    name: "missing-item-title",
    severity: Severity::Warning,
    words: words!("missing_item_title"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for catalog in book.catalogs.iter().filter(|catalog| catalog.place.is_some()) {
        for item in &catalog.items {
            let Some(place) = &item.place else { continue };
            let lacking = book.config.languages.iter().filter(|language| !item.title.serves(language));
            let codes = lacking.map(Language::code).collect::<Vec<_>>();
            if !codes.is_empty() {
                findings.add(
                    RULE.at(place.clone())
                        .about(&item.id, None)
                        .with("id", &*item.id.id)
                        .with("languages", codes.join(", ")),
                );
            }
        }
    }
}
