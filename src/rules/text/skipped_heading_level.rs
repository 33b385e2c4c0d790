//! TXT906: a heading that is more than one level below the one before it.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "TXT906",
    name: "skipped-heading-level",
    severity: Severity::Info,
    words: words!("skipped_heading_level"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for document in &book.documents {
        for (_, manuscript) in document.manuscripts() {
            for pair in manuscript.body.headings.windows(2).filter(|pair| pair[1].level > pair[0].level + 1) {
                let finding = RULE
                    .on(document, Place::new(&manuscript.path, pair[1].span))
                    .with("heading", pair[1].text.as_str());
                findings.add(
                    finding.with("level", pair[1].level.to_string()).with("wanted", (pair[0].level + 1).to_string()),
                );
            }
        }
    }
}
