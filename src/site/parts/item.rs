//! What the pages of controls, requirements and risk sources have in common: the item itself and everything that names it.

use serde::Serialize;

use crate::address::View;
use crate::book::{DocumentKey, ReferenceKind};
use crate::catalog::{Catalog, Item, ItemKind};
use crate::derive::NonconformityState;
use crate::document::types::{Audit, Details, Nonconformity};
use crate::id::ItemId;
use crate::language::Language;
use crate::site::context::Context;
use crate::site::links::group_anchor;
use crate::site::page::{Branch, Page};
use crate::site::parts::notice::{Notice, notices};
use crate::site::theme::Values;
use crate::site::view::{Badge, Fact, Link, TocLink};
use crate::value::word_of;

/// An item for its page.
#[derive(Debug, Default, Serialize)]
pub(in crate::site) struct ItemView {
    /// The id as people write it.
    pub(in crate::site) id: String,
    /// The title in the reader's language.
    pub(in crate::site) title: String,
    /// The language of the title, where it is not the page's.
    pub(in crate::site) title_lang: String,
    /// The title in the other languages.
    pub(in crate::site) other_titles: Vec<Link>,
    /// The catalog.
    pub(in crate::site) catalog: Link,
    /// What kind of item it is.
    pub(in crate::site) kind: String,
    /// Whether it has no predecessor.
    pub(in crate::site) new: bool,
    /// What it asks for, in our own words.
    pub(in crate::site) summary: String,
    /// A remark.
    pub(in crate::site) note: String,
    /// The full text of the standard, in paragraphs, where the organization adds it.
    pub(in crate::site) text: Vec<String>,
    /// What an amendment adds.
    pub(in crate::site) amendment: String,
    /// Group and attributes.
    pub(in crate::site) facts: Vec<Fact>,
    /// What to look for in an audit.
    pub(in crate::site) checks: Vec<String>,
    /// What the items of other catalogs are to it.
    pub(in crate::site) mappings: Vec<MappingView>,
    /// The documents that name it in their text only.
    pub(in crate::site) mentions: Vec<Link>,
    /// The audits that looked at it.
    pub(in crate::site) audits: Vec<AuditView>,
    /// What did not conform.
    pub(in crate::site) nonconformities: Vec<NonconformityView>,
    /// That some of them are open, in words.
    pub(in crate::site) open_nonconformities: String,
    /// What the rules found about it.
    pub(in crate::site) findings: Vec<Notice>,
    /// Whom its content is owed to.
    pub(in crate::site) source: String,
    /// The parts of the page.
    pub(in crate::site) toc: Vec<TocLink>,
}

/// The items of another catalog that belong to an item.
#[derive(Debug, Serialize)]
pub(in crate::site) struct MappingView {
    /// The other catalog.
    pub(in crate::site) title: String,
    /// Its items.
    pub(in crate::site) items: Vec<MappedItem>,
}

/// An item of another catalog.
#[derive(Debug, Serialize)]
pub(in crate::site) struct MappedItem {
    /// The item.
    pub(in crate::site) link: Link,
    /// How it belongs.
    pub(in crate::site) relation: String,
}

/// An audit that looked at something.
#[derive(Debug, Serialize)]
pub(in crate::site) struct AuditView {
    /// The audit.
    pub(in crate::site) link: Link,
    /// Its day.
    pub(in crate::site) date: String,
    /// Who audited.
    pub(in crate::site) auditor: String,
}

/// One nonconformity.
#[derive(Debug, Serialize)]
pub(in crate::site) struct NonconformityView {
    /// Its id.
    pub(in crate::site) id: String,
    /// The audit.
    pub(in crate::site) audit: Link,
    /// How grave.
    pub(in crate::site) grade: Option<Badge>,
    /// What was seen.
    pub(in crate::site) text: String,
    /// What it is about.
    pub(in crate::site) about: Vec<Link>,
    /// Who mends it.
    pub(in crate::site) owner: String,
    /// By when.
    pub(in crate::site) due: String,
    /// Open, overdue or closed.
    pub(in crate::site) state: Badge,
}

