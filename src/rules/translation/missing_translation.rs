//! TRN702: documents without a translation, once a language.

use crate::book::Book;
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
    for language in &book.config.languages {
        let lacking = |document: &&crate::book::Document| document.language != *language && !document.translations.contains_key(language);
        let untranslated: Vec<_> = book.documents.iter().filter(lacking).collect();
        let Some(first) = untranslated.iter().min_by(|one, other| one.original.path.cmp(&other.original.path)) else { continue };
        let finding = RULE.on(first, first.place()).with("language", super::named(language));
        findings.add(if untranslated.len() == 1 { finding } else { finding.variant("many").with("count", untranslated.len().to_string()) });
    }
}
