//! What a page is made from: the snapshot, the reader's language, and links from where the page stands.

use crate::address::View;
use crate::book::{Book, Document, DocumentKey};
use crate::catalog::{Catalog, ItemKind};
use crate::changes::Comparison;
use crate::config::Step;
use crate::derive::{Derived, Due, Rated, RiskEntry};
use crate::document::{ImplementationStatus, Metadata};
use crate::id::{ItemId, Role};
use crate::language::{Language, Localized};
use crate::project::Snapshot;
use crate::site::bodies::Bodies;
use crate::site::body::RenderedBody;
use crate::site::links::{Links, catalog_path};
use crate::site::shared::Shared;
use crate::site::view::{Badge, Link};
use crate::value::word_of;
use crate::words::Words;

/// What a page is made from.
#[derive(Debug)]
pub(super) struct Context<'a> {
    /// The model.
    pub(super) snapshot: &'a Snapshot,
    /// What all pages share.
    pub(super) shared: &'a Shared,
    /// The texts of the documents.
    pub(super) bodies: &'a Bodies,
    /// The reader's language.
    pub(super) language: &'a Language,
    /// What the book is compared with, where it asks for that.
    pub(super) comparison: Option<&'a Comparison>,
    /// The words for the reader.
    pub(super) words: &'a Words,
    /// The links of the page.
    pub(super) links: Links,
}

