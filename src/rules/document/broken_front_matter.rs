//! DOC001: front matter that cannot be read as YAML.

use crate::finding::Severity;
use crate::rules::{Rule, while_reading, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC001",
    name: "broken-front-matter",
    severity: Severity::Error,
    words: words!("broken_front_matter"),
    check: while_reading,
};
