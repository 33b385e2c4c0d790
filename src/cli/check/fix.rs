//! `ismsbook check --fix`: what can be mended by a machine is mended, shown as a difference and written.

use std::sync::Arc;

use super::Format;
use crate::cli::Session;
use crate::cli::session::{Broken, Opened};
use crate::edit::fix::{Fix, Mended, mend, of};
use crate::files::{FilePath, Files};
use crate::finding::Finding;
use crate::project::Snapshot;
use crate::report::difference;
use crate::text::{LineIndex, visible, visible_name};
use crate::words::Words;

/// What is to be mended, and whether it is written.
#[derive(Debug, clap::Args)]
pub(super) struct Fixing {
    #[arg(long, conflicts_with = "write_baseline")]
    pub(super) fix: bool,
    #[arg(long = "unsafe", requires = "fix")]
    unsafe_too: bool,
    #[arg(long, requires = "fix")]
    dry_run: bool,
}

/// The book as it is after its fixes. What was done is told before the findings that are left.
pub(super) fn run(
    opened: Opened,
    format: Format,
    arguments: &Fixing,
    session: &mut Session<'_>,
) -> anyhow::Result<Opened> {
    let Opened { mut workspace, snapshot } = opened;
    let today = session.day();
    let read = |files: Files| workspace.snapshot_of(files, today).map_err(Broken);
    let mended = mend(&snapshot, arguments.unsafe_too, read)?;
    let (before, after) = (&snapshot.book.files, &mended.snapshot.book.files);
    let difference = difference::render(before, after, session.look(false));
    let told = told(&mended, arguments, session.words());
    if !arguments.dry_run {
        workspace.write(before, after)?;
    }
    // What a program reads on standard output stays what it asked for.
    let screen = if format == Format::Text { &mut session.out } else { &mut session.err };
    screen.coloured(&difference)?;
    screen.write_all(told.as_bytes())?;
    Ok(Opened { workspace, snapshot: Arc::new(mended.snapshot) })
}

/// What was mended, and what was left and why.
fn told(mended: &Mended, arguments: &Fixing, words: &Words) -> String {
    let fixed = &mended.fixed;
    let key = match (fixed.is_empty(), arguments.dry_run) {
        (true, _) => "cli.check.fix.none",
        (false, false) => "cli.check.fix.done",
        (false, true) => "cli.check.fix.would",
    };
    let mut lines = vec![words.fill(key, &[("n", &fixed.len().to_string())])];
    lines.extend(fixed.iter().map(|(finding, fix)| line(finding, fix, words)));
    let left = if arguments.unsafe_too { 0 } else { doubtful(&mended.snapshot) };
    if left > 0 {
        lines.push(words.fill("cli.check.fix.unsafe", &[("n", &left.to_string())]));
    }
    for refusal in &mended.refused {
        let place = place(&mended.snapshot, &refusal.place.path, refusal.place.span.start);
        let key = format!("edit.refused.{}", refusal.reason.word());
        let why = words.get(&key);
        lines.push(words.fill("cli.check.fix.refused", &[("place", &place), ("why", why)]));
    }
    lines.join("\n") + "\n\n"
}

fn line(finding: &Finding, fix: &Fix, words: &Words) -> String {
    format!("  {} {}: {}", finding.code, visible_name(finding.place.path.as_str()), visible(&fix.said(words)))
}

/// How many findings have a fix that somebody must look at.
fn doubtful(snapshot: &Snapshot) -> usize {
    let findings = snapshot.checked.findings.iter().filter(|finding| !finding.remedies.is_empty());
    findings.filter(|finding| !of(&snapshot.book.files, finding).0.is_empty()).count()
}

fn place(snapshot: &Snapshot, path: &FilePath, offset: usize) -> String {
    let text = snapshot.book.files.text(path).unwrap_or_default();
    let position = LineIndex::new(text).position(text, offset.min(text.len()));
    format!("{}:{}:{}", visible_name(path.as_str()), position.line, position.column)
}
