//! The page of a document: its head, its text, and everything that belongs to it.

use serde::Serialize;

use crate::book::history::Change;
use crate::book::{Document, DocumentKey, ReferenceKind};
use crate::document::Status;
use crate::files::FilePath;
use crate::site::context::Context;
use crate::site::drawings::graph::{Graph, of_document};
use crate::site::links::Links;
use crate::site::page::{Branch, Page};
use crate::site::parts::conflict::{self, ConflictView};
use crate::site::parts::details::{DetailsView, details_view};
use crate::site::parts::head::{RevisionRow, SignatureBox, approval, facts, revisions};
use crate::site::parts::line::{EvidenceView, evidence_view};
use crate::site::parts::listing::{Listing, listing};
use crate::site::parts::notice::{Notice, notices};
use crate::site::parts::trail::trail;
use crate::site::theme::Values;
use crate::site::view::{Badge, Fact, Link, TocLink};

#[derive(Debug, Serialize)]
struct DocumentView {
    id: String,
    kind: String,
    title: String,
    title_lang: String,
    summary: String,
    summary_lang: String,
    status: Option<Badge>,
    /// What a reader of a draft or of a retired document must know first.
    warning: String,
    /// The exclusions of the SoA that it contradicts.
    conflicts: Vec<ConflictView>,
    facts: Vec<Fact>,
    /// The boxes of a printed cover: made, reviewed, approved.
    approval: Vec<SignatureBox>,
    controls: Vec<Link>,
    details: DetailsView,
    /// Says that the text is in another language.
    translation: String,
    /// The language of the text, where it is not the page's.
    lang: String,
    body: String,
    toc: Vec<TocLink>,
    listing: Option<Listing>,
    implements: Vec<ImplementsRow>,
    requirements: Vec<Link>,
    evidence: Vec<EvidenceView>,
    revisions: Vec<RevisionRow>,
    related: Vec<Link>,
    mentioned_in: Vec<Link>,
    graph: Option<Graph>,
    findings: Vec<Notice>,
    file: String,
    /// When and by whom git saw the text change last.
    last_change: String,
}

/// A control that the document implements.
#[derive(Debug, Serialize)]
struct ImplementsRow {
    control: Link,
    roles: Vec<String>,
    section: Option<Link>,
    status: Option<Badge>,
    due: String,
    note: String,
    evidence: Vec<EvidenceView>,
}

pub(in crate::site) fn page(context: &Context<'_>, key: DocumentKey) -> Page {
    let document = context.document(key);
    let folder = context.shared.folders.get(&document.folder).copied().unwrap_or_default();
    let title = context.text(&document.title);
    let view = view(context, document, document.is_index.then_some(folder));
    let neighbour = |at: Option<usize>| {
        let other = context.book().documents.get(at?)?;
        (other.folder == document.folder).then(|| context.to_document(other.key))
    };
    Page {
        title: document.id.as_ref().map_or_else(|| title.clone(), |id| format!("{id} {title}")),
        template: "document.html",
        description: context.text(&document.summary),
        breadcrumb: trail(context, &document.folder, document.is_index),
        branch: Branch::Folder(folder, Some(key)),
        previous: neighbour(key.0.checked_sub(1)),
        next: neighbour(Some(key.0 + 1)),
        values: Values::new(&view),
    }
}

fn view(context: &Context<'_>, document: &Document, folder: Option<usize>) -> DocumentView {
    let (manuscript, language) = document.manuscript(context.language);
    let rendered = context.body(document);
    let foreign = language != context.language;
    let implements = implements(context, document);
    let mut controls: Vec<Link> = Vec::new();
    for row in &implements {
        if !controls.contains(&row.control) {
            controls.push(row.control.clone());
        }
    }
    let mut view = DocumentView {
        id: document.id.clone().unwrap_or_default(),
        kind: context.kind(document),
        title: context.text(&document.title),
        title_lang: context.lang_of(&document.title),
        summary: context.text(&document.summary),
        summary_lang: context.lang_of(&document.summary),
        status: context.edition_status(document),
        warning: warning(context, document),
        conflicts: conflict::of_document(context, document),
        facts: facts(context, document),
        approval: approval(context, document),
        controls,
        details: details_view(context, document),
        translation: if foreign {
            context.fill("document.other-language", &[("language", &language_name(context, language))])
        } else {
            String::new()
        },
        lang: if language == context.words.language() { String::new() } else { language.to_string() },
        body: rendered.html.clone(),
        toc: rendered
            .toc
            .iter()
            .map(|entry| TocLink {
                level: entry.level,
                anchor: Links::encode_fragment(&entry.id),
                text: entry.text.clone(),
            })
            .collect(),
        listing: folder
            .map(|folder| listing(context, folder))
            .filter(|listing| !listing.documents.is_empty() || !listing.folders.is_empty()),
        implements,
        requirements: named(context, document, ReferenceKind::Proves),
        evidence: document
            .metadata()
            .evidence
            .iter()
            .map(|evidence| evidence_view(context, document.key, evidence))
            .collect(),
        revisions: revisions(context, document),
        related: related(context, document),
        mentioned_in: mentioned_in(context, document),
        graph: of_document(context, document),
        findings: notices(context, context.shared.about_document(context.snapshot, document.key)),
        file: manuscript.path.to_string(),
        last_change: last_change(context, &manuscript.path),
    };
    extend_toc(context, &mut view);
    view
}

