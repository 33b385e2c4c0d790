//! SOA219: every control that applies is implemented.

use crate::book::Book;
use crate::derive::{Applicability, Derived};
use crate::document::ImplementationStatus;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA219",
    name: "wholly-implemented",
    severity: Severity::Info,
    words: words!("wholly_implemented"),
    check,
};

fn check(_: &Book, derived: &Derived, findings: &mut Findings) {
    let mut applicable = derived.soa.lines.iter().filter(|line| line.applicability == Applicability::Applicable);
    let count = derived.soa.totals.applicable;
    if count > 0 && applicable.all(|line| line.status == Some(ImplementationStatus::Implemented)) {
        findings.add(RULE.at(Place::book()).with("count", count.to_string()));
    }
}
