//! The site: everything that is published is a route, and a route gives its bytes on request. Nothing is kept between
//! requests but what all pages share.

mod action;
pub mod body;
mod context;
mod details;
mod due;
mod frame;
mod heatmap;
mod item;
mod line;
pub mod links;
mod listing;
mod notice;
mod pages;
mod progress;
mod proof;
mod search;
mod shared;
mod theme;
mod trail;
mod view;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::book::{Document, DocumentKey, content_files};
use crate::catalog::ItemKind;
use crate::files::FilePath;
use crate::finding::Finding;
use crate::id::ItemId;
use crate::language::Language;
use crate::project::Snapshot;
use context::Context;
use links::{Links, asset_path, catalog_path, folder_path, in_language, item_path};
use pages::{Page, VIEWS, ViewPage};
use shared::Shared;
use theme::{Fault, Theme, View};

/// How a site is built.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteOptions {
    /// The audience that the snapshot was cut down to; its name stands on the pages. The site shows whatever the snapshot holds.
    pub audience: Option<String>,
    /// Where the site will stand, for canonical links.
    pub base_url: Option<String>,
    /// Whether the pages listen for changes.
    pub preview: bool,
}

/// The published form of a snapshot.
#[derive(Debug)]
pub struct Site {
    snapshot: Arc<Snapshot>,
    options: SiteOptions,
    theme: Theme,
    shared: Shared,
    routes: BTreeMap<String, Route>,
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
    Search,
    Export(Export, &'static str),
    Theme(String),
    Asset(FilePath),
}

/// Makes a file for other programs.
type Export = fn(&Snapshot, &Language) -> Vec<u8>;

/// The files for other programs: path, content type, maker.
const EXPORTS: [(&str, &str, Export); 7] = [
    ("soa.csv", "text/csv; charset=utf-8", crate::export::soa::csv),
    ("soa.json", "application/json; charset=utf-8", crate::export::soa::json),
    ("soa.xlsx", XLSX, crate::export::soa::xlsx),
    ("risk-register.xlsx", XLSX, crate::export::risks::register_xlsx),
    ("treatment-plan.xlsx", XLSX, crate::export::risks::plan_xlsx),
    ("documents.xlsx", XLSX, crate::export::documents::xlsx),
    ("calendar.ics", "text/calendar; charset=utf-8", crate::export::ics::calendar),
];

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const HTML: &str = "text/html; charset=utf-8";

/// The bytes of a route.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// The bytes.
    pub bytes: Arc<[u8]>,
    /// What they are, as a web server says it.
    pub content_type: &'static str,
}

impl Site {
    /// The site of a snapshot. Nothing is rendered yet.
    pub fn new(snapshot: Arc<Snapshot>, options: SiteOptions) -> Self {
        let theme = Theme::new(&snapshot.book);
        let shared = Shared::new(&snapshot);
        let routes = routes(&snapshot, &theme, &shared);
        Self { snapshot, options, theme, shared, routes, findings: Mutex::default() }
    }

    /// Everything that is published, in the order of paths.
    pub fn routes(&self) -> Vec<Route> {
        self.routes.values().cloned().collect()
    }

    /// What stands at a path below the site's root.
    pub fn route(&self, path: &str) -> Option<Route> {
        self.routes.get(path).cloned()
    }

    /// The bytes of a route. Never fails: where a template is wrong, the page says so and [`Site::findings`] has it.
    pub fn render(&self, route: &Route) -> Rendered {
        let bytes = |bytes: Vec<u8>, content_type| Rendered { bytes: bytes.into(), content_type };
        let (snapshot, language) = (&*self.snapshot, &route.language);
        match &route.output {
            Output::Export(make, content_type) => bytes(make(snapshot, language), content_type),
            Output::Search => bytes(search::data(&self.context(route)).into_bytes(), "text/javascript; charset=utf-8"),
            Output::Theme(name) => {
                let file = self.theme.file(name).cloned().unwrap_or_default();
                Rendered { bytes: file, content_type: content_type(name) }
            }
            Output::Asset(path) => {
                let file = snapshot.book.files.get(path).map(|file| Arc::clone(&file.bytes)).unwrap_or_default();
                Rendered { bytes: file, content_type: content_type(path.as_str()) }
            }
            _ => bytes(self.page(route).into_bytes(), HTML),
        }
    }

    /// What was found while rendering: faults of the theme's templates.
    pub fn findings(&self) -> Vec<Finding> {
        self.findings.lock().expect("nothing panics while it holds the lock").values().cloned().collect()
    }

