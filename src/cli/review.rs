//! `ismsbook review`: documents reviewed without a change.

use super::writing::{Writing, control, past};
use super::{Outcome, Session};
use crate::book::{Book, Document};
use crate::date::Date;
use crate::document::Metadata;
use crate::edit::control::review;

/// The arguments of `review`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "DOCUMENT", required = true)]
    documents: Vec<String>,
    #[arg(long, value_name = "DATE", value_parser = super::today::parse)]
    on: Option<Date>,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let on = past(arguments.on, session)?;
    let reviewed = |metadata: &Metadata| metadata.reviewed.as_ref().is_some_and(|day| day.value == on);
    let change = |book: &Book, documents: &[&Document]| review(book, documents, on);
    control(&arguments.documents, &arguments.writing, session, change, reviewed)
}
