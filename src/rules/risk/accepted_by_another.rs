//! RSK310: a residual risk accepted by somebody who is not its owner.

use std::collections::BTreeMap;

use crate::book::{Book, Document, DocumentKey};
use crate::derive::Derived;
use crate::finding::{Place, Severity};
use crate::phrase;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "RSK310",
    name: "accepted-by-another",
    severity: Severity::Warning,
    words: words!("accepted_by_another"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let mut found: BTreeMap<Place, (&str, Vec<DocumentKey>)> = BTreeMap::new();
    for (document, _, entry) in super::living(book, derived) {
        let Some(owner) = &document.metadata().owner else { continue };
        for acceptance in entry.acceptances.iter().filter(|acceptance| acceptance.holds) {
            if acceptance.by != owner.value && book.person(&acceptance.by) != book.person(&owner.value) {
                let place = super::acceptance_place(book, entry, acceptance, "accepted_by", "decided_by");
                found.entry(place).or_insert_with(|| (&acceptance.by, Vec::new())).1.push(entry.document);
            }
        }
    }
    for (place, (by, risks)) in found {
        let document = book.document_at(&place.path).map(Document::name);
        let owner = risks
            .first()
            .and_then(|key| book.document(*key).metadata().owner.as_ref())
            .map(|owner| book.person(&owner.value));
        let finding =
            RULE.at(place).document(document).with("by", book.person(by)).with("risks", phrase::labels(book, &risks));
        let finding = finding.with_some("owner", owner.filter(|_| risks.len() == 1));
        findings
            .add(risks.iter().fold(finding, |finding, key| finding.related(book.document(*key).field_place("owner"))));
    }
}
