//! RSK311: an acceptance of a residual risk that has expired.

use std::collections::BTreeMap;

use crate::book::{Book, Document, DocumentKey};
use crate::date::Date;
use crate::derive::Derived;
use crate::finding::{Place, Severity};
use crate::phrase;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "RSK311",
    name: "expired-risk-acceptance",
    severity: Severity::Warning,
    words: words!("expired_risk_acceptance"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let mut found: BTreeMap<Place, (Date, Vec<DocumentKey>)> = BTreeMap::new();
    for (_, _, entry) in
        super::living(book, derived).filter(|(.., entry)| entry.acceptances.iter().all(|acceptance| !acceptance.holds))
    {
        let latest = entry
            .acceptances
            .iter()
            .filter_map(|acceptance| Some((acceptance.expires?, acceptance)))
            .max_by_key(|(expires, _)| *expires);
        let Some((expired, acceptance)) = latest else { continue };
        let place = super::acceptance_place(book, entry, acceptance, "acceptance_expires", "expires");
        found.entry(place).or_insert_with(|| (expired, Vec::new())).1.push(entry.document);
    }
    for (place, (expired, risks)) in found {
        let document = book.document_at(&place.path).map(Document::name);
        let finding = RULE.at(place).document(document).with("expired", expired.to_string());
        findings.add(finding.with("risks", phrase::labels(book, &risks)));
    }
}
