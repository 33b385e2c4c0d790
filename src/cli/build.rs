//! `ismsbook build`: the site, written to a folder.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::session::{bytes, is_page, paths};
use super::{Outcome, Session};
use crate::disk::{Failure, write};
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
    let opened = session.open(arguments.dir.as_deref())?;
    let snapshot = opened.shown_to(arguments.audience.as_deref())?;
    let config = &snapshot.book.config;
    let base_url = arguments.base_url.clone().or_else(|| config.build.base_url.clone());
    if let Some(url) = base_url.as_deref().filter(|url| !url.starts_with("http://") && !url.starts_with("https://")) {
        return Err(Failure::new("base-url").with("url", url).into());
    }
    // A path on the command line counts from here, one in `book.toml` from the book.
    let output = match &arguments.output {
        Some(output) => write::output_folder(&opened.root, &std::path::absolute(output)?)?,
        None => write::output_folder(&opened.root, Path::new(&config.build.output))?,
    };
    let site =
        Site::new(snapshot.clone(), SiteOptions { audience: arguments.audience.clone(), base_url, preview: false });
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
    let left_out = opened.snapshot.book.documents.len() - snapshot.book.documents.len();
    if let Some(audience) = &arguments.audience {
        session.say("cli.build.audience", &[("audience", audience), ("n", &left_out.to_string())])?;
    }
    let key = if counts.all() > 0 { "cli.build.findings" } else { "cli.build.clean" };
    let counted = text::counts(counts, session.words());
    session.say(key, &[("counts", &counted)])?;
    Ok(if arguments.strict && counts.error > 0 { Outcome::Found } else { Outcome::Done })
}
