//! BOK011: git keeps the book and could not be asked.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "BOK011",
    name: "unread-history",
    severity: Severity::Warning,
    words: words!("unread_history"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let Some(unread) = &book.history.unread else { return };
    findings.add(RULE.at(Place::book()).variant(unread.cause.word()).with("words", unread.words.as_str()));
}
