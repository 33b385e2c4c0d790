//! SCP405: the name of a cloud service that the scope does not have.

use crate::book::{Book, DocumentKey};
use crate::derive::Derived;
use crate::derive::risk::risk_of;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};
use crate::text::{Spanned, near};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SCP405",
    name: "unknown-cloud-service",
    severity: Severity::Error,
    words: words!("unknown_cloud_service"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    if derived.scope.documents.is_empty() {
        return;
    }
    let by_risks = derived
        .risks
        .iter()
        .filter(|risk| risk.is_living())
        .map(|risk| (risk.document, &risk_of(book, risk.document).cloud_services, ""));
    let by_services = derived.scope.services.iter().map(|(key, service)| (*key, &service.uses, "uses"));
    for (key, names, variant) in by_risks.chain(by_services) {
        for name in names.iter().filter(|name| derived.scope.service(&name.value).is_none()) {
            findings.add(unknown(book, derived, key, name).variant(variant));
        }
    }
}

fn unknown(book: &Book, derived: &Derived, key: DocumentKey, name: &Spanned<String>) -> crate::finding::Finding {
    let document = book.document(key);
    let near = near(&name.value, derived.scope.services.iter().map(|(_, service)| service.name.value.as_str()));
    let finding = RULE.on(document, book.place_in(key, name.span)).with("service", name.value.as_str());
    finding.with("document", document.label()).near(near)
}
