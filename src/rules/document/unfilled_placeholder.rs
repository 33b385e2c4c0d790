//! DOC014: a placeholder of a template that nobody filled.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC014",
    name: "unfilled-placeholder",
    severity: Severity::Warning,
    words: words!("unfilled_placeholder"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for document in super::living(book) {
        for (_, manuscript) in document.manuscripts() {
            for &span in &manuscript.placeholders {
                let found = span.of(&manuscript.text).split_whitespace().collect::<Vec<_>>().join(" ");
                findings.add(RULE.on(document, Place::new(&manuscript.path, span)).with("found", found));
            }
        }
    }
}
