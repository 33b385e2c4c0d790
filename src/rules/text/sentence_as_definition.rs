//! TXT909: a sentence that other readers of Markdown take for the definition of a link.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::{Change, Place, Remedy, Severity};
use crate::rules::{Findings, Rule, words};
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "TXT909",
    name: "sentence-as-definition",
    severity: Severity::Warning,
    words: words!("sentence_as_definition"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let mut found = Findings::default();
    super::report_lost(&RULE, "", book, &mut found, |lost| &lost.sentences);
    for finding in found.found {
        let start = finding.place.span.start;
        let bracket = Place::new(&finding.place.path, Span::new(start, start));
        findings.add(finding.remedy(Remedy::safe(Change::Write("\\".to_owned()), bracket)));
    }
}
