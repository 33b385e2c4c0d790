//! What git remembers of a file, as plain values: when its text last changed, and how it stood on the days that count.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::date::Date;
use crate::files::FilePath;

/// What git remembers of the files of the book; empty without git.
pub type History = BTreeMap<FilePath, FileHistory>;

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

impl FileHistory {
    /// The text as it stood at the end of a day, where git had it by then.
    pub fn on(&self, day: Date) -> Option<&str> {
        self.stood.iter().find(|(of, _)| *of <= day).map(|(_, text)| &**text)
    }
}
