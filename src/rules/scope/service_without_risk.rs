//! SCP404: a cloud service in scope that no risk names.

use crate::book::Book;
use crate::derive::Derived;
use crate::derive::risk::risk_of;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SCP404",
    name: "service-without-risk",
    severity: Severity::Error,
    words: words!("service_without_risk"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let living = derived.living_risks();
    let named: Vec<&str> =
        living.flat_map(|risk| &risk_of(book, risk.document).cloud_services).map(|name| name.value.as_str()).collect();
    for (key, service) in &derived.scope.services {
        if !named.contains(&service.name.value.as_str()) {
            let finding = RULE.on(book.document(*key), book.place_in(*key, service.name.span));
            findings.add(finding.with("service", service.name.value.as_str()));
        }
    }
}
