//! Walking the tree once for the facts of a text.

use comrak::Arena;
use comrak::nodes::{Node, NodeValue};

use super::html::unescape;
use super::slug::give;
use super::tree::{Source, parse_tree};
use super::{Body, Heading, Link, LinkKind, Lost, Run, lost};
use crate::text::Span;

/// Collects the facts of the Markdown of `file` from `start` on.
pub(super) fn collect(file: &str, start: usize) -> Body {
    let source = Source::new(file, start);
    let arena = Arena::new();
    let mut body = Body { start, ..Body::default() };
    let root = match parse_tree(&arena, &source) {
        Ok(root) => root,
        Err(place) => {
            let line = place.of(source.text).lines().next().unwrap_or_default().len();
            body.tangled = Some(source.in_file(Span::new(place.start, place.start + line)));
            body.has_text = true;
            return body;
        }
    };
    let mut walk = Walk { source: &source, body: &mut body, explicit: Vec::new(), anchors: Vec::new(), searched_to: 0 };
    walk.body.sections.push((None, String::new()));
    for block in root.children() {
        walk.block(block);
    }
    let (explicit, anchors) = (walk.explicit, walk.anchors);
    body.lost = lost_in_file(&source, root);
    body.anchors = give(&mut body.headings, &explicit, anchors);
    body.title_heading = first_block_is_title(root);
    body.title = body.headings.first().map(|heading| heading.text.clone()).or_else(|| bold_line(root));
    body.has_text = has_text(root, body.title_heading);
    body
}

/// What was lost, placed in the file.
fn lost_in_file(source: &Source<'_>, root: Node<'_>) -> Lost {
    let in_file = |spans: Vec<Span>| spans.into_iter().map(|span| source.in_file(span)).collect();
    let lost = lost::find(root, source);
    Lost {
        swallowed: in_file(lost.swallowed),
        surplus: in_file(lost.surplus),
        sentences: in_file(lost.sentences),
        uncited: in_file(lost.uncited),
        unused: in_file(lost.unused),
        unmatched: in_file(lost.unmatched),
    }
}

struct Walk<'s, 'b> {
    source: &'s Source<'s>,
    body: &'b mut Body,
    /// The anchor that the author wrote for each heading.
    explicit: Vec<Option<String>>,
    /// The anchors of raw HTML.
    anchors: Vec<String>,
    /// Where the search for the next wiki link or destination begins, so that equal ones are told apart.
    searched_to: usize,
}

impl Walk<'_, '_> {
    fn block(&mut self, node: Node<'_>) {
        let place = node.data().sourcepos;
        match &node.data().value {
            NodeValue::Heading(heading) => {
                let text = words(node);
                self.explicit.push(node.data().attrs.as_ref().and_then(|attributes| attributes.id.clone()));
                let span = self.source.in_file(self.source.span(place));
                self.body.headings.push(Heading { level: heading.level, text, span, ..Heading::default() });
                self.body.sections.push((Some(self.body.headings.len() - 1), String::new()));
                self.inlines(node);
                // The heading's own words are not among those below it.
                if let Some((_, section)) = self.body.sections.last_mut() {
                    section.clear();
                }
                return;
            }
            NodeValue::CodeBlock(code) => {
                let span = self.source.span(place);
                if code.fenced && !code.closed {
                    let line = span.of(self.source.text).lines().next().unwrap_or_default().len();
                    self.body.unclosed_fences.push(self.source.in_file(Span::new(span.start, span.start + line)));
                }
                self.say(&code.literal);
                self.say("\n");
                return;
            }
            NodeValue::HtmlBlock(html) => {
                let span = self.source.span(place);
                self.html(&html.literal, span);
                return;
            }
            NodeValue::Paragraph | NodeValue::TableCell => {
                self.inlines(node);
                self.say("\n");
                return;
            }
            NodeValue::Alert(alert) => {
                if let Some(title) = &alert.title {
                    self.say(title);
                    self.say("\n");
                }
            }
            NodeValue::BlockDirective(directive) => {
                let (name, title) = super::box_title(directive.info.trim());
                let known = super::english_kind(&name.to_ascii_lowercase()).is_some();
                self.say(if known { title } else { directive.info.trim() });
                self.say("\n");
            }
            _ => {}
        }
        for child in node.children() {
            self.block(child);
        }
    }

    fn inlines(&mut self, node: Node<'_>) {
        for child in node.children() {
            self.inline(child);
        }
    }

