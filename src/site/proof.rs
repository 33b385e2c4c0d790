//! What proves a requirement, as pages show it.

use serde::Serialize;

use super::context::Context;
use super::view::{Badge, Link};
use crate::derive::{Piece, Proof, RequirementProof, RequirementState};
use crate::export::requirements::proof_text;

/// One thing that proves a requirement.
#[derive(Debug, Serialize)]
pub(super) struct ProofView {
    /// The document or the page.
    pub(super) link: Link,
    /// The part of the requirement that it names.
    pub(super) part: String,
    /// A document's state, where it is not approved.
    pub(super) state: Option<Badge>,
}

/// One piece of documented information.
#[derive(Debug, Serialize)]
pub(super) struct PieceView {
    /// The letter of the part.
    pub(super) part: String,
    /// What it is.
    pub(super) title: String,
    /// Whether the clause says so in so many words.
    pub(super) explicit: bool,
    /// What proves it.
    pub(super) proofs: Vec<ProofView>,
    /// Taken together.
    pub(super) state: Badge,
}

/// What proves something, for a page.
pub(super) fn proof_views(context: &Context<'_>, proofs: &[Proof]) -> Vec<ProofView> {
    let mut views: Vec<ProofView> = Vec::new();
    // A scope that also names its clause proves it once.
    for view in proofs.iter().map(|proof| proof_view(context, proof)) {
        match views.iter_mut().find(|known| known.link == view.link) {
            Some(known) if known.part.is_empty() => known.part = view.part,
            Some(_) => {}
            None => views.push(view),
        }
    }
    views
}

fn proof_view(context: &Context<'_>, proof: &Proof) -> ProofView {
    let text = || proof_text(context.snapshot, proof, context.language);
    let view =
        |file: &str| ProofView { link: Link::new(context.links.view(file), &text()), part: String::new(), state: None };
    match proof {
        Proof::Document { document, part } => {
            let state = context.document_status(context.document(*document)).filter(|state| state.kind != "approved");
            ProofView { link: context.to_document(*document), part: part.clone().unwrap_or_default(), state }
        }
        Proof::Scope(document) | Proof::Objective(document) | Proof::Audit(document) => {
            let state = context.document_status(context.document(*document)).filter(|state| state.kind != "approved");
            ProofView { link: context.to_document(*document), part: String::new(), state }
        }
        Proof::Risks(_) | Proof::Acceptances(_) => view("risk-register.html"),
        Proof::Treatments(_) | Proof::TreatmentPlan(_) => view("treatment-plan.html"),
        Proof::Soa => view("soa.html"),
    }
}

/// A piece for a page.
pub(super) fn piece_view(context: &Context<'_>, piece: &Piece) -> PieceView {
    PieceView {
        part: piece.information.part.clone().unwrap_or_default(),
        title: context.text(&piece.information.title),
        explicit: piece.information.explicit,
        proofs: proof_views(context, &piece.proofs),
        state: state_badge(context, piece.state),
    }
}

/// How far something is proven.
pub(super) fn state_badge(context: &Context<'_>, state: RequirementProof) -> Badge {
    let kind = match state {
        RequirementProof::Proven => "proven",
        RequirementProof::Draft => "drafts-only",
        RequirementProof::Unproven => "unproven",
    };
    Badge::new(kind, &context.word(&format!("proof-state.{}", state.word())))
}

/// How far a requirement is proven; one that wants nothing in writing and that nothing names is neither.
pub(super) fn requirement_badge(context: &Context<'_>, state: &RequirementState) -> Badge {
    if state.pieces.is_empty() && state.proofs.is_empty() {
        return Badge::new("none", &context.say("requirements.not-named"));
    }
    state_badge(context, state.state)
}
