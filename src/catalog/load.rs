//! Reading one catalog file, and laying an overlay over the catalog that it extends.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    Attribute, Catalog, Catalogs, DocumentedInformation, Group, Item, ItemKind, Mapping, Pair, RoleDefinition, ShownBy,
};
use crate::files::FilePath;
use crate::finding::{Finding, Place};
use crate::id::{CatalogId, ItemId, Role};
use crate::language::Localized;
use crate::text::{Span, Spanned};
use crate::value::{Fields, Node, Report, Value, choice, localized};
use crate::yaml;

/// Reads a catalog file; `known` are the catalogs that it may extend.
/// What cannot be read is a finding (CAT801, CAT802); an item without an id or a kind is left out.
pub fn load(path: &FilePath, text: &str, known: &Catalogs) -> (Option<Catalog>, Vec<Finding>) {
    let node = match yaml::parse(text) {
        Ok(node) => node,
        Err(fault) => return (None, vec![fault.finding("CAT801", path, 0)]),
    };
    let report = Report::new(path, "CAT801");
    let catalog = if matches!(node.value, Value::Map(_)) {
        read(&node, path, known, &report)
    } else {
        not_a_catalog(&node, &report)
    };
    let (mut findings, unknown) = report.finish();
    findings.extend(unknown.into_iter().map(|unknown| {
        let finding = Finding::new("CAT801", Place::new(path, unknown.key.span)).variant("unknown");
        finding.with("field", unknown.key.value.as_str()).named(&unknown)
    }));
    (catalog, findings)
}

fn not_a_catalog(node: &Node, report: &Report) -> Option<Catalog> {
    report.wrong("catalog", node, "map");
    None
}

fn read(node: &Node, path: &FilePath, known: &Catalogs, report: &Report) -> Option<Catalog> {
    let fields = Fields::new("catalog", node, report);
    let mut catalog = base(&fields, node, known, report)?;
    catalog.place = Some(Place::new(path, node.span));
    replace(&mut catalog.prefix, fields.text("prefix").map(|text| text.value));
    replace(&mut catalog.edition, fields.text("edition").map(|text| text.value));
    replace(&mut catalog.title, fields.localized("title"));
    replace(&mut catalog.full_title, fields.localized("full_title"));
    replace(&mut catalog.status, fields.localized("status"));
    replace(&mut catalog.source, fields.localized("source"));
    if let Some(id) = fields.text("replaced_by") {
        catalog.replaced_by = Some(id.value);
    }
    catalog.roles.extend(fields.list("roles", role));
    catalog.attributes.extend(fields.list("attributes", attribute));
    for group in fields.list("groups", group) {
        match catalog.groups.iter_mut().find(|old| old.id == group.id) {
            Some(old) => *old = group,
            None => catalog.groups.push(group),
        }
    }
    let kind = fields.node("kind").and_then(|node| kind_of_items(node, report));
    let id = CatalogId::new(&catalog.id);
    let mut items: BTreeMap<Arc<str>, Arc<Item>> =
        catalog.items.drain(..).map(|item| (Arc::clone(&item.id.id), item)).collect();
    let mut seen: BTreeMap<Arc<str>, Span> = BTreeMap::new();
    for (item, span) in fields.list("items", |node, report| item(node, &id, kind, &items, report)) {
        if let Some(first) = seen.get(&item.id.id) {
            let finding = Finding::new("CAT802", Place::new(path, span)).related(Place::new(path, *first));
            report.add(finding.with("id", &*item.id.id).about(&item.id, None));
        } else {
            seen.insert(Arc::clone(&item.id.id), span);
            items.insert(Arc::clone(&item.id.id), Arc::new(item));
        }
    }
    catalog.items = items.into_values().collect();
    catalog.index();
    catalog.mappings.extend(fields.list("mappings", |node, report| mapping(node, path, report)));
    fields.finish(&[]);
    if catalog.title.is_empty() {
        catalog.title = Localized::plain(&catalog.id);
    }
    if catalog.prefix.is_empty() {
        catalog.prefix.clone_from(&catalog.id);
    }
    Some(catalog)
}

