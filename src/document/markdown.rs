//! The Markdown of a document: one parser with one set of options, and the facts that the book needs of a text.

mod boxes;
mod dialects;
mod facts;
pub mod html;
mod lost;
mod slug;
mod tree;

pub use dialects::{box_title, english_kind};
pub use html::{SAFE_TAGS, SVG_TAGS};
pub use lost::Lost;
pub use slug::{anchor_of, is_reserved, same_anchor};
pub use tree::{MAX_DEPTH, Source, options, parse_tree};

use std::collections::BTreeSet;

use crate::text::Span;

/// The facts of one text. All spans are of the whole file.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// Where the text begins in the file, after the front matter.
    pub start: usize,
    /// The title that the text itself gives: its first heading, else its first bold line.
    pub title: Option<String>,
    /// Whether that title is a first-level heading at the very beginning, which the page's own title replaces.
    pub title_heading: bool,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// Links, wiki links and images, in order.
    pub links: Vec<Link>,
    /// Stretches of running text in which bare ids may stand.
    pub runs: Vec<Run>,
    /// The text by section, for the search: the heading's place in `headings`, and what stands below it.
    pub sections: Vec<(Option<usize>, String)>,
    /// Raw HTML, as written.
    pub html: Vec<(String, Span)>,
    /// The anchors of raw HTML, each once and none that a heading has.
    pub anchors: BTreeSet<String>,
    /// Fences that are never closed.
    pub unclosed_fences: Vec<Span>,
    /// What the parser would have taken away.
    pub lost: Lost,
    /// Whether anything stands below the title.
    pub has_text: bool,
    /// The file is too large: its text is shown as it stands.
    pub oversized: bool,
    /// Where the text is nested too deeply or too tangled to be read: it is shown as it stands.
    pub tangled: Option<Span>,
}

/// A heading.
#[derive(Debug, Clone, Default)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its words, without markup.
    pub text: String,
    /// Its anchor on the page.
    pub id: String,
    /// Anchors that other engines would have given it.
    pub aliases: Vec<String>,
    /// Its place.
    pub span: Span,
}

/// What a link is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](destination)`.
    Link,
    /// `![text](destination)`.
    Image,
    /// `[[ID]]`, `[[ID#heading]]`, `[[ID|label]]`.
    Wiki,
}

/// A link or an image.
#[derive(Debug, Clone)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// The destination as the author means it (entities and escapes resolved).
    pub destination: String,
    /// Its words, or the image's alternative text.
    pub text: String,
    /// The destination's place; of a wiki link, the id's.
    pub span: Span,
    /// The heading below which it stands.
    pub heading: Option<usize>,
}

/// A stretch of running text without markup inside.
#[derive(Debug, Clone, Default)]
pub struct Run {
    /// The text as a reader sees it.
    pub text: String,
    /// From offsets in `text` to offsets in the file, ascending.
    pub map: Vec<(usize, usize)>,
    /// The heading below which it stands.
    pub heading: Option<usize>,
}

impl Run {
    /// The place in the file of a part of the text.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let at = self.map.partition_point(|(offset, _)| *offset <= start);
        let Some((offset, file)) = self.map.get(at.wrapping_sub(1)) else { return Span::default() };
        let begin = file + (start - offset);
        Span::new(begin, begin + (end - start))
    }
}

impl Body {
    /// The heading with this anchor, in our own style or in another engine's.
    pub fn heading_with(&self, anchor: &str) -> Option<&Heading> {
        self.headings.iter().find(|heading| heading.id == anchor).or_else(|| {
            self.headings.iter().find(|heading| heading.aliases.iter().any(|alias| same_anchor(alias, anchor)))
        })
    }
}

/// Reads the Markdown of `text` from `start` on.
pub fn parse(text: &str, start: usize) -> Body {
    facts::collect(text, start)
}
