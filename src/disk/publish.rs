//! Bringing a site to its readers whole or not at all: built beside its place, then exchanged in one step.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use super::failure::about;
use super::file::read_plain;
use super::write;
use super::{Failure, leftover};
use crate::address::{CHECKSUMS, MANIFEST};
use crate::text::hex;

/// How a published folder differs from what was published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differences {
    /// Files with other bytes.
    pub changed: Vec<String>,
    /// Files that are not there.
    pub missing: Vec<String>,
    /// Files that were not published.
    pub added: Vec<String>,
}

impl Differences {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.added.is_empty()
    }
}

/// What publishing did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Published {
    /// The files of the site.
    pub files: usize,
    /// Unfinished publications of earlier runs, which were cleared away.
    pub cleared: usize,
}

/// Publishes the files `paths`, each rendered by `render`, as the whole content of `destination`. Until the last step the
/// destination is as it was. What an earlier run left behind when it was cut off is put right and cleared away first.
///
/// # Errors
/// Where the destination holds files that were not published by us, or where the system refuses.
pub fn publish(
    destination: &Path,
    paths: &[String],
    render: impl Fn(&str) -> Arc<[u8]> + Sync,
) -> anyhow::Result<Published> {
    let destination = fs::canonicalize(destination).unwrap_or_else(|_| destination.to_path_buf());
    let parent = destination.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(about("unwritable", parent))?;
    let cleared = clear_unfinished(&destination, parent)?;
    refuse_foreign(&destination)?;
    let prefix = staging_prefix(&destination);
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix);
    write::for_everybody(&mut builder, 0o777);
    let staging = builder.tempdir_in(parent).map_err(about("unwritable", parent))?;
    let _held = leftover::hold(staging.path());
    write::write(staging.path(), paths, render)?;
    write_checksums(staging.path())?;
    let staged = staging.keep();
    let exchanged = exchange(&staged, &destination).map_err(about("unwritable", &destination));
    // On success the old site stands at the staging place now, on failure the new one: neither is needed.
    let removed = fs::remove_dir_all(&staged);
    exchanged?;
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(about("uncleared", &staged)(error).into()),
        _ => Ok(Published { files: paths.len(), cleared }),
    }
}

/// What the folders that a destination is prepared in begin with.
fn staging_prefix(destination: &Path) -> OsString {
    let mut prefix = OsString::from(".ismsbook-publish-");
    prefix.push(destination.file_name().unwrap_or_default());
    prefix.push("-");
    prefix
}

/// Clears away what runs that were cut off have left beside a destination. Where one was cut off between the two steps of an
/// exchange, the old site goes back to its place before.
fn clear_unfinished(destination: &Path, parent: &Path) -> anyhow::Result<usize> {
    let left = leftover::left_in(parent, &staging_prefix(destination), ASIDE).map_err(about("unreadable", parent))?;
    let is_aside = |path: &&PathBuf| path.as_os_str().as_encoded_bytes().ends_with(ASIDE.as_bytes());
    if let (Some(old), Err(_)) = (left.iter().find(is_aside), fs::symlink_metadata(destination)) {
        fs::rename(old, destination).map_err(about("unwritable", destination))?;
    }
    // The one that went back to its place is here no more.
    for path in left.iter().filter(|path| path.is_dir()) {
        fs::remove_dir_all(path).map_err(about("left-over", path))?;
    }
    Ok(left.len())
}

/// A destination is replaced whole, so every file in it must be one that we published.
fn refuse_foreign(destination: &Path) -> anyhow::Result<()> {
    if fs::symlink_metadata(destination).is_err() {
        return Ok(());
    }
    let foreign = || Failure::new("foreign-output").at(destination);
    if !destination.is_dir() {
        return Err(foreign().into());
    }
    let Some(known) = write::read_manifest(destination)? else {
        return if write::is_empty(destination) { Ok(()) } else { Err(foreign().into()) };
    };
    let present = files_in(destination).map_err(about("unreadable", destination))?;
    // A file that was being written when a run was cut off is ours as well.
    let begun = |path: &str| path.rsplit('/').next().is_some_and(|name| name.starts_with(write::BEGUN));
    let own = |path: &str| known.contains_key(path) || path == MANIFEST || path == CHECKSUMS || begun(path);
    match present.iter().find(|path| !own(path)) {
        Some(path) => Err(Failure::new("foreign-file").at(&destination.join(path)).into()),
        None => Ok(()),
    }
}

