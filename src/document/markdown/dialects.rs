//! What other engines add to Markdown, done once on the tree, so that the facts of a text and its page agree: alerts
//! with Japanese titles, the boxes of MkDocs, grid tables, and lines of Japanese that are closed up.

use std::borrow::Cow;
use std::collections::BTreeSet;

use comrak::Arena;
use comrak::nodes::{AlertType, Attributes, Node, NodeAlert, NodeCodeBlock, NodeLink, NodeValue};

use super::tree::Source;

/// A text in which the boxes of MkDocs are written as quotes, with the lines (from 1) that were rewritten. Every byte
/// keeps its place: four blanks in front make room for the mark of a quote.
pub(super) struct Rewritten<'a> {
    pub(super) text: Cow<'a, str>,
    lines: BTreeSet<usize>,
}

/// Writes `!!! note "Title"` and the indented lines below it as a quote.
pub(super) fn rewrite(text: &str) -> Rewritten<'_> {
    let mut rewritten = Rewritten { text: Cow::Borrowed(text), lines: BTreeSet::new() };
    if !text.contains("!!! ") && !text.contains("??? ") && !text.contains("???+ ") {
        return rewritten;
    }
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut out = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let end = at + 1 + box_length(&lines[at + 1..]);
        let opening = if fence.is_none() { opening(line) } else { None };
        let Some(opening) = opening.filter(|_| can_be_quoted(&lines[at + 1..end])) else {
            fence = fence_after(fence, line);
            out.push_str(line);
            at += 1;
            continue;
        };
        out.push_str(&opening);
        rewritten.lines.insert(at + 1);
        for (below, line) in lines[at + 1..end].iter().enumerate() {
            if line.trim().is_empty() {
                out.push_str(line);
                continue;
            }
            let rest = line.strip_prefix("    ").map(|rest| (">   ", rest));
            let (mark, rest) = rest.or_else(|| Some((">", line.strip_prefix('\t')?))).unwrap_or(("", line));
            out.push_str(mark);
            out.push_str(rest);
            rewritten.lines.insert(at + 2 + below);
        }
        at = end;
    }
    rewritten.text = Cow::Owned(out);
    rewritten
}

/// How many lines belong to the box above them: indented ones, and blank ones between those.
fn box_length(lines: &[&str]) -> usize {
    let mut length = 0;
    for (at, line) in lines.iter().enumerate() {
        if line.starts_with("    ") || line.starts_with('\t') {
            length = if line.trim().is_empty() { length } else { at + 1 };
        } else if !line.trim().is_empty() {
            break;
        }
    }
    length
}

/// A fence with a blank line inside cannot be quoted in its place: a blank line has no room for the mark.
fn can_be_quoted(lines: &[&str]) -> bool {
    let blank = lines.iter().any(|line| line.trim().is_empty());
    !blank || !lines.iter().any(|line| line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~"))
}

/// `!!! note "Title"` as `>[!note] "Title"`, in as many bytes; none where the line opens no box.
fn opening(line: &str) -> Option<String> {
    let (mark, rest) = ["!!! ", "??? ", "???+ "].iter().find_map(|mark| Some((*mark, line.strip_prefix(mark)?)))?;
    let length = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '-').unwrap_or(rest.len());
    let (kind, rest) = rest.split_at(length);
    let title = rest.trim();
    let quoted = title.len() > 1 && title.starts_with('"') && title.ends_with('"');
    if kind.is_empty() || !(title.is_empty() || quoted || rest.starts_with(' ')) {
        return None;
    }
    let start = if mark.len() == 5 { "> [!" } else { ">[!" };
    Some(format!("{start}{kind}]{rest}"))
}

fn fence_after<'a>(fence: Option<&'a str>, line: &'a str) -> Option<&'a str> {
    let bare = line.trim_start();
    let first = bare.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let mark = &bare[..bare.len() - bare.trim_start_matches(first).len()];
    match fence {
        None if mark.len() >= 3 => Some(mark),
        Some(open) if mark.starts_with(open) && bare.trim_end() == mark => None,
        fence => fence,
    }
}

