//! The book: every document with its translations, every catalog, and every reference between them, in both directions.

mod assemble;
mod control;
pub mod history;
pub mod link;
pub mod matcher;
pub mod places;
mod range;
mod resolve;
mod translation;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use assemble::{Scanned, Sources, assemble, bare_folders, content_files, wiki_parts};
pub use resolve::{Resolver, Target};

use crate::catalog::{Catalog, Catalogs, Item, ItemKind};
use crate::config::Config;
use crate::document::types::Details;
use crate::document::{DocumentType, Manuscript, Metadata, Status};
use crate::files::{FilePath, Files};
use crate::finding::{Finding, Place};
use crate::id::{CatalogId, ItemId, Role};
use crate::language::{Language, Localized};
use crate::text::Span;

/// A document by its place in [`Book::documents`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentKey(pub usize);

/// One document: its original and its translations.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its place in the book.
    pub key: DocumentKey,
    /// The id, where it has one.
    pub id: Option<String>,
    /// The type, where it has one.
    pub kind: Option<DocumentType>,
    /// Its title in every language of the book.
    pub title: Localized,
    /// Its summary.
    pub summary: Localized,
    /// The page below the root of a language, such as `policies/access.html`.
    pub page: String,
    /// The folder below `content/` that holds it; empty at the top.
    pub folder: String,
    /// Whether it is its folder's page.
    pub is_index: bool,
    /// The language of the original.
    pub language: Language,
    /// The file that translations translate.
    pub original: Arc<Manuscript>,
    /// The other languages.
    pub translations: BTreeMap<Language, Arc<Manuscript>>,
    /// The fields of its type, with the translations' texts in them.
    pub details: Details,
    /// The front matter as each language edition has it; empty without translations.
    editions: BTreeMap<Language, Metadata>,
}

impl Document {
    /// The front matter of the original, with the translations' words in it. It says what the document is and does.
    pub fn metadata(&self) -> &Metadata {
        self.control(&self.language)
    }

    /// The front matter of the edition for a reader of `language`: a translation has its own state, approval, version and
    /// classification.
    pub fn control(&self, language: &Language) -> &Metadata {
        let edition = self.editions.get(language).or_else(|| self.editions.get(&self.language));
        edition.unwrap_or(&self.original.metadata)
    }

    /// Whether a translation says something of itself under a key, rather than taking it from the original.
    pub fn says_itself(&self, translation: &Manuscript, key: &str, config: &Config) -> bool {
        control::says(translation, key, &self.original.path, config)
    }

    /// The text for a reader of `language`, and the language that it really is in.
    pub fn manuscript(&self, language: &Language) -> (&Arc<Manuscript>, &Language) {
        self.translations
            .get_key_value(language)
            .map_or((&self.original, &self.language), |(language, text)| (text, language))
    }

    /// Every language edition, the original first.
    pub fn manuscripts(&self) -> impl Iterator<Item = (&Language, &Arc<Manuscript>)> {
        std::iter::once((&self.language, &self.original)).chain(&self.translations)
    }

    /// What findings call the document: its id, else its file.
    pub fn name(&self) -> &str {
        self.id.as_deref().unwrap_or_else(|| self.original.path.as_str())
    }

    /// Whether it is approved.
    pub fn is_approved(&self) -> bool {
        self.status() == Some(Status::Approved)
    }

    /// Its state.
    pub fn status(&self) -> Option<Status> {
        self.metadata().status.as_ref().map(|status| status.value)
    }

    /// Whether it counts: a retired document only tells what once was.
    pub fn is_living(&self) -> bool {
        self.status() != Some(Status::Retired)
    }

    /// The id and title as one label.
    pub fn label(&self) -> Localized {
        match &self.id {
            Some(id) => self.title.map(|title| format!("{id} {title}")),
            None => self.title.clone(),
        }
    }

    /// The place that stands for the whole document.
    pub fn place(&self) -> Place {
        Place::new(&self.original.path, self.original.head_span())
    }

    /// The place of a front-matter key's value, else of the document.
    pub fn field_place(&self, key: &str) -> Place {
        self.original.field_place(key)
    }
}

