//! Which path of the site each thing of the book has. Every path is given once, letters of either size taken as one, and
//! none is also a folder of another: where two things ask for one path, the later moves, and BOK005 names both.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::{Document, DocumentKey, Folder, bare_folders, content_files};
use crate::address::{self, Address};
use crate::catalog::{Catalog, Catalogs, Item, ItemKind};
use crate::config::Config;
use crate::files::{FilePath, Files};
use crate::id::ItemId;

/// Something of the book that stands in the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// A document's page.
    Document(DocumentKey),
    /// The page of a folder without one of its own, by its path.
    Folder(String),
    /// The page that lists the controls of a catalog.
    Catalog(String),
    /// An item's page.
    Item(ItemId),
    /// A file that is copied as it is, of the content or of the theme.
    Asset(FilePath),
    /// A file that the program makes.
    Generated,
}

/// A thing that could not have the path it asked for.
#[derive(Debug, Clone)]
pub struct Clash {
    /// The thing.
    pub thing: Thing,
    /// The path it asked for.
    pub wanted: String,
    /// The path it has.
    pub moved: String,
    /// What has that path; none where the name was too long.
    pub by: Option<Thing>,
}

/// The paths of all things but documents, which know their own.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The paths that are not those asked for.
    moved: BTreeMap<Thing, String>,
    /// The items and catalogs by the path of their page.
    items: HashMap<String, Thing>,
    /// What could not have its path, in the order in which paths are given.
    pub clashes: Vec<Clash>,
}

impl Places {
    /// The path of an item's page below a language's root.
    pub fn item(&self, kind: ItemKind, item: &ItemId) -> String {
        self.of(&Thing::Item(item.clone()), || address::item(kind, item.catalog.as_str(), &item.id))
    }

    /// The path of the page that lists a catalog's controls, below a language's root.
    pub fn controls(&self, catalog: &str) -> String {
        self.of(&Thing::Catalog(catalog.to_owned()), || address::controls(catalog))
    }

    /// The path of the page of a folder without one of its own, below a language's root.
    pub fn folder(&self, folder: &str) -> String {
        self.of(&Thing::Folder(folder.to_owned()), || address::folder(folder))
    }

    /// The path of a file that is copied as it is, below the site's root.
    pub fn asset(&self, path: &FilePath) -> String {
        self.of(&Thing::Asset(path.clone()), || address::asset(path))
    }

    /// Whether a file of the book's own theme has its path.
    pub fn keeps(&self, path: &FilePath) -> bool {
        let left_out = |clash: &Clash| clash.moved.is_empty() && clash.thing == Thing::Asset(path.clone());
        !self.clashes.iter().any(left_out)
    }

    fn of(&self, thing: &Thing, usual: impl FnOnce() -> String) -> String {
        self.moved.get(thing).cloned().unwrap_or_else(usual)
    }

    /// The catalog whose item, or whose list of controls, has its page at a path below a language's root.
    pub fn catalog_at(&self, path: &str) -> Option<&str> {
        match self.items.get(path)? {
            Thing::Item(item) => Some(item.catalog.as_str()),
            Thing::Catalog(catalog) => Some(catalog),
            _ => None,
        }
    }
}

/// The names of the files that the book's own theme publishes.
pub fn theme_files<'a>(files: &'a Files, theme: &'a str) -> impl Iterator<Item = (&'a FilePath, &'a str)> {
    let files = files.under("themes/").filter(|(_, file)| file.problem.is_none());
    files.filter_map(move |(path, _)| {
        let name = path.as_str().strip_prefix("themes/")?.strip_prefix(theme)?.strip_prefix('/')?;
        let published = !path.is_unbuilt() && !name.ends_with(".html") && !name.starts_with("words/");
        published.then_some((path, name))
    })
}

