//! Reading a book's folder into memory: `book.toml`, `catalogs/`, `content/` and `themes/`, and nothing else of it.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::Failure;
use crate::files::{File, FilePath, Files, Problem};

/// The folders of a book that are read; all else in its folder is none of ours.
pub const FOLDERS: [&str; 3] = ["catalogs", "content", "themes"];

/// What was read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The files.
    pub files: Files,
    /// Whether symbolic links lead to some of them: then one file may stand at several paths.
    pub linked: bool,
}

/// The folder of the book: `start`, which must hold `book.toml` or at least `content/`; without it the folder of the
/// process or the nearest above that holds `book.toml`.
///
/// # Errors
/// There is none.
pub fn find_root(start: Option<&Path>) -> anyhow::Result<PathBuf> {
    let absolute = |path: &Path| fs::canonicalize(path).map_err(super::failure::about("unreadable", path));
    if let Some(start) = start {
        let root = absolute(start)?;
        let is_book = root.join("book.toml").is_file() || root.join("content").is_dir();
        return if is_book { Ok(root) } else { Err(Failure::new("no-book").at(start).into()) };
    }
    let here = absolute(Path::new("."))?;
    let found = here.ancestors().find(|folder| folder.join("book.toml").is_file());
    found.map(Path::to_path_buf).ok_or_else(|| Failure::new("no-book-above").at(&here).into())
}

/// Reads the book in `root`, an absolute path. What cannot be read is in the files with its problem.
pub fn read(root: &Path) -> Reading {
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
    let mut walk = Walk { root: root.clone(), found: Vec::new(), entered: BTreeSet::new(), linked: false };
    if root.join("book.toml").exists() {
        walk.found.push(("book.toml".to_owned(), Ok(root.join("book.toml"))));
    }
    for folder in FOLDERS {
        walk.folder(&root.join(folder), folder);
    }
    let read: Vec<(String, File)> = walk
        .found
        .into_par_iter()
        .map(|(path, file)| (path, file.map_or_else(File::with_problem, |file| read_file(&file))))
        .collect();
    let mut files = Files::new();
    for (path, file) in read {
        files.insert(FilePath::new(&path), file);
    }
    Reading { files, linked: walk.linked }
}

/// The files with what stands at `changed` (absolute paths) read again; none where that does not tell the whole change
/// (a folder came, a name is odd, links are about) and everything must be read.
pub fn read_again(root: &Path, reading: &Reading, changed: &BTreeSet<PathBuf>) -> Option<Reading> {
    if reading.linked {
        return None;
    }
    let mut files = reading.files.clone();
    for path in changed {
        let Ok(relative) = path.strip_prefix(root) else { continue };
        if !belongs(relative) {
            continue;
        }
        let name = plain_name(relative)?;
        match fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_file() => files.insert(FilePath::new(&name), read_file(path)),
            Ok(_) => return None,
            Err(_) => remove(&mut files, &name),
        }
    }
    Some(Reading { files, linked: false })
}

/// Takes away a file, or all files of a folder.
fn remove(files: &mut Files, name: &str) {
    let below = format!("{name}/");
    let gone: Vec<FilePath> = files.under(&below).map(|(path, _)| path.clone()).collect();
    for path in gone.iter().chain([&FilePath::new(name)]) {
        files.remove(path);
    }
}

/// Whether a path, relative to the book, is one that is read.
pub(super) fn belongs(relative: &Path) -> bool {
    if relative == Path::new("book.toml") {
        return true;
    }
    let in_folder = relative.iter().next().is_some_and(|first| FOLDERS.iter().any(|folder| first == *folder));
    let content = relative.starts_with("content");
    in_folder
        && relative.iter().skip(1).all(|part| !is_hidden(part, content))
        && (!relative.starts_with("catalogs") || is_yaml(relative))
}

