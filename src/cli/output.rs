//! Where exports go: to standard output, to a file, or into a folder.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::{Outcome, Session};
use crate::disk::{Failure, file};
use crate::export::{Export, Format};
use crate::language::Language;
use crate::project::Snapshot;

/// What is to be written, and where.
#[derive(Debug, clap::Args)]
pub(super) struct Wanted {
    #[arg(long, value_delimiter = ',', value_name = "FORMATS", value_parser = parser())]
    format: Vec<Format>,
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "NAME")]
    audience: Option<String>,
}

fn parser() -> impl TypedValueParser<Value = Format> {
    let words = PossibleValuesParser::new(Format::ALL.map(Format::ending));
    words.map(|word| Format::with_ending(&word).unwrap_or(Format::Md))
}

/// Writes one export, or every one of them into a folder.
pub(super) fn write(
    exports: &[&Export],
    dir: Option<&Path>,
    wanted: &Wanted,
    session: &mut Session<'_>,
) -> anyhow::Result<Outcome> {
    let opened = session.open(dir)?;
    let snapshot = session.shown_to(&opened, wanted.audience.as_deref())?;
    if let Some(audience) = &wanted.audience {
        let count = opened.snapshot.book.documents.len() - snapshot.book.documents.len();
        let values = [("audience", audience.as_str()), ("n", &count.to_string())];
        let line = session.words().fill("cli.build.audience", &values);
        writeln!(session.err, "{line}")?;
    }
    // An export is a paper of the book: without `--language` it is in the book's language, wherever it is made.
    let language = session.asked.clone().unwrap_or_else(|| snapshot.book.config.default_language().clone());
    match exports {
        [export] => one(export, wanted, &snapshot, &language, session),
        _ => all(exports, wanted, &snapshot, &language, session),
    }
}

fn one(
    export: &Export,
    wanted: &Wanted,
    snapshot: &Snapshot,
    language: &Language,
    session: &mut Session<'_>,
) -> anyhow::Result<Outcome> {
    let known = export.formats();
    let named = wanted.output.as_deref().and_then(named_format).filter(|format| known.contains(format));
    let formats = formats(wanted, named.unwrap_or(Format::Md));
    if let Some(format) = formats.iter().find(|format| !known.contains(format)) {
        let known: Vec<&str> = known.iter().map(|format| format.ending()).collect();
        let failure = Failure::new("no-format").with("name", export.name).with("format", format.ending());
        return Err(failure.with_list("known", &known).into());
    }
    let Some(output) = &wanted.output else {
        let [format] = formats[..] else { return Err(Failure::new("several-formats").into()) };
        if format == Format::Xlsx && session.around.terminal {
            return Err(Failure::new("binary-to-terminal").into());
        }
        session.out.bytes(&export.write(snapshot, language, format))?;
        return Ok(Outcome::Done);
    };
    for format in &formats {
        let path = place(output, export, *format, formats.len() == 1);
        put(&path, &export.write(snapshot, language, *format), session)?;
    }
    Ok(Outcome::Done)
}

fn all(
    exports: &[&Export],
    wanted: &Wanted,
    snapshot: &Snapshot,
    language: &Language,
    session: &mut Session<'_>,
) -> anyhow::Result<Outcome> {
    let Some(output) = &wanted.output else { return Err(Failure::new("no-folder").into()) };
    for export in exports {
        for format in formats(wanted, Format::Xlsx).into_iter().filter(|format| export.formats().contains(format)) {
            put(&output.join(export.file(format)), &export.write(snapshot, language, format), session)?;
        }
    }
    Ok(Outcome::Done)
}

/// The formats asked for, each once; else the usual one.
fn formats(wanted: &Wanted, usual: Format) -> Vec<Format> {
    let mut formats: Vec<Format> = Vec::new();
    for format in &wanted.format {
        if !formats.contains(format) {
            formats.push(*format);
        }
    }
    if formats.is_empty() {
        formats.push(usual);
    }
    formats
}

fn put(path: &Path, bytes: &[u8], session: &mut Session<'_>) -> anyhow::Result<()> {
    file::write(path, bytes)?;
    session.say("cli.soa.written", &[("path", &path.display().to_string())])
}

fn named_format(path: &Path) -> Option<Format> {
    Format::with_ending(path.extension()?.to_str()?)
}

/// Where a format goes: into a folder, else to the file named, with its own ending where several formats share the name.
fn place(output: &Path, export: &Export, format: Format, alone: bool) -> PathBuf {
    let folder =
        file::is_folder(output) || output.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
    if folder {
        return output.join(export.file(format));
    }
    if alone {
        return output.to_path_buf();
    }
    let stem = if named_format(output).is_some() { output.with_extension("") } else { output.to_path_buf() };
    let mut name = stem.into_os_string();
    name.push(".");
    name.push(format.ending());
    name.into()
}
