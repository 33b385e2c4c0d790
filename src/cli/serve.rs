//! `ismsbook serve`: the live preview.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::session::Broken;
use super::{Outcome, Session};
use crate::report::text;
use crate::serve::{self, NotStarted, Options, Patience, Preview, Told};
use crate::workspace::Workspace;

/// The arguments of `serve`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    #[arg(long, value_name = "PORT", default_value_t = 3000)]
    port: u16,
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    host: String,
    #[arg(long)]
    open: bool,
    #[arg(long)]
    poll: bool,
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let workspace = Workspace::find(arguments.dir.as_deref())?;
    let fixed = session.today;
    let options = Options {
        workspace,
        host: arguments.host.clone(),
        port: arguments.port,
        poll: arguments.poll,
        language: session.asked.clone(),
        patience: Patience::default(),
        // A preview may run past midnight.
        today: Box::new(move || fixed.unwrap_or_else(super::today::of_clock)),
    };
    let preview = serve::start(options).map_err(|error| match error {
        NotStarted::Broken(broken) => anyhow::Error::new(Broken(broken)),
        NotStarted::Failed(error) => error,
    })?;
    session.language.get_or_insert_with(|| preview.language.clone());
    if !preview.address.ip().is_loopback() {
        let warning = session.words().fill("cli.serve.warning", &[("address", &preview.address.to_string())]);
        writeln!(session.err, "{warning}")?;
    }
    let url = format!("http://{}/", preview.address);
    session.say("cli.serve.started", &[("url", &url)])?;
    session.out.flush()?;
    let stopper = preview.stopper.clone();
    // Where no handler can be set, the system's own way of ending the process stays.
    let _ = ctrlc::set_handler(move || stopper.stop());
    if arguments.open {
        open(&url);
    }
    follow(&preview, session)?;
    Ok(Outcome::Done)
}

/// Tells what happens until the preview is over.
fn follow(preview: &Preview, session: &mut Session<'_>) -> anyhow::Result<()> {
    while let Some(told) = preview.next() {
        match told {
            Told::Changed { files, counts, ms } => {
                let shown = files.first().map(ToString::to_string).unwrap_or_default();
                let key = match files.len() {
                    0 => "cli.serve.committed",
                    1 => "cli.serve.changed",
                    _ => "cli.serve.changed-many",
                };
                let counts = text::counts(counts, session.words());
                let (more, ms) = (files.len().saturating_sub(1).to_string(), ms.to_string());
                session.say(key, &[("file", &shown), ("more", &more), ("counts", &counts), ("ms", &ms)])?;
            }
            Told::Broken(broken) => {
                let said = text::broken_config(&broken, session.words(), session.look(false));
                session.err.coloured(&said)?;
            }
            Told::Unwatched(words) => {
                let said =
                    session.words().fill("cli.serve.unwatched", &[("words", words.get(session.words().language()))]);
                writeln!(session.err, "{said}")?;
            }
            Told::Stopped => {}
        }
        session.out.flush()?;
    }
    Ok(())
}

/// Opens the page in the browser of this machine, where there is one; the address is printed in any case.
fn open(url: &str) {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.args(["/C", "start", ""]);
        command
    } else {
        Command::new("xdg-open")
    };
    let quiet = command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let _ = quiet.spawn();
}
