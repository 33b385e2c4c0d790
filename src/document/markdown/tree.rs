//! The syntax tree: parsed with the options of this project, and put right where the parser reads Japanese wrongly.

use std::borrow::Cow;
use std::cell::Cell;

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{Node, NodeValue, Sourcepos};
use comrak::{Arena, Options};

use super::html::most_open;
use super::{boxes, dialects, lost};
use crate::text::{LineIndex, Span};

/// The options with which every text is read and written.
pub fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.alerts = true;
    options.extension.wikilinks_title_after_pipe = true;
    options.extension.cjk_friendly_emphasis = true;
    options.extension.block_directive = true;
    options.extension.header_attributes = true;
    options.parse.relaxed_tasklist_matching = true;
    options
}

/// A text and the offsets of its lines, for turning the parser's places into spans of the file.
#[derive(Debug)]
pub struct Source<'a> {
    /// The Markdown, without the front matter.
    pub text: &'a str,
    start: usize,
    lines: LineIndex,
}

impl<'a> Source<'a> {
    /// The Markdown of `file` from `start` on.
    pub fn new(file: &'a str, start: usize) -> Self {
        let text = file.get(start..).unwrap_or_default();
        Self { text, start, lines: LineIndex::new(text) }
    }

    /// The span, within the text, of a node's place; cut to the text.
    pub fn span(&self, place: Sourcepos) -> Span {
        let offset = |line, column: usize| (self.lines.line_start(line) + column).min(self.text.len());
        let start = offset(place.start.line, place.start.column.saturating_sub(1));
        let end = offset(place.end.line, place.end.column);
        Span::new(self.boundary(start), self.boundary(end))
    }

    /// The same span within the file.
    pub fn in_file(&self, span: Span) -> Span {
        span.moved(self.start)
    }

    fn boundary(&self, mut offset: usize) -> usize {
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }
}

/// Parses a text. Where it is nested too deeply, or is such a tangle that the parser gives up, the error is the place.
pub fn parse_tree<'a>(arena: &'a Arena<'a>, source: &Source<'_>) -> Result<Node<'a>, Span> {
    if let Some(line) = source.text.lines().find(|line| quotes(line) > MAX_DEPTH) {
        let start = line.as_ptr() as usize - source.text.as_ptr() as usize;
        return Err(Span::new(start, start + line.len()));
    }
    // The parser asks every 256 steps. A plain text takes a few steps a word, so this is far above any real one
    // and, unlike a clock, the same on every machine.
    let allowed = Cell::new(2_000 + source.text.len() / 8);
    let tired = || {
        allowed.set(allowed.get().saturating_sub(1));
        allowed.get() == 0
    };
    let rewritten = dialects::rewrite(source.text);
    let whole = Span::new(0, source.text.len());
    let text = lost::keep_sentences(Cow::Borrowed(&rewritten.text));
    let parse = |text: &str| comrak::try_parse_document(arena, text, &options(), &tired).map_err(|_| whole);
    let mut root = parse(&text)?;
    let fences = boxes::cutting_fences(root, &text);
    if !fences.is_empty() {
        root = parse(&boxes::with_ends(&text, &fences))?;
        boxes::take_ends(root, &fences);
    }
    if let Some(node) = too_deep(root) {
        return Err(source.span(node.data().sourcepos));
    }
    put_right(root, source);
    undo_single_tildes(arena, root, source);
    lost::restore(root);
    lost::words_in_brackets(root);
    join_texts(root);
    dialects::bracket_links(arena, root, source);
    join_texts(root);
    lost::keep_cells(arena, root, source);
    dialects::alerts(arena, root, &rewritten);
    dialects::grid_tables(root, source);
    dialects::close_up(root);
    dialects::heading_ids(root);
    Ok(root)
}

/// The levels that a text may nest: lists, quotes, boxes, emphasis, links, whatever stands in another. What walks the tree
/// calls itself once a level, so that no stack of a thread ends before this does.
pub const MAX_DEPTH: usize = 100;

/// The tags of raw HTML that may stand open at once. They stand on no stack, but each costs a browser's parser time.
const MAX_OPEN_TAGS: usize = 1_000;

