//! Explicit lines of the SoA (ISO/IEC 27001 6.1.3 d).

use super::risk::roles;
use crate::date::Date;
use crate::document::front_matter::evidence;
use crate::document::{Evidence, ImplementationStatus};
use crate::id::Role;
use crate::language::{Language, Localized};
use crate::text::{Span, Spanned};
use crate::value::{Fields, Node, Report, Word};

/// What a document of type applicability says.
#[derive(Debug, Clone, Default)]
pub struct Applicability {
    /// Its lines.
    pub decisions: Vec<ApplicabilityEntry>,
}

/// One explicit line.
#[derive(Debug, Clone)]
pub struct ApplicabilityEntry {
    /// The controls as written: ids and ranges of ids.
    pub controls: Vec<Spanned<String>>,
    /// For which roles; empty for all.
    pub roles: Vec<Spanned<Role>>,
    /// Whether it applies; none where the line adds to what is derived.
    pub applicable: Option<Spanned<bool>>,
    /// Why, typed.
    pub reasons: Vec<Spanned<Reason>>,
    /// Why, in words.
    pub justification: Option<Spanned<Localized>>,
    /// How far it is implemented.
    pub status: Option<Spanned<ImplementationStatus>>,
    /// By when it will be.
    pub due: Option<Spanned<Date>>,
    /// Who answers for it.
    pub owner: Option<Spanned<String>>,
    /// What shows it at work.
    pub evidence: Vec<Evidence>,
    /// The place of the line.
    pub span: Span,
}

/// Why a control applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A risk's treatment needs it.
    Risk,
    /// A law asks for it.
    Legal,
    /// A contract asks for it.
    Contractual,
    /// The business needs it.
    Business,
    /// It is good practice.
    BestPractice,
}

impl Word for Reason {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("risk", Self::Risk),
        ("legal", Self::Legal),
        ("contractual", Self::Contractual),
        ("business", Self::Business),
        ("best-practice", Self::BestPractice),
    ];
}

impl ApplicabilityEntry {
    /// Its controls as written, in one text.
    pub fn written(&self) -> String {
        self.controls.iter().map(|control| control.value.as_str()).collect::<Vec<_>>().join(", ")
    }
}

impl Applicability {
    pub(super) fn read(fields: &Fields<'_>) -> Self {
        Self { decisions: fields.list("decisions", entry) }
    }

    pub(super) fn translate(&mut self, language: &Language, other: &Self) {
        for own in &mut self.decisions {
            let same = |entry: &&ApplicabilityEntry| {
                entry
                    .controls
                    .iter()
                    .map(|control| &control.value)
                    .eq(own.controls.iter().map(|control| &control.value))
                    && entry.roles.iter().map(|role| &role.value).eq(own.roles.iter().map(|role| &role.value))
            };
            let Some(other) = other.decisions.iter().find(same) else { continue };
            if let (Some(own), Some(other)) = (&mut own.justification, &other.justification) {
                own.value.translate(language, &other.value);
            }
            for (own, other) in own.evidence.iter_mut().zip(&other.evidence) {
                own.title.translate(language, &other.title);
            }
        }
    }
}

fn entry(node: &Node, report: &Report) -> Option<ApplicabilityEntry> {
    let fields = Fields::new("decisions", node, report);
    let controls = fields.ids("control");
    fields.require("control", node);
    let justification = fields.localized("justification");
    let place = fields.node("justification").map_or(node.span, |node| node.span);
    let flag = fields.node("applicable").map_or(node.span, |node| node.span);
    let entry = ApplicabilityEntry {
        span: controls.first().map_or(node.span, |control| control.span),
        roles: roles(&fields),
        applicable: fields.flag("applicable").map(|applicable| Spanned::new(applicable, flag)),
        reasons: fields.choices("reasons"),
        justification: justification.map(|text| Spanned::new(text, place)),
        status: fields.choice("status"),
        due: fields.date("due"),
        owner: fields.person("owner"),
        evidence: fields.list("evidence", evidence),
        controls,
    };
    fields.finish(&[]);
    (!entry.controls.is_empty()).then_some(entry)
}
