//! BOK005: two files that would have one path in the site.

use std::collections::BTreeMap;

use crate::book::link::is_generated;
use crate::book::{Book, content_files, safe_name};
use crate::derive::Derived;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "BOK005", name: "path-clash", severity: Severity::Error, words: words!("path_clash"), check };

/// Documents are told apart while the book is put together; here are the files beside them, which are copied as they are.
fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let pages: BTreeMap<String, Place> =
        book.documents.iter().map(|document| (document.page.to_lowercase(), document.place())).collect();
    let files = content_files(&book.files).filter(|(path, file)| !path.is_markdown() && file.problem.is_none());
    for (path, _) in files {
        let target = safe_name(path.as_str().strip_prefix("content/").unwrap_or(path.as_str()));
        let own = below_language(book, &target);
        let page = pages.get(&target.to_lowercase()).or_else(|| pages.get(&own.to_lowercase()));
        if page.is_none() && !is_generated(book, &target) && !is_generated(book, own) {
            continue;
        }
        let finding = RULE.at(Place::new(path, crate::text::Span::default())).variant("file").with("page", target);
        findings.add(match page {
            Some(place) => finding.related(place.clone()),
            None => finding,
        });
    }
}

/// The path below the folder of another language, where it stands in one.
fn below_language<'a>(book: &Book, path: &'a str) -> &'a str {
    let parts = path.split_once('/');
    let is_language = |folder: &str| book.config.languages.iter().skip(1).any(|language| language.code() == folder);
    parts.filter(|(folder, _)| is_language(folder)).map_or(path, |(_, rest)| rest)
}
