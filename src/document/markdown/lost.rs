//! What the parser would take away in silence: sentences that look like link definitions, cells beyond the head of their
//! table, words in angle brackets, footnotes that nothing cites, and what stands behind something that is never closed. Where
//! it can be, the text is kept; the places are noted either way.

use std::borrow::Cow;
use std::collections::BTreeSet;

use comrak::Arena;
use comrak::nodes::{Node, NodeValue};

use super::html;
use super::tree::Source;
use crate::text::Span;

/// The places of what was lost, or would have been.
#[derive(Debug, Clone, Default)]
pub struct Lost {
    /// What is never closed and hides what follows.
    pub swallowed: Vec<Span>,
    /// Cells beyond the head of their table.
    pub surplus: Vec<Span>,
    /// Sentences behind `[label]:`.
    pub sentences: Vec<Span>,
    /// Footnotes that nothing cites.
    pub uncited: Vec<Span>,
    /// Marks without a footnote.
    pub unmatched: Vec<Span>,
}

/// Stands for the colon that would make a definition of a sentence. No text holds it, and it is one byte as well.
const COLON: &str = "\u{1}";

/// The text, with the colons of sentences that look like link definitions replaced.
pub(super) fn keep_sentences(text: Cow<'_, str>) -> Cow<'_, str> {
    let found = sentences(&text);
    if found.is_empty() || text.contains(COLON) {
        return text;
    }
    let mut kept = text.into_owned();
    for span in found {
        kept.replace_range(span.end - 1..span.end, COLON);
    }
    Cow::Owned(kept)
}

/// Puts the colons back.
pub(super) fn restore(root: Node<'_>) {
    for node in root.descendants() {
        match &mut node.data_mut().value {
            NodeValue::Text(text) if text.contains(COLON) => *text = text.replace(COLON, ":").into(),
            NodeValue::Code(code) => put_back(&mut code.literal),
            NodeValue::CodeBlock(code) => put_back(&mut code.literal),
            NodeValue::HtmlBlock(html) => put_back(&mut html.literal),
            NodeValue::HtmlInline(html) => put_back(html),
            _ => {}
        }
    }
}

fn put_back(text: &mut String) {
    if text.contains(COLON) {
        *text = text.replace(COLON, ":");
    }
}

/// `[label]:` of each line that defines nothing: its destination is neither a path nor an address.
fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    if !text.contains("]:") {
        return found;
    }
    let (mut at, mut may_define) = (0, true);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim_start_matches(' ');
        let indent = line.len() - bare.len();
        let label = bare.strip_prefix('[').filter(|rest| indent < 4 && !rest.starts_with('^'));
        let defined = label.and_then(|rest| rest.split_once("]:")).filter(|(label, _)| !label.contains(['[', ']']));
        if let Some((label, rest)) = defined.filter(|_| may_define) {
            let below = text.get(at..).and_then(|below| below.lines().next()).unwrap_or_default();
            let destination = rest.split_whitespace().chain(below.split_whitespace()).next().unwrap_or_default();
            if !label.trim().is_empty() && !destination.is_empty() && is_sentence(text, label, destination) {
                found.push(Span::new(start + indent, start + indent + label.len() + "[]:".len()));
            }
        }
        may_define = line.trim().is_empty() || bare.starts_with('#') || defined.is_some();
    }
    found
}

/// Whether a destination is a word of a sentence. A plain word may be a path where something uses the definition.
fn is_sentence(text: &str, label: &str, destination: &str) -> bool {
    let ending =
        |at: usize| destination[at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '/'));
    let address = destination.contains(['/', '#', ':', '@', '\\', '?', '<', '%'])
        || destination.match_indices('.').any(|(at, _)| ending(at));
    let used = destination.is_ascii() && text.matches(&format!("[{label}]")).count() > 1;
    !address && !used
}

/// Makes text of what only looks like a tag: `a<b and c>d` has attributes that no tag has.
pub(super) fn words_in_brackets(root: Node<'_>) {
    const ALONE: [&str; 12] = [
        "open",
        "hidden",
        "checked",
        "disabled",
        "reversed",
        "nowrap",
        "compact",
        "controls",
        "itemscope",
        "download",
        "inert",
        "noshade",
    ];
    for node in root.descendants() {
        let mut data = node.data_mut();
        let NodeValue::HtmlInline(literal) = &data.value else { continue };
        let attributes = html::tags(literal).into_iter().flat_map(|tag| tag.attributes);
        let mut bare = attributes.filter(|attribute| attribute.value.span.start == attribute.value.span.end);
        let has_value = |name: &str| literal.contains(&format!("{name}="));
        if bare.any(|attribute| !ALONE.contains(&attribute.name.value.as_str()) && !has_value(&attribute.name.value)) {
            let text = literal.clone();
            data.value = NodeValue::Text(text.into());
        }
    }
}

/// Appends the cells beyond the head of a table to the last cell of their row.
pub(super) fn keep_cells<'a>(arena: &'a Arena<'a>, root: Node<'a>, source: &Source<'_>) {
    for (row, span) in surplus(root, source) {
        let Some(last) = row.last_child() else { continue };
        let text = arena.alloc(NodeValue::Text(format!(" | {}", span.of(source.text)).into()).into());
        let line = row.data().sourcepos.start;
        let first = source.span(row.data().sourcepos).start;
        let mut place = row.data().sourcepos;
        place.start.column = line.column + (span.start - first);
        place.end.line = line.line;
        place.end.column = line.column + (span.end - first) - 1;
        text.data_mut().sourcepos = place;
        last.append(text);
    }
}