/// Makes alerts of the quotes that begin with `[!KIND]`, and puts the parts of a box of MkDocs together.
pub(super) fn alerts<'a>(arena: &'a Arena<'a>, root: Node<'a>, rewritten: &Rewritten<'_>) {
    let quotes: Vec<Node<'a>> = root.descendants().filter(|node| is_quote(node)).collect();
    for quote in quotes {
        let line = quote.data().sourcepos.start.line;
        if let Some(alert) = take_alert(arena, quote, rewritten.lines.contains(&line)) {
            quote.data_mut().value = NodeValue::Alert(Box::new(alert));
            gather(quote, rewritten);
        }
    }
}

/// Blank lines part the quotes of one box: what follows, and was rewritten without a title of its own, belongs to it.
fn gather(alert: Node<'_>, rewritten: &Rewritten<'_>) {
    if !rewritten.lines.contains(&alert.data().sourcepos.start.line) {
        return;
    }
    let continues = |next: &Node<'_>| {
        let line = next.data().sourcepos.start.line;
        is_quote(next) && rewritten.lines.contains(&line) && kind_of(next).is_none()
    };
    while let Some(next) = alert.next_sibling().filter(continues) {
        let end = next.data().sourcepos.end;
        while let Some(child) = next.first_child() {
            alert.append(child);
        }
        alert.data_mut().sourcepos.end = end;
        next.detach();
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "it is a filter, which is given a reference")]
fn is_quote(node: &Node<'_>) -> bool {
    matches!(node.data().value, NodeValue::BlockQuote)
}

/// The word in `[!KIND]` at the beginning of a quote.
fn kind_of(quote: Node<'_>) -> Option<String> {
    let first = quote.first_child()?.first_child()?;
    let data = first.data();
    let NodeValue::Text(text) = &data.value else { return None };
    let (name, _) = text.strip_prefix("[!")?.split_once(']')?;
    Some(name.to_owned())
}

/// Takes the first line out of a quote that is an alert.
fn take_alert<'a>(arena: &'a Arena<'a>, quote: Node<'a>, boxed: bool) -> Option<NodeAlert> {
    let name = kind_of(quote)?;
    let known = alert_type(&name);
    // A box of MkDocs whose kind is the author's own is a note.
    let alert_type = known.or(boxed.then_some(AlertType::Note))?;
    let paragraph = quote.first_child()?;
    if !matches!(paragraph.data().value, NodeValue::Paragraph) {
        return None;
    }
    let mut title = String::new();
    let line = || paragraph.children().take_while(|node| !is_break(node));
    for node in line() {
        match &node.data().value {
            NodeValue::Text(text) => title.push_str(text),
            NodeValue::Code(code) => title.push_str(&code.literal),
            // A title with markup would lose it: the line stays as the first of the text.
            _ => return None,
        }
    }
    let taken: Vec<Node<'a>> = line().collect();
    for node in taken {
        node.detach();
    }
    if let Some(line_break) = paragraph.first_child() {
        line_break.detach();
    } else {
        paragraph.detach();
    }
    let written = title.get("[!]".len() + name.len()..).unwrap_or_default().trim();
    // Obsidian marks boxes that fold.
    let written = if boxed { written } else { written.strip_prefix(['-', '+']).unwrap_or(written).trim() };
    // Typographers' quotes are none here: the parser leaves them as they are written.
    let quoted = written.strip_prefix('"').and_then(|rest| rest.split_once('"'));
    let (title, rest) = match quoted {
        Some((title, rest)) if boxed => (title, rest.trim()),
        // Behind the kind MkDocs writes where a box stands.
        _ if boxed && written.split_whitespace().all(|word| matches!(word, "inline" | "end")) => ("", ""),
        _ => (written, ""),
    };
    if !rest.is_empty() {
        let text = arena.alloc(NodeValue::Text(rest.to_owned().into()).into());
        let paragraph = arena.alloc(NodeValue::Paragraph.into());
        let place = quote.data().sourcepos;
        text.data_mut().sourcepos = place;
        paragraph.data_mut().sourcepos = place;
        paragraph.append(text);
        quote.prepend(paragraph);
    }
    let usual = matches!(name.to_ascii_lowercase().as_str(), "note" | "tip" | "important" | "warning" | "caution");
    let title = match known {
        _ if !title.is_empty() => title.to_owned(),
        None => name,
        Some(_) if usual || boxed => String::new(),
        Some(_) => capitalized(&name),
    };
    let title = Some(title).filter(|title| !title.is_empty());
    Some(NodeAlert { alert_type, title, multiline: false, fence_length: 0, fence_offset: 0 })
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "it is a filter, which is given a reference")]
fn is_break(node: &Node<'_>) -> bool {
    matches!(node.data().value, NodeValue::SoftBreak | NodeValue::LineBreak)
}