fn quotes(line: &str) -> usize {
    line.bytes().take_while(|byte| matches!(byte, b'>' | b' ')).filter(|byte| *byte == b'>').count()
}

/// The first node that is deeper than the limit, or whose raw HTML leaves too many tags open.
fn too_deep(root: Node<'_>) -> Option<Node<'_>> {
    let (mut depth, mut open) = (0, 0);
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => {
                depth += 1;
                let most = match &node.data().value {
                    NodeValue::HtmlBlock(html) => most_open(&html.literal, &mut open),
                    NodeValue::HtmlInline(html) => most_open(html, &mut open),
                    _ => open,
                };
                if depth > MAX_DEPTH || most > MAX_OPEN_TAGS {
                    return Some(node);
                }
            }
            NodeEdge::End(_) => depth -= 1,
        }
    }
    None
}

/// Puts the places right of what stands behind `\|` in a cell: the parser counts the two letters as one.
fn put_right(root: Node<'_>, source: &Source<'_>) {
    let is_cell = |node: &Node<'_>| matches!(node.data().value, NodeValue::TableCell);
    for cell in root.descendants().filter(is_cell) {
        let place = cell.data().sourcepos;
        let written = source.span(place).of(source.text);
        if !written.contains("\\|") {
            continue;
        }
        let letters = unescaped(written);
        let right = |column: usize, last: bool| {
            let at = column.checked_sub(place.start.column);
            let letter = at.and_then(|at| letters.get(at));
            letter.map_or(column, |(first, end)| place.start.column + if last { *end } else { *first })
        };
        for inner in cell.descendants().skip(1) {
            let place = &mut inner.data_mut().sourcepos;
            place.start.column = right(place.start.column, false);
            place.end.column = right(place.end.column, true);
        }
    }
}

/// The first and the last byte of what the parser takes for each byte of a cell.
fn unescaped(written: &str) -> Vec<(usize, usize)> {
    let mut letters = Vec::with_capacity(written.len());
    let bytes = written.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'\\', Some(b'|')) => letters.push((at, at + 1)),
            (b'\\', Some(_)) => letters.extend([(at, at), (at + 1, at + 1)]),
            _ => {
                letters.push((at, at));
                at += 1;
                continue;
            }
        }
        at += 2;
    }
    letters
}

/// A single tilde is a range in Japanese (`A.5.24~A.5.28`), not struck-out text: only the double one strikes.
fn undo_single_tildes<'a>(arena: &'a Arena<'a>, root: Node<'a>, source: &Source<'_>) {
    let struck: Vec<Node<'a>> =
        root.descendants().filter(|node| matches!(node.data().value, NodeValue::Strikethrough)).collect();
    for node in struck {
        let place = node.data().sourcepos;
        let written = source.span(place).of(source.text);
        if written.starts_with("~~") || !written.starts_with('~') {
            continue;
        }
        let tilde = |at: usize| {
            let mut place = place;
            if at == 0 {
                place.end = place.start;
            } else {
                place.start = place.end;
            }
            let text = arena.alloc(NodeValue::Text("~".into()).into());
            text.data_mut().sourcepos = place;
            text
        };
        node.insert_before(tilde(0));
        while let Some(child) = node.first_child() {
            node.insert_before(child);
        }
        node.insert_before(tilde(1));
        node.detach();
    }
}

/// Joins neighbouring texts, so that an id is never cut in two.
fn join_texts(root: Node<'_>) {
    let nodes: Vec<Node<'_>> = root.descendants().collect();
    for node in nodes {
        if node.parent().is_none() || !is_text(node) {
            continue;
        }
        while let Some(next) = node.next_sibling().filter(|next| is_text(next)) {
            let (text, end) = match &next.data().value {
                NodeValue::Text(text) => (text.to_string(), next.data().sourcepos.end),
                _ => break,
            };
            let mut data = node.data_mut();
            if let NodeValue::Text(own) = &mut data.value {
                own.to_mut().push_str(&text);
            }
            data.sourcepos.end = end;
            drop(data);
            next.detach();
        }
    }
}

fn is_text(node: Node<'_>) -> bool {
    matches!(node.data().value, NodeValue::Text(_))
}