/// The rows with more cells than the head of their table, and where the cells beyond it stand.
fn surplus<'a>(root: Node<'a>, source: &Source<'_>) -> Vec<(Node<'a>, Span)> {
    let mut found = Vec::new();
    for table in root.descendants() {
        let NodeValue::Table(shape) = &table.data().value else { continue };
        for row in table.children().skip(1) {
            let start = source.span(row.data().sourcepos).start;
            let line = source.text[start..].lines().next().unwrap_or_default();
            let cells = cells(line);
            if let Some(first) = cells.get(shape.num_columns) {
                let rest = line[first.start..].trim_end();
                let rest = rest.strip_suffix('|').unwrap_or(rest).trim_end();
                if !rest.is_empty() {
                    found.push((row, Span::new(start + first.start, start + first.start + rest.len())));
                }
            }
        }
    }
    found
}

/// The cells of a row, as the parser counts them: a pipe parts them also in code, unless a backslash stands before it.
fn cells(line: &str) -> Vec<Span> {
    let end = line.trim_end().len();
    let mut start = line.len() - line.trim_start().len();
    start += usize::from(line[start..].starts_with('|'));
    let mut cells = Vec::new();
    let mut escaped = false;
    let first = start;
    for (at, c) in line[..end].char_indices().skip_while(|(at, _)| *at < first) {
        if c == '|' && !escaped {
            cells.push(trimmed(line, start, at));
            start = at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    if start < end {
        cells.push(trimmed(line, start, end));
    }
    cells
}

fn trimmed(line: &str, start: usize, end: usize) -> Span {
    let cell = &line[start..end];
    let lead = cell.len() - cell.trim_start().len();
    Span::new(start + lead, (start + cell.trim_end().len()).max(start + lead))
}

/// The places, within the text, of what was lost or would have been. `root` is the tree that is written.
pub(super) fn find(root: Node<'_>, source: &Source<'_>) -> Lost {
    let mut lost = Lost::default();
    let mut literal: Vec<Span> = Vec::new();
    let mut footnotes = BTreeSet::new();
    for node in root.descendants() {
        let data = node.data();
        let span = source.span(data.sourcepos);
        match &data.value {
            NodeValue::CodeBlock(_) => literal.push(span),
            NodeValue::HtmlBlock(html) => {
                literal.push(span);
                if html::is_unclosed(&html.literal) {
                    let first = span.of(source.text).lines().next().unwrap_or_default();
                    lost.swallowed.push(Span::new(span.start, span.start + first.trim_end().len()));
                }
            }
            NodeValue::FootnoteDefinition(footnote) => drop(footnotes.insert(footnote.name.clone())),
            NodeValue::Text(text) if text.contains("[^") => marks(span, source, &mut lost.unmatched),
            _ => {}
        }
    }
    let shown = |span: &Span| !literal.iter().any(|literal| literal.start <= span.start && span.end <= literal.end);
    lost.sentences = sentences(source.text).into_iter().filter(shown).collect();
    lost.surplus = surplus(root, source).into_iter().map(|(_, span)| span).collect();
    let defined = definitions(source.text).into_iter().filter(|(name, span)| !footnotes.contains(*name) && shown(span));
    lost.uncited = defined.map(|(_, span)| span).collect();
    lost
}

/// `[^name]:` at the beginning of a line.
fn definitions(text: &str) -> Vec<(&str, Span)> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let name = line[indent..].strip_prefix("[^").filter(|_| indent < 4).and_then(|rest| rest.split_once("]:"));
        if let Some((name, _)) = name.filter(|(name, _)| !name.is_empty() && !name.contains([']', ' '])) {
            found.push((name, Span::new(at + indent, at + indent + name.len() + "[^]".len())));
        }
        at += line.len();
    }
    found
}

/// The marks of footnotes in a stretch of plain text, which are there because no footnote is.
fn marks(span: Span, source: &Source<'_>, unmatched: &mut Vec<Span>) {
    let written = span.of(source.text);
    for (at, _) in written.match_indices("[^") {
        let escaped = at > 0 && written.as_bytes()[at - 1] == b'\\';
        let Some(length) = written[at..].find(']').filter(|length| *length > 2 && !escaped) else { continue };
        if !written[at..at + length].contains(char::is_whitespace) {
            unmatched.push(Span::new(span.start + at, span.start + at + length + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_defines_no_link() {
        let labels = |text: &str| sentences(text).iter().map(|span| span.of(text).to_owned()).collect::<Vec<_>>();
        for sentence in [
            "[備考]: 廃止した規程は保管する。",
            "[例外]: 「写しは除く」",
            "[注1]:\n法務部の承認を要する。",
            "[note]: important",
        ] {
            assert_eq!(labels(sentence).len(), 1, "{sentence}");
        }
        for definition in [
            "[r]: https://example.com/",
            "[図]: 図.png \"題\"",
            "[r]: ../方針/",
            "[r]: #節",
            "[//]: # (a comment)",
            "[r]: <a b>",
            "[p]: policies\n\nSee [p].",
            "[^1]: 脚注の文",
            "text\n[備考]: 文",
            "    [備考]: 文",
        ] {
            assert_eq!(labels(definition), Vec::<String>::new(), "{definition}");
        }
    }

    #[test]
    fn cells_are_parted_as_the_parser_does() {
        let of = |line: &str| cells(line).iter().map(|span| span.of(line).to_owned()).collect::<Vec<_>>();
        assert_eq!(of("| a | b | c |"), ["a", "b", "c"]);
        assert_eq!(of("a|b"), ["a", "b"]);
        assert_eq!(of("| `x|y` | \\| z |"), ["`x", "y`", "\\| z"]);
        assert_eq!(of("|"), Vec::<String>::new());
        assert_eq!(of(""), Vec::<String>::new());
    }
}
