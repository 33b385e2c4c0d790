//! The site: everything that is published is a route, and a route gives its bytes on request. Nothing is kept between
//! requests but what all pages share.

mod attachments;
mod bodies;
pub mod body;
mod context;
mod drawings;
mod frame;
pub mod links;
mod page;
mod pages;
pub mod paper;
pub mod parsed;
mod parts;
mod rewrite;
mod search;
mod shared;
mod sitemap;
mod theme;
mod view;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::address::{Address, View};
use crate::book::{Document, DocumentKey, bare_folders, content_files};
use crate::catalog::ItemKind;
use crate::changes::Comparison;
use crate::config::BaseUrl;
use crate::export::{EXPORTS, Export, Format};
use crate::files::FilePath;
use crate::finding::Finding;
use crate::id::ItemId;
use crate::language::Language;
use crate::project::Snapshot;
use bodies::Bodies;
use context::Context;
use links::{Links, catalog_path, in_language, item_path};
use page::Page;
use pages::ViewPage;
use shared::Shared;
use theme::{Fault, Theme};

pub use theme::shipped_theme;

/// How a site is built.
#[derive(Debug, Clone, Default)]
pub struct SiteOptions {
    /// The audience that the snapshot was cut down to; its name stands on the pages. The site shows whatever the snapshot holds.
    pub audience: Option<String>,
    /// Where the site will stand, for canonical links.
    pub base_url: Option<BaseUrl>,
    /// Whether the pages listen for changes.
    pub preview: bool,
    /// What the book is compared with, where it asks for that.
    pub comparison: Option<Arc<Comparison>>,
}

/// The published form of a snapshot.
#[derive(Debug)]
pub struct Site {
    snapshot: Arc<Snapshot>,
    options: SiteOptions,
    theme: Theme,
    shared: Shared,
    bodies: Bodies,
    routes: BTreeMap<String, Route>,
    /// Whether there are attachments that a browser might run.
    has_downloads: bool,
    findings: Mutex<BTreeMap<(FilePath, usize), Finding>>,
}

/// One thing that is published.
#[derive(Debug, Clone)]
pub struct Route {
    /// Where it stands below the site's root, with `/`.
    pub path: String,
    language: Language,
    output: Output,
}

/// What a route gives.
#[derive(Debug, Clone)]
enum Output {
    View(&'static ViewPage),
    Document(DocumentKey),
    Folder(usize),
    Catalog(String),
    Item(ItemId),
    Search(usize),
    NotFound,
    SiteMap,
    Export(&'static Export, Format),
    Theme(String),
    Asset(FilePath),
}

/// What an image is that a browser may also open as a document with scripts of its own.
pub const SVG: &str = "image/svg+xml";

const HTML: &str = "text/html; charset=utf-8";

/// The bytes of a route.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// The bytes.
    pub bytes: Arc<[u8]>,
    /// What they are, as a web server says it.
    pub content_type: &'static str,
}

impl SiteOptions {
    /// What stands before every path below the site's root, where that is known.
    fn root(&self) -> Option<String> {
        let of_preview = self.preview.then(String::new);
        self.base_url.as_ref().map(|base| base.path.clone()).or(of_preview)
    }
}

impl Site {
    /// The site of a snapshot. Nothing is rendered yet.
    pub fn new(snapshot: Arc<Snapshot>, options: SiteOptions) -> Self {
        let theme = Theme::new(&snapshot.book);
        let shared = Shared::new(&snapshot);
        let routes = routes(&snapshot, &theme, &shared, &options);
        let bodies = Bodies::new(&snapshot.book);
        let may_run = |route: &Route| matches!(route.output, Output::Asset(_)) && attachments::may_run(&route.path);
        let has_downloads = routes.values().any(may_run);
        Self { snapshot, options, theme, shared, bodies, routes, has_downloads, findings: Mutex::default() }
    }

    /// Everything that is published, in the order of paths.
    pub fn routes(&self) -> Vec<Route> {
        self.routes.values().cloned().collect()
    }

    /// What stands at a path below the site's root.
    pub fn route(&self, path: &str) -> Option<Route> {
        self.routes.get(path).cloned()
    }

