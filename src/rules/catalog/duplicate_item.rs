//! CAT802: two items of a catalog with one id.

use crate::finding::Severity;
use crate::rules::{Rule, while_reading, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "CAT802",
    name: "duplicate-item",
    severity: Severity::Error,
    words: words!("duplicate_item"),
    check: while_reading,
};
