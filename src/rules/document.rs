//! Document control: what the front matter of a document says about its id, owner, approval, review and history.

pub(super) mod broken_front_matter;
pub(super) mod changed_since_approval;
pub(super) mod duplicate_document_id;
pub(super) mod empty_document;
pub(super) mod future_approval;
pub(super) mod malformed_document_id;
pub(super) mod misplaced_front_matter;
pub(super) mod missing_approval;
pub(super) mod missing_classification;
pub(super) mod missing_document_id;
pub(super) mod missing_field;
pub(super) mod missing_heading;
pub(super) mod missing_owner;
pub(super) mod missing_review_date;
pub(super) mod overdue_review;
pub(super) mod revision_mismatch;
pub(super) mod self_approval;
pub(super) mod unapproved_revision;
pub(super) mod unbuilt_file;
pub(super) mod unfilled_placeholder;
pub(super) mod unknown_field;
pub(super) mod unknown_person;
pub(super) mod untyped_document;
pub(super) mod wrong_field_value;

use std::cmp::Ordering;

use crate::book::{Book, Document};
use crate::config::{Config, OwnType};
use crate::document::{Manuscript, Metadata, Revision, Status};
use crate::finding::Place;
use crate::id::compare_versions;
use crate::text::Span;

/// The documents that are under control. Translations follow their original; where the front matter is broken, that is
/// the one thing to mend.
fn typed(book: &Book) -> impl Iterator<Item = &Document> {
    let broken = |document: &Document| document.original.findings.iter().any(|finding| finding.code == "DOC001");
    book.documents.iter().filter(move |document| document.kind.is_some() && !broken(document))
}

/// The documents under control that are not retired.
fn living(book: &Book) -> impl Iterator<Item = &Document> {
    typed(book).filter(|document| document.is_living())
}

/// Whether something is written under a key, right or wrong.
fn says(manuscript: &Manuscript, key: &str) -> bool {
    manuscript.front.get(key).is_some_and(|node| !node.is_empty())
}

/// Whether nothing is written under a key. Where the document's type requires the field, DOC019 tells.
fn lacks(book: &Book, document: &Document, key: &str) -> bool {
    let required = own_type(book, document).is_some_and(|(_, own)| own.required.iter().any(|field| field == key));
    !required && !says(&document.original, key)
}

/// What `[types.NAME]` asks of a document, with the name.
fn own_type<'a>(book: &'a Book, document: &'a Document) -> Option<(&'a str, &'a OwnType)> {
    let name = document.kind.as_ref()?.word();
    Some((name, book.config.types.get(name)?))
}

/// A language edition of a document: the original, or a translation with what it says of itself.
struct Edition<'b> {
    document: &'b Document,
    manuscript: &'b Manuscript,
    metadata: &'b Metadata,
    config: &'b Config,
}

impl<'b> Edition<'b> {
    /// Every edition of the documents under control.
    fn all(book: &'b Book) -> impl Iterator<Item = Self> {
        typed(book).flat_map(|document| {
            document.manuscripts().map(|(language, manuscript)| Self {
                document,
                manuscript,
                metadata: document.control(language),
                config: &book.config,
            })
        })
    }

    /// Whether it says one of these itself. What a translation takes from the original is told there.
    fn says(&self, keys: &[&str]) -> bool {
        let original = self.manuscript.path == self.document.original.path;
        original || keys.iter().any(|key| self.document.says_itself(self.manuscript, key, self.config))
    }

    fn status(&self) -> Option<Status> {
        self.metadata.status.as_ref().map(|status| status.value)
    }

    fn place(&self, span: Span) -> Place {
        Place::new(&self.manuscript.path, span)
    }

    /// The place of a value that it has, in its own file or in the original's.
    fn place_of(&self, key: &str, span: Span) -> Place {
        if self.says(&[key]) { self.place(span) } else { Place::new(&self.document.original.path, span) }
    }
}

/// The newest revision: by date, else by version; of equals the first.
fn newest_revision(metadata: &Metadata) -> Option<&Revision> {
    let newer = |one: &Revision, other: &Revision| {
        let dates = one
            .date
            .as_ref()
            .zip(other.date.as_ref())
            .map_or(Ordering::Equal, |(one, other)| one.value.cmp(&other.value));
        let versions = one.version.as_ref().zip(other.version.as_ref());
        dates.then_with(|| versions.map_or(Ordering::Equal, |(one, other)| compare_versions(&one.value, &other.value)))
    };
    metadata.revisions.iter().reduce(|best, revision| if newer(revision, best).is_gt() { revision } else { best })
}
