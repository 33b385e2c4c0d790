//! BOK007: an accepted finding whose day has passed.

use crate::finding::Severity;
use crate::rules::{Rule, while_reading, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "BOK007",
    name: "expired-acceptance",
    severity: Severity::Warning,
    words: words!("expired_acceptance"),
    check: while_reading,
};