/// Gives each thing its path; documents, whose pages are set, in their order, those of `later` after the others.
pub(super) fn give(
    documents: &mut [Document],
    folders: &[Folder],
    later: &BTreeMap<DocumentKey, FilePath>,
    catalogs: &Catalogs,
    files: &Files,
    config: &Config,
) -> Places {
    let mut claims = Claims::new(config);
    for catalog in catalogs.iter() {
        claims.catalog(catalog);
    }
    for (path, name) in theme_files(files, &config.build.theme.value)
        .filter(|(_, name)| !matches!(Address::parse(name), Some(Address::Theme(_))))
    {
        claims.of_theme(path, name);
    }
    // What stands in the folder of a language gives way to the pages of that language.
    let aside = |path: &str| config.languages.iter().skip(1).any(|language| is_below(path, language.code()));
    let bare: Vec<&Folder> = bare_folders(folders, config).map(|(_, folder)| folder).collect();
    for in_language_folder in [false, true] {
        for twins in [false, true] {
            let wanted = |document: &&mut Document| {
                aside(&document.page) == in_language_folder && later.contains_key(&document.key) == twins
            };
            for document in documents.iter_mut().filter(wanted) {
                document.page = claims.document(document, later.get(&document.key));
            }
        }
        for folder in bare.iter().filter(|folder| aside(&format!("{}/", folder.path)) == in_language_folder) {
            claims.claim(&address::folder(&folder.path), true, Thing::Folder(folder.path.clone()));
        }
    }
    for (path, file) in content_files(files) {
        if !path.is_markdown() && file.problem.is_none() {
            claims.claim(&address::asset(path), false, Thing::Asset(path.clone()));
        }
    }
    claims.places
}

/// Whether a path lies in a folder of this name.
pub(super) fn is_below(path: &str, folder: &str) -> bool {
    path.split_once('/').is_some_and(|(first, _)| first.eq_ignore_ascii_case(folder))
}

/// The paths that have been given.
struct Claims {
    places: Places,
    /// What stands before a path in each language: nothing, or the language's folder.
    roots: Vec<String>,
    /// What stands below the root of every language, and what stands once; folders by the first thing in them.
    every: Paths,
    once: Paths,
    /// The folders that have moved.
    told: HashSet<String>,
}

/// What tells the name of a thing that has moved from the other.
fn mark(thing: &Thing) -> &'static str {
    match thing {
        Thing::Document(_) => "-document",
        Thing::Folder(_) => "-folder",
        Thing::Catalog(_) | Thing::Item(_) => "-item",
        Thing::Asset(_) | Thing::Generated => "-file",
    }
}

#[derive(Default)]
struct Paths {
    files: HashMap<String, Thing>,
    folders: HashMap<String, Thing>,
}

impl Paths {
    fn get(&self, path: &str) -> Option<&Thing> {
        self.files.get(path).or_else(|| self.folders.get(path))
    }
}

impl Claims {
    fn new(config: &Config) -> Self {
        let others = config.languages.iter().skip(1).map(|language| format!("{}/", folded(language.code())));
        let roots = std::iter::once(String::new()).chain(others).collect();
        let (every, once) = (Paths::default(), Paths::default());
        Self { places: Places::default(), roots, every, once, told: HashSet::new() }
    }

    /// The pages of a catalog. Those that come with the program come first and are told apart by themselves.
    fn catalog(&mut self, catalog: &Catalog) {
        let controls = catalog.has(ItemKind::Control);
        let list = controls.then(|| (address::controls(&catalog.id), Thing::Catalog(catalog.id.clone())));
        let page =
            |item: &Arc<Item>| (address::item(item.kind, &catalog.id, &item.id.id), Thing::Item(item.id.clone()));
        for (page, thing) in list.into_iter().chain(catalog.items.iter().map(page)) {
            if catalog.place.is_some() {
                self.claim(&page, true, thing);
            } else {
                self.add(&page, true, &thing);
                self.places.items.insert(page, thing);
            }
        }
    }

    /// A file of the book's own theme. Templates know it by its name, so that it cannot move and is left out instead.
    fn of_theme(&mut self, path: &FilePath, name: &str) {
        let thing = Thing::Asset(path.clone());
        match self.in_the_way(&folded(name), false) {
            Some((_, by)) => {
                let (wanted, by) = (name.to_owned(), Some(by));
                self.places.clashes.push(Clash { thing, wanted, moved: String::new(), by });
            }
            None => self.add(name, false, &thing),
        }
    }

    /// The page of a document. The one at the top belongs to the first document that asks for it.
    fn document(&mut self, document: &Document, twin: Option<&FilePath>) -> String {
        let thing = Thing::Document(document.key);
        if document.page == address::View::Home.file() && self.every.get(&document.page).is_none() {
            self.add(&document.page, true, &thing);
            return document.page.clone();
        }
        self.give(&document.page, true, &thing, (&document.folder, twin))
    }

    /// Gives a thing the path it asks for, or a free one.
    fn claim(&mut self, wanted: &str, every: bool, thing: Thing) {
        let folder = match &thing {
            Thing::Folder(folder) => folder.clone(),
            Thing::Asset(path) => path.folder().trim_start_matches("content").trim_start_matches('/').to_owned(),
            _ => String::new(),
        };
        let moved = self.give(wanted, every, &thing, (&folder, None));
        if matches!(thing, Thing::Item(_) | Thing::Catalog(_)) {
            self.places.items.insert(moved.clone(), thing.clone());
        }
        if moved != wanted {
            self.places.moved.insert(thing, moved);
        }
    }

