//! TRN702: documents without a translation, once a language.

use std::collections::BTreeSet;

use crate::book::{Book, Document};
use crate::derive::Derived;
use crate::files::FilePath;
use crate::finding::Severity;
use crate::language::Language;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "TRN702",
    name: "missing-translation",
    severity: Severity::Info,
    words: words!("missing_translation"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    // An orphan lacks its original, which is a fault of its own.
    let orphans: BTreeSet<_> =
        book.findings.iter().filter(|finding| finding.code == "TRN703").map(|finding| &finding.place.path).collect();
    let whole: Vec<_> = book.documents.iter().filter(|document| !orphans.contains(&document.original.path)).collect();
    for language in &book.config.languages {
        let lacking =
            |document: &&&Document| document.language != *language && !document.translations.contains_key(language);
        let untranslated: Vec<_> = whole.iter().filter(lacking).collect();
        let Some(first) = untranslated.iter().min_by(|one, other| one.original.path.cmp(&other.original.path)) else {
            continue;
        };
        let path = &first.original.path;
        let finding = RULE
            .on(first, first.place())
            .with("language", super::named(language))
            .with("original", path.name())
            .with("wanted", name_of_translation(path, &first.language, language));
        findings.add(if untranslated.len() == 1 {
            finding
        } else {
            finding.variant("many").with("count", untranslated.len().to_string())
        });
    }
}

/// How the translation of a file is called: `access.en.md` for `access.md`, and `en.md` for `ja.md`.
fn name_of_translation(original: &FilePath, from: &Language, to: &Language) -> String {
    let stem = original.name().rsplit_once('.').map_or(original.name(), |(stem, _)| stem);
    let own = from.code();
    match stem.strip_suffix(own) {
        Some("") => format!("{to}.md"),
        Some(before) if before.ends_with('.') => format!("{before}{to}.md"),
        _ => format!("{stem}.{to}.md"),
    }
}
