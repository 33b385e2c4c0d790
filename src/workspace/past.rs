//! A book at a commit, and what differs between it and the book as it stands now.

use std::path::Path;
use std::sync::Arc;

use crate::changes::{Both, Changes, Comparison, State, compare};
use crate::config::Audience;
use crate::date::Date;
use crate::disk::{Failure, git, tree};
use crate::files::FilePath;
use crate::language::Localized;
use crate::project::{Inputs, Project, Snapshot, shown_before};
use crate::words::Words;

/// The book at a commit.
#[derive(Debug, Clone)]
pub struct Past {
    /// Which commit, by the name that was asked for.
    pub state: State,
    /// The book as it stood then, seen from the day that counts as today.
    pub snapshot: Arc<Snapshot>,
}

/// Reads the book in `root` as it stood at a revision: a tag, a branch, a commit.
///
/// # Errors
/// Where there is no git, no repository, no such revision, no book in it, or one whose `book.toml` is no TOML.
pub(super) fn read_at(root: &Path, revision: &str, today: Date) -> anyhow::Result<Past> {
    let commit = tree::resolve(root, revision)?;
    let files = tree::files_at(root, revision, &commit)?;
    let is_book = |path: &FilePath| path.as_str() == "book.toml" || path.as_str().starts_with("content/");
    if !files.iter().any(|(path, _)| is_book(path)) {
        return Err(Failure::new("no-book-then").with("revision", revision).into());
    }
    let history = Arc::new(git::history_at(root, &files, Some(&commit)));
    let short: String = commit.chars().take(git::SHORT).collect();
    let inputs = Inputs { files, today, commit: Some(short.clone()), history };
    let snapshot = Project::new()
        .snapshot(inputs)
        .map_err(|broken| Failure::new("broken-then").with("revision", revision).because(broken.fault.words.clone()))?;
    let state = State { revision: Some(revision.to_owned()), commit: Some(short), day: git::day_of(root, &commit) };
    Ok(Past { state, snapshot: Arc::new(snapshot) })
}

/// What differs between the book at a revision and as it stands now.
pub fn changes_since(past: &Past, now: &Snapshot) -> Changes {
    compare((&past.snapshot, past.state.clone()), (now, state_of(now)))
}

fn state_of(now: &Snapshot) -> State {
    State { commit: now.book.commit.clone(), ..State::default() }
}

/// What came of reading the revision of `[build] compare_with`, of what is shown: all of the book, or what an audience sees of it.
pub(super) fn compared(
    with: String,
    past: &anyhow::Result<Past>,
    now: &Snapshot,
    shown: &Arc<Snapshot>,
    audience: Option<&Audience>,
) -> Comparison {
    let past = past.as_ref().map_err(reason);
    let Some(audience) = audience else {
        return Comparison::new(with, past.map(|past| both(past.clone(), shown, true)));
    };
    // The revision, too, is called as it is in the settings that the audience is shown.
    let with = shown.book.config.build.compare_with.clone().unwrap_or_default();
    let before = past.map(|past| Past {
        snapshot: Arc::new(shown_before(&past.snapshot, now, audience)),
        state: State { revision: past.state.revision.as_ref().map(|_| with.clone()), ..past.state.clone() },
    });
    // `book.toml` is whole for every audience, and its keys might name what an audience does not know of.
    Comparison::new(with, before.map(|past| both(past, shown, false)))
}

fn both(past: Past, now: &Arc<Snapshot>, settings: bool) -> Both {
    Both { old: (past.snapshot, past.state), new: (Arc::clone(now), state_of(now)), settings }
}

/// What went wrong, for readers of both languages.
fn reason(error: &anyhow::Error) -> Localized {
    let Some(failure) = error.downcast_ref::<Failure>() else { return error.to_string().into() };
    Localized::said(|language| failure.message(Words::of(language)))
}
