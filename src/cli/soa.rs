//! `ismsbook soa`: the Statement of Applicability alone.

use std::path::{Path, PathBuf};

use super::{Outcome, Session};
use crate::disk::{Failure, file};
use crate::export::soa;
use crate::language::Language;
use crate::project::Snapshot;

/// The arguments of `soa`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FORMATS")]
    format: Vec<Format>,
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Md,
    Csv,
    Json,
    Xlsx,
}

impl Format {
    const ALL: [Self; 4] = [Self::Md, Self::Csv, Self::Json, Self::Xlsx];

    fn ending(self) -> &'static str {
        match self {
            Self::Md => "md",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
        }
    }

    fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }

    fn make(self, snapshot: &Snapshot, language: &Language) -> Vec<u8> {
        match self {
            Self::Md => soa::markdown(snapshot, language),
            Self::Csv => soa::csv(snapshot, language),
            Self::Json => soa::json(snapshot, language),
            Self::Xlsx => soa::xlsx(snapshot, language),
        }
    }
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let opened = session.open(arguments.dir.as_deref())?;
    let snapshot = &opened.snapshot;
    // The statement is a document of the book: without `--language` it is in the book's language, wherever it is made.
    let language = session.asked.clone().unwrap_or_else(|| snapshot.book.config.default_language().clone());
    let named = arguments.output.as_deref().and_then(Format::of);
    let mut formats = arguments.format.clone();
    formats.dedup();
    if formats.is_empty() {
        formats.push(named.unwrap_or(Format::Md));
    }
    let Some(output) = &arguments.output else {
        let [format] = formats[..] else { return Err(Failure::new("several-formats").into()) };
        if format == Format::Xlsx && session.around.terminal {
            return Err(Failure::new("binary-to-terminal").into());
        }
        session.out.write_all(&format.make(snapshot, &language))?;
        return Ok(Outcome::Done);
    };
    for format in &formats {
        let path = place(output, *format, formats.len() == 1);
        file::write(&path, &format.make(snapshot, &language))?;
        session.say("cli.soa.written", &[("path", &path.display().to_string())])?;
    }
    Ok(Outcome::Done)
}

/// Where a format goes: into a folder, else to the file named, with its own ending where several formats share the name.
fn place(output: &Path, format: Format, alone: bool) -> PathBuf {
    let folder =
        file::is_folder(output) || output.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
    if folder {
        return output.join(format!("soa.{}", format.ending()));
    }
    if alone {
        return output.to_path_buf();
    }
    let stem = if Format::of(output).is_some() { output.with_extension("") } else { output.to_path_buf() };
    let mut name = stem.into_os_string();
    name.push(".");
    name.push(format.ending());
    name.into()
}
