//! What went wrong outside the book, said in the reader's language on printing.

use std::fmt;
use std::path::Path;

use crate::book::history::Unread;
use crate::language::Language;
use crate::text::visible_name;
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

    /// Names the path that it is about, also as what a person can type behind a command.
    #[must_use]
    pub fn at(self, path: &Path) -> Self {
        self.with("path", visible_name(&path.to_string_lossy())).with("argument", argument(path))
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

/// A path as one argument of a command that a person copies into a terminal of this system.
pub fn argument(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "_./:~-+@%,".contains(c) || cfg!(windows) && c == '\\';
    match (!text.is_empty() && text.chars().all(plain), cfg!(windows)) {
        (true, _) => text,
        (false, true) => format!("\"{text}\""),
        (false, false) => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

/// Turns an error of the system into a failure about a path.
pub(super) fn about<'a>(key: &'static str, path: &'a Path) -> impl FnOnce(std::io::Error) -> Failure + 'a {
    move |error| Failure::new(key).at(path).with("words", error)
}

#[cfg(all(test, not(windows)))]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_argument_of_a_shell() {
        for (path, written) in [
            ("/srv/www/isms", "/srv/www/isms"),
            ("../公開先", "../公開先"),
            ("../our isms", "'../our isms'"),
            ("it's", "'it'\\''s'"),
            ("a;rm b", "'a;rm b'"),
            ("公開 $HOME", "'公開 $HOME'"),
        ] {
            assert_eq!(argument(Path::new(path)), written);
        }
    }
}
