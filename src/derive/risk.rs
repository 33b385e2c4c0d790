//! The risk register: levels computed from the ratings, who accepted what, and how far treatments and their actions are
//! (ISO/IEC 27001 6.1.2, 6.1.3, 8.2, 8.3).

use std::collections::BTreeMap;

use super::Deadline;
use crate::book::{Book, DocumentKey, ReferenceKind};
use crate::config::Step;
use crate::date::Date;
use crate::document::DocumentType;
use crate::document::types::{Action, ActionStatus, Decision, Details, Rating, Risk, Treatment};
use crate::id::{ItemId, Role};
use crate::text::Spanned;

/// One risk with what is computed about it.
#[derive(Debug, Clone)]
pub struct RiskEntry {
    /// Its document.
    pub document: DocumentKey,
    /// The level before treatment, where both halves are on the scale.
    pub inherent: Option<Rated>,
    /// The level after treatment.
    pub residual: Option<Rated>,
    /// The treatment: its own, else the one of the latest decision.
    pub treatment: Option<Treatment>,
    /// The controls that its treatment needs, and for which roles (empty: all): its own and those of decisions.
    pub controls: Vec<(ItemId, Vec<Role>)>,
    /// Who accepted its residual level, and by which document.
    pub acceptances: Vec<Acceptance>,
    /// The decisions about it.
    pub decisions: Vec<DocumentKey>,
    /// The actions of its treatment, as many and in the same order as its document has them.
    pub actions: Vec<ActionEntry>,
    /// How far the treatment is.
    pub state: RiskState,
    /// When the treatment as a whole is due.
    pub treatment_due: Option<Deadline>,
    /// The first day on which something about it is due and not done.
    pub due: Option<Deadline>,
}

/// How far the treatment of a risk is (ISO/IEC 27001 8.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RiskState {
    /// Not done, and a day on which something was due has passed.
    Overdue,
    /// Not done.
    Open,
    /// Done: its document says when, or all its actions are.
    Treated,
    /// The risk is retired and counts no more.
    Retired,
}

impl RiskState {
    /// The word in word keys and machine formats. What is late is open.
    pub fn word(self) -> &'static str {
        match self {
            Self::Overdue | Self::Open => "open",
            Self::Treated => "treated",
            Self::Retired => "retired",
        }
    }
}

/// One action of a treatment. It says its own state; where it says none it is done when the treatment is.
#[derive(Debug, Clone)]
pub struct ActionEntry {
    /// How far it is.
    pub status: ActionStatus,
    /// Who does it: its own owner, else the risk's.
    pub owner: Option<String>,
    /// By when: its own day, else that of the treatment.
    pub due: Option<Deadline>,
}

/// A rating on the scales of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rated {
    /// Place of the step on the scale of likelihood.
    pub likelihood: usize,
    /// Place of the step on the scale of impact.
    pub impact: usize,
    /// The score.
    pub score: i64,
    /// Place among the levels.
    pub level: usize,
}

/// An acceptance of a residual risk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// The document that says so: the risk's own or a decision.
    pub document: DocumentKey,
    /// Who accepted.
    pub by: String,
    /// When.
    pub on: Option<Date>,
    /// The last day on which it holds.
    pub expires: Option<Date>,
    /// Whether it holds today.
    pub holds: bool,
}

impl RiskEntry {
    /// Whether the risk counts.
    pub fn is_living(&self) -> bool {
        self.state != RiskState::Retired
    }

    /// Whether the treatment is done.
    pub fn is_treated(&self) -> bool {
        self.state == RiskState::Treated
    }

    /// Whether its acceptances, of which there are some, have all expired.
    pub fn acceptance_expired(&self) -> bool {
        let none_holds = self.acceptances.iter().all(|acceptance| !acceptance.holds);
        self.is_living() && !self.acceptances.is_empty() && none_holds
    }

    /// The acceptance that counts: the last that holds, else the last.
    pub fn acceptance(&self) -> Option<&Acceptance> {
        self.acceptances.iter().rev().find(|acceptance| acceptance.holds).or(self.acceptances.last())
    }

    /// The score that counts now: the residual one, else the inherent one.
    pub fn current(&self) -> Option<Rated> {
        self.residual.or(self.inherent)
    }

    /// Whether its residual score is above what needs no acceptance, and no acceptance holds. A risk that is retained stays
    /// where it was.
    pub fn wants_acceptance(&self, acceptable: i64) -> bool {
        let retained = self.inherent.filter(|_| self.treatment == Some(Treatment::Retain));
        let above = self.residual.or(retained).is_some_and(|rated| rated.score > acceptable);
        self.is_living() && above && !self.acceptances.iter().any(|acceptance| acceptance.holds)
    }
}

/// The fields of a risk's document.
pub fn risk_of(book: &Book, key: DocumentKey) -> &Risk {
    match &book.document(key).details {
        Details::Risk(risk) => risk,
        _ => unreachable!("the register holds documents of type risk only"),
    }
}

pub(super) fn register(book: &Book, today: Date) -> Vec<RiskEntry> {
    book.documents_of(&DocumentType::Risk)
        .filter(|document| matches!(document.details, Details::Risk(_)))
        .map(|document| entry(book, document.key, today))
        .collect()
}

