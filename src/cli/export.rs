//! `ismsbook export`: one register, or all of them.

use std::path::PathBuf;

use super::output::{self, Wanted};
use super::{Outcome, Session};
use crate::disk::Failure;
use crate::export::{EXPORTS, Export};
use crate::text::nearest;

/// The arguments of `export`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "NAME")]
    name: String,
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    #[command(flatten)]
    wanted: Wanted,
}

/// The name that stands for every export.
const ALL: &str = "all";

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let exports: Vec<&Export> = match arguments.name.as_str() {
        ALL => EXPORTS.iter().collect(),
        name => vec![Export::named(name).ok_or_else(|| unknown(name))?],
    };
    output::write(&exports, arguments.dir.as_deref(), &arguments.wanted, session)
}

fn unknown(name: &str) -> Failure {
    let names = || EXPORTS.iter().map(|export| export.name).chain([ALL]);
    let known: Vec<&str> = names().collect();
    let failure = match nearest(name, names()) {
        Some(nearest) => Failure::new("unknown-export-near").with("nearest", nearest),
        None => Failure::new("unknown-export"),
    };
    failure.with("name", name).with_list("known", &known)
}
