//! Which document of one state is which of the other.

use std::collections::BTreeMap;

use crate::book::{Book, Document, DocumentKey};
use crate::files::Hash;

/// The documents that both states have.
#[derive(Debug)]
pub(super) struct Pairs {
    of_old: Vec<Option<DocumentKey>>,
    of_new: Vec<Option<DocumentKey>>,
}

impl Pairs {
    /// What an old document has become.
    pub(super) fn new_of(&self, old: DocumentKey) -> Option<DocumentKey> {
        self.of_old.get(old.0).copied().flatten()
    }

    /// What a new document has been.
    pub(super) fn old_of(&self, new: DocumentKey) -> Option<DocumentKey> {
        self.of_new.get(new.0).copied().flatten()
    }

    fn join(&mut self, old: DocumentKey, new: DocumentKey) {
        if self.new_of(old).is_none() && self.old_of(new).is_none() {
            self.of_old[old.0] = Some(new);
            self.of_new[new.0] = Some(old);
        }
    }
}

/// Pairs the documents: those of one id, then those at one path, then those of one text, which have moved.
pub(super) fn pair(old: &Book, new: &Book) -> Pairs {
    let mut pairs = Pairs { of_old: vec![None; old.documents.len()], of_new: vec![None; new.documents.len()] };
    for document in &new.documents {
        if let Some(before) = document.id.as_deref().and_then(|id| old.document_with_id(id)) {
            pairs.join(before.key, document.key);
        }
    }
    for document in &new.documents {
        if let Some(before) = old.document_at(&document.original.path) {
            pairs.join(before.key, document.key);
        }
    }
    let mut moved: BTreeMap<Hash, DocumentKey> = BTreeMap::new();
    let gone = old.documents.iter().filter(|document| pairs.new_of(document.key).is_none());
    for (hash, key) in gone.filter_map(|document| Some((text_of(old, document)?, document.key))) {
        moved.entry(hash).or_insert(key);
    }
    for document in &new.documents {
        if let Some(before) = text_of(new, document).and_then(|hash| moved.get(&hash)) {
            pairs.join(*before, document.key);
        }
    }
    pairs
}

/// The hash of a document's original, where it says anything.
fn text_of(book: &Book, document: &Document) -> Option<Hash> {
    let file = book.files.get(&document.original.path)?;
    (!document.original.text.trim().is_empty()).then_some(file.hash)
}