    /// The path that a thing in a folder asks for, or a free one; what is in the way is noted, once for all files of a folder
    /// that moves.
    fn give(&mut self, wanted: &str, every: bool, thing: &Thing, from: (&str, Option<&FilePath>)) -> String {
        let (folder, twin) = from;
        let (moved, by) = self.free(wanted, mark(thing), every);
        self.add(&moved, every, thing);
        let Some((depth, by)) = by else { return moved };
        let above: Vec<&str> = folder.split('/').take(depth + 1).collect();
        if depth == wanted.matches('/').count() || self.told.insert(above.join("/")) {
            let by = Some(twin.map_or(by, |twin| Thing::Asset(twin.clone())));
            let (wanted, moved) = (wanted.to_owned(), moved.clone());
            self.places.clashes.push(Clash { thing: thing.clone(), wanted, moved, by });
        }
        moved
    }

    fn add(&mut self, path: &str, every: bool, thing: &Thing) {
        let paths = if every { &mut self.every } else { &mut self.once };
        let path = folded(path);
        let mut folder = path.as_str();
        while let Some((above, _)) = folder.rsplit_once('/') {
            if paths.folders.contains_key(above) {
                break;
            }
            paths.folders.insert(above.to_owned(), thing.clone());
            folder = above;
        }
        paths.files.insert(path, thing.clone());
    }

    /// The path, else the nearest one that is free, and what is in the way of which part of the first.
    fn free(&self, wanted: &str, mark: &str, every: bool) -> (String, Option<(usize, Thing)>) {
        let asked: Vec<&str> = wanted.split('/').collect();
        let mut parts: Vec<String> = asked.iter().map(|part| (*part).to_owned()).collect();
        let mut tries = vec![0_usize; parts.len()];
        let mut first = None;
        loop {
            let path = parts.join("/");
            let Some((depth, by)) = self.in_the_way(&folded(&path), every) else { return (path, first) };
            first.get_or_insert((depth, by));
            tries[depth] += 1;
            let mark = if depth + 1 == parts.len() { mark } else { "-folder" };
            let number = if tries[depth] > 1 { format!("-{}", tries[depth]) } else { String::new() };
            parts[depth] = address::marked(asked[depth], &format!("{mark}{number}"));
        }
    }

    /// What is in the way of a path, and of which of its parts: a file in the place of a folder, or a file or folder in its
    /// own.
    fn in_the_way(&self, path: &str, every: bool) -> Option<(usize, Thing)> {
        let roots = if every { &self.roots[..] } else { &self.roots[..1] };
        for root in roots {
            let full = format!("{root}{path}");
            let above = root.matches('/').count();
            for (depth, (slash, _)) in full.match_indices('/').enumerate().skip(above) {
                if let Some(by) = self.file_at(&full[..slash]) {
                    return Some((depth - above, by));
                }
            }
            if let Some(by) = self.file_at(&full).or_else(|| self.folder_at(&full)) {
                return Some((path.matches('/').count(), by));
            }
        }
        None
    }

    fn file_at(&self, full: &str) -> Option<Thing> {
        let once = Address::parse(full).is_some_and(|address| !address.in_every_language());
        let in_a_language = |path: &str| Address::parse(path).is_some_and(Address::in_every_language);
        if once || self.below_roots(full).any(in_a_language) {
            return Some(Thing::Generated);
        }
        let once = self.once.files.get(full);
        once.or_else(|| self.below_roots(full).find_map(|path| self.every.files.get(path))).cloned()
    }

    fn folder_at(&self, full: &str) -> Option<Thing> {
        if self.roots.iter().any(|root| root.strip_suffix('/') == Some(full)) {
            return Some(Thing::Generated);
        }
        let once = self.once.folders.get(full);
        once.or_else(|| self.below_roots(full).find_map(|path| self.every.folders.get(path))).cloned()
    }

    /// A path as seen from the root of each language that it lies below.
    fn below_roots<'p>(&'p self, full: &'p str) -> impl Iterator<Item = &'p str> {
        self.roots.iter().filter_map(move |root| full.strip_prefix(root.as_str()))
    }
}

/// A path as file systems compare it that know no letters of different size.
fn folded(path: &str) -> String {
    if path.is_ascii() { path.to_ascii_lowercase() } else { path.to_uppercase().to_lowercase() }
}
