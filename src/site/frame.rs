//! The frame around every page: head, navigation with the page's own branch open, breadcrumb, languages.

use serde::Serialize;

use crate::address::{Address, View};
use crate::book::DocumentKey;
use crate::catalog::{Catalog, Item, ItemKind};
use crate::config::BaseUrl;
use crate::id::ItemId;
use crate::site::SiteOptions;
use crate::site::context::Context;
use crate::site::links::{catalog_path, in_language};
use crate::site::page::{Branch, Page};
use crate::site::sitemap::address;
use crate::site::view::{Choice, Link};

/// The most entries that one list of the navigation shows: a folder of a thousand documents is not in each of its pages.
const LIST_MAX: usize = 40;

/// The frame around a page.
#[derive(Debug, Serialize)]
pub(super) struct Frame {
    title: String,
    description: String,
    /// The language of the frame's words.
    lang: String,
    book_title: String,
    organization: String,
    audience: String,
    policy: &'static str,
    /// The preview shows the findings of a page in a panel of its own.
    preview: bool,
    canonical: String,
    alternates: Vec<Alternate>,
    /// What stands at the top of each printed page.
    running: Vec<String>,
    style: String,
    /// What only the views need; a document's page does without it.
    views_style: String,
    print_style: String,
    own_style: String,
    script: String,
    search_data: String,
    /// What results can be filtered by.
    search_kinds: Vec<Choice>,
    root: String,
    home: Link,
    findings: Link,
    languages: Vec<LanguageLink>,
    breadcrumb: Vec<Link>,
    navigation: Vec<Section>,
    previous: Option<Link>,
    next: Option<Link>,
}

/// The page in another language.
#[derive(Debug, Serialize)]
struct LanguageLink {
    code: String,
    text: String,
    href: String,
    current: bool,
}

/// The page in another language, for search engines.
#[derive(Debug, Serialize)]
struct Alternate {
    code: String,
    href: String,
}

/// One list of the navigation.
#[derive(Debug, Serialize)]
struct Section {
    title: String,
    entries: Vec<Entry>,
}

/// One entry of the navigation.
#[derive(Debug, Default, Serialize)]
struct Entry {
    link: Link,
    current: bool,
    /// Whether the page stands somewhere below it.
    open: bool,
    children: Vec<Entry>,
    /// Where the rest of a long list is.
    more: Option<Link>,
}

/// Nothing is loaded but what stands beside the page, and no script or style within it is run.
const POLICY: &str = "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; font-src 'none'; base-uri 'none'; form-action 'none'";

/// The same, and the page may hear from its own server.
const PREVIEW_POLICY: &str = "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'none'; base-uri 'none'; form-action 'none'";

/// Makes the frame of a page.
pub(super) fn frame(context: &Context<'_>, page: &Page, options: &SiteOptions, has_own_style: bool) -> Frame {
    let config = &context.book().config;
    let links = &context.links;
    // A page that stands at the addresses of others has none of its own.
    let base = options.base_url.as_ref().filter(|_| links.root.is_none());
    let own_style = if has_own_style { links.to("custom.css") } else { String::new() };
    let home = links.view(View::Home);
    Frame {
        title: page.title.clone(),
        description: page.description.clone(),
        lang: context.words.language().to_string(),
        book_title: context.text(&config.title),
        organization: context.text(&config.organization),
        audience: options.audience.clone().unwrap_or_default(),
        policy: if options.preview { PREVIEW_POLICY } else { POLICY },
        preview: options.preview,
        canonical: base.map(|base| address(base, &links.page)).unwrap_or_default(),
        alternates: base.map(|base| alternates(context, base)).unwrap_or_default(),
        running: running(context, page, options.audience.as_deref()),
        style: links.to("style.css"),
        views_style: links.to("views.css"),
        print_style: links.to("print.css"),
        own_style,
        script: links.to("script.js"),
        search_data: links.below(&Address::SearchData(0).path()),
        search_kinds: crate::site::search::kinds(context),
        root: home.strip_suffix("index.html").unwrap_or_default().to_owned(),
        findings: Link::new(links.view(View::Findings), &context.say("findings.title")),
        home: Link::new(home, &context.say("home.title")),
        languages: languages(context),
        breadcrumb: page.breadcrumb.clone(),
        navigation: navigation(context, page),
        previous: page.previous.clone(),
        next: page.next.clone(),
    }
}

