//! `soa.html`: the Statement of Applicability, a table for each catalog and a row for each line.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::{body, context::Context, theme::Values};
use crate::address::View;
use crate::book::Document;
use crate::catalog::{Catalog, ItemKind, shipped};
use crate::site::page::{Page, top_page};
use crate::site::parts::line::{LineView, line_view};
use crate::site::parts::progress::{Progress, by_catalog_and_role, progress};
use crate::site::parts::statement::counts::{Counts, counts};
use crate::site::parts::statement::legend::{LegendPart, legend};
use crate::site::parts::statement::{self, Columns, Filter, group_of, lines_of};
use crate::site::rewrite;
use crate::site::view::{Choice, Fact, Link};

#[derive(Debug, Serialize)]
struct SoaView {
    lead: String,
    facts: Vec<Fact>,
    document: Option<Link>,
    /// The text of the SoA's document.
    text: String,
    text_lang: String,
    whole: Progress,
    parts: Vec<Progress>,
    counts: Counts,
    legend: Vec<LegendPart>,
    filters: Vec<Filter>,
    catalogs: Vec<CatalogView>,
    named: Vec<Link>,
    exports: Vec<Link>,
    /// The same lines under the controls of one catalog, where the catalogs say how they belong together.
    by_control: Option<Link>,
}

#[derive(Debug, Serialize)]
struct CatalogView {
    id: String,
    title: Link,
    full_title: String,
    /// A catalog of the book's own: its controls come on top of those of the standards.
    additional: bool,
    columns: Columns,
    groups: Vec<GroupView>,
}

#[derive(Debug, Serialize)]
struct GroupView {
    /// The anchor; empty where the theme came before already.
    anchor: String,
    /// The word by which the filter knows the theme.
    group: String,
    title: String,
    lines: Vec<LineView>,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let soa = &context.derived().soa;
    let document = soa.document.map(|key| context.document(key));
    let (text, text_lang) = document.map(|document| document_text(context, document)).unwrap_or_default();
    let active: Vec<&Catalog> = context.book().active_catalogs(ItemKind::Control).map(AsRef::as_ref).collect();
    let catalogs: Vec<CatalogView> = active.iter().map(|catalog| catalog_view(context, catalog)).collect();
    let by_control = || Link::new(context.links.view(View::SoaByControl), &context.say("soa.by-control"));
    let view = SoaView {
        lead: context.say("soa.lead"),
        facts: statement::facts(context),
        document: document.map(|document| context.to_document(document.key)),
        text,
        text_lang,
        whole: progress(context, Link::text(&context.say("soa.all")), soa.lines.iter()),
        parts: by_catalog_and_role(context),
        counts: counts(context),
        legend: legend(context, &statement::columns(context, &active)),
        filters: statement::filters(context, groups(&catalogs)),
        catalogs,
        named: statement::named(context),
        exports: statement::exports(context),
        by_control: statement::base(context).map(|_| by_control()),
    };
    top_page(context, View::Soa, Values::new(&view))
}

fn document_text(context: &Context<'_>, document: &Document) -> (String, String) {
    let (_, language) = document.manuscript(context.language);
    let lang = if language == context.words.language() { String::new() } else { language.to_string() };
    let html = body::document(context.book(), document, context.language, &context.links).html;
    (rewrite::anchors_behind(&html, "text-"), lang)
}

/// The themes and clauses to choose from, each once.
fn groups(catalogs: &[CatalogView]) -> Vec<Choice> {
    let mut choices = Vec::new();
    for catalog in catalogs {
        let named = catalog.groups.iter().filter(|group| !group.anchor.is_empty());
        choices.extend(named.map(|group| Choice {
            value: group.group.clone(),
            text: format!("{} {}", catalog.title.text, group.title),
        }));
    }
    choices
}

fn catalog_view(context: &Context<'_>, catalog: &Catalog) -> CatalogView {
    let mut groups: Vec<GroupView> = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for line in lines_of(context, catalog) {
        let (group, title) = group_of(context, catalog, &line.item);
        let line = line_view(context, catalog, line);
        match groups.last_mut() {
            Some(last) if last.group == group => last.lines.push(line),
            _ => {
                let anchor = if seen.insert(group.clone()) { group.clone() } else { String::new() };
                groups.push(GroupView { anchor, group, title, lines: vec![line] });
            }
        }
    }
    CatalogView {
        columns: statement::columns(context, &[catalog]),
        id: catalog.id.clone(),
        title: context.to_catalog(ItemKind::Control, catalog),
        full_title: context.text(&catalog.full_title),
        additional: shipped().get(&catalog.id).is_none(),
        groups,
    }
}
