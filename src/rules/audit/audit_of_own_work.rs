//! AUD604: an auditor who owns a document that the audit looked at.

use std::collections::BTreeSet;

use crate::book::{Book, DocumentKey, ReferenceKind};
use crate::derive::Derived;
use crate::finding::Severity;
use crate::phrase;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "AUD604",
    name: "audit-of-own-work",
    severity: Severity::Warning,
    words: words!("audit_of_own_work"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for (document, audit) in super::audits(book) {
        let Some(auditor) = &audit.auditor else { continue };
        let audited = book.references_from(document.key).filter(|reference| reference.kind == ReferenceKind::Audits);
        let implementing = audited
            .filter_map(|reference| reference.target.item())
            .flat_map(|item| book.references_to(item))
            .filter(|reference| reference.kind == ReferenceKind::Implements)
            .map(|reference| reference.from);
        let own: BTreeSet<DocumentKey> = implementing.filter(|key| owned_by(book, *key, &auditor.value)).collect();
        if own.is_empty() {
            continue;
        }
        let own: Vec<DocumentKey> = own.into_iter().collect();
        let finding =
            RULE.on(document, book.place_in(document.key, auditor.span)).with("auditor", book.person(&auditor.value));
        let finding = finding.with("documents", phrase::labels(book, &own));
        findings
            .add(own.iter().fold(finding, |finding, key| finding.related(book.document(*key).field_place("owner"))));
    }
}

fn owned_by(book: &Book, key: DocumentKey, person: &str) -> bool {
    let document = book.document(key);
    let owner = document.metadata().owner.as_ref().map(|owner| owner.value.as_str());
    document.is_living() && owner.is_some_and(|owner| owner == person || book.person(owner) == book.person(person))
}
