//! The text that the search looks through: documents, items and views of one language, as a script that hands it over.

use serde::Serialize;

use super::context::Context;
use super::links::Links;
use super::pages::VIEWS;
use crate::book::Document;
use crate::catalog::ItemKind;

/// One thing to be found.
#[derive(Debug, Serialize)]
struct Entry {
    title: String,
    /// Below the language's root.
    url: String,
    kind: &'static str,
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

/// The script with the data of the context's language. The addresses count from the folder that holds the script.
pub(super) fn data(context: &Context<'_>) -> String {
    let entries: Vec<Entry> = views(context).into_iter().chain(documents(context)).chain(items(context)).collect();
    let mut script = String::from("ismsbookSearch([\n");
    for (at, entry) in entries.iter().enumerate() {
        if at > 0 {
            script.push_str(",\n");
        }
        script.push_str(&safe_in_script(&serde_json::to_string(entry).expect("texts and lists are JSON")));
    }
    script.push_str("\n]);\n");
    script
}

/// What would end a script, or a line of it, is written as an escape.
fn safe_in_script(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// The links of the context count from the data's own place, which is the language's root.
fn views(context: &Context<'_>) -> Vec<Entry> {
    let entry = |view: &super::pages::ViewPage| Entry {
        title: context.say(view.title),
        url: context.links.view(view.file),
        kind: "view",
        label: context.say("search.view"),
        id: String::new(),
        text: String::new(),
        sections: Vec::new(),
    };
    VIEWS.iter().map(entry).collect()
}

fn documents(context: &Context<'_>) -> Vec<Entry> {
    context.book().documents.iter().map(|document| document_entry(context, document)).collect()
}

fn document_entry(context: &Context<'_>, document: &Document) -> Entry {
    let body = &document.manuscript(context.language).0.body;
    let mut text = context.text(&document.summary);
    let mut sections = Vec::new();
    for (heading, words) in &body.sections {
        let heading = heading.and_then(|at| body.headings.get(at).filter(|_| at > 0 || !body.title_heading));
        match heading {
            Some(heading) => sections.push(Section {
                title: heading.text.clone(),
                anchor: Links::encode_fragment(&heading.id),
                text: one_line(words),
            }),
            None => text = format!("{text} {}", one_line(words)),
        }
    }
    let kind = context.kind(document);
    Entry {
        title: context.text(&document.title),
        url: context.links.document(document),
        kind: "document",
        label: if kind.is_empty() { context.say("search.document") } else { kind },
        id: document.id.clone().unwrap_or_default(),
        text: text.trim().to_owned(),
        sections,
    }
}

fn items(context: &Context<'_>) -> Vec<Entry> {
    let catalogs = context.shared.used.iter().filter_map(|id| context.book().catalogs.get(id));
    let items = catalogs.flat_map(|catalog| catalog.items.iter().map(move |item| (catalog, item)));
    let entry = |(catalog, item): (&std::sync::Arc<crate::catalog::Catalog>, &std::sync::Arc<crate::catalog::Item>)| {
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
            sections: Vec::new(),
        }
    };
    items.map(entry).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
