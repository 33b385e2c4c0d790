//! The text of a document as HTML: the same tree that its facts were read from, with links to where ids and files lead.

mod addresses;
mod clean;
mod footnotes;
mod html;
mod links;

use comrak::Arena;
use comrak::nodes::NodeValue;

pub(super) use clean::{is_own_tag, is_still};
pub(super) use html::escape;

use crate::book::{Book, Document};
use crate::document::Manuscript;
use crate::document::markdown::{Source, options, parse_tree};
use crate::language::Language;
use crate::site::links::Links;
use crate::words::Words;

/// A text ready for its page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RenderedBody {
    /// The HTML. The page's own title is its only first-level heading.
    pub html: String,
    /// The headings for a table of contents.
    pub toc: Vec<TocEntry>,
}

/// One heading of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TocEntry {
    /// The level on the page, from 2.
    pub level: u8,
    /// The anchor.
    pub id: String,
    /// The words.
    pub text: String,
}

/// Renders the text of a document for a reader of `language`.
pub fn document(book: &Book, document: &Document, language: &Language, links: &Links) -> RenderedBody {
    let (manuscript, own_language) = document.manuscript(language);
    render(book, manuscript, document.title.get(language), own_language, links)
}

fn render(book: &Book, manuscript: &Manuscript, title: &str, language: &Language, links: &Links) -> RenderedBody {
    let body = &manuscript.body;
    if body.oversized || body.tangled.is_some() {
        let text = manuscript.text.get(body.start..).unwrap_or_default();
        return RenderedBody {
            html: format!("<pre class=\"plain\" tabindex=\"0\">{}</pre>\n", html::escape(text)),
            toc: Vec::new(),
        };
    }
    let source = Source::new(&manuscript.text, body.start);
    let arena = Arena::new();
    let Ok(root) = parse_tree(&arena, &source) else { return RenderedBody::default() };
    // Asked of the very tree that is written: what is cleaned never hangs on what another walk has noted.
    let holds_html =
        root.descendants().any(|node| matches!(node.data().value, NodeValue::HtmlBlock(_) | NodeValue::HtmlInline(_)));
    footnotes::number(root);
    links::place(&arena, root, book, manuscript, links);
    let headings = Headings::new(manuscript, title);
    let words = Words::of(language);
    let writer = html::Writer::new(headings.levels.clone(), headings.drop_title, manuscript, words);
    let html = html::write(root, &options(), writer);
    let html = if holds_html { clean::clean(&html) } else { html };
    RenderedBody { html, toc: headings.toc(manuscript) }
}

/// Which level each heading has on the page.
struct Headings {
    levels: Vec<u8>,
    drop_title: bool,
}

impl Headings {
    /// The first heading goes where the page's title says the same. Where the text has other first-level headings, all move
    /// one level down.
    fn new(manuscript: &Manuscript, title: &str) -> Self {
        let headings = &manuscript.body.headings;
        let drop_title = manuscript.body.title_heading
            && headings.first().is_some_and(|heading| heading.text.trim() == title.trim());
        let rest = headings.iter().skip(usize::from(drop_title));
        let shift = u8::from(rest.clone().any(|heading| heading.level == 1));
        let levels = headings.iter().map(|heading| (heading.level + shift).clamp(2, 6)).collect();
        Self { levels, drop_title }
    }

    fn toc(&self, manuscript: &Manuscript) -> Vec<TocEntry> {
        let headings = manuscript.body.headings.iter().zip(&self.levels).skip(usize::from(self.drop_title));
        headings
            .map(|(heading, level)| TocEntry { level: *level, id: heading.id.clone(), text: heading.text.clone() })
            .collect()
    }
}