/// The item for its page.
pub(in crate::site) fn item_view(context: &Context<'_>, catalog: &Catalog, item: &Item) -> ItemView {
    let book = context.book();
    let others = book
        .config
        .languages
        .iter()
        .chain([Language::english(), Language::japanese()].iter())
        .cloned()
        .collect::<Vec<_>>();
    let title = context.text(&item.title);
    let mut other_titles: Vec<Link> = Vec::new();
    for language in others.iter().filter(|language| *language != context.language && item.title.has(language)) {
        let text = item.title.get(language);
        if text != title && other_titles.iter().all(|other| other.text != text) {
            other_titles.push(Link { lang: language.to_string(), ..Link::text(text) });
        }
    }
    let text = context.text(&item.text);
    let nonconformities = nonconformities_about(context, &item.id);
    ItemView {
        id: book.short_id(&item.id),
        title_lang: context.lang_of(&item.title),
        title,
        other_titles,
        catalog: context.to_catalog(item.kind, catalog),
        kind: context.say(&format!("kind.{}", word_of(item.kind))),
        new: item.new,
        summary: context.text(&item.summary),
        note: context.text(&item.note),
        text: text.split("\n\n").filter(|part| !part.trim().is_empty()).map(str::to_owned).collect(),
        amendment: context.text(&item.amendment),
        facts: facts(context, catalog, item),
        checks: item.checks.iter().map(|check| context.text(check)).collect(),
        mappings: mappings(context, item),
        mentions: named_by(context, &item.id, ReferenceKind::Mentions),
        audits: audits(context, &item.id),
        open_nonconformities: open_nonconformities(context, &nonconformities),
        nonconformities,
        findings: notices(context, context.shared.about_item(context.snapshot, &item.id)),
        source: context.text(&catalog.source),
        toc: Vec::new(),
    }
}

/// Notes the parts of the page; `own` are those of its kind, by anchor and title.
pub(in crate::site) fn note_parts(context: &Context<'_>, item: &mut ItemView, own: Vec<(String, String)>) {
    let shared = [
        ("item-checks", "item.checks", !item.checks.is_empty()),
        ("item-audits", "item.audits", !item.audits.is_empty() || !item.nonconformities.is_empty()),
        ("item-mentions", "item.mentions", !item.mentions.is_empty()),
        ("item-mappings", "item.mappings", !item.mappings.is_empty()),
    ];
    let shared =
        shared.into_iter().filter(|(_, _, shown)| *shown).map(|(anchor, key, _)| (anchor.to_owned(), context.say(key)));
    let text = (!item.text.is_empty()).then(|| ("item-text".to_owned(), context.say("item.text")));
    let parts = text.into_iter().chain(own).chain(shared);
    item.toc = parts.map(|(anchor, text)| TocLink { level: 2, anchor, text }).collect();
}

/// The page of an item: its neighbours are those of the whole catalog.
pub(in crate::site) fn item_page(context: &Context<'_>, item: &Item, template: &'static str, values: Values) -> Page {
    let book = context.book();
    let catalog = book.catalogs.get(item.id.catalog.as_str());
    let items: Vec<_> = catalog.map(|catalog| catalog.items_of(item.kind).collect()).unwrap_or_default();
    let place = items.iter().position(|other| other.id == item.id).unwrap_or_default();
    let neighbour = |at: Option<usize>| at.and_then(|at| items.get(at)).map(|item| context.to_item(&item.id));
    let home = context.to_view(View::Home);
    let above = match item.kind {
        ItemKind::Control => catalog.map(|catalog| context.to_catalog(item.kind, catalog)),
        ItemKind::Requirement => Some(context.to_view(View::Requirements)),
        ItemKind::RiskSource => Some(context.to_view(View::RiskSources)),
    };
    Page {
        title: book.item_label(&item.id).get(context.language).to_owned(),
        template,
        description: context.text(&item.summary),
        breadcrumb: std::iter::once(home).chain(above).collect(),
        branch: Branch::Catalog(item.kind, item.id.catalog.to_string(), Some(item.id.clone())),
        previous: neighbour(place.checked_sub(1)),
        next: neighbour(Some(place + 1)),
        values,
    }
}

fn facts(context: &Context<'_>, catalog: &Catalog, item: &Item) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(group) = catalog.group(&item.group) {
        let numbered = group.id.contains(|c: char| c.is_ascii_digit());
        let title =
            if numbered { format!("{} {}", group.id, context.text(&group.title)) } else { context.text(&group.title) };
        let anchor = group_anchor(&catalog.id, &group.id);
        let href = context.links.in_catalog(item.kind, &catalog.id, &anchor, context.book());
        facts.push(Fact::links(&context.say("fact.group"), vec![Link::new(href, &title)]));
    }
    for attribute in &catalog.attributes {
        let Some(values) = item.attributes.get(&attribute.id) else { continue };
        let named = |value: &String| {
            let known = attribute.values.iter().find(|(id, _)| id == value);
            known.map_or_else(|| value.clone(), |(_, title)| context.text(title))
        };
        let names: Vec<String> = values.iter().map(named).collect();
        facts.push(Fact::text(&context.text(&attribute.title), &context.words.join(&names)));
    }
    facts
}

