//! Folders that a run works in for a while, and what is left of them where it was cut off.

use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A hold on a folder that the system lets go when the process ends, however it ends; none where the system knows no such
/// hold.
pub(super) fn hold(folder: &Path) -> Option<File> {
    let folder = File::open(folder).ok()?;
    folder.try_lock().is_ok().then_some(folder)
}

/// The same, as soon as no other run has one.
pub(super) fn hold_when_free(folder: &Path) -> Option<File> {
    let folder = File::open(folder).ok()?;
    folder.lock().is_ok().then_some(folder)
}

/// Whether another process is at work in a folder. A program that somebody is just starting holds for a moment what its
/// starter held, so that one look is not enough.
fn is_held(folder: &Path) -> bool {
    let Ok(folder) = File::open(folder) else { return false };
    (0..20).all(|_| {
        let held = matches!(folder.try_lock(), Err(TryLockError::WouldBlock));
        if held {
            std::thread::sleep(Duration::from_millis(5));
        }
        held
    })
}

/// The folders in `parent` that runs which were cut off have left: their names are made of a prefix, six letters and perhaps
/// the suffix. In order of their names.
pub(super) fn left_in(parent: &Path, prefix: &OsStr, suffix: &str) -> io::Result<Vec<PathBuf>> {
    let names = fs::read_dir(parent)?.flatten().map(|entry| entry.file_name());
    let ours = names.filter(|name| is_ours(name.as_encoded_bytes(), prefix.as_encoded_bytes(), suffix.as_bytes()));
    let mut left: Vec<PathBuf> = ours.map(|name| parent.join(name)).collect();
    left.retain(|path| path.is_dir() && !path.is_symlink() && !is_held(path));
    left.sort();
    Ok(left)
}

/// The folders of `site` and of `site-old` are never mixed up, as exactly six letters tell them apart.
fn is_ours(name: &[u8], prefix: &[u8], suffix: &[u8]) -> bool {
    let rest = name.strip_prefix(prefix).map(|rest| rest.strip_suffix(suffix).unwrap_or(rest));
    rest.is_some_and(|rest| rest.len() == 6 && rest.iter().all(u8::is_ascii_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_ours_by_its_prefix_and_six_letters() {
        let ours = |name: &str| is_ours(name.as_bytes(), b".p-site-", b"-old");
        assert!(ours(".p-site-a1B2c3") && ours(".p-site-a1B2c3-old"));
        assert!(!ours(".p-site-x-a1B2c3") && !ours(".p-site-") && !ours(".p-site-a1B2c34") && !ours("site"));
    }
}
