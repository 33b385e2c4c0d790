//! `requirements.html`: which document or record proves which clause, and what is missing.

use serde::Serialize;

use crate::address::View;
use crate::catalog::{Catalog, ItemKind};
use crate::derive::{RequirementProof, RequirementState};
use crate::site::context::Context;
use crate::site::links::group_anchor;
use crate::site::page::{Page, top_page};
use crate::site::parts::proof::{PieceView, ProofView, aspect_view, piece_view, proof_views, requirement_badge};
use crate::site::theme::Values;
use crate::site::view::{Badge, Link, Segment, bar};

#[derive(Debug, Serialize)]
struct RequirementsView {
    lead: String,
    catalogs: Vec<CatalogView>,
    exports: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct CatalogView {
    id: String,
    title: String,
    full_title: String,
    bar: Vec<Segment>,
    /// Pieces of documented information that nothing proves.
    missing: Vec<Missing>,
    groups: Vec<GroupView>,
}

#[derive(Debug, Serialize)]
struct Missing {
    item: Link,
    piece: String,
}

#[derive(Debug, Serialize)]
struct GroupView {
    anchor: String,
    title: String,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    item: Link,
    state: Badge,
    pieces: Vec<PieceView>,
    /// What proves a requirement that wants nothing in writing.
    proofs: Vec<ProofView>,
    /// How many rows of the table it takes.
    span: usize,
    /// What else was looked for and is missing.
    lacking: Vec<String>,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let catalogs = context.book().active_catalogs(ItemKind::Requirement).map(|catalog| catalog_view(context, catalog));
    let view = RequirementsView {
        lead: context.say("requirements.lead"),
        catalogs: catalogs.collect(),
        exports: crate::site::page::downloads(context, "requirements"),
    };
    top_page(context, View::Requirements, Values::new(&view))
}

fn catalog_view(context: &Context<'_>, catalog: &Catalog) -> CatalogView {
    let states: Vec<&RequirementState> =
        context.derived().requirements.iter().filter(|state| state.item.id.catalog.as_str() == catalog.id).collect();
    let mut groups: Vec<GroupView> = Vec::new();
    for state in states.iter().filter(|state| !state.item.heading) {
        let group = catalog.top_group(&state.item.group);
        let anchor = group_anchor(&catalog.id, group.map_or("", |group| &group.id));
        let row = row(context, state);
        match groups.last_mut() {
            Some(group) if group.anchor == anchor => group.rows.push(row),
            _ => groups.push(GroupView { anchor, title: group_title(context, group), rows: vec![row] }),
        }
    }
    let pieces = || states.iter().flat_map(|state| &state.pieces);
    let count = |wanted: RequirementProof| pieces().filter(|piece| piece.state == wanted).count();
    let word = |key: &str| context.word(&format!("proof-state.{key}"));
    let missing = states.iter().flat_map(|state| state.pieces.iter().map(move |piece| (state, piece)));
    let missing = missing.filter(|(_, piece)| piece.state == RequirementProof::Unproven);
    CatalogView {
        id: catalog.id.clone(),
        title: context.text(&catalog.title),
        full_title: context.text(&catalog.full_title),
        bar: bar(&[
            ("proven", &word("proven"), count(RequirementProof::Proven)),
            ("drafts-only", &word("draft"), count(RequirementProof::Draft)),
            ("unproven", &word("unproven"), count(RequirementProof::Unproven)),
        ]),
        missing: missing
            .map(|(state, piece)| Missing {
                item: context.to_item(&state.item.id),
                piece: context.text(&piece.information.title),
            })
            .collect(),
        groups,
    }
}

fn group_title(context: &Context<'_>, group: Option<&crate::catalog::Group>) -> String {
    let Some(group) = group else { return context.say("catalog.loose") };
    let numbered = group.id.contains(|c: char| c.is_ascii_digit());
    let title = context.text(&group.title);
    if numbered { format!("{} {title}", group.id) } else { title }
}

fn row(context: &Context<'_>, state: &RequirementState) -> Row {
    let lacking = state.aspects.iter().filter(|aspect| !aspect.met).map(|aspect| aspect_view(context, aspect).what);
    Row {
        item: Link { id: state.item.id.id.to_string(), ..context.to_item(&state.item.id) },
        state: requirement_badge(context, state),
        pieces: state.pieces.iter().map(|piece| piece_view(context, piece)).collect(),
        span: state.pieces.len().max(1),
        lacking: lacking.collect(),
        proofs: if state.pieces.is_empty() { proof_views(context, &state.proofs) } else { Vec::new() },
    }
}
