//! `requirements/CATALOG/ID.html`: what proves a requirement piece by piece, and what is missing.

use serde::Serialize;

use crate::book::ReferenceKind;
use crate::catalog::{Catalog, Item};
use crate::derive::RequirementProof;
use crate::id::ItemId;
use crate::site::context::Context;
use crate::site::page::Page;
use crate::site::parts::item::{ItemView, item_page, item_view, named_by, note_parts};
use crate::site::parts::proof::{
    AspectView, PieceView, ProofView, aspect_view, piece_view, proof_views, requirement_badge,
};
use crate::site::theme::Values;
use crate::site::view::{Badge, Link};

#[derive(Debug, Serialize)]
struct RequirementView {
    item: ItemView,
    /// None for a requirement of a catalog that the book does not use.
    state: Option<Badge>,
    pieces: Vec<PieceView>,
    proofs: Vec<ProofView>,
    /// What else the book was searched for.
    aspects: Vec<AspectView>,
    /// What in a set of documents proves it.
    wanted: Vec<String>,
    missing: Vec<String>,
    /// The clauses below a heading.
    parts: Vec<Link>,
    unused: bool,
    /// Documents that name it, in a catalog that the book does not use.
    named_by: Vec<Link>,
}

pub(in crate::site) fn page(context: &Context<'_>, id: &ItemId) -> Page {
    let book = context.book();
    let (Some(catalog), Some(item)) = (book.catalogs.get(id.catalog.as_str()), book.item(id)) else {
        unreachable!("the routes name items of the book's catalogs")
    };
    let state = context.derived().requirement(id);
    let missing =
        state.into_iter().flat_map(|state| &state.pieces).filter(|piece| piece.state == RequirementProof::Unproven);
    let mut view = RequirementView {
        item: item_view(context, catalog, item),
        state: state.map(|state| requirement_badge(context, state)),
        pieces: state.into_iter().flat_map(|state| &state.pieces).map(|piece| piece_view(context, piece)).collect(),
        proofs: state.map(|state| proof_views(context, &state.proofs)).unwrap_or_default(),
        aspects: state
            .into_iter()
            .flat_map(|state| &state.aspects)
            .map(|aspect| aspect_view(context, aspect))
            .collect(),
        wanted: item.evidence.iter().map(|evidence| context.text(evidence)).collect(),
        missing: missing.map(|piece| context.text(&piece.information.title)).collect(),
        parts: if item.heading { parts(context, catalog, item) } else { Vec::new() },
        unused: state.is_none(),
        named_by: if state.is_none() { named_by(context, id, ReferenceKind::Proves) } else { Vec::new() },
    };
    let own = [
        ("parts-title", "requirement.parts", !view.parts.is_empty()),
        ("pieces-title", "requirement.pieces", !view.pieces.is_empty()),
        ("proofs-title", "requirement.proofs", view.pieces.is_empty() && !view.proofs.is_empty()),
        ("aspects-title", "requirement.aspects", !view.aspects.is_empty()),
        ("wanted-title", "requirement.wanted", !view.wanted.is_empty()),
    ];
    let own = own
        .into_iter()
        .filter(|(_, _, shown)| *shown)
        .map(|(anchor, key, _)| (anchor.to_owned(), context.say(key)))
        .collect();
    note_parts(context, &mut view.item, own);
    item_page(context, item, "requirement.html", Values::new(&view))
}

fn parts(context: &Context<'_>, catalog: &Catalog, item: &Item) -> Vec<Link> {
    let below = |other: &&std::sync::Arc<Item>| {
        other.id.id.strip_prefix(&*item.id.id).is_some_and(|rest| rest.starts_with('.'))
    };
    catalog.items_of(item.kind).filter(below).map(|other| context.to_item(&other.id)).collect()
}
