//! What proves a requirement, as pages show it.

use serde::Serialize;

use crate::address::View;
use crate::derive::{Aspect, Lacking, Piece, Proof, RequirementProof, RequirementState};
use crate::phrase;
use crate::site::context::Context;
use crate::site::view::{Badge, Link};

/// One thing that proves a requirement.
#[derive(Debug, Serialize)]
pub(in crate::site) struct ProofView {
    /// The document or the page.
    pub(in crate::site) link: Link,
    /// The part of the requirement that it names.
    pub(in crate::site) part: String,
    /// A document's state, where it is not approved.
    pub(in crate::site) state: Option<Badge>,
}

/// One piece of documented information.
#[derive(Debug, Serialize)]
pub(in crate::site) struct PieceView {
    /// The letter of the part.
    pub(in crate::site) part: String,
    /// What it is.
    pub(in crate::site) title: String,
    /// Whether the clause says so in so many words.
    pub(in crate::site) explicit: bool,
    /// What proves it.
    pub(in crate::site) proofs: Vec<ProofView>,
    /// Taken together.
    pub(in crate::site) state: Badge,
}

/// One thing that the book was searched for.
#[derive(Debug, Serialize)]
pub(in crate::site) struct AspectView {
    /// What was looked for.
    pub(in crate::site) what: String,
    /// Whether it is all there.
    pub(in crate::site) met: bool,
    /// The same as a word.
    pub(in crate::site) state: Badge,
    /// How much of it is there, in words.
    pub(in crate::site) found: String,
    /// What is missing and what to do about it.
    pub(in crate::site) missing: String,
    /// What lacks something.
    pub(in crate::site) lacking: Vec<Link>,
    /// How many more do.
    pub(in crate::site) more: String,
}

/// A page names so many of those that lack something.
const LACKING_MAX: usize = 40;

/// One thing that the book was searched for, for a page.
pub(in crate::site) fn aspect_view(context: &Context<'_>, aspect: &Aspect) -> AspectView {
    let more = aspect.lacking.len().saturating_sub(LACKING_MAX);
    let all = (aspect.found + aspect.lacking.len()).to_string();
    let state = match (aspect.met, aspect.found) {
        (true, _) => Badge::new("proven", &context.say("aspect.met")),
        (false, 0) => Badge::new("unproven", &context.say("aspect.absent")),
        (false, _) => Badge::new("drafts-only", &context.say("aspect.partial")),
    };
    AspectView {
        what: context.word(&format!("aspect.{}.what", aspect.key)),
        met: aspect.met,
        state,
        found: if all == "0" {
            context.say("aspect.nothing")
        } else {
            context.fill("aspect.found", &[("n", &aspect.found.to_string()), ("all", &all)])
        },
        missing: if aspect.met { String::new() } else { context.word(&format!("aspect.{}.missing", aspect.key)) },
        lacking: aspect.lacking.iter().take(LACKING_MAX).map(|lacking| lacking_link(context, lacking)).collect(),
        more: if more == 0 { String::new() } else { context.fill("more", &[("n", &more.to_string())]) },
    }
}

fn lacking_link(context: &Context<'_>, lacking: &Lacking) -> Link {
    match lacking {
        Lacking::Document(key) => context.to_document(*key),
        Lacking::Service(name) => Link::new(context.links.view(View::Scope), name).at("services"),
        Lacking::Item(item, role) => {
            let link = context.to_item(item);
            let catalog = context.book().catalogs.get(item.catalog.as_str());
            match role.as_ref().zip(catalog).map(|(role, catalog)| context.role(catalog, role).1) {
                Some(role) => Link { id: format!("{} {role}", link.id), ..link },
                None => link,
            }
        }
        Lacking::Role(role) => {
            Link::new(context.links.view(View::Scope), &context.text(&phrase::role(context.book(), role)))
        }
    }
}

/// What proves something, for a page.
pub(in crate::site) fn proof_views(context: &Context<'_>, proofs: &[Proof]) -> Vec<ProofView> {
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
    let text = || phrase::proof(context.book(), proof, context.language);
    let view =
        |view: View| ProofView { link: Link::new(context.links.view(view), &text()), part: String::new(), state: None };
    match proof {
        Proof::Document { document, part } => {
            let state = context.document_status(context.document(*document)).filter(|state| state.kind != "approved");
            ProofView { link: context.to_document(*document), part: part.clone().unwrap_or_default(), state }
        }
        Proof::Scope(document) | Proof::Objective(document) | Proof::Audit(document) => {
            let state = context.document_status(context.document(*document)).filter(|state| state.kind != "approved");
            ProofView { link: context.to_document(*document), part: String::new(), state }
        }
        Proof::Risks(_) => view(View::RiskRegister),
        Proof::Acceptances(_) => {
            let link = Link::new(context.links.view(View::TreatmentPlan), &text()).at("acceptances");
            ProofView { link, part: String::new(), state: None }
        }
        Proof::Treatments(_) | Proof::TreatmentPlan(_) => view(View::TreatmentPlan),
        Proof::Soa => view(View::Soa),
    }
}

/// A piece for a page.
pub(in crate::site) fn piece_view(context: &Context<'_>, piece: &Piece) -> PieceView {
    PieceView {
        part: piece.information.part.clone().unwrap_or_default(),
        title: context.text(&piece.information.title),
        explicit: piece.information.explicit,
        proofs: proof_views(context, &piece.proofs),
        state: state_badge(context, piece.state),
    }
}

/// How far something is proven.
pub(in crate::site) fn state_badge(context: &Context<'_>, state: RequirementProof) -> Badge {
    let kind = match state {
        RequirementProof::Proven => "proven",
        RequirementProof::Draft => "drafts-only",
        RequirementProof::Unproven => "unproven",
    };
    Badge::new(kind, &context.word(&format!("proof-state.{}", state.word())))
}

/// How far a requirement is proven; one that wants nothing in writing and that nothing names is neither.
pub(in crate::site) fn requirement_badge(context: &Context<'_>, state: &RequirementState) -> Badge {
    if state.pieces.is_empty() && state.proofs.is_empty() {
        return Badge::new("none", &context.say("requirements.not-named"));
    }
    if state.state == RequirementProof::Proven && !state.is_whole() {
        return Badge::new("drafts-only", &context.word("proof-state.partial"));
    }
    state_badge(context, state.state)
}
