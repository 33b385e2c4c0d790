//! BOK001: a file that cannot be read as text.

use crate::finding::Severity;
use crate::rules::{Rule, while_reading, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "BOK001",
    name: "unreadable-file",
    severity: Severity::Error,
    words: words!("unreadable_file"),
    check: while_reading,
};
