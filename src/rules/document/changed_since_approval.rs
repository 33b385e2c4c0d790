//! DOC020: a text that is another than the one that was approved, under the same version.

use crate::book::{Book, Document};
use crate::derive::Derived;
use crate::document::{self, Manuscript};
use crate::files::File;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC020",
    name: "changed-since-approval",
    severity: Severity::Warning,
    words: words!("changed_since_approval"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for document in super::typed(book).filter(|document| document.is_approved()) {
        let Some(approved) = &document.metadata().approved else { continue };
        let Some(history) = book.history.get(&document.original.path) else { continue };
        // Who reviews a text and leaves it confirms it as it stands on that day.
        let reviewed = document.metadata().reviewed.as_ref().map(|day| day.value);
        let confirmed = reviewed.map_or(approved.value, |day| day.max(approved.value));
        if history.last.day <= confirmed || !history.on(confirmed).is_some_and(|old| differs(book, document, old)) {
            continue;
        }
        let version = document.metadata().version.as_ref().map(|version| version.value.as_str());
        let finding = RULE.on(document, document.field_place("approved")).with_some("version", version);
        let last = &history.last;
        let told = finding.with("approved", confirmed.to_string()).with("date", last.day.to_string());
        findings.add(told.with("author", last.author.as_str()).with("commit", last.commit.as_str()));
    }
}

/// Whether a text has another body under the same approval and version. A text that does not know of the approval yet is
/// no measure: the day was written down later, and perhaps the text with it.
fn differs(book: &Book, document: &Document, old: &str) -> bool {
    let now = &document.original;
    let old = document::parse(&now.path, &File::new(old.as_bytes()), &book.config);
    let same_approval = day(&old) == day(now) && version(&old) == version(now);
    same_approval && !body(&old).split_whitespace().eq(body(now).split_whitespace())
}

fn day(manuscript: &Manuscript) -> Option<crate::date::Date> {
    manuscript.metadata.approved.as_ref().map(|day| day.value)
}

fn version(manuscript: &Manuscript) -> Option<&str> {
    manuscript.metadata.version.as_ref().map(|version| version.value.as_str())
}

fn body(manuscript: &Manuscript) -> &str {
    manuscript.text.get(manuscript.front_span.end..).unwrap_or_default()
}
