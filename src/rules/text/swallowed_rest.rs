//! TXT907: what is never closed and hides what follows.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "TXT907", name: "swallowed-rest", severity: Severity::Error, words: words!("swallowed_rest"), check };

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    super::report_lost(&RULE, "", book, findings, |lost| &lost.swallowed);
}
