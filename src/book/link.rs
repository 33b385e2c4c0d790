//! Where a Markdown link leads: a document, a folder, an attachment, another host, or nowhere.

use percent_encoding::percent_decode_str;

use super::translation::in_language_folder;
use super::{Book, DocumentKey};
use crate::address::Address;
use crate::document::markdown::html;
use crate::document::{Link, LinkKind, Manuscript};
use crate::files::{FilePath, MARKDOWN, join};
use crate::language::Language;
use crate::text::composed;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// A document, and the anchor as written.
    Document(DocumentKey, Option<String>),
    /// A folder without a page of its own, by its place in [`Book::folders`].
    Folder(usize),
    /// A generated page, such as `soa.html`, below the root of a language.
    Generated(String),
    /// A file of the book.
    Asset(FilePath),
    /// An anchor of the same page.
    Anchor(String),
    /// Another host, a mail address, a telephone.
    External,
    /// `javascript:`, `data:`, `vbscript:`.
    Unsafe,
    /// `C:\…`, `file:`, `\\server\…`.
    Local,
    /// Out of the book.
    Outside,
    /// Nowhere; the file that it should have been.
    Broken(FilePath),
    /// A file or folder of the book that is not built, by its name.
    Unbuilt(FilePath),
    /// No destination, or a placeholder such as `{{url}}`.
    Empty,
}

/// One link or image of a text, in Markdown or in raw HTML, and where it leads.
#[derive(Debug, Clone)]
pub struct LinkUse {
    /// The document.
    pub from: DocumentKey,
    /// The language of the text.
    pub language: Language,
    /// The file.
    pub path: FilePath,
    /// The link as written.
    pub link: Link,
    /// Whether an image has words that stand for it (in raw HTML `alt=""` says that it needs none).
    pub described: bool,
    /// Where it leads.
    pub target: LinkTarget,
}

/// Every link and image of the book, wiki links apart, in the order of documents and places.
pub(super) fn collect(book: &Book) -> Vec<LinkUse> {
    use rayon::prelude::*;
    let of_document = |document: &super::Document| {
        let of_text = |(language, manuscript): (&Language, &std::sync::Arc<Manuscript>)| {
            let mut links: Vec<(Link, bool)> = manuscript
                .body
                .links
                .iter()
                .filter(|link| link.kind != LinkKind::Wiki)
                .map(|link| (link.clone(), !link.text.is_empty()))
                .collect();
            links.extend(in_html(manuscript));
            links.sort_by_key(|(link, _)| link.span);
            let uses = links.into_iter().map(|(link, described)| LinkUse {
                from: document.key,
                language: language.clone(),
                path: manuscript.path.clone(),
                target: resolve(book, &manuscript.path, &link.destination),
                link,
                described,
            });
            uses.collect::<Vec<_>>()
        };
        document.manuscripts().flat_map(of_text).collect::<Vec<_>>()
    };
    let found: Vec<Vec<LinkUse>> = book.documents.par_iter().map(of_document).collect();
    found.into_iter().flatten().collect()
}

/// The links and images of raw HTML.
fn in_html(manuscript: &Manuscript) -> Vec<(Link, bool)> {
    let mut links = Vec::new();
    for (_, span) in &manuscript.body.html {
        for tag in html::tags(span.of(&manuscript.text)) {
            let (kind, attribute) = match tag.name.as_str() {
                "a" => (LinkKind::Link, tag.attribute("href")),
                "img" => (LinkKind::Image, tag.attribute("src")),
                _ => continue,
            };
            let Some(attribute) = attribute else { continue };
            let alternative = tag.attribute("alt");
            let link = Link {
                kind,
                destination: html::unescape(&attribute.value.value),
                text: alternative.map_or_else(String::new, |alternative| html::unescape(&alternative.value.value)),
                span: attribute.value.span.moved(span.start),
                heading: None,
            };
            links.push((link, alternative.is_some()));
        }
    }
    links
}

