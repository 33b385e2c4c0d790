//! Accepted findings: counted apart while somebody answers for them, back when their day has passed.

use super::Checked;
use crate::book::Book;
use crate::config::Accepted;
use crate::derive::Derived;
use crate::files::FilePath;
use crate::finding::{Finding, Place};

/// Takes out the findings that are accepted today. Also gives the notes on acceptances that have expired (BOK007) or that
/// nothing needs (BOK008).
pub(super) fn sort_out(book: &Book, derived: &Derived, found: Vec<Finding>) -> (Checked, Vec<Finding>) {
    let accepted = &book.config.accepted;
    let mut used = vec![false; accepted.len()];
    let mut checked = Checked::default();
    for finding in found {
        let fitting = accepted.iter().position(|entry| fits(book, entry, &finding));
        match fitting {
            Some(at) => {
                used[at] = true;
                if accepted[at].until.is_some_and(|until| until < derived.today) {
                    checked.findings.push(finding);
                } else {
                    checked.accepted.push((finding, at));
                }
            }
            None => checked.findings.push(finding),
        }
    }
    let path = FilePath::new("book.toml");
    let notes = accepted.iter().zip(used).filter_map(|(entry, used)| {
        let place = Place::new(&path, entry.span);
        let expired = entry.until.filter(|until| *until < derived.today);
        let reason = Some(entry.reason.clone()).filter(|reason| !reason.is_empty());
        let note = |code| Finding::new(code, place).with("code", entry.code.value.as_str()).with_some("reason", reason);
        match (used, expired) {
            // A rule that does not exist is a wrong value (BOK003).
            (false, _) => super::rule(&entry.code.value).map(|_| note("BOK008")),
            (true, Some(until)) => {
                let by = entry.by.as_deref().map(|by| book.person(by));
                Some(note("BOK007").with("until", until.to_string()).with_some("by", by))
            }
            (true, None) => None,
        }
    });
    let notes = notes.collect();
    (checked, notes)
}

fn fits(book: &Book, entry: &Accepted, finding: &Finding) -> bool {
    let code = entry.code.value.eq_ignore_ascii_case(finding.code)
        || super::rule(finding.code).is_some_and(|rule| rule.name == entry.code.value);
    let path =
        entry.path.as_ref().is_none_or(|path| *path == finding.place.path || with_content(path) == finding.place.path);
    let item = entry.item.as_ref().is_none_or(|wanted| {
        finding
            .item
            .as_ref()
            .is_some_and(|item| *wanted == item.to_string() || *wanted == *item.id || *wanted == book.short_id(item))
    });
    code && path && item
}

fn with_content(path: &FilePath) -> FilePath {
    FilePath::new(&format!("content/{path}"))
}
