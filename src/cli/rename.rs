//! `ismsbook rename`: another id for a document, with every reference to it.

use super::writing::{Writing, denied, finish, placed};
use super::{Outcome, Session};
use crate::book::Book;
use crate::edit::control::{documents, mentions, rename};
use crate::project::Snapshot;

/// The arguments of `rename`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "OLD")]
    old: String,
    #[arg(value_name = "NEW")]
    new: String,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let opened = session.open(arguments.writing.dir.as_deref())?;
    let book = &opened.snapshot.book;
    let old = documents(book, std::slice::from_ref(&arguments.old)).map_err(|why| denied(why, &book.files))?[0];
    let id = old.id.clone().unwrap_or_default();
    let draft = rename(book, old, &id, &arguments.new).map_err(|why| denied(why, &book.files))?;
    let before = book.references_to_document(old.key).count();
    let mut left = Vec::new();
    let unmet = |after: &Snapshot| {
        left = places(&after.book, &id);
        let references = after.book.document_with_id(&arguments.new).map(|document| document.key);
        let references = references.map(|key| after.book.references_to_document(key).count());
        if references == Some(before) { Vec::new() } else { vec![arguments.new.clone()] }
    };
    let outcome = finish(opened, draft.files(), unmet, &arguments.writing, session)?;
    for place in left {
        session.say("cli.rename.left", &[("id", &id), ("place", &place)])?;
    }
    Ok(outcome)
}

/// Where the old id still stands.
fn places(book: &Book, id: &str) -> Vec<String> {
    mentions(book, id).iter().map(|place| placed(place, &book.files)).collect()
}
