//! SOA204: one justification text for many controls.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::{Book, Document};
use crate::derive::Derived;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA204",
    name: "repeated-justification",
    severity: Severity::Warning,
    words: words!("repeated_justification"),
    check,
};

/// From how many controls on a text counts as repeated.
const MANY: usize = 5;

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let mut by_text: BTreeMap<String, Vec<(Place, String)>> = BTreeMap::new();
    for (document, entry) in super::decisions(book) {
        let Some(justification) = &entry.justification else { continue };
        let text = justification.value.get(&document.language).split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            by_text.entry(text).or_default().push((super::within(document, justification.span), entry.written()));
        }
    }
    for (text, uses) in by_text {
        let controls: BTreeSet<&str> = uses.iter().map(|(_, control)| control.as_str()).collect();
        let [(first, _), rest @ ..] = &uses[..] else { continue };
        if controls.len() < MANY {
            continue;
        }
        let document = book.document_at(&first.path).map(Document::name);
        let finding = RULE
            .at(first.clone())
            .document(document)
            .with("count", controls.len().to_string())
            .with("text", shortened(&text));
        findings.add(rest.iter().fold(finding, |finding, (place, _)| finding.related(place.clone())));
    }
}

/// The beginning of a text, enough to know it by.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    format!("{}…", text.chars().take(LONGEST).collect::<String>().trim_end())
}
