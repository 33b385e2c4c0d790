//! TXT908: a row of a table with more cells than its head.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "TXT908", name: "surplus-cells", severity: Severity::Error, words: words!("surplus_cells"), check };

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    super::report_lost(&RULE, "", book, findings, |lost| &lost.surplus);
}
