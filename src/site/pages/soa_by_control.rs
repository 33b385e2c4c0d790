//! `soa-by-control.html`: the lines of the SoA under the controls of one catalog. Each control of ISO/IEC 27001 has the
//! cloud lines of ISO/IEC 27017 that belong to it, through the correspondence that the catalogs name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use crate::address::View;
use crate::catalog::{Catalog, Item, ItemKind};
use crate::derive::SoaLine;
use crate::id::ItemId;
use crate::site::context::Context;
use crate::site::page::{Page, top_page};
use crate::site::parts::line::{self, LineView, line_view};
use crate::site::parts::statement::{self, Columns, Filter, group_of};
use crate::site::theme::Values;
use crate::site::view::{Choice, Fact, Link};

/// The relation of a pair that no published correspondence names.
const JUDGEMENT: &str = "judgement";

#[derive(Debug, Serialize)]
struct ByControlView {
    lead: String,
    facts: Vec<Fact>,
    soa: Link,
    legend: Link,
    /// Whether a line stands where it does by judgement.
    judged: bool,
    filters: Vec<Filter>,
    columns: Columns,
    sections: Vec<Section>,
    named: Vec<Link>,
}

/// A theme with its controls, or the lines of a catalog that belong to none.
#[derive(Debug, Default, Serialize)]
struct Section {
    anchor: String,
    title: String,
    controls: Vec<ControlView>,
}

#[derive(Debug, Default, Serialize)]
struct ControlView {
    /// The control, where it has no line of its own.
    heading: Option<Link>,
    /// Lines that belong to it too and stand under another control; told here where it has no line.
    see: Vec<Link>,
    lines: Vec<LineView>,
    /// The lines of other catalogs.
    under: Vec<LineView>,
}

/// Where the lines of the other catalogs stand.
#[derive(Default)]
struct Placed<'a> {
    under: BTreeMap<ItemId, Vec<&'a SoaLine>>,
    /// The first line of each item that stands elsewhere, by the other controls that it belongs to.
    elsewhere: BTreeMap<ItemId, Vec<&'a SoaLine>>,
    apart: BTreeMap<String, Vec<&'a SoaLine>>,
    judged: bool,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let active: Vec<&Catalog> = context.book().active_catalogs(ItemKind::Control).map(AsRef::as_ref).collect();
    let base = statement::base(context);
    let placed = base.map(|base| place(context, base)).unwrap_or_default();
    let sections = base.map(|base| sections(context, base, &placed)).unwrap_or_default();
    let choice = |section: &Section| Choice { value: section.anchor.clone(), text: section.title.clone() };
    let soa = Link::new(context.links.view(View::Soa), &context.say("soa-by-control.by-catalog"));
    let view = ByControlView {
        lead: context.say("soa-by-control.lead"),
        facts: statement::facts(context),
        legend: Link::new(soa.href.clone(), &context.say("soa.legend")).at("legend"),
        soa,
        judged: placed.judged,
        filters: statement::filters(context, sections.iter().map(choice).collect()),
        columns: statement::columns(context, &active),
        sections,
        named: statement::named(context),
    };
    let mut page = top_page(context, View::SoaByControl, Values::new(&view));
    page.breadcrumb.push(context.to_view(View::Soa));
    page
}

fn place<'a>(context: &Context<'a>, base: &Catalog) -> Placed<'a> {
    let mut placed = Placed::default();
    let mut known: BTreeMap<&ItemId, Vec<(Arc<Item>, String)>> = BTreeMap::new();
    let others = context.derived().soa.lines.iter().filter(|line| line.item.id.catalog.as_str() != base.id);
    for line in others {
        let is_first = !known.contains_key(&line.item.id);
        let targets = known.entry(&line.item.id).or_insert_with(|| {
            let mut mapped = context.book().catalogs.mapped(&line.item.id, base);
            mapped.retain(|(item, _)| item.kind == ItemKind::Control);
            mapped
        });
        let Some(((first, relation), rest)) = targets.split_first() else {
            placed.apart.entry(line.item.id.catalog.as_str().to_owned()).or_default().push(line);
            continue;
        };
        placed.judged |= relation == JUDGEMENT;
        placed.under.entry(first.id.clone()).or_default().push(line);
        if is_first {
            let rest: BTreeSet<&ItemId> = rest.iter().map(|(item, _)| &item.id).filter(|id| **id != first.id).collect();
            for id in rest {
                placed.elsewhere.entry(id.clone()).or_default().push(line);
            }
        }
    }
    placed
}

/// The themes of the base catalog in its order, then what belongs to none of its controls.
fn sections(context: &Context<'_>, base: &Catalog, placed: &Placed<'_>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    for item in base.items_of(ItemKind::Control) {
        let Some((anchor, title, control)) = control_view(context, base, item, placed) else { continue };
        let place = *at.entry(anchor.clone()).or_insert(sections.len());
        if place == sections.len() {
            let title = if title.is_empty() { context.text(&base.title) } else { title };
            let anchor = if anchor.is_empty() { base.id.clone() } else { anchor };
            sections.push(Section { anchor, title, controls: Vec::new() });
        }
        sections[place].controls.push(control);
    }
    for catalog in context.book().active_catalogs(ItemKind::Control) {
        let Some(lines) = placed.apart.get(&catalog.id) else { continue };
        let lines = lines.iter().map(|line| line_view(context, catalog, line)).collect();
        sections.push(Section {
            anchor: catalog.id.clone(),
            title: context.fill("soa-by-control.apart", &[("catalog", &context.text(&catalog.title))]),
            controls: vec![ControlView { lines, ..ControlView::default() }],
        });
    }
    sections
}

/// A control with its theme; none where neither it nor another catalog has a line for it.
fn control_view(
    context: &Context<'_>,
    base: &Catalog,
    item: &Item,
    placed: &Placed<'_>,
) -> Option<(String, String, ControlView)> {
    let own: Vec<&SoaLine> = context.derived().soa.lines_of(&item.id).collect();
    let under = placed.under.get(&item.id).map(Vec::as_slice).unwrap_or_default();
    let elsewhere = placed.elsewhere.get(&item.id).map(Vec::as_slice).unwrap_or_default();
    if own.is_empty() && under.is_empty() {
        return None;
    }
    let catalog_of = |line: &SoaLine| context.book().catalogs.get(line.item.id.catalog.as_str());
    let mut see: Vec<Link> = elsewhere
        .iter()
        .map(|line| Link { href: format!("#{}", line::anchor(context, line)), ..context.to_item(&line.item.id) })
        .collect();
    let mut lines: Vec<LineView> = own.iter().map(|line| line_view(context, base, line)).collect();
    if let Some(first) = lines.first_mut() {
        first.see = std::mem::take(&mut see);
    }
    let heading = lines.is_empty().then(|| context.to_item(&item.id));
    let under = under.iter().filter_map(|line| Some(line_view(context, catalog_of(line)?, line))).collect();
    let (anchor, title) = group_of(context, base, item);
    Some((anchor, title, ControlView { heading, see, lines, under }))
}
