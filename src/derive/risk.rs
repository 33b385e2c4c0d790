//! The risk register: levels computed from the ratings, and who accepted what (ISO/IEC 27001 6.1.2, 6.1.3, 8.2, 8.3).

use crate::book::{Book, DocumentKey, ReferenceKind};
use crate::config::Step;
use crate::date::Date;
use crate::document::DocumentType;
use crate::document::types::{Details, Rating, Risk, Treatment};
use crate::id::{ItemId, Role};

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
    /// Whether the treatment is done.
    pub treated: bool,
    /// The first day on which something about it is due and not done.
    pub due: Option<Date>,
    /// Whether the risk is retired and counts no more.
    pub retired: bool,
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
    /// The score that counts now: the residual one, else the inherent one.
    pub fn current(&self) -> Option<Rated> {
        self.residual.or(self.inherent)
    }

    /// Whether its residual score is above what needs no acceptance, and no acceptance holds. A risk that is retained stays
    /// where it was.
    pub fn wants_acceptance(&self, acceptable: i64) -> bool {
        let retained = self.inherent.filter(|_| self.treatment == Some(Treatment::Retain));
        let above = self.residual.or(retained).is_some_and(|rated| rated.score > acceptable);
        !self.retired && above && !self.acceptances.iter().any(|acceptance| acceptance.holds)
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
    RiskEntry {
        document: key,
        inherent: rate(book, &risk.inherent),
        residual: rate(book, &risk.residual),
        treatment,
        controls,
        acceptances: acceptances(book, key, &decisions, today),
        decisions,
        treated: risk.is_treated(),
        due: open_dates(risk).min(),
        retired: !book.document(key).is_living(),
    }
}

/// The days on which an open treatment is due: its own and those of its open actions.
fn open_dates(risk: &Risk) -> impl Iterator<Item = Date> {
    use crate::document::types::ActionStatus;
    let done = risk.is_treated();
    let own = risk.due.as_ref().filter(|_| !done).map(|due| due.value);
    let actions = risk
        .actions
        .iter()
        .filter(move |action| !done && action.status.as_ref().is_none_or(|status| status.value != ActionStatus::Done));
    own.into_iter().chain(actions.filter_map(|action| action.due.as_ref().map(|due| due.value)))
}

fn decision_of(book: &Book, key: DocumentKey) -> Option<&crate::document::types::Decision> {
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
    let holds = |expires: Option<Date>| expires.is_none_or(|expires| expires >= today);
    let own = risk.accepted_by.as_ref().map(|by| {
        let expires = risk.acceptance_expires.as_ref().map(|date| date.value);
        Acceptance {
            document: key,
            by: by.value.clone(),
            on: risk.accepted_on.as_ref().map(|on| on.value),
            expires,
            holds: holds(expires),
        }
    });
    let decided = decisions.iter().filter_map(|from| {
        let decision = decision_of(book, *from)?;
        if decision.treatment.as_ref()?.value != Treatment::Retain {
            return None;
        }
        let expires = decision.expires.as_ref().map(|date| date.value);
        let by = decision.decided_by.as_ref()?.value.clone();
        Some(Acceptance {
            document: *from,
            by,
            on: decision.decided_on.as_ref().map(|on| on.value),
            expires,
            holds: holds(expires),
        })
    });
    own.into_iter().chain(decided).collect()
}
