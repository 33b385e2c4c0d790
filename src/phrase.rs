//! Sentences about what is computed, in the reader's language. Site, exports and reports say the same.

pub mod checklist;
pub mod legend;

use crate::book::{Book, DocumentKey};
use crate::catalog::Catalog;
use crate::derive::{Conflict, DerivedReason, Implementation, Justification, Proof, Rated, SoaLine};
use crate::document::types::Reason;
use crate::document::{DocumentType, ImplementationStatus};
use crate::id::{ItemId, Role};
use crate::language::{Language, Localized};
use crate::value::word_of;
use crate::words::{Words, localized};

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
    Localized::said(|language| {
        Words::of(language).fill("phrase.score", &[("score", &number), ("level", level.title.get(language))])
    })
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
    Localized::said(|language| {
        let words = Words::of(language);
        let titles: Vec<String> = definitions.iter().map(|role| role.title.get(language).to_owned()).collect();
        words.fill("phrase.control-in-role", &[("control", name.get(language)), ("role", &words.join(&titles))])
    })
}

/// Documents as labels, in every language.
pub fn labels(book: &Book, documents: &[DocumentKey]) -> Localized {
    Localized::said(|language| {
        let words = Words::of(language);
        let parts: Vec<String> =
            documents.iter().map(|key| book.document(*key).label().get(language).to_owned()).collect();
        words.join(&parts)
    })
}

/// What a type of documents is called: as `book.toml` calls its own, else in the usual words.
pub fn kind(book: &Book, kind: &DocumentType) -> Localized {
    let word = kind.word();
    match book.config.types.get(word).map(|own| &own.label).filter(|label| !label.is_empty()) {
        Some(label) => label.clone(),
        None if matches!(kind, DocumentType::Own(_)) => Localized::plain(word),
        None => localized(&format!("document-type.{word}")),
    }
}

/// What a classification is called: the usual words in the reader's language, any other as it stands.
pub fn classification<'a>(written: &'a str, words: &'a Words) -> &'a str {
    let key = format!("site.classification.{}", written.to_lowercase());
    words.all().get(&key).map_or(written, String::as_str)
}

/// What stands for an applicability: the book's own symbol, else the word.
pub fn symbol(book: &Book, word: &str) -> Localized {
    book.config.soa.symbols.get(word).cloned().unwrap_or_else(|| localized(&format!("applicability.{word}")))
}

/// What the first catalog that knows a role calls it, those of the book's controls before others.
pub fn role(book: &Book, role: &Role) -> Localized {
    let active = book.active_catalogs(crate::catalog::ItemKind::Control);
    let known = active.chain(book.catalogs.iter()).find_map(|catalog| catalog.role(role));
    known.map_or_else(|| Localized::plain(role.as_str()), |definition| definition.title.clone())
}

/// What a catalog calls a line's role; empty where the line is for every role.
pub fn role_of<'a>(catalog: &'a Catalog, line: &SoaLine, language: &Language) -> &'a str {
    let definition = line.role.as_ref().and_then(|role| catalog.role(role));
    definition.map_or("", |definition| definition.title.get(language))
}

/// A document that implements a control, with the heading that does it.
pub fn implementation(book: &Book, implementation: &Implementation, language: &Language) -> String {
    let document = book.document(implementation.document);
    let label = document.label();
    let headings = &document.manuscript(language).0.body;
    match implementation.section.as_deref().and_then(|section| headings.heading_with(section)) {
        Some(heading) => {
            let values = [("document", label.get(language)), ("section", heading.text.as_str())];
            Words::of(language).fill("phrase.section-of-document", &values)
        }
        None => label.get(language).to_owned(),
    }
}

/// What proves a requirement.
pub fn proof(book: &Book, proof: &Proof, language: &Language) -> String {
    let words = Words::of(language);
    let counted = |key: &str, count: usize| words.fill(&format!("proof.{key}"), &[("count", &count.to_string())]);
    match proof {
        Proof::Document { document, .. }
        | Proof::Scope(document)
        | Proof::Objective(document)
        | Proof::Audit(document) => book.document(*document).label().get(language).to_owned(),
        Proof::Risks(count) => counted("risks", *count),
        Proof::Treatments(count) => counted("treatments", *count),
        Proof::Soa => words.get("proof.soa").to_owned(),
        Proof::TreatmentPlan(count) => counted("treatment-plan", *count),
        Proof::Acceptances(count) => counted("acceptances", *count),
    }
}
