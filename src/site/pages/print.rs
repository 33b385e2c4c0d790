//! `print.html`: the manual as one document.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use crate::address::View;
use crate::book::Document;
use crate::site::context::Context;
use crate::site::links::{Links, between, in_language, landing, relative};
use crate::site::page::{Page, top_page};
use crate::site::parts::details::{DetailsView, details_view};
use crate::site::parts::head::{RevisionRow, SignatureBox, approval, facts, revisions};
use crate::site::rewrite;
use crate::site::theme::Values;
use crate::site::view::{Badge, Fact};

#[derive(Debug, Serialize)]
struct PrintView {
    lead: String,
    organization: String,
    facts: Vec<Fact>,
    parts: Vec<Part>,
}

/// A folder's documents.
#[derive(Debug, Serialize)]
struct Part {
    title: String,
    documents: Vec<DocumentPart>,
}

#[derive(Debug, Serialize)]
struct DocumentPart {
    anchor: String,
    id: String,
    kind: String,
    title: String,
    title_lang: String,
    status: Option<Badge>,
    facts: Vec<Fact>,
    approval: Vec<SignatureBox>,
    details: DetailsView,
    lang: String,
    body: String,
    revisions: Vec<RevisionRow>,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let config = &context.book().config;
    let documents: Vec<&Document> = context.book().documents.iter().collect();
    let places = Places::new(context);
    let rendered: Vec<(String, DocumentPart)> = documents
        .par_iter()
        .map(|document| (document.folder.clone(), document_part(context, document, &places)))
        .collect();
    let mut parts: Vec<Part> = Vec::new();
    let mut folder = None;
    for (of, part) in rendered {
        if folder.as_ref() != Some(&of) {
            let at = context.shared.folders.get(&of).copied().unwrap_or_default();
            let title = if of.is_empty() { context.text(&config.title) } else { context.folder_title(at) };
            parts.push(Part { title, documents: Vec::new() });
            folder = Some(of);
        }
        if let Some(last) = parts.last_mut() {
            last.documents.push(part);
        }
    }
    let facts = [
        Fact::text(&context.say("fact.as-of"), &context.derived().as_of().to_string()),
        Fact::text(&context.say("fact.commit"), context.book().commit.as_deref().unwrap_or_default()),
    ];
    let view = PrintView {
        lead: context.say("print.lead"),
        organization: context.text(&config.organization),
        facts: facts.into_iter().filter(Fact::says).collect(),
        parts,
    };
    top_page(context, View::Print, Values::new(&view))
}

fn document_part(context: &Context<'_>, document: &Document, places: &Places) -> DocumentPart {
    let (_, language) = document.manuscript(context.language);
    let anchor = anchor(document);
    let page = encoded_page(context, document);
    let body = apart(&context.body(document).html, &anchor, |href| places.lead(&page, &anchor, href));
    let mut details = details_view(context, document);
    for table in &mut details.tables {
        table.anchor = format!("{anchor}-{}", table.anchor);
    }
    DocumentPart {
        id: document.id.clone().unwrap_or_default(),
        kind: context.kind(document),
        title: context.text(&document.title),
        title_lang: context.lang_of(&document.title),
        status: context.edition_status(document),
        facts: facts(context, document),
        approval: approval(context, document),
        details,
        lang: if language == context.words.language() { String::new() } else { language.to_string() },
        body,
        revisions: revisions(context, document),
        anchor,
    }
}

fn anchor(document: &Document) -> String {
    format!("document-{}", document.key.0 + 1)
}

/// The path of a document's page as links write it.
fn encoded_page(context: &Context<'_>, document: &Document) -> String {
    relative("", &in_language(context.language, &context.links.default_language, &document.page))
}

/// Where links lead within the manual: a document that has a page elsewhere stands here behind its anchor.
struct Places {
    here: String,
    anchors: BTreeMap<String, String>,
}

impl Places {
    fn new(context: &Context<'_>) -> Self {
        let documents = context.book().documents.iter();
        let anchors = documents.map(|document| (encoded_page(context, document), anchor(document)));
        Self { here: relative("", &context.links.page), anchors: anchors.collect() }
    }

    /// Where an address on the page of a document leads from here.
    fn lead(&self, page: &str, own: &str, href: &str) -> String {
        let own = Links::encode_fragment(own);
        if let Some(fragment) = href.strip_prefix('#') {
            return format!("#{own}-{fragment}");
        }
        let Some(target) = landing(page, href) else { return href.to_owned() };
        let (file, fragment) =
            target.split_once('#').map_or((target.as_str(), ""), |(file, fragment)| (file, fragment));
        match self.anchors.get(file) {
            Some(anchor) if fragment.is_empty() => format!("#{anchor}"),
            Some(anchor) => format!("#{anchor}-{fragment}"),
            None => between(&self.here, &target),
        }
    }
}

/// The text of one document among others: its anchors are its own, its links lead where `lead` says, and its headings stand
/// below its title.
fn apart(html: &str, anchor: &str, lead: impl Fn(&str) -> String) -> String {
    rewrite::tags(html, |tag| {
        let mut tag = lowered(tag);
        if let Some(id) = rewrite::value(&tag, "id") {
            tag = rewrite::with_value(&tag, "id", &format!("{anchor}-{id}"));
        }
        for name in ["href", "src"] {
            if let Some(address) = rewrite::value(&tag, name) {
                tag = rewrite::with_value(&tag, name, &lead(address));
            }
        }
        // A hundred tables are no landmarks.
        Some(tag.replace(" role=\"region\"", " role=\"group\""))
    })
}

/// A heading's tag one level lower.
fn lowered(tag: &str) -> String {
    for level in 2..6 {
        for start in ["<h", "</h"] {
            if let Some(rest) = tag.strip_prefix(&format!("{start}{level}")) {
                return format!("{start}{}{rest}", level + 1);
            }
        }
    }
    tag.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_and_headings_make_room_for_the_other_documents() {
        let places = Places {
            here: "en/print.html".to_owned(),
            anchors: BTreeMap::from([("en/policies/b.html".to_owned(), "document-2".to_owned())]),
        };
        let moved =
            |html: &str| apart(html, "document-1", |href| places.lead("en/policies/a.html", "document-1", href));
        let html = "<h2 id=\"a\">A</h2><h3>B</h3><a href=\"#a\">up</a>";
        assert_eq!(moved(html), "<h3 id=\"document-1-a\">A</h3><h4>B</h4><a href=\"#document-1-a\">up</a>");
        let lead = |href: &str| places.lead("en/policies/a.html", "document-1", href);
        assert_eq!(lead("b.html"), "#document-2");
        assert_eq!(lead("../policies/b.html#x"), "#document-2-x");
        assert_eq!(lead("../soa.html#A.5.1"), "soa.html#A.5.1");
        assert_eq!(lead("../../images/a.png"), "../images/a.png");
        assert_eq!(lead("https://example.com/"), "https://example.com/");
        assert_eq!(lead("mailto:a@example.com"), "mailto:a@example.com");
    }
}
