//! TXT909: a sentence that other readers of Markdown take for the definition of a link.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "TXT909",
    name: "sentence-as-definition",
    severity: Severity::Warning,
    words: words!("sentence_as_definition"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    super::report_lost(&RULE, "", book, findings, |lost| &lost.sentences);
}