    /// The bytes of a route. Never fails: where a template of the book's own is wrong, the shipped one stands
    /// in its place and [`Site::findings`] has it.
    pub fn render(&self, route: &Route) -> Rendered {
        let bytes = |bytes: Vec<u8>, content_type| Rendered { bytes: bytes.into(), content_type };
        let (snapshot, language) = (&*self.snapshot, &route.language);
        match &route.output {
            Output::Export(export, format) => bytes(export.write(snapshot, language, *format), format.content_type()),
            Output::Search(part) => {
                bytes(search::data(&self.context(route), *part).into_bytes(), "text/javascript; charset=utf-8")
            }
            Output::SiteMap => bytes(self.sitemap().into_bytes(), "application/xml; charset=utf-8"),
            Output::Theme(name) => {
                let file = self.theme.file(name).cloned().unwrap_or_default();
                Rendered { bytes: file, content_type: content_type(name) }
            }
            Output::Asset(path) => {
                let file = snapshot.book.files.get(path).map(|file| Arc::clone(&file.bytes)).unwrap_or_default();
                // The preview hands over what a page must not run; an image of SVG runs nothing where it stands in a page.
                let content_type = content_type(path.as_str());
                let handed_over = attachments::may_run(path.as_str()) && content_type != SVG;
                Rendered {
                    bytes: file,
                    content_type: if handed_over { "application/octet-stream" } else { content_type },
                }
            }
            _ => bytes(self.downloads(&route.path, self.page(route)).into_bytes(), HTML),
        }
    }

    /// What was found while rendering: faults of the theme's templates.
    pub fn findings(&self) -> Vec<Finding> {
        let of_templates = self.findings.lock().expect("nothing panics while it holds the lock");
        self.theme.findings().iter().chain(of_templates.values()).cloned().collect()
    }

    /// The document whose page a route is.
    pub fn document(&self, route: &Route) -> Option<&Document> {
        match route.output {
            Output::Document(key) => Some(self.snapshot.book.document(key)),
            Output::View(view) if view.view == View::Home => {
                self.snapshot.book.folders.first()?.index.map(|key| self.snapshot.book.document(key))
            }
            _ => None,
        }
    }

    fn context<'a>(&'a self, route: &'a Route) -> Context<'a> {
        let default_language = self.snapshot.book.config.default_language().clone();
        let root = matches!(route.output, Output::NotFound).then(|| self.options.root()).flatten();
        Context {
            snapshot: &self.snapshot,
            shared: &self.shared,
            bodies: &self.bodies,
            language: &route.language,
            comparison: self.options.comparison.as_deref(),
            words: self.theme.words(&route.language),
            links: Links { page: route.path.clone(), language: route.language.clone(), default_language, root },
        }
    }

    fn sitemap(&self) -> String {
        let Some(base) = &self.options.base_url else { return String::new() };
        let is_page = |route: &&Route| route.path.ends_with(".html") && !matches!(route.output, Output::NotFound);
        sitemap::sitemap(base, self.routes.values().filter(is_page).map(|route| route.path.as_str()))
    }

    fn page(&self, route: &Route) -> String {
        let context = self.context(route);
        let page = make(&context, &route.output);
        let own_style = self.theme.file("custom.css").is_some();
        let frame = theme::Values::new(&frame::frame(&context, &page, &self.options, own_style));
        let note = |fault: &Fault| {
            let place = (fault.path.clone(), fault.span.start);
            self.findings.lock().expect("nothing panics while it holds the lock").insert(place, fault.finding());
        };
        let (language, template) = (&route.language, page.template);
        let rendered = self.theme.render(language, template, &frame, &page.values).or_else(|fault| {
            note(&fault);
            self.theme.render_shipped(language, template, &frame, &page.values)
        });
        let html = rendered.unwrap_or_else(|fault| {
            note(&fault);
            parts::notice::bare_page(&context, &page, &fault.finding())
        });
        // What a theme of the book's own writes is its author's business.
        debug_assert_eq!(self.faults(&html), Vec::<String>::new(), "{}", route.path);
        html
    }

    /// A page with its links to attachments that might run as downloads.
    fn downloads(&self, path: &str, html: String) -> String {
        if !self.has_downloads {
            return html;
        }
        attachments::as_downloads(path, &html, |path| match &self.routes.get(path)?.output {
            Output::Asset(file) if attachments::may_run(path) => Some(file.name().to_owned()),
            _ => None,
        })
    }

