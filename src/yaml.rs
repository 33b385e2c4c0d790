//! The only door to the YAML crate: a text in, values with their places out.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned as YamlSpanned;

use crate::text::{LineIndex, Span, Spanned};
use crate::value::{Node, Value};

/// Why a text is no YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where reading stopped.
    pub span: Span,
    /// What kind of slip it is.
    pub kind: FaultKind,
}

/// The slips that have a wording of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// One key stands twice in a map.
    DuplicateKey(String),
    /// A tab where only blanks may indent.
    Tab,
    /// A full-width colon after a key.
    FullWidthColon,
    /// A colon inside an unquoted value.
    ColonInValue,
    /// Too deep, or too many values (an alias bomb).
    TooLarge,
    /// Anything else, in the parser's own words.
    Other(String),
}

/// Reads one YAML document. Spans count from the start of `text`.
///
/// # Errors
/// A [`Fault`] where the text cannot be read as YAML.
pub fn parse(text: &str) -> Result<Node, Fault> {
    let options = serde_saphyr::options! {
        strict_booleans: true,
        with_snippet: false,
        budget: serde_saphyr::budget! { max_nodes: 100_000, max_depth: 32 },
    };
    match serde_saphyr::from_str_with_options::<YamlSpanned<Raw>>(text, options) {
        Ok(raw) => Ok(raw.into_node(text)),
        Err(error) => Err(fault(text, &error)),
    }
}

fn fault(text: &str, error: &serde_saphyr::Error) -> Fault {
    let lines = LineIndex::new(text);
    let location = error.location();
    let (line, column) = location.map_or((1, 1), |at| (to_index(at.line()), to_index(at.column())));
    let start = lines.line_start(line);
    let line_text = text[start..].lines().next().unwrap_or_default();
    let offset = line_text.char_indices().nth(column.saturating_sub(1)).map_or(line_text.len(), |(at, _)| at);
    let words = error.to_string();
    let kind = kind_of(text, &lines, line, &words);
    let (start, end) = match &kind {
        (FaultKind::Other(_) | FaultKind::DuplicateKey(_), _) => (start + offset, token_end(text, start + offset)),
        (_, span) => (span.start, span.end),
    };
    Fault { span: Span::new(start, end), kind: kind.0 }
}

fn to_index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn token_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let length = rest.find(['\n', ' ', ':', ',']).unwrap_or(rest.len());
    let next = rest.chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
    start + length.max(next)
}

/// Names the slip: the line where the parser stopped and the one before it are looked at for the usual ones.
fn kind_of(text: &str, lines: &LineIndex, line: usize, words: &str) -> (FaultKind, Span) {
    let lower = words.to_lowercase();
    if lower.contains("duplicate") {
        let key = words.split(['`', '"', '\'']).nth(1).unwrap_or_default().to_owned();
        return (FaultKind::DuplicateKey(key), Span::default());
    }
    if lower.contains("budget") || lower.contains("depth") || lower.contains("alias") && lower.contains("limit") {
        let start = lines.line_start(line);
        return (FaultKind::TooLarge, Span::new(start, token_end(text, start)));
    }
    for number in [line, line.saturating_sub(1)] {
        if number == 0 {
            continue;
        }
        let start = lines.line_start(number);
        let content = text[start..].lines().next().unwrap_or_default();
        let indent = content.len() - content.trim_start().len();
        if let Some(tab) = content[..indent].find('\t') {
            return (FaultKind::Tab, Span::new(start + tab, start + tab + 1));
        }
        if let Some(at) = content.find('：')
            && !content[..at].contains(':')
        {
            return (FaultKind::FullWidthColon, Span::new(start + at, start + at + '：'.len_utf8()));
        }
        let second = content.match_indices(": ").nth(1);
        if let Some((at, _)) = second
            && !content.contains(['"', '\'', '{'])
        {
            return (FaultKind::ColonInValue, Span::new(start + at, start + at + 1));
        }
    }
    (FaultKind::Other(first_sentence(words)), Span::default())
}

/// The parser's words without its own note of the place.
fn first_sentence(words: &str) -> String {
    let line = words.lines().next().unwrap_or_default();
    let line = line.split(" at line ").next().unwrap_or(line);
    let line = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == ' ');
    line.trim_start_matches("error: ").trim_start_matches("line ").to_owned()
}

/// A value as serde delivers it; the text of numbers is cut from the source afterwards.
enum Raw {
    Null,
    Bool(bool),
    Number,
    Text(String),
    List(Vec<YamlSpanned<Raw>>),
    Map(Vec<(YamlSpanned<String>, YamlSpanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Number)
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = access.next_element()? {
            list.push(node);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = access.next_key::<YamlSpanned<String>>()? {
            entries.push((key, access.next_value()?));
        }
        Ok(Raw::Map(entries))
    }
}

/// Turns what serde delivered into nodes.
trait IntoNode {
    fn into_node(self, text: &str) -> Node;
}

impl IntoNode for YamlSpanned<Raw> {
    fn into_node(self, text: &str) -> Node {
        let span = byte_span(self.referenced);
        let value = match self.value {
            Raw::Null => Value::Null,
            Raw::Bool(value) => Value::Bool(value),
            Raw::Number => Value::Literal(byte_span(self.defined).of(text).trim().to_owned()),
            Raw::Text(value) => Value::Text(value),
            Raw::List(nodes) => Value::List(nodes.into_iter().map(|node| node.into_node(text)).collect()),
            Raw::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|(key, node)| (Spanned::new(key.value, byte_span(key.referenced)), node.into_node(text)))
                    .collect(),
            ),
        };
        Node { value, span: inside_quotes(span, text) }
    }
}

/// The span of a quoted text without its quotes, so that a finding underlines what the author wrote.
fn inside_quotes(span: Span, text: &str) -> Span {
    let written = span.of(text);
    let quoted = written.len() >= 2 && (written.starts_with('"') && written.ends_with('"') || written.starts_with('\'') && written.ends_with('\''));
    if quoted { Span::new(span.start + 1, span.end - 1) } else { span }
}

fn byte_span(location: serde_saphyr::Location) -> Span {
    let span = location.span();
    let start = span.byte_offset().map_or(0, to_index);
    Span::new(start, start.saturating_add(span.byte_len().map_or(0, to_index)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_text_and_words_are_no_booleans() {
        let node = parse("version: 1.10\nanswer: no\nid: \"5.1\"\n").expect("this is YAML");
        assert_eq!(node.get("version").and_then(Node::scalar), Some("1.10"));
        assert_eq!(node.get("answer").and_then(Node::scalar), Some("no"));
        assert_eq!(node.get("id").map(|node| node.span), Some(Span::new(30, 33)));
    }

    #[test]
    fn the_usual_slips_are_named() {
        let kind = |text: &str| parse(text).expect_err("this is broken").kind;
        assert_eq!(kind("id: A\nid: B\n"), FaultKind::DuplicateKey("id".into()));
        assert_eq!(kind("title: Access: control\n"), FaultKind::ColonInValue);
        assert_eq!(kind("title： 方針\nid: A\n"), FaultKind::FullWidthColon);
        assert_eq!(kind("a:\n\t- b\n"), FaultKind::Tab);
    }
}
