//! Turning destinations and ids into links of the page, on the tree.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::Range;

use comrak::Arena;
use comrak::nodes::{Node, NodeHtmlBlock, NodeLink, NodeValue};

use super::addresses::addresses;
use super::html::escape;
use crate::book::link::{LinkTarget, resolve};
use crate::book::matcher::Found;
use crate::book::{Book, Resolver, Target, wiki_parts};
use crate::document::Manuscript;
use crate::document::markdown::html::{Tag, tags, unescape};
use crate::id::ItemId;
use crate::site::links::Links;
use crate::text::Span;

/// Rewrites every link, wiki link and image of the tree, and links the bare ids of its texts.
pub(super) fn place<'a>(arena: &'a Arena<'a>, root: Node<'a>, book: &Book, manuscript: &Manuscript, links: &Links) {
    let mut found: BTreeMap<usize, Vec<&Found>> = BTreeMap::new();
    if let Some(scanned) = book.scanned.get(&manuscript.path) {
        for (run, hit) in scanned.iter() {
            found.entry(*run).or_default().push(hit);
        }
    }
    let anchors = RefCell::new(manuscript.body.anchors.clone());
    let mut placing = Placing { arena, book, manuscript, links, found, run: 0, quiet: 0, anchors };
    for block in root.children().collect::<Vec<_>>() {
        placing.node(block);
    }
}

const QUIET_TAGS: [&str; 6] = ["a", "code", "pre", "kbd", "samp", "tt"];

struct Placing<'a, 'b> {
    arena: &'a Arena<'a>,
    book: &'b Book,
    manuscript: &'b Manuscript,
    links: &'b Links,
    found: BTreeMap<usize, Vec<&'b Found>>,
    /// The place of the next text among the body's runs: texts are met in the order in which they were noted.
    run: usize,
    /// The tags of raw HTML between which nothing is linked, as many as stand open in this block.
    quiet: usize,
    /// The anchors of raw HTML that are still to stand on the page.
    anchors: RefCell<BTreeSet<String>>,
}

