//! `ismsbook pdf`: pages as PDF, printed through an installed browser.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::session::{base_url, bytes, is_page, paths};
use super::{Outcome, Session};
use crate::address::safe_name;
use crate::book::{Book, Document};
use crate::disk::browser::{self, Press};
use crate::disk::{Failure, file, read};
use crate::language::Language;
use crate::project::Snapshot;
use crate::site::links::in_language;
use crate::site::paper::for_paper;
use crate::site::{Site, SiteOptions};
use crate::text::nearest;

/// The arguments of `pdf`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "DOCUMENT")]
    document: Option<String>,
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    #[arg(long)]
    all: bool,
    #[arg(long, value_name = "PLACE")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "NAME")]
    audience: Option<String>,
    #[arg(long, value_name = "PROGRAM")]
    browser: Option<PathBuf>,
    #[arg(long)]
    no_sandbox: bool,
    #[arg(long, value_name = "SECONDS", default_value_t = 180)]
    timeout: u64,
}

/// The page that holds the whole manual.
const MANUAL: &str = "print.html";

/// What is printed: the path of a page, and the name of its PDF below the folder of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sheet {
    page: String,
    name: String,
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let (document, dir) = asked(arguments, |name| read::find_root(Some(Path::new(name))).is_ok());
    let opened = session.open(dir.as_deref())?;
    let snapshot = session.shown_to(&opened, arguments.audience.as_deref())?;
    let language = language(session, &snapshot)?;
    let base = base_url(None, &snapshot.book.config)?;
    let audience = arguments.audience.clone();
    let options = SiteOptions { audience, base_url: base.clone(), ..SiteOptions::default() };
    let site = Site::new(Arc::clone(&snapshot), options);
    let sheets = match document.as_deref() {
        _ if arguments.all => all(&snapshot.book, &language),
        Some(name) => vec![named(name, &site, &snapshot.book, &language)?],
        None => vec![manual(&snapshot.book, &language)],
    };
    let browser =
        arguments.browser.clone().or_else(|| session.around.browsers.iter().find(|path| path.is_file()).cloned());
    let Some(browser) = browser else { return Err(Failure::new("no-browser").with("page", &sheets[0].page).into()) };
    let limit = Duration::from_secs(arguments.timeout.max(1));
    let press = Press { browser, no_sandbox: arguments.no_sandbox, limit };
    let places = places(arguments, &sheets);
    let beside = folder_of(&places[0], arguments);
    let pages: Vec<String> = sheets.iter().map(|sheet| sheet.page.clone()).collect();
    let beside_pages = paths(&site).into_iter().filter(|path| is_needed(path));
    let files: Vec<String> = pages.iter().cloned().chain(beside_pages).collect();
    let render = |path: &str| {
        let bytes = bytes(&site, path);
        if !is_page(path) {
            return bytes;
        }
        for_paper(path, &String::from_utf8_lossy(&bytes), base.as_ref()).into_bytes().into()
    };
    if arguments.all {
        let begun = session.words().fill("cli.pdf.begun", &[("n", &pages.len().to_string())]);
        writeln!(session.err, "{begun}")?;
    }
    let printed = browser::print(&press, &beside, &files, &pages, render)?;
    for (place, pdf) in places.iter().zip(&printed) {
        file::write(place, pdf)?;
    }
    say(&places, arguments, session)?;
    Ok(Outcome::Done)
}