    fn inline(&mut self, node: Node<'_>) {
        let span = self.source.span(node.data().sourcepos);
        match &node.data().value {
            NodeValue::Text(text) => {
                self.run(text, span);
                self.say(text);
                return;
            }
            NodeValue::Code(code) => self.say(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => self.say(" "),
            NodeValue::HtmlInline(html) => self.html(html, span),
            NodeValue::Link(link) => {
                self.link(LinkKind::Link, &link.url, node, span);
                self.say(&words(node));
                self.within_link(node);
                return;
            }
            NodeValue::Image(link) => {
                self.link(LinkKind::Image, &link.url, node, span);
                self.say(&words(node));
                return;
            }
            NodeValue::WikiLink(link) => {
                self.link(LinkKind::Wiki, &link.url, node, span);
                self.say(&words(node));
                return;
            }
            _ => {}
        }
        self.inlines(node);
    }

    /// Images and raw HTML inside a link are what they are elsewhere.
    fn within_link(&mut self, node: Node<'_>) {
        for inner in node.children() {
            let span = self.source.span(inner.data().sourcepos);
            match &inner.data().value {
                NodeValue::Image(link) => self.link(LinkKind::Image, &link.url, inner, span),
                NodeValue::HtmlInline(html) => self.html(html, span),
                _ => self.within_link(inner),
            }
        }
    }

    fn say(&mut self, text: &str) {
        if let Some((_, section)) = self.body.sections.last_mut() {
            section.push_str(text);
        }
    }

    fn html(&mut self, literal: &str, span: Span) {
        self.say(&super::html::words(literal));
        let tags = super::html::tags(literal);
        let anchors = tags.iter().filter_map(|tag| tag.anchor().map(|anchor| unescape(&anchor.value.value)));
        self.anchors.extend(anchors.filter(|anchor| !anchor.is_empty()));
        self.body.html.push((literal.to_owned(), self.source.in_file(span)));
    }

    fn heading(&self) -> Option<usize> {
        self.body.headings.len().checked_sub(1)
    }

    fn link(&mut self, kind: LinkKind, destination: &str, node: Node<'_>, span: Span) {
        let written = span.of(self.source.text);
        let within = match kind {
            LinkKind::Wiki => wiki_target(written),
            LinkKind::Link | LinkKind::Image => destination_in(written, destination),
        };
        let span = within.map_or(span, |within| within.moved(span.start));
        let link = Link {
            kind,
            destination: destination.to_owned(),
            text: words(node),
            span: self.source.in_file(span),
            heading: self.heading(),
        };
        self.body.links.push(link);
    }

    /// Notes a text with where each stretch of it stands: entities and escapes make it differ from the source.
    fn run(&mut self, text: &str, span: Span) {
        let source = span.of(self.source.text);
        let mut map = Vec::new();
        if source == text {
            map.push((0, self.source.in_file(span).start));
        } else {
            let whole = if source.is_empty() { Span::new(self.searched_to, self.source.text.len()) } else { span };
            align(text, whole.of(self.source.text), |from, to| map.push((from, self.source.in_file(whole).start + to)));
        }
        self.searched_to = span.end;
        self.body.runs.push(Run { text: text.to_owned(), map, heading: self.heading() });
    }
}

/// Where the words of `text` stand in `source`, word by word.
fn align(text: &str, source: &str, mut note: impl FnMut(usize, usize)) {
    let mut from = 0;
    let mut to = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim();
        if let Some(found) = source.get(to..).and_then(|rest| rest.find(bare)) {
            to += found;
            note(from + (word.len() - word.trim_start().len()), to);
            to += bare.len();
        } else if from == 0 {
            note(0, 0);
        }
        from += word.len();
    }
}

/// The words of a node without markup.
pub(super) fn words(node: Node<'_>) -> String {
    let mut text = String::new();
    for inner in node.descendants().skip(1) {
        match &inner.data().value {
            NodeValue::Text(part) => text.push_str(part),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    text.trim().to_owned()
}

/// The id inside `[[ID#heading|label]]`.
fn wiki_target(written: &str) -> Option<Span> {
    let start = written.find("[[")? + 2;
    let rest = &written[start..];
    let end = rest.find("]]")?;
    let inner = &rest[..end];
    let length = inner.find(['|', '\\']).unwrap_or(inner.len());
    let target = &inner[..length];
    let lead = target.len() - target.trim_start().len();
    Some(Span::new(start + lead, start + lead + target.trim().len()))
}

/// The destination inside `[text](destination "title")`. Escapes and entities make it differ from what is written.
fn destination_in(written: &str, destination: &str) -> Option<Span> {
    if destination.is_empty() {
        return None;
    }
    let Some(from) = written.rfind("](").map(|at| at + 2) else {
        return written.find(destination).map(|at| Span::new(at, at + destination.len()));
    };
    let lead = written[from..].len() - written[from..].trim_start().len();
    let pointed = written[from + lead..].starts_with('<');
    let start = from + lead + usize::from(pointed);
    let rest = &written[start..];
    let length = if rest.starts_with(destination) {
        destination.len()
    } else if pointed {
        rest.find('>').unwrap_or(rest.len())
    } else {
        rest.find([')', ' ', '\n']).unwrap_or(rest.len())
    };
    Some(Span::new(start, start + length))
}

fn first_block_is_title(root: Node<'_>) -> bool {
    let first = root.children().find(|block| !is_comment(block));
    first.is_some_and(|block| matches!(&block.data().value, NodeValue::Heading(heading) if heading.level == 1))
}

fn is_comment(block: Node<'_>) -> bool {
    matches!(&block.data().value, NodeValue::HtmlBlock(html) if html.literal.trim_start().starts_with("<!--"))
}

/// The words of the first paragraph, where it is one bold line.
fn bold_line(root: Node<'_>) -> Option<String> {
    let first = root.children().find(|block| !is_comment(block))?;
    if !matches!(first.data().value, NodeValue::Paragraph) {
        return None;
    }
    let strong = first.first_child()?;
    let alone = strong
        .next_sibling()
        .is_none_or(|next| matches!(next.data().value, NodeValue::SoftBreak | NodeValue::LineBreak));
    (alone && matches!(strong.data().value, NodeValue::Strong)).then(|| words(strong))
}

fn has_text(root: Node<'_>, title_heading: bool) -> bool {
    let blocks = root.children().filter(|block| !is_comment(block));
    blocks.skip(usize::from(title_heading)).any(|block| !matches!(block.data().value, NodeValue::ThematicBreak))
}
