//! An internal audit and its nonconformities (ISO/IEC 27001 9.2, 10.2; JIP-ISMS517 4.3).

use super::risk::roles;
use crate::date::Date;
use crate::id::Role;
use crate::language::{Language, Localized};
use crate::text::{Span, Spanned};
use crate::value::{Fields, Node, Report, Word};

/// What a document of type audit says; its `controls` and `requirements` are what was looked at.
#[derive(Debug, Clone, Default)]
pub struct Audit {
    /// What was audited.
    pub scope: Localized,
    /// Over which time.
    pub period: Localized,
    /// Who audited.
    pub auditor: Option<Spanned<String>>,
    /// When.
    pub audited_on: Option<Spanned<Date>>,
    /// Which roles it covered.
    pub roles: Vec<Spanned<Role>>,
    /// What did not conform.
    pub nonconformities: Vec<Nonconformity>,
}

/// One nonconformity.
#[derive(Debug, Clone)]
pub struct Nonconformity {
    /// Its id.
    pub id: Option<Spanned<String>>,
    /// The control that it is about, as written.
    pub control: Option<Spanned<String>>,
    /// The requirement that it is about, as written.
    pub requirement: Option<Spanned<String>>,
    /// How grave.
    pub grade: Option<Spanned<Grade>>,
    /// What was seen.
    pub text: Localized,
    /// Who mends it.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<Spanned<Date>>,
    /// When it was closed.
    pub closed_on: Option<Spanned<Date>>,
    /// Its place.
    pub span: Span,
}

/// How grave a nonconformity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// The system fails.
    Major,
    /// A slip.
    Minor,
    /// Room for improvement.
    Observation,
}

impl Word for Grade {
    const WORDS: &'static [(&'static str, Self)] =
        &[("major", Self::Major), ("minor", Self::Minor), ("observation", Self::Observation)];
}

impl Audit {
    pub(super) fn read(fields: &Fields<'_>) -> Self {
        Self {
            scope: fields.localized("scope").unwrap_or_default(),
            period: fields.localized("period").unwrap_or_default(),
            auditor: fields.text("auditor"),
            audited_on: fields.date("audited_on"),
            roles: roles(fields),
            nonconformities: fields.list("nonconformities", nonconformity),
        }
    }

    pub(super) fn translate(&mut self, language: &Language, other: &Self) {
        self.scope.translate(language, &other.scope);
        self.period.translate(language, &other.period);
        for (own, other) in self.nonconformities.iter_mut().zip(&other.nonconformities) {
            own.text.translate(language, &other.text);
        }
    }
}

fn nonconformity(node: &Node, report: &Report) -> Option<Nonconformity> {
    let fields = Fields::new("nonconformities", node, report);
    let id = fields.text("id");
    let nonconformity = Nonconformity {
        span: id.as_ref().map_or(node.span, |id| id.span),
        id,
        control: fields.text("control"),
        requirement: fields.text("requirement"),
        grade: fields.choice("grade"),
        text: fields.localized("text").unwrap_or_default(),
        owner: fields.person("owner").map(|owner| owner.value),
        due: fields.date("due"),
        closed_on: fields.date("closed_on"),
    };
    fields.finish(&[]);
    Some(nonconformity)
}
