//! `coverage.html`: which document implements which control, and where documents are missing.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::address::View;
use crate::book::{Document, DocumentKey, Reference, ReferenceKind};
use crate::catalog::{Catalog, Item, ItemKind};
use crate::derive::SoaLine;
use crate::document::DocumentType;
use crate::id::{ItemId, Role};
use crate::site::context::Context;
use crate::site::page::{Page, top_page};
use crate::site::parts::covering::{Coverage, Covering, by_attribute, by_theme, coverage, covering, heads, theme};
use crate::site::theme::Values;
use crate::site::view::{Badge, Link};

/// More documents than this do not fit beside each other; the list by document has them all the same.
const COLUMNS_MAX: usize = 80;

#[derive(Debug, Serialize)]
struct CoverageView {
    lead: String,
    /// What the counts of the tables mean, in their order.
    heads: Vec<String>,
    catalogs: Vec<CatalogView>,
    idle: Vec<IdleRow>,
    documents: Vec<DocumentRow>,
}

#[derive(Debug, Serialize)]
struct CatalogView {
    id: String,
    title: String,
    whole: Coverage,
    themes: Vec<Coverage>,
    attributes: Vec<Attribute>,
    /// Lines that apply and that no document covers.
    uncovered: Vec<Link>,
    drafts: Vec<DraftRow>,
    /// The documents across, where they fit.
    columns: Vec<Column>,
    /// How many columns stand behind the controls: the documents, and their count.
    width: usize,
    groups: Vec<Group>,
}

#[derive(Debug, Serialize)]
struct Attribute {
    title: String,
    values: Vec<Coverage>,
}

/// A line that only documents without approval cover.
#[derive(Debug, Serialize)]
struct DraftRow {
    control: Link,
    role: String,
    documents: Vec<Draft>,
}

#[derive(Debug, Serialize)]
struct Draft {
    link: Link,
    state: Option<Badge>,
}

/// A document of the matrix.
#[derive(Debug, Serialize)]
struct Column {
    link: Link,
    draft: bool,
}

/// The controls of a theme.
#[derive(Debug, Serialize)]
struct Group {
    title: String,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    control: Link,
    /// How many documents implement it.
    count: usize,
    /// Why it has no mark, where it has none.
    state: Option<Badge>,
    documents: Vec<Link>,
    /// For each column how its document implements the control.
    cells: Vec<Option<Mark>>,
}

/// A document implements a control.
#[derive(Debug, Clone, Serialize)]
struct Mark {
    draft: bool,
    /// The role, where it does so for one of several.
    role: String,
    text: String,
}

