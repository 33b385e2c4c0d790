//! The texts of the documents as HTML, each made once: its page shows it, and so does the manual as a whole.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::book::{Book, Document, DocumentKey};
use crate::language::Language;
use crate::site::body::{self, RenderedBody};
use crate::site::links::{Links, in_language};

/// The texts, made when first asked for. Their links are those of the document's own page.
#[derive(Debug)]
pub(super) struct Bodies(BTreeMap<(DocumentKey, Language), OnceLock<RenderedBody>>);

impl Bodies {
    /// The texts of a book; none is made yet.
    pub(super) fn new(book: &Book) -> Self {
        let languages = &book.config.languages;
        let keys = book
            .documents
            .iter()
            .flat_map(|document| languages.iter().map(|language| ((document.key, language.clone()), OnceLock::new())));
        Self(keys.collect())
    }

    /// The text of a document for a reader of `language`.
    pub(super) fn get(&self, book: &Book, document: &Document, language: &Language) -> &RenderedBody {
        let place = self.0.get(&(document.key, language.clone())).expect("every document has a text in every language");
        place.get_or_init(|| {
            let default_language = book.config.default_language().clone();
            let page = in_language(language, &default_language, &document.page);
            let links = Links { page, language: language.clone(), default_language, root: None };
            body::document(book, document, language, &links)
        })
    }
}
