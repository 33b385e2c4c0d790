//! One line of the SoA as pages show it.

use serde::Serialize;

use crate::book::DocumentKey;
use crate::catalog::{Catalog, ItemKind};
use crate::derive::{EvidenceOf, EvidenceState, Implementation, Justification, SoaLine};
use crate::document::Evidence;
use crate::phrase;
use crate::site::context::Context;
use crate::site::parts::conflict::{ConflictView, of_line};
use crate::site::view::{Badge, Fact, Link};
use crate::value::word_of;

/// One line of the SoA.
#[derive(Debug, Serialize)]
pub(in crate::site) struct LineView {
    /// The anchor on the SoA's page.
    pub(in crate::site) anchor: String,
    /// The control.
    pub(in crate::site) item: Link,
    /// The catalog's name.
    pub(in crate::site) catalog: String,
    /// The role's id.
    pub(in crate::site) role: String,
    /// The role's name.
    pub(in crate::site) role_title: String,
    /// The role's short label.
    pub(in crate::site) role_label: String,
    /// Applicable, excluded or undecided.
    pub(in crate::site) applicability: Badge,
    /// The reasons' words, for the filters.
    pub(in crate::site) reason_words: String,
    /// The reasons.
    pub(in crate::site) reasons: Vec<String>,
    /// Why.
    pub(in crate::site) justification: String,
    /// Whether the justification was made from what the book holds.
    pub(in crate::site) justification_derived: bool,
    /// How far it is implemented.
    pub(in crate::site) status: Option<Badge>,
    /// Whether that was worked out from the documents.
    pub(in crate::site) status_derived: bool,
    /// The documents that implement it.
    pub(in crate::site) documents: Vec<ImplementationView>,
    /// The risks whose treatment needs it.
    pub(in crate::site) risks: Vec<Link>,
    /// The obligations that ask for it.
    pub(in crate::site) obligations: Vec<Link>,
    /// What shows it at work.
    pub(in crate::site) evidence: Vec<EvidenceView>,
    /// Who answers for it.
    pub(in crate::site) owner: String,
    /// By when it will be implemented.
    pub(in crate::site) due: String,
    /// What contradicts the exclusion.
    pub(in crate::site) conflict: Option<ConflictView>,
    /// The documents that decide it by hand.
    pub(in crate::site) decided_by: Vec<Link>,
    /// The titles in other languages, in which a reader may look for the control.
    pub(in crate::site) other_titles: String,
    /// Lines that belong to the control too.
    pub(in crate::site) see: Vec<Link>,
}

/// A document that implements a control.
#[derive(Debug, Serialize)]
pub(in crate::site) struct ImplementationView {
    /// The document.
    pub(in crate::site) document: Link,
    /// Its state.
    pub(in crate::site) state: Option<Badge>,
    /// The heading that does it.
    pub(in crate::site) section: Option<Link>,
    /// How far, where its entry says.
    pub(in crate::site) status: Option<Badge>,
    /// By when.
    pub(in crate::site) due: String,
    /// A remark.
    pub(in crate::site) note: String,
}

/// A piece of evidence.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(in crate::site) struct EvidenceView {
    /// What it is, and where.
    pub(in crate::site) link: Link,
    /// Who keeps it, its day, until when it counts.
    pub(in crate::site) facts: Vec<Fact>,
    /// Whether it no longer counts.
    pub(in crate::site) expired: bool,
}

/// The anchor of a line on the SoA's page; where an earlier catalog has the id too, with the catalog's.
pub(in crate::site) fn anchor(context: &Context<'_>, line: &SoaLine) -> String {
    let item = &line.item.id;
    let first = context.book().active_catalogs(ItemKind::Control).find(|catalog| catalog.item(&item.id).is_some());
    let again = first.is_some_and(|first| first.id != item.catalog.as_str());
    let short = context.book().short_id(item);
    let id = if again { format!("{}-{short}", item.catalog) } else { short }.replace([':', ' '], "-");
    line.role.as_ref().map_or_else(|| id.clone(), |role| format!("{id}-{role}"))
}

