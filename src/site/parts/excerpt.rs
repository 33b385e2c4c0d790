//! The words around a mention: what a document says where it names something.

use crate::book::{Reference, ReferenceKind};
use crate::id::ItemId;
use crate::language::Language;
use crate::site::context::Context;
use crate::site::view::Link;

/// What a document says of an item.
#[derive(Debug, serde::Serialize)]
pub(in crate::site) struct Excerpt {
    /// The document.
    document: Link,
    /// Its words.
    text: String,
    /// Their language, where it is not the page's.
    lang: String,
}

/// An excerpt has so many characters at most.
const LONG: usize = 160;

/// What living documents say of an item in their texts, each document once and in the reader's language where it has it.
pub(in crate::site) fn excerpts(context: &Context<'_>, item: &ItemId) -> Vec<Excerpt> {
    let book = context.book();
    let mentions = book.references_to(item).filter(|reference| reference.kind == ReferenceKind::Mentions);
    let mut found: Vec<(&Reference, bool)> = Vec::new();
    for reference in mentions {
        let document = book.document(reference.from);
        let own = document.manuscript(context.language).0.path == reference.place.path;
        if !document.is_living() {
            continue;
        }
        match found.iter_mut().find(|(known, _)| known.from == reference.from) {
            Some(known) if own && !known.1 => *known = (reference, true),
            Some(_) => {}
            None => found.push((reference, own)),
        }
    }
    let excerpt = |(reference, _): (&Reference, bool)| {
        let document = context.to_document(reference.from);
        let text = book.text(&reference.place.path)?;
        let text = around(text, reference.place.span.start)?;
        Some(Excerpt { document, text, lang: language_of(context, reference) })
    };
    found.into_iter().filter_map(excerpt).collect()
}

fn language_of(context: &Context<'_>, reference: &Reference) -> String {
    let document = context.document(reference.from);
    let own = |(_, manuscript): &(&Language, &std::sync::Arc<crate::document::Manuscript>)| {
        manuscript.path == reference.place.path
    };
    let language = document.manuscripts().find(own).map(|(language, _)| language);
    language.filter(|language| *language != context.words.language()).map(ToString::to_string).unwrap_or_default()
}

/// The sentence, list entry or row of a table in which a place stands, without markup.
fn around(text: &str, place: usize) -> Option<String> {
    let (before, after) = (text.get(..place)?, text.get(place..)?);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = after.find('\n').map_or(text.len(), |at| place + at);
    let line = text.get(start..end)?;
    if line.trim_start().starts_with('|') {
        let cells: Vec<String> = line.split('|').map(plain).filter(|cell| !cell.is_empty()).collect();
        return Some(shorten(&cells.join(" — ")));
    }
    let ends = |c: char| matches!(c, '。' | '！' | '？');
    let within = place - start;
    let from = line[..within].rfind(ends).map_or(0, |at| at + '。'.len_utf8());
    let to = line[within..].find(ends).map_or(line.len(), |at| within + at + '。'.len_utf8());
    Some(shorten(&plain(&line[from..to])))
}

/// Markdown as its reader sees it, as far as a short excerpt needs.
fn plain(markdown: &str) -> String {
    let mut text = String::new();
    let mut rest = markdown.trim().trim_start_matches(['#', '>', '-', '+', ' ']);
    while let Some(at) = rest.find(['[', '*', '`', '~']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((label, behind)) = link(rest) {
            text.push_str(label);
            rest = behind;
        } else {
            let mark = &rest[..1];
            if mark == "[" {
                text.push_str(mark);
            }
            rest = &rest[1..];
        }
    }
    text.push_str(rest);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a link at the beginning of a text, and what stands behind the link.
fn link(text: &str) -> Option<(&str, &str)> {
    if let Some(inner) = text.strip_prefix("[[") {
        let (inner, behind) = inner.split_once("]]")?;
        return Some((inner.rsplit_once('|').map_or(inner, |(_, label)| label), behind));
    }
    let (label, behind) = text.strip_prefix('[')?.split_once("](")?;
    let (_, behind) = behind.split_once(')')?;
    Some((label, behind))
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(LONG) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_an_entry_or_a_row_stands_alone() {
        let at = |text: &str| around(text, text.find("R.9").expect("the id")).expect("a place");
        assert_eq!(at("前。[[ENISA:R.9]]は、**当社**に関係しない。後。"), "ENISA:R.9は、当社に関係しない。");
        assert_eq!(at("x\n- R.9: [no tenants](a.md) share a host\n- y"), "R.9: no tenants share a host");
        assert_eq!(at("| `R.9` | not used |\n"), "R.9 — not used");
        assert_eq!(at("[[R.9|isolation]] [x"), "isolation [x");
    }
}
