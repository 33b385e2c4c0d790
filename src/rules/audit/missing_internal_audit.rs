//! AUD601: no internal audit in the last 12 months.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "AUD601",
    name: "missing-internal-audit",
    severity: Severity::Warning,
    words: words!("missing_internal_audit"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    if !super::recent(book, derived).is_empty() {
        return;
    }
    let mut past = super::held(book).into_iter().filter(|(.., on)| *on <= derived.today);
    let finding = RULE.at(Place::book());
    findings.add(match past.next_back() {
        Some((document, _, on)) => {
            let finding = finding.variant("past").with("audit", document.label()).with("on", on.to_string());
            finding.related(document.field_place("audited_on"))
        }
        None => finding,
    });
}