/// How a document names something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceKind {
    /// `controls` of a policy, procedure and the like: it implements the control.
    Implements,
    /// `controls` of a risk or a decision: its treatment needs the control.
    Selects,
    /// `controls` of an obligation: it asks for the control.
    Obliges,
    /// `control` of an explicit line of the SoA.
    Decides,
    /// `controls` or `requirements` of an audit: it looked at them.
    Audits,
    /// `control` or `requirement` of a nonconformity.
    Nonconforms,
    /// `requirements`: it proves the requirement.
    Proves,
    /// `sources` of a risk.
    Considers,
    /// `risks` of a decision.
    Treats,
    /// `related`.
    Related,
    /// Named in the text only.
    Mentions,
}

/// One naming of an item or a document, resolved.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The document that names it.
    pub from: DocumentKey,
    /// How.
    pub kind: ReferenceKind,
    /// The id as written.
    pub text: String,
    /// Where it is written.
    pub place: Place,
    /// What it means.
    pub target: Target,
    /// For which roles; empty for all.
    pub roles: Vec<Role>,
    /// The place among the entries of its list (`controls`, `decisions`, `nonconformities`).
    pub entry: usize,
    /// The anchor that is named behind `#`.
    pub anchor: Option<String>,
}

/// A folder below `content/`, for the navigation.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// The path below `content/`; empty at the top.
    pub path: String,
    /// The document that is the folder's page.
    pub index: Option<DocumentKey>,
    /// The documents in it, sorted, its page left out.
    pub documents: Vec<DocumentKey>,
    /// The folders in it that hold documents, sorted, as places in [`Book::folders`].
    pub folders: Vec<usize>,
    /// The other files in it: images and attachments.
    pub files: Vec<FilePath>,
}

/// Everything that was read, linked both ways.
#[derive(Debug, Clone)]
pub struct Book {
    /// `book.toml`.
    pub config: Config,
    /// The shipped catalogs and the book's own.
    pub catalogs: Catalogs,
    /// The documents in the order of the navigation.
    pub documents: Vec<Document>,
    /// The folders; the first is the top.
    pub folders: Vec<Folder>,
    /// Where everything but the documents stands in the site.
    pub places: places::Places,
    /// Every naming of an item or a document, in order of document and place.
    pub references: Vec<Reference>,
    /// Every link and image of the texts, and where it leads.
    pub links: Vec<link::LinkUse>,
    /// What was found while reading and linking.
    pub findings: Vec<Finding>,
    /// Every file.
    pub files: Files,
    /// The commit that the files stand at, where git knows.
    pub commit: Option<String>,
    /// What git remembers of the files.
    pub history: Arc<history::History>,
    /// The bare ids of each file.
    pub scanned: BTreeMap<FilePath, Scanned>,
    by_id: BTreeMap<String, DocumentKey>,
    by_path: BTreeMap<FilePath, DocumentKey>,
    /// By catalog and id as plain texts, which compare faster than natural ids.
    to_item: BTreeMap<(CatalogId, Arc<str>), Vec<usize>>,
    to_document: BTreeMap<DocumentKey, Vec<usize>>,
    /// The references of each document, which stand together.
    from_document: Vec<std::ops::Range<usize>>,
}

impl Book {
    /// The document at a key.
    pub fn document(&self, key: DocumentKey) -> &Document {
        &self.documents[key.0]
    }

    /// The document with this id.
    pub fn document_with_id(&self, id: &str) -> Option<&Document> {
        self.resolver().document(id).map(|key| self.document(key))
    }

