//! What stands in a folder, as its page lists it.

use serde::Serialize;

use crate::book::DocumentKey;
use crate::site::context::Context;
use crate::site::view::{Badge, Link};

/// What stands in a folder.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Listing {
    /// The folders in it.
    pub(in crate::site) folders: Vec<FolderRow>,
    /// The images and attachments in it, where no document is its page.
    pub(in crate::site) files: Vec<Link>,
    /// The documents in it.
    pub(in crate::site) documents: Vec<DocumentRow>,
}

/// A folder in a folder.
#[derive(Debug, Serialize)]
pub(in crate::site) struct FolderRow {
    /// Its page.
    pub(in crate::site) link: Link,
    /// What its page says of itself.
    pub(in crate::site) summary: String,
    /// How many documents stand in it and below.
    pub(in crate::site) count: String,
}

/// A document in a folder.
#[derive(Debug, Serialize)]
pub(in crate::site) struct DocumentRow {
    /// Its page.
    pub(in crate::site) link: Link,
    /// What it says, in a sentence.
    pub(in crate::site) summary: String,
    /// What its type is called.
    pub(in crate::site) kind: String,
    /// Its state, where it is not approved.
    pub(in crate::site) status: Option<Badge>,
}

/// What stands in the folder at a place.
pub(in crate::site) fn listing(context: &Context<'_>, at: usize) -> Listing {
    let folder = &context.book().folders[at];
    Listing {
        folders: folder.folders.iter().map(|at| folder_row(context, *at)).collect(),
        documents: folder.documents.iter().map(|key| document_row(context, *key)).collect(),
        files: folder
            .files
            .iter()
            .filter(|_| folder.index.is_none())
            .map(|path| Link::new(context.links.asset(path, context.book()), path.name()))
            .collect(),
    }
}

fn folder_row(context: &Context<'_>, at: usize) -> FolderRow {
    let book = context.book();
    let folder = &book.folders[at];
    let link = match folder.index {
        Some(key) => Link { id: String::new(), ..context.to_document(key) },
        None => Link::new(context.links.folder(&folder.path, book), &context.folder_title(at)),
    };
    let count = count(context, at);
    FolderRow {
        link,
        summary: folder.index.map(|key| context.text(&context.document(key).summary)).unwrap_or_default(),
        count: context.fill("folder.count", &[("n", &count.to_string())]),
    }
}

fn count(context: &Context<'_>, at: usize) -> usize {
    let folder = &context.book().folders[at];
    folder.documents.len() + folder.folders.iter().map(|at| count(context, *at)).sum::<usize>()
}

fn document_row(context: &Context<'_>, key: DocumentKey) -> DocumentRow {
    let document = context.document(key);
    DocumentRow {
        link: context.to_document(key),
        summary: context.text(&document.summary),
        kind: context.kind(document),
        status: context.edition_status(document).filter(|status| status.kind != "approved"),
    }
}
