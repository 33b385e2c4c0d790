//! Files as a command wants them to be, edit by edit, before anything is written.

use super::front_matter::FrontMatter;
use super::{Edit, Reason, Refusal, apply};
use crate::files::{File, FilePath, Files};
use crate::finding::Place;
use crate::text::Span;

/// Why a command does nothing: its words stand under `cli.failure.KEY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Denied {
    /// A text cannot be edited.
    Refused(Refusal),
    /// What was asked cannot be done in this book.
    Because {
        /// Why.
        key: &'static str,
        /// What fills the placeholders of the words.
        values: Vec<(&'static str, String)>,
        /// Where the reason stands.
        place: Option<Place>,
    },
}

impl Denied {
    /// What was asked cannot be done, and why.
    pub fn because(key: &'static str, values: &[(&'static str, &str)]) -> Self {
        let values = values.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        Self::Because { key, values, place: None }
    }

    /// The same with the place of the reason.
    #[must_use]
    pub fn at(self, at: Place) -> Self {
        match self {
            Self::Because { key, values, .. } => Self::Because { key, values, place: Some(at) },
            refused @ Self::Refused(_) => refused,
        }
    }
}

impl From<Refusal> for Denied {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Files as they are to be.
#[derive(Debug, Clone)]
pub struct Draft {
    files: Files,
}

impl Draft {
    /// The files as they are.
    pub fn new(files: &Files) -> Self {
        Self { files: files.clone() }
    }

    /// The files as they are to be.
    pub fn files(self) -> Files {
        self.files
    }

    /// The text of a file as it is by now.
    pub fn text(&self, path: &FilePath) -> Option<&str> {
        self.files.text(path)
    }

    /// Begins a file.
    pub fn create(&mut self, path: &FilePath, text: &str) {
        self.files.insert(path.clone(), File::new(text.as_bytes().to_vec()));
    }

    /// Changes the front matter of a file as it is by now.
    ///
    /// # Errors
    /// Where that cannot be done without touching what is to stay.
    pub fn change(
        &mut self,
        path: &FilePath,
        change: impl FnOnce(&FrontMatter<'_>) -> Result<Vec<Edit>, Refusal>,
    ) -> Result<(), Refusal> {
        let text = self.files.text(path).ok_or_else(|| Reason::NoText.at(Span::default()).of(path))?;
        let edits = change(&FrontMatter::read(path, text)?)?;
        self.files = apply(&self.files, &edits)?;
        Ok(())
    }

    /// Makes edits of the files as they were; of each file only once.
    ///
    /// # Errors
    /// Where two edits meet, or one does not fit its file.
    pub fn edit(&mut self, edits: &[Edit]) -> Result<(), Refusal> {
        self.files = apply(&self.files, edits)?;
        Ok(())
    }
}
