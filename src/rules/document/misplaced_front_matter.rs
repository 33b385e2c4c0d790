//! DOC022: keys that do not stand at the very top of their file, or in the fences of another format.

use crate::finding::Severity;
use crate::rules::{Rule, while_reading, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC022",
    name: "misplaced-front-matter",
    severity: Severity::Error,
    words: words!("misplaced_front_matter"),
    check: while_reading,
};
