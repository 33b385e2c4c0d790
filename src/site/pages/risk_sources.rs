//! `risk-sources.html`: which risk sources were considered, and where.

use serde::Serialize;

use crate::address::View;
use crate::catalog::{Catalog, Item, ItemKind};
use crate::derive::{SourceEntry, SourceState};
use crate::site::context::Context;
use crate::site::links::group_anchor;
use crate::site::page::{Page, top_page};
use crate::site::parts::excerpt::{Excerpt, excerpts};
use crate::site::theme::Values;
use crate::site::view::{Badge, Link, Segment, bar};

#[derive(Debug, Serialize)]
struct RiskSourcesView {
    lead: String,
    catalogs: Vec<CatalogView>,
}

#[derive(Debug, Serialize)]
struct CatalogView {
    id: String,
    title: String,
    full_title: String,
    source: String,
    bar: Vec<Segment>,
    /// Those that nothing considers.
    missing: Vec<Link>,
    groups: Vec<GroupView>,
}

#[derive(Debug, Serialize)]
struct GroupView {
    anchor: String,
    title: String,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    #[serde(skip)]
    entry: SourceEntry,
    item: Link,
    state: Badge,
    risks: Vec<Link>,
    /// What documents say of it, where no risk considers it: why it is set aside.
    aside: Vec<Excerpt>,
    /// The other documents that name it.
    mentions: Vec<Link>,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let used = context.shared.used.iter().filter_map(|id| context.book().catalogs.get(id));
    let mut catalogs: Vec<_> = used.filter(|catalog| catalog.has(ItemKind::RiskSource)).collect();
    let active: Vec<&str> = context.book().config.isms.risk_sources.iter().map(|id| id.value.as_str()).collect();
    catalogs.sort_by_key(|catalog| active.iter().position(|id| *id == catalog.id).unwrap_or(active.len()));
    let view = RiskSourcesView {
        lead: context.say("risk-sources.lead"),
        catalogs: catalogs.into_iter().map(|catalog| catalog_view(context, catalog)).collect(),
    };
    top_page(context, View::RiskSources, Values::new(&view))
}

fn catalog_view(context: &Context<'_>, catalog: &Catalog) -> CatalogView {
    let mut groups: Vec<GroupView> = Vec::new();
    for item in catalog.items_of(ItemKind::RiskSource).filter(|item| !item.heading) {
        let group = catalog.group(&item.group);
        let anchor = group_anchor(&catalog.id, group.map_or("", |group| &group.id));
        let title = group.map_or_else(|| context.say("catalog.loose"), |group| context.text(&group.title));
        let row = row(context, item);
        match groups.iter_mut().find(|group| group.anchor == anchor) {
            Some(group) => group.rows.push(row),
            None => groups.push(GroupView { anchor, title, rows: vec![row] }),
        }
    }
    let rows = || groups.iter().flat_map(|group| &group.rows);
    let counted = SourceState::ALL.map(|state| {
        let count = rows().filter(|row| row.entry.state() == state).count();
        (state.word(), said(context, state), count)
    });
    CatalogView {
        id: catalog.id.clone(),
        title: context.text(&catalog.title),
        full_title: context.text(&catalog.full_title),
        source: context.text(&catalog.source),
        bar: bar(&counted.each_ref().map(|(kind, text, count)| (*kind, text.as_str(), *count))),
        missing: rows()
            .filter(|row| row.entry.state() == SourceState::Unconsidered)
            .map(|row| row.item.clone())
            .collect(),
        groups,
    }
}

fn row(context: &Context<'_>, item: &Item) -> Row {
    let entry = context.derived().source(&item.id).cloned().unwrap_or_default();
    let aside = if entry.state() == SourceState::SetAside { excerpts(context, &item.id) } else { Vec::new() };
    Row {
        item: Link { id: item.id.id.to_string(), ..context.to_item(&item.id) },
        state: Badge::new(entry.state().word(), &said(context, entry.state())),
        mentions: if aside.is_empty() { context.to_documents(&entry.texts) } else { Vec::new() },
        risks: context.to_documents(&entry.risks),
        aside,
        entry,
    }
}

fn said(context: &Context<'_>, state: SourceState) -> String {
    context.say(&format!("risk-sources.{}", state.word()))
}
