//! BOK010: no document to build.

use crate::book::{Book, content_files};
use crate::derive::Derived;
use crate::files::{FilePath, Problem};
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "BOK010",
    name: "missing-content",
    severity: Severity::Error,
    words: words!("missing_content"),
    check,
};

/// A `content/` that cannot be read or leads out of the book has a finding of its own.
fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let folder = book.files.get(&FilePath::new("content")).and_then(|file| file.problem.as_ref());
    match folder {
        Some(Problem::NoFolder) => findings.add(RULE.at(Place::book()).variant("file")),
        None if content_files(&book.files).next().is_none() => findings.add(RULE.at(Place::book())),
        _ => {}
    }
}
