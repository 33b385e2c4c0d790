//! The command line: one file a command, and the exit status decided here alone.
#![expect(clippy::disallowed_methods, reason = "a command reads its environment and measures how long it took")]

mod approve;
mod browsers;
mod build;
mod catalog;
mod check;
mod decide;
mod diff;
mod explain;
mod export;
mod help;
mod import;
mod init;
mod locale;
mod new;
mod output;
mod pdf;
mod publish;
mod rename;
mod retire;
mod review;
mod revise;
mod schema;
mod screen;
mod serve;
mod session;
mod soa;
mod suggest;
mod theme;
mod today;
mod writing;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{FromArgMatches as _, Parser, Subcommand};

use crate::date::Date;
use crate::disk::Failure;
use crate::language::Language;
use crate::report::text;
use crate::words::{Words, of_system};
use screen::Screen;
use session::{Broken, Session};

/// What the process finds around it.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// The folder that the process stands in; none to look for a book only where the arguments name its folder.
    pub here: Option<PathBuf>,
    /// The language of the locale, where it names one.
    pub locale: Option<Language>,
    /// `SOURCE_DATE_EPOCH`, in seconds.
    pub epoch: Option<String>,
    /// Whether standard output is a terminal.
    pub terminal: bool,
    /// Whether colours are wanted.
    pub styled: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Where a browser may be that prints, the likeliest first.
    pub browsers: Vec<PathBuf>,
}

/// The arguments of every command; their words stand in the words files under `cli.help`.
#[derive(Debug, Parser)]
#[command(
    name = "ismsbook",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = locale::parse)]
    language: Option<Language>,
    #[arg(long, global = true, value_name = "DATE", value_parser = today::parse)]
    today: Option<Date>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Arguments),
    New(new::Arguments),
    Build(build::Arguments),
    Check(check::Arguments),
    Decide(decide::Arguments),
    Approve(approve::Arguments),
    Review(review::Arguments),
    Revise(revise::Arguments),
    Retire(retire::Arguments),
    Rename(rename::Arguments),
    Suggest(suggest::Arguments),
    Import(import::Arguments),
    Diff(diff::Arguments),
    Serve(serve::Arguments),
    Soa(soa::Arguments),
    Export(export::Arguments),
    Pdf(pdf::Arguments),
    Publish(publish::Arguments),
    Explain(explain::Arguments),
    Catalog(catalog::Arguments),
    Schema(schema::Arguments),
    Theme(theme::Arguments),
}

/// What came of a command that could run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All is well.
    Done,
    /// Something was found.
    Found,
    /// There is nothing of the kind.
    Nothing,
}

/// Runs the command of this process.
pub fn main() -> ExitCode {
    ExitCode::from(run(
        std::env::args_os(),
        &Surroundings::of_process(),
        &mut io::stdout().lock(),
        &mut io::stderr().lock(),
    ))
}

/// Runs a command and gives its exit status: 0 clean, 1 something was found, 2 it could not run.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    around: &Surroundings,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let (out, err) = (Screen::new(out, around.styled), Screen::new(err, around.styled));
    // Mistakes and help come before any book is opened, and speak the language of the book that they are about.
    let language = locale::reader(&arguments, around);
    let words = Words::of(language.as_ref().unwrap_or(&Language::english()));
    let parsed =
        help::command(words).try_get_matches_from(arguments).and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => return unparsed(&error, words, out, err),
    };
    let today = arguments.today;
    let mut session = Session { language, asked: arguments.language, today, around, out, err };
    let result = session.settle_day().and_then(|()| arguments.command.run(&mut session));
    // What is still held back may fail to be written, too.
    let result = result.and_then(|outcome| Ok(session.out.flush().map(|()| outcome)?));
    status(result, &mut session)
}

impl Command {
    fn run(self, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
        match self {
            Self::Init(arguments) => init::run(&arguments, session),
            Self::New(arguments) => new::run(&arguments, session),
            Self::Build(arguments) => build::run(&arguments, session),
            Self::Check(arguments) => check::run(&arguments, session),
            Self::Decide(arguments) => decide::run(&arguments, session),
            Self::Approve(arguments) => approve::run(&arguments, session),
            Self::Review(arguments) => review::run(&arguments, session),
            Self::Revise(arguments) => revise::run(&arguments, session),
            Self::Retire(arguments) => retire::run(&arguments, session),
            Self::Rename(arguments) => rename::run(&arguments, session),
            Self::Suggest(arguments) => suggest::run(&arguments, session),
            Self::Import(arguments) => import::run(&arguments, session),
            Self::Diff(arguments) => diff::run(&arguments, session),
            Self::Serve(arguments) => serve::run(&arguments, session),
            Self::Soa(arguments) => soa::run(&arguments, session),
            Self::Export(arguments) => export::run(&arguments, session),
            Self::Pdf(arguments) => pdf::run(&arguments, session),
            Self::Publish(arguments) => publish::run(&arguments, session),
            Self::Explain(arguments) => explain::run(&arguments, session),
            Self::Catalog(arguments) => catalog::run(&arguments, session),
            Self::Schema(arguments) => schema::run(&arguments, session),
            Self::Theme(arguments) => theme::run(&arguments, session),
        }
    }
}

/// The exit status of a command; what stopped it is said here.
fn status(result: anyhow::Result<Outcome>, session: &mut Session<'_>) -> u8 {
    let error = match result {
        Ok(Outcome::Done) => return 0,
        Ok(Outcome::Found) => return 1,
        Ok(Outcome::Nothing) => return 2,
        Err(error) => error,
    };
    if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
        return 0;
    }
    let error = match error.downcast::<io::Error>() {
        Ok(error) => Failure::new("unprinted").because(of_system(&error)).into(),
        Err(error) => error,
    };
    let words = session.words();
    let said = match (error.downcast_ref::<Broken>(), error.downcast_ref::<Failure>()) {
        (Some(broken), _) => {
            let said = text::broken_config(&broken.0, words, session.look(false));
            let _ = session.err.coloured(&said);
            return 2;
        }
        (_, Some(failure)) => format!("{}\n", words.fill("cli.error", &[("what", &failure.message(words))])),
        _ => format!("{}\n", words.fill("cli.error", &[("what", &format!("{error:#}"))])),
    };
    // Where even this cannot be written, the status still tells.
    let _ = session.err.write_all(said.as_bytes());
    2
}

/// Help and version are what was asked for; all else that cannot be parsed is a mistake.
fn unparsed(error: &clap::Error, words: &Words, mut out: Screen<'_>, mut err: Screen<'_>) -> u8 {
    let text = help::said(error, words);
    if error.use_stderr() {
        let _ = err.write_all(text.as_bytes());
        return 2;
    }
    let _ = out.write_all(text.as_bytes());
    0
}
