//! What git knows of the book's folder; nothing, without a word, where there is no git.

mod door;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::book::history::{Cause, Change, FileHistory, History, Unread};
use crate::date::Date;
use crate::files::{File, FilePath, Files};

/// Digits of a short name. Always as many, so that the same commit has the same name in every clone, however many objects it
/// holds.
pub const SHORT: usize = 10;

/// The one line that git answers.
pub(super) fn line(root: &Path, arguments: &[&str]) -> Result<String, Unread> {
    Ok(String::from_utf8_lossy(&door::ask(root, arguments)?).trim_end_matches(['\n', '\r']).to_owned())
}

/// What git answers, in parts that end with a zero.
pub(super) fn parts(root: &Path, arguments: &[&str]) -> Result<String, Unread> {
    Ok(String::from_utf8_lossy(&door::ask(root, arguments)?).into_owned())
}

/// The short name of the commit that the folder stands at.
pub fn commit(root: &Path) -> Option<String> {
    let name = door::top(root).is_some().then(|| line(root, &["rev-parse", "--verify", "--quiet", "HEAD"]).ok())??;
    let is_name = name.len() >= 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_name.then(|| name.chars().take(SHORT).collect())
}

/// The day of a commit.
pub fn day_of(root: &Path, commit: &str) -> Option<Date> {
    Date::parse(&line(root, &["log", "-1", "--no-show-signature", "--format=%cs", commit]).ok()?)
}

/// The folder in which git notes that another commit is checked out: that of its log where there is one, else its own.
pub fn notes(root: &Path) -> Option<PathBuf> {
    let folder = PathBuf::from(line(root, &["rev-parse", "--absolute-git-dir"]).ok()?);
    let log = folder.join("logs");
    [log, folder].into_iter().find(|folder| folder.is_dir())
}

/// Where the book lies within its repository, with a slash at its end; empty at the top. None without a repository.
pub fn within(root: &Path) -> Option<String> {
    let path = root.strip_prefix(door::top(root)?).ok()?;
    Some(path.iter().flat_map(|part| [part.to_string_lossy(), "/".into()]).collect())
}

