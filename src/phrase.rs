//! Sentences about what is computed, in the reader's language. Site, exports and reports say the same.

use crate::book::{Book, DocumentKey};
use crate::derive::{Conflict, DerivedReason, Justification, Rated, SoaLine};
use crate::document::ImplementationStatus;
use crate::document::types::Reason;
use crate::id::{ItemId, Role};
use crate::language::{Language, Localized};
use crate::value::word_of;
use crate::words::Words;

/// Why a line is as it is; empty where nothing says.
pub fn justification(book: &Book, line: &SoaLine, words: &Words, language: &Language) -> String {
    match &line.justification {
        Justification::None => String::new(),
        Justification::Explicit(text) => text.get(language).to_owned(),
        Justification::Derived(reason) => derived(book, reason, line.status, words),
    }
}

/// A sentence that fits how far the control is implemented.
fn derived(book: &Book, reason: &DerivedReason, status: Option<ImplementationStatus>, words: &Words) -> String {
    match reason {
        DerivedReason::Asked { risks, obligations } => {
            let (by_risks, by_obligations) = (names(book, risks, words), names(book, obligations, words));
            let key = match (risks.is_empty(), obligations.is_empty()) {
                (false, true) => "phrase.justified-by-risks",
                (true, _) => "phrase.justified-by-obligations",
                (false, false) => "phrase.justified-by-both",
            };
            words.fill(key, &[("risks", &by_risks), ("obligations", &by_obligations)])
        }
        DerivedReason::Stated(stated) => {
            words.fill("phrase.justified-by-reasons", &[("reasons", &reasons(stated, words))])
        }
        DerivedReason::Implemented(documents) => {
            let state = word_of(status.unwrap_or(ImplementationStatus::Implemented));
            let key = format!("phrase.justified-by-documents.{state}");
            words.fill(&key, &[("documents", &names(book, documents, words))])
        }
    }
}

/// What contradicts an exclusion, as a sentence.
pub fn conflict(book: &Book, conflict: &Conflict, words: &Words) -> String {
    let mut grounds = Vec::new();
    for (key, name, documents) in [
        ("phrase.conflict-risks", "risks", &conflict.risks),
        ("phrase.conflict-obligations", "obligations", &conflict.obligations),
        ("phrase.conflict-documents", "documents", &conflict.documents),
    ] {
        if !documents.is_empty() {
            grounds.push(words.fill(key, &[(name, &names(book, documents, words))]));
        }
    }
    words.fill("phrase.conflict", &[("grounds", &words.join(&grounds))])
}

/// The typed reasons in words.
pub fn reasons(reasons: &[Reason], words: &Words) -> String {
    let parts: Vec<String> =
        reasons.iter().map(|reason| words.get(&format!("reason.{}", word_of(*reason))).to_owned()).collect();
    words.join(&parts)
}

/// Documents by id, or by title where they have none.
pub fn names(book: &Book, documents: &[DocumentKey], words: &Words) -> String {
    let parts: Vec<String> = documents.iter().map(|key| name(book, *key, words.language())).collect();
    words.join(&parts)
}

fn name(book: &Book, key: DocumentKey, language: &Language) -> String {
    let document = book.document(key);
    document.id.clone().unwrap_or_else(|| document.title.get(language).to_owned())
}

/// A score and its level: `6 (High risk)`.
pub fn score(book: &Book, rated: Rated) -> Localized {
    let number = rated.score.to_string();
    let Some(level) = book.config.risk.matrix.levels.get(rated.level) else { return Localized::plain(&number) };
    let say = |language: &Language| {
        Words::of(language).fill("phrase.score", &[("score", &number), ("level", level.title.get(language))])
    };
    Localized::both(&say(&Language::english()), &say(&Language::japanese()))
}

/// A control by id and title, with the role where one is meant.
pub fn control(book: &Book, item: &ItemId, role: Option<&Role>) -> Localized {
    in_roles(book, &book.item_label(item), item, role.map(std::slice::from_ref).unwrap_or_default())
}

/// A control under some name with the roles that are meant, as far as its catalog knows them.
pub fn in_roles(book: &Book, name: &Localized, item: &ItemId, roles: &[Role]) -> Localized {
    let catalog = book.catalogs.get(item.catalog.as_str());
    let definitions: Vec<_> = roles.iter().filter_map(|role| catalog?.role(role)).collect();
    if definitions.is_empty() {
        return name.clone();
    }
    let say = |language: &Language| {
        let words = Words::of(language);
        let titles: Vec<String> = definitions.iter().map(|role| role.title.get(language).to_owned()).collect();
        words.fill("phrase.control-in-role", &[("control", name.get(language)), ("role", &words.join(&titles))])
    };
    Localized::both(&say(&Language::english()), &say(&Language::japanese()))
}

/// Documents as labels, in every language.
pub fn labels(book: &Book, documents: &[DocumentKey]) -> Localized {
    let say = |language: &Language| {
        let words = Words::of(language);
        let parts: Vec<String> =
            documents.iter().map(|key| book.document(*key).label().get(language).to_owned()).collect();
        words.join(&parts)
    };
    Localized::both(&say(&Language::english()), &say(&Language::japanese()))
}
