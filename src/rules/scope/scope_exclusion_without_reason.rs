//! SCP407: something left out of the scope, and nothing says why.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SCP407",
    name: "scope-exclusion-without-reason",
    severity: Severity::Warning,
    words: words!("scope_exclusion_without_reason"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    for (document, scope) in super::scopes(book, derived) {
        for exclusion in scope.exclusions.iter().filter(|exclusion| exclusion.why.is_empty()) {
            let finding = RULE.on(document, book.place_in(document.key, exclusion.span));
            findings.add(if exclusion.what.is_empty() {
                finding.variant("unnamed")
            } else {
                finding.with("what", exclusion.what.clone())
            });
        }
    }
}
