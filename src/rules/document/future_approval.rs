//! DOC009: an approval or a review that has not happened yet, or a document in force before its approval.

use crate::book::{Book, Document};
use crate::date::Date;
use crate::derive::Derived;
use crate::finding::{Finding, Place, Severity};
use crate::rules::{Findings, Rule, words};
use crate::text::Spanned;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC009",
    name: "future-approval",
    severity: Severity::Error,
    words: words!("future_approval"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    for document in super::typed(book) {
        let metadata = document.metadata();
        let future = |date: &Option<Spanned<Date>>| date.clone().filter(|date| date.value > derived.today);
        findings.add_some(future(&metadata.approved).map(|date| at(document, &date)));
        findings.add_some(future(&metadata.reviewed).map(|date| at(document, &date).variant("reviewed")));
        if let (Some(effective), Some(approved)) = (&metadata.effective, &metadata.approved)
            && effective.value < approved.value
        {
            let finding = at(document, effective).variant("effective").with("approved", approved.value.to_string());
            findings.add(finding.related(Place::new(&document.original.path, approved.span)));
        }
    }
}

fn at(document: &Document, date: &Spanned<Date>) -> Finding {
    RULE.on(document, Place::new(&document.original.path, date.span)).with("date", date.value.to_string())
}