    /// The document whose page a route is.
    pub fn document(&self, route: &Route) -> Option<&Document> {
        match route.output {
            Output::Document(key) => Some(self.snapshot.book.document(key)),
            Output::View(view) if view.file == "index.html" => {
                self.snapshot.book.folders.first()?.index.map(|key| self.snapshot.book.document(key))
            }
            _ => None,
        }
    }

    fn context<'a>(&'a self, route: &'a Route) -> Context<'a> {
        let default_language = self.snapshot.book.config.default_language().clone();
        Context {
            snapshot: &self.snapshot,
            shared: &self.shared,
            language: &route.language,
            words: self.theme.words(&route.language),
            links: Links { page: route.path.clone(), language: route.language.clone(), default_language },
        }
    }

    fn page(&self, route: &Route) -> String {
        let context = self.context(route);
        let page = make(&context, &route.output);
        let own_style = self.theme.file("custom.css").is_some();
        let frame = View::new(&frame::frame(&context, &page, &self.options, own_style));
        match self.theme.render(&route.language, page.template, &frame, &page.view) {
            Ok(html) => html,
            Err(fault) => self.plain_page(&context, &page, &frame, &fault),
        }
    }

    /// The page that stands where a template is wrong: made without the theme's own templates, if need be without any.
    fn plain_page(&self, context: &Context<'_>, page: &Page, frame: &View, fault: &Fault) -> String {
        let finding = fault.finding();
        let place = (fault.path.clone(), fault.line);
        self.findings.lock().expect("nothing panics while it holds the lock").insert(place, finding);
        let view = View::new(&notice::template_fault(context, page, fault));
        let rendered = self.theme.render(context.language, "!default/error.html", frame, &view);
        rendered.unwrap_or_else(|second| notice::bare_page(context, &second))
    }
}

fn make(context: &Context<'_>, output: &Output) -> Page {
    match output {
        Output::View(view) => (view.make)(context),
        Output::Document(key) => pages::document::page(context, *key),
        Output::Folder(at) => pages::folder::page(context, *at),
        Output::Catalog(id) => pages::catalog::page(context, id),
        Output::Item(id) => match context.book().item(id).map(|item| item.kind) {
            Some(ItemKind::Requirement) => pages::requirement::page(context, id),
            Some(ItemKind::RiskSource) => pages::risk_source::page(context, id),
            Some(ItemKind::Control) | None => pages::control::page(context, id),
        },
        Output::Search | Output::Export(..) | Output::Theme(_) | Output::Asset(_) => {
            unreachable!("`render` gives these itself")
        }
    }
}

/// Everything that is published. Where two would stand at one path the first counts, which is the generated one.
fn routes(snapshot: &Snapshot, theme: &Theme, shared: &Shared) -> BTreeMap<String, Route> {
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
        for (path, output) in of_language(snapshot, shared) {
            add(in_language(language, default, &path), language, output);
        }
    }
    let assets =
        content_files(&book.files).filter(|(path, file)| !path.as_str().ends_with(".md") && file.problem.is_none());
    for (path, _) in assets {
        add(asset_path(path), default, Output::Asset(path.clone()));
    }
    routes
}

/// What every language has, by its path below the language's root.
fn of_language(snapshot: &Snapshot, shared: &Shared) -> Vec<(String, Output)> {
    let book = &snapshot.book;
    let mut outputs: Vec<(String, Output)> =
        VIEWS.iter().map(|view| (view.file.to_owned(), Output::View(view))).collect();
    outputs.extend(
        EXPORTS.iter().map(|(path, content_type, make)| ((*path).to_owned(), Output::Export(*make, content_type))),
    );
    outputs.push(("search-data.js".to_owned(), Output::Search));
    for catalog in shared.used.iter().filter_map(|id| book.catalogs.get(id)) {
        if catalog.has(ItemKind::Control) {
            outputs.push((catalog_path(ItemKind::Control, &catalog.id), Output::Catalog(catalog.id.clone())));
        }
        outputs.extend(catalog.items.iter().map(|item| (item_path(&item.id, book), Output::Item(item.id.clone()))));
    }
    outputs.extend(book.documents.iter().map(|document| (document.page.clone(), Output::Document(document.key))));
    let bare = book.folders.iter().enumerate().filter(|(_, folder)| folder.index.is_none() && !folder.path.is_empty());
    outputs.extend(bare.map(|(at, folder)| (folder_path(&folder.path), Output::Folder(at))));
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
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/vnd.microsoft.icon",
        "pdf" => "application/pdf",
        "xlsx" => XLSX,
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}
