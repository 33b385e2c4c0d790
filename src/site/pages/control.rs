//! `controls/CATALOG/ID.html`: the crossroads of everything that concerns a control.

use serde::Serialize;

use crate::address::View;
use crate::book::ReferenceKind;
use crate::catalog::{Catalog, Item};
use crate::derive::SoaLine;
use crate::id::ItemId;
use crate::site::context::Context;
use crate::site::drawings::graph::{Graph, of_control};
use crate::site::page::Page;
use crate::site::parts::item::{ItemView, item_page, item_view, named_by, note_parts};
use crate::site::parts::line::{LineView, line_view};
use crate::site::theme::Values;
use crate::site::view::Link;

#[derive(Debug, Serialize)]
struct ControlView {
    item: ItemView,
    /// Guidance and state of each role; of a control without roles, one part without a name.
    parts: Vec<Part>,
    /// Why the control has no line on the SoA.
    no_line: String,
    /// Documents that name the control as implemented, where it has no line.
    implemented_by: Vec<Link>,
    soa: Link,
    graph: Option<Graph>,
}

/// What concerns one role.
#[derive(Debug, Serialize)]
struct Part {
    role: String,
    role_title: String,
    role_label: String,
    guidance: String,
    guidance_lang: String,
    line: Option<LineView>,
}

pub(in crate::site) fn page(context: &Context<'_>, id: &ItemId) -> Page {
    let book = context.book();
    let (Some(catalog), Some(item)) = (book.catalogs.get(id.catalog.as_str()), book.item(id)) else {
        unreachable!("the routes name items of the book's catalogs")
    };
    let parts = parts(context, catalog, item);
    let listed = parts.iter().any(|part| part.line.is_some());
    let mut view = ControlView {
        item: item_view(context, catalog, item),
        no_line: if listed { String::new() } else { no_line(context, catalog, item) },
        implemented_by: if listed { Vec::new() } else { named_by(context, id, ReferenceKind::Implements) },
        soa: context.to_view(View::Soa),
        graph: of_control(context, id),
        parts,
    };
    let titles = view.parts.iter().enumerate().map(|(at, part)| {
        let title = if part.role_title.is_empty() { context.say("control.state") } else { part.role_title.clone() };
        (format!("role-{}", at + 1), title)
    });
    let graph = view.graph.is_some().then(|| ("page-graph-title".to_owned(), context.say("graph.title")));
    let titles = titles.chain(graph).collect();
    note_parts(context, &mut view.item, titles);
    item_page(context, item, "control.html", Values::new(&view))
}

fn parts(context: &Context<'_>, catalog: &Catalog, item: &Item) -> Vec<Part> {
    let lines: Vec<&SoaLine> = context.derived().soa.lines_of(&item.id).collect();
    if catalog.roles.is_empty() {
        let line = lines.first().map(|line| line_view(context, catalog, line));
        return line.map(|line| part(Some(line))).into_iter().collect();
    }
    let of_role = |definition: &crate::catalog::RoleDefinition| {
        let guidance = item.guidance.get(&definition.role);
        let line = lines
            .iter()
            .find(|line| line.role.as_ref() == Some(&definition.role))
            .map(|line| line_view(context, catalog, line));
        (guidance.is_some() || line.is_some()).then(|| Part {
            role: definition.role.to_string(),
            role_title: context.text(&definition.title),
            role_label: context.text(&definition.label),
            guidance: guidance.map(|guidance| context.text(guidance)).unwrap_or_default(),
            guidance_lang: guidance.map(|guidance| context.lang_of(guidance)).unwrap_or_default(),
            line,
        })
    };
    catalog.roles.iter().filter_map(of_role).collect()
}

fn part(line: Option<LineView>) -> Part {
    Part {
        role: String::new(),
        role_title: String::new(),
        role_label: String::new(),
        guidance: String::new(),
        guidance_lang: String::new(),
        line,
    }
}

fn no_line(context: &Context<'_>, catalog: &Catalog, item: &Item) -> String {
    let listed = context.book().config.isms.controls.iter().any(|id| id.value.as_str() == catalog.id);
    if !listed {
        return context.say("control.catalog-not-listed");
    }
    context.say(if item.has_guidance() { "control.role-not-in-scope" } else { "control.no-guidance" })
}
