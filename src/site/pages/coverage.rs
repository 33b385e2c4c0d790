//! `coverage.html`: which document implements which control.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::context::Context;
use super::super::theme::View;
use super::super::view::Link;
use super::{Page, top_page};
use crate::book::{DocumentKey, ReferenceKind};
use crate::catalog::{Catalog, Item, ItemKind};
use crate::derive::Applicability;
use crate::id::ItemId;

/// More documents than this do not fit beside each other; the list by document has them all the same.
const COLUMNS_MAX: usize = 40;

#[derive(Debug, Serialize)]
struct CoverageView {
    lead: String,
    catalogs: Vec<CatalogView>,
    documents: Vec<DocumentRow>,
}

#[derive(Debug, Serialize)]
struct CatalogView {
    id: String,
    title: String,
    /// The documents across, where they fit.
    columns: Vec<Link>,
    rows: Vec<Row>,
    uncovered: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct Row {
    control: Link,
    documents: Vec<Link>,
    /// For each column whether its document implements the control.
    cells: Vec<bool>,
}

#[derive(Debug, Serialize)]
struct DocumentRow {
    document: Link,
    controls: Vec<Link>,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let catalogs = context.book().active_catalogs(ItemKind::Control).map(|catalog| catalog_view(context, catalog));
    let view = CoverageView {
        lead: context.say("coverage.lead"),
        catalogs: catalogs.collect(),
        documents: by_document(context),
    };
    top_page(context, "coverage", "coverage.html", View::new(&view))
}

fn implementing(context: &Context<'_>, item: &ItemId) -> BTreeSet<DocumentKey> {
    let references = context.book().references_to(item).filter(|reference| reference.kind == ReferenceKind::Implements);
    references.map(|reference| reference.from).collect()
}

/// The controls that have a line on the SoA.
fn catalog_view(context: &Context<'_>, catalog: &Catalog) -> CatalogView {
    let listed = |item: &&std::sync::Arc<Item>| context.derived().soa.lines_of(&item.id).next().is_some();
    let controls: Vec<_> = catalog
        .items_of(ItemKind::Control)
        .filter(listed)
        .map(|item| (item, implementing(context, &item.id)))
        .collect();
    let across: BTreeSet<DocumentKey> = controls.iter().flat_map(|(_, documents)| documents).copied().collect();
    let across: Vec<DocumentKey> = if across.len() > COLUMNS_MAX { Vec::new() } else { across.into_iter().collect() };
    let own = |item: &Item| Link { id: item.id.id.to_string(), ..context.to_item(&item.id) };
    let rows = controls.iter().map(|(item, documents)| Row {
        control: own(item),
        documents: documents.iter().map(|key| context.to_document(*key)).collect(),
        cells: across.iter().map(|key| documents.contains(key)).collect(),
    });
    CatalogView {
        id: catalog.id.clone(),
        title: context.text(&catalog.title),
        columns: context.to_documents(&across),
        rows: rows.collect(),
        uncovered: controls
            .iter()
            .filter(|(item, documents)| documents.is_empty() && applies(context, item))
            .map(|(item, _)| own(item))
            .collect(),
    }
}

/// Whether any line of the control applies; an excluded one wants no document.
fn applies(context: &Context<'_>, item: &Item) -> bool {
    context.derived().soa.lines_of(&item.id).any(|line| line.applicability == Applicability::Applicable)
}

fn by_document(context: &Context<'_>) -> Vec<DocumentRow> {
    let rows = context.book().documents.iter().filter_map(|document| {
        let references = context
            .book()
            .references_from(document.key)
            .filter(|reference| reference.kind == ReferenceKind::Implements);
        let items: BTreeSet<&ItemId> = references.filter_map(|reference| reference.target.item()).collect();
        let controls: Vec<Link> = items.into_iter().map(|item| context.to_item(item)).collect();
        (!controls.is_empty()).then(|| DocumentRow { document: context.to_document(document.key), controls })
    });
    rows.collect()
}
