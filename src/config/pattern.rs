//! The pattern that document ids must match; the only door to the crate for regular expressions.

use regex_lite::Regex;

use crate::text::Spanned;

/// What a document's id must look like: a regular expression that the whole id matches.
#[derive(Debug, Clone)]
pub struct IdPattern {
    /// The expression as written, and its place.
    pub written: Spanned<String>,
    whole: Regex,
}

impl IdPattern {
    /// The pattern, where it is a regular expression.
    pub fn new(written: Spanned<String>) -> Option<Self> {
        let whole = Regex::new(&format!("^(?:{})$", written.value)).ok()?;
        Some(Self { written, whole })
    }

    /// Whether the whole id fits.
    pub fn fits(&self, id: &str) -> bool {
        self.whole.is_match(id)
    }
}

impl PartialEq for IdPattern {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}
