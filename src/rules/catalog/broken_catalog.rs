//! CAT801: a catalog that cannot be read, or a part of it.

use crate::finding::Severity;
use crate::rules::{Rule, while_reading, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "CAT801",
    name: "broken-catalog",
    severity: Severity::Error,
    words: words!("broken_catalog"),
    check: while_reading,
};
