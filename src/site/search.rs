//! The text that the search looks through: documents, items, terms and views of one language, as scripts that hand it over.
//! A large book has several, so that the first results do not wait for the last document.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::address::View;
use crate::book::{Book, Document};
use crate::catalog::{Catalog, Item, ItemKind};
use crate::document::DocumentType;
use crate::language::Language;
use crate::site::context::Context;
use crate::site::links::{Links, catalog_path};
use crate::site::pages;
use crate::site::parts::details::details_view;
use crate::site::parts::glossary;
use crate::site::view::{Choice, Fact};

/// How much text one script holds, in bytes of Markdown, before the next one begins.
const SCRIPT_BYTES: usize = 2_000_000;

/// One thing to be found.
#[derive(Debug, Default, Serialize)]
struct Entry {
    title: String,
    /// Below the language's root.
    url: String,
    kind: &'static str,
    /// The type of a document, by which results can be filtered.
    #[serde(rename = "type", skip_serializing_if = "String::is_empty")]
    document_type: String,
    /// What the kind is called.
    label: String,
    id: String,
    text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sections: Vec<Section>,
}

/// A part of a document.
#[derive(Debug, Serialize)]
struct Section {
    title: String,
    anchor: String,
    text: String,
}

/// The documents of each script, by their places in the book. The first script holds everything else as well, so there is
/// always one.
pub(super) fn parts(book: &Book, language: &Language) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (at, document) in book.documents.iter().enumerate() {
        let size = document.manuscript(language).0.text.len();
        if bytes > 0 && bytes + size > SCRIPT_BYTES {
            parts.push(start..at);
            (start, bytes) = (at, 0);
        }
        bytes += size;
    }
    parts.push(start..book.documents.len());
    parts
}

/// One script with data of the context's language. The addresses count from the folder that holds it. The first says how
/// many there are.
pub(super) fn data(context: &Context<'_>, part: usize) -> String {
    let parts = parts(context.book(), context.language);
    let range = parts.get(part).cloned().unwrap_or_default();
    let documents = context.book().documents[range].iter().map(|document| document_entry(context, document));
    let entries: Vec<Entry> = if part == 0 {
        views(context).into_iter().chain(items(context)).chain(terms(context)).chain(documents).collect()
    } else {
        documents.collect()
    };
    let lines: Vec<String> = entries
        .iter()
        .map(|entry| safe_in_script(&serde_json::to_string(entry).expect("texts and lists are JSON")))
        .collect();
    let count = if part == 0 && parts.len() > 1 { format!(", {}", parts.len()) } else { String::new() };
    format!("ismsbookSearch([\n{}\n]{count});\n", lines.join(",\n"))
}

