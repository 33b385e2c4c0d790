//! `ismsbook diff`: what changed between two states of the book.

use std::path::{Path, PathBuf};

use super::{Outcome, Session};
use crate::changes::{Changes, State, compare};
use crate::disk::{file, read};
use crate::export::changes;
use crate::language::Language;
use crate::project::Snapshot;
use crate::workspace::{Workspace, changes_since};

/// The arguments of `diff`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "REV")]
    revision: String,
    #[arg(value_name = "REV|DIR")]
    other: Option<String>,
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Md,
    Json,
}

impl Format {
    fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "md" => Some(Self::Md),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// Which states are meant, and of which book.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    old: String,
    new: Option<String>,
    dir: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let asked = asked(arguments, |name| read::find_root(Some(Path::new(name))).is_ok());
    let (changes, newer) = changes_of(&asked, session)?;
    let named = arguments.output.as_deref().and_then(Format::of);
    let format = arguments.format.or(named).unwrap_or(Format::Text);
    // At a terminal the reader counts; a comment or a file is a text of the book, and in its language.
    let language = match format {
        Format::Text => session.language.clone(),
        Format::Md | Format::Json => session.asked.clone(),
    };
    let language = language.unwrap_or_else(|| newer.book.config.default_language().clone());
    let printed = printed(format, &changes, &newer, &language, session.around.styled && arguments.output.is_none());
    match &arguments.output {
        Some(path) => file::write(path, printed.as_bytes())?,
        None => session.out.coloured(&printed)?,
    }
    Ok(Outcome::Done)
}

fn printed(format: Format, changes: &Changes, newer: &Snapshot, language: &Language, styled: bool) -> String {
    match format {
        Format::Text => changes::text(changes, language, styled),
        Format::Md => changes::markdown(changes, language),
        Format::Json => changes::json(changes, &newer.book, language),
    }
}

/// What was asked for: the second name is a folder where there is a book in it, else a revision.
fn asked(arguments: &Arguments, is_book: impl Fn(&str) -> bool) -> Asked {
    let mut names = arguments.revision.splitn(2, "..").filter(|name| !name.is_empty()).map(str::to_owned);
    let old = names.next().unwrap_or_default();
    let mut asked = Asked { old, new: names.next(), dir: arguments.dir.clone() };
    if let Some(other) = arguments.other.clone() {
        let is_folder = arguments.dir.is_none() && (asked.new.is_some() || is_book(&other));
        if is_folder {
            asked.dir = Some(PathBuf::from(other));
        } else {
            asked.new = Some(other);
        }
    }
    asked
}

/// What differs, and the newer state.
fn changes_of(asked: &Asked, session: &mut Session<'_>) -> anyhow::Result<(Changes, std::sync::Arc<Snapshot>)> {
    let today = session.day();
    let Some(new) = &asked.new else {
        let opened = session.open(asked.dir.as_deref())?;
        let old = opened.workspace.at(&asked.old, today)?;
        let changes = changes_since(&old, &opened.snapshot);
        return Ok((changes, opened.snapshot));
    };
    let workspace = Workspace::find(asked.dir.as_deref())?;
    let (old, new) = (workspace.at(&asked.old, today)?, workspace.at(new, today)?);
    session.language.get_or_insert_with(|| new.snapshot.book.config.default_language().clone());
    let (of_old, of_new): (State, State) = (old.state, new.state);
    Ok((compare((&old.snapshot, of_old), (&new.snapshot, of_new)), new.snapshot))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> Asked {
        let arguments = Arguments {
            revision: names[0].to_owned(),
            other: names.get(1).map(|name| (*name).to_owned()),
            dir: names.get(2).map(PathBuf::from),
            format: None,
            output: None,
        };
        asked(&arguments, |name| name == "book")
    }

    #[test]
    fn the_second_name_is_a_revision_or_a_folder() {
        let told = |old: &str, new: Option<&str>, dir: Option<&str>| Asked {
            old: old.to_owned(),
            new: new.map(str::to_owned),
            dir: dir.map(PathBuf::from),
        };
        assert_eq!(of(&["v1"]), told("v1", None, None));
        assert_eq!(of(&["v1", "v2"]), told("v1", Some("v2"), None));
        assert_eq!(of(&["v1", "book"]), told("v1", None, Some("book")));
        assert_eq!(of(&["v1", "v2", "book"]), told("v1", Some("v2"), Some("book")));
        assert_eq!(of(&["v1..v2", "folder"]), told("v1", Some("v2"), Some("folder")));
        assert_eq!(of(&["v1.."]), told("v1", None, None));
    }
}