/// The kind of a box by the word that authors write for it.
fn alert_type(name: &str) -> Option<AlertType> {
    let name = name.trim();
    match name {
        "注" | "注記" | "メモ" | "補足" | "参考" => Some(AlertType::Note),
        "ヒント" => Some(AlertType::Tip),
        "重要" => Some(AlertType::Important),
        "警告" => Some(AlertType::Warning),
        "注意" => Some(AlertType::Caution),
        _ => english_kind(&name.to_ascii_lowercase()),
    }
}

/// The kind and the title of a box: `note Title`, `note[Title]`.
pub fn box_title(info: &str) -> (&str, &str) {
    if let Some((name, title)) = info.strip_suffix(']').and_then(|info| info.split_once('[')) {
        return (name.trim(), title.trim());
    }
    info.split_once(char::is_whitespace).map_or((info, ""), |(name, title)| (name, title.trim()))
}

/// A word as it begins a line.
fn capitalized(word: &str) -> String {
    let mut letters = word.trim().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The kind of a box by the words of GitHub, MkDocs and Docusaurus, in small letters.
pub fn english_kind(name: &str) -> Option<AlertType> {
    match name {
        "note" | "info" | "abstract" | "summary" | "tldr" | "todo" | "question" | "faq" | "help" | "example"
        | "quote" | "cite" | "seealso" => Some(AlertType::Note),
        "tip" | "hint" | "success" | "check" | "done" => Some(AlertType::Tip),
        "important" => Some(AlertType::Important),
        "warning" | "warn" | "attention" => Some(AlertType::Warning),
        "caution" | "danger" | "error" | "failure" | "fail" | "missing" | "bug" => Some(AlertType::Caution),
        _ => None,
    }
}

/// `[[1]](https://…)` is a link whose words stand in brackets, as everywhere else; `[[POL-001]](改訂版)` is not. What names
/// nothing (`[[+]]`, `[[ ]]`) is text.
pub(super) fn bracket_links<'a>(arena: &'a Arena<'a>, root: Node<'a>, source: &Source<'_>) {
    let wikis: Vec<Node<'a>> =
        root.descendants().filter(|node| matches!(node.data().value, NodeValue::WikiLink(_))).collect();
    for wiki in wikis {
        let place = wiki.data().sourcepos;
        let written = source.span(place).of(source.text);
        if !written.contains(char::is_alphanumeric) && written.starts_with("[[") {
            wiki.data_mut().value = NodeValue::Text(written.to_owned().into());
            empty(wiki);
            continue;
        }
        let Some(next) = wiki.next_sibling() else { continue };
        let rest = match &next.data().value {
            NodeValue::Text(text) => text.to_string(),
            _ => continue,
        };
        let Some((url, title, length)) = destination(&rest) else { continue };
        let Some(words) = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else { continue };
        let text = arena.alloc(NodeValue::Text(words.to_owned().into()).into());
        text.data_mut().sourcepos = place;
        text.data_mut().sourcepos.start.column += 1;
        text.data_mut().sourcepos.end.column -= 1;
        empty(wiki);
        wiki.append(text);
        wiki.data_mut().value = NodeValue::Link(Box::new(NodeLink { url, title }));
        wiki.data_mut().sourcepos.end.column += length;
        next.data_mut().sourcepos.start.column += length;
        next.data_mut().value = NodeValue::Text(rest[length..].to_owned().into());
    }
}

fn empty(node: Node<'_>) {
    while let Some(child) = node.first_child() {
        child.detach();
    }
}