/// A document that implements no control.
#[derive(Debug, Serialize)]
struct IdleRow {
    document: Link,
    kind: String,
    status: Option<Badge>,
    requirements: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct DocumentRow {
    document: Link,
    status: Option<Badge>,
    controls: Vec<Link>,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let catalogs = context.book().active_catalogs(ItemKind::Control).map(|catalog| catalog_view(context, catalog));
    let view = CoverageView {
        lead: context.say("coverage.lead"),
        heads: heads(context),
        catalogs: catalogs.collect(),
        idle: context.book().documents.iter().filter_map(|document| idle_row(context, document)).collect(),
        documents: context.book().documents.iter().filter_map(|document| document_row(context, document)).collect(),
    };
    top_page(context, View::Coverage, Values::new(&view))
}

fn catalog_view(context: &Context<'_>, catalog: &Catalog) -> CatalogView {
    let lines: Vec<&SoaLine> =
        context.derived().soa.lines.iter().filter(|line| line.item.id.catalog.as_str() == catalog.id).collect();
    let with = |wanted: Covering| lines.iter().filter(move |line| covering(context, line) == wanted);
    let title = context.text(&catalog.title);
    let mut implemented: BTreeMap<&ItemId, BTreeMap<DocumentKey, BTreeSet<&Role>>> = BTreeMap::new();
    for line in &lines {
        let documents = implemented.entry(&line.item.id).or_default();
        for entry in &line.documents {
            documents.entry(entry.document).or_default().extend(&line.role);
        }
    }
    let across: BTreeSet<DocumentKey> = implemented.values().flat_map(BTreeMap::keys).copied().collect();
    let across: Vec<DocumentKey> = if across.len() > COLUMNS_MAX { Vec::new() } else { across.into_iter().collect() };
    CatalogView {
        id: catalog.id.clone(),
        whole: coverage(context, Link::text(&title), &lines),
        title,
        themes: by_theme(context, catalog, &lines),
        attributes: by_attribute(context, catalog, &lines)
            .into_iter()
            .map(|(title, values)| Attribute { title, values })
            .collect(),
        uncovered: with(Covering::Nothing).map(|line| with_role(context, catalog, line)).collect(),
        drafts: with(Covering::Drafts).map(|line| draft_row(context, catalog, line)).collect(),
        width: across.len() + 1,
        groups: groups(context, catalog, &lines, &implemented, &across),
        columns: across.into_iter().map(|key| column(context, key)).collect(),
    }
}

fn own(context: &Context<'_>, item: &Item) -> Link {
    Link { id: item.id.id.to_string(), ..context.to_item(&item.id) }
}

fn role_label(context: &Context<'_>, catalog: &Catalog, line: &SoaLine) -> String {
    line.role.as_ref().map(|role| context.role(catalog, role).1).unwrap_or_default()
}

/// A control by id, with the role's label behind it.
fn with_role(context: &Context<'_>, catalog: &Catalog, line: &SoaLine) -> Link {
    let (link, role) = (own(context, &line.item), role_label(context, catalog, line));
    let id = if role.is_empty() { link.id } else { format!("{} {role}", link.id) };
    Link { id, ..link }
}

fn draft_row(context: &Context<'_>, catalog: &Catalog, line: &SoaLine) -> DraftRow {
    let keys: BTreeSet<DocumentKey> = line.documents.iter().map(|entry| entry.document).collect();
    let draft = |key| Draft { link: context.to_document(key), state: context.document_status(context.document(key)) };
    DraftRow {
        control: own(context, &line.item),
        role: role_label(context, catalog, line),
        documents: keys.into_iter().map(draft).collect(),
    }
}

fn column(context: &Context<'_>, key: DocumentKey) -> Column {
    Column { link: context.to_document(key), draft: !context.document(key).is_approved() }
}

/// The rows of the matrix: each control that has lines on the SoA once.
fn groups(
    context: &Context<'_>,
    catalog: &Catalog,
    lines: &[&SoaLine],
    implemented: &BTreeMap<&ItemId, BTreeMap<DocumentKey, BTreeSet<&Role>>>,
    across: &[DocumentKey],
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for of_control in lines.chunk_by(|a, b| a.item.id == b.item.id) {
        let Some(line) = of_control.first() else { continue };
        let title = theme(context, catalog, &line.item);
        let none = BTreeMap::new();
        let documents = implemented.get(&line.item.id).unwrap_or(&none);
        let mark =
            |key: &DocumentKey| documents.get(key).map(|roles| mark(context, catalog, *key, roles, of_control.len()));
        let state = covering(context, line);
        let row = Row {
            control: own(context, &line.item),
            count: documents.len(),
            state: documents.is_empty().then(|| state.badge(context)),
            documents: documents.keys().map(|key| context.to_document(*key)).collect(),
            cells: across.iter().map(mark).collect(),
        };
        match groups.last_mut() {
            Some(group) if group.title == title => group.rows.push(row),
            _ => groups.push(Group { title, rows: vec![row] }),
        }
    }
    groups
}

fn mark(context: &Context<'_>, catalog: &Catalog, key: DocumentKey, roles: &BTreeSet<&Role>, lines: usize) -> Mark {
    let draft = !context.document(key).is_approved();
    let only = if roles.len() < lines { roles.first() } else { None };
    let role = only.map(|role| context.role(catalog, role).1).unwrap_or_default();
    Mark { draft, role, text: context.say(if draft { "coverage.yes-draft" } else { "coverage.yes" }) }
}

fn implements(reference: &Reference) -> bool {
    reference.kind == ReferenceKind::Implements
}

/// A living document of a type that is there to say how things are done, and that implements no control.
fn idle_row(context: &Context<'_>, document: &Document) -> Option<IdleRow> {
    let rules = matches!(document.kind, Some(DocumentType::Common(word)) if word != "record");
    let references = || context.book().references_from(document.key);
    if !rules || !document.is_living() || references().any(implements) {
        return None;
    }
    let proves = references().filter(|reference| reference.kind == ReferenceKind::Proves);
    let items: BTreeSet<&ItemId> = proves.filter_map(|reference| reference.target.item()).collect();
    Some(IdleRow {
        document: context.to_document(document.key),
        kind: context.kind(document),
        status: context.document_status(document),
        requirements: items.into_iter().map(|item| context.to_item(item)).collect(),
    })
}

fn document_row(context: &Context<'_>, document: &Document) -> Option<DocumentRow> {
    let references = context.book().references_from(document.key).filter(|reference| implements(reference));
    let items: BTreeSet<&ItemId> = references.filter_map(|reference| reference.target.item()).collect();
    let controls: Vec<Link> = items.into_iter().map(|item| context.to_item(item)).collect();
    (!controls.is_empty()).then(|| DocumentRow {
        document: context.to_document(document.key),
        status: context.document_status(document).filter(|status| status.kind != "approved"),
        controls,
    })
}
