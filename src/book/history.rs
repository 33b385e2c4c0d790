//! What git remembers of a file, as plain values: when its text last changed, and how it stood on the days that count.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::date::Date;
use crate::files::FilePath;

/// What git remembers of the files of the book; empty without git.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Each file that git knows.
    pub files: BTreeMap<FilePath, FileHistory>,
    /// Why more is not known, where git keeps the book and could not be asked.
    pub unread: Option<Unread>,
}

/// What git remembers of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileHistory {
    /// Its last change.
    pub last: Change,
    /// The whole text as it stood at the end of some days, newest first. Only the days that the front matter names are asked
    /// for: every text of a grown book would be too much to read.
    pub stood: Vec<(Date, Arc<str>)>,
}

/// One commit that changed a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The day, as its author wrote it.
    pub day: Date,
    /// Who wrote it.
    pub author: String,
    /// The short name of the commit.
    pub commit: String,
}

/// git is there and did not answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Why.
    pub cause: Cause,
    /// git's own words.
    pub words: String,
}

/// Why git did not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// There is no program to ask.
    NotInstalled,
    /// The repository belongs to somebody else.
    Owner,
    /// The clone holds a part of the objects only.
    Objects,
    /// It was asked and said nothing.
    Silent,
    /// Anything else.
    Broken,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 5] = [Self::NotInstalled, Self::Owner, Self::Objects, Self::Silent, Self::Broken];

    /// The variant of the wording that tells it.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotInstalled => "not-installed",
            Self::Owner => "owner",
            Self::Objects => "objects",
            Self::Silent => "silent",
            Self::Broken => "broken",
        }
    }
}

impl History {
    /// What git remembers of a file.
    pub fn get(&self, path: &FilePath) -> Option<&FileHistory> {
        self.files.get(path)
    }
}

impl From<Unread> for History {
    fn from(unread: Unread) -> Self {
        Self { unread: Some(unread), ..Self::default() }
    }
}

impl FileHistory {
    /// The text as it stood at the end of a day, where git had it by then.
    pub fn on(&self, day: Date) -> Option<&str> {
        self.stood.iter().find(|(of, _)| *of <= day).map(|(_, text)| &**text)
    }
}
