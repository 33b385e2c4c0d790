//! `ismsbook theme`: the shipped theme's files as a beginning for one's own.

use std::path::{Path, PathBuf};

use super::{Outcome, Session};
use crate::address::safe_name;
use crate::disk::{Failure, file, read};
use crate::site::shipped_theme;
use crate::text::nearest;

/// The arguments of `theme`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Eject {
        #[arg(value_name = "DIR|FILE")]
        names: Vec<String>,
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
    },
}

/// What a theme is called where nobody names it.
const NAME: &str = "own";

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    match &arguments.command {
        Command::Eject { names, name } => eject(names, name.as_deref(), session),
    }
}

/// Copies files of the shipped theme into the book's own. What is there already is never touched.
fn eject(names: &[String], name: Option<&str>, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let (dir, names) = asked(names, |name| read::find_root(Some(Path::new(name))).is_ok());
    let files = chosen(names)?;
    let opened = session.open(dir.as_deref())?;
    let in_use = opened.snapshot.book.config.build.theme.value.as_str();
    let name = name.unwrap_or(if in_use == "default" { NAME } else { in_use });
    if safe_name(name) != name || name.is_empty() || name.contains(['/', '"']) || name.starts_with(['.', '_']) {
        return Err(Failure::new("theme-name").with("name", name).into());
    }
    let below = PathBuf::from("themes").join(name);
    let folder = opened.root().join(&below);
    let there = |path: &&(&str, &str)| file::exists(&folder.join(path.0));
    if let Some((path, _)) = files.iter().filter(|_| !names.is_empty()).find(there) {
        return Err(Failure::new("exists").at(&below.join(path)).into());
    }
    let (kept, new): (Vec<_>, Vec<_>) = files.iter().partition(|path| there(path));
    for (path, text) in &new {
        file::create(&folder.join(path), text.as_bytes())?;
    }
    let shown = below.display().to_string();
    session.say("cli.theme.done", &[("n", &new.len().to_string()), ("path", &shown)])?;
    if !kept.is_empty() {
        session.say("cli.theme.kept", &[("n", &kept.len().to_string())])?;
    }
    if in_use == name {
        session.say("cli.theme.in-use", &[])?;
    } else {
        session.say("cli.theme.next", &[("name", name)])?;
    }
    Ok(Outcome::Done)
}

/// The book's folder, where the first name is one, and the files.
fn asked(names: &[String], is_book: impl Fn(&str) -> bool) -> (Option<PathBuf>, &[String]) {
    match names {
        [first, rest @ ..] if is_book(first) => (Some(PathBuf::from(first)), rest),
        files => (None, files),
    }
}

/// The files of these names, each once; all of them without names.
fn chosen(names: &[String]) -> anyhow::Result<Vec<(&'static str, &'static str)>> {
    let all: Vec<(&str, &str)> = shipped_theme().collect();
    let mut files = Vec::new();
    for name in names {
        let Some(file) = all.iter().find(|(known, _)| known == name) else {
            let near = nearest(name, all.iter().map(|(known, _)| *known));
            let failure = Failure::new(if near.is_some() { "unknown-theme-file-near" } else { "unknown-theme-file" });
            let known: Vec<&str> = all.iter().map(|(known, _)| *known).collect();
            let failure = failure.with("name", name).with("nearest", near.unwrap_or_default());
            return Err(failure.with_list("known", &known).into());
        };
        if !files.contains(file) {
            files.push(*file);
        }
    }
    Ok(if names.is_empty() { all } else { files })
}
