//! `soa.html`: the Statement of Applicability, a table for each catalog and a row for each line.

use serde::Serialize;

use super::super::line::{LineView, line_view};
use super::super::progress::{Progress, by_catalog_and_role, progress};
use super::super::view::{Choice, Fact, Link};
use super::super::{body, context::Context, theme::View};
use super::{Page, top_page};
use crate::book::Document;
use crate::catalog::{Catalog, ItemKind};
use crate::derive::SoaLine;
use crate::document::ImplementationStatus;
use crate::document::types::Reason;
use crate::value::Word;

/// The most columns that stand beside each other on a wide screen.
const COLUMNS_MAX: usize = 9;

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
    filters: Vec<Filter>,
    catalogs: Vec<CatalogView>,
    exports: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct Filter {
    name: &'static str,
    label: String,
    choices: Vec<Choice>,
}

#[derive(Debug, Serialize)]
struct CatalogView {
    id: String,
    title: Link,
    full_title: String,
    progress: Progress,
    columns: Vec<Choice>,
    /// More columns than fit beside each other: the table scrolls by itself.
    many: bool,
    groups: Vec<GroupView>,
}

#[derive(Debug, Serialize)]
struct GroupView {
    anchor: String,
    title: String,
    lines: Vec<LineView>,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let soa = &context.derived().soa;
    let document = soa.document.map(|key| context.document(key));
    let (text, text_lang) = document.map(|document| document_text(context, document)).unwrap_or_default();
    let view = SoaView {
        lead: context.say("soa.lead"),
        facts: facts(context, document),
        document: document.map(|document| context.to_document(document.key)),
        text,
        text_lang,
        whole: progress(context, Link::text(&context.say("soa.all")), soa.lines.iter()),
        parts: by_catalog_and_role(context),
        filters: filters(context),
        catalogs: context
            .book()
            .active_catalogs(ItemKind::Control)
            .map(|catalog| catalog_view(context, catalog))
            .collect(),
        exports: ["soa.xlsx", "soa.csv", "soa.json"].iter().map(|file| export(context, file)).collect(),
    };
    top_page(context, "soa", "soa.html", View::new(&view))
}

fn export(context: &Context<'_>, file: &str) -> Link {
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending).to_uppercase();
    Link::new(context.links.view(file), &ending)
}

fn document_text(context: &Context<'_>, document: &Document) -> (String, String) {
    let (_, language) = document.manuscript(context.language);
    let lang = if language == context.words.language() { String::new() } else { language.to_string() };
    (body::document(context.book(), document, context.language, &context.links).html, lang)
}

/// What an auditor reads first: which version this is, who approved it, for which scope.
fn facts(context: &Context<'_>, document: Option<&Document>) -> Vec<Fact> {
    let book = context.book();
    let mut facts = vec![Fact::text(&context.say("fact.organization"), book.config.organization.get(context.language))];
    if let Some(document) = document {
        let metadata = document.metadata();
        let text = |value: &Option<crate::text::Spanned<String>>| {
            value.as_ref().map(|value| value.value.clone()).unwrap_or_default()
        };
        let date = |value: &Option<crate::text::Spanned<crate::date::Date>>| {
            value.as_ref().map(|value| value.value.to_string()).unwrap_or_default()
        };
        let approver = metadata.approver.as_ref().map(|name| name.value.as_str());
        facts.push(Fact::links(&context.column("document"), vec![context.to_document(document.key)]));
        facts.push(Fact::text(&context.column("version"), &text(&metadata.version)));
        facts.extend(
            context.document_status(document).map(|status| Fact::badge(&context.column("document-status"), status)),
        );
        facts.push(Fact::text(&context.column("approver"), &context.person(approver)));
        facts.push(Fact::text(&context.column("approved"), &date(&metadata.approved)));
        facts.push(Fact::text(&context.column("next-review"), &date(&metadata.next_review)));
    }
    facts.push(Fact::links(&context.say("fact.scope"), context.to_documents(&context.derived().scope.documents)));
    facts.push(Fact::text(&context.say("fact.as-of"), &context.today().to_string()));
    facts.push(Fact::text(&context.say("fact.commit"), book.commit.as_deref().unwrap_or_default()));
    facts.into_iter().filter(Fact::says).collect()
}

