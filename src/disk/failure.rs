//! What went wrong outside the book, said in the reader's language on printing.

use std::fmt;
use std::path::Path;

use crate::book::history::Unread;
use crate::language::Language;
use crate::words::Words;

/// Why the world did not do what was asked. It becomes words when it is printed, since only the command knows who reads.
#[derive(Debug)]
pub struct Failure {
    key: &'static str,
    values: Vec<(&'static str, String)>,
}

impl Failure {
    /// The failure whose words stand under `cli.failure.KEY`.
    pub fn new(key: &'static str) -> Self {
        Self { key, values: Vec::new() }
    }

    /// Fills a placeholder of its words.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// Names the path that it is about.
    #[must_use]
    pub fn at(self, path: &Path) -> Self {
        self.with("path", path.display())
    }

    /// Which failure it is.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// The sentence for a reader of these words.
    pub fn message(&self, words: &Words) -> String {
        let values: Vec<(&str, &str)> = self.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        words.fill(&format!("cli.failure.{}", self.key), &values)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Words::of(&Language::english())))
    }
}

impl std::error::Error for Failure {}

impl From<Unread> for Failure {
    fn from(unread: Unread) -> Self {
        Failure::new("git").with("words", unread.words)
    }
}

/// Turns an error of the system into a failure about a path.
pub(super) fn about<'a>(key: &'static str, path: &'a Path) -> impl FnOnce(std::io::Error) -> Failure + 'a {
    move |error| Failure::new(key).at(path).with("words", error)
}
