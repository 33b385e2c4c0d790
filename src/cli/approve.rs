//! `ismsbook approve`: documents approved, with their next review and the row of their version.

use super::writing::{Writing, denied, finish};
use super::{Outcome, Session};
use crate::date::Date;
use crate::edit::control::{approve, documents};

/// The arguments of `approve`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "DOCUMENT", required = true)]
    documents: Vec<String>,
    #[arg(long, value_name = "PERSON")]
    by: Option<String>,
    #[arg(long, value_name = "DATE", value_parser = super::today::parse)]
    on: Option<Date>,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let opened = session.open(arguments.writing.dir.as_deref())?;
    let book = &opened.snapshot.book;
    let on = arguments.on.unwrap_or_else(|| session.day());
    let draft = documents(book, &arguments.documents)
        .and_then(|documents| approve(book, &documents, arguments.by.as_deref(), on))
        .map_err(|why| denied(why, &book.files))?;
    finish(opened, draft.files(), |_| Vec::new(), &arguments.writing, session)
}
