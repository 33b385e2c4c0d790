//! What proves a requirement, as pages show it.

use serde::Serialize;

use super::context::Context;
use super::view::{Badge, Link};
use crate::derive::{Aspect, Lacking, Piece, Proof, RequirementProof, RequirementState};
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

/// One thing that the book was searched for.
#[derive(Debug, Serialize)]
pub(super) struct AspectView {
    /// What was looked for.
    pub(super) what: String,
    /// Whether it is all there.
    pub(super) met: bool,
    /// The same as a word.
    pub(super) state: Badge,
    /// How much of it is there, in words.
    pub(super) found: String,
    /// What is missing and what to do about it.
    pub(super) missing: String,
    /// What lacks something.
    pub(super) lacking: Vec<Link>,
    /// How many more do.
    pub(super) more: String,
}

/// A page names so many of those that lack something.
const LACKING_MAX: usize = 40;

/// One thing that the book was searched for, for a page.
pub(super) fn aspect_view(context: &Context<'_>, aspect: &Aspect) -> AspectView {
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
        Lacking::Service(name) => Link::new(context.links.view("scope.html"), name).at("services"),
        Lacking::Item(item, role) => {
            let link = context.to_item(item);
            let catalog = context.book().catalogs.get(item.catalog.as_str());
            match role.as_ref().zip(catalog).map(|(role, catalog)| context.role(catalog, role).1) {
                Some(role) => Link { id: format!("{} {role}", link.id), ..link },
                None => link,
            }
        }
        Lacking::Role(role) => {
            let known = context.book().catalogs.iter().find_map(|catalog| catalog.role(role));
            let title = known.map_or_else(|| role.to_string(), |role| context.text(&role.title));
            Link::new(context.links.view("scope.html"), &title)
        }
    }
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
        Proof::Risks(_) => view("risk-register.html"),
        Proof::Acceptances(_) => {
            let link = Link::new(context.links.view("treatment-plan.html"), &text()).at("acceptances");
            ProofView { link, part: String::new(), state: None }
        }
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
    if state.state == RequirementProof::Proven && !state.is_whole() {
        return Badge::new("drafts-only", &context.word("proof-state.partial"));
    }
    state_badge(context, state.state)
}
