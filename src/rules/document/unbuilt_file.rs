//! DOC023: files that people take for pages, and that get none.

use std::collections::BTreeSet;

use crate::book::link::LinkTarget;
use crate::book::{Book, content_files};
use crate::derive::Derived;
use crate::derive::evidence::evidence_of;
use crate::files::FilePath;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};
use crate::text::Span;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "DOC023", name: "unbuilt-file", severity: Severity::Info, words: words!("unbuilt_file"), check };

/// Endings of files of word processors: Word, and `OpenDocument`.
const OFFICE: [&str; 7] = ["doc", "docx", "docm", "odt", "fodt", "ods", "odp"];

/// One finding a kind, at the first file of it.
fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let below_content = book.files.under("content/").map(|(path, _)| path);
    let indexes = below_content.filter(|path| path.is_taken_for_page()).collect();
    let with_ending = |endings: &[&str]| -> Vec<&FilePath> {
        let ending = |path: &FilePath| path.name().rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let files = content_files(&book.files).map(|(path, _)| path);
        files.filter(|path| ending(path).is_some_and(|ending| endings.contains(&ending.as_str()))).collect()
    };
    let named = named(book);
    let office = with_ending(&OFFICE).into_iter().filter(|path| !named.contains(*path)).collect();
    let kinds: [(&str, Vec<&FilePath>); 3] = [("index", indexes), ("mdx", with_ending(&["mdx"])), ("office", office)];
    for (kind, files) in kinds {
        let Some(first) = files.first() else { continue };
        let finding = RULE.at(Place::new(first, Span::default())).variant(kind).with("file", first.as_str());
        let more = Some(files.len() - 1).filter(|more| *more > 0).map(|more| more.to_string());
        findings.add(finding.with_some("more", more));
    }
}

/// The files that a document leads to: by a link, or as evidence.
fn named(book: &Book) -> BTreeSet<FilePath> {
    let mut named: BTreeSet<FilePath> = BTreeSet::new();
    for link in &book.links {
        if let LinkTarget::Asset(path) = &link.target {
            named.insert(path.clone());
        }
    }
    for document in &book.documents {
        let paths = evidence_of(document).filter_map(|evidence| evidence.path.as_ref());
        named.extend(paths.filter_map(|path| asset(book, &document.original.path, &path.value)));
    }
    named
}

fn asset(book: &Book, from: &FilePath, destination: &str) -> Option<FilePath> {
    match crate::book::link::resolve(book, from, destination) {
        LinkTarget::Asset(path) => Some(path),
        _ => None,
    }
}