/// The line for a page.
pub(in crate::site) fn line_view(context: &Context<'_>, catalog: &Catalog, line: &SoaLine) -> LineView {
    let (role_title, role_label) = line.role.as_ref().map(|role| context.role(catalog, role)).unwrap_or_default();
    let word = line.applicability.word();
    let symbol = context.text(&phrase::symbol(context.book(), word));
    let meaning = context.word(&format!("applicability.{word}"));
    let item = context.to_item(&line.item.id);
    let other_titles: Vec<&str> = line.item.title.values().filter(|title| *title != item.text).collect();
    LineView {
        anchor: anchor(context, line),
        catalog: context.text(&catalog.title),
        role: line.role.as_ref().map(ToString::to_string).unwrap_or_default(),
        applicability: Badge {
            meaning: if meaning == symbol { String::new() } else { meaning },
            ..Badge::new(word, &symbol)
        },
        reason_words: line.reasons.iter().map(|reason| word_of(*reason)).collect::<Vec<_>>().join(" "),
        reasons: line.reasons.iter().map(|reason| context.word(&format!("reason.{}", word_of(*reason)))).collect(),
        justification_derived: matches!(line.justification, Justification::Derived(_)),
        status: line.status.map(|status| context.implementation(status)),
        status_derived: line.status_derived,
        documents: line.documents.iter().map(|document| implementation_view(context, document)).collect(),
        risks: context.to_documents(&line.risks),
        obligations: context.to_documents(&line.obligations),
        evidence: evidence(context, line),
        owner: context.person(line.owner.as_deref()),
        due: line.due.map(|due| due.to_string()).unwrap_or_default(),
        conflict: of_line(context, line),
        decided_by: line.explicit.iter().map(|explicit| context.to_document(explicit.document)).collect(),
        other_titles: other_titles.join(" "),
        see: Vec::new(),
        item,
        justification: phrase::justification(context.book(), line, context.words, context.language),
        role_title,
        role_label,
    }
}

fn evidence(context: &Context<'_>, line: &SoaLine) -> Vec<EvidenceView> {
    let view = |EvidenceOf { document, evidence }: &EvidenceOf| evidence_view(context, *document, evidence);
    line.evidence.iter().map(view).collect()
}

fn implementation_view(context: &Context<'_>, implementation: &Implementation) -> ImplementationView {
    let document = context.document(implementation.document);
    ImplementationView {
        document: context.to_document(implementation.document),
        state: context.document_status(document).filter(|_| !document.is_approved()),
        section: implementation
            .section
            .as_deref()
            .and_then(|section| context.to_section(implementation.document, section)),
        status: implementation.status.map(|status| context.implementation(status)),
        due: implementation.due.map(|due| due.to_string()).unwrap_or_default(),
        note: implementation.note.as_ref().map(|note| context.text(note)).unwrap_or_default(),
    }
}

/// A piece of evidence that the document `from` names. A path that is a file of the book is a link; any other place stands in words.
pub(in crate::site) fn evidence_view(context: &Context<'_>, from: DocumentKey, evidence: &Evidence) -> EvidenceView {
    let title = context.text(&evidence.title);
    let path = evidence.path.as_ref().map(|path| path.value.as_str());
    let (href, place) = match (&evidence.url, path) {
        (Some(url), _) if url.value.starts_with("https://") || url.value.starts_with("http://") => {
            (url.value.clone(), "")
        }
        (Some(url), _) => (String::new(), url.value.as_str()),
        (None, Some(path)) => {
            match crate::book::link::resolve(context.book(), &context.document(from).original.path, path) {
                crate::book::link::LinkTarget::Document(key, _) => (context.links.document(context.document(key)), ""),
                crate::book::link::LinkTarget::Asset(file) => (context.links.asset(&file, context.book()), ""),
                _ => (String::new(), path),
            }
        }
        (None, None) => (String::new(), ""),
    };
    let date = |date: &Option<crate::text::Spanned<crate::date::Date>>| {
        date.as_ref().map(|date| date.value.to_string()).unwrap_or_default()
    };
    let facts = [
        ("place", place.to_owned()),
        ("owner", context.person(evidence.owner.as_deref())),
        ("date", date(&evidence.date)),
        ("valid-until", date(&evidence.valid_until)),
    ];
    let facts = facts.into_iter().filter(|(_, text)| !text.is_empty() && *text != title);
    EvidenceView {
        link: Link { lang: context.lang_of(&evidence.title), ..Link::new(href, &title) },
        facts: facts.map(|(key, text)| Fact::text(&context.column(key), &text)).collect(),
        expired: context.derived().evidence_state(context.book(), from, evidence) == EvidenceState::Expired,
    }
}