/// Where `destination`, written in the file `from`, leads.
pub fn resolve(book: &Book, from: &FilePath, destination: &str) -> LinkTarget {
    let destination = destination.trim();
    if destination.is_empty() || destination.contains("{{") {
        return LinkTarget::Empty;
    }
    if let Some(target) = by_scheme(destination) {
        return target;
    }
    if let Some(anchor) = destination.strip_prefix('#') {
        return LinkTarget::Anchor(decode(anchor));
    }
    let (path, anchor) =
        destination.split_once('#').map_or((destination, None), |(path, anchor)| (path, Some(decode(anchor))));
    let path = path.split('?').next().unwrap_or_default();
    if path.is_empty() {
        return LinkTarget::Anchor(anchor.unwrap_or_default());
    }
    let rooted = path.starts_with('/');
    let path = if rooted { strip_prefix(path, &book.config.build.strip_link_prefix) } else { path };
    if let Some(target) = rooted.then(|| in_own_language(book, from, path, anchor.as_ref())).flatten() {
        return target;
    }
    let base = if rooted { "content" } else { from.folder() };
    let Some(joined) = join(base, &composed(&decode(path))) else { return LinkTarget::Outside };
    if joined != "content" && !joined.starts_with("content/") {
        return LinkTarget::Outside;
    }
    in_book(book, &joined, path.ends_with('/'), anchor.as_ref())
}

/// A root-relative path from a file in the folder of a language, read below that folder; none where nothing is there.
fn in_own_language(book: &Book, from: &FilePath, path: &str, anchor: Option<&String>) -> Option<LinkTarget> {
    let (language, _) = in_language_folder(below_content(from.as_str()), &book.config)?;
    let joined = join(&format!("content/{language}"), &composed(&decode(path)))?;
    let target = in_book(book, &joined, path.ends_with('/'), anchor);
    (joined.starts_with("content/") && !matches!(target, LinkTarget::Broken(_))).then_some(target)
}

/// A path without what root-relative links begin with in the author's other engine.
fn strip_prefix<'a>(path: &'a str, prefix: &str) -> &'a str {
    let prefix = prefix.trim_matches('/');
    if prefix.is_empty() {
        return path;
    }
    let rest = path.strip_prefix('/').and_then(|path| path.strip_prefix(prefix));
    rest.filter(|rest| rest.is_empty() || rest.starts_with('/')).unwrap_or(path)
}

/// The schemes of addresses that lead to another host, to a person or to a register, and run nothing.
pub const SAFE_SCHEMES: [&str; 13] =
    ["http", "https", "mailto", "tel", "ftp", "sms", "news", "urn", "doi", "irc", "xmpp", "ssh", "git"];

/// Whether an address of a finished page leads somewhere and runs nothing.
pub fn is_safe_address(address: &str) -> bool {
    match by_scheme(address.trim_start_matches(|c: char| c.is_whitespace() || c.is_control())) {
        Some(target) => target == LinkTarget::External,
        None => scheme_of(address).is_none(),
    }
}

fn by_scheme(destination: &str) -> Option<LinkTarget> {
    // Markdown makes one backslash of two, so that `\\\\server` may come with one.
    if destination.starts_with('\\') || destination.starts_with("//") && destination.contains('\\') {
        return Some(LinkTarget::Local);
    }
    if destination.starts_with("//") {
        return Some(LinkTarget::External);
    }
    let (scheme, rest) = scheme_of(destination)?;
    Some(match scheme.as_str() {
        "javascript" | "data" | "vbscript" => LinkTarget::Unsafe,
        "file" => LinkTarget::Local,
        drive if drive.len() == 1 => LinkTarget::Local,
        scheme if SAFE_SCHEMES.contains(&scheme) => LinkTarget::External,
        _ if rest.starts_with("//") => LinkTarget::External,
        _ => return None,
    })
}

