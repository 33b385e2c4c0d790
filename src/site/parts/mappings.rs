//! What the items of one catalog are to those of another, both ways: the editions of one standard, and the catalogs that
//! the book uses side by side.

use std::sync::Arc;

use serde::Serialize;

use crate::catalog::{Catalog, Item, ItemKind};
use crate::site::context::Context;
use crate::site::parts::covering::theme;
use crate::site::parts::item::{MappedItem, relation_words};
use crate::site::view::Link;

/// The items of one catalog with those of another that belong to them.
#[derive(Debug, Serialize)]
pub(in crate::site) struct MappingTable {
    /// The anchor on the page.
    anchor: String,
    /// Which catalog leads to which.
    title: String,
    from: String,
    to: String,
    count: usize,
    groups: Vec<MappingGroup>,
}

/// The items of a theme or clause.
#[derive(Debug, Serialize)]
struct MappingGroup {
    title: String,
    rows: Vec<MappingRow>,
}

#[derive(Debug, Serialize)]
struct MappingRow {
    item: Link,
    others: Vec<MappedItem>,
    /// What is said of an item to which none belongs.
    none: String,
}

/// The tables, two for each pair of catalogs: the older edition first, else the catalog that declares the mapping.
pub(in crate::site) fn mapping_tables(context: &Context<'_>) -> Vec<MappingTable> {
    let mut tables = Vec::new();
    for (from, to) in pairs(context) {
        tables.extend(table(context, from, to));
        tables.extend(table(context, to, from));
    }
    tables
}

/// The catalogs of controls and requirements that the book uses.
fn is_active(context: &Context<'_>, id: &str) -> bool {
    let isms = &context.book().config.isms;
    isms.controls.iter().chain(&isms.requirements).any(|active| active.value.as_str() == id)
}

fn pairs<'a>(context: &Context<'a>) -> Vec<(&'a Arc<Catalog>, &'a Arc<Catalog>)> {
    let catalogs = &context.book().catalogs;
    let mut pairs: Vec<(&Arc<Catalog>, &Arc<Catalog>)> = Vec::new();
    for from in catalogs.iter().filter(|catalog| !catalog.has(ItemKind::RiskSource)) {
        for to in from.mappings.iter().filter_map(|mapping| catalogs.get(mapping.to.as_str())) {
            let editions = from.prefix == to.prefix && from.id != to.id;
            let active = [&from.id, &to.id].map(|id| is_active(context, id));
            // Beside the newer edition of a standard, what belongs to its older one is of no more use.
            let old = [from, to]
                .iter()
                .any(|catalog| catalog.replaced_by.as_deref().is_some_and(|id| is_active(context, id)));
            let wanted = if editions { active.contains(&true) } else { active == [true, true] && !old };
            let known =
                pairs.iter().any(|(a, b)| (a.id == from.id && b.id == to.id) || (a.id == to.id && b.id == from.id));
            if wanted && !known {
                let newer_first = to.replaced_by.as_deref() == Some(from.id.as_str());
                pairs.push(if newer_first { (to, from) } else { (from, to) });
            }
        }
    }
    // The editions of one standard are what a transition is about.
    pairs.sort_by_key(|(from, to)| from.prefix != to.prefix);
    pairs
}

fn table(context: &Context<'_>, from: &Catalog, to: &Catalog) -> Option<MappingTable> {
    let editions = from.prefix == to.prefix;
    let mut groups: Vec<MappingGroup> = Vec::new();
    for item in &from.items {
        let others = context.book().catalogs.mapped(&item.id, to);
        // Beside another standard, only what belongs together is of interest.
        if others.is_empty() && !editions {
            continue;
        }
        let title = theme(context, from, item);
        let row = row(context, item, &others);
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.rows.push(row),
            None => groups.push(MappingGroup { title, rows: vec![row] }),
        }
    }
    let names = [from, to].map(|catalog| context.text(&catalog.title));
    (!groups.is_empty()).then(|| MappingTable {
        anchor: format!("{}-to-{}", from.id, to.id),
        title: context.fill("transition.table", &[("from", &names[0]), ("to", &names[1])]),
        count: groups.iter().map(|group| group.rows.len()).sum(),
        from: names[0].clone(),
        to: names[1].clone(),
        groups,
    })
}

fn row(context: &Context<'_>, item: &Item, others: &[(Arc<Item>, String)]) -> MappingRow {
    let bare = |item: &Item| Link { id: item.id.id.to_string(), ..context.to_item(&item.id) };
    let none = if item.new { "item.new" } else { "transition.none" };
    MappingRow {
        item: bare(item),
        others: others
            .iter()
            .map(|(other, relation)| MappedItem { link: bare(other), relation: relation_words(context, relation) })
            .collect(),
        none: if others.is_empty() { context.say(none) } else { String::new() },
    }
}
