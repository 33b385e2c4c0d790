//! What the shown documents say of those that are left out: links become their own words, and an id that only a left-out
//! document has gives way to a neutral word wherever it stands: in text and code, settings and catalogs, addresses and the
//! names of files.

mod form;
mod ids;
mod mentions;
mod phrases;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use ids::Ids;
pub(super) use phrases::Phrases;

use crate::book::{Book, Document, DocumentKey};
use crate::files::{File, FilePath, Files};
use crate::finding::Place;
use crate::language::Language;
use crate::text::Span;
use crate::words::Words;
use form::{Form, form};

/// What is written anew, by file and place, and the files that get another name.
#[derive(Debug, Default)]
pub(super) struct Masks {
    edits: BTreeMap<FilePath, BTreeMap<Span, String>>,
    renamed: BTreeMap<FilePath, FilePath>,
    /// What stands for an id in names of files, before its number.
    name: String,
    report: Vec<Mask>,
}

/// One place where a left-out document is named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mask {
    /// Where; in the files as their author has them.
    pub place: Place,
    /// What became of it.
    pub outcome: Outcome,
    /// The words that name the document.
    pub words: String,
}

/// What became of a naming.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It gave way to a neutral word.
    Masked,
    /// A title or a path in running text: only a person can say whether it gives something away.
    Name,
    /// An id that is a word or a number like any other: masked where it is a reference, nowhere else.
    Plain,
    /// An attachment that is no text: nothing can be taken out of it.
    Attachment,
}

impl Outcome {
    /// The word in keys of words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Masked => "masked",
            Self::Name => "name",
            Self::Plain => "plain",
            Self::Attachment => "attachment",
        }
    }
}

impl Masks {
    /// Everything in the shown documents that names one that is left out.
    pub(super) fn of(book: &Book, shown: &[&Document], left_out: &BTreeSet<DocumentKey>, ids: &Ids) -> Self {
        let mut masks = Self { name: free_name(book), ..Self::default() };
        for document in shown {
            masks.mentions(book, document, left_out, ids);
        }
        masks
    }

    /// Every id in the files that are left, and the names that stay.
    pub(super) fn cover(&mut self, book: &Book, files: &Files, ids: &Ids, names: &Phrases) {
        for (path, file) in files.iter() {
            let renamed = self.masked_path(path, ids);
            if renamed != path.as_str() {
                self.renamed.insert(path.clone(), FilePath::new(&renamed));
            }
            match file.text() {
                Ok(text) => self.cover_text(book, path, text, ids, names),
                Err(_) => self.note_attachment(path, &file.bytes, ids),
            }
        }
        for id in &ids.plain {
            self.note(Place::book(), Outcome::Plain, id);
        }
    }

    fn cover_text(&mut self, book: &Book, path: &FilePath, text: &str, ids: &Ids, names: &Phrases) {
        let found = ids.find(text);
        let stay: Vec<(usize, &str)> = names.find(text).collect();
        if found.is_empty() && stay.is_empty() {
            return;
        }
        let (language, settings) = (language_at(book, path), path.as_str().ends_with(".toml"));
        let edits = self.edits.entry(path.clone()).or_default();
        let taken: Vec<Span> = edits.keys().copied().collect();
        let is_free = |span: Span| taken.iter().all(|other| span.end <= other.start || other.end <= span.start);
        let mut report = Vec::new();
        for one in found.iter().filter(|one| is_free(one.span())) {
            let words = match form(text, one.span(), settings) {
                Form::Words => withheld(&language),
                Form::Name => file_name(&self.name, one.number),
                Form::Key => file_name(name_of_files(&Language::english()), one.number),
                Form::Anchor => anchor(&language),
            };
            let mut words = Some(words);
            edits.extend(one.pieces.iter().map(|piece| (*piece, words.take().unwrap_or_default())));
            report.push((one.span(), Outcome::Masked, one.id));
        }
        for (at, name) in stay {
            let span = Span::new(at, at + name.len());
            if is_free(span) {
                report.push((span, Outcome::Name, name));
            }
        }
        for (span, outcome, words) in report {
            self.note(Place::new(path, span), outcome, words);
        }
    }

