//! DOC024: somebody whom `[people]` does not have, where the book has `[people]`.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::{Change, Place, Remedy, Severity};
use crate::rules::{Findings, Rule, words};
use crate::text::near;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC024",
    name: "unknown-person",
    severity: Severity::Warning,
    words: words!("unknown_person"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let people = &book.config.people;
    if people.is_empty() {
        return;
    }
    for document in &book.documents {
        for (_, manuscript) in document.manuscripts() {
            for person in manuscript.people.iter().filter(|person| !people.contains_key(&person.value)) {
                let finding = RULE.on(document, Place::new(&manuscript.path, person.span));
                let near = near(&person.value, people.keys().map(String::as_str));
                // Two keys that are alike may be two people.
                let remedy = near
                    .filter(|near| near.alone)
                    .map(|near| Remedy::doubtful(Change::Say(near.name.to_owned()), finding.place.clone()));
                let finding = finding.with("person", person.value.as_str()).remedy_some(remedy);
                findings.add(finding.with_some("nearest", near.map(|near| near.name)));
            }
        }
    }
}