/// Whether the clone holds the last commits only. Its oldest commit then seems to have made every file.
pub fn is_shallow(root: &Path) -> bool {
    door::top(root).is_some()
        && line(root, &["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer == "true")
}

/// What git remembers of the Markdown files of the book: one call for all changes, one for all texts that are asked for.
/// Nothing in a shallow clone, which would tell lies.
pub fn history(root: &Path, files: &Files) -> History {
    if door::top(root).is_some() { history_at(root, files, None) } else { History::default() }
}

/// What git remembered of the Markdown files of the book at a commit, or at the one that the folder stands at.
pub fn history_at(root: &Path, files: &Files, commit: Option<&str>) -> History {
    log(root, commit).map_or_else(History::from, |log| remembered(root, files, &log))
}

/// The changes of all files; none before the first commit and in a shallow clone.
fn log(root: &Path, commit: Option<&str>) -> Result<String, Unread> {
    if is_shallow(root) {
        return Ok(String::new());
    }
    let mut arguments = vec!["log", "-z", "--relative", "--raw", "--no-abbrev", "-M", "--no-color"];
    arguments.extend(["--no-ext-diff", "--no-textconv", "--no-show-signature", "--format=%x01%H%x00%as%x00%an"]);
    arguments.extend(commit);
    arguments.extend(["--", "content"]);
    match parts(root, &arguments) {
        Err(unread) if unread.words.contains("does not have any commits yet") => Ok(String::new()),
        answer => answer,
    }
}

fn remembered(root: &Path, files: &Files, log: &str) -> History {
    let changes = changes(log);
    let mut wanted: BTreeMap<&FilePath, BTreeSet<usize>> = BTreeMap::new();
    for (path, changes) in &changes {
        let days = files.get(path).map(days_of).unwrap_or_default();
        wanted.insert(path, days.into_iter().filter_map(|day| stood_at(changes, day)).collect());
    }
    let named: BTreeSet<&str> =
        wanted.iter().flat_map(|(path, places)| places.iter().map(|at| changes[*path][*at].1.as_str())).collect();
    let (texts, unread) = match blobs(root, &named) {
        Ok(blobs) => {
            let absent = named.iter().find(|name| !blobs.contains_key(**name));
            let unread = absent.map(|name| Unread { cause: Cause::Objects, words: format!("{name} missing") });
            (blobs, unread)
        }
        Err(unread) => (BTreeMap::new(), Some(unread)),
    };
    let texts: BTreeMap<String, Arc<str>> =
        texts.into_iter().map(|(name, bytes)| (name, Arc::from(String::from_utf8_lossy(&bytes)))).collect();
    let files = changes.iter().filter(|(path, _)| files.get(path).is_some()).filter_map(|(path, changes)| {
        let stood = wanted[path]
            .iter()
            .filter_map(|at| Some((changes[*at].0.day, Arc::clone(texts.get(&changes[*at].1)?))))
            .collect();
        Some((path.clone(), FileHistory { last: changes.first()?.0.clone(), stood }))
    });
    History { files: files.collect(), unread }
}

/// The change that made the text of the end of a day; none where no later change followed.
fn stood_at(changes: &[(Change, String)], day: Date) -> Option<usize> {
    changes.iter().position(|(change, _)| change.day <= day).filter(|at| *at > 0)
}

/// Whether two states of a file name other days, so that other texts of the past count.
pub fn names_other_days(old: Option<&File>, new: Option<&File>) -> bool {
    old.map(days_of).unwrap_or_default() != new.map(days_of).unwrap_or_default()
}

/// The days that the front matter names, whatever keys they stand under.
fn days_of(file: &File) -> BTreeSet<Date> {
    let text = file.text().unwrap_or_default().trim_start_matches('\u{feff}');
    let Some(front) = text.strip_prefix("---").and_then(|rest| rest.split("\n---").next()) else {
        return BTreeSet::new();
    };
    let starts = front.char_indices().filter(|(_, c)| c.is_ascii_digit());
    starts.filter_map(|(at, _)| Date::parse(front.get(at..at + 10)?)).collect()
}

/// Every change of every file and the object that holds its text, newest first, under the name that the file has today.
fn changes(log: &str) -> BTreeMap<FilePath, Vec<(Change, String)>> {
    let mut found: BTreeMap<FilePath, Vec<(Change, String)>> = BTreeMap::new();
    let mut today: BTreeMap<String, Option<FilePath>> = BTreeMap::new();
    let mut change = None;
    let mut parts = log.split('\0');
    while let Some(part) = parts.next() {
        if let Some(commit) = part.trim_start().strip_prefix('\u{1}') {
            let day = parts.next().and_then(Date::parse);
            let author = parts.next().unwrap_or_default().to_owned();
            change = day.map(|day| Change { day, author, commit: commit.chars().take(SHORT).collect() });
            continue;
        }
        let Some(entry) = part.trim_start().strip_prefix(':') else { continue };
        let fields: Vec<&str> = entry.split(' ').collect();
        let (Some(blob), Some(kind), Some(path)) = (fields.get(3), fields.get(4), parts.next()) else { break };
        let moved = kind.starts_with(['R', 'C']);
        let Some(name) = (if moved { parts.next() } else { Some(path) }) else { break };
        // A name that was given to a file before or after has another file's history under it: that is told apart by `None`.
        let Some(file) = today.get(name).cloned().unwrap_or_else(|| Some(FilePath::new(name))) else { continue };
        let ends = moved || kind.starts_with(['A', 'D']);
        if ends {
            today.insert(name.to_owned(), None);
        }
        if kind.starts_with('R') {
            today.insert(path.to_owned(), Some(file.clone()));
        }
        if let Some(change) = change.clone().filter(|_| !kind.starts_with('D')) {
            found.entry(file).or_default().push((change, (*blob).to_owned()));
        }
    }
    found
}

/// The bytes of some objects, asked for in one call; what is not there is left out.
pub(super) fn blobs(root: &Path, names: &BTreeSet<&str>) -> Result<BTreeMap<String, Vec<u8>>, Unread> {
    let mut found = BTreeMap::new();
    if names.is_empty() {
        return Ok(found);
    }
    let input: String = names.iter().flat_map(|name| [*name, "\n"]).collect();
    let output = door::ask_with(root, &["cat-file", "--batch"], input.as_bytes())?;
    let mut rest = output.as_slice();
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let head = String::from_utf8_lossy(&rest[..end]).into_owned();
        rest = &rest[end + 1..];
        let [blob, "blob", size] = head.split(' ').collect::<Vec<_>>()[..] else { continue };
        let Some(bytes) = size.parse().ok().and_then(|size: usize| rest.get(..size)) else { break };
        found.insert(blob.to_owned(), bytes.to_vec());
        rest = rest.get(bytes.len() + 1..).unwrap_or_default();
    }
    Ok(found)
}
