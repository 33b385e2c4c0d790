//! BOK004: a Markdown file that is too large to be parsed.

use crate::finding::Severity;
use crate::rules::{Rule, while_reading, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "BOK004",
    name: "oversized-file",
    severity: Severity::Warning,
    words: words!("oversized_file"),
    check: while_reading,
};
