//! `ismsbook retire`: documents that do not count any more.

use super::writing::{Writing, control};
use super::{Outcome, Session};
use crate::document::{Metadata, Status};
use crate::edit::control::retire;

/// The arguments of `retire`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "DOCUMENT", required = true)]
    documents: Vec<String>,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let retired = |metadata: &Metadata| metadata.status.as_ref().map(|status| status.value) == Some(Status::Retired);
    control(&arguments.documents, &arguments.writing, session, retire, retired)
}