/// A new catalog with its id, or a copy of the one that is extended.
fn base(fields: &Fields<'_>, node: &Node, known: &Catalogs, report: &Report) -> Option<Catalog> {
    let id = fields.text("id");
    if let Some(extended) = fields.text("extends") {
        let Some(catalog) = known.get(&extended.value) else {
            let names: Vec<&str> = known.iter().map(|catalog| catalog.id.as_str()).collect();
            report.not_in("extends", fields.node("extends")?, &names);
            return None;
        };
        if let Some(id) = id {
            let finding = Finding::new("CAT801", Place::new(report.path(), id.span)).variant("id-and-extends");
            report.add(finding.with("id", id.value).with("extends", extended.value));
        }
        return Some(Catalog::clone(catalog));
    }
    let Some(id) = id else {
        report.add(
            Finding::new("CAT801", Place::new(report.path(), Span::new(node.span.start, node.span.start)))
                .variant("no-id"),
        );
        return None;
    };
    Some(Catalog { id: id.value, ..Catalog::default() })
}

fn replace<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

fn kind_of_items(node: &Node, report: &Report) -> Option<ItemKind> {
    match node.scalar() {
        Some("controls" | "control") => Some(ItemKind::Control),
        Some("requirements" | "requirement") => Some(ItemKind::Requirement),
        Some("risk-sources" | "risk-source") => Some(ItemKind::RiskSource),
        _ => {
            report.not_in("kind", node, &["controls", "requirements", "risk-sources"]);
            None
        }
    }
}

/// The value of a key that has to be there.
fn required(key: &str, text: Option<Spanned<String>>, node: &Node, report: &Report) -> Option<Spanned<String>> {
    if text.is_none() && matches!(node.value, Value::Map(_)) {
        report.wrong(key, node, "required");
    }
    text
}

fn role(node: &Node, report: &Report) -> Option<RoleDefinition> {
    let fields = Fields::new("roles", node, report);
    let id = fields.text("id");
    let title = fields.localized("title");
    let label = fields.localized("label");
    fields.finish(&[]);
    let id = required("id", id, node, report)?.value;
    let title = title.unwrap_or_else(|| Localized::plain(&id));
    Some(RoleDefinition { role: Role::new(&id), label: label.unwrap_or_else(|| title.clone()), title })
}

fn attribute(node: &Node, report: &Report) -> Option<Attribute> {
    let fields = Fields::new("attributes", node, report);
    let id = fields.text("id");
    let title = fields.localized("title");
    let values = fields.list("values", |node, report| {
        let fields = Fields::new("values", node, report);
        let pair = (fields.text("id"), fields.localized("title"));
        fields.finish(&[]);
        let id = required("id", pair.0, node, report)?.value;
        Some((id.clone(), pair.1.unwrap_or_else(|| Localized::plain(&id))))
    });
    fields.finish(&[]);
    let id = required("id", id, node, report)?.value;
    Some(Attribute { title: title.unwrap_or_else(|| Localized::plain(&id)), id, values })
}

fn group(node: &Node, report: &Report) -> Option<Group> {
    let fields = Fields::new("groups", node, report);
    let (id, parent, title) = (fields.text("id"), fields.text("parent"), fields.localized("title"));
    fields.localized("summary");
    fields.finish(&["basis"]);
    let id = required("id", id, node, report)?.value;
    Some(Group { title: title.unwrap_or_else(|| Localized::plain(&id)), parent: parent.map(|parent| parent.value), id })
}

/// An item, laid over the one of the same id that the catalog already has, and where its id stands.
fn item(
    node: &Node,
    catalog: &CatalogId,
    kind: Option<ItemKind>,
    old: &BTreeMap<Arc<str>, Arc<Item>>,
    report: &Report,
) -> Option<(Item, Span)> {
    let fields = Fields::new("items", node, report);
    let Some(id) = fields.text("id") else {
        report.add(Finding::new("CAT801", Place::new(report.path(), node.span)).variant("item-id"));
        return None;
    };
    let old = old.get(id.value.as_str()).map(|item| Item::clone(item));
    let own_kind = fields.choice::<ItemKind>("kind").map(|kind| kind.value);
    let Some(mut item) = old.or_else(|| Some(empty_item(ItemId::new(catalog, &id.value), own_kind.or(kind)?))) else {
        report
            .add(Finding::new("CAT801", Place::new(report.path(), id.span)).variant("item-kind").with("id", id.value));
        return None;
    };
    item.place = Some(Place::new(report.path(), id.span));
    fill(&mut item, &fields, own_kind);
    fields.finish(&["basis", "guidance_type", "other_information"]);
    Some((item, id.span))
}

fn empty_item(id: ItemId, kind: ItemKind) -> Item {
    Item {
        id,
        kind,
        group: String::new(),
        title: Localized::default(),
        summary: Localized::default(),
        note: Localized::default(),
        text: Localized::default(),
        amendment: Localized::default(),
        aliases: Vec::new(),
        new: false,
        heading: false,
        attributes: BTreeMap::new(),
        guidance: BTreeMap::new(),
        documented_information: Vec::new(),
        shown_by: Vec::new(),
        looked_for: Vec::new(),
        evidence: Vec::new(),
        checks: Vec::new(),
        party: None,
        place: None,
    }
}

