//! What all pages share and none works out again: which catalogs have pages, and which findings concern what. What only
//! some pages ask for is worked out when the first of them does, so that a snapshot in the preview costs little.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock};

use crate::book::{Book, DocumentKey};
use crate::document::DocumentType;
use crate::files::FilePath;
use crate::finding::{Finding, Place};
use crate::id::ItemId;
use crate::project::Snapshot;
use crate::text::{LineIndex, Position};

/// What all pages share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// The catalogs that have pages.
    pub(super) used: BTreeSet<String>,
    /// The folders by path.
    pub(super) folders: BTreeMap<String, usize>,
    types: OnceLock<Vec<DocumentType>>,
    by_item: OnceLock<BTreeMap<ItemId, Vec<usize>>>,
    by_document: OnceLock<BTreeMap<DocumentKey, Vec<usize>>>,
    lines: Mutex<BTreeMap<FilePath, Arc<LineIndex>>>,
}

impl Shared {
    /// Works out what every page needs.
    pub(super) fn new(snapshot: &Snapshot) -> Self {
        let book = &snapshot.book;
        Self {
            used: book.used_catalogs().into_iter().map(|catalog| catalog.id.clone()).collect(),
            folders: book.folders.iter().enumerate().map(|(at, folder)| (folder.path.clone(), at)).collect(),
            ..Self::default()
        }
    }

    /// The types of the book's documents, each once, in the order of the first document of each.
    pub(super) fn types(&self, book: &Book) -> &[DocumentType] {
        self.types.get_or_init(|| {
            let mut types: Vec<DocumentType> = Vec::new();
            for kind in book.documents.iter().filter_map(|document| document.kind.as_ref()) {
                if !types.contains(kind) {
                    types.push(kind.clone());
                }
            }
            types
        })
    }

    /// The findings about an item.
    pub(super) fn about_item<'a>(&self, snapshot: &'a Snapshot, item: &ItemId) -> Vec<&'a Finding> {
        let found = &snapshot.checked.findings;
        let by_item = self.by_item.get_or_init(|| places(found, |finding| finding.item.clone()));
        by_item.get(item).into_iter().flatten().map(|at| &found[*at]).collect()
    }

    /// The findings in a document's files.
    pub(super) fn about_document<'a>(&self, snapshot: &'a Snapshot, key: DocumentKey) -> Vec<&'a Finding> {
        let found = &snapshot.checked.findings;
        let of = |finding: &Finding| snapshot.book.document_at(&finding.place.path).map(|document| document.key);
        let by_document = self.by_document.get_or_init(|| places(found, of));
        by_document.get(&key).into_iter().flatten().map(|at| &found[*at]).collect()
    }

    /// Line and column of a finding.
    pub(super) fn position(&self, book: &Book, place: &Place) -> Position {
        let Some(text) = book.text(&place.path) else { return Position { line: 1, column: 1 } };
        let mut lines = self.lines.lock().expect("nothing panics while it holds the lock");
        let index = lines.entry(place.path.clone()).or_insert_with(|| Arc::new(LineIndex::new(text)));
        let index = Arc::clone(index);
        drop(lines);
        index.position(text, place.span.start)
    }
}

/// The places of findings by what they belong to.
fn places<K: Ord>(findings: &[Finding], of: impl Fn(&Finding) -> Option<K>) -> BTreeMap<K, Vec<usize>> {
    let mut places: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        if let Some(key) = of(finding) {
            places.entry(key).or_default().push(at);
        }
    }
    places
}
