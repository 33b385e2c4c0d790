//! DOC009: an approval or a review that has not happened yet, or a document in force before its approval.

use super::Edition;
use crate::book::Book;
use crate::date::Date;
use crate::derive::Derived;
use crate::finding::{Finding, Severity};
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
    for edition in Edition::all(book) {
        let metadata = edition.metadata;
        let future = |key, date: &Option<Spanned<Date>>| {
            date.clone().filter(|date| date.value > derived.today && edition.says(&[key]))
        };
        findings.add_some(future("approved", &metadata.approved).map(|date| at(&edition, "approved", &date)));
        // A translation is reviewed and takes effect with its original.
        if edition.manuscript.path == edition.document.original.path {
            let reviewed = future("reviewed", &metadata.reviewed).map(|date| at(&edition, "reviewed", &date));
            findings.add_some(reviewed.map(|finding| finding.variant("reviewed")));
        }
        if let (Some(effective), Some(approved)) = (&metadata.effective, &metadata.approved)
            && effective.value < approved.value
            && edition.says(&["approved"])
        {
            let finding = at(&edition, "effective", effective).variant("effective");
            let finding = finding.with("approved", approved.value.to_string());
            findings.add(finding.related(edition.place_of("approved", approved.span)));
        }
    }
}

fn at(edition: &Edition<'_>, key: &str, date: &Spanned<Date>) -> Finding {
    RULE.on(edition.document, edition.place_of(key, date.span)).with("date", date.value.to_string())
}
