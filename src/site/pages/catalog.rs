//! `controls/CATALOG/index.html`: every control of a catalog by theme or clause, with its state on the SoA.

use serde::Serialize;

use crate::address::View;
use crate::catalog::{Catalog, Item, ItemKind};
use crate::derive::SoaLine;
use crate::site::context::Context;
use crate::site::links::group_anchor;
use crate::site::page::{Branch, Page};
use crate::site::parts::progress::{Progress, progress};
use crate::site::theme::Values;
use crate::site::view::{Badge, Link};

#[derive(Debug, Serialize)]
struct CatalogView {
    title: String,
    full_title: String,
    status: String,
    source: String,
    replaced_by: Option<Link>,
    /// How far its lines are, where the book's SoA lists them.
    progress: Option<Progress>,
    groups: Vec<GroupView>,
}

#[derive(Debug, Serialize)]
struct GroupView {
    anchor: String,
    title: String,
    /// 2 for a theme, 3 for a group in it.
    level: u8,
    items: Vec<ItemRow>,
}

#[derive(Debug, Serialize)]
struct ItemRow {
    link: Link,
    states: Vec<State>,
    documents: Vec<Link>,
}

/// The state of one line.
#[derive(Debug, Serialize)]
struct State {
    role: String,
    role_title: String,
    applicability: Badge,
    status: Option<Badge>,
}

pub(in crate::site) fn page(context: &Context<'_>, id: &str) -> Page {
    let book = context.book();
    let Some(catalog) = book.catalogs.get(id) else { unreachable!("the routes name catalogs of the book") };
    let lines: Vec<&SoaLine> =
        context.derived().soa.lines.iter().filter(|line| line.item.id.catalog.as_str() == id).collect();
    let title = context.text(&catalog.title);
    let view = CatalogView {
        title: title.clone(),
        full_title: context.text(&catalog.full_title),
        status: context.text(&catalog.status),
        source: context.text(&catalog.source),
        replaced_by: catalog
            .replaced_by
            .as_ref()
            .and_then(|id| book.catalogs.get(id))
            .map(|newer| replacement(context, newer)),
        progress: (!lines.is_empty()).then(|| progress(context, Link::text(&title), lines.iter().copied())),
        groups: groups(context, catalog),
    };
    Page {
        title,
        template: "catalog.html",
        description: context.text(&catalog.full_title),
        breadcrumb: vec![context.to_view(View::Home)],
        branch: Branch::Catalog(ItemKind::Control, id.to_owned(), None),
        previous: None,
        next: None,
        values: Values::new(&view),
    }
}

fn replacement(context: &Context<'_>, newer: &Catalog) -> Link {
    let link = context.to_catalog(ItemKind::Control, newer);
    if context.shared.used.contains(&newer.id) { link } else { Link { href: String::new(), ..link } }
}

/// The groups that hold controls, and the ones above those, in the catalog's order; what no group holds comes first.
fn groups(context: &Context<'_>, catalog: &Catalog) -> Vec<GroupView> {
    let items_in = |group: &str| -> Vec<ItemRow> {
        catalog
            .items_of(ItemKind::Control)
            .filter(|item| item.group == group)
            .map(|item| row(context, catalog, item))
            .collect()
    };
    let mut views = Vec::new();
    let loose: Vec<ItemRow> = catalog
        .items_of(ItemKind::Control)
        .filter(|item| catalog.group(&item.group).is_none())
        .map(|item| row(context, catalog, item))
        .collect();
    if !loose.is_empty() {
        views.push(GroupView {
            anchor: group_anchor(&catalog.id, ""),
            title: context.say("catalog.loose"),
            level: 2,
            items: loose,
        });
    }
    for group in &catalog.groups {
        let holds = catalog
            .items_of(ItemKind::Control)
            .any(|item| item.group == group.id || catalog.top_group(&item.group).is_some_and(|top| top.id == group.id));
        if !holds {
            continue;
        }
        let numbered = group.id.contains(|c: char| c.is_ascii_digit());
        let title = context.text(&group.title);
        views.push(GroupView {
            anchor: group_anchor(&catalog.id, &group.id),
            title: if numbered { format!("{} {title}", group.id) } else { title },
            level: if group.parent.is_none() { 2 } else { 3 },
            items: items_in(&group.id),
        });
    }
    views
}

fn row(context: &Context<'_>, catalog: &Catalog, item: &Item) -> ItemRow {
    let lines: Vec<&SoaLine> = context.derived().soa.lines_of(&item.id).collect();
    let mut documents: Vec<_> =
        lines.iter().flat_map(|line| &line.documents).map(|document| document.document).collect();
    documents.sort_unstable();
    documents.dedup();
    let state = |line: &&SoaLine| {
        let word = line.applicability.word();
        let (role_title, role) = line.role.as_ref().map(|role| context.role(catalog, role)).unwrap_or_default();
        State {
            role,
            role_title,
            applicability: Badge::new(word, &context.word(&format!("applicability.{word}"))),
            status: line.status.map(|status| context.implementation(status)),
        }
    };
    ItemRow {
        link: Link { id: item.id.id.to_string(), ..context.to_item(&item.id) },
        states: lines.iter().map(state).collect(),
        documents: context.to_documents(&documents),
    }
}
