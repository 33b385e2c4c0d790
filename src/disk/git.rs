//! What git knows of the book's folder; nothing, without a word, where there is no git.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use crate::book::history::{Change, FileHistory, History};
use crate::date::Date;
use crate::files::{File, FilePath, Files};

/// Digits of a short name. Always as many, so that the same commit has the same name in every clone, however many objects it
/// holds.
pub(super) const SHORT: usize = 10;

/// Git in a folder. Nothing that is asked here writes, and no lock is taken even where git would like to.
pub(super) fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command
}

/// The short name of the commit that the folder stands at.
pub fn commit(root: &Path) -> Option<String> {
    let output = git(root).args(["rev-parse", "--verify", "--quiet", "HEAD"]).output().ok()?;
    let name = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    let is_name = name.len() >= 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    (output.status.success() && is_name).then(|| name.chars().take(SHORT).collect())
}

/// The day of a commit.
pub(super) fn day_of(root: &Path, commit: &str) -> Option<Date> {
    let output = git(root).args(["log", "-1", "--no-show-signature", "--format=%cs", commit]).output().ok()?;
    Date::parse(String::from_utf8_lossy(&output.stdout).trim())
}

/// The folder in which git notes that another commit is checked out: that of its log where there is one, else its own.
pub fn notes(root: &Path) -> Option<PathBuf> {
    let output = git(root).args(["rev-parse", "--absolute-git-dir"]).output().ok()?;
    let folder = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim_end_matches(['\n', '\r']));
    let log = folder.join("logs");
    [log, folder].into_iter().find(|folder| folder.is_dir())
}

/// Whether the clone holds the last commits only. Its oldest commit then seems to have made every file.
pub fn is_shallow(root: &Path) -> bool {
    let output = git(root).args(["rev-parse", "--is-shallow-repository"]).output();
    output.is_ok_and(|output| output.stdout.starts_with(b"true"))
}

/// What git remembers of the Markdown files of the book: one call for all changes, one for all texts that are asked for.
/// Nothing in a shallow clone, which would tell lies.
pub fn history(root: &Path, files: &Files) -> History {
    history_at(root, files, "HEAD")
}

/// What git remembered of the Markdown files of the book at a commit.
pub(super) fn history_at(root: &Path, files: &Files, commit: &str) -> History {
    if is_shallow(root) {
        return History::new();
    }
    let log = git(root)
        .args([
            "log",
            "-z",
            "--relative",
            "--raw",
            "--no-abbrev",
            "-M",
            "--no-color",
            "--no-show-signature",
            "--format=%x01%H%x00%as%x00%an",
            commit,
        ])
        .args(["--", "content"])
        .output();
    let Some(log) = log.ok().filter(|log| log.status.success()) else { return History::new() };
    let changes = changes(&String::from_utf8_lossy(&log.stdout));
    let mut wanted: BTreeMap<&FilePath, BTreeSet<usize>> = BTreeMap::new();
    for (path, changes) in &changes {
        let days = files.get(path).map(days_of).unwrap_or_default();
        wanted.insert(path, days.into_iter().filter_map(|day| stood_at(changes, day)).collect());
    }
    let blobs: BTreeSet<&str> =
        wanted.iter().flat_map(|(path, places)| places.iter().map(|at| changes[*path][*at].1.as_str())).collect();
    let texts = texts(root, &blobs).unwrap_or_default();
    let remembered = changes.iter().filter(|(path, _)| files.get(path).is_some()).filter_map(|(path, changes)| {
        let stood = wanted[path]
            .iter()
            .filter_map(|at| Some((changes[*at].0.day, Arc::clone(texts.get(&changes[*at].1)?))))
            .collect();
        Some((path.clone(), FileHistory { last: changes.first()?.0.clone(), stood }))
    });
    remembered.collect()
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

/// The texts of some objects.
fn texts(root: &Path, names: &BTreeSet<&str>) -> Option<BTreeMap<String, Arc<str>>> {
    let text = |bytes: Vec<u8>| Arc::from(String::from_utf8_lossy(&bytes));
    Some(blobs(root, names)?.into_iter().map(|(name, bytes)| (name, text(bytes))).collect())
}

/// The bytes of some objects, asked for in one call.
pub(super) fn blobs(root: &Path, names: &BTreeSet<&str>) -> Option<BTreeMap<String, Vec<u8>>> {
    if names.is_empty() {
        return None;
    }
    let mut child =
        git(root).args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut asked = child.stdin.take()?;
    let names: String = names.iter().flat_map(|name| [*name, "\n"]).collect();
    // Git answers while it is asked: with nobody reading, both would wait for ever.
    let asking = std::thread::spawn(move || asked.write_all(names.as_bytes()));
    let output = child.wait_with_output().ok()?.stdout;
    asking.join().ok()?.ok()?;
    let mut found = BTreeMap::new();
    let mut rest = output.as_slice();
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let head = String::from_utf8_lossy(&rest[..end]).into_owned();
        rest = &rest[end + 1..];
        let [blob, "blob", size] = head.split(' ').collect::<Vec<_>>()[..] else { continue };
        let size: usize = size.parse().ok()?;
        found.insert(blob.to_owned(), rest.get(..size)?.to_vec());
        rest = rest.get(size + 1..).unwrap_or_default();
    }
    Some(found)
}
