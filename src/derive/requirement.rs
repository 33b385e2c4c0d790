//! What proves a requirement: documents that name it, and what the book itself is (design section 4.2).

use std::sync::Arc;

use super::aspect::{Aspect, Facts, aspects};
use super::{RiskEntry, ScopeSummary, Soa};
use crate::book::{Book, DocumentKey, ReferenceKind, Target};
use crate::catalog::{Catalog, DocumentedInformation, Item, ItemKind, Shown, ShownBy};
use crate::date::Date;
use crate::document::DocumentType;

/// How far one requirement is proven.
#[derive(Debug, Clone)]
pub struct RequirementState {
    /// The requirement.
    pub item: Arc<Item>,
    /// The documents that name it, and what the book itself is.
    pub proofs: Vec<Proof>,
    /// Each piece of documented information that it demands.
    pub pieces: Vec<Piece>,
    /// What else the book was searched for.
    pub aspects: Vec<Aspect>,
    /// Taken together.
    pub state: State,
}

/// One piece of documented information and what proves it.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The piece.
    pub information: DocumentedInformation,
    /// What proves it.
    pub proofs: Vec<Proof>,
    /// Taken together.
    pub state: State,
}

/// What proves a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// A document that names it, or a part of it.
    Document {
        /// The document.
        document: DocumentKey,
        /// The part that it names.
        part: Option<String>,
    },
    /// A scope document.
    Scope(DocumentKey),
    /// The risk register: so many risks.
    Risks(usize),
    /// The treatments: so many.
    Treatments(usize),
    /// The SoA: nothing is undecided.
    Soa,
    /// The treatment plan: so many risks with a treatment.
    TreatmentPlan(usize),
    /// The acceptances: so many.
    Acceptances(usize),
    /// An objective.
    Objective(DocumentKey),
    /// An internal audit.
    Audit(DocumentKey),
}

/// How far something is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// By something in force.
    Proven,
    /// Only by documents that are not approved.
    Draft,
    /// By nothing.
    Unproven,
}

impl State {
    /// The word in machine formats and word keys.
    pub fn word(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Draft => "draft",
            Self::Unproven => "unproven",
        }
    }
}

impl RequirementState {
    /// Whether nothing that was looked for is missing.
    pub fn is_whole(&self) -> bool {
        self.aspects.iter().all(|aspect| aspect.met)
    }
}

pub(super) fn coverage(
    book: &Book,
    scope: &ScopeSummary,
    risks: &[RiskEntry],
    soa: &Soa,
    today: Date,
) -> Vec<RequirementState> {
    let facts = Facts { book, scope, risks, soa, today };
    book.active_catalogs(ItemKind::Requirement)
        .flat_map(|catalog| catalog.items_of(ItemKind::Requirement).map(|item| state(&facts, catalog, item)))
        .collect()
}

fn state(facts: &Facts<'_>, catalog: &Catalog, item: &Arc<Item>) -> RequirementState {
    let named = named(facts.book, catalog, item);
    let lone = item.documented_information.len() == 1;
    let own_piece = item.documented_information.iter().any(|piece| piece.part.is_none());
    let pieces: Vec<Piece> = item
        .documented_information
        .iter()
        .map(|information| {
            let mut proofs: Vec<Proof> =
                named.iter().filter(|proof| proves(proof, information, lone, own_piece)).cloned().collect();
            proofs.extend(by_book(facts, item, information.part.as_deref()));
            Piece { state: together(facts.book, &proofs), information: information.clone(), proofs }
        })
        .collect();
    let mut proofs = named;
    for piece in &pieces {
        for proof in &piece.proofs {
            if !proofs.contains(proof) {
                proofs.push(proof.clone());
            }
        }
    }
    if pieces.is_empty() {
        proofs.extend(by_book(facts, item, None));
    }
    let state = if pieces.is_empty() {
        together(facts.book, &proofs)
    } else {
        pieces.iter().map(|piece| piece.state).max().unwrap_or(State::Unproven)
    };
    let aspects = if item.heading { Vec::new() } else { aspects(facts, catalog, item) };
    RequirementState { item: Arc::clone(item), proofs, pieces, aspects, state }
}