fn entry(book: &Book, key: DocumentKey, today: Date) -> RiskEntry {
    let risk = risk_of(book, key);
    let decisions: Vec<DocumentKey> = book
        .references_to_document(key)
        .filter(|reference| reference.kind == ReferenceKind::Treats)
        .map(|reference| reference.from)
        .filter(|decision| book.document(*decision).is_living())
        .collect();
    let controls = std::iter::once(key)
        .chain(decisions.iter().copied())
        .flat_map(|from| book.references_from(from))
        .filter(|reference| reference.kind == ReferenceKind::Selects)
        .filter_map(|reference| Some((reference.target.item()?.clone(), reference.roles.clone())))
        .collect();
    let decided = decisions.iter().filter_map(|key| {
        Some((
            decision_of(book, *key)?.decided_on.as_ref().map(|on| on.value),
            decision_of(book, *key)?.treatment.as_ref()?.value,
        ))
    });
    let treatment = risk
        .treatment
        .as_ref()
        .map(|treatment| treatment.value)
        .or_else(|| decided.max_by_key(|(on, _)| *on).map(|(_, treatment)| treatment));
    let treated = is_treated(risk);
    let treatment_due = deadline(risk.due.as_ref(), treated, today);
    let owner = book.document(key).metadata().owner.as_ref().map(|owner| owner.value.as_str());
    let due = open_deadlines(risk, today).filter(|_| !treated).min();
    RiskEntry {
        document: key,
        inherent: rate(book, &risk.inherent),
        residual: rate(book, &risk.residual),
        treatment,
        controls,
        acceptances: acceptances(book, key, &decisions, today),
        decisions,
        actions: risk.actions.iter().map(|action| action_entry(risk, action, owner, today)).collect(),
        state: match (book.document(key).is_living(), treated, due) {
            (false, ..) => RiskState::Retired,
            (true, true, _) => RiskState::Treated,
            (true, false, Some(Deadline { overdue: true, .. })) => RiskState::Overdue,
            (true, false, _) => RiskState::Open,
        },
        treatment_due,
        due,
    }
}

/// Whether a treatment is done: it says so, or all its actions do.
fn is_treated(risk: &Risk) -> bool {
    let done = |action: &Action| said(action) == Some(ActionStatus::Done);
    risk.treated_on.is_some() || !risk.actions.is_empty() && risk.actions.iter().all(done)
}

/// What an action says of itself.
fn said(action: &Action) -> Option<ActionStatus> {
    action.status.as_ref().map(|status| status.value)
}

fn action_entry(risk: &Risk, action: &Action, owner: Option<&str>, today: Date) -> ActionEntry {
    let treated = is_treated(risk);
    let status = said(action).unwrap_or(if treated { ActionStatus::Done } else { ActionStatus::Open });
    ActionEntry {
        status,
        owner: action.owner.as_deref().or(owner).map(str::to_owned),
        due: deadline(action.due.as_ref().or(risk.due.as_ref()), treated || status == ActionStatus::Done, today),
    }
}

fn deadline(due: Option<&Spanned<Date>>, done: bool, today: Date) -> Option<Deadline> {
    due.map(|due| Deadline { date: due.value, overdue: !done && due.value < today })
}

/// The days on which an open treatment is due: its own and those of its open actions.
fn open_deadlines(risk: &Risk, today: Date) -> impl Iterator<Item = Deadline> {
    let open = risk.actions.iter().filter(|action| said(action) != Some(ActionStatus::Done));
    let days = risk.due.iter().chain(open.filter_map(|action| action.due.as_ref()));
    days.map(move |due| Deadline::open(due.value, today))
}

/// The living decisions, and whether each holds on a day; one without an end holds until it is retired.
pub(super) fn decisions(book: &Book, today: Date) -> BTreeMap<DocumentKey, bool> {
    let living = book.living_of(&DocumentType::Decision);
    let decisions = living.filter_map(|document| Some((document.key, decision_of(book, document.key)?)));
    decisions.map(|(key, decision)| (key, holds(decision.expires.as_ref(), today))).collect()
}

fn holds(expires: Option<&Spanned<Date>>, today: Date) -> bool {
    expires.is_none_or(|expires| expires.value >= today)
}

fn decision_of(book: &Book, key: DocumentKey) -> Option<&Decision> {
    match &book.document(key).details {
        Details::Decision(decision) => Some(decision),
        _ => None,
    }
}

/// The rating on the matrix of the book; none where a half is missing or off the scale.
pub fn rate(book: &Book, rating: &Rating) -> Option<Rated> {
    let matrix = &book.config.risk.matrix;
    let likelihood = Step::find(&matrix.likelihood, &rating.likelihood.as_ref()?.value)?;
    let impact = Step::find(&matrix.impact, &rating.impact.as_ref()?.value)?;
    let score = matrix.score(likelihood, impact);
    Some(Rated { likelihood, impact, score, level: matrix.level(score) })
}

fn acceptances(book: &Book, key: DocumentKey, decisions: &[DocumentKey], today: Date) -> Vec<Acceptance> {
    let risk = risk_of(book, key);
    let own = risk.accepted_by.as_ref().map(|by| Acceptance {
        document: key,
        by: by.value.clone(),
        on: risk.accepted_on.as_ref().map(|on| on.value),
        expires: risk.acceptance_expires.as_ref().map(|date| date.value),
        holds: holds(risk.acceptance_expires.as_ref(), today),
    });
    let decided = decisions.iter().filter_map(|from| {
        let decision = decision_of(book, *from)?;
        if decision.treatment.as_ref()?.value != Treatment::Retain {
            return None;
        }
        Some(Acceptance {
            document: *from,
            by: decision.decided_by.as_ref()?.value.clone(),
            on: decision.decided_on.as_ref().map(|on| on.value),
            expires: decision.expires.as_ref().map(|date| date.value),
            holds: holds(decision.expires.as_ref(), today),
        })
    });
    own.into_iter().chain(decided).collect()
}
