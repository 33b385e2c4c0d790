//! BOK009: a template of the book's own theme that cannot be read, or that fails while a page is written.
//! It is found while pages are rendered: `Site::findings` gives it.

use crate::finding::Severity;
use crate::rules::{Rule, while_reading, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "BOK009",
    name: "broken-template",
    severity: Severity::Error,
    words: words!("broken_template"),
    check: while_reading,
};
