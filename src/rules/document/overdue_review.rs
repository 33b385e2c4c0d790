//! DOC010: a review whose day has passed.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC010",
    name: "overdue-review",
    severity: Severity::Warning,
    words: words!("overdue_review"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    for document in super::living(book) {
        let Some(date) = document.metadata().next_review.as_ref().filter(|date| date.value < derived.today) else {
            continue;
        };
        let days = date.value.days_until(derived.today);
        let finding =
            RULE.on(document, Place::new(&document.original.path, date.span)).with("date", date.value.to_string());
        let finding = if days == 1 { finding.variant("yesterday") } else { finding.with("days", days.to_string()) };
        findings.add(finding.with("document", document.label()));
    }
}