/// Every file below a folder, by its path with `/`; a link counts as a file.
fn files_in(folder: &Path) -> io::Result<BTreeSet<String>> {
    let mut files = BTreeSet::new();
    for entry in WalkDir::new(folder).min_depth(1) {
        let entry = entry?;
        if !entry.file_type().is_dir() {
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            files.insert(path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"));
        }
    }
    Ok(files)
}

fn write_checksums(folder: &Path) -> anyhow::Result<()> {
    let files = files_in(folder).map_err(about("unreadable", folder))?;
    let sums = checksums(folder, &files);
    let mut text = String::new();
    for (path, sum) in sums {
        let sum = sum.map_err(about("unreadable", &folder.join(&path)))?;
        text.push_str(&format!("{sum}  {path}\n"));
    }
    let path = folder.join(CHECKSUMS);
    write::write_whole(&path, text.as_bytes()).map_err(about("unwritable", &path))?;
    Ok(())
}

fn checksums(folder: &Path, files: &BTreeSet<String>) -> BTreeMap<String, io::Result<String>> {
    let sum = |path: &String| read_plain(&folder.join(path)).map(|bytes| hex(&Sha256::digest(&bytes)));
    files.par_iter().map(|path| (path.clone(), sum(path))).collect()
}

/// Puts `new` where `place` is, and what was there where `new` was.
fn exchange(new: &Path, place: &Path) -> io::Result<()> {
    if fs::symlink_metadata(place).is_err() {
        return fs::rename(new, place);
    }
    if exchange_at_once(new, place) {
        return Ok(());
    }
    let aside = beside(new);
    fs::rename(place, &aside)?;
    if let Err(error) = fs::rename(new, place) {
        fs::rename(&aside, place)?;
        return Err(error);
    }
    fs::rename(&aside, new)
}

/// What the name of the old site ends with while the new one takes its place.
const ASIDE: &str = "-old";

/// A free name beside a path.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ASIDE);
    path.with_file_name(name)
}

#[cfg(target_os = "linux")]
fn exchange_at_once(new: &Path, place: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, new, CWD, place, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange_at_once(_: &Path, _: &Path) -> bool {
    false
}

/// Compares a published folder with its checksums; none where nothing was published there.
///
/// # Errors
/// Where the system refuses to read.
pub fn verify(destination: &Path) -> anyhow::Result<Option<Differences>> {
    let list = destination.join(CHECKSUMS);
    let text = match read_plain(&list) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
            return Err(Failure::new("not-a-file").at(&list).into());
        }
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(about("unreadable", &list)(error).into()),
    };
    let expected: BTreeMap<&str, &str> =
        text.lines().filter_map(|line| line.split_once("  ")).map(|(sum, path)| (path, sum)).collect();
    let present = files_in(destination).map_err(about("unreadable", destination))?;
    let (known, added): (BTreeSet<String>, BTreeSet<String>) =
        present.into_iter().filter(|path| path != CHECKSUMS).partition(|path| expected.contains_key(path.as_str()));
    let missing = expected.keys().filter(|path| !known.contains(**path)).map(|path| (*path).to_owned()).collect();
    let link = |path: &str| destination.join(path).is_symlink();
    let sums = checksums(destination, &known).into_iter();
    let changed = sums.filter(|(path, sum)| link(path) || sum.as_deref().ok() != expected.get(path.as_str()).copied());
    Ok(Some(Differences {
        changed: changed.map(|(path, _)| path).collect(),
        missing,
        added: added.into_iter().collect(),
    }))
}
