//! Reading a book's folder into memory: `book.toml`, `catalogs/`, `content/` and `themes/`, and nothing else of it.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::Failure;
use crate::address::MANIFEST;
use crate::files::{File, FilePath, Files, Problem};
use crate::language::Localized;
use crate::words::{localized, of_system};

/// The folders of a book that are read; all else in its folder is none of ours.
pub const FOLDERS: [&str; 3] = ["catalogs", "content", "themes"];

/// What was read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The files.
    pub files: Files,
    /// Whether a file's path in the book may be another than on the disk: symbolic links lead to it, or two names fall on one.
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
        if is_book {
            return Ok(root);
        }
        let failure = Failure::new(if holds_documents(&root) { "no-book-yet" } else { "no-book" });
        return Err(failure.at(start).into());
    }
    let here = absolute(Path::new("."))?;
    // A folder of texts is a book without settings, where nothing above is one with them.
    let plain = || here.join("content").is_dir().then(|| here.clone());
    book_above(&here).or_else(plain).ok_or_else(|| {
        let failure = Failure::new(if holds_documents(&here) { "no-book-yet" } else { "no-book-above" });
        failure.at(&here).into()
    })
}

/// The folder at `here`, or the nearest above, that holds `book.toml`.
pub fn book_above(here: &Path) -> Option<PathBuf> {
    here.ancestors().find(|folder| folder.join("book.toml").is_file()).map(Path::to_path_buf)
}

/// Whether a folder that is no book holds what could become one: Markdown files, in it or one folder below.
fn holds_documents(root: &Path) -> bool {
    let seen = WalkDir::new(root).max_depth(2).into_iter().filter_entry(|entry| !is_hidden(entry.file_name()));
    let mut names = seen.take(10_000).flatten().filter(|entry| entry.file_type().is_file());
    names.any(|entry| FilePath::new(&entry.file_name().to_string_lossy()).is_markdown())
}

/// Reads the book in `root`, an absolute path. What cannot be read is in the files with its problem.
pub fn read(root: &Path) -> Reading {
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
    let mut walk = Walk::new(root.clone());
    walk.settings(&root.join("book.toml"));
    for folder in FOLDERS {
        walk.folder(&root.join(folder), folder);
    }
    let Walk { found, twins, linked, .. } = walk;
    let read: Vec<(FilePath, File)> = found.into_par_iter().map(|(path, source)| (path, source.read())).collect();
    let mut files = Files::new();
    for (path, file) in read {
        files.insert(path, file);
    }
    // One file may stand at several paths, or bear another name than on the disk.
    let linked = linked || !twins.is_empty();
    for (path, other) in twins {
        files.note_twin(path, other);
    }
    Reading { files, linked }
}

/// Where each file of the book stands on the disk, behind links and in the letters of the disk.
pub(super) fn places(root: &Path) -> BTreeMap<FilePath, PathBuf> {
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
    let mut walk = Walk::new(root.clone());
    walk.settings(&root.join("book.toml"));
    for folder in FOLDERS {
        walk.folder(&root.join(folder), folder);
    }
    let place = |(path, source)| match source {
        Source::At(place) => Some((path, place)),
        _ => None,
    };
    walk.found.into_iter().filter_map(place).collect()
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
            Ok(metadata) if metadata.is_file() => {
                let name = FilePath::new(&name);
                let source =
                    if name.is_unbuilt() && is_content(relative) { Source::Unread } else { Source::At(path.clone()) };
                files.insert(name, source.read());
            }
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

/// Whether a path, relative to the book, is one of the book's. Of content that is not built only the name counts.
pub(super) fn belongs(relative: &Path) -> bool {
    if relative == Path::new("book.toml") {
        return true;
    }
    let in_folder = relative.iter().next().is_some_and(|first| FOLDERS.iter().any(|folder| first == *folder));
    in_folder && !relative.iter().any(is_hidden) && (!relative.starts_with("catalogs") || is_yaml(relative))
}

/// What no author shows: `.git`, `.DS_Store` and the like.
pub(super) fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().first().is_some_and(|byte| *byte == b'.')
}

