//! DOC018: a heading that the type of the document requires.

use unicode_normalization::UnicodeNormalization;

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC018",
    name: "missing-heading",
    severity: Severity::Error,
    words: words!("missing_heading"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for document in super::living(book) {
        let Some((name, own)) = super::own_type(book, document) else { continue };
        let present: Vec<String> = document.original.body.headings.iter().map(|heading| bare(&heading.text)).collect();
        for heading in own.headings.iter().filter(|heading| !present.contains(&bare(heading))) {
            findings.add(RULE.on(document, document.place()).with("heading", heading.as_str()).with("type", name));
        }
    }
}

/// A heading without its number (`1.2`, `第3章`), in one form of letters.
fn bare(heading: &str) -> String {
    let normal: String = heading.nfkc().flat_map(char::to_lowercase).collect();
    let numbered =
        normal.strip_prefix('第').and_then(|rest| rest.find(['条', '章', '節', '項']).and_then(|at| rest.get(at..)));
    let words = numbered.map_or(normal.as_str(), |rest| rest.trim_start_matches(['条', '章', '節', '項']));
    let trimmed = words.trim_start_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | '-' | '(' | ')' | ':' | '、')
    });
    let kept = if trimmed.is_empty() { words } else { trimmed };
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}
