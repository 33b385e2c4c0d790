//! Writing the author's own files: what an edit has made of them, and only where nobody has changed them meanwhile.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::failure::about;
use super::file::read_plain;
use super::read::places;
use super::{Failure, leftover, write};
use crate::files::{FilePath, Files, Hash, hash_of};

/// Writes what differs between two states of the book in `root`, file by file, each whole or not at all. Nothing is written
/// where one of the files is not as it was read; what was written is read again.
///
/// # Errors
/// Where a file has changed meanwhile, or the system refuses.
pub fn rewrite(root: &Path, before: &Files, after: &Files) -> anyhow::Result<Vec<FilePath>> {
    // Held until all is written: what two runs do at once, the second does after the first, and finds the files changed.
    let _held = leftover::hold_when_free(root);
    let known = places(root);
    let changed = after.iter().filter(|(path, file)| before.get(path).is_none_or(|old| old.hash != file.hash));
    let mut writes: Vec<(FilePath, PathBuf, Option<Hash>)> = Vec::new();
    for (path, _) in changed {
        let old = before.get(path).map(|file| file.hash);
        let place = place(root, path, old.is_some(), &known)?;
        as_read(&place, old)?;
        may_write(&place)?;
        writes.push((path.clone(), place, old));
    }
    // What is new comes first: where that cannot be written, nothing that was there has changed.
    writes.sort_by_key(|(.., old)| old.is_some());
    for (path, place, old) in &writes {
        // Between the first look and this one, time has passed.
        as_read(place, *old)?;
        let bytes = after.get(path).map(|file| &*file.bytes).unwrap_or_default();
        put(place, bytes)?;
        let read = read_plain(place).map_err(about("unreadable", place))?;
        if read != bytes {
            return Err(Failure::new("not-as-written").at(place).into());
        }
    }
    Ok(writes.into_iter().map(|(path, ..)| path).collect())
}

/// Where a file of the book stands, or may be begun.
fn place(root: &Path, path: &FilePath, there: bool, known: &BTreeMap<FilePath, PathBuf>) -> anyhow::Result<PathBuf> {
    let new = root.join(path.as_str());
    match known.get(path) {
        Some(place) if there => Ok(place.clone()),
        None if !there && stays_within(root, &new) => Ok(new),
        _ => Err(Failure::new("changed-meanwhile").at(&new).into()),
    }
}

/// Whether no link on the way to a new file leads out of the book.
fn stays_within(root: &Path, new: &Path) -> bool {
    let there = new.ancestors().skip(1).find(|folder| fs::symlink_metadata(folder).is_ok());
    let real = there.and_then(|folder| fs::canonicalize(folder).ok());
    real.zip(fs::canonicalize(root).ok()).is_some_and(|(real, root)| real.starts_with(root))
}

/// Refuses a file that its author has made read-only, before any other is written.
fn may_write(place: &Path) -> anyhow::Result<()> {
    let readonly = fs::metadata(place).is_ok_and(|metadata| metadata.permissions().readonly());
    let refused = || std::io::Error::from(std::io::ErrorKind::PermissionDenied);
    if readonly { Err(about("unwritable", place)(refused()).into()) } else { Ok(()) }
}

/// Refuses a file that is not as it was read; one that was not there must not be there.
fn as_read(place: &Path, old: Option<Hash>) -> anyhow::Result<()> {
    let now = match fs::symlink_metadata(place) {
        Ok(_) => Some(hash_of(&read_plain(place).map_err(about("unreadable", place))?)),
        Err(_) => None,
    };
    if now == old { Ok(()) } else { Err(Failure::new("changed-meanwhile").at(place).into()) }
}

/// Writes a file whole, with the rights that it had.
fn put(place: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = place.parent().unwrap_or(Path::new("."));
    let Ok(metadata) = fs::metadata(place) else {
        fs::create_dir_all(folder).map_err(about("unwritable", folder))?;
        return Ok(write::write_whole(place, bytes).map_err(about("unwritable", place))?);
    };
    let done = || -> std::io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(write::BEGUN).tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        fs::set_permissions(file.path(), metadata.permissions())?;
        file.persist(place).map_err(|error| error.error)?;
        Ok(())
    };
    Ok(done().map_err(about("unwritable", place))?)
}
