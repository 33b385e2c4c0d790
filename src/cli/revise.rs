//! `ismsbook revise`: the next version of a document, with the row that says what is new, and its approval to come.

use super::writing::{Writing, control};
use super::{Outcome, Session};
use crate::book::{Book, Document};
use crate::date::Date;
use crate::disk::Failure;
use crate::document::{Metadata, Revision};
use crate::edit::control::{Revised, revise};

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
    let on = arguments.on.unwrap_or_else(|| session.day());
    let revised = Revised { summary, minor: arguments.minor, author: arguments.by.as_deref(), on };
    let told = |metadata: &Metadata| {
        let version = metadata.version.as_ref().map(|version| &version.value);
        let of_version = |revision: &&Revision| revision.version.as_ref().map(|of| &of.value) == version;
        metadata.revisions.iter().find(of_version).and_then(|row| row.date.as_ref()).is_some_and(|day| day.value == on)
    };
    let change = |book: &Book, documents: &[&Document]| revise(book, documents[0], &revised);
    control(std::slice::from_ref(&arguments.document), &arguments.writing, session, change, told)
}
