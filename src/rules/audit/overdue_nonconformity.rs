//! AUD603: a nonconformity that is open after its day.

use crate::book::{Book, ReferenceKind, Target};
use crate::derive::{Derived, NonconformityState};
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "AUD603",
    name: "overdue-nonconformity",
    severity: Severity::Warning,
    words: words!("overdue_nonconformity"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    for (document, audit) in super::audits(book) {
        for (at, nonconformity) in audit.nonconformities.iter().enumerate() {
            let late = derived.nonconformity_state(document.key, at) == Some(NonconformityState::Overdue);
            let Some(due) = nonconformity.due.as_ref().filter(|_| late) else { continue };
            let mut references =
                book.references_from(document.key).filter(|reference| reference.kind == ReferenceKind::Nonconforms);
            let item = references
                .find(|reference| reference.entry == at)
                .map(|reference| &reference.target)
                .and_then(Target::item);
            let id = nonconformity.id.as_ref().map(|id| id.value.as_str());
            let finding = RULE.on(document, book.place_in(document.key, due.span)).with("due", due.value.to_string());
            let finding = finding.with("audit", document.label()).with_some("nonconformity", id);
            let finding = if id.is_none() { finding.variant("unnamed") } else { finding };
            findings.add(match item {
                Some(item) => finding.about(item, None).with("item", book.item_label(item)),
                None => finding,
            });
        }
    }
}
