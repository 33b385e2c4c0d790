//! SOA215: a second explicit decision for one control and role.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::{Change, Place, Remedy, Severity};
use crate::rules::{Findings, Rule, words};
use crate::value::{Node, Value};

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
            Some(first) => {
                let same = entry(book, &first.place)
                    .zip(entry(book, &finding.place))
                    .is_some_and(|(first, later)| first.says_same(later));
                let remedy = same.then(|| Remedy::safe(Change::RemoveMap, finding.place.clone()));
                finding.related(first.place.clone()).remedy_some(remedy)
            }
            None => finding,
        });
    }
}

/// The decision at a place, as it is written.
fn entry<'a>(book: &'a Book, place: &Place) -> Option<&'a Node> {
    let document = book.document_at(&place.path)?;
    let Value::List(entries) = &document.original.front.get("decisions")?.value else { return None };
    entries.iter().find(|entry| entry.get("control").is_some_and(|control| control.span == place.span))
}