/// The items of every other catalog that belong to this one; only those that the book uses have links.
fn mappings(context: &Context<'_>, item: &Item) -> Vec<MappingView> {
    let others = context.book().catalogs.iter().filter(|catalog| catalog.id != item.id.catalog.as_str());
    let mapped = others.filter_map(|catalog| {
        let items = context.book().catalogs.mapped(&item.id, catalog);
        let view = |(other, relation): &(std::sync::Arc<Item>, String)| MappedItem {
            link: context.to_item(&other.id),
            relation: relation_words(context, relation),
        };
        (!items.is_empty())
            .then(|| MappingView { title: context.text(&catalog.title), items: items.iter().map(view).collect() })
    });
    mapped.collect()
}

/// A relation of the shipped catalogs in words; another catalog's own as it stands.
pub(in crate::site) fn relation_words(context: &Context<'_>, relation: &str) -> String {
    let key = format!("site.relation.{relation}");
    let words = context.words.get(&key);
    if words == key { relation.to_owned() } else { words.to_owned() }
}

/// The documents that name an item in one way, each once.
pub(in crate::site) fn named_by(context: &Context<'_>, item: &ItemId, kind: ReferenceKind) -> Vec<Link> {
    let mut keys: Vec<DocumentKey> = context
        .book()
        .references_to(item)
        .filter(|reference| reference.kind == kind)
        .map(|reference| reference.from)
        .collect();
    keys.sort_unstable();
    keys.dedup();
    context.to_documents(&keys)
}

fn audits(context: &Context<'_>, item: &ItemId) -> Vec<AuditView> {
    let references = context.book().references_to(item).filter(|reference| reference.kind == ReferenceKind::Audits);
    references.map(|reference| audit_view(context, reference.from)).collect()
}

/// An audit in a line.
pub(in crate::site) fn audit_view(context: &Context<'_>, key: DocumentKey) -> AuditView {
    let audit = audit_of(context, key);
    AuditView {
        link: context.to_document(key),
        date: audit.and_then(|audit| audit.audited_on.as_ref()).map(|date| date.value.to_string()).unwrap_or_default(),
        auditor: context.person(audit.and_then(|audit| audit.auditor.as_ref()).map(|name| name.value.as_str())),
    }
}

/// The fields of an audit's document.
pub(in crate::site) fn audit_of<'a>(context: &Context<'a>, key: DocumentKey) -> Option<&'a Audit> {
    match &context.document(key).details {
        Details::Audit(audit) => Some(audit),
        _ => None,
    }
}

/// The nonconformities of an item that are not closed, in words.
fn open_nonconformities(context: &Context<'_>, all: &[NonconformityView]) -> String {
    match all.iter().filter(|one| one.state.kind != "done").count() {
        0 => String::new(),
        open => context.fill("item.open-nonconformities", &[("n", &open.to_string())]),
    }
}

fn nonconformities_about(context: &Context<'_>, item: &ItemId) -> Vec<NonconformityView> {
    let references =
        context.book().references_to(item).filter(|reference| reference.kind == ReferenceKind::Nonconforms);
    let found = references.filter_map(|reference| {
        let nonconformity = audit_of(context, reference.from)?.nonconformities.get(reference.entry)?;
        Some((context.derived().nonconformity_state(reference.from, reference.entry), reference, nonconformity))
    });
    let mut found: Vec<_> = found.collect();
    // What is still open comes first.
    found.sort_by_key(|(state, ..)| *state);
    found.into_iter().map(|(_, at, one)| nonconformity_view(context, at.from, at.entry, one)).collect()
}

/// A nonconformity in a line.
pub(in crate::site) fn nonconformity_view(
    context: &Context<'_>,
    audit: DocumentKey,
    entry: usize,
    nonconformity: &Nonconformity,
) -> NonconformityView {
    let references = context
        .book()
        .references_from(audit)
        .filter(|reference| reference.kind == ReferenceKind::Nonconforms && reference.entry == entry);
    let about = references.filter_map(|reference| Some(context.to_item(reference.target.item()?))).collect();
    let due = nonconformity.due.as_ref().map(|date| date.value);
    let closed = nonconformity.closed_on.as_ref().map(|date| date.value.to_string()).unwrap_or_default();
    let state = match context.derived().nonconformity_state(audit, entry) {
        Some(NonconformityState::Closed) => {
            Badge::new("done", &context.fill("nonconformity.closed", &[("date", &closed)]))
        }
        Some(NonconformityState::Overdue) => Badge::new("overdue", &context.say("nonconformity.overdue")),
        Some(NonconformityState::Open) | None => Badge::new("open", &context.say("nonconformity.open")),
    };
    NonconformityView {
        id: nonconformity.id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
        audit: context.to_document(audit).at("page-nonconformities"),
        grade: nonconformity.grade.as_ref().map(|grade| {
            let word = word_of(grade.value);
            Badge::new(word, &context.say(&format!("grade.{word}")))
        }),
        text: context.text(&nonconformity.text),
        about,
        owner: context.person(nonconformity.owner.as_deref()),
        due: due.map(|due| due.to_string()).unwrap_or_default(),
        state,
    }
}