/// The documents that name the requirement, or the heading above it (`9.2` names `9.2.2`).
fn named(book: &Book, catalog: &Catalog, item: &Item) -> Vec<Proof> {
    let above = |id: &str| item.id.id.strip_prefix(id).is_some_and(|rest| rest.starts_with('.'));
    let headings = catalog.items.iter().filter(|other| other.heading && above(&other.id.id)).map(|other| &other.id);
    let mut proofs = Vec::new();
    for id in std::iter::once(&item.id).chain(headings) {
        for reference in book.references_to(id).filter(|reference| reference.kind == ReferenceKind::Proves) {
            let Target::Item { part, .. } = &reference.target else { continue };
            let proof = Proof::Document { document: reference.from, part: part.clone() };
            if book.document(reference.from).is_living() && !proofs.contains(&proof) {
                proofs.push(proof);
            }
        }
    }
    proofs
}

/// Whether naming the clause, or a part of it, proves a piece. The bare clause proves all its pieces, but where one piece
/// is the clause's own (the process of 6.1.3) it proves that one, and the lettered ones want their letter.
fn proves(proof: &Proof, information: &DocumentedInformation, lone: bool, own_piece: bool) -> bool {
    let Proof::Document { part, .. } = proof else { return true };
    match (part, &information.part) {
        (Some(part), Some(wanted)) => part == wanted,
        (Some(_), None) => lone,
        (None, None) => true,
        (None, Some(_)) => !own_piece,
    }
}

fn together(book: &Book, proofs: &[Proof]) -> State {
    let in_force = |proof: &Proof| match proof {
        Proof::Document { document, .. }
        | Proof::Scope(document)
        | Proof::Objective(document)
        | Proof::Audit(document) => book.document(*document).is_approved(),
        _ => true,
    };
    if proofs.iter().any(in_force) {
        State::Proven
    } else if proofs.is_empty() {
        State::Unproven
    } else {
        State::Draft
    }
}

/// What the book itself proves of a requirement, or of one piece of it: as its catalog says.
fn by_book(facts: &Facts<'_>, item: &Item, part: Option<&str>) -> Vec<Proof> {
    let of_piece = |shown: &&ShownBy| shown.part.is_none() || shown.part.as_deref() == part;
    item.shown_by.iter().filter(of_piece).flat_map(|shown| shown_by(facts, shown.by)).collect()
}

fn shown_by(facts: &Facts<'_>, shown: Shown) -> Vec<Proof> {
    let living = || facts.risks.iter().filter(|risk| risk.is_living());
    let scopes = || facts.scope.documents.iter().map(|key| Proof::Scope(*key)).collect();
    let of_type = |kind: DocumentType, proof: fn(DocumentKey) -> Proof| {
        facts.book.living_of(&kind).map(|document| proof(document.key)).collect()
    };
    let counted = |count: usize, proof: fn(usize) -> Proof| if count > 0 { vec![proof(count)] } else { Vec::new() };
    let treated = || living().filter(|risk| risk.treatment.is_some()).count();
    let totals = facts.soa.totals;
    match shown {
        Shown::CloudScope if facts.scope.services.is_empty() => Vec::new(),
        Shown::Scope | Shown::CloudScope => scopes(),
        Shown::Risks => counted(living().count(), Proof::Risks),
        Shown::CloudRisks => counted(living().filter(|risk| names_service(facts.book, risk)).count(), Proof::Risks),
        Shown::Treatments => counted(treated(), Proof::Treatments),
        Shown::TreatmentControls => {
            counted(living().filter(|risk| !risk.controls.is_empty()).count(), Proof::Treatments)
        }
        Shown::Soa => {
            if totals.all() > 0 && totals.undecided == 0 {
                vec![Proof::Soa]
            } else {
                Vec::new()
            }
        }
        Shown::TreatmentPlan => counted(treated(), Proof::TreatmentPlan),
        Shown::Acceptances => counted(living().map(|risk| risk.acceptances.len()).sum(), Proof::Acceptances),
        Shown::Objectives => of_type(DocumentType::Objective, Proof::Objective),
        Shown::Audits => of_type(DocumentType::Audit, Proof::Audit),
    }
}

fn names_service(book: &Book, risk: &RiskEntry) -> bool {
    !super::risk::risk_of(book, risk.document).cloud_services.is_empty()
}