fn fill(item: &mut Item, fields: &Fields<'_>, kind: Option<ItemKind>) {
    replace(&mut item.kind, kind);
    replace(&mut item.group, fields.text("group").map(|group| group.value));
    replace(&mut item.title, fields.localized("title"));
    replace(&mut item.summary, fields.localized("summary"));
    replace(&mut item.note, fields.localized("note"));
    replace(&mut item.text, fields.localized("text"));
    replace(&mut item.amendment, fields.localized("amendment"));
    replace(&mut item.new, fields.flag("new"));
    replace(&mut item.heading, fields.flag("heading"));
    if let Some(party) = fields.text("party") {
        item.party = Some(party.value);
    }
    let filled = |new: Vec<_>, old: &mut Vec<_>| {
        if !new.is_empty() {
            *old = new;
        }
    };
    filled(fields.texts("aliases").into_iter().map(|alias| alias.value).collect(), &mut item.aliases);
    let texts = |key| fields.list(key, |node, report| localized(key, node.get("title").unwrap_or(node), report));
    let evidence = texts("evidence");
    if !evidence.is_empty() {
        item.evidence = evidence;
    }
    let checks = texts("checks");
    if !checks.is_empty() {
        item.checks = checks;
    }
    let pieces = fields.list("documented_information", documented_information);
    if !pieces.is_empty() {
        item.documented_information = pieces;
    }
    let shown = fields.list("shown_by", shown_by);
    if !shown.is_empty() {
        item.shown_by = shown;
    }
    let sought = fields.choices("looked_for");
    if !sought.is_empty() {
        item.looked_for = sought.into_iter().map(|sought| sought.value).collect();
    }
    if let Some(node) = fields.node("attributes") {
        let values = |node: &Node| match &node.value {
            crate::value::Value::List(nodes) => nodes.iter().filter_map(Node::scalar).map(str::to_owned).collect(),
            _ => node.scalar().map(str::to_owned).into_iter().collect(),
        };
        item.attributes = node.entries().iter().map(|(key, node)| (key.value.clone(), values(node))).collect();
    }
    if let Some(node) = fields.node("guidance") {
        let texts = node.entries().iter();
        item.guidance = texts.map(|(key, node)| (Role::new(&key.value), by_language(node))).collect();
    }
}

/// A word for every piece, or a map that says for which.
fn shown_by(node: &Node, report: &Report) -> Option<ShownBy> {
    if !matches!(node.value, Value::Map(_)) {
        return choice("shown_by", node, report).map(|by| ShownBy { part: None, by: by.value });
    }
    let fields = Fields::new("shown_by", node, report);
    let (part, by) = (fields.required_text("part", node), fields.choice("by"));
    fields.require("by", node);
    fields.finish(&[]);
    Some(ShownBy { part: Some(part?.value), by: by?.value })
}

fn by_language(node: &Node) -> Localized {
    let quiet = Report::new(&FilePath::new(""), "CAT801");
    localized("guidance", node, &quiet).unwrap_or_default()
}

fn documented_information(node: &Node, report: &Report) -> Option<DocumentedInformation> {
    let fields = Fields::new("documented_information", node, report);
    let piece = DocumentedInformation {
        part: fields.text("part").map(|part| part.value),
        explicit: fields.flag("explicit").unwrap_or(true),
        title: fields.localized("title").unwrap_or_default(),
    };
    fields.text("kind");
    fields.finish(&[]);
    Some(piece)
}

fn mapping(node: &Node, path: &FilePath, report: &Report) -> Option<Mapping> {
    let fields = Fields::new("mappings", node, report);
    let to = required("to", fields.text("to"), node, report);
    let title = fields.localized("title").unwrap_or_default();
    let pairs = fields.list("pairs", |node, report| {
        let fields = Fields::new("pairs", node, report);
        let pair = (
            required("from", fields.text("from"), node, report),
            required("to", fields.text("to"), node, report),
            fields.text("relation"),
        );
        fields.finish(&["note"]);
        let (from, to) = (pair.0?, pair.1?);
        let relation = pair.2.map_or_else(|| "related".to_owned(), |relation| relation.value);
        let places = Some((Place::new(path, from.span), Place::new(path, to.span)));
        Some(Pair { from: from.value, to: to.value, relation, places })
    });
    fields.finish(&[]);
    let to = to?;
    Some(Mapping { to: CatalogId::new(&to.value), title, pairs, place: Some(Place::new(path, to.span)) })
}