fn say(places: &[PathBuf], arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<()> {
    match places {
        [place] => session.say("cli.soa.written", &[("path", &place.display().to_string())]),
        _ => {
            let (n, folder) = (places.len().to_string(), folder(arguments).display().to_string());
            session.say("cli.pdf.done", &[("n", &n), ("path", &folder)])
        }
    }
}

/// The document that is meant, and the book's folder. With `--all` there is no document to name, and a lone name that is
/// the folder of a book is that.
fn asked(arguments: &Arguments, is_book: impl Fn(&str) -> bool) -> (Option<String>, Option<PathBuf>) {
    match (&arguments.document, &arguments.dir) {
        (Some(name), None) if arguments.all || is_book(name) => (None, Some(PathBuf::from(name))),
        (document, dir) => (document.clone(), dir.clone()),
    }
}

/// The language of the pages: asked for, else the book's.
fn language(session: &Session<'_>, snapshot: &Snapshot) -> anyhow::Result<Language> {
    let config = &snapshot.book.config;
    let language = session.asked.clone().unwrap_or_else(|| config.default_language().clone());
    if config.languages.contains(&language) {
        return Ok(language);
    }
    let known: Vec<&str> = config.languages.iter().map(Language::code).collect();
    Err(Failure::new("no-language").with("language", &language).with_list("known", &known).into())
}

/// Every document, and the manual as a whole.
fn all(book: &Book, language: &Language) -> Vec<Sheet> {
    let documents = book.documents.iter().map(|document| {
        let name = file_name(document, book);
        let folder = safe_name(&document.folder);
        let name = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        Sheet { page: page_of(&document.page, book, language), name }
    });
    documents.chain([manual(book, language)]).collect()
}

fn manual(book: &Book, language: &Language) -> Sheet {
    let title = book.config.title.get(language).replace('/', "-");
    Sheet { page: page_of(MANUAL, book, language), name: format!("{}.pdf", safe_name(title.trim())) }
}

fn page_of(path: &str, book: &Book, language: &Language) -> String {
    in_language(language, book.config.default_language(), path)
}

/// The PDF of a document is called by its id, else by its page.
fn file_name(document: &Document, book: &Book) -> String {
    let own = |id: &&String| book.document_with_id(id).is_some_and(|other| other.key == document.key);
    let stem = document.id.as_ref().filter(own).map(|id| safe_name(&id.replace('/', "-")));
    let page = document.page.rsplit('/').next().unwrap_or_default().trim_end_matches(".html");
    format!("{}.pdf", stem.as_deref().unwrap_or(page))
}

/// The page that somebody names by a document's id or file, or by the page itself, such as `soa`.
fn named(name: &str, site: &Site, book: &Book, language: &Language) -> anyhow::Result<Sheet> {
    let slashed = name.replace('\\', "/");
    let plain = slashed.trim_start_matches("./");
    let plain = plain.strip_prefix("content/").unwrap_or(plain);
    let of_file = |document: &&Document| {
        document.manuscripts().any(|(_, manuscript)| manuscript.path.as_str().strip_prefix("content/") == Some(plain))
    };
    let of_id = |document: &&Document| document.id.as_ref().is_some_and(|id| id.eq_ignore_ascii_case(name));
    let document = book
        .document_with_id(name)
        .or_else(|| book.documents.iter().find(of_id))
        .or_else(|| book.documents.iter().find(of_file));
    if let Some(document) = document {
        return Ok(Sheet { page: page_of(&document.page, book, language), name: file_name(document, book) });
    }
    let stem = plain.trim_end_matches(".html");
    let page = page_of(&format!("{stem}.html"), book, language);
    if page_of(MANUAL, book, language) == page {
        return Ok(manual(book, language));
    }
    if site.route(&page).is_some() {
        return Ok(Sheet { page, name: format!("{}.pdf", stem.rsplit('/').next().unwrap_or(stem)) });
    }
    Err(unknown(name, site, book))
}

fn unknown(name: &str, site: &Site, book: &Book) -> anyhow::Error {
    let routes = site.routes();
    let views = routes.iter().filter_map(|route| route.path.strip_suffix(".html")).filter(|path| !path.contains('/'));
    let ids = book.documents.iter().filter_map(|document| document.id.as_deref());
    let files = book.documents.iter().filter_map(|document| document.original.path.as_str().strip_prefix("content/"));
    let near = nearest(name, ids.chain(files).chain(views));
    let failure = Failure::new(if near.is_some() { "unknown-document-near" } else { "unknown-document" });
    failure.with("name", name).with("nearest", near.unwrap_or_default()).into()
}

/// Whether a page that is printed may need a file of the site.
fn is_needed(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    matches!(ending.as_str(), "css" | "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "avif" | "ico")
}

/// Where each PDF goes: one to the file named or into the folder named, several into a folder.
fn places(arguments: &Arguments, sheets: &[Sheet]) -> Vec<PathBuf> {
    match (&arguments.output, sheets) {
        (Some(output), [_]) if !arguments.all && !is_folder(output) => vec![output.clone()],
        _ => sheets.iter().map(|sheet| folder(arguments).join(&sheet.name)).collect(),
    }
}

fn is_folder(output: &Path) -> bool {
    file::is_folder(output) || output.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR])
}

/// The folder of several PDFs, or of one that has no place named.
fn folder(arguments: &Arguments) -> PathBuf {
    let usual = if arguments.all { "pdf" } else { "" };
    arguments.output.clone().unwrap_or_else(|| PathBuf::from(usual))
}

/// The folder in which the browser works: that of the output.
fn folder_of(place: &Path, arguments: &Arguments) -> PathBuf {
    if arguments.all {
        return folder(arguments);
    }
    let parent = place.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new(".")).to_path_buf()
}
