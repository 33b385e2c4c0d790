//! `ismsbook soa`: the Statement of Applicability alone.

use std::path::PathBuf;

use super::output::{self, Wanted};
use super::{Outcome, Session};
use crate::export::Export;

/// The arguments of `soa`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    #[command(flatten)]
    wanted: Wanted,
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let soa = Export::named("soa").expect("the SoA is among the exports");
    output::write(&[soa], arguments.dir.as_deref(), &arguments.wanted, session)
}
