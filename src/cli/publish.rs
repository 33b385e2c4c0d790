//! `ismsbook publish`: the site brought to a folder whole or not at all, and what stands there checked.

use std::path::{Path, PathBuf};

use super::session::{bytes, paths};
use super::{Outcome, Session};
use crate::disk::{publish, write};
use crate::site::{Site, SiteOptions};

/// The arguments of `publish`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "DEST")]
    dest: PathBuf,
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    #[arg(long, value_name = "NAME")]
    audience: Option<String>,
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    #[arg(long)]
    verify: bool,
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    if arguments.verify {
        return verify(&arguments.dest, session);
    }
    let opened = session.open(arguments.dir.as_deref())?;
    let snapshot = opened.shown_to(arguments.audience.as_deref())?;
    let destination = write::output_folder(&opened.root, &std::path::absolute(&arguments.dest)?)?;
    let base_url = arguments.base_url.clone().or_else(|| snapshot.book.config.build.base_url.clone());
    let site = Site::new(snapshot, SiteOptions { audience: arguments.audience.clone(), base_url, preview: false });
    let files = publish::publish(&destination, &paths(&site), |path| bytes(&site, path))?;
    session.say("cli.publish.done", &[("n", &files.to_string()), ("path", &arguments.dest.display().to_string())])?;
    Ok(Outcome::Done)
}

fn verify(destination: &Path, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let path = destination.display().to_string();
    let Some(differences) = publish::verify(destination)? else {
        session.say("cli.publish.nothing", &[("path", &path)])?;
        return Ok(Outcome::Nothing);
    };
    if differences.is_empty() {
        session.say("cli.publish.same", &[("path", &path)])?;
        return Ok(Outcome::Done);
    }
    let kinds = [("changed", &differences.changed), ("missing", &differences.missing), ("added", &differences.added)];
    for (kind, files) in kinds {
        for file in files {
            session.say(&format!("cli.publish.{kind}"), &[("path", file)])?;
        }
    }
    Ok(Outcome::Found)
}
