//! TXT910: a footnote that nothing cites, a mark without a footnote, a definition of a link that nothing uses.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "TXT910", name: "idle-footnote", severity: Severity::Warning, words: words!("idle_footnote"), check };

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    super::report_lost(&RULE, "uncited", book, findings, |lost| &lost.uncited);
    super::report_lost(&RULE, "unused", book, findings, |lost| &lost.unused);
    super::report_lost(&RULE, "unmatched", book, findings, |lost| &lost.unmatched);
}
