//! `ismsbook approve`: documents approved, with their next review and the row of their version.

use super::writing::{Writing, control, past};
use super::{Outcome, Session};
use crate::book::{Book, Document};
use crate::date::Date;
use crate::document::{Metadata, Status};
use crate::edit::control::approve;

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
    let (on, by) = (past(arguments.on, session)?, arguments.by.as_deref());
    let approved = |metadata: &Metadata| {
        let day = metadata.approved.as_ref().map(|day| day.value);
        let approver = metadata.approver.as_ref().map(|approver| approver.value.as_str());
        let status = metadata.status.as_ref().map(|status| status.value);
        (status, day) == (Some(Status::Approved), Some(on)) && by.is_none_or(|by| approver == Some(by.trim()))
    };
    let change = |book: &Book, documents: &[&Document]| approve(book, documents, by, on);
    control(&arguments.documents, &arguments.writing, session, change, approved)
}