    /// What finds the meaning of names in this book.
    pub fn resolver(&self) -> Resolver<'_> {
        Resolver { catalogs: &self.catalogs, config: &self.config, documents: &self.by_id }
    }

    /// The document that a file belongs to.
    pub fn document_at(&self, path: &FilePath) -> Option<&Document> {
        self.by_path.get(path).map(|key| self.document(*key))
    }

    /// The documents of one type.
    pub fn documents_of<'a>(&'a self, kind: &'a DocumentType) -> impl Iterator<Item = &'a Document> {
        self.documents.iter().filter(move |document| document.kind.as_ref() == Some(kind))
    }

    /// The documents that count: all but the retired ones.
    pub fn living(&self) -> impl Iterator<Item = &Document> {
        self.documents.iter().filter(|document| document.is_living())
    }

    /// The documents of one type that count.
    pub fn living_of<'a>(&'a self, kind: &'a DocumentType) -> impl Iterator<Item = &'a Document> {
        self.documents_of(kind).filter(|document| document.is_living())
    }

    /// The references by which documents that count name an item.
    pub fn living_references_to(&self, item: &ItemId) -> impl Iterator<Item = &Reference> {
        self.references_to(item).filter(|reference| self.document(reference.from).is_living())
    }

    /// The references that name an item.
    pub fn references_to(&self, item: &ItemId) -> impl Iterator<Item = &Reference> {
        self.to_item
            .get(&(item.catalog.clone(), Arc::clone(&item.id)))
            .into_iter()
            .flatten()
            .map(|at| &self.references[*at])
    }

    /// The references that name a document.
    pub fn references_to_document(&self, key: DocumentKey) -> impl Iterator<Item = &Reference> {
        self.to_document.get(&key).into_iter().flatten().map(|at| &self.references[*at])
    }

    /// The references that a document makes.
    pub fn references_from(&self, key: DocumentKey) -> impl Iterator<Item = &Reference> {
        self.from_document.get(key.0).map_or(&[][..], |range| &self.references[range.clone()]).iter()
    }

    /// The catalogs that the book uses for a kind of item, in the order of `[isms]`.
    pub fn active_catalogs(&self, kind: ItemKind) -> impl Iterator<Item = &Arc<Catalog>> {
        let ids = match kind {
            ItemKind::Control => &self.config.isms.controls,
            ItemKind::Requirement => &self.config.isms.requirements,
            ItemKind::RiskSource => &self.config.isms.risk_sources,
        };
        ids.iter().filter_map(|id| self.catalogs.get(id.value.as_str()))
    }

    /// The catalogs that have pages: those that the book uses, and those that something in it names; by id.
    pub fn used_catalogs(&self) -> Vec<&Arc<Catalog>> {
        let mut used: BTreeMap<&str, &Arc<Catalog>> = BTreeMap::new();
        for kind in [ItemKind::Control, ItemKind::Requirement, ItemKind::RiskSource] {
            used.extend(self.active_catalogs(kind).map(|catalog| (catalog.id.as_str(), catalog)));
        }
        for (catalog, _) in self.to_item.keys() {
            used.extend(self.catalogs.get(catalog.as_str()).map(|catalog| (catalog.id.as_str(), catalog)));
        }
        used.into_values().collect()
    }

    /// The item.
    pub fn item(&self, id: &ItemId) -> Option<&Arc<Item>> {
        self.catalogs.item(id)
    }

    /// An item's id and title as one label; the id has its catalog's prefix where it needs one.
    pub fn item_label(&self, id: &ItemId) -> Localized {
        let short = self.short_id(id);
        self.item(id)
            .map_or_else(|| Localized::plain(&short), |item| item.title.map(|title| format!("{short} {title}")))
    }

    /// The id of an item as people write it: with its catalog's prefix where it begins with a digit (`27017:9.2.3`), else bare.
    pub fn short_id(&self, id: &ItemId) -> String {
        let bare = !id.id.starts_with(|c: char| c.is_ascii_digit());
        match self.catalogs.get(id.catalog.as_str()) {
            Some(catalog) if !bare => format!("{}:{}", catalog.prefix, id.id),
            _ => id.id.to_string(),
        }
    }

    /// The place of a control entry, nonconformity or decision, given a key of the front matter, else the document's.
    pub fn place_in(&self, document: DocumentKey, span: Span) -> Place {
        Place::new(&self.document(document).original.path, span)
    }

    /// The name of a person or role.
    pub fn person(&self, key: &str) -> Localized {
        self.config.person(key)
    }

    /// The files that their author keeps back by a `_` before the name of a file or folder. What people take for a page of
    /// a folder (`_index.md`) is not meant so.
    pub fn kept_back(&self) -> impl Iterator<Item = &FilePath> {
        let files = self.files.under("content/").map(|(path, _)| path);
        files.filter(|path| path.is_unbuilt() && !path.is_taken_for_page())
    }

    /// The file's text, where it is text.
    pub fn text(&self, path: &FilePath) -> Option<&str> {
        let Some(document) = self.document_at(path) else { return self.files.text(path) };
        let mut manuscripts = document.manuscripts();
        manuscripts.find(|(_, manuscript)| manuscript.path == *path).map(|(_, manuscript)| &*manuscript.text)
    }
}
