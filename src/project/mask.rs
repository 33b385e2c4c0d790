//! What the shown documents say of those that are left out: links become their own words, and ids and titles that only a
//! left-out document has give way to a neutral word.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::link::{LinkTarget, resolve};
use crate::book::{Book, Document, DocumentKey};
use crate::derive::evidence::evidence_of;
use crate::files::{File, FilePath, Files};
use crate::finding::Place;
use crate::language::Language;
use crate::text::Span;
use crate::words::Words;

/// What is written anew, by file and place.
#[derive(Debug, Default)]
pub(super) struct Masks {
    edits: BTreeMap<FilePath, BTreeMap<Span, String>>,
}

impl Masks {
    /// Everything in the shown documents that names one that is left out.
    pub(super) fn of(book: &Book, shown: &[&Document], left_out: &BTreeSet<DocumentKey>) -> Self {
        let mut masks = Self::default();
        for document in shown {
            let languages: BTreeMap<&FilePath, &Language> =
                document.manuscripts().map(|(language, manuscript)| (&manuscript.path, language)).collect();
            for reference in book.references_from(document.key) {
                let Some(target) = reference.target.document().filter(|target| left_out.contains(target)) else {
                    continue;
                };
                let language = languages.get(&reference.place.path).copied().unwrap_or(&document.language);
                masks.mention(book, &reference.place, book.document(target), language);
            }
            masks.evidence(book, document, left_out);
        }
        masks
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
                self.add(from, path.span, withheld(&document.language));
            }
        }
    }

    fn mention(&mut self, book: &Book, place: &Place, target: &Document, language: &Language) {
        let Some(text) = book.text(&place.path) else { return };
        let neutral = withheld(language);
        let spoken = |label: &str| without_names(label, target, &neutral);
        let link = wiki_link(text, place.span).map(|(whole, inside)| {
            let label = inside.split_once('|').map(|(_, label)| spoken(label));
            (whole, label.unwrap_or_else(|| neutral.clone()))
        });
        let link = link.or_else(|| inline_link(text, place.span).map(|(whole, label)| (whole, spoken(label))));
        let (span, words) = link.unwrap_or_else(|| (place.span, neutral.clone()));
        self.add(&place.path, span, words);
    }

    fn add(&mut self, path: &FilePath, span: Span, words: String) {
        self.edits.entry(path.clone()).or_default().insert(span, words);
    }

    /// Writes the files anew.
    pub(super) fn apply(&self, files: &mut Files) {
        for (path, edits) in &self.edits {
            let Some(text) = files.get(path).and_then(|file| file.text().ok()) else { continue };
            let mut masked = String::with_capacity(text.len());
            let mut at = 0;
            for (span, words) in edits {
                let Some(before) = text.get(at..span.start).filter(|_| span.start >= at) else { continue };
                masked.push_str(before);
                masked.push_str(words);
                at = span.end;
            }
            masked.push_str(text.get(at..).unwrap_or_default());
            files.insert(path.clone(), File::new(masked.into_bytes()));
        }
    }

    /// Where a place of the file as written stands in the file as it is shown.
    pub(super) fn moved(&self, place: &mut Place) {
        let Some(edits) = self.edits.get(&place.path) else { return };
        let moved = |offset: usize| {
            let mut at = 0;
            let mut new = offset;
            for (span, words) in edits.iter().filter(|(span, _)| span.end <= offset) {
                if span.start >= at {
                    new = new + words.len() - (span.end - span.start);
                    at = span.end;
                }
            }
            new
        };
        place.span = Span::new(moved(place.span.start), moved(place.span.end));
    }
}

/// What stands where a document was named by its id alone.
fn withheld(language: &Language) -> String {
    Words::of(language).get("phrase.withheld").to_owned()
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
