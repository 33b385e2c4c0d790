//! What the parser would take away in silence: sentences that look like link definitions, cells beyond the head of their
//! table, words in angle brackets, footnotes that nothing cites, and what stands behind something that is never closed. Where
//! it can be, the text is kept; the places are noted either way.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

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
    /// Definitions of links that nothing uses.
    pub unused: Vec<Span>,
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
    for Labelled { start, label, rest, below } in labelled(text) {
        let below = below.lines().next().unwrap_or_default();
        let destination = rest.split_whitespace().chain(below[lead(below)..].split_whitespace()).next();
        if destination.is_some_and(|destination| is_sentence(text, label, destination)) {
            found.push(Span::new(start, start + label.len() + "[]:".len()));
        }
    }
    found
}

/// `[label]` of each definition of a link that nothing uses, or that another one came before. `[//]: # (words)` is how people
/// write a comment.
fn unused(text: &str) -> Vec<Span> {
    let definitions: Vec<Labelled<'_>> = labelled(text).collect();
    if definitions.is_empty() {
        return Vec::new();
    }
    let folded = |label: &str| label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for (at, _) in text.match_indices('[') {
        if let Some((label, _)) = text[at + 1..].split_once([']', '[']) {
            *named.entry(folded(label)).or_default() += 1;
        }
    }
    let mut defined: BTreeMap<String, usize> = BTreeMap::new();
    for definition in &definitions {
        *defined.entry(folded(definition.label)).or_default() += 1;
    }
    let mut seen = BTreeSet::new();
    let is_comment = |rest: &str| rest.trim_start().starts_with(['#', '<']) && rest.contains(['"', '\'', '(']);
    let idle = definitions.iter().filter(|Labelled { label, rest, .. }| {
        let label = folded(label);
        let used = named.get(&label) > defined.get(&label);
        (!seen.insert(label) || !used) && !is_comment(rest)
    });
    idle.map(|Labelled { start, label, .. }| Span::new(*start, start + label.len() + "[]".len())).collect()
}

/// A line that begins like the definition of a link.
struct Labelled<'a> {
    /// Where its bracket stands.
    start: usize,
    label: &'a str,
    /// What stands behind the colon.
    rest: &'a str,
    /// The text below the line.
    below: &'a str,
}

fn labelled(text: &str) -> impl Iterator<Item = Labelled<'_>> {
    let mut at = 0;
    let lines = if text.contains("]:") { text } else { "" }.split_inclusive('\n');
    lines.filter_map(move |line| {
        let start = at + lead(line);
        at += line.len();
        let label = text[start..at].strip_prefix('[').filter(|rest| !rest.starts_with('^'))?;
        let (label, rest) = label.split_once("]:").filter(|(label, _)| !label.contains(['[', ']']))?;
        (!label.trim().is_empty()).then(|| Labelled { start, label, rest, below: &text[at..] })
    })
}

/// How much of a line stands in front of its text: blanks and the marks of quotes and lists.
fn lead(line: &str) -> usize {
    let mut rest = line;
    loop {
        let bare = rest.trim_start_matches([' ', '\t']);
        let number = bare.trim_start_matches(|c: char| c.is_ascii_digit());
        let marks: &[char] = if number.len() < bare.len() { &['.', ')'] } else { &['-', '*', '+'] };
        let item = number.strip_prefix(marks).filter(|rest| rest.starts_with([' ', '\t']));
        match bare.strip_prefix('>').or(item) {
            Some(inner) => rest = inner,
            None => return line.len() - bare.len(),
        }
    }
}

/// Whether a definition may stand at a place: it never parts the lines of a paragraph.
fn may_define(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let above = text[..start].lines().next_back().unwrap_or_default();
    let (own, before) = (&text[start..at], &above[..lead(above)]);
    let begins = own.contains(['-', '*', '+', '.', ')']) || own.matches('>').count() > before.matches('>').count();
    let above = &above[before.len()..];
    let quiet = above.trim().is_empty() || above.starts_with(['#', ':', '!', '?']) || above.starts_with("[!");
    begins || quiet || above.starts_with('[') && above.contains("]:")
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
            NodeValue::FootnoteDefinition(_) => drop(footnotes.insert(span.start)),
            NodeValue::Text(text) if text.contains("[^") => marks(span, source, &mut lost.unmatched),
            _ => {}
        }
    }
    let shown = |span: &Span| !literal.iter().any(|literal| literal.start <= span.start && span.end <= literal.end);
    let would_define = |span: &Span| may_define(source.text, span.start);
    lost.sentences = sentences(source.text).into_iter().filter(shown).filter(would_define).collect();
    lost.surplus = surplus(root, source).into_iter().map(|(_, span)| span).collect();
    let idle = |span: &Span| !footnotes.contains(&span.start) && shown(span);
    lost.uncited = definitions(source.text).into_iter().filter(idle).collect();
    let sentence = |span: &Span| lost.sentences.iter().any(|sentence| sentence.start == span.start);
    lost.unused =
        unused(source.text).into_iter().filter(|span| shown(span) && would_define(span) && !sentence(span)).collect();
    lost
}

/// `[^name]` of each line that begins a footnote.
fn definitions(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + lead(line);
        at += line.len();
        let name = text[start..at].strip_prefix("[^").and_then(|rest| rest.split_once("]:"));
        if let Some((name, _)) = name.filter(|(name, _)| !name.is_empty() && !name.contains([']', ' '])) {
            found.push(Span::new(start, start + name.len() + "[^]".len()));
        }
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
            "> [備考]: 文",
            "1. - [備考]: 文",
            "    [備考]: 文",
            "> [!メモ]\n> [備考]: 文",
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
        ] {
            assert_eq!(labels(definition), Vec::<String>::new(), "{definition}");
        }
    }

    #[test]
    fn a_definition_parts_no_paragraph() {
        for text in ["[備考]", "> [備考]", "# 題\n[備考]", "文\n- [備考]", "文\n> [備考]", "> [!NOTE]\n> [備考]"]
        {
            assert!(may_define(text, text.find("[備").expect("a label")), "{text}");
        }
        for text in ["文\n[備考]", "> 文\n> [備考]", "- 文\n  [備考]"] {
            assert!(!may_define(text, text.find('[').expect("a label")), "{text}");
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
