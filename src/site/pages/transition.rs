//! `transition.html`: ids of an older edition that are still in use, what took their place, and the mappings between the
//! editions and between the catalogs that the book uses.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::address::View;
use crate::book::{DocumentKey, Target};
use crate::catalog::{Catalog, ItemKind};
use crate::id::ItemId;
use crate::site::context::Context;
use crate::site::page::{Page, top_page};
use crate::site::parts::item::relation_words;
use crate::site::parts::mappings::{MappingTable, mapping_tables};
use crate::site::theme::Values;
use crate::site::view::Link;

#[derive(Debug, Serialize)]
struct TransitionView {
    lead: String,
    /// The editions that the book uses.
    editions: Vec<Edition>,
    rows: Vec<Row>,
    tables: Vec<MappingTable>,
}

/// An edition that the book uses, and its standing.
#[derive(Debug, Serialize)]
struct Edition {
    title: String,
    status: String,
}

#[derive(Debug, Serialize)]
struct Row {
    old: Link,
    edition: String,
    successors: Vec<Link>,
    relation: String,
    used_in: Vec<Link>,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let rows = used(context).into_iter().map(|(item, documents)| row(context, item, &documents));
    let view = TransitionView {
        lead: context.say("transition.lead"),
        editions: editions(context),
        rows: rows.collect(),
        tables: mapping_tables(context),
    };
    top_page(context, View::Transition, Values::new(&view))
}

/// The items of older editions that documents name: of an edition that the book does not use, and of one that it uses
/// beside the newer one.
fn used<'a>(context: &Context<'a>) -> BTreeMap<&'a ItemId, BTreeSet<DocumentKey>> {
    let mut used: BTreeMap<&ItemId, BTreeSet<DocumentKey>> = BTreeMap::new();
    for reference in &context.book().references {
        let old = match &reference.target {
            Target::Superseded { item, .. } => Some(item),
            Target::Item { item, .. } => newer(context, item).map(|_| item),
            _ => None,
        };
        if let Some(item) = old {
            used.entry(item).or_default().insert(reference.from);
        }
    }
    used
}

/// The newer edition of an item's catalog, where the book uses it.
fn newer<'a>(context: &Context<'a>, item: &ItemId) -> Option<&'a Catalog> {
    let catalogs = &context.book().catalogs;
    let newer = catalogs.get(item.catalog.as_str())?.replaced_by.as_deref()?;
    let isms = &context.book().config.isms;
    let active = isms.controls.iter().chain(&isms.requirements).any(|id| id.value.as_str() == newer);
    if active { catalogs.get(newer).map(std::convert::AsRef::as_ref) } else { None }
}

fn row(context: &Context<'_>, item: &ItemId, documents: &BTreeSet<DocumentKey>) -> Row {
    let catalogs = &context.book().catalogs;
    let successors = newer(context, item).map(|newer| catalogs.mapped(item, newer)).unwrap_or_default();
    let mut relations: Vec<String> = successors.iter().map(|(_, relation)| relation_words(context, relation)).collect();
    relations.dedup();
    Row {
        old: context.to_item(item),
        edition: catalogs.get(item.catalog.as_str()).map(|catalog| context.text(&catalog.title)).unwrap_or_default(),
        successors: successors.iter().map(|(item, _)| context.to_item(&item.id)).collect(),
        relation: context.words.join(&relations),
        used_in: documents.iter().map(|key| context.to_document(*key)).collect(),
    }
}

fn editions(context: &Context<'_>) -> Vec<Edition> {
    let book = context.book();
    let mut ids: Vec<&str> = Vec::new();
    let active = book.active_catalogs(ItemKind::Control).chain(book.active_catalogs(ItemKind::Requirement));
    let mut editions = Vec::new();
    for catalog in active {
        if !ids.contains(&catalog.id.as_str()) {
            ids.push(&catalog.id);
            editions.push(Edition { title: context.text(&catalog.title), status: context.text(&catalog.status) });
        }
    }
    editions
}
