//! `ismsbook check`: the findings; with `--fix` what can be mended is mended first.

mod fix;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::session::{Opened, bytes, is_page, paths};
use super::{Outcome, Session};
use crate::disk::{Failure, argument, file};
use crate::edit::suggest::proposals;
use crate::finding::Severity;
use crate::report::baseline::{Baseline, Compared};
use crate::report::{Report, github, json, junit, sarif, text};
use crate::site::{Site, SiteOptions};
use crate::words::Words;

/// The arguments of `check`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Deny::Error)]
    deny: Deny,
    #[arg(long)]
    verbose: bool,
    #[arg(long, value_name = "FILE", conflicts_with = "write_baseline")]
    baseline: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
    #[command(flatten)]
    fixing: fix::Fixing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Sarif,
    Junit,
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Deny {
    Error,
    Warning,
    Info,
}

impl Deny {
    fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
        }
    }
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let opened = session.open(arguments.dir.as_deref())?;
    let opened =
        if arguments.fixing.fix { fix::run(opened, arguments.format, &arguments.fixing, session)? } else { opened };
    let faults = theme_faults(&opened);
    let mut report = Report::of(&opened.snapshot, &faults, &session.labels());
    if let Some(path) = &arguments.write_baseline {
        file::write(path, Baseline::of(&report).write().as_bytes())?;
        session.say(
            "cli.check.baseline-written",
            &[
                ("n", &report.entries.len().to_string()),
                ("path", &path.display().to_string()),
                ("argument", &argument(path)),
            ],
        )?;
        return Ok(Outcome::Done);
    }
    let compared = arguments.baseline.as_deref().map(|path| compare(path, &mut report)).transpose()?;
    report.within = opened.workspace.within();
    let deny = arguments.deny.severity();
    let printed = match arguments.format {
        Format::Text => text::render(&report, session.look(arguments.verbose)),
        Format::Json => json::render(&report),
        Format::Sarif => sarif::render(&report),
        Format::Junit => junit::render(&report, deny),
        Format::Github => github::render(&report),
    };
    match arguments.format {
        Format::Text => {
            session.out.coloured(&format!("{}{}\n", printed.trim_end(), proposed(&opened, session.words())))?;
        }
        _ => session.out.write_all(printed.as_bytes())?,
    }
    if let Some(compared) = compared.filter(|_| arguments.format == Format::Text) {
        let told = text::compared(&compared, session.words());
        session.out.write_all(told.as_bytes())?;
    }
    if arguments.format == Format::Text {
        session.note_shallow(&opened.workspace)?;
    }
    Ok(if report.reaches(deny) { Outcome::Found } else { Outcome::Done })
}

/// Where controls wait for a decision, what the documents say of them is the next step.
fn proposed(opened: &Opened, words: &Words) -> String {
    let undecided = opened.snapshot.derived.soa.totals.undecided > 0;
    match if undecided { proposals(&opened.snapshot).len() } else { 0 } {
        0 => String::new(),
        n => words.fill("cli.check.proposed", &[("n", &n.to_string())]),
    }
}

/// What is wrong with the book's own templates shows when pages are made: a book with a theme of its own makes them all.
fn theme_faults(opened: &Opened) -> Vec<crate::finding::Finding> {
    if opened.snapshot.book.files.under("themes/").next().is_none() {
        return Vec::new();
    }
    let site = Site::new(opened.snapshot.clone(), SiteOptions::default());
    paths(&site).par_iter().filter(|path| is_page(path)).for_each(|path| {
        bytes(&site, path);
    });
    site.findings()
}

fn compare(path: &Path, report: &mut Report<'_>) -> anyhow::Result<Compared> {
    let text = file::read_text(path)?;
    let baseline = Baseline::read(&text).map_err(|_| Failure::new("no-baseline").at(path))?;
    Ok(baseline.apply(report))
}