/// The scheme of an address in lower case, as a browser reads it past blanks and controls, and what follows its colon.
fn scheme_of(address: &str) -> Option<(String, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    let cleaned = scheme.chars().filter(|c| !c.is_whitespace() && !c.is_control());
    let scheme = cleaned.collect::<String>().to_ascii_lowercase();
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then_some((scheme, rest))
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

fn in_book(book: &Book, joined: &str, folder_first: bool, anchor: Option<&String>) -> LinkTarget {
    let target = if folder_first {
        folder(book, joined, anchor).or_else(|| document(book, joined, anchor))
    } else {
        document(book, joined, anchor).or_else(|| folder(book, joined, anchor))
    };
    if let Some(target) = target {
        return target;
    }
    let file = FilePath::new(joined);
    if !file.is_unbuilt() && book.files.get(&file).is_some_and(|file| file.problem.is_none()) {
        return LinkTarget::Asset(file);
    }
    if let Some(unbuilt) = unbuilt(book, &file) {
        return LinkTarget::Unbuilt(unbuilt);
    }
    match generated(book, below_content(joined)) {
        Some(page) => LinkTarget::Generated(page.to_owned()),
        None => LinkTarget::Broken(file),
    }
}

/// The file or folder at a path that is not built; of what begins with a dot nobody knows whether it is there.
fn unbuilt(book: &Book, file: &FilePath) -> Option<FilePath> {
    let hidden = file.as_str().split('/').any(|part| part.starts_with('.'));
    let there = |path: &FilePath| {
        hidden || book.files.get(path).is_some() || book.files.under(&format!("{path}/")).next().is_some()
    };
    let with_ending = MARKDOWN.iter().map(|ending| FilePath::new(&format!("{file}.{ending}")));
    file.is_unbuilt().then(|| std::iter::once(file.clone()).chain(with_ending).find(there)).flatten()
}

fn below_content(path: &str) -> &str {
    path.strip_prefix("content").unwrap_or_default().trim_start_matches('/')
}

/// The document at a path, which may be written with the ending of its file, of its page, or with none.
fn document(book: &Book, path: &str, anchor: Option<&String>) -> Option<LinkTarget> {
    let at = |path: &str| book.document_at(&FilePath::new(path)).map(|document| document.key);
    let of_stem = |stem: &str| MARKDOWN.iter().find_map(|ending| at(&format!("{stem}.{ending}")));
    let key = at(path).or_else(|| of_stem(path)).or_else(|| of_stem(path.strip_suffix(".html")?))?;
    Some(LinkTarget::Document(key, anchor.cloned()))
}

/// The folder at a path, or whose page is there (`policies/`, `policies/index.html`).
fn folder(book: &Book, path: &str, anchor: Option<&String>) -> Option<LinkTarget> {
    let find = |path: &str| book.folders.binary_search_by(|folder| folder.path.as_str().cmp(path)).ok();
    let below = below_content(path);
    let below = in_language_folder(below, &book.config).map_or(below, |(_, rest)| rest);
    let index = || {
        let (parent, name) = below.rsplit_once('/').unwrap_or(("", below));
        matches!(name, "index" | "index.html" | "index.md").then(|| find(parent))?
    };
    let at = find(below).or_else(index)?;
    Some(match book.folders[at].index {
        Some(key) => LinkTarget::Document(key, anchor.cloned()),
        None => LinkTarget::Folder(at),
    })
}

/// The generated page at a path below the root of a language.
fn generated<'p>(book: &Book, path: &'p str) -> Option<&'p str> {
    let in_language =
        book.config.languages.iter().find_map(|language| path.strip_prefix(language.code())?.strip_prefix('/'));
    [Some(path), in_language].into_iter().flatten().find(|path| is_generated(book, path))
}

/// Whether a path below the root of a language is that of a generated page or export.
fn is_generated(book: &Book, path: &str) -> bool {
    let of_catalog = |catalog: &str| book.used_catalogs().iter().any(|used| used.id == catalog);
    Address::parse(path).is_some_and(Address::in_every_language) || book.places.catalog_at(path).is_some_and(of_catalog)
}
