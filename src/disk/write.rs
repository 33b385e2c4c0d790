//! Writing a site into a folder. A manifest tells what stands there: only changed bytes are written, only what the
//! manifest names is removed, and nothing foreign is touched.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use super::Failure;
use super::failure::about;
use super::file::read_plain;
use crate::address::MANIFEST;
use crate::files::{Hash, hash_of};
use crate::text::hex;

/// What the name of a file begins with until it is whole.
pub(super) const BEGUN: &str = ".ismsbook-";

/// The first line of a manifest.
const HEAD: &str = "ismsbook manifest 1";

/// What a run of writing did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files with new bytes.
    pub written: usize,
    /// Files that were right already.
    pub unchanged: usize,
    /// Files that were there before and belong to the site no more.
    pub removed: usize,
}

/// Where a site goes, resolved against the book's folder.
///
/// # Errors
/// Where it would lie among the book's sources, be the book's folder itself or hold it.
pub fn output_folder(root: &Path, output: &Path) -> anyhow::Result<PathBuf> {
    let folder = resolved(&root.join(output));
    let root = resolved(root);
    let among_sources = super::read::FOLDERS.iter().any(|source| folder.starts_with(root.join(source)));
    if among_sources || root.starts_with(&folder) {
        return Err(Failure::new("output-is-book").at(output).into());
    }
    Ok(folder)
}

/// The folder that `[build] output` names: below the book's own and nowhere hidden. Where else a site goes is said by whoever runs
/// the program, not by the book that somebody handed over.
///
/// # Errors
/// Where it lies elsewhere, and as for [`output_folder`].
pub fn own_output_folder(root: &Path, output: &str) -> anyhow::Result<PathBuf> {
    let folder = output_folder(root, Path::new(output))?;
    match folder.strip_prefix(resolved(root)) {
        Ok(within) if !within.iter().any(super::read::is_hidden) => Ok(folder),
        _ => Err(Failure::new("output-outside").at(Path::new(output)).into()),
    }
}

/// The path without links and dots, as far as it exists; the rest is taken as written.
fn resolved(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            part => clean.push(part),
        }
        clean = fs::canonicalize(&clean).unwrap_or(clean);
    }
    clean
}

/// Writes the files `paths`, each rendered by `render`, into `output`.
///
/// # Errors
/// Where the output holds files that ismsbook did not write and no manifest, where a foreign file stands in a page's
/// place, or where the system refuses.
pub fn write(output: &Path, paths: &[String], render: impl Fn(&str) -> Arc<[u8]> + Sync) -> anyhow::Result<Written> {
    for path in paths {
        safe(path)?;
    }
    fs::create_dir_all(output).map_err(about("unwritable", output))?;
    let old = read_manifest(output)?;
    let Some(old) = old.or_else(|| is_empty(output).then(BTreeMap::new)) else {
        return Err(Failure::new("foreign-output").at(output).into());
    };
    let folders = Folders { output, made: Mutex::default() };
    // The union is noted before anything is written: after a crash the next run still knows its own.
    let unknown: BTreeMap<&str, Hash> = paths.iter().map(|path| (path.as_str(), Hash::default())).collect();
    let union: BTreeMap<&str, Hash> = old.iter().map(|(path, hash)| (path.as_str(), *hash)).chain(unknown).collect();
    let foreign = paths.iter().find(|path| !old.contains_key(*path) && fs::symlink_metadata(output.join(path)).is_ok());
    if let Some(path) = foreign {
        return Err(Failure::new("foreign-file").at(&output.join(path)).into());
    }
    if paths.iter().any(|path| !old.contains_key(path)) {
        write_manifest(output, &union)?;
    }
    let written = AtomicUsize::new(0);
    let new: BTreeMap<&str, Hash> = paths
        .par_iter()
        .map(|path| {
            let bytes = render(path);
            folders.prepare(path)?;
            if write_if_changed(&output.join(path), &bytes).map_err(about("unwritable", &output.join(path)))? {
                written.fetch_add(1, Ordering::Relaxed);
            }
            Ok((path.as_str(), hash_of(&bytes)))
        })
        .collect::<anyhow::Result<_>>()?;
    let gone: Vec<&String> = old.keys().filter(|path| !new.contains_key(path.as_str())).collect();
    let removed = gone.into_iter().filter(|path| remove(output, path)).count();
    write_manifest(output, &new)?;
    let written = written.into_inner();
    Ok(Written { written, unchanged: new.len() - written, removed })
}

