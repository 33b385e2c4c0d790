//! Where a Markdown link leads: a document, a folder, an attachment, another host, or nowhere.

use percent_encoding::percent_decode_str;

use super::{Book, DocumentKey};
use crate::files::FilePath;

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
    /// No destination, or a placeholder such as `{{url}}`.
    Empty,
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
    let (path, anchor) = destination.split_once('#').map_or((destination, None), |(path, anchor)| (path, Some(decode(anchor))));
    let path = path.split('?').next().unwrap_or_default();
    let rooted = path.starts_with('/');
    let path = if rooted { strip_prefix(path, &book.config.build.strip_link_prefix) } else { path };
    let base = if rooted { "content" } else { from.folder() };
    let Some(joined) = join(base, &decode(path)) else { return LinkTarget::Outside };
    if joined != "content" && !joined.starts_with("content/") {
        return LinkTarget::Outside;
    }
    in_book(book, from, &joined, anchor)
}

fn strip_prefix<'a>(path: &'a str, prefix: &str) -> &'a str {
    if prefix.is_empty() {
        return path;
    }
    path.strip_prefix(prefix.trim_end_matches('/')).filter(|rest| rest.is_empty() || rest.starts_with('/')).unwrap_or(path)
}

fn by_scheme(destination: &str) -> Option<LinkTarget> {
    if destination.starts_with("\\\\") || destination.starts_with("//") && destination.contains('\\') {
        return Some(LinkTarget::Local);
    }
    if destination.starts_with("//") {
        return Some(LinkTarget::External);
    }
    let (scheme, _) = destination.split_once(':')?;
    let cleaned: String = scheme.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let is_scheme = !cleaned.is_empty()
        && cleaned.starts_with(|c: char| c.is_ascii_alphabetic())
        && cleaned.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    if !is_scheme {
        return None;
    }
    Some(match cleaned.to_ascii_lowercase().as_str() {
        "javascript" | "data" | "vbscript" => LinkTarget::Unsafe,
        "file" => LinkTarget::Local,
        drive if drive.len() == 1 => LinkTarget::Local,
        "http" | "https" | "mailto" | "tel" | "ftp" | "sms" | "news" | "urn" | "doi" | "irc" | "xmpp" | "ssh" | "git" => LinkTarget::External,
        _ if destination.contains("://") => LinkTarget::External,
        _ => return None,
    })
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

/// A path joined to a folder, its `.` and `..` resolved; none where it leaves the book's folder.
fn join(base: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn in_book(book: &Book, from: &FilePath, joined: &str, anchor: Option<String>) -> LinkTarget {
    let as_file = FilePath::new(joined);
    let document = |path: &str| book.document_at(&FilePath::new(path)).map(|document| document.key);
    let with_ending = |ending: &str| document(&format!("{joined}{ending}"));
    let html = joined.strip_suffix(".html").map(|stem| format!("{stem}.md"));
    let found = document(joined).or_else(|| with_ending(".md")).or_else(|| html.as_deref().and_then(document));
    if let Some(key) = found {
        return LinkTarget::Document(key, anchor);
    }
    let below = joined.strip_prefix("content").unwrap_or_default().trim_start_matches('/');
    if let Some(at) = book.folders.iter().position(|folder| folder.path == below) {
        return match book.folders[at].index {
            Some(key) => LinkTarget::Document(key, anchor),
            None => LinkTarget::Folder(at),
        };
    }
    if book.files.get(&as_file).is_some() {
        return LinkTarget::Asset(as_file);
    }
    let generated = ["soa.html", "risk-register.html", "documents.html", "requirements.html", "scope.html", "findings.html", "index.html", "risk-sources.html"];
    if generated.contains(&below) {
        return LinkTarget::Generated(below.to_owned());
    }
    let _ = from;
    LinkTarget::Broken(as_file)
}
