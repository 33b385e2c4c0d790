//! TRN702: documents without a translation, once a language.

use std::collections::BTreeSet;

use crate::book::{Book, Document};
use crate::derive::Derived;
use crate::finding::Severity;
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
        let finding = RULE.on(first, first.place()).with("language", super::named(language));
        findings.add(if untranslated.len() == 1 {
            finding
        } else {
            finding.variant("many").with("count", untranslated.len().to_string())
        });
    }
}