/// What an author keeps to himself: `.git` and the like anywhere, drafts such as `_notes.md` in the content.
fn is_hidden(name: &OsStr, content: bool) -> bool {
    name.as_encoded_bytes().first().is_some_and(|byte| *byte == b'.' || content && *byte == b'_')
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

fn plain_name(relative: &Path) -> Option<String> {
    let text = relative.to_str()?;
    (cfg!(windows) || !text.contains('\\')).then(|| text.replace(std::path::MAIN_SEPARATOR, "/"))
}

/// A walk through the folders of a book.
struct Walk {
    root: PathBuf,
    found: Vec<(String, Result<PathBuf, Problem>)>,
    /// Folders that a link has led into. Each is entered once only, or links that cross would multiply for ever.
    entered: BTreeSet<PathBuf>,
    linked: bool,
}

impl Walk {
    /// Notes the files below `folder`, whose path within the book is `name`.
    fn folder(&mut self, folder: &Path, name: &str) {
        match fs::symlink_metadata(folder) {
            Ok(metadata) if metadata.is_symlink() => return self.link(folder, name),
            Ok(metadata) if metadata.is_dir() => {}
            _ => return,
        }
        let content = name.starts_with("content");
        let walk = WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| !is_hidden(entry.file_name(), content)) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => {
                    let path = self.name_of(entry.path(), folder, name);
                    if entry.file_type().is_symlink() {
                        self.link(entry.path(), &path);
                    } else {
                        self.note(path, Ok(entry.into_path()));
                    }
                }
                Err(error) => {
                    let path = error.path().map_or_else(|| name.to_owned(), |path| self.name_of(path, folder, name));
                    self.note(path, Err(Problem::Unreadable(system_words(&error))));
                }
            }
        }
    }

    /// A symbolic link: followed within the book, a problem where it leads out, in a circle or to nothing.
    fn link(&mut self, link: &Path, name: &str) {
        self.linked = true;
        let target = match fs::canonicalize(link) {
            Ok(target) => target,
            Err(error) => return self.note(name.to_owned(), Err(Problem::Unreadable(error.to_string()))),
        };
        if !target.starts_with(&self.root) {
            return self.note(name.to_owned(), Err(Problem::OutsideBook));
        }
        if !target.is_dir() {
            return self.note(name.to_owned(), Ok(target));
        }
        let here = link.parent().and_then(|folder| fs::canonicalize(folder).ok()).unwrap_or_default();
        if here.starts_with(&target) {
            return self.note(name.to_owned(), Err(Problem::Unreadable("symbolic link loop".to_owned())));
        }
        if self.entered.insert(target.clone()) {
            self.folder(&target, name);
        }
    }

    /// Adds a file under a name that no other has.
    fn note(&mut self, name: String, file: Result<PathBuf, Problem>) {
        if name.starts_with("catalogs/") && !is_yaml(Path::new(&name)) {
            return;
        }
        self.found.push((name, file));
    }

    /// The path within the book of something below `folder`. What is not UTF-8 shows its place by `\u{fffd}`; a
    /// backslash, which is a letter like any other on Unix, must not become a step between folders.
    fn name_of(&self, path: &Path, folder: &Path, name: &str) -> String {
        let mut full = name.to_owned();
        for part in path.strip_prefix(folder).unwrap_or(path) {
            full.push('/');
            full.push_str(&part.to_string_lossy().replace('\\', "-"));
        }
        if path.to_str().is_some() {
            return full;
        }
        // Two names that differ in a byte which is not UTF-8 only would meet.
        let taken = |full: &str| self.found.iter().any(|(name, _)| name == full);
        let (stem, extension) = full.rsplit_once('.').unwrap_or((&full, ""));
        let numbered = (2..).map(|number| format!("{stem}-{number}.{extension}"));
        std::iter::once(full.clone()).chain(numbered).find(|name| !taken(name)).expect("one number of all is free")
    }
}

fn system_words(error: &walkdir::Error) -> String {
    error.io_error().map_or_else(|| error.to_string(), ToString::to_string)
}

/// Reads one file. Only a plain one is opened: a pipe would never end.
fn read_file(path: &Path) -> File {
    let plain = fs::metadata(path).and_then(|metadata| {
        if metadata.is_file() { fs::read(path) } else { Err(std::io::ErrorKind::InvalidInput.into()) }
    });
    plain.map_or_else(|error| File::with_problem(Problem::Unreadable(error.to_string())), File::new)
}