/// A path of the site must stay below the output, whatever made it.
fn safe(path: &str) -> anyhow::Result<()> {
    let plain = !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    if plain { Ok(()) } else { Err(Failure::new("unsafe-path").with("path", path).into()) }
}

/// Whether a folder holds nothing.
pub fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

/// The folders of the output, made when first needed.
struct Folders<'a> {
    output: &'a Path,
    made: Mutex<BTreeSet<PathBuf>>,
}

impl Folders<'_> {
    /// Makes the folders above a file. A symbolic link among them would lead the file out of the output.
    fn prepare(&self, path: &str) -> anyhow::Result<()> {
        let Some(parent) = Path::new(path).parent() else { return Ok(()) };
        let mut made = self.made.lock().expect("no thread panics while it holds the lock");
        if made.contains(parent) {
            return Ok(());
        }
        let mut folder = self.output.to_path_buf();
        for part in parent {
            folder.push(part);
            match fs::symlink_metadata(&folder) {
                Ok(metadata) if metadata.is_dir() => {}
                Ok(_) => return Err(Failure::new("foreign-file").at(&folder).into()),
                Err(_) => fs::create_dir(&folder).map_err(about("unwritable", &folder))?,
            }
        }
        made.insert(parent.to_path_buf());
        Ok(())
    }
}

/// Writes a file where its bytes are others; says whether it did. Readers see the old or the new file, never a half.
fn write_if_changed(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let same_size =
        fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() == bytes.len() as u64);
    if same_size && fs::read(path)? == bytes {
        return Ok(false);
    }
    write_whole(path, bytes)?;
    Ok(true)
}

/// Writes a file beside its place and moves it there.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(BEGUN);
    for_everybody(&mut builder, 0o666);
    let mut file = builder.tempfile_in(path.parent().unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Temporary files are private to their owner; what a web server reads must be as open as the system's habit allows.
#[cfg(unix)]
pub(super) fn for_everybody(builder: &mut tempfile::Builder<'_, '_>, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    builder.permissions(fs::Permissions::from_mode(mode));
}

#[cfg(not(unix))]
pub(super) fn for_everybody(_: &mut tempfile::Builder<'_, '_>, _: u32) {}

/// Removes a file that the manifest names, and the folders that this leaves empty; says whether there was one.
fn remove(output: &Path, path: &str) -> bool {
    let full = output.join(path);
    let through_link = full.ancestors().skip(1).take_while(|folder| *folder != output).any(Path::is_symlink);
    if safe(path).is_err() || through_link || fs::remove_file(&full).is_err() {
        return false;
    }
    for folder in full.ancestors().skip(1).take_while(|folder| *folder != output) {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    true
}

/// What the manifest of a folder names; none where there is no manifest.
///
/// # Errors
/// Where there is one that is none of ours.
pub fn read_manifest(output: &Path) -> anyhow::Result<Option<BTreeMap<String, Hash>>> {
    let path = output.join(MANIFEST);
    let text = match read_plain(&path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
            return Err(Failure::new("not-a-file").at(&path).into());
        }
        Err(error) => return Err(about("unreadable", &path)(error).into()),
    };
    let Some(rest) = text.strip_prefix(HEAD) else { return Err(Failure::new("foreign-output").at(output).into()) };
    Ok(Some(rest.lines().filter_map(manifest_line).collect()))
}

fn manifest_line(line: &str) -> Option<(String, Hash)> {
    let (digits, path) = line.split_once("  ")?;
    let mut hash = Hash::default();
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some((path.to_owned(), hash))
}

fn write_manifest(output: &Path, files: &BTreeMap<&str, Hash>) -> anyhow::Result<()> {
    let path = output.join(MANIFEST);
    write_if_changed(&path, manifest(files).as_bytes()).map_err(about("unwritable", &path))?;
    Ok(())
}

/// The text of a manifest.
pub(super) fn manifest(files: &BTreeMap<&str, Hash>) -> String {
    let mut text = format!("{HEAD}\n");
    for (path, hash) in files {
        text.push_str(&hex(hash));
        text.push_str("  ");
        text.push_str(path);
        text.push('\n');
    }
    text
}
