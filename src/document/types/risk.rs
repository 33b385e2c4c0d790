//! Risks, and decisions about them apart from their own pages (ISO/IEC 27001 6.1.2, 6.1.3, 8.2, 8.3).

use super::scope::translate_list;
use crate::date::Date;
use crate::id::Role;
use crate::language::{Language, Localized};
use crate::text::Spanned;
use crate::value::{Fields, Node, Report, Word, scalar};

/// What a risk's page says; levels are computed, never typed.
#[derive(Debug, Clone, Default)]
pub struct Risk {
    /// The assets concerned.
    pub assets: Vec<Localized>,
    /// What would be lost.
    pub affects: Vec<Spanned<Effect>>,
    /// The risk sources considered, as written.
    pub sources: Vec<Spanned<String>>,
    /// The threat.
    pub threat: Localized,
    /// The vulnerability.
    pub vulnerability: Localized,
    /// The cloud services concerned, by name.
    pub cloud_services: Vec<Spanned<String>>,
    /// Likelihood and impact before treatment.
    pub inherent: Rating,
    /// What is done about it.
    pub treatment: Option<Spanned<Treatment>>,
    /// Likelihood and impact after treatment.
    pub residual: Rating,
    /// Who accepted the residual risk.
    pub accepted_by: Option<Spanned<String>>,
    /// When.
    pub accepted_on: Option<Spanned<Date>>,
    /// Until when.
    pub acceptance_expires: Option<Spanned<Date>>,
    /// By when the treatment is to be done.
    pub due: Option<Spanned<Date>>,
    /// When it was done.
    pub treated_on: Option<Spanned<Date>>,
    /// With whom the risk is shared.
    pub shared_with: Option<Localized>,
    /// What is to be done.
    pub actions: Vec<Action>,
}

/// Likelihood and impact, each a step of the scale by id or number, as written.
#[derive(Debug, Clone, Default)]
pub struct Rating {
    /// How likely.
    pub likelihood: Option<Spanned<String>>,
    /// How bad.
    pub impact: Option<Spanned<String>>,
}

/// What a risk would cost information (ISO/IEC 27001 6.1.2 c 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// 機密性.
    Confidentiality,
    /// 完全性.
    Integrity,
    /// 可用性.
    Availability,
}

impl Word for Effect {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("confidentiality", Self::Confidentiality),
        ("integrity", Self::Integrity),
        ("availability", Self::Availability),
    ];
}

/// What is done about a risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Treatment {
    /// Controls make it smaller.
    Modify,
    /// It is kept, knowingly.
    Retain,
    /// What gives rise to it is not done.
    Avoid,
    /// Another party bears a part.
    Share,
}

impl Word for Treatment {
    const WORDS: &'static [(&'static str, Self)] =
        &[("modify", Self::Modify), ("retain", Self::Retain), ("avoid", Self::Avoid), ("share", Self::Share)];
}

/// One action of a treatment.
#[derive(Debug, Clone)]
pub struct Action {
    /// What is done.
    pub what: Localized,
    /// Who does it.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<Spanned<Date>>,
    /// How far it is.
    pub status: Option<Spanned<ActionStatus>>,
}

/// The state of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionStatus {
    /// Not begun.
    Open,
    /// Begun.
    InProgress,
    /// Done.
    Done,
}

impl Word for ActionStatus {
    const WORDS: &'static [(&'static str, Self)] =
        &[("open", Self::Open), ("in-progress", Self::InProgress), ("done", Self::Done)];
}

/// A risk decision apart from the risks' own pages.
#[derive(Debug, Clone, Default)]
pub struct Decision {
    /// The risks, by id.
    pub risks: Vec<Spanned<String>>,
    /// What is decided; `retain` is an acceptance too.
    pub treatment: Option<Spanned<Treatment>>,
    /// Who decided.
    pub decided_by: Option<Spanned<String>>,
    /// When.
    pub decided_on: Option<Spanned<Date>>,
    /// Until when it holds.
    pub expires: Option<Spanned<Date>>,
}

impl Risk {
    pub(super) fn read(fields: &Fields<'_>) -> Self {
        Self {
            assets: fields.localized_list("assets"),
            affects: fields.choices("affects"),
            sources: fields.ids("sources"),
            threat: fields.localized("threat").unwrap_or_default(),
            vulnerability: fields.localized("vulnerability").unwrap_or_default(),
            cloud_services: fields.texts("cloud_services"),
            inherent: Rating::read(fields),
            treatment: fields.choice("treatment"),
            residual: fields.map("residual", residual).unwrap_or_default(),
            accepted_by: fields.person("accepted_by"),
            accepted_on: fields.date("accepted_on"),
            acceptance_expires: fields.date("acceptance_expires"),
            due: fields.date("due"),
            treated_on: fields.date("treated_on"),
            shared_with: fields.localized("shared_with"),
            actions: fields.list("actions", action),
        }
    }

    pub(super) fn translate(&mut self, language: &Language, other: &Self) {
        translate_list(&mut self.assets, language, &other.assets);
        self.threat.translate(language, &other.threat);
        self.vulnerability.translate(language, &other.vulnerability);
        if let (Some(own), Some(other)) = (&mut self.shared_with, &other.shared_with) {
            own.translate(language, other);
        }
        for (own, other) in self.actions.iter_mut().zip(&other.actions) {
            own.what.translate(language, &other.what);
        }
    }
}

impl Rating {
    fn read(fields: &Fields<'_>) -> Self {
        Self { likelihood: fields.text("likelihood"), impact: fields.text("impact") }
    }

    /// Whether neither half is given.
    pub fn is_empty(&self) -> bool {
        self.likelihood.is_none() && self.impact.is_none()
    }
}

fn residual(node: &Node, report: &Report) -> Option<Rating> {
    let fields = Fields::new("residual", node, report);
    let rating = Rating::read(&fields);
    fields.finish(&[]);
    Some(rating)
}

fn action(node: &Node, report: &Report) -> Option<Action> {
    if let Some(text) = node.scalar() {
        return Some(Action { what: Localized::plain(text), owner: None, due: None, status: None });
    }
    let fields = Fields::new("actions", node, report);
    let action = Action {
        what: fields.localized("what").unwrap_or_default(),
        owner: fields.person("owner").map(|owner| owner.value),
        due: fields.date("due"),
        status: fields.choice("status"),
    };
    fields.finish(&[]);
    Some(action)
}

impl Decision {
    pub(super) fn read(fields: &Fields<'_>) -> Self {
        Self {
            risks: fields.ids("risks"),
            treatment: fields.choice("treatment"),
            decided_by: fields.person("decided_by"),
            decided_on: fields.date("decided_on"),
            expires: fields.date("expires"),
        }
    }
}

/// The `roles` of an entry.
pub(in crate::document) fn roles(fields: &Fields<'_>) -> Vec<Spanned<Role>> {
    fields.list("roles", |node, report| Some(Spanned::new(Role::new(&scalar("roles", node, report)?), node.span)))
}