impl<'a> Placing<'a, '_> {
    fn node(&mut self, node: Node<'a>) {
        let value = node.data().value.clone();
        match value {
            NodeValue::Text(text) => {
                let hits = self.found.remove(&self.run).unwrap_or_default();
                self.run += 1;
                if self.quiet == 0 {
                    self.link_words(node, &text, &hits);
                }
            }
            NodeValue::Link(link) => {
                self.within_link(node);
                self.link(node, &link);
            }
            NodeValue::Image(link) => self.image(node, &link),
            NodeValue::WikiLink(link) => self.wiki(node, &link.url),
            NodeValue::HtmlInline(html) => {
                self.hear(&html);
                let html = self.raw_html(&html, false);
                node.data_mut().value = NodeValue::HtmlInline(html);
            }
            NodeValue::HtmlBlock(block) => {
                let literal = self.raw_html(&block.literal, false);
                node.data_mut().value = NodeValue::HtmlBlock(NodeHtmlBlock { literal, ..block });
            }
            NodeValue::CodeBlock(_) => {}
            _ => {
                if node.data().value.block() {
                    self.quiet = 0;
                }
                for child in node.children().collect::<Vec<_>>() {
                    self.node(child);
                }
            }
        }
    }

    /// Between the tags of a link or of code in raw HTML nothing is linked.
    fn hear(&mut self, html: &str) {
        let closing = html.strip_prefix("</").map(|rest| rest.trim_end_matches('>').trim().to_ascii_lowercase());
        if closing.is_some_and(|name| QUIET_TAGS.contains(&name.as_str())) {
            self.quiet = self.quiet.saturating_sub(1);
        }
        let is_quiet =
            |tag: &Tag| QUIET_TAGS.contains(&tag.name.as_str()) && (tag.name != "a" || tag.attribute("href").is_some());
        self.quiet += tags(html).iter().filter(|tag| is_quiet(tag)).count();
    }

    /// Images and raw HTML inside a link are what they are elsewhere; ids there are the link's own words.
    fn within_link(&self, node: Node<'a>) {
        for inner in node.children().collect::<Vec<_>>() {
            let value = inner.data().value.clone();
            match value {
                NodeValue::Image(image) => self.image(inner, &image),
                NodeValue::HtmlInline(html) => {
                    inner.data_mut().value = NodeValue::HtmlInline(self.raw_html(&html, true));
                }
                _ => self.within_link(inner),
            }
        }
    }

    fn raw(&self, html: String) -> Node<'a> {
        self.arena.alloc(NodeValue::Raw(html).into())
    }

    /// Cuts a text at its ids and bare addresses, and puts a link in the place of each.
    fn link_words(&self, node: Node<'a>, text: &str, hits: &[&Found]) {
        let mut places: Vec<(Range<usize>, String)> = addresses(text)
            .into_iter()
            .map(|(range, address)| (range, format!("<a href=\"{}\">", escape(&address))))
            .collect();
        places.extend(hits.iter().filter_map(|hit| {
            let words = text.get(hit.start..hit.end)?;
            Some((hit.start..hit.end, self.opening(&hit.target, None, words)?))
        }));
        places.sort_by_key(|(range, _)| (range.start, Reverse(range.end)));
        let mut at = 0;
        for (range, opening) in places {
            let (Some(before), Some(words)) = (text.get(at..range.start), text.get(range.clone())) else { continue };
            if !before.is_empty() {
                node.insert_before(self.arena.alloc(NodeValue::Text(before.to_owned().into()).into()));
            }
            node.insert_before(self.raw(format!("{opening}{}</a>", escape(words))));
            at = range.end;
        }
        if at == 0 {
            return;
        }
        let rest = text.get(at..).unwrap_or_default().to_owned();
        node.data_mut().value = NodeValue::Text(rest.into());
    }

    /// The opening tag of a link to a target around a text; none where it leads nowhere.
    fn opening(&self, target: &Target, anchor: Option<&str>, text: &str) -> Option<String> {
        match target {
            Target::Item { item, .. } => self.item_tag(item, "id-link", text),
            Target::Superseded { item, .. } => self.item_tag(item, "id-link superseded", text),
            Target::Document(key) => {
                let document = self.book.document(*key);
                let href = self.with_anchor(self.links.document(document), *key, anchor);
                let title = document.title.get(&self.links.language);
                Some(format!("<a class=\"id-link\" href=\"{}\"{}>", escape(&href), tooltip(title, text)))
            }
            Target::Group { catalog, group } => {
                let href = self.links.group(catalog, group, self.book);
                Some(format!("<a class=\"id-link\" href=\"{}\">", escape(&href)))
            }
            Target::Ambiguous(_)
            | Target::Unknown { .. }
            | Target::Backwards { .. }
            | Target::Across { .. }
            | Target::UnknownDocument => None,
        }
    }

    fn item_tag(&self, item: &ItemId, class: &str, text: &str) -> Option<String> {
        let title = self.book.item(item)?.title.get(&self.links.language);
        let href = self.links.item(item, self.book);
        Some(format!("<a class=\"{class}\" href=\"{}\"{}>", escape(&href), tooltip(title, text)))
    }

    /// The address with the anchor that the target's page really has, in whatever style it was written.
    fn with_anchor(&self, href: String, key: crate::book::DocumentKey, anchor: Option<&str>) -> String {
        let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else { return href };
        let (manuscript, _) = self.book.document(key).manuscript(&self.links.language);
        let own = manuscript.body.heading_with(anchor).map_or(anchor, |heading| &heading.id);
        format!("{href}#{}", Links::encode_fragment(own))
    }

    /// Where a destination leads from this page; none where it is to stay words.
    fn href(&self, url: &str) -> Option<String> {
        match resolve(self.book, &self.manuscript.path, url) {
            LinkTarget::Document(key, anchor) => {
                Some(self.with_anchor(self.links.document(self.book.document(key)), key, anchor.as_deref()))
            }
            LinkTarget::Folder(at) => Some(self.links.folder(&self.book.folders[at].path, self.book)),
            LinkTarget::Generated(page) => Some(self.links.below(&page)),
            LinkTarget::Asset(path) => Some(self.links.asset(&path, self.book)),
            LinkTarget::Anchor(anchor) => {
                let own = self.manuscript.body.heading_with(&anchor).map_or(anchor.as_str(), |heading| &heading.id);
                Some(format!("#{}", Links::encode_fragment(own)))
            }
            LinkTarget::External => Some(url.to_owned()),
            LinkTarget::Unsafe
            | LinkTarget::Local
            | LinkTarget::Outside
            | LinkTarget::Broken(_)
            | LinkTarget::Unbuilt(_)
            | LinkTarget::Empty => None,
        }
    }

    /// Raw HTML with the addresses of its links and images leading where Markdown's would.
    fn raw_html(&self, html: &str, in_link: bool) -> String {
        let mut edits: Vec<(Span, String)> = Vec::new();
        for tag in tags(html) {
            let value =
                |name| tag.attribute(name).map(|attribute| (unescape(&attribute.value.value), attribute.value.span));
            if let Some(anchor) = tag.anchor() {
                // An attribute that the page does not know goes when the page is cleaned.
                let stands = self.anchors.borrow_mut().remove(&unescape(&anchor.value.value));
                edits.push((anchor.name.span, if stands { "id" } else { "again" }.to_owned()));
            }
            match (tag.name.as_str(), value("href"), value("src")) {
                // A link has no link inside; its own closing tag ends the outer one.
                ("a", Some(_), _) if in_link => edits.push((tag.span, String::new())),
                ("a", Some((address, span)), _) => {
                    edits.push((span, escape(&self.href(&address).unwrap_or_default())));
                }
                ("img", _, Some((address, span))) => match self.image_source(&address) {
                    Ok(source) => edits.push((span, escape(&source))),
                    Err(target) => {
                        let (words, _) = value("alt").unwrap_or_default();
                        edits.push((tag.span, self.no_image(&target, &address, &words, in_link)));
                    }
                },
                ("input", ..) => edits.push((tag.span, String::new())),
                _ => {}
            }
        }
        replaced(html, edits)
    }

    fn link(&self, node: Node<'a>, link: &NodeLink) {
        let href = self.href(&link.url);
        if let (Some(href), Some(id)) = (&href, self.unsaid_id(&link.url, node)) {
            let title =
                if link.title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(&link.title)) };
            self.wrap(node, format!("<a href=\"{}\" data-id=\"{}\"{title}>", escape(href), escape(&id)), "</a>");
            return;
        }
        if let Some(href) = href {
            node.data_mut().value = NodeValue::Link(Box::new(NodeLink { url: href, title: link.title.clone() }));
            return;
        }
        self.wrap(node, "<span class=\"no-link\">".to_owned(), "</span>");
    }

    /// Puts what is in a node between two tags, in the node's place.
    fn wrap(&self, node: Node<'a>, opening: String, closing: &str) {
        node.insert_before(self.raw(opening));
        while let Some(child) = node.first_child() {
            node.insert_before(child);
        }
        node.insert_before(self.raw(closing.to_owned()));
        node.detach();
    }

    /// The id of the document that a link leads to, where its words do not say it: on paper it stands behind them.
    fn unsaid_id(&self, url: &str, node: Node<'a>) -> Option<String> {
        let LinkTarget::Document(key, _) = resolve(self.book, &self.manuscript.path, url) else { return None };
        let id = self.book.document(key).id.clone()?;
        (!super::html::words_of(node).contains(&id)).then_some(id)
    }

    /// An image of the book is shown.
    fn image(&self, node: Node<'a>, link: &NodeLink) {
        match self.image_source(&link.url) {
            Ok(url) => {
                node.data_mut().value = NodeValue::Image(Box::new(NodeLink { url, title: link.title.clone() }));
            }
            Err(target) => {
                let in_link = node.ancestors().skip(1).any(|around| matches!(around.data().value, NodeValue::Link(_)));
                let words = super::html::words_of(node);
                node.insert_before(self.raw(self.no_image(&target, &link.url, &words, in_link)));
                node.detach();
            }
        }
    }

    /// Where an image of the book is, seen from this page; else what its address leads to.
    fn image_source(&self, url: &str) -> Result<String, LinkTarget> {
        match resolve(self.book, &self.manuscript.path, url) {
            LinkTarget::Asset(path) => Ok(self.links.asset(&path, self.book)),
            other => Err(other),
        }
    }

    /// What stands for an image that is not the book's: one of another host is named with a link, never fetched.
    fn no_image(&self, target: &LinkTarget, url: &str, words: &str, in_link: bool) -> String {
        if *target != LinkTarget::External {
            return format!("<span class=\"no-image\">{}</span>", escape(words));
        }
        let label = crate::words::Words::of(&self.links.language).fill("body.remote-image", &[("address", url)]);
        let text = if words.is_empty() { label } else { format!("{words} ({label})") };
        if in_link {
            escape(&text)
        } else {
            format!("<a class=\"remote\" href=\"{}\">{}</a>", escape(url), escape(&text))
        }
    }

    fn wiki(&self, node: Node<'a>, url: &str) {
        let label = super::html::words_of(node);
        let Some((name, anchor)) = wiki_parts(url) else {
            node.insert_before(self.raw(String::new()));
            node.detach();
            return;
        };
        let target = self.resolver().wiki(name);
        let mut html = String::new();
        let text = if label.is_empty() || label == url { self.full_label(&target, name) } else { label };
        match self.opening(&target, anchor, &text) {
            Some(opening) => write!(html, "{opening}{}</a>", escape(&text)),
            None => write!(html, "<span class=\"no-link\">{}</span>", escape(&text)),
        }
        .expect("writing to memory does not fail");
        node.insert_before(self.raw(html));
        node.detach();
    }

    /// Id and title, where the author gave no label.
    fn full_label(&self, target: &Target, name: &str) -> String {
        let language = &self.links.language;
        match target {
            Target::Item { item, part } => {
                let label = self.book.item_label(item).get(language).to_owned();
                match part {
                    Some(part) => label.replacen(' ', &format!(" {part}) "), 1),
                    None => label,
                }
            }
            Target::Superseded { item, .. } => self.book.item_label(item).get(language).to_owned(),
            Target::Document(key) => self.book.document(*key).label().get(language).to_owned(),
            _ => name.to_owned(),
        }
    }

    fn resolver(&self) -> Resolver<'_> {
        self.book.resolver()
    }
}

/// A text with its edits made; one inside another goes with it.
fn replaced(text: &str, mut edits: Vec<(Span, String)>) -> String {
    edits.sort_by_key(|(span, _)| (span.start, Reverse(span.end)));
    let mut made = String::with_capacity(text.len());
    let mut at = 0;
    for (span, new) in edits {
        let Some(before) = text.get(at..span.start).filter(|_| text.is_char_boundary(span.end)) else { continue };
        made.push_str(before);
        made.push_str(&new);
        at = span.end;
    }
    made.push_str(text.get(at..).unwrap_or_default());
    made
}

/// The title that the pointer shows, where the text does not say it.
fn tooltip(title: &str, text: &str) -> String {
    if text.contains(title) { String::new() } else { format!(" title=\"{}\"", escape(title)) }
}