/// What would end a script, or a line of it, is written as an escape.
fn safe_in_script(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// The kinds of results that a reader may choose from: the book's own types of documents stand behind all documents.
pub(super) fn kinds(context: &Context<'_>) -> Vec<Choice> {
    let choice = |value: &str, text: String| Choice { value: value.to_owned(), text };
    let label = |kind: &DocumentType| context.text(&crate::phrase::kind(context.book(), kind));
    let types = context.shared.types(context.book()).iter();
    let mut choices = vec![choice("document", context.say("search.document"))];
    choices.extend(types.map(|kind| choice(kind.word(), format!("– {}", label(kind)))));
    choices.extend(
        ["control", "requirement", "risk-source"].map(|kind| choice(kind, context.say(&format!("kind.{kind}")))),
    );
    choices.push(choice("term", context.say("search.term")));
    choices.push(choice("view", context.say("search.view")));
    choices
}

/// The generated pages. The links of the context count from the data's own place, which is the language's root.
fn views(context: &Context<'_>) -> Vec<Entry> {
    let entry = |title: String, url: String, text: String| Entry {
        title,
        url,
        text,
        kind: "view",
        label: context.say("search.view"),
        ..Entry::default()
    };
    let view = |view: &crate::site::pages::ViewPage| {
        let lead = format!("site.{}.lead", view.view.name());
        let said = context.words.get(&lead);
        let text = if said == lead { String::new() } else { said.to_owned() };
        entry(context.title(view.view), context.links.view(view.view), text)
    };
    let catalogs = used_catalogs(context).into_iter().filter(|catalog| catalog.has(ItemKind::Control));
    let catalog = |catalog: &Arc<Catalog>| {
        let page = context.links.below(&catalog_path(ItemKind::Control, &catalog.id, context.book()));
        entry(context.text(&catalog.title), page, context.text(&catalog.full_title))
    };
    pages::views(context.comparison.is_some()).map(view).chain(catalogs.map(catalog)).collect()
}

fn document_entry(context: &Context<'_>, document: &Document) -> Entry {
    let manuscript = document.manuscript(context.language).0;
    let body = &manuscript.body;
    let title = context.text(&document.title);
    let mut head = vec![context.text(&document.summary)];
    let mut sections = Vec::new();
    for (at, words) in &body.sections {
        let heading = at.and_then(|at| body.headings.get(at));
        match heading.filter(|_| *at > Some(0) || !body.title_heading) {
            Some(heading) => sections.push(Section {
                title: heading.text.clone(),
                anchor: Links::encode_fragment(&heading.id),
                text: one_line(words),
            }),
            None => {
                // The heading that says the title may say it in other words than the front matter.
                head.extend(heading.map(|heading| heading.text.clone()).filter(|said| *said != title));
                head.push(words.clone());
            }
        }
    }
    if body.oversized || body.tangled.is_some() {
        head.push(manuscript.text.get(body.start..).unwrap_or_default().to_owned());
    }
    head.push(document.control(context.language).tags.join(" "));
    head.push(said_by_type(context, document));
    let kind = context.kind(document);
    Entry {
        title,
        url: context.links.document(document),
        kind: "document",
        document_type: document.kind.as_ref().map(|kind| kind.word().to_owned()).unwrap_or_default(),
        label: if kind.is_empty() { context.say("search.document") } else { kind },
        id: document.id.clone().unwrap_or_default(),
        text: one_line(&head.join(" ")),
        sections,
    }
}

/// What the front matter of a typed document says in sentences: assets and threats of a risk, nonconformities of an audit.
fn said_by_type(context: &Context<'_>, document: &Document) -> String {
    let details = details_view(context, document);
    let cells = details.tables.iter().flat_map(|table| table.rows.iter().flatten());
    let mut words: Vec<&str> = Vec::new();
    for fact in details.facts.iter().chain(cells) {
        let Fact { text, lines, day, .. } = fact;
        if !day {
            words.push(text);
            words.extend(lines.iter().map(String::as_str));
        }
    }
    words.join(" ")
}

/// The catalogs that have pages: those of `[isms]` in their order, then those that something names.
fn used_catalogs<'a>(context: &Context<'a>) -> Vec<&'a Arc<Catalog>> {
    let book = context.book();
    let active = [ItemKind::Control, ItemKind::Requirement, ItemKind::RiskSource]
        .into_iter()
        .flat_map(|kind| book.active_catalogs(kind));
    let others = context.shared.used.iter().filter_map(|id| book.catalogs.get(id));
    let mut used: Vec<&Arc<Catalog>> = Vec::new();
    for catalog in active.chain(others) {
        if used.iter().all(|known| known.id != catalog.id) {
            used.push(catalog);
        }
    }
    used
}

fn items(context: &Context<'_>) -> Vec<Entry> {
    let catalogs = used_catalogs(context);
    let items = catalogs.into_iter().flat_map(|catalog| catalog.items.iter().map(move |item| (catalog, item)));
    items.map(|(catalog, item)| item_entry(context, catalog, item)).collect()
}

fn item_entry(context: &Context<'_>, catalog: &Catalog, item: &Item) -> Entry {
    let guidance = item.guidance.values().map(|text| text.get(context.language));
    let texts = [&item.summary, &item.note, &item.text].map(|text| text.get(context.language));
    // A reader may know the title in the other language only.
    let other_titles = item.title.values().filter(|title| *title != item.title.get(context.language));
    let text: Vec<&str> =
        texts.into_iter().chain(guidance).chain(other_titles).filter(|text| !text.is_empty()).collect();
    Entry {
        title: context.text(&item.title),
        url: context.links.item(&item.id, context.book()),
        kind: match item.kind {
            ItemKind::Control => "control",
            ItemKind::Requirement => "requirement",
            ItemKind::RiskSource => "risk-source",
        },
        label: context.text(&catalog.title),
        id: context.book().short_id(&item.id),
        text: one_line(&text.join(" ")),
        ..Entry::default()
    }
}

fn terms(context: &Context<'_>) -> Vec<Entry> {
    let page = context.links.view(View::Glossary);
    let entry = |term: glossary::TermView| Entry {
        title: term.title,
        url: format!("{page}#{}", term.anchor),
        kind: "term",
        label: context.say("search.term"),
        text: one_line(&format!("{} {} {}", term.text, term.yomi, term.other.text)),
        ..Entry::default()
    };
    glossary::terms(context).into_iter().map(entry).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
