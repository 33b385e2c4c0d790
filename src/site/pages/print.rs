//! `print.html`: the manual as one document.

use rayon::prelude::*;
use serde::Serialize;

use super::super::body;
use super::super::context::Context;
use super::super::links::Links;
use super::super::shared::folder_title;
use super::super::theme::View;
use super::super::view::{Badge, Fact};
use super::{Page, top_page};
use crate::book::Document;

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
    title: String,
    status: Option<Badge>,
    facts: Vec<Fact>,
    lang: String,
    body: String,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let config = &context.book().config;
    let documents: Vec<&Document> = context.book().documents.iter().collect();
    let rendered: Vec<(String, DocumentPart)> =
        documents.par_iter().map(|document| (document.folder.clone(), document_part(context, document))).collect();
    let mut parts: Vec<Part> = Vec::new();
    let mut folder = None;
    for (of, part) in rendered {
        if folder.as_ref() != Some(&of) {
            let at = context.shared.folders.get(&of).copied().unwrap_or_default();
            let title = if of.is_empty() {
                context.text(&config.title)
            } else {
                folder_title(context.book(), at, context.language)
            };
            parts.push(Part { title, documents: Vec::new() });
            folder = Some(of);
        }
        if let Some(last) = parts.last_mut() {
            last.documents.push(part);
        }
    }
    let facts = [
        Fact::text(&context.say("fact.as-of"), &context.today().to_string()),
        Fact::text(&context.say("fact.commit"), context.book().commit.as_deref().unwrap_or_default()),
    ];
    let view = PrintView {
        lead: context.say("print.lead"),
        organization: context.text(&config.organization),
        facts: facts.into_iter().filter(Fact::says).collect(),
        parts,
    };
    top_page(context, "print", "print.html", View::new(&view))
}

fn document_part(context: &Context<'_>, document: &Document) -> DocumentPart {
    let metadata = document.metadata();
    let (_, language) = document.manuscript(context.language);
    let html = body::document(context.book(), document, context.language, &context.links).html;
    let anchor = format!("document-{}", document.key.0 + 1);
    let date = metadata.approved.as_ref().map(|date| date.value.to_string()).unwrap_or_default();
    let facts = [
        Fact::text(
            &context.column("version"),
            &metadata.version.as_ref().map(|version| version.value.clone()).unwrap_or_default(),
        ),
        Fact::text(
            &context.column("approver"),
            &context.person(metadata.approver.as_ref().map(|name| name.value.as_str())),
        ),
        Fact::text(&context.column("approved"), &date),
        Fact::text(&context.column("classification"), &context.classification(document)),
    ];
    DocumentPart {
        id: document.id.clone().unwrap_or_default(),
        title: context.text(&document.title),
        status: context.document_status(document).filter(|status| status.kind != "approved"),
        facts: facts.into_iter().filter(Fact::says).collect(),
        lang: if language == context.words.language() { String::new() } else { language.to_string() },
        body: apart(&html, &anchor),
        anchor,
    }
}

/// The text of one document among others: its anchors are its own, and its headings stand below its title. Texts cannot hold
/// what is replaced here, as quotes and `<` are escaped in them.
fn apart(html: &str, anchor: &str) -> String {
    let mut text = html
        .replace(" id=\"", &format!(" id=\"{anchor}-"))
        .replace(" href=\"#", &format!(" href=\"#{}-", Links::encode_fragment(anchor)))
        // A hundred tables are no landmarks.
        .replace(" role=\"region\"", " role=\"group\"");
    for level in (2..6).rev() {
        let below = level + 1;
        text = text
            .replace(&format!("<h{level}"), &format!("<h{below}"))
            .replace(&format!("</h{level}>"), &format!("</h{below}>"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_and_headings_make_room_for_the_other_documents() {
        let html = "<h2 id=\"a\">A</h2><h3>B</h3><a href=\"#a\">up</a>";
        assert_eq!(
            apart(html, "document-1"),
            "<h3 id=\"document-1-a\">A</h3><h4>B</h4><a href=\"#document-1-a\">up</a>"
        );
    }
}