fn running(context: &Context<'_>, page: &Page, audience: Option<&str>) -> Vec<String> {
    let edition = audience.map(|name| context.fill("audience", &[("name", name)]));
    let parts = match page.branch {
        Branch::Folder(_, Some(key)) => crate::site::parts::head::running(context, context.document(key)),
        _ => {
            let title = context.text(&context.book().config.title);
            let as_of = context.fill("print.as-of", &[("date", &context.derived().as_of().to_string())]);
            vec![page.title.clone(), title, as_of]
        }
    };
    parts.into_iter().chain(edition).collect()
}

fn alternates(context: &Context<'_>, base: &BaseUrl) -> Vec<Alternate> {
    let all = &context.book().config.languages;
    if all.len() < 2 {
        return Vec::new();
    }
    let default = &context.links.default_language;
    let href = |language| address(base, &in_language(language, default, context.links.below_language()));
    let each = all.iter().map(|language| Alternate { code: language.to_string(), href: href(language) });
    each.chain([Alternate { code: "x-default".to_owned(), href: href(default) }]).collect()
}

fn languages(context: &Context<'_>) -> Vec<LanguageLink> {
    let all = &context.book().config.languages;
    if all.len() < 2 {
        return Vec::new();
    }
    let link = |language| {
        // A language is called by its own name.
        let words = crate::words::Words::of(language);
        let own = words.language() == language;
        let text = if own { words.get("language.name").to_owned() } else { language.to_string() };
        LanguageLink {
            code: language.to_string(),
            text,
            href: context.links.in_language(language),
            current: language == context.language,
        }
    };
    all.iter().map(link).collect()
}

/// The views of the first part of the navigation, and those of the last.
const ISMS: [View; 7] = [
    View::Home,
    View::Soa,
    View::RiskRegister,
    View::TreatmentPlan,
    View::Requirements,
    View::RiskSources,
    View::Scope,
];
const REGISTERS: [View; 10] = [
    View::Documents,
    View::Evidence,
    View::Calendar,
    View::Audits,
    View::Checklist,
    View::Coverage,
    View::Transition,
    View::Findings,
    View::Glossary,
    View::Print,
];

fn navigation(context: &Context<'_>, page: &Page) -> Vec<Section> {
    let views = |views: &[View]| views.iter().map(|view| view_entry(context, *view)).collect();
    let changes: &[View] = if context.comparison.is_some() { &[View::Changes] } else { &[] };
    let sections = [
        ("nav.isms", views(&ISMS)),
        ("nav.documents", documents(context, page)),
        ("nav.controls", catalogs(context, page)),
        ("nav.registers", views(&[&REGISTERS[..], changes].concat())),
    ];
    let sections = sections.into_iter().filter(|(_, entries): &(_, Vec<Entry>)| !entries.is_empty());
    sections.map(|(key, entries)| Section { title: context.say(key), entries }).collect()
}

fn view_entry(context: &Context<'_>, view: View) -> Entry {
    let current = context.links.page == in_language(context.language, &context.links.default_language, view.file());
    Entry { link: context.to_view(view), current, ..Entry::default() }
}

fn documents(context: &Context<'_>, page: &Page) -> Vec<Entry> {
    let (folder, document) = match page.branch {
        Branch::Folder(folder, document) => (folder, document),
        _ => (usize::MAX, None),
    };
    let open = context.book().folders.get(folder).map(|folder| folder.path.as_str());
    folder_entries(context, 0, open, document)
}

/// The folders and documents in a folder; the folder that leads to the page is open.
fn folder_entries(context: &Context<'_>, at: usize, open: Option<&str>, current: Option<DocumentKey>) -> Vec<Entry> {
    let book = context.book();
    let Some(folder) = book.folders.get(at) else { return Vec::new() };
    let place = current.and_then(|key| folder.documents.iter().position(|document| *document == key));
    let (start, end) = window(folder.documents.len(), place);
    let mut entries: Vec<Entry> = folder.documents[start..end]
        .iter()
        .map(|key| Entry { link: context.to_document(*key), current: Some(*key) == current, ..Entry::default() })
        .collect();
    if let (Some(last), true) = (entries.last_mut(), end - start < folder.documents.len()) {
        let count = folder.documents.len().to_string();
        let page = if folder.path.is_empty() {
            context.links.view(View::Documents)
        } else {
            context.links.folder(&folder.path, context.book())
        };
        last.more = Some(Link::new(page, &context.fill("nav.all", &[("n", &count)])));
    }
    entries.extend(folder.folders.iter().map(|at| folder_entry(context, *at, open, current)));
    entries
}

