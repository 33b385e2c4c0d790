//! What the columns and words of the SoA mean, for a reader who meets them for the first time.

use std::collections::BTreeSet;

use crate::book::Book;
use crate::derive::SoaLine;
use crate::language::Language;
use crate::value::word_of;
use crate::words::Words;

/// Some terms under a heading, each with what it means.
#[derive(Debug)]
pub struct Part {
    /// The heading.
    pub title: String,
    /// The terms.
    pub terms: Vec<(String, String)>,
}

/// The head of a column.
pub fn column(key: &str, words: &Words) -> String {
    let key = if key == "catalog" { "standard" } else { key };
    words.get(&format!("export.column.{key}")).to_owned()
}

/// The legend of these columns and of the words in these lines: nothing that no line has.
pub fn parts(book: &Book, lines: &[SoaLine], columns: &[&str], language: &Language) -> Vec<Part> {
    let words = Words::of(language);
    let term = |label: &str, key: String| (label.to_owned(), words.get(&format!("legend.{key}")).to_owned());
    let said =
        |prefix: &str, meant: &str, word: &str| term(words.get(&format!("{prefix}.{word}")), format!("{meant}.{word}"));
    let symbol = |word| term(super::symbol(book, word).get(language), format!("applicability.{word}"));
    let statuses: BTreeSet<_> = lines.iter().filter_map(|line| line.status).collect();
    let reasons: BTreeSet<_> = lines.iter().flat_map(|line| &line.reasons).copied().collect();
    let part = |title: String, terms: Vec<(String, String)>| Part { title, terms };
    let parts = [
        part(
            words.get("site.soa.columns").to_owned(),
            columns.iter().map(|key| term(&column(key, words), format!("column.{key}"))).collect(),
        ),
        part(column("applicability", words), ["applicable", "excluded", "undecided"].map(symbol).to_vec()),
        part(
            column("status", words),
            statuses.into_iter().map(|status| said("implementation", "status", word_of(status))).collect(),
        ),
        part(
            column("reasons", words),
            reasons.into_iter().map(|reason| said("reason", "reason", word_of(reason))).collect(),
        ),
    ];
    parts.into_iter().filter(|part| !part.terms.is_empty()).collect()
}
