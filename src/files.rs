//! The ground state of a book: every file as a plain value in memory.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::language::Localized;
use crate::text::composed;

/// A path relative to the book's folder, with `/` on every system and in composed letters: macOS may keep `バ` as `ハ` with a
/// mark behind it, while links and settings are typed as one letter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FilePath(Arc<str>);

impl FilePath {
    /// The path as written; backslashes become slashes, and letters are composed.
    pub fn new(path: &str) -> Self {
        Self(composed(&path.replace('\\', "/")).into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that holds the file, without a trailing slash; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The name of the file within its folder.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The path without the ending of a Markdown file; none where it is no such file.
    pub fn markdown_stem(&self) -> Option<&str> {
        let (stem, ending) = self.0.rsplit_once('.')?;
        MARKDOWN.iter().any(|known| ending.eq_ignore_ascii_case(known)).then_some(stem)
    }

    /// Whether it is a Markdown file.
    pub fn is_markdown(&self) -> bool {
        self.markdown_stem().is_some()
    }

    /// Whether it is `_index.md`, as other tools call the page of a folder: a name that is not built, and was not meant so.
    pub fn is_taken_for_page(&self) -> bool {
        let stem = self.markdown_stem().map(|stem| stem.rsplit('/').next().unwrap_or(stem));
        let plain_folder = !self.folder().split('/').any(|part| part.starts_with(['_', '.']));
        plain_folder && stem.is_some_and(|stem| stem == "_index" || stem.starts_with("_index."))
    }

    /// Whether a file or folder on the path has a name that its author keeps from being built.
    pub fn is_unbuilt(&self) -> bool {
        self.0.split('/').any(|part| part.starts_with(['_', '.']))
    }
}

/// The endings of Markdown files, in letters of either size; the usual one first.
pub const MARKDOWN: [&str; 2] = ["md", "markdown"];

impl fmt::Display for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A path joined to a folder, its `.` and `..` resolved; none where it leaves the folder that both count from.
pub fn join(base: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A hash of a file's content.
pub type Hash = [u8; 32];

/// One file: its bytes and their hash, or why it could not be read.
#[derive(Debug, Clone)]
pub struct File {
    /// The content; empty where the file could not be read.
    pub bytes: Arc<[u8]>,
    /// The hash of the content.
    pub hash: Hash,
    /// Why the file could not be read.
    pub problem: Option<Problem>,
}

/// Why a file is in the book without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The system refused; its own words.
    Unreadable(Localized),
    /// A pipe, a socket or a device: reading it might never end.
    Special,
    /// A file in the place of one of the book's folders.
    NoFolder,
    /// A symbolic link that leads out of the book.
    OutsideBook,
}

impl File {
    /// A file with this content.
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Self { hash: hash_of(&bytes), bytes, problem: None }
    }

    /// A file that could not be read.
    pub fn with_problem(problem: Problem) -> Self {
        Self { problem: Some(problem), ..Self::new(Vec::new()) }
    }

    /// The content as text.
    ///
    /// # Errors
    /// The offset of the first byte that is not UTF-8.
    pub fn text(&self) -> Result<&str, usize> {
        std::str::from_utf8(&self.bytes).map_err(|error| error.valid_up_to())
    }
}

/// The hash of some bytes.
pub fn hash_of(bytes: &[u8]) -> Hash {
    *blake3::hash(bytes).as_bytes()
}

/// Every file of the book by its path, in the order of paths.
#[derive(Debug, Clone, Default)]
pub struct Files {
    by_path: BTreeMap<FilePath, File>,
    twins: BTreeMap<FilePath, FilePath>,
}

impl Files {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, path: FilePath, file: File) {
        self.by_path.insert(path, file);
    }

    /// Notes that a file bears another name than on the disk, since as a path of the book its own is that of `other`.
    pub fn note_twin(&mut self, path: FilePath, other: FilePath) {
        self.twins.insert(path, other);
    }

    /// The files that bear another name than on the disk, each with the one whose name it would have shared.
    pub fn twins(&self) -> impl Iterator<Item = (&FilePath, &FilePath)> {
        self.twins.iter()
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &FilePath) {
        self.by_path.remove(path);
        self.twins.remove(path);
    }

    /// The file at a path.
    pub fn get(&self, path: &FilePath) -> Option<&File> {
        self.by_path.get(path)
    }

    /// The text at a path, where there is a file that could be read and is text.
    pub fn text(&self, path: &FilePath) -> Option<&str> {
        self.get(path).filter(|file| file.problem.is_none())?.text().ok()
    }

    /// All files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&FilePath, &File)> {
        self.by_path.iter()
    }

    /// The files whose path begins with `prefix` (a folder with its trailing slash).
    pub fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a FilePath, &'a File)> {
        self.by_path.range(FilePath::new(prefix)..).take_while(move |(path, _)| path.as_str().starts_with(prefix))
    }
}
