//! `ismsbook retire`: documents that do not count any more.

use super::writing::{Writing, denied, finish};
use super::{Outcome, Session};
use crate::edit::control::{documents, retire};

/// The arguments of `retire`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "DOCUMENT", required = true)]
    documents: Vec<String>,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let opened = session.open(arguments.writing.dir.as_deref())?;
    let book = &opened.snapshot.book;
    let draft = documents(book, &arguments.documents)
        .and_then(|documents| retire(book, &documents))
        .map_err(|why| denied(why, &book.files))?;
    finish(opened, draft.files(), |_| Vec::new(), &arguments.writing, session)
}
