//! AUD602: a role in scope that no audit of the last 12 months covers.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::phrase;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "AUD602",
    name: "unaudited-role",
    severity: Severity::Warning,
    words: words!("unaudited_role"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let audits = super::recent(book, derived);
    let (Some(roles), Some((latest, ..))) = (&derived.scope.roles, audits.last()) else { return };
    for role in roles {
        let covered = audits.iter().any(|(_, audit, _)| audit.roles.iter().any(|covered| covered.value == *role));
        if !covered {
            let mut finding = RULE.on(latest, latest.field_place("roles"));
            finding.role = Some(role.clone());
            findings.add(finding.with("role", phrase::role(book, role)).with("audit", latest.label()));
        }
    }
}
