//! What all pages share and none works out again: which catalogs have pages, and which findings concern what.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::{Book, DocumentKey};
use crate::files::FilePath;
use crate::finding::{Finding, Place};
use crate::id::ItemId;
use crate::language::Language;
use crate::project::Snapshot;
use crate::text::{LineIndex, Position};

/// What all pages share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// The catalogs that have pages.
    pub(super) used: BTreeSet<String>,
    /// The folders by path.
    pub(super) folders: BTreeMap<String, usize>,
    by_item: BTreeMap<ItemId, Vec<usize>>,
    by_document: BTreeMap<DocumentKey, Vec<usize>>,
    lines: BTreeMap<FilePath, LineIndex>,
}

impl Shared {
    /// Works it out once.
    pub(super) fn new(snapshot: &Snapshot) -> Self {
        let book = &snapshot.book;
        let mut shared = Self {
            used: book.used_catalogs().into_iter().map(|catalog| catalog.id.clone()).collect(),
            folders: book.folders.iter().enumerate().map(|(at, folder)| (folder.path.clone(), at)).collect(),
            ..Self::default()
        };
        for (at, finding) in snapshot.checked.findings.iter().enumerate() {
            if let Some(item) = &finding.item {
                shared.by_item.entry(item.clone()).or_default().push(at);
            }
            if let Some(document) = book.document_at(&finding.place.path) {
                shared.by_document.entry(document.key).or_default().push(at);
            }
        }
        let accepted = snapshot.checked.accepted.iter().map(|(finding, _)| finding);
        for finding in snapshot.checked.findings.iter().chain(accepted) {
            let path = &finding.place.path;
            if let (false, Some(text)) = (shared.lines.contains_key(path), book.text(path)) {
                shared.lines.insert(path.clone(), LineIndex::new(text));
            }
        }
        shared
    }

    /// The findings about an item.
    pub(super) fn about_item<'a>(&self, snapshot: &'a Snapshot, item: &ItemId) -> Vec<&'a Finding> {
        self.by_item.get(item).into_iter().flatten().map(|at| &snapshot.checked.findings[*at]).collect()
    }

    /// The findings in a document's files.
    pub(super) fn about_document<'a>(&self, snapshot: &'a Snapshot, key: DocumentKey) -> Vec<&'a Finding> {
        self.by_document.get(&key).into_iter().flatten().map(|at| &snapshot.checked.findings[*at]).collect()
    }

    /// Line and column of a finding.
    pub(super) fn position(&self, book: &Book, place: &Place) -> Position {
        let found = self.lines.get(&place.path).zip(book.text(&place.path));
        found.map_or(Position { line: 1, column: 1 }, |(index, text)| index.position(text, place.span.start))
    }
}

/// What a folder is called: its page's title, else its own name.
pub(super) fn folder_title(book: &Book, at: usize, language: &Language) -> String {
    let folder = &book.folders[at];
    match folder.index {
        Some(key) => book.document(key).title.get(language).to_owned(),
        None => folder.path.rsplit('/').next().unwrap_or_default().to_owned(),
    }
}
