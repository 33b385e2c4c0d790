//! Where things stand in the site, and the relative links that lead there from a page.

use crate::address::View;
use crate::book::{Book, Document};
use crate::catalog::{Item, ItemKind};
use crate::files::FilePath;
use crate::id::{CatalogId, ItemId};
use crate::language::Language;
use crate::text::percent_encoded;

/// The links of one page: relative, percent-encoded, to pages of the same language.
#[derive(Debug, Clone)]
pub struct Links {
    /// The path of the page that the links stand on, below the site's root.
    pub page: String,
    /// The language whose pages they lead to.
    pub language: Language,
    /// The language at the site's root.
    pub default_language: Language,
    /// What stands before every path on a page that is shown at addresses of others, such as `/isms`; none for links that are
    /// relative.
    pub root: Option<String>,
}

impl Links {
    /// To a document's page.
    pub fn document(&self, document: &Document) -> String {
        self.below(&document.page)
    }

    /// To an item's page.
    pub fn item(&self, item: &ItemId, book: &Book) -> String {
        self.below(&item_path(item, book))
    }

    /// To a page that is made once in each language.
    pub fn view(&self, view: View) -> String {
        self.below(view.file())
    }

    /// To a path below the language's root, such as `policies/index.html`.
    pub fn below(&self, path: &str) -> String {
        self.to(&in_language(&self.language, &self.default_language, path))
    }

    /// To a folder's page.
    pub fn folder(&self, folder: &str, book: &Book) -> String {
        self.below(&book.places.folder(folder))
    }

    /// To the part of a catalog's page that shows a group (theme, clause).
    pub fn group(&self, catalog: &CatalogId, group: &str, book: &Book) -> String {
        let anchor = group_anchor(catalog.as_str(), group);
        match kind_of_group(catalog, group, book) {
            Some(kind) => self.in_catalog(kind, catalog.as_str(), &anchor, book),
            None => format!("{}#{}", self.view(View::Soa), Self::encode_fragment(&anchor)),
        }
    }

    /// To a place on the page that lists a catalog's items of one kind. A requirement of a catalog that the book does not
    /// list has a page, but no place on that of the requirements.
    pub fn in_catalog(&self, kind: ItemKind, catalog: &str, anchor: &str, book: &Book) -> String {
        let page = self.below(&catalog_path(kind, catalog, book));
        let listed = kind != ItemKind::Requirement || book.active_catalogs(kind).any(|active| active.id == catalog);
        if listed { format!("{page}#{}", Self::encode_fragment(anchor)) } else { page }
    }

    /// To a file that stands beside the documents, such as an image.
    pub fn asset(&self, path: &FilePath, book: &Book) -> String {
        self.to(&book.places.asset(path))
    }

    /// To a path below the site's root.
    pub fn to(&self, path: &str) -> String {
        match &self.root {
            Some(root) => format!("{root}/{}", relative("x", path)),
            None => relative(&self.page, path),
        }
    }

    /// To the same page in another language.
    pub fn in_language(&self, language: &Language) -> String {
        self.to(&in_language(language, &self.default_language, self.below_language()))
    }

    /// An anchor as it is written behind `#`.
    pub fn encode_fragment(anchor: &str) -> String {
        percent_encoded(anchor)
    }

    /// The path of the page below its language's root.
    pub fn below_language(&self) -> &str {
        if self.language == self.default_language {
            return &self.page;
        }
        let below = self.page.strip_prefix(self.language.code()).and_then(|rest| rest.strip_prefix('/'));
        below.unwrap_or(&self.page)
    }
}

/// The path of a page in a language: at the root in the default one, below its code in another.
pub fn in_language(language: &Language, default: &Language, path: &str) -> String {
    if language == default { path.to_owned() } else { format!("{language}/{path}") }
}

/// The path of an item's page below a language's root.
pub fn item_path(item: &ItemId, book: &Book) -> String {
    book.places.item(book.item(item).map_or(ItemKind::Control, |item| item.kind), item)
}

/// The path of the page that lists the items of one kind in a catalog.
pub fn catalog_path(kind: ItemKind, catalog: &str, book: &Book) -> String {
    match kind {
        ItemKind::Control => book.places.controls(catalog),
        ItemKind::Requirement => View::Requirements.file().to_owned(),
        ItemKind::RiskSource => View::RiskSources.file().to_owned(),
    }
}

/// The anchor of a group on the page that lists its items.
pub fn group_anchor(catalog: &str, group: &str) -> String {
    format!("{catalog}-{group}").replace(char::is_whitespace, "-")
}

/// What the items of a group are; none for a group of a catalog that has no pages.
fn kind_of_group(catalog: &CatalogId, group: &str, book: &Book) -> Option<ItemKind> {
    let used = book.used_catalogs().into_iter().find(|used| used.id == catalog.as_str())?;
    let within =
        |item: &Item| item.group == group || item.group.strip_prefix(group).is_some_and(|rest| rest.starts_with('.'));
    Some(used.items.iter().find(|item| within(item)).map_or(ItemKind::Control, |item| item.kind))
}

/// The link from one path to another, both below the same root.
pub fn relative(from: &str, to: &str) -> String {
    way(from, to, percent_encoded)
}

/// The link from one path to another, where both are written as addresses already.
pub fn between(from: &str, to: &str) -> String {
    way(from, to, str::to_owned)
}

fn way(from: &str, to: &str, written: fn(&str) -> String) -> String {
    let from_folders: Vec<&str> = from.split('/').collect();
    let to_parts: Vec<&str> = to.split('/').collect();
    let folders = from_folders.len() - 1;
    let shared =
        from_folders[..folders].iter().zip(&to_parts[..to_parts.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), folders - shared);
    let down = to_parts[shared..].iter().map(|part| written(part));
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// Where an address on a page leads, both as addresses below the site's root; none for one that leads out of the site.
pub fn landing(page: &str, href: &str) -> Option<String> {
    let (file, rest) = href.find(['#', '?']).map_or((href, ""), |at| href.split_at(at));
    let outside = file.starts_with('/') || file.split('/').next().is_some_and(|part| part.contains(':'));
    if outside {
        return None;
    }
    if file.is_empty() {
        return Some(format!("{page}{rest}"));
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            ".." => {
                parts.pop()?;
            }
            "." => {}
            part => parts.push(part),
        }
    }
    Some(format!("{}{rest}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_go_up_to_the_shared_folder_and_down_again() {
        assert_eq!(relative("index.html", "soa.html"), "soa.html");
        assert_eq!(
            relative("en/policies/access.html", "en/controls/iso27001-2022/A.5.1.html"),
            "../controls/iso27001-2022/A.5.1.html"
        );
        assert_eq!(relative("policies/access.html", "policies/people.html"), "people.html");
        assert_eq!(relative("en/a.html", "images/図 1.png"), "../images/%E5%9B%B3%201.png");
    }

    #[test]
    fn an_address_lands_within_the_site_or_nowhere() {
        assert_eq!(landing("en/a/b.html", "../c.html#x").as_deref(), Some("en/c.html#x"));
        assert_eq!(landing("a.html", "#x").as_deref(), Some("a.html#x"));
        for out in ["https://example.com/", "mailto:a@example.com", "/soa.html", "../../up.html"] {
            assert_eq!(landing("a/b.html", out), None, "{out}");
        }
    }
}
