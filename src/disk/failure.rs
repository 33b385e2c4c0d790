//! What went wrong outside the book, said in the reader's language on printing.

use std::fmt;
use std::path::Path;

use crate::book::history::Unread;
use crate::language::{Language, Localized};
use crate::text::visible_name;
use crate::words::{Words, of_system};

/// Why the world did not do what was asked. It becomes words when it is printed, since only the command knows who reads.
#[derive(Debug)]
pub struct Failure {
    key: &'static str,
    values: Vec<(&'static str, Localized)>,
}

impl Failure {
    /// The failure whose words stand under `cli.failure.KEY`.
    pub fn new(key: &'static str) -> Self {
        Self { key, values: Vec::new() }
    }

    /// Fills a placeholder of its words.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.values.push((name, Localized::plain(&value.to_string())));
        self
    }

    /// Says why, in every language.
    #[must_use]
    pub fn because(mut self, why: Localized) -> Self {
        self.values.push(("words", why));
        self
    }

    /// Fills a placeholder with several things, as a reader of the language lists them.
    #[must_use]
    pub fn with_list(mut self, name: &'static str, items: &[impl AsRef<str>]) -> Self {
        let items: Vec<String> = items.iter().map(|item| item.as_ref().to_owned()).collect();
        self.values.push((name, Localized::said(|language| Words::of(language).join(&items))));
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
        let values = self.values.iter().map(|(name, value)| (*name, value.get(words.language())));
        let values: Vec<(&str, &str)> = values.collect();
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
    let text = visible_name(&path.to_string_lossy()).into_owned();
    let plain = |c: char| c.is_alphanumeric() || "_./:~-+@%,".contains(c) || cfg!(windows) && c == '\\';
    match (!text.is_empty() && text.chars().all(plain), cfg!(windows)) {
        (true, _) => text,
        (false, true) => format!("\"{text}\""),
        (false, false) => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

/// Turns an error of the system into a failure about a path.
pub(super) fn about<'a>(key: &'static str, path: &'a Path) -> impl FnOnce(std::io::Error) -> Failure + 'a {
    move |error| Failure::new(key).at(path).because(of_system(&error))
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
