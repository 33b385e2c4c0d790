//! The files of a book as git remembers them: read from the objects of a commit. The work tree and the index are neither
//! looked at nor touched.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::git::{self, blobs};
use super::{Failure, read};
use crate::book::history::{Cause, Unread};
use crate::files::{File, FilePath, Files, Problem, join};
use crate::language::Localized;
use crate::text::nearest;

/// The full name of the commit that a revision means.
///
/// # Errors
/// Where there is no git, no repository or no such revision.
pub fn resolve(root: &Path, revision: &str) -> Result<String, Failure> {
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

/// The files of the book at a commit, `revision` being what it was asked for by. Of images and the like only the names count
/// here, so they are empty.
///
/// # Errors
/// Where git does not answer, or has not all of it.
pub fn files_at(root: &Path, revision: &str, commit: &str) -> Result<Files, Failure> {
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
