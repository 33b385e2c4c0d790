//! DOC002: a front-matter key that no type knows, once for the whole book.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::book::Book;
use crate::derive::Derived;
use crate::document::Manuscript;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};
use crate::value::UnknownKey;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "DOC002", name: "unknown-field", severity: Severity::Info, words: words!("unknown_field"), check };

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let manuscripts =
        book.documents.iter().flat_map(|document| document.manuscripts().map(|(_, manuscript)| manuscript));
    let mut by_key: BTreeMap<&str, Vec<(&Arc<Manuscript>, &UnknownKey)>> = BTreeMap::new();
    for manuscript in manuscripts {
        for unknown in &manuscript.unknown {
            let uses = by_key.entry(unknown.key.value.as_str()).or_default();
            if uses.last().is_none_or(|(last, _)| last.path != manuscript.path) {
                uses.push((manuscript, unknown));
            }
        }
    }
    for (key, uses) in by_key {
        let first = uses.iter().min_by(|(one, _), (other, _)| one.path.cmp(&other.path));
        let Some((manuscript, unknown)) = first else { continue };
        let finding = RULE.at(Place::new(&manuscript.path, unknown.key.span));
        let finding =
            if uses.len() == 1 { finding } else { finding.variant("many").with("count", uses.len().to_string()) };
        findings.add(finding.with("key", key).with_some("nearest", unknown.nearest.as_deref()));
    }
}
