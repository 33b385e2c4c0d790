//! What is computed from the book: SoA, risks, requirements, what falls due. Nothing here is stored; all is made anew.

mod aspect;
pub mod audits;
mod calendar;
mod deadline;
pub mod evidence;
mod requirement;
pub mod risk;
mod scope;
pub mod soa;
mod sources;

pub use aspect::{Aspect, Lacking};
pub use audits::{NonconformityEntry, NonconformityState};
pub use calendar::{Due, DueKind};
pub use deadline::Deadline;
pub use evidence::{EvidenceEntry, EvidenceState};
pub use requirement::{Piece, Proof, RequirementState, State as RequirementProof};
pub use risk::{Acceptance, ActionEntry, Rated, RiskEntry, RiskState};
pub use scope::ScopeSummary;
pub use soa::{
    Applicability, Conflict, DerivedReason, EvidenceOf, Explicit, Implementation, Justification, Soa, SoaLine, Totals,
};
pub use sources::{SourceEntry, SourceState};

use std::collections::BTreeMap;

use crate::book::{Book, Document, DocumentKey};
use crate::date::Date;
use crate::document::Evidence;
use crate::id::ItemId;

/// The day as of which everything is computed: to be written, not to be compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf(Date);

impl AsOf {
    /// Year, month and day.
    pub fn parts(self) -> (i16, i8, i8) {
        self.0.parts()
    }
}

impl std::fmt::Display for AsOf {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(formatter)
    }
}

/// Everything that is computed from a book on one day.
#[derive(Debug, Clone)]
pub struct Derived {
    /// The day that counts as today.
    pub today: Date,
    /// What the scope document declares.
    pub scope: ScopeSummary,
    /// The risks, in the order of the book.
    pub risks: Vec<RiskEntry>,
    /// The SoA.
    pub soa: Soa,
    /// How far each requirement is proven, in the order of `[isms] requirements`.
    pub requirements: Vec<RequirementState>,
    /// The evidence, each piece once.
    pub evidence: Vec<EvidenceEntry>,
    /// Everything that falls due, by date.
    pub due: Vec<Due>,
    /// The nonconformities: the overdue ones, the open ones, the closed ones; within these the latest audit first.
    pub nonconformities: Vec<NonconformityEntry>,
    sources: BTreeMap<ItemId, SourceEntry>,
    decisions: BTreeMap<DocumentKey, bool>,
    evidence_at: BTreeMap<evidence::Identity, usize>,
    risk_at: BTreeMap<DocumentKey, usize>,
    requirement_at: BTreeMap<ItemId, usize>,
}

/// Computes everything.
pub fn derive(book: &Book, today: Date) -> Derived {
    let scope = scope::summarize(book);
    let risks = risk::register(book, today);
    let soa = soa::statement(book, &scope, &risks);
    let requirements = requirement::coverage(book, &scope, &risks, &soa, today);
    let (evidence, evidence_at) = evidence::register(book, &soa, today);
    let nonconformities = audits::nonconformities(book, today);
    let due = calendar::collect(book, &risks, &soa, &evidence, &nonconformities);
    let risk_at = risks.iter().enumerate().map(|(at, risk)| (risk.document, at)).collect();
    let requirement_at = requirements.iter().enumerate().map(|(at, state)| (state.item.id.clone(), at)).collect();
    let (sources, decisions) = (sources::coverage(book), risk::decisions(book, today));
    Derived {
        today,
        scope,
        risks,
        soa,
        requirements,
        evidence,
        due,
        nonconformities,
        sources,
        decisions,
        evidence_at,
        risk_at,
        requirement_at,
    }
}

impl Derived {
    /// The register's entry of a risk's document.
    pub fn risk(&self, key: DocumentKey) -> Option<&RiskEntry> {
        self.risk_at.get(&key).map(|at| &self.risks[*at])
    }

    /// The risks that count.
    pub fn living_risks(&self) -> impl Iterator<Item = &RiskEntry> + Clone {
        self.risks.iter().filter(|risk| risk.is_living())
    }

    /// Whether a living decision holds today; nothing of any other document.
    pub fn decision_holds(&self, key: DocumentKey) -> Option<bool> {
        self.decisions.get(&key).copied()
    }

    /// Who considered a risk source; nothing of any other item.
    pub fn source(&self, item: &ItemId) -> Option<&SourceEntry> {
        self.sources.get(item)
    }

    /// Whether a piece of evidence that a document names still counts: as the register says of it, however many name it.
    pub fn evidence_state(&self, book: &Book, document: DocumentKey, evidence: &Evidence) -> EvidenceState {
        let at = self.evidence_at.get(&evidence::identity(book, document, evidence));
        at.map_or_else(|| evidence.state(self.today), |at| self.evidence[*at].state)
    }

    /// How far a nonconformity is mended, by its place in an audit.
    pub fn nonconformity_state(&self, audit: DocumentKey, at: usize) -> Option<NonconformityState> {
        self.nonconformities.iter().find(|entry| (entry.audit, entry.at) == (audit, at)).map(|entry| entry.state)
    }

    /// When a document, in one of its languages, is to be looked through again.
    pub fn review(&self, document: &Document, next: Option<Date>) -> Option<Deadline> {
        deadline::review(document, next, self.today)
    }

    /// In how many days something is due; below zero where it is overdue.
    pub fn days_until(&self, due: &Due) -> i32 {
        self.today.days_until(due.date)
    }

    /// The days up to today among some.
    pub fn past(&self, days: impl Iterator<Item = Date>) -> impl Iterator<Item = Date> {
        let today = self.today;
        days.filter(move |day| *day <= today)
    }

    /// The day that counts as today, to be written on what is published.
    pub fn as_of(&self) -> AsOf {
        AsOf(self.today)
    }

    /// Takes over what a fuller book decided, where this one lacks the documents that did: whether controls apply and are
    /// implemented, and how far requirements are proven. Texts, owners and documents stay those of this book.
    pub fn keep_decided(&mut self, whole: &Self, book: &Book) {
        self.soa = self.soa.with_decisions_of(&whole.soa, book);
        for state in &mut self.requirements {
            let Some(other) = whole.requirement(&state.item.id) else { continue };
            state.state = other.state;
            for (aspect, other) in state.aspects.iter_mut().zip(&other.aspects) {
                // What lacks something may be what this book lacks on purpose.
                *aspect = Aspect { lacking: Vec::new(), ..other.clone() };
            }
            for (piece, other) in state.pieces.iter_mut().zip(&other.pieces) {
                piece.state = other.state;
            }
        }
    }

    /// How far a requirement is proven.
    pub fn requirement(&self, item: &ItemId) -> Option<&RequirementState> {
        self.requirement_at.get(item).map(|at| &self.requirements[*at])
    }
}