/// `(destination "title")` at the beginning of a text, where the destination is an address, an anchor or a path, and how
/// long the whole is.
fn destination(text: &str) -> Option<(String, String, usize)> {
    let inner = text.strip_prefix('(')?;
    let mut open = 0_usize;
    let ends = |c: char| {
        open = if c == '(' { open + 1 } else { open };
        c.is_whitespace() || c == ')' && open.checked_sub(1).map(|less| open = less).is_none()
    };
    let (url, rest) = inner.split_at(inner.find(ends)?);
    let file = url.split(['#', '?']).next().unwrap_or_default();
    let ending = file.rsplit('/').next().and_then(|name| name.rsplit_once('.'));
    let leads = url.contains("://") || url.contains('/') || url.starts_with('#') || url.starts_with("mailto:");
    if !leads && !ending.is_some_and(|(_, ending)| ending.starts_with(|c: char| c.is_ascii_alphabetic())) {
        return None;
    }
    let (title, rest) = match rest.trim_start().strip_prefix('"') {
        Some(title) => title.split_once('"')?,
        None => ("", rest.trim_start()),
    };
    let rest = rest.strip_prefix(')')?;
    Some((url.to_owned(), title.to_owned(), text.len() - rest.len()))
}

/// Keeps grid tables (`+---+---+`) as they are drawn, in a fixed-width block.
pub(super) fn grid_tables(root: Node<'_>, source: &Source<'_>) {
    let paragraphs: Vec<Node<'_>> =
        root.descendants().filter(|node| matches!(node.data().value, NodeValue::Paragraph)).collect();
    for paragraph in paragraphs {
        let written = source.span(paragraph.data().sourcepos).of(source.text);
        let Some(literal) = grid(written) else { continue };
        empty(paragraph);
        let code = NodeCodeBlock { fenced: true, closed: true, literal, ..NodeCodeBlock::default() };
        paragraph.data_mut().value = NodeValue::CodeBlock(Box::new(code));
    }
}

/// The lines of a grid table without what stands in front of them.
fn grid(written: &str) -> Option<String> {
    let first = written.lines().next()?.trim();
    let is_rule =
        first.starts_with("+-") && first.ends_with('+') && first.chars().all(|c| matches!(c, '+' | '-' | '=' | ':'));
    if !is_rule || written.lines().count() < 3 {
        return None;
    }
    let lines: Option<Vec<&str>> =
        written.lines().map(|line| Some(line.trim()).filter(|line| line.starts_with(['+', '|']))).collect();
    Some(lines?.join("\n") + "\n")
}

/// `## 見出し{#id}`: Japanese is written without blanks, so that none need stand before the anchor.
pub(super) fn heading_ids(root: Node<'_>) {
    for heading in root.descendants().filter(|node| matches!(node.data().value, NodeValue::Heading(_))) {
        let Some(last) = heading.last_child().filter(|_| heading.data().attrs.is_none()) else { continue };
        let mut data = last.data_mut();
        let NodeValue::Text(text) = &mut data.value else { continue };
        let written = text.trim_end().strip_suffix('}').and_then(|text| text.rsplit_once("{#"));
        let Some((words, id)) = written.map(|(words, id)| (words.to_owned(), id.to_owned())) else { continue };
        if id.is_empty() || id.contains(|c: char| c.is_whitespace() || matches!(c, '{' | '}')) {
            continue;
        }
        *text = words.into();
        heading.data_mut().attrs = Some(Box::new(Attributes { id: Some(id), ..Attributes::default() }));
    }
}

/// Japanese is written without blanks: a line break between two of its letters is none.
pub(super) fn close_up(root: Node<'_>) {
    let breaks: Vec<Node<'_>> =
        root.descendants().filter(|node| matches!(node.data().value, NodeValue::SoftBreak)).collect();
    for line_break in breaks {
        let last = line_break.previous_sibling().and_then(|node| edge(node, true));
        let first = line_break.next_sibling().and_then(|node| edge(node, false));
        if last.is_some_and(is_japanese) && first.is_some_and(is_japanese) {
            line_break.detach();
        }
    }
}

/// The last (or first) letter of a node.
fn edge(mut node: Node<'_>, last: bool) -> Option<char> {
    loop {
        let letters = |text: &str| if last { text.chars().next_back() } else { text.chars().next() };
        match &node.data().value {
            NodeValue::Text(text) => return letters(text),
            NodeValue::Code(code) => return letters(&code.literal),
            _ => {}
        }
        node = if last { node.last_child()? } else { node.first_child()? };
    }
}

fn is_japanese(c: char) -> bool {
    matches!(u32::from(c), 0x3000..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xFF00..=0xFF60)
}
