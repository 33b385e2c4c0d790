//! Where the front matter of a file stands: at its very top, between two lines of dashes, and nowhere else.

use crate::text::Span;
use crate::value::{Node, Value};
use crate::yaml;

/// Where front matter begins and ends.
pub(super) struct Fences {
    pub(super) outer: Span,
    pub(super) inner: Span,
    pub(super) closed: bool,
}

/// What the head of a file is.
pub(super) enum Head {
    /// Front matter.
    Fences(Fences),
    /// A thematic break and a text up to the next that is no map, but has a line like `title:`. The text is shown.
    Unclear(Fences),
    /// Text.
    Text,
}

/// Keys that stand where they do not count.
pub(super) struct Misplaced {
    /// The line that opens them.
    pub(super) span: Span,
    /// What is in the way: `comment`, `blank`, `line`, `toml`, or `letters` that cannot be seen.
    pub(super) cause: &'static str,
}

impl Misplaced {
    /// Whether it would be a front matter as it is, were it moved to the top.
    pub(super) fn can_be_lifted(&self) -> bool {
        !["toml", "letters"].contains(&self.cause)
    }
}

/// Looks at the head of a text, behind a byte order mark.
pub(super) fn head(text: &str) -> Head {
    let start = bom(text);
    let Some(fences) = between(text, start) else { return Head::Text };
    let inner = fences.inner.of(text);
    if !fences.closed {
        return if first_line(inner).is_some_and(|line| key_of(line).is_some()) {
            Head::Fences(fences)
        } else {
            Head::Text
        };
    }
    let first = first_line(inner);
    let keys = match yaml::parse(inner) {
        Ok(node) => is_map_of_keys(&node) || inner.trim().is_empty() || first.and_then(full_width).is_some(),
        Err(_) if first.is_some_and(|line| key_of(line).is_some()) => true,
        Err(_) if inner.lines().any(|line| key_of(line).is_some()) => return Head::Unclear(fences),
        Err(_) => false,
    };
    if keys { Head::Fences(fences) } else { Head::Text }
}

/// Where the text begins behind a byte order mark.
pub(super) fn bom(text: &str) -> usize {
    text.len() - text.trim_start_matches('\u{feff}').len()
}

/// Keys below something else, or in the fences of another format, within the first lines of a file.
pub(super) fn misplaced(text: &str) -> Option<Misplaced> {
    below(text).or_else(|| behind_letters(text))
}

/// What would be a front matter without letters that cannot be seen: blanks, tabs and the like in front of its lines, or ends
/// of lines that are those of no system of today.
fn behind_letters(text: &str) -> Option<Misplaced> {
    let unseen =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let start = text.find(|c: char| !unseen(c))?;
    let head: String = text.get(start..)?.chars().take(MOST_LETTERS).collect();
    if !head.starts_with("---") {
        return None;
    }
    let ends: &[char] = if head.contains('\n') { &['\n'] } else { &['\r', '\u{2028}', '\u{85}'] };
    let lines = head.split(ends).map(|line| line.trim_matches(unseen));
    let plain: String = lines.flat_map(|line| [line, "\n"]).collect();
    let closed = matches!(self::head(&plain), Head::Fences(fences) if fences.closed);
    let first = head.split(ends).next().unwrap_or_default().trim_end().len();
    closed.then(|| Misplaced { span: Span::new(start, start + first), cause: "letters" })
}

/// No front matter that people write by hand is longer.
const MOST_LETTERS: usize = 20_000;

fn below(text: &str) -> Option<Misplaced> {
    let mut at = bom(text);
    let mut cause = None;
    for _ in 0..MOST_LINES {
        let line = text[at..].split_inclusive('\n').next()?;
        let bare = line.trim();
        let span = Span::new(at, at + line.trim_end().len());
        match cause {
            Some(cause) if is_fence(line) => {
                let inner = between(text, at).filter(|fences| fences.closed)?.inner.of(text);
                let is_map = yaml::parse(inner).is_ok_and(|node| is_map_of_keys(&node));
                let broken = first_line(inner).is_some_and(|line| key_of(line).is_some());
                return (is_map || broken).then_some(Misplaced { span, cause });
            }
            _ if bare == "+++" => {
                let inner = text[at + line.len()..].lines().take_while(|line| line.trim() != "+++");
                let keys =
                    inner.into_iter().any(|line| line.split_once(" = ").is_some_and(|(key, _)| is_key(key.trim())));
                return keys.then_some(Misplaced { span, cause: "toml" });
            }
            _ => {}
        }
        if bare.is_empty() {
            cause = cause.or(Some("blank"));
            at += line.len();
        } else if bare.starts_with("<!--") {
            cause = Some("comment");
            at += text[at..].find("-->")? + 3;
            let rest = text[at..].split_inclusive('\n').next()?;
            // What stands behind a comment on its line is text.
            if !rest.trim().is_empty() {
                return None;
            }
            at += rest.len();
        } else if is_licence(bare) {
            cause = Some("line");
            at += line.len();
        } else {
            return None;
        }
    }
    None
}

/// A front matter that stands lower is no slip that an author would look for.
const MOST_LINES: usize = 60;

