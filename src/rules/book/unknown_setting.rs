//! BOK002: a key of `book.toml` that does not exist.

use crate::finding::Severity;
use crate::rules::{Rule, while_reading, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "BOK002",
    name: "unknown-setting",
    severity: Severity::Error,
    words: words!("unknown_setting"),
    check: while_reading,
};
