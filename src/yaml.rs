//! The only door to the YAML crate: a text in, values with their places out.

mod fault;

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned as YamlSpanned;

pub use fault::{Fault, FaultKind};

use crate::text::{Span, Spanned};
use crate::value::{Node, Value};

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
    let (line, column) = error.location().map_or((1, 1), |at| (to_index(at.line()), to_index(at.column())));
    fault::fault(text, line, column, &error.to_string())
}

fn to_index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
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
    let quoted = written.len() >= 2
        && (written.starts_with('"') && written.ends_with('"') || written.starts_with('\'') && written.ends_with('\''));
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
    fn the_usual_slips_are_named_at_their_place() {
        let fault = |text: &str| {
            let fault = parse(text).expect_err("this is broken");
            (fault.kind, fault.found, fault.span.start)
        };
        let named = |kind: FaultKind, found: &str, start: usize| (kind, found.to_owned(), start);
        assert_eq!(fault("id: A\nid: B\n"), named(FaultKind::DuplicateKey, "id", 6));
        assert_eq!(fault("id: A\ntitle: B: c\n"), named(FaultKind::ColonInValue, "B: c", 13));
        assert_eq!(fault("title: He said: \"yes\"\n"), named(FaultKind::ColonInValue, "He said: \"yes\"", 7));
        assert_eq!(fault("title： 方針\nid: A\n"), named(FaultKind::FullWidthColon, "：", 5));
        assert_eq!(fault("a:\n\t- b\n"), named(FaultKind::Tab, "\t", 3));
        assert_eq!(fault("id: A\n\ttitle: B\n"), named(FaultKind::Tab, "\t", 6));
        assert_eq!(fault("title: \"abc\nid: A\n"), named(FaultKind::UnclosedQuote, "\"abc", 7));
        assert_eq!(fault("controls: [A.5.1, A.5.2\nid: X\n"), named(FaultKind::UnclosedBracket, "[", 10));
        assert_eq!(fault("id: A\n  title: B\n"), named(FaultKind::Indent, "title: B", 8));
        assert_eq!(fault("id: A\nowner ciso\n"), named(FaultKind::MissingColon, "owner ciso", 6));
        assert_eq!(fault("owner: @ciso\n"), named(FaultKind::SpecialCharacter, "@ciso", 7));
        assert_eq!(fault("owner: {{責任者}}\n"), named(FaultKind::Braces, "{{責任者}}", 7));
        assert_eq!(fault("title: [COMPANY] A\nid: B\n"), named(FaultKind::AfterBracket, "[COMPANY] A", 7));
        assert_eq!(fault("title: \"A\" b\n"), named(FaultKind::AfterQuote, "b", 11));
        assert_eq!(fault("path: \"C:\\quotes\"\n").0, FaultKind::Escape);
    }
}
