//! A book as git remembers it: read from the objects of a commit. The work tree and the index are neither looked at nor
//! touched.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::git::{self, blobs, history_at};
use super::{Failure, read};
use crate::book::history::{Cause, Unread};
use crate::changes::{Both, Changes, Comparison, State, compare};
use crate::config::Audience;
use crate::date::Date;
use crate::files::{File, FilePath, Files, Problem, join};
use crate::language::{Language, Localized};
use crate::project::{Inputs, Project, Snapshot, shown_before};
use crate::text::nearest;
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
pub fn read_at(root: &Path, revision: &str, today: Date) -> anyhow::Result<Past> {
    let commit = resolve(root, revision)?;
    let files = files_at(root, revision, &commit)?;
    let is_book = |path: &FilePath| path.as_str() == "book.toml" || path.as_str().starts_with("content/");
    if !files.iter().any(|(path, _)| is_book(path)) {
        return Err(Failure::new("no-book-then").with("revision", revision).into());
    }
    let history = Arc::new(history_at(root, &files, Some(&commit)));
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

/// What `[build] compare_with` asks for, of what an audience is shown; none where it asks for nothing.
pub fn comparison(
    root: &Path,
    now: &Snapshot,
    shown: &Arc<Snapshot>,
    audience: Option<&Audience>,
) -> Option<Comparison> {
    let with = now.book.config.build.compare_with.clone().filter(|with| !with.is_empty())?;
    let past = read_at(root, &with, now.derived.today);
    let Some(audience) = audience else { return Some(compared(with, &past, shown)) };
    // The revision, too, is called as it is in the settings that the audience is shown.
    let with = shown.book.config.build.compare_with.clone().unwrap_or_default();
    let before = past.map(|past| Past {
        snapshot: Arc::new(shown_before(&past.snapshot, now, audience)),
        state: State { revision: past.state.revision.map(|_| with.clone()), ..past.state },
    });
    // `book.toml` is whole for every audience, and its keys might name what an audience does not know of.
    Some(Comparison::new(with, both(&before, shown, false)))
}

/// What came of reading the revision of `[build] compare_with`.
pub fn compared(with: String, past: &anyhow::Result<Past>, now: &Arc<Snapshot>) -> Comparison {
    Comparison::new(with, both(past, now, true))
}

fn both(past: &anyhow::Result<Past>, now: &Arc<Snapshot>, settings: bool) -> Result<Both, Localized> {
    let past = past.as_ref().map_err(reason)?;
    let old = (Arc::clone(&past.snapshot), past.state.clone());
    Ok(Both { old, new: (Arc::clone(now), state_of(now)), settings })
}

/// What went wrong, for readers of both languages.
fn reason(error: &anyhow::Error) -> Localized {
    let Some(failure) = error.downcast_ref::<Failure>() else { return error.to_string().into() };
    let say = |language: &Language| failure.message(Words::of(language));
    Localized::both(&say(&Language::english()), &say(&Language::japanese()))
}

/// The full name of the commit that a revision means.
fn resolve(root: &Path, revision: &str) -> Result<String, Failure> {
    let named = Failure::new("unknown-revision").with("revision", revision);
    // What begins with a dash would be an option to git, and is no name of its own either.
    if revision.is_empty() || revision.starts_with('-') || revision.contains('\0') {
        return Err(named);
    }
    let asked = git::line(root, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")]);
    match asked {
        Ok(name) if name.len() >= 40 => Ok(name),
        Err(Unread { cause: Cause::NotInstalled, .. }) => Err(Failure::new("no-git")),
        _ => Err(why_unknown(root, revision).unwrap_or(named)),
    }
}

/// Why git does not know a revision, where there is more to say than that.
fn why_unknown(root: &Path, revision: &str) -> Option<Failure> {
    if let Err(unread) = git::line(root, &["rev-parse", "--git-dir"]) {
        let outside = unread.words.contains("not a git repository");
        return Some(if outside { Failure::new("no-repository").at(root) } else { unread.into() });
    }
    let names = git::parts(root, &["for-each-ref", "--format=%(refname:short)", "refs/tags", "refs/heads"]).ok()?;
    if let Some(near) = nearest(revision, names.lines()) {
        return Some(Failure::new("unknown-revision-near").with("revision", revision).with("nearest", near));
    }
    git::is_shallow(root).then(|| Failure::new("unknown-revision-shallow").with("revision", revision))
}

/// One entry of a commit's tree.
struct Entry {
    kind: Kind,
    blob: String,
}

#[derive(PartialEq, Eq)]
enum Kind {
    File,
    Link,
}

/// The files of the book at a commit. Of images and the like only the names count here, so they are empty.
fn files_at(root: &Path, revision: &str, commit: &str) -> Result<Files, Failure> {
    let listing = git::parts(root, &["ls-tree", "-r", "-z", commit, "--", "book.toml", "catalogs", "content"])?;
    let entries = entries(&listing);
    let wanted: BTreeSet<&str> = entries
        .iter()
        .filter(|(path, entry)| entry.kind == Kind::Link || is_text(path))
        .map(|(_, entry)| entry.blob.as_str())
        .collect();
    let texts = blobs(root, &wanted)?;
    if wanted.iter().any(|blob| !texts.contains_key(*blob)) {
        return Err(Failure::new("missing-objects").with("revision", revision));
    }
    let mut files = Files::new();
    for (path, entry) in &entries {
        match entry.kind {
            Kind::File => {
                let bytes = texts.get(&entry.blob).filter(|_| is_text(path)).cloned().unwrap_or_default();
                files.insert(FilePath::new(path), File::new(bytes));
            }
            Kind::Link => {
                let target = String::from_utf8_lossy(texts.get(&entry.blob).map(Vec::as_slice).unwrap_or_default());
                follow(path, &target, &entries, &texts, &mut files);
            }
        }
    }
    Ok(files)
}

/// The entries that would be read from a folder, by their paths below the book. Submodules are none of the book's files.
fn entries(listing: &str) -> BTreeMap<String, Entry> {
    let entry = |line: &str| {
        let (head, path) = line.split_once('\t')?;
        let mut head = head.split(' ');
        let kind = match head.next()? {
            "160000" => return None,
            "120000" => Kind::Link,
            _ => Kind::File,
        };
        let path = path.replace('\\', "-");
        read::belongs(Path::new(&path))
            .then(|| (path, Entry { kind, blob: head.nth(1).unwrap_or_default().to_owned() }))
    };
    listing.split('\0').filter_map(entry).collect()
}

fn is_text(path: &str) -> bool {
    [".yaml", ".yml", ".toml"].iter().any(|ending| path.ends_with(ending)) || FilePath::new(path).is_markdown()
}

/// A symbolic link: what it leads to stands under its name too, where that is a file or a folder of the book.
fn follow(
    path: &str,
    target: &str,
    entries: &BTreeMap<String, Entry>,
    texts: &BTreeMap<String, Vec<u8>>,
    files: &mut Files,
) {
    let Some(target) = joined(path, target) else {
        files.insert(FilePath::new(path), File::with_problem(Problem::OutsideBook));
        return;
    };
    // As in a work tree, where a link to nothing is a file that cannot be read.
    let nothing = File::with_problem(Problem::Unreadable(Localized::default()));
    files.insert(FilePath::new(path), nothing);
    let below = format!("{target}/");
    let found = entries.range(target.clone()..).take_while(|(other, _)| other.starts_with(&target));
    for (other, entry) in found.filter(|(_, entry)| entry.kind == Kind::File) {
        let name = match other.strip_prefix(&below) {
            Some(rest) => {
                files.remove(&FilePath::new(path));
                format!("{path}/{rest}")
            }
            None if *other == target => path.to_owned(),
            None => continue,
        };
        let bytes = texts.get(&entry.blob).filter(|_| is_text(other)).cloned().unwrap_or_default();
        files.insert(FilePath::new(&name), File::new(bytes));
    }
}

/// The path that a link's target means within the book; none where it leads out.
fn joined(link: &str, target: &str) -> Option<String> {
    if target.starts_with('/') {
        return None;
    }
    let folder = link.rsplit_once('/').map_or("", |(folder, _)| folder);
    join(folder, target.trim_end())
}