    fn note_attachment(&mut self, path: &FilePath, bytes: &[u8], ids: &Ids) {
        let text = String::from_utf8_lossy(bytes);
        if let Some(found) = ids.find(&text).first() {
            self.note(Place::new(path, Span::default()), Outcome::Attachment, found.id);
        }
    }

    fn note(&mut self, place: Place, outcome: Outcome, words: &str) {
        self.report.push(Mask { place, outcome, words: words.to_owned() });
    }

    fn add(&mut self, path: &FilePath, span: Span, words: String) {
        self.edits.entry(path.clone()).or_default().insert(span, words);
    }

    /// What was masked and what was not, in the order of places.
    pub(super) fn report(&self) -> Vec<Mask> {
        let mut report = self.report.clone();
        report.sort();
        report.dedup();
        report
    }

    /// Writes the files anew.
    pub(super) fn apply(&self, files: &mut Files) {
        for (path, edits) in &self.edits {
            let Some(text) = files.get(path).and_then(|file| file.text().ok()) else { continue };
            let masked = written(text, edits);
            files.insert(path.clone(), File::new(masked.into_bytes()));
        }
        for (path, renamed) in &self.renamed {
            let Some(file) = files.get(path).cloned() else { continue };
            files.remove(path);
            files.insert(renamed.clone(), file);
        }
    }

    /// A text of one line, such as a label, without the ids in it.
    fn masked_words(words: &str, ids: &Ids, neutral: &str) -> String {
        let mut edits = BTreeMap::new();
        for one in ids.find(words) {
            let mut neutral = Some(neutral.to_owned());
            edits.extend(one.pieces.iter().map(|piece| (*piece, neutral.take().unwrap_or_default())));
        }
        written(words, &edits)
    }

    fn masked_path(&self, path: &FilePath, ids: &Ids) -> String {
        let mut edits = BTreeMap::new();
        for one in ids.find(path.as_str()) {
            let mut name = Some(file_name(&self.name, one.number));
            edits.extend(one.pieces.iter().map(|piece| (*piece, name.take().unwrap_or_default())));
        }
        written(path.as_str(), &edits)
    }

    /// The name under which a file is shown.
    pub(super) fn path(&self, path: &FilePath) -> FilePath {
        self.renamed.get(path).unwrap_or(path).clone()
    }

    /// Where a place of the file as written stands in the file as it is shown.
    pub(super) fn moved(&self, place: &mut Place) {
        if let Some(edits) = self.edits.get(&place.path) {
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
        place.path = self.path(&place.path);
    }
}

/// A text with its edits made; of two that overlap the first counts.
fn written(text: &str, edits: &BTreeMap<Span, String>) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for (span, words) in edits {
        let Some(before) = text.get(at..span.start).filter(|_| span.start >= at) else { continue };
        masked.push_str(before);
        masked.push_str(words);
        at = span.end;
    }
    masked.push_str(text.get(at..).unwrap_or_default());
    masked
}

/// What stands where a document was named by its id alone.
fn withheld(language: &Language) -> String {
    Words::of(language).get("phrase.withheld").to_owned()
}

/// The same in an anchor of a page.
fn anchor(language: &Language) -> String {
    crate::document::markdown::anchor_of(&withheld(language))
}

/// The same in the name of a file: equal for one document, so that links to the file still lead there.
fn file_name(name: &str, number: usize) -> String {
    format!("{name}-{number}")
}

fn name_of_files(language: &Language) -> &'static str {
    Words::of(language).get("phrase.withheld-name")
}

/// What no file of the book has in its name yet.
fn free_name(book: &Book) -> String {
    let mut name = name_of_files(book.config.default_language()).to_owned();
    while book.files.iter().any(|(path, _)| path.as_str().contains(&name)) {
        name.push('-');
    }
    name
}

/// The language in which a file speaks.
fn language_at(book: &Book, path: &FilePath) -> Language {
    let edition = book.document_at(path).and_then(|document| {
        document.manuscripts().find(|(_, manuscript)| manuscript.path == *path).map(|(language, _)| language.clone())
    });
    edition.unwrap_or_else(|| book.config.default_language().clone())
}