fn folder_entry(context: &Context<'_>, at: usize, open: Option<&str>, current: Option<DocumentKey>) -> Entry {
    let book = context.book();
    let folder = &book.folders[at];
    let is_open = open.is_some_and(|open| {
        open == folder.path || open.strip_prefix(&folder.path).is_some_and(|rest| rest.starts_with('/'))
    });
    let is_current = open == Some(folder.path.as_str()) && current == folder.index;
    let link = match folder.index {
        Some(key) => Link { id: String::new(), ..context.to_document(key) },
        None => Link::new(context.links.folder(&folder.path, book), &context.folder_title(at)),
    };
    let children = if is_open { folder_entries(context, at, open, current) } else { Vec::new() };
    Entry { link, current: is_current, open: is_open, children, more: None }
}

/// The part of a long list that surrounds the current place.
fn window(len: usize, current: Option<usize>) -> (usize, usize) {
    if len <= LIST_MAX {
        return (0, len);
    }
    let start = current.unwrap_or(0).saturating_sub(LIST_MAX / 2).min(len - LIST_MAX);
    (start, start + LIST_MAX)
}

fn catalogs(context: &Context<'_>, page: &Page) -> Vec<Entry> {
    let mut entries = Vec::new();
    for kind in [ItemKind::Control, ItemKind::Requirement, ItemKind::RiskSource] {
        let used = context.shared.used.iter().filter_map(|id| context.book().catalogs.get(id));
        for catalog in used.filter(|catalog| catalog.has(kind)) {
            let (is_open, item) = match &page.branch {
                Branch::Catalog(of, id, item) => (*of == kind && *id == catalog.id, item.as_ref()),
                _ => (false, None),
            };
            let listed = kind == ItemKind::Control || is_open;
            if listed {
                entries.push(catalog_entry(context, kind, catalog, is_open, item));
            }
        }
    }
    entries
}

fn catalog_entry(context: &Context<'_>, kind: ItemKind, catalog: &Catalog, open: bool, item: Option<&ItemId>) -> Entry {
    let current = open && item.is_none();
    let mut link = context.to_catalog(kind, catalog);
    if kind != ItemKind::Control {
        link.href = context.links.in_catalog(kind, &catalog.id, &catalog.id, context.book());
        link.text = format!("{} {}", link.text, context.say(&format!("kind.{}", crate::value::word_of(kind))));
    }
    let children = match item.and_then(|id| catalog.item(&id.id)) {
        Some(item) if open => siblings(context, kind, catalog, item),
        _ => Vec::new(),
    };
    Entry { link, current, open, children, more: None }
}

/// The items of the same theme or clause.
fn siblings(context: &Context<'_>, kind: ItemKind, catalog: &Catalog, item: &Item) -> Vec<Entry> {
    let top = |item: &Item| catalog.top_group(&item.group).map(|group| group.id.clone());
    let own = top(item);
    let items: Vec<_> = catalog.items_of(kind).filter(|other| top(other) == own).collect();
    let place = items.iter().position(|other| other.id == item.id);
    let (start, end) = window(items.len(), place);
    let mut entries: Vec<Entry> = items[start..end]
        .iter()
        .map(|other| {
            let link = Link { id: other.id.id.to_string(), ..context.to_item(&other.id) };
            Entry { link, current: other.id == item.id, ..Entry::default() }
        })
        .collect();
    if let (Some(last), true) = (entries.last_mut(), end - start < items.len()) {
        let page = context.links.below(&catalog_path(kind, &catalog.id, context.book()));
        last.more = Some(Link::new(page, &context.fill("nav.all", &[("n", &items.len().to_string())])));
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_shows_what_surrounds_the_page() {
        assert_eq!(window(12, Some(3)), (0, 12));
        assert_eq!(window(600, Some(300)), (280, 320));
        assert_eq!(window(600, Some(599)), (560, 600));
    }
}
