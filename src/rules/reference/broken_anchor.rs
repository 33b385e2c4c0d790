//! REF105: a link to a heading that its document does not have.

use std::sync::Arc;

use crate::book::link::{LinkTarget, LinkUse};
use crate::book::{Book, Document, Reference, Target};
use crate::derive::Derived;
use crate::document::{LinkKind, Manuscript};
use crate::finding::{Change, Finding, Place, Remedy, Severity};
use crate::rules::{Findings, Rule, words};
use crate::text::near;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "REF105", name: "broken-anchor", severity: Severity::Warning, words: words!("broken_anchor"), check };

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for link in &book.links {
        let Some((target, anchor)) = goal(book, link) else { continue };
        let place = Place::new(&link.path, link.link.span);
        findings.add_some(missing(book, book.document(link.from), place, target, anchor));
    }
    for reference in &book.references {
        let Some((target, anchor)) = wiki_goal(book, reference) else { continue };
        findings.add_some(missing(book, book.document(reference.from), reference.place.clone(), target, anchor));
    }
    for document in &book.documents {
        for entry in &document.metadata().controls {
            let Some(section) = &entry.section else { continue };
            let place = Place::new(&document.original.path, section.span);
            let finding = missing(book, document, place, &document.original, &section.value);
            findings
                .add_some(finding.map(|finding| finding.variant("section").with("control", entry.id.value.as_str())));
        }
    }
}

/// The text that a link leads into, and the anchor.
fn goal<'a>(book: &'a Book, link: &'a LinkUse) -> Option<(&'a Arc<Manuscript>, &'a str)> {
    match &link.target {
        LinkTarget::Document(key, Some(anchor)) => Some((book.document(*key).manuscript(&link.language).0, anchor)),
        LinkTarget::Anchor(anchor) => Some((book.document(link.from).manuscript(&link.language).0, anchor)),
        _ => None,
    }
}

/// The same for `[[ID#heading]]`.
fn wiki_goal<'a>(book: &'a Book, reference: &'a Reference) -> Option<(&'a Arc<Manuscript>, &'a str)> {
    let (Target::Document(key), Some(anchor)) = (&reference.target, reference.anchor.as_deref()) else { return None };
    let from = book.document(reference.from);
    let (language, manuscript) = from.manuscripts().find(|(_, manuscript)| manuscript.path == reference.place.path)?;
    let wiki = manuscript.body.links.get(reference.entry).is_some_and(|link| link.kind == LinkKind::Wiki);
    wiki.then(|| (book.document(*key).manuscript(language).0, anchor))
}

/// A finding where the text has no such anchor: no heading in any of the usual styles, and no raw HTML with that id.
fn missing(book: &Book, from: &Document, place: Place, target: &Manuscript, anchor: &str) -> Option<Finding> {
    if anchor.is_empty()
        || anchor == "top"
        || target.body.oversized
        || target.body.tangled.is_some()
        || target.body.anchors.contains(anchor)
        || target.body.heading_with(anchor).is_some()
    {
        return None;
    }
    let ids = target.body.headings.iter().map(|heading| heading.id.as_str());
    let near = near(anchor, ids);
    // A `section:` is the anchor itself.
    let of_link = super::anchor_of(book, &place).unwrap_or_else(|| place.clone());
    let remedy = near.filter(|near| near.alone).map(|near| Remedy::safe(Change::Say(near.name.to_owned()), of_link));
    let finding = RULE.on(from, place).with("anchor", anchor).with("file", target.path.as_str());
    Some(finding.with_some("nearest", near.map(|near| near.name)).remedy_some(remedy))
}
