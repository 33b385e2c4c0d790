//! What is computed from the book: SoA, risks, requirements, what falls due. Nothing here is stored; all is made anew.

mod aspect;
pub mod audits;
mod calendar;
pub mod evidence;
mod requirement;
pub mod risk;
mod scope;
pub mod soa;

pub use aspect::{Aspect, Lacking};
pub use audits::NonconformityEntry;
pub use calendar::{Due, DueKind};
pub use evidence::{EvidenceEntry, EvidenceState};
pub use requirement::{Piece, Proof, RequirementState, State as RequirementProof};
pub use risk::{Acceptance, Rated, RiskEntry};
pub use scope::ScopeSummary;
pub use soa::{
    Applicability, Conflict, DerivedReason, EvidenceOf, Explicit, Implementation, Justification, Soa, SoaLine, Totals,
};

use std::collections::BTreeMap;

use crate::book::{Book, DocumentKey};
use crate::date::Date;
use crate::id::ItemId;

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
    risk_at: BTreeMap<DocumentKey, usize>,
    requirement_at: BTreeMap<ItemId, usize>,
}

/// Computes everything.
pub fn derive(book: &Book, today: Date) -> Derived {
    let scope = scope::summarize(book);
    let risks = risk::register(book, today);
    let soa = soa::statement(book, &scope, &risks);
    let requirements = requirement::coverage(book, &scope, &risks, &soa, today);
    let evidence = evidence::register(book, &soa, today);
    let due = calendar::collect(book, &risks, &soa, &evidence);
    let risk_at = risks.iter().enumerate().map(|(at, risk)| (risk.document, at)).collect();
    let requirement_at = requirements.iter().enumerate().map(|(at, state)| (state.item.id.clone(), at)).collect();
    Derived { today, scope, risks, soa, requirements, evidence, due, risk_at, requirement_at }
}

impl Derived {
    /// The register's entry of a risk's document.
    pub fn risk(&self, key: DocumentKey) -> Option<&RiskEntry> {
        self.risk_at.get(&key).map(|at| &self.risks[*at])
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
