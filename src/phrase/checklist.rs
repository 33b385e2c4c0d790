//! What an internal audit asks, by clause and control and by role (ISO/IEC 27001 9.2, JIP-ISMS517 4.3), and what to look at.

use crate::book::{Book, DocumentKey, ReferenceKind};
use crate::catalog::{Catalog, Item, ItemKind};
use crate::derive::audits::audit_of;
use crate::derive::{Applicability, Derived, Proof, RequirementState, SoaLine};
use crate::document::types::Nonconformity;
use crate::id::Role;
use crate::language::Language;
use crate::words::Words;

/// What is asked together: the requirements or the controls of one catalog, the latter for one role where it has roles.
#[derive(Debug)]
pub struct Part<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
    /// Requirements or controls.
    pub kind: ItemKind,
    /// The role.
    pub role: Option<&'a Role>,
    /// What is asked, in order.
    pub subjects: Vec<Subject<'a>>,
}

/// What one question is about.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// A requirement.
    Requirement(&'a RequirementState),
    /// A line of the SoA.
    Control(&'a SoaLine),
}

/// Everything that an audit asks.
pub fn parts<'a>(book: &'a Book, derived: &'a Derived) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    for catalog in book.active_catalogs(ItemKind::Requirement) {
        let own = derived.requirements.iter().filter(|state| state.item.id.catalog.as_str() == catalog.id);
        let subjects = own.filter(|state| !state.item.heading).map(Subject::Requirement).collect();
        parts.push(Part { catalog, kind: ItemKind::Requirement, role: None, subjects });
    }
    for catalog in book.active_catalogs(ItemKind::Control) {
        let roles: Vec<Option<&Role>> = match catalog.roles.as_slice() {
            [] => vec![None],
            roles => roles.iter().map(|definition| Some(&definition.role)).collect(),
        };
        for role in roles {
            let own = derived.soa.lines.iter().filter(|line| line.item.id.catalog.as_str() == catalog.id);
            let subjects = own.filter(|line| line.role.as_ref() == role).map(Subject::Control).collect();
            parts.push(Part { catalog, kind: ItemKind::Control, role, subjects });
        }
    }
    parts.retain(|part| !part.subjects.is_empty());
    parts
}

impl Part<'_> {
    /// What the part is called.
    pub fn title(&self, language: &Language) -> String {
        let title = self.catalog.title.get(language);
        let words = Words::of(language);
        let what = match (self.kind, self.role) {
            (ItemKind::Requirement, _) => words.get("site.requirements.title").to_owned(),
            (_, Some(role)) => self
                .catalog
                .role(role)
                .map_or_else(|| role.to_string(), |definition| definition.title.get(language).to_owned()),
            _ => words.get("site.checklist.controls").to_owned(),
        };
        words.fill("site.checklist.part", &[("catalog", title), ("part", &what)])
    }
}

impl<'a> Subject<'a> {
    /// The item.
    pub fn item(self) -> &'a Item {
        match self {
            Self::Requirement(state) => &state.item,
            Self::Control(line) => &line.item,
        }
    }

    /// Whether the control is excluded: then the reason is what is audited.
    pub fn is_excluded(self) -> bool {
        matches!(self, Self::Control(line) if line.applicability == Applicability::Excluded)
    }

    /// What is asked, in our own words.
    pub fn question(self, book: &Book, language: &Language) -> String {
        let words = Words::of(language);
        match self {
            Self::Control(line) if self.is_excluded() => {
                let reason = super::justification(book, line, words, language);
                words.fill("site.checklist.excluded", &[("reason", &reason)])
            }
            Self::Control(line) => {
                let guidance = line.role.as_ref().and_then(|role| line.item.guidance.get(role));
                guidance.unwrap_or(&line.item.summary).get(language).to_owned()
            }
            Self::Requirement(state) => state.item.summary.get(language).to_owned(),
        }
    }

    /// The documents to look at, with the heading that does it.
    pub fn documents(self) -> Vec<(DocumentKey, Option<&'a str>)> {
        let named: Vec<(DocumentKey, Option<&str>)> = match self {
            Self::Control(line) => line.documents.iter().map(|own| (own.document, own.section.as_deref())).collect(),
            Self::Requirement(state) => state.proofs.iter().filter_map(proving).map(|key| (key, None)).collect(),
        };
        let mut documents: Vec<(DocumentKey, Option<&str>)> = Vec::new();
        for document in named {
            if documents.iter().all(|(known, _)| *known != document.0) {
                documents.push(document);
            }
        }
        documents
    }

    /// What is to be seen: the evidence of a control with its day, the documented information of a requirement.
    pub fn evidence(self, language: &Language) -> Vec<String> {
        let words = Words::of(language);
        match self {
            Self::Control(line) => {
                let said = line.evidence.iter().map(|of| {
                    let title = of.evidence.title.get(language);
                    let day = of.evidence.date.as_ref().map(|date| date.value.to_string());
                    day.map_or_else(
                        || title.to_owned(),
                        |day| words.fill("site.checklist.dated", &[("title", title), ("date", &day)]),
                    )
                });
                said.collect()
            }
            Self::Requirement(state) => {
                state.pieces.iter().map(|piece| piece.information.title.get(language).to_owned()).collect()
            }
        }
    }

    /// The nonconformities about it that are not closed yet, with the audits that found them.
    pub fn open(self, book: &'a Book) -> Vec<(DocumentKey, &'a Nonconformity)> {
        let about = book.references_to(&self.item().id).filter(|name| name.kind == ReferenceKind::Nonconforms);
        let found = about.filter_map(|name| {
            let nonconformity = audit_of(book.document(name.from))?.nonconformities.get(name.entry)?;
            Some((name.from, nonconformity))
        });
        found.filter(|(_, nonconformity)| nonconformity.closed_on.is_none()).collect()
    }
}

/// A nonconformity in a line.
pub fn nonconformity_line(nonconformity: &Nonconformity, language: &Language) -> String {
    let id = nonconformity.id.as_ref().map_or("", |id| id.value.as_str());
    format!("{id} {}", nonconformity.text.get(language)).trim().to_owned()
}

fn proving(proof: &Proof) -> Option<DocumentKey> {
    match proof {
        Proof::Document { document, .. }
        | Proof::Scope(document)
        | Proof::Objective(document)
        | Proof::Audit(document) => Some(*document),
        _ => None,
    }
}
