//! TXT911: a text that is nested too deeply to be read as Markdown.

use crate::book::Book;
use crate::derive::Derived;
use crate::document::markdown::MAX_DEPTH;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "TXT911", name: "tangled-text", severity: Severity::Warning, words: words!("tangled_text"), check };

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for document in &book.documents {
        for (_, manuscript) in document.manuscripts() {
            let Some(span) = manuscript.body.tangled else { continue };
            let finding = RULE.on(document, Place::new(&manuscript.path, span));
            findings.add(finding.with("most", MAX_DEPTH.to_string()));
        }
    }
}
