//! Links and references to documents that are left out: a link becomes its own words.

use std::collections::{BTreeMap, BTreeSet};

use super::{Ids, Masks, Outcome, withheld};
use crate::book::link::{LinkTarget, resolve};
use crate::book::{Book, Document, DocumentKey};
use crate::derive::evidence::evidence_of;
use crate::files::FilePath;
use crate::finding::Place;
use crate::language::Language;
use crate::text::Span;

impl Masks {
    /// Everything by which one document leads to those that are left out.
    pub(super) fn mentions(&mut self, book: &Book, document: &Document, left_out: &BTreeSet<DocumentKey>, ids: &Ids) {
        let languages: BTreeMap<&FilePath, &Language> =
            document.manuscripts().map(|(language, manuscript)| (&manuscript.path, language)).collect();
        let language = |path: &FilePath| languages.get(path).copied().unwrap_or(&document.language);
        for reference in book.references_from(document.key) {
            // A bare id in a text is no link; it is found with all the others.
            let Some(target) = reference.target.document().filter(|target| left_out.contains(target)) else { continue };
            if reference.entry != usize::MAX {
                let target = book.document(target);
                self.mention(book, &reference.place, target, language(&reference.place.path), ids);
            }
        }
        self.addresses(book, document, left_out);
        self.evidence(book, document, left_out);
    }

    /// Addresses of left-out documents, and of folders that hold nothing else, in raw HTML and in definitions of links.
    fn addresses(&mut self, book: &Book, document: &Document, left_out: &BTreeSet<DocumentKey>) {
        let all_left_out = |at: usize| {
            let folder = &book.folders[at];
            folder.index.iter().chain(&folder.documents).all(|key| left_out.contains(key)) && folder.folders.is_empty()
        };
        let hidden = |target: &LinkTarget| match target {
            LinkTarget::Document(key, _) => left_out.contains(key),
            LinkTarget::Folder(at) => all_left_out(*at),
            _ => false,
        };
        for link in book.links.iter().filter(|link| link.from == document.key && hidden(&link.target)) {
            let written = book.text(&link.path).and_then(|text| text.get(link.link.span.start..link.link.span.end));
            let known = self.edits.get(&link.path).is_some_and(|edits| {
                edits.keys().any(|span| span.start <= link.link.span.start && link.link.span.end <= span.end)
            });
            if !known && let Some(written) = written {
                self.note(Place::new(&link.path, link.link.span), Outcome::Masked, written);
                self.add(&link.path, link.link.span, NOWHERE.to_owned());
            }
        }
        for (_, manuscript) in document.manuscripts() {
            for span in definitions(&manuscript.text) {
                if hidden(&resolve(book, &manuscript.path, span.of(&manuscript.text))) {
                    self.note(Place::new(&manuscript.path, span), Outcome::Masked, span.of(&manuscript.text));
                    self.add(&manuscript.path, span, NOWHERE.to_owned());
                }
            }
        }
    }

    /// A path of evidence that is a document which is left out.
    fn evidence(&mut self, book: &Book, document: &Document, left_out: &BTreeSet<DocumentKey>) {
        let from = &document.original.path;
        for path in evidence_of(document).filter_map(|evidence| evidence.path.as_ref()) {
            let hidden = match resolve(book, from, &path.value) {
                LinkTarget::Document(key, _) => left_out.contains(&key),
                _ => false,
            };
            if hidden {
                self.note(Place::new(from, path.span), Outcome::Masked, &path.value);
                self.add(from, path.span, withheld(&document.language));
            }
        }
    }

    fn mention(&mut self, book: &Book, place: &Place, target: &Document, language: &Language, ids: &Ids) {
        let Some(text) = book.text(&place.path) else { return };
        let neutral = withheld(language);
        let spoken = |label: &str| without_names(&Self::masked_words(label, ids, &neutral), target, &neutral);
        let link = wiki_link(text, place.span).map(|(whole, inside)| {
            let label = inside.split_once('|').map(|(_, label)| spoken(label));
            (whole, label.unwrap_or_else(|| neutral.clone()))
        });
        let link = link.or_else(|| inline_link(text, place.span).map(|(whole, label)| (whole, spoken(label))));
        let (span, words) = link.unwrap_or_else(|| (place.span, neutral.clone()));
        self.note(Place::new(&place.path, span), Outcome::Masked, target.name());
        self.add(&place.path, span, words);
    }
}

/// The address that leads to the page itself.
const NOWHERE: &str = "#";

/// The addresses of `[label]: address` lines.
fn definitions(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let address = line.trim_start_matches([' ', '>']).strip_prefix('[').and_then(|rest| rest.split_once("]:"));
        if let Some((_, rest)) = address {
            let start = at + line.len() - rest.trim_start_matches([' ', '\t', '<']).len();
            let length = text[start..].find(|sign: char| sign.is_whitespace() || sign == '>');
            spans.push(Span::new(start, start + length.unwrap_or(text.len() - start)));
        }
        at += line.len();
    }
    spans
}

/// A label without the id, the titles and the file name of what it names.
fn without_names(label: &str, target: &Document, neutral: &str) -> String {
    let names = target.id.iter().map(String::as_str).chain(target.title.values());
    let mut names: Vec<&str> = names.chain([target.original.path.name()]).filter(|name| !name.is_empty()).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let said = names.iter().fold(label.trim().to_owned(), |said, name| said.replace(name, neutral));
    // Id and title side by side are one name.
    let twice = [format!("{neutral} {neutral}"), format!("{neutral}{neutral}"), format!("{neutral}：{neutral}")];
    twice.iter().fold(said, |said, twice| said.replace(twice, neutral))
}

/// The wiki link on one line around a span, and what stands in its brackets.
fn wiki_link(text: &str, span: Span) -> Option<(Span, &str)> {
    let line_start = text.get(..span.start)?.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(line_start..)?.lines().next()?;
    let at = span.start - line_start;
    // In a table the span may be off by the backslash of an escaped bar.
    let start = line.match_indices("[[").map(|(start, _)| start).take_while(|start| *start <= at + 1).last()?;
    let end = start + line.get(start..)?.find("]]")?;
    let inside = line.get(start + 2..end)?;
    (at <= end).then(|| (Span::new(line_start + start, line_start + end + 2), inside))
}

/// The whole of `[label](destination "title")` around its destination, and the label.
fn inline_link(text: &str, destination: Span) -> Option<(Span, &str)> {
    let before = text.get(..destination.start)?.trim_end_matches(['<', ' ']);
    let label_end = before.strip_suffix("](")?.len();
    let mut depth = 1_usize;
    let start = text.get(..label_end)?.char_indices().rev().find_map(|(at, letter)| {
        match letter {
            ']' => depth += 1,
            '[' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })?;
    let rest = text.get(destination.end..)?;
    let mut quoted = None;
    let end = rest.char_indices().find_map(|(at, letter)| {
        match (quoted, letter) {
            (None, '"' | '\'') => quoted = Some(letter),
            (Some(quote), _) if quote == letter => quoted = None,
            (None, ')') => return Some(at),
            _ => {}
        }
        None
    })?;
    Some((Span::new(start, destination.end + end + 1), text.get(start + 1..label_end)?))
}