/// The columns that `book.toml` asks for; no roles where the catalog knows none.
fn columns(context: &Context<'_>, catalog: &Catalog) -> Vec<Choice> {
    let keys = context.book().config.soa.columns.iter().filter(|key| *key != "role" || !catalog.roles.is_empty());
    keys.map(|key| Choice { value: key.clone(), text: context.column(if key == "catalog" { "standard" } else { key }) })
        .collect()
}

fn filters(context: &Context<'_>) -> Vec<Filter> {
    let word = |value: &str, text: String| Choice { value: value.to_owned(), text };
    let applicability = ["applicable", "excluded", "undecided"]
        .map(|value| word(value, context.word(&format!("applicability.{value}"))));
    let statuses = ImplementationStatus::WORDS
        .iter()
        .map(|(value, _)| word(value, context.word(&format!("implementation.{value}"))));
    let mut roles: Vec<Choice> = Vec::new();
    let mut groups = Vec::new();
    for catalog in context.book().active_catalogs(ItemKind::Control) {
        for role in &catalog.roles {
            let present = context.derived().soa.lines.iter().any(|line| line.role.as_ref() == Some(&role.role));
            if present && roles.iter().all(|choice| choice.value != role.role.as_str()) {
                roles.push(word(role.role.as_str(), context.text(&role.title)));
            }
        }
        for (group, title) in groups_of(context, catalog) {
            groups.push(word(&format!("{}-{group}", catalog.id), format!("{} {title}", context.text(&catalog.title))));
        }
    }
    let reasons = Reason::WORDS.iter().map(|(value, _)| word(value, context.word(&format!("reason.{value}"))));
    let filters = [
        ("applicability", context.column("applicability"), applicability.to_vec()),
        ("status", context.column("status"), statuses.collect()),
        ("role", context.column("role"), roles),
        ("group", context.say("filter.group"), groups),
        ("reason", context.column("reasons"), reasons.collect()),
    ];
    let filters = filters.into_iter().filter(|(_, _, choices)| choices.len() > 1);
    filters.map(|(name, label, choices)| Filter { name, label, choices }).collect()
}

/// The themes or clauses that a catalog's lines stand in, in the order of the lines; lines without one stand in an unnamed one.
fn groups_of(context: &Context<'_>, catalog: &Catalog) -> Vec<(String, String)> {
    let mut groups: Vec<(String, String)> = Vec::new();
    for line in lines_of(context, catalog) {
        let (id, title) = group_of(context, catalog, line);
        if groups.iter().all(|(known, _)| *known != id) {
            groups.push((id, title));
        }
    }
    groups
}

fn group_of(context: &Context<'_>, catalog: &Catalog, line: &SoaLine) -> (String, String) {
    let group = catalog.top_group(&line.item.group);
    group.map_or_else(Default::default, |group| (group.id.clone(), titled(&group.id, &context.text(&group.title))))
}

/// An id that means something to people stands before the title.
fn titled(id: &str, title: &str) -> String {
    if id.contains(|c: char| c.is_ascii_digit()) { format!("{id} {title}") } else { title.to_owned() }
}

fn lines_of<'a>(context: &Context<'a>, catalog: &Catalog) -> impl Iterator<Item = &'a SoaLine> {
    let id = catalog.id.clone();
    context.derived().soa.lines.iter().filter(move |line| line.item.id.catalog.as_str() == id)
}

fn catalog_view(context: &Context<'_>, catalog: &Catalog) -> CatalogView {
    let mut groups: Vec<GroupView> = Vec::new();
    for line in lines_of(context, catalog) {
        let (id, title) = group_of(context, catalog, line);
        let anchor = super::super::links::group_anchor(&catalog.id, &id);
        let line = line_view(context, catalog, line);
        match groups.last_mut() {
            Some(group) if group.anchor == anchor => group.lines.push(line),
            _ => groups.push(GroupView { anchor, title, lines: vec![line] }),
        }
    }
    let columns = columns(context, catalog);
    CatalogView {
        many: columns.len() > COLUMNS_MAX,
        columns,
        id: catalog.id.clone(),
        title: context.to_catalog(ItemKind::Control, catalog),
        full_title: context.text(&catalog.full_title),
        progress: progress(context, Link::text(&context.text(&catalog.title)), lines_of(context, catalog)),
        groups,
    }
}
