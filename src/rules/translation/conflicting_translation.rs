//! TRN704: a translation that says something else than its original.

use std::collections::BTreeSet;

use crate::book::{Book, Document};
use crate::derive::Derived;
use crate::document::Manuscript;
use crate::document::front_matter::texts;
use crate::finding::{Change, Finding, Place, Remedy, Severity};
use crate::rules::{Findings, Rule, words};
use crate::text::Span;
use crate::value::{Node, Value};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "TRN704",
    name: "conflicting-translation",
    severity: Severity::Error,
    words: words!("conflicting_translation"),
    check,
};

/// What a translation says for itself. The words of any other field are its own too.
const OWN: [&str; 9] =
    ["title", "summary", "tags", "version", "revisions", "status", "approver", "approved", "classification"];

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for document in &book.documents {
        for translation in document.translations.values() {
            compare(book, document, translation, findings);
        }
    }
}

fn compare(book: &Book, document: &Document, translation: &Manuscript, findings: &mut Findings) {
    let original = &document.original;
    // What stands in `book.toml` for both is no word of the translation.
    let said = |node: &Node| !node.is_empty() && !node.span.is_empty();
    let entries = translation.front.entries().iter().filter(|(key, node)| !OWN.contains(&&*key.value) && said(node));
    let mut entries = entries.peekable();
    if entries.peek().is_none() {
        return;
    }
    let words =
        |manuscript: &Manuscript| texts(&manuscript.path, &manuscript.front, document.kind.as_ref(), &book.config);
    let pair = Pair { original: words(original), translation: words(translation) };
    for (key, node) in entries {
        let Some(other) = original.front.get(&key.value).filter(|node| !node.is_empty()) else {
            findings.add(finding(document, translation, node).variant("alone").with("field", &*key.value));
            continue;
        };
        if let Some((node, other)) = pair.conflict(node, other) {
            let related =
                Place::new(&original.path, if other.span.is_empty() { original.head_span() } else { other.span });
            let whole = Remedy::doubtful(Change::Remove, Place::new(&translation.path, key.span));
            let finding =
                finding(document, translation, node).with("field", &*key.value).related(related).remedy(whole);
            findings.add(match (node.scalar(), other.scalar()) {
                (Some(translated), Some(written)) => finding.with("found", translated).with("original", written),
                _ => finding.variant("list"),
            });
        }
    }
}

fn finding(document: &Document, translation: &Manuscript, node: &Node) -> Finding {
    RULE.on(document, Place::new(&translation.path, node.span))
}

/// The places of the words for readers in both files.
struct Pair {
    original: BTreeSet<Span>,
    translation: BTreeSet<Span>,
}

impl Pair {
    /// The first value of the translation that is not what the original says, and what the original has there.
    fn conflict<'n>(&self, translated: &'n Node, original: &'n Node) -> Option<(&'n Node, &'n Node)> {
        if translated.is_empty()
            || self.original.contains(&original.span)
            || self.translation.contains(&translated.span)
        {
            return None;
        }
        match (&translated.value, &original.value) {
            (Value::List(_), _) | (_, Value::List(_)) => self.in_lists(translated, original),
            (Value::Map(entries), Value::Map(_)) => entries.iter().find_map(|(key, node)| {
                let Some(other) = original.get(&key.value) else {
                    return (!node.is_empty()).then_some((node, original));
                };
                self.conflict(node, other)
            }),
            // An entry may be its id alone.
            (_, Value::Map(_)) => {
                let id = ["id", "control", "name", "title"].iter().find_map(|key| original.get(key));
                id.is_none_or(|id| self.conflict(translated, id).is_some()).then_some((translated, original))
            }
            (left, right) => {
                let same = left == right || translated.scalar().is_some_and(|text| original.scalar() == Some(text));
                (!same).then_some((translated, original))
            }
        }
    }

    /// Lists say the same in any order; a single value is a list of one.
    fn in_lists<'n>(&self, translated: &'n Node, original: &'n Node) -> Option<(&'n Node, &'n Node)> {
        let (own, others) = (items(translated), items(original));
        if own.len() != others.len() {
            return Some((translated, original));
        }
        let same = |node: &Node, other: &Node| self.conflict(node, other).is_none();
        let strange = own.iter().zip(others).find(|(node, _)| !others.iter().any(|other| same(node, other)));
        strange.map(|(node, other)| self.conflict(node, other).unwrap_or((node, other)))
    }
}

fn items(node: &Node) -> &[Node] {
    match &node.value {
        Value::List(nodes) => nodes,
        _ => std::slice::from_ref(node),
    }
}