    /// What on a page of the shipped theme runs and is not the layout's own, and which ids it has more than once.
    fn faults(&self, html: &str) -> Vec<String> {
        let page = parsed::Parsed::new(if self.theme.is_shipped() { html } else { "" });
        [page.alive(), page.repeated_ids()].concat()
    }
}

fn make(context: &Context<'_>, output: &Output) -> Page {
    match output {
        Output::View(view) => (view.make)(context),
        Output::NotFound => pages::not_found::page(context),
        Output::Document(key) => pages::document::page(context, *key),
        Output::Folder(at) => pages::folder::page(context, *at),
        Output::Catalog(id) => pages::catalog::page(context, id),
        Output::Item(id) => match context.book().item(id).map(|item| item.kind) {
            Some(ItemKind::Requirement) => pages::requirement::page(context, id),
            Some(ItemKind::RiskSource) => pages::risk_source::page(context, id),
            Some(ItemKind::Control) | None => pages::control::page(context, id),
        },
        Output::Search(_) | Output::SiteMap | Output::Export(..) | Output::Theme(_) | Output::Asset(_) => {
            unreachable!("`render` gives these itself")
        }
    }
}

/// Everything that is published. Where two would stand at one path the first counts, which is the generated one.
fn routes(snapshot: &Snapshot, theme: &Theme, shared: &Shared, options: &SiteOptions) -> BTreeMap<String, Route> {
    let book = &snapshot.book;
    let default = book.config.default_language();
    let mut routes = BTreeMap::new();
    let mut add = |path: String, language: &Language, output: Output| {
        let route = Route { path: path.clone(), language: language.clone(), output };
        routes.entry(path).or_insert(route);
    };
    for name in theme.files() {
        add(name.to_owned(), default, Output::Theme(name.to_owned()));
    }
    for language in &book.config.languages {
        for (path, output) in of_language(snapshot, shared, language, options) {
            add(in_language(language, default, &path), language, output);
        }
        if options.root().is_some() {
            add(in_language(language, default, View::NotFound.file()), language, Output::NotFound);
        }
    }
    if options.base_url.is_some() {
        add(Address::SiteMap.path().into_owned(), default, Output::SiteMap);
    }
    let assets = content_files(&book.files).filter(|(path, file)| !path.is_markdown() && file.problem.is_none());
    for (path, _) in assets {
        add(book.places.asset(path), default, Output::Asset(path.clone()));
    }
    routes
}

/// What every language has, by its path below the language's root.
fn of_language(
    snapshot: &Snapshot,
    shared: &Shared,
    language: &Language,
    options: &SiteOptions,
) -> Vec<(String, Output)> {
    let book = &snapshot.book;
    let views = pages::views(options.comparison.is_some());
    let mut outputs: Vec<(String, Output)> =
        views.map(|view| (view.view.file().to_owned(), Output::View(view))).collect();
    for export in EXPORTS {
        outputs.extend(export.published().map(|format| (export.file(format), Output::Export(export, format))));
    }
    let parts = search::parts(book, language).len();
    outputs.extend((0..parts).map(|part| (Address::SearchData(part).path().into_owned(), Output::Search(part))));
    for catalog in shared.used.iter().filter_map(|id| book.catalogs.get(id)) {
        if catalog.has(ItemKind::Control) {
            outputs.push((catalog_path(ItemKind::Control, &catalog.id, book), Output::Catalog(catalog.id.clone())));
        }
        outputs.extend(catalog.items.iter().map(|item| (item_path(&item.id, book), Output::Item(item.id.clone()))));
    }
    outputs.extend(book.documents.iter().map(|document| (document.page.clone(), Output::Document(document.key))));
    let bare = bare_folders(&book.folders, &book.config);
    outputs.extend(bare.map(|(at, folder)| (book.places.folder(&folder.path), Output::Folder(at))));
    outputs
}

/// What a file is, by its ending.
fn content_type(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "html" | "htm" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "text" | "log" => "text/plain; charset=utf-8",
        "svg" => SVG,
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/vnd.microsoft.icon",
        "pdf" => "application/pdf",
        "xlsx" => Format::Xlsx.content_type(),
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "zip" => "application/zip",
        "xml" => "application/xml; charset=utf-8",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "wav" => "audio/wav",
        _ => "application/octet-stream",
    }
}
