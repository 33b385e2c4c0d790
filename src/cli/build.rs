//! `ismsbook build`: the site, written to a folder.

use std::path::PathBuf;
use std::time::Instant;

use super::session::{base_url, bytes, is_page, paths};
use super::{Outcome, Session};
use crate::disk::write;
use crate::report::{Report, text};
use crate::site::{Site, SiteOptions};

/// The arguments of `build`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    #[arg(long, value_name = "FOLDER")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "NAME")]
    audience: Option<String>,
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let mut opened = session.open(arguments.dir.as_deref())?;
    opened.refuse_empty()?;
    let snapshot = session.shown_to(&opened, arguments.audience.as_deref())?;
    let config = &snapshot.book.config;
    let base_url = base_url(arguments.base_url.as_deref(), config)?;
    // A path on the command line counts from here, one in `book.toml` from the book.
    let output = match &arguments.output {
        Some(output) => write::output_folder(opened.root(), &std::path::absolute(output)?)?,
        None => write::own_output_folder(opened.root(), &config.build.output)?,
    };
    let comparison = opened.comparison(&snapshot, arguments.audience.as_deref());
    session.warn_uncompared(comparison.as_deref())?;
    let options = SiteOptions { audience: arguments.audience.clone(), base_url, comparison, ..SiteOptions::default() };
    let site = Site::new(snapshot.clone(), options);
    let paths = paths(&site);
    let written = write::write(&output, &paths, |path| bytes(&site, path))?;
    let faults = site.findings();
    let report = Report::of(&snapshot, &faults, &session.labels());
    let counts = report.counts();
    let pages = paths.iter().filter(|path| is_page(path)).count();
    let values = [
        ("pages", pages.to_string()),
        ("files", paths.len().to_string()),
        ("written", written.written.to_string()),
        ("removed", written.removed.to_string()),
        ("ms", start.elapsed().as_millis().to_string()),
        ("output", output.display().to_string()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    session.say("cli.build.done", &values)?;
    let unbuilt = opened.snapshot.book.kept_back().count();
    if unbuilt > 0 {
        session.say("cli.build.unbuilt", &[("n", &unbuilt.to_string())])?;
    }
    let left_out = opened.snapshot.book.documents.len() - snapshot.book.documents.len();
    if let Some(audience) = &arguments.audience {
        session.say("cli.build.audience", &[("audience", audience), ("n", &left_out.to_string())])?;
    }
    let key = if counts.all() > 0 { "cli.build.findings" } else { "cli.build.clean" };
    let counted = text::counts(counts, session.words());
    session.say(key, &[("counts", &counted)])?;
    session.note_shallow(&opened.workspace)?;
    Ok(if arguments.strict && counts.error > 0 { Outcome::Found } else { Outcome::Done })
}
