//! `ismsbook publish`: the site brought to a folder whole or not at all, and what stands there checked.

use std::path::{Path, PathBuf};

use super::session::{base_url, bytes, paths};
use super::{Outcome, Session};
use crate::disk::{argument, publish, write};
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
    #[arg(long)]
    allow_empty: bool,
    #[arg(long)]
    allow_incomplete: bool,
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    if arguments.verify {
        return verify(&arguments.dest, session);
    }
    let mut opened = session.open(arguments.dir.as_deref())?;
    if !arguments.allow_empty {
        opened.refuse_empty()?;
    }
    if !arguments.allow_incomplete {
        opened.refuse_incomplete()?;
    }
    let snapshot = session.shown_to(&opened, arguments.audience.as_deref())?;
    let destination = write::output_folder(opened.root(), &std::path::absolute(&arguments.dest)?)?;
    let base_url = base_url(arguments.base_url.as_deref(), &snapshot.book.config)?;
    let comparison = opened.comparison(&snapshot, arguments.audience.as_deref());
    session.warn_uncompared(comparison.as_deref())?;
    if let Some(audience) = &arguments.audience {
        let left_out = opened.snapshot.book.documents.len() - snapshot.book.documents.len();
        session.say("cli.build.audience", &[("audience", audience), ("n", &left_out.to_string())])?;
    }
    let options = SiteOptions { audience: arguments.audience.clone(), base_url, comparison, ..SiteOptions::default() };
    let site = Site::new(snapshot, options);
    let published = publish::publish(&destination, &paths(&site), |path| bytes(&site, path))?;
    if published.cleared > 0 {
        session.say("cli.publish.cleared", &[("n", &published.cleared.to_string())])?;
    }
    let values = [
        ("n", published.files.to_string()),
        ("path", arguments.dest.display().to_string()),
        ("argument", argument(&arguments.dest)),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    session.say("cli.publish.done", &values)?;
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
