//! TRN703: a translation without its original.

use crate::finding::Severity;
use crate::rules::{Rule, while_reading, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "TRN703",
    name: "orphan-translation",
    severity: Severity::Error,
    words: words!("orphan_translation"),
    check: while_reading,
};