fn is_content(relative: &Path) -> bool {
    relative.starts_with("content")
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

fn plain_name(relative: &Path) -> Option<String> {
    let text = relative.to_str()?;
    // What is written otherwise as a path of the book may be the name of another file there.
    let same = FilePath::new(text).as_str() == text;
    (cfg!(windows) || same).then(|| text.replace(std::path::MAIN_SEPARATOR, "/"))
}

/// Where the content of a file comes from.
enum Source {
    At(PathBuf),
    /// Nothing is built of it, so that its name is all that is asked for.
    Unread,
    Nowhere(Problem),
}

impl Source {
    fn read(self) -> File {
        match self {
            Self::At(path) => read_file(&path),
            Self::Unread => File::new(Vec::new()),
            Self::Nowhere(problem) => File::with_problem(problem),
        }
    }
}

/// A walk through the folders of a book.
struct Walk {
    root: PathBuf,
    found: BTreeMap<FilePath, Source>,
    /// Files whose name was another's already, by the name they have now.
    twins: Vec<(FilePath, FilePath)>,
    /// Folders that a link has led into. Each is entered once only, or links that cross would multiply for ever.
    entered: BTreeSet<PathBuf>,
    linked: bool,
}

impl Walk {
    fn new(root: PathBuf) -> Self {
        Self { root, found: BTreeMap::new(), twins: Vec::new(), entered: BTreeSet::new(), linked: false }
    }

    /// Notes `book.toml`, where there is one.
    fn settings(&mut self, path: &Path) {
        match fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_symlink() => self.link(path, "book.toml"),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            _ => self.note("book.toml", Source::At(path.to_path_buf())),
        }
    }

    /// Notes the files below `folder`, whose path within the book is `name`.
    fn folder(&mut self, folder: &Path, name: &str) {
        match fs::symlink_metadata(folder) {
            Ok(metadata) if metadata.is_symlink() => return self.link(folder, name),
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return self.note(name, Source::Nowhere(Problem::NoFolder)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(error) => return self.note(name, Source::Nowhere(Problem::Unreadable(of_system(&error)))),
        }
        let walk = WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| !is_hidden(entry.file_name())) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => self.entry(&entry, &name_of(entry.path(), folder, name)),
                Err(error) => {
                    let path = error.path().map_or_else(|| name.to_owned(), |path| name_of(path, folder, name));
                    self.note(&path, Source::Nowhere(Problem::Unreadable(system_words(&error))));
                }
            }
        }
    }

    fn entry(&mut self, entry: &walkdir::DirEntry, name: &str) {
        let unbuilt = is_content(Path::new(name)) && FilePath::new(name).is_unbuilt();
        let catalog = !name.starts_with("catalogs/") || is_yaml(Path::new(name));
        if unbuilt {
            self.note(name, Source::Unread);
        } else if entry.file_type().is_symlink() {
            self.link(entry.path(), name);
        } else if catalog {
            self.note(name, Source::At(entry.path().to_path_buf()));
        }
    }

    /// A symbolic link: followed within the book, a problem where it leads out, in a circle or to nothing.
    fn link(&mut self, link: &Path, name: &str) {
        self.linked = true;
        let target = match fs::canonicalize(link) {
            Ok(target) => target,
            Err(error) => return self.note(name, Source::Nowhere(Problem::Unreadable(of_system(&error)))),
        };
        let within = target.strip_prefix(&self.root).ok().filter(|within| !is_foreign(&self.root, within));
        if within.is_none() {
            return self.note(name, Source::Nowhere(Problem::OutsideBook));
        }
        if !target.is_dir() {
            return self.note(name, Source::At(target));
        }
        let here = link.parent().and_then(|folder| fs::canonicalize(folder).ok()).unwrap_or_default();
        if here.starts_with(&target) {
            return self.note(name, Source::Nowhere(Problem::Unreadable(localized("system.link-loop"))));
        }
        if self.entered.insert(target.clone()) {
            self.folder(&target, name);
        }
    }

    /// Adds a file. What is a name of its own on the disk may be another's as a path of the book: then it gets a free one.
    fn note(&mut self, name: &str, source: Source) {
        let wanted = FilePath::new(name);
        let (stem, ending) =
            name.rsplit_once('.').map_or((name, String::new()), |(stem, end)| (stem, format!(".{end}")));
        let numbered = (2..).map(|number| FilePath::new(&format!("{stem}-{number}{ending}")));
        let mut names = std::iter::once(wanted.clone()).chain(numbered);
        let free = names.find(|name| !self.found.contains_key(name)).expect("one number of all is free");
        if free != wanted {
            self.twins.push((free.clone(), wanted));
        }
        self.found.insert(free, source);
    }
}

/// Whether a path, relative to the book, is none of its texts though it lies in its folder: what is hidden (`.git`, `.env`), and
/// a site that was written.
fn is_foreign(root: &Path, within: &Path) -> bool {
    let written = || within.ancestors().any(|folder| root.join(folder).join(MANIFEST).is_file());
    within.iter().any(is_hidden) || written()
}

/// The path within the book of something below `folder`. What is not UTF-8 shows its place by `\u{fffd}`; a backslash,
/// which is a letter like any other on Unix, must not become a step between folders.
fn name_of(path: &Path, folder: &Path, name: &str) -> String {
    let mut full = name.to_owned();
    for part in path.strip_prefix(folder).unwrap_or(path) {
        full.push('/');
        full.push_str(&part.to_string_lossy().replace('\\', "-"));
    }
    full
}

fn system_words(error: &walkdir::Error) -> Localized {
    error.io_error().map_or_else(|| localized("system.link-loop"), of_system)
}

/// Reads one file. Only a plain one is opened: a pipe would never end.
fn read_file(path: &Path) -> File {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => {
            fs::read(path).map_or_else(|error| File::with_problem(Problem::Unreadable(of_system(&error))), File::new)
        }
        Ok(_) => File::with_problem(Problem::Special),
        Err(error) => File::with_problem(Problem::Unreadable(of_system(&error))),
    }
}
