//! Single files that a person names on the command line.

use std::path::Path;
use std::{fs, io};

use super::Failure;
use super::failure::about;
use super::write::write_whole;

/// Writes a file, its folder included; the old one stays until the new one is whole.
///
/// # Errors
/// Where the system refuses.
pub fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(about("unwritable", folder))?;
    // What is there and no plain file, such as `/dev/stdout`, is written to and not replaced.
    let special = fs::metadata(path).is_ok_and(|metadata| !metadata.is_file());
    let done = if special { fs::write(path, bytes) } else { write_whole(path, bytes) };
    Ok(done.map_err(about("unwritable", path))?)
}

/// Writes a file that must not be there yet.
///
/// # Errors
/// Where it is there, or where the system refuses.
pub fn create(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(Failure::new("exists").at(path).into());
    }
    write(path, bytes)
}

/// Reads a text.
///
/// # Errors
/// Where it cannot be read, or is not UTF-8.
pub fn read_text(path: &Path) -> anyhow::Result<String> {
    Ok(fs::read_to_string(path).map_err(about("unreadable", path))?)
}

/// The bytes of a plain file that is no larger than any table that people make.
///
/// # Errors
/// Where it cannot be read, or is larger.
pub fn read_bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    const LARGEST: u64 = 200 << 20;
    let metadata = fs::metadata(path).map_err(about("unreadable", path))?;
    if metadata.is_file() && metadata.len() > LARGEST {
        return Err(Failure::new("import-too-large").at(path).into());
    }
    Ok(read_plain(path).map_err(about("unreadable", path))?)
}

/// The bytes of a plain file, or of one that a link leads to. Nothing else is opened: a pipe would never end.
pub(super) fn read_plain(path: &Path) -> io::Result<Vec<u8>> {
    if fs::metadata(path)?.is_file() { fs::read(path) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

/// Whether a path is a folder.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether there is something at a path.
pub fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
