//! The only door to the TOML crate: a text in, values with their places out.

use toml::de::{DeTable, DeValue};

use crate::language::{Language, Localized};
use crate::text::{Span, Spanned};
use crate::value::{Node, Value};
use crate::words::localized;

/// Why a text is no TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TomlFault {
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub words: Localized,
}

/// Reads a TOML document; spans count from the start of `text`.
///
/// # Errors
/// Where and why the text is no TOML.
pub fn parse(text: &str) -> Result<Node, TomlFault> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    match DeTable::parse(&text[start..]) {
        Ok(table) => {
            let span = span_of(&table.span()).moved(start);
            Ok(Node { value: map(table.get_ref(), text, start), span })
        }
        Err(error) => Err(TomlFault {
            span: error.span().map_or_else(Span::default, |span| span_of(&span)).moved(start),
            words: words_of(error.message().lines().next().unwrap_or_default()),
        }),
    }
}

/// What the parser's words have in common with others of their kind, the first of which counts.
const FAULTS: [(&str, &str); 20] = [
    ("duplicate key", "duplicate"),
    ("unclosed", "unclosed"),
    ("comma", "comma"),
    ("string values must be quoted", "quotes"),
    ("key with no value", "assignment"),
    ("missing value", "assignment"),
    ("missing assignment", "assignment"),
    ("extra", "extra"),
    ("unexpected", "extra"),
    ("recursion", "depth"),
    ("string", "string"),
    ("escape", "string"),
    ("key", "assignment"),
    ("inline table", "unclosed"),
    ("array opening", "unclosed"),
    ("boolean", "value"),
    ("date", "value"),
    ("float", "value"),
    ("integer", "value"),
    ("number", "value"),
];

/// The parser's words in English, their kind in Japanese.
fn words_of(said: &str) -> Localized {
    let kind = FAULTS.iter().find(|(part, _)| said.contains(part)).map_or("other", |(_, kind)| *kind);
    Localized::both(said, localized(&format!("toml.{kind}")).get(&Language::japanese()))
}

fn span_of(range: &std::ops::Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

fn map(table: &DeTable<'_>, text: &str, start: usize) -> Value {
    let mut entries: Vec<_> = table
        .iter()
        .map(|(key, value)| {
            let name = Spanned::new(key.get_ref().to_string(), span_of(&key.span()).moved(start));
            (name, node(value, text, start))
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.span.start);
    Value::Map(entries)
}

fn node(value: &toml::Spanned<DeValue<'_>>, text: &str, start: usize) -> Node {
    let span = span_of(&value.span()).moved(start);
    let written = || span.of(text).to_owned();
    match value.get_ref() {
        DeValue::String(value) => Node { value: Value::Text(value.to_string()), span: inside_quotes(span, text) },
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => {
            Node { value: Value::Literal(written()), span }
        }
        DeValue::Boolean(value) => Node { value: Value::Bool(*value), span },
        DeValue::Array(values) => {
            Node { value: Value::List(values.iter().map(|value| node(value, text, start)).collect()), span }
        }
        DeValue::Table(table) => Node { value: map(table, text, start), span },
    }
}

fn inside_quotes(span: Span, text: &str) -> Span {
    let written = span.of(text);
    let plain = !written.starts_with("\"\"\"") && !written.starts_with("'''");
    if plain && written.len() >= 2 { Span::new(span.start + 1, span.end - 1) } else { span }
}