/// A line that tools put above everything: whose the text is, and how it may be used.
fn is_licence(line: &str) -> bool {
    const WORDS: [&str; 7] = ["spdx-", "license", "licence", "copyright", "©", "ライセンス", "著作権"];
    let line = line.to_lowercase();
    line.starts_with("#!") || WORDS.iter().any(|word| line.contains(word))
}

/// A line of nothing but three dashes or more.
fn is_fence(line: &str) -> bool {
    let bare = line.trim_end();
    bare.len() >= 3 && bare.bytes().all(|byte| byte == b'-')
}

/// What stands between the line of dashes at `start` and the next, or `...`. Without a closing line it ends before the first
/// blank line or heading.
pub(super) fn between(text: &str, start: usize) -> Option<Fences> {
    let first = text[start..].split_inclusive('\n').next().filter(|line| is_fence(line))?;
    let inner_start = start + first.len();
    let mut at = inner_start;
    for line in text[inner_start..].split_inclusive('\n') {
        if is_fence(line) || line.trim_end() == "..." {
            let (outer, inner) = (Span::new(start, at + line.len()), Span::new(inner_start, at));
            return Some(Fences { outer, inner, closed: true });
        }
        at += line.len();
    }
    let lines = text[inner_start..].split_inclusive('\n');
    let length: usize = lines.take_while(|line| !line.trim().is_empty() && !line.starts_with('#')).map(str::len).sum();
    let end = inner_start + length;
    Some(Fences { outer: Span::new(start, end), inner: Span::new(inner_start, end), closed: false })
}

/// The first line that says anything.
fn first_line(inner: &str) -> Option<&str> {
    inner.lines().find(|line| !line.trim().is_empty())
}

/// Whether a value is a map one of whose keys is a single word: `Keys are numbered: see the list` is a sentence.
fn is_map_of_keys(node: &Node) -> bool {
    matches!(&node.value, Value::Map(entries) if entries.iter().any(|(key, _)| is_key(&key.value)))
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// A key with a full-width colon. A Japanese word with one begins a sentence.
fn full_width(line: &str) -> Option<&str> {
    line.split_once('：').map(|(key, _)| key).filter(|key| key.is_ascii() && is_key(key))
}

/// The key at the beginning of a line `key: value`.
pub(super) fn key_of(line: &str) -> Option<(&str, &str)> {
    line.split_once([':', '：']).filter(|(key, _)| is_key(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_a_map_between_two_lines_of_dashes() {
        let kind = |text: &str| match head(text) {
            Head::Fences(fences) if fences.closed => "keys",
            Head::Fences(_) => "unclosed keys",
            Head::Unclear(_) => "unclear",
            Head::Text => "text",
        };
        let table = [
            ("---\nid: A\n---\n", "keys"),
            ("\u{feff}---\r\nid: A\r\n---\r\n", "keys"),
            ("----\nid: A\n----\n", "keys"),
            ("---\nid: A\n...\n", "keys"),
            ("---\n---\n", "keys"),
            ("---\n# a comment\nid: A\n---\n", "keys"),
            ("---\nid： A\n---\n", "keys"),
            ("---\nid: A\n\n# Title\n", "unclosed keys"),
            ("---\n\n# Title\n\nText.\n", "text"),
            ("---\n\n# Title\n\n---\n", "text"),
            ("---\n\n# Title\n\nKeys are numbered: see the list.\n\n---\n", "text"),
            ("---\n**Owner: me**\n\n---\n", "text"),
            ("---\n備考：入口で名札を渡す。\n---\n", "text"),
            ("---\n- one\n- two\n---\n", "text"),
            ("---\n[x](y)\ntitle: A: B\n---\n", "unclear"),
            ("* * *\n\nText.\n", "text"),
            ("--\nid: A\n--\n", "text"),
            ("", "text"),
            ("---", "text"),
        ];
        for (text, expected) in table {
            assert_eq!(kind(text), expected, "{text:?}");
        }
    }

    #[test]
    fn keys_below_something_else_are_found() {
        let cause = |text: &str| misplaced(text).map(|found| (found.cause, found.span.start));
        let table = [
            ("\n\n---\nid: A\n---\n", Some(("blank", 2))),
            ("<!-- x\ny -->\n\n---\nid: A\n---\n", Some(("comment", 14))),
            ("SPDX-License-Identifier: MIT\n---\nid: A\n---\n", Some(("line", 29))),
            ("Copyright 2026 Example\n\n---\ntitle：A\n---\n", Some(("line", 24))),
            ("+++\ntitle = \"A\"\n+++\n", Some(("toml", 0))),
            ("\n+++\ntitle = \"A\"\n+++\n", Some(("toml", 1))),
            ("\n\n---\n\nText: with a colon.\n", None),
            ("<!-- x --> Text\n---\nid: A\n---\n", None),
            ("# Title\n\n---\nid: A\n---\n", None),
            ("+++\ntext\n+++\n", None),
            (" ---\n id: A\n ---\n", Some(("letters", 1))),
            ("---\n\tid: A\n---\n", Some(("letters", 0))),
            ("---\rid: A\r---\r# H\r", Some(("letters", 0))),
            ("\u{200b}---\nid: A\n---\n", Some(("letters", 3))),
            ("\u{c}---\nid: A\n---\n", Some(("letters", 1))),
            ("    ---\n    code\n    ---\n", None),
            ("---\n\n# Title\r---\n", None),
            ("<!-- x", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(cause(text), expected, "{text:?}");
        }
    }
}
