//! REF101: an id that no control has.

use crate::book::{Book, ReferenceKind, Target};
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "REF101",
    name: "unknown-control",
    severity: Severity::Error,
    words: words!("unknown_control"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let mut reported = std::collections::BTreeSet::new();
    for reference in &book.references {
        if matches!(reference.kind, ReferenceKind::Proves | ReferenceKind::Considers) {
            continue;
        }
        let Target::Unknown { nearest, parent } = &reference.target else { continue };
        let finding = RULE.at(reference.place.clone()).with("id", reference.text.as_str());
        let finding = finding.document(Some(book.document(reference.from).name()));
        findings.add(match (parent, nearest.first()) {
            (Some(parent), _) => {
                // An author's own sub-numbers stand all over a file: once a file and id is enough.
                if !reported.insert((reference.place.path.clone(), reference.text.clone())) {
                    continue;
                }
                finding.variant("sub-number").with("parent", book.item_label(parent))
            }
            (None, nearest) => finding.with_some("nearest", nearest.map(|item| book.item_label(item))),
        });
    }
}
