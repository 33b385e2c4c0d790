//! REQ503: documented information that a clause implies, and nothing proves it.

use crate::book::Book;
use crate::derive::{Derived, RequirementProof};
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "REQ503",
    name: "unproven-implied-requirement",
    severity: Severity::Warning,
    words: words!("unproven_implied_requirement"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let unproven = super::pieces(derived, RequirementProof::Unproven);
    for (requirement, piece) in unproven.filter(|(_, piece)| !piece.information.explicit) {
        findings.add(super::about(&RULE, book, Place::book(), requirement, piece));
    }
}
