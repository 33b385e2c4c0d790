//! SOA201: a control that nothing decides.

use crate::book::Book;
use crate::derive::{Applicability, Derived};
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA201",
    name: "undecided-control",
    severity: Severity::Error,
    words: words!("undecided_control"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    for line in derived.soa.lines.iter().filter(|line| line.applicability == Applicability::Undecided) {
        let other_decided =
            derived.soa.lines_of(&line.item.id).any(|other| other.applicability != Applicability::Undecided);
        if other_decided {
            continue;
        }
        let finding = RULE
            .at(Place::book())
            .about(&line.item.id, line.role.as_ref())
            .with("control", book.item_label(&line.item.id));
        let role = line.role.as_ref().and_then(|role| book.catalogs.get(line.item.id.catalog.as_str())?.role(role));
        findings.add(match role {
            Some(role) => finding.variant("role").with("role", role.title.clone()),
            None => finding,
        });
    }
}
