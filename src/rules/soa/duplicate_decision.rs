//! SOA215: a second explicit decision for one control and role.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA215",
    name: "duplicate-decision",
    severity: Severity::Error,
    words: words!("duplicate_decision"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let later = derived
        .soa
        .lines
        .iter()
        .flat_map(|line| line.explicit.iter().skip(1).map(move |explicit| (explicit.place.clone(), line)));
    for (finding, lines) in super::one_a_place(&RULE, book, later) {
        let first = lines.iter().find_map(|line| line.explicit.first());
        let counting = first.map(|first| book.document(first.document).label());
        let finding = finding.with_some("document", counting);
        findings.add(match first {
            Some(first) => finding.related(first.place.clone()),
            None => finding,
        });
    }
}
