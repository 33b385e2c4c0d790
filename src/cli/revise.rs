//! `ismsbook revise`: the next version of a document, with the row that says what is new, and its approval to come.

use super::writing::{Writing, denied, finish};
use super::{Outcome, Session};
use crate::date::Date;
use crate::disk::Failure;
use crate::edit::control::{Revised, documents, revise};

/// The arguments of `revise`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "DOCUMENT")]
    document: String,
    #[arg(long, value_name = "TEXT")]
    summary: String,
    #[arg(long)]
    minor: bool,
    #[arg(long, value_name = "PERSON")]
    by: Option<String>,
    #[arg(long, value_name = "DATE", value_parser = super::today::parse)]
    on: Option<Date>,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let summary = arguments.summary.trim();
    if summary.is_empty() {
        return Err(Failure::new("empty-summary").into());
    }
    let opened = session.open(arguments.writing.dir.as_deref())?;
    let book = &opened.snapshot.book;
    let on = arguments.on.unwrap_or_else(|| session.day());
    let revised = Revised { summary, minor: arguments.minor, author: arguments.by.as_deref(), on };
    let draft = documents(book, std::slice::from_ref(&arguments.document))
        .and_then(|documents| revise(book, documents[0], &revised))
        .map_err(|why| denied(why, &book.files))?;
    finish(opened, draft.files(), |_| Vec::new(), &arguments.writing, session)
}
