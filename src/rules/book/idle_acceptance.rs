//! BOK008: an accepted finding that no longer occurs.

use crate::finding::Severity;
use crate::rules::{Rule, while_reading, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "BOK008",
    name: "idle-acceptance",
    severity: Severity::Info,
    words: words!("idle_acceptance"),
    check: while_reading,
};