/// The page's own parts stand in the table of contents behind the text's.
fn extend_toc(context: &Context<'_>, view: &mut DocumentView) {
    let tables: Vec<(String, String)> =
        view.details.tables.iter().map(|table| (table.anchor.clone(), table.title.clone())).collect();
    let parts = [
        ("page-documents", "document.listing", view.listing.is_some()),
        ("page-implements", "document.implements", !view.implements.is_empty()),
        ("page-requirements", "document.requirements", !view.requirements.is_empty()),
        ("page-evidence", "document.evidence", !view.evidence.is_empty()),
        ("page-related", "document.related", !view.related.is_empty()),
        ("page-mentioned-in", "document.mentioned-in", !view.mentioned_in.is_empty()),
        ("page-graph-title", "graph.title", view.graph.is_some()),
        ("page-revisions", "document.revisions", !view.revisions.is_empty()),
    ];
    let parts = parts.into_iter().filter(|(_, _, shown)| *shown);
    let parts = parts.map(|(anchor, key, _)| TocLink { level: 2, anchor: anchor.to_owned(), text: context.say(key) });
    let first = tables.into_iter().map(|(anchor, text)| TocLink { level: 2, anchor, text });
    let own: Vec<TocLink> = first.chain(std::mem::take(&mut view.toc)).chain(parts).collect();
    view.toc = own;
}

fn language_name(context: &Context<'_>, language: &crate::language::Language) -> String {
    let key = format!("language.{language}");
    let words = context.words.get(&key);
    if words == key { language.to_string() } else { words.to_owned() }
}

fn last_change(context: &Context<'_>, path: &FilePath) -> String {
    let Some(history) = context.book().history.get(path) else { return String::new() };
    let Change { day, author, commit } = &history.last;
    context.fill("document.last-change", &[("date", &day.to_string()), ("commit", commit), ("author", author)])
}

fn warning(context: &Context<'_>, document: &Document) -> String {
    match document.control(context.language).status.as_ref().map(|status| status.value) {
        Some(Status::Draft) => context.say("document.is-draft"),
        Some(Status::Review) => context.say("document.is-review"),
        Some(Status::Retired) => context.say("document.is-retired"),
        Some(Status::Approved) | None => String::new(),
    }
}

fn implements(context: &Context<'_>, document: &Document) -> Vec<ImplementsRow> {
    let references =
        context.book().references_from(document.key).filter(|reference| reference.kind == ReferenceKind::Implements);
    let rows = references.filter_map(|reference| {
        let item = reference.target.item()?;
        let entry = document.metadata().controls.get(reference.entry)?;
        let catalog = context.book().catalogs.get(item.catalog.as_str())?;
        Some(ImplementsRow {
            control: context.to_item(item),
            roles: reference.roles.iter().map(|role| context.role(catalog, role).0).collect(),
            section: entry
                .section
                .as_ref()
                .and_then(|section| context.to_section(document.key, section.value.trim_start_matches('#'))),
            status: entry.status.as_ref().map(|status| context.implementation(status.value)),
            due: entry.due.as_ref().map(|due| due.value.to_string()).unwrap_or_default(),
            note: entry.note.as_ref().map(|note| context.text(note)).unwrap_or_default(),
            evidence: entry.evidence.iter().map(|evidence| evidence_view(context, document.key, evidence)).collect(),
        })
    });
    rows.collect()
}

fn named(context: &Context<'_>, document: &Document, kind: ReferenceKind) -> Vec<Link> {
    let references = context.book().references_from(document.key).filter(|reference| reference.kind == kind);
    references.filter_map(|reference| Some(context.to_item(reference.target.item()?))).collect()
}

/// What it names as related, and what names it so.
fn related(context: &Context<'_>, document: &Document) -> Vec<Link> {
    let book = context.book();
    let is_related = |kind: ReferenceKind| kind == ReferenceKind::Related;
    let forward = book.references_from(document.key).filter(|reference| is_related(reference.kind));
    let mut links: Vec<Link> = Vec::new();
    let named = forward.filter_map(|reference| {
        let target = &reference.target;
        target
            .document()
            .map(|key| context.to_document(key))
            .or_else(|| target.item().map(|item| context.to_item(item)))
    });
    let backward = book
        .references_to_document(document.key)
        .filter(|reference| is_related(reference.kind))
        .map(|reference| context.to_document(reference.from));
    for link in named.chain(backward) {
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

/// The documents whose text names it.
fn mentioned_in(context: &Context<'_>, document: &Document) -> Vec<Link> {
    let references = context
        .book()
        .references_to_document(document.key)
        .filter(|reference| reference.kind == ReferenceKind::Mentions);
    let mut keys: Vec<DocumentKey> =
        references.map(|reference| reference.from).filter(|key| *key != document.key).collect();
    keys.sort_unstable();
    keys.dedup();
    context.to_documents(&keys)
}