impl<'a> Context<'a> {
    /// The book.
    pub(super) fn book(&self) -> &'a Book {
        &self.snapshot.book
    }

    /// What is computed.
    pub(super) fn derived(&self) -> &'a Derived {
        &self.snapshot.derived
    }

    /// What a page is called that is made once in each language.
    pub(super) fn title(&self, view: View) -> String {
        self.say(&format!("{}.title", view.name()))
    }

    /// A link to such a page, by its title.
    pub(super) fn to_view(&self, view: View) -> Link {
        Link::new(self.links.view(view), &self.title(view))
    }

    /// The words under a key.
    pub(super) fn word(&self, key: &str) -> String {
        self.words.get(key).to_owned()
    }

    /// The site's words under a key.
    pub(super) fn say(&self, key: &str) -> String {
        self.words.get(&format!("site.{key}")).to_owned()
    }

    /// The site's words under a key, filled.
    pub(super) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.words.fill(&format!("site.{key}"), values)
    }

    /// The text for the reader.
    pub(super) fn text(&self, text: &Localized) -> String {
        text.get(self.language).to_owned()
    }

    /// The language of a text, where it is not the one that the page's own words are in.
    pub(super) fn lang_of(&self, text: &Localized) -> String {
        let shown = text.get(self.language);
        let known = [self.language.clone(), Language::english(), Language::japanese()];
        let found = known.into_iter().find(|language| text.has(language) && text.get(language) == shown);
        let foreign = found.filter(|language| language != self.words.language());
        foreign.map(|language| language.to_string()).unwrap_or_default()
    }

    /// The document at a key.
    pub(super) fn document(&self, key: DocumentKey) -> &'a Document {
        self.book().document(key)
    }

    /// The text of a document, with the links of its own page.
    pub(super) fn body(&self, document: &Document) -> &'a RenderedBody {
        self.bodies.get(self.book(), document, self.language)
    }

    /// A link to a document.
    pub(super) fn to_document(&self, key: DocumentKey) -> Link {
        let document = self.document(key);
        Link {
            href: self.links.document(document),
            id: document.id.clone().unwrap_or_default(),
            text: self.text(&document.title),
            lang: self.lang_of(&document.title),
        }
    }

    /// Links to documents.
    pub(super) fn to_documents(&self, keys: &[DocumentKey]) -> Vec<Link> {
        keys.iter().map(|key| self.to_document(*key)).collect()
    }

    /// A link to the heading of a document that an entry names as its section.
    pub(super) fn to_section(&self, key: DocumentKey, section: &str) -> Option<Link> {
        let document = self.document(key);
        let heading = document.manuscript(self.language).0.body.heading_with(section)?;
        let link = Link::new(self.links.document(document), &heading.text);
        Some(link.at(&Links::encode_fragment(&heading.id)))
    }

    /// A link to an item; its id has the catalog's prefix where it needs one.
    pub(super) fn to_item(&self, id: &ItemId) -> Link {
        let book = self.book();
        let title = book.item(id).map(|item| item.title.clone()).unwrap_or_default();
        let used = self.shared.used.contains(id.catalog.as_str()) && book.item(id).is_some();
        let href = if used { self.links.item(id, book) } else { String::new() };
        Link { href, id: book.short_id(id), text: self.text(&title), lang: self.lang_of(&title) }
    }

    /// Links to the controls that a risk's treatment needs, each once: its own, and those of decisions about it.
    pub(super) fn controls_of(&self, entry: &RiskEntry) -> Vec<Link> {
        let mut links: Vec<Link> = Vec::new();
        for (item, _) in &entry.controls {
            let link = self.to_item(item);
            if !links.contains(&link) {
                links.push(link);
            }
        }
        links
    }

    /// A link to the page that lists a catalog's items of one kind.
    pub(super) fn to_catalog(&self, kind: ItemKind, catalog: &Catalog) -> Link {
        Link::new(self.links.below(&catalog_path(kind, &catalog.id, self.book())), catalog.title.get(self.language))
    }

    /// The name of a person or role; empty where none is named.
    pub(super) fn person(&self, name: Option<&str>) -> String {
        name.map(|name| self.text(&self.book().person(name))).unwrap_or_default()
    }

    /// What a role is called, and its short label.
    pub(super) fn role(&self, catalog: &Catalog, role: &Role) -> (String, String) {
        let definition = catalog.role(role);
        definition.map_or_else(
            || (role.to_string(), role.to_string()),
            |role| (self.text(&role.title), self.text(&role.label)),
        )
    }

    /// A document's state: what its controls, risks and proofs count by.
    pub(super) fn document_status(&self, document: &Document) -> Option<Badge> {
        self.status(document.metadata())
    }

    /// The state of a document's edition in the reader's language.
    pub(super) fn edition_status(&self, document: &Document) -> Option<Badge> {
        self.status(document.control(self.language))
    }

    fn status(&self, metadata: &Metadata) -> Option<Badge> {
        let word = word_of(metadata.status.as_ref()?.value);
        Some(Badge::new(word, self.words.get(&format!("document-status.{word}"))))
    }

    /// What a document's type is called.
    pub(super) fn kind(&self, document: &Document) -> String {
        let kind = document.kind.as_ref();
        kind.map(|kind| self.text(&crate::phrase::kind(self.book(), kind))).unwrap_or_default()
    }

    /// The classification of a document's edition in the reader's language: the usual words in the reader's language, any other as it stands.
    pub(super) fn classification(&self, document: &Document) -> String {
        let written =
            document.control(self.language).classification.as_ref().map(|word| word.value.as_str()).unwrap_or_default();
        crate::phrase::classification(written, self.words).to_owned()
    }

    /// How far a control is implemented.
    pub(super) fn implementation(&self, status: ImplementationStatus) -> Badge {
        let word = word_of(status);
        Badge::new(word, self.words.get(&format!("implementation.{word}")))
    }

    /// A risk's level, with its score.
    pub(super) fn level(&self, rated: Rated) -> Badge {
        let levels = &self.book().config.risk.matrix.levels;
        let title = levels.get(rated.level).map(|level| self.text(&level.title)).unwrap_or_default();
        Badge::new(&format!("heat-{}", heat(rated.level, levels.len())), &format!("{title} ({})", rated.score))
    }

    /// The steps that a level comes from, likelihood first, in the words under a key.
    pub(super) fn steps(&self, key: &str, rated: Rated) -> String {
        let matrix = &self.book().config.risk.matrix;
        let step = |steps: &[Step], at: usize| steps.get(at).map(|step| self.text(&step.title)).unwrap_or_default();
        let (likelihood, impact) = (step(&matrix.likelihood, rated.likelihood), step(&matrix.impact, rated.impact));
        self.fill(key, &[("likelihood", &likelihood), ("impact", &impact)])
    }

    /// How far away the day is on which something is due, in words: in 12 days, today, 5 days ago.
    pub(super) fn distance(&self, due: &Due) -> String {
        let days = self.derived().days_until(due);
        let count = days.unsigned_abs().to_string();
        match days {
            0 => self.say("date.today"),
            1 => self.say("date.tomorrow"),
            -1 => self.say("date.yesterday"),
            2.. => self.fill("date.in-days", &[("n", &count)]),
            _ => self.fill("date.days-ago", &[("n", &count)]),
        }
    }

    /// What a folder is called: its page's title, else what folders of this name are called, else its own name.
    pub(super) fn folder_title(&self, at: usize) -> String {
        let folder = &self.book().folders[at];
        let name = folder.path.rsplit('/').next().unwrap_or_default();
        let usual = self.words.all().get(&format!("site.folder.name.{name}"));
        match (folder.index, usual) {
            (Some(key), _) => self.text(&self.document(key).title),
            (None, Some(usual)) => usual.clone(),
            (None, None) => name.to_owned(),
        }
    }

    /// The label of a fact, as the registers name it.
    pub(super) fn column(&self, key: &str) -> String {
        self.words.get(&format!("export.column.{key}")).to_owned()
    }
}

/// The place of a level among five shades, the lowest level the palest.
pub(super) fn heat(level: usize, levels: usize) -> usize {
    if levels < 2 { 0 } else { (level * 4 + (levels - 1) / 2) / (levels - 1) }
}
