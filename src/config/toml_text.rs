//! The only door to the TOML crate: a text in, values with their places out.

use toml::de::{DeTable, DeValue};

use crate::text::{Span, Spanned};
use crate::value::{Node, Value};

/// Why a text is no TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TomlFault {
    /// Where.
    pub span: Span,
    /// The parser's own words.
    pub words: String,
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
            words: error.message().lines().next().unwrap_or_default().to_owned(),
        }),
    }
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
