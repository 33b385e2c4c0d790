//! A book on disk, opened once: read, read again after changes, with what git knows of it, at another commit, and with texts
//! laid over files that are not saved yet. No other way leads from a folder to a snapshot.

mod past;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use past::{Past, changes_since};

use crate::book::history::History;
use crate::changes::Comparison;
use crate::config::Audience;
use crate::date::Date;
use crate::disk::git;
use crate::disk::read::{self, Reading};
use crate::disk::rewrite;
use crate::files::{File, FilePath, Files};
use crate::project::{BrokenConfig, Inputs, Project, Snapshot};

/// A book on disk.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    project: Project,
    reading: Reading,
    /// Texts that count in place of what stands on the disk.
    unsaved: BTreeMap<FilePath, File>,
    // Asked for with whole readings only: git takes longer than all the rest of a change.
    commit: Option<String>,
    history: Arc<History>,
    // What `[build] compare_with` names, as long as the same commit is checked out.
    past: Option<(String, Date, anyhow::Result<Past>)>,
}

impl Workspace {
    /// The book in `folder`, else the one here or above. Nothing of it is read yet.
    ///
    /// # Errors
    /// There is none.
    pub fn find(folder: Option<&Path>) -> anyhow::Result<Self> {
        Ok(Self {
            root: read::find_root(folder)?,
            project: Project::new(),
            reading: Reading::default(),
            unsaved: BTreeMap::new(),
            commit: None,
            history: Arc::default(),
            past: None,
        })
    }

    /// The same, read.
    ///
    /// # Errors
    /// There is none.
    pub fn open(folder: Option<&Path>) -> anyhow::Result<Self> {
        let mut workspace = Self::find(folder)?;
        workspace.read();
        Ok(workspace)
    }

    /// The folder of the book, absolute and without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The commit that the files stand at, as far as git was asked.
    pub fn commit(&self) -> Option<&str> {
        self.commit.as_deref()
    }

    /// Where the book lies within its repository, with a slash at its end; none without a repository.
    pub fn within(&self) -> Option<String> {
        git::within(&self.root)
    }

    /// Whether the clone keeps back what git would tell of documents.
    pub fn is_shallow(&self) -> bool {
        git::is_shallow(&self.root)
    }

    /// Reads everything.
    pub fn read(&mut self) {
        self.reading = read::read(&self.root);
        let commit = git::commit(&self.root);
        // The history is that of the commit: it stays as long as no other is checked out.
        if self.commit != commit || commit.is_none() || self.history.unread.is_some() {
            self.history = Arc::new(git::history(&self.root, &self.reading.files));
            self.past = None;
        }
        self.commit = commit;
    }

    /// Reads what stands at `changed` (absolute paths) again, everything where that is not told. Gives the files whose content
    /// is another now, none where that is none.
    pub fn read_again(&mut self, changed: Option<&BTreeSet<PathBuf>>) -> Vec<FilePath> {
        let some = changed.and_then(|changed| read::read_again(&self.root, &self.reading, changed));
        let old = std::mem::take(&mut self.reading);
        match some {
            Some(new) => self.reading = new,
            None => self.read(),
        }
        let files = differences(&old.files, &self.reading.files);
        let (before, now) = (&old.files, &self.reading.files);
        if files.iter().any(|path| git::names_other_days(before.get(path), now.get(path))) {
            self.history = Arc::new(git::history(&self.root, now));
        }
        files
    }

    /// Lays a text over a file, which need not exist, or takes it away again. The disk is not touched.
    pub fn lay_over(&mut self, path: FilePath, text: Option<&str>) {
        match text {
            Some(text) => self.unsaved.insert(path, File::new(text.as_bytes().to_vec())),
            None => self.unsaved.remove(&path),
        };
    }

    /// The files of the book, with the texts that are laid over them.
    pub fn files(&self) -> Files {
        let mut files = self.reading.files.clone();
        for (path, file) in &self.unsaved {
            files.insert(path.clone(), file.clone());
        }
        files
    }

    /// The snapshot of what was read, on a day.
    ///
    /// # Errors
    /// [`BrokenConfig`] where `book.toml` is no TOML. Everything else is a finding.
    pub fn snapshot(&mut self, today: Date) -> Result<Snapshot, BrokenConfig> {
        self.snapshot_of(self.files(), today)
    }

    /// The same with other files, as edits make them. The disk is not touched.
    ///
    /// # Errors
    /// [`BrokenConfig`] where `book.toml` is no TOML. Everything else is a finding.
    pub fn snapshot_of(&mut self, files: Files, today: Date) -> Result<Snapshot, BrokenConfig> {
        let commit = self.commit.clone();
        self.project.snapshot(Inputs { files, today, commit, history: Arc::clone(&self.history) })
    }

    /// Writes what edits have made of the files as they were read, and reads it again. Gives the files that were written.
    ///
    /// # Errors
    /// Where a file has changed since it was read, or the system refuses.
    pub fn write(&mut self, before: &Files, after: &Files) -> anyhow::Result<Vec<FilePath>> {
        let written = rewrite::rewrite(&self.root, before, after)?;
        self.read();
        Ok(written)
    }

    /// The book as it stood at a revision: a tag, a branch, a commit. It is seen from a day.
    ///
    /// # Errors
    /// Where there is no git, no repository, no such revision, no book in it, or one whose `book.toml` is no TOML.
    pub fn at(&self, revision: &str, today: Date) -> anyhow::Result<Past> {
        past::read_at(&self.root, revision, today)
    }

    /// What `[build] compare_with` asks for, of what is shown: all of a snapshot, or what an audience sees of it; none where it
    /// asks for nothing.
    pub fn comparison(
        &mut self,
        now: &Snapshot,
        shown: &Arc<Snapshot>,
        audience: Option<&Audience>,
    ) -> Option<Arc<Comparison>> {
        let with = now.book.config.build.compare_with.clone().filter(|with| !with.is_empty())?;
        let today = now.derived.today;
        let known = self.past.take().filter(|(of, day, _)| *of == with && *day == today);
        let root = &self.root;
        let (_, _, past) =
            self.past.insert(known.unwrap_or_else(|| (with.clone(), today, past::read_at(root, &with, today))));
        Some(Arc::new(past::compared(with, past, now, shown, audience)))
    }
}

/// The files whose content differs, or that are on one side only.
fn differences(old: &Files, new: &Files) -> Vec<FilePath> {
    let same = |path: &FilePath, file: &File| {
        old.get(path).is_some_and(|old| old.hash == file.hash && old.problem == file.problem)
    };
    let gone = old.iter().filter(|(path, _)| new.get(path).is_none());
    gone.chain(new.iter().filter(|(path, file)| !same(path, file))).map(|(path, _)| path.clone()).collect()
}
