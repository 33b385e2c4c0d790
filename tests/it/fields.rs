//! Every field of every type, by the schema of the front matter: what is tried on all of them covers a new one by itself.

use std::sync::LazyLock;

use ismsbook::document::types::TYPE_FIELDS;
use serde_json::{Map, Value, json};

use crate::schemas::schema;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| schema("front-matter"));

/// What kind of value a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leaf {
    /// A text, the same in every language.
    Text,
    /// A text that each language may say otherwise.
    Words,
    /// A day.
    Date,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Flag,
}

/// The types, each with its own fields beside the common ones: the name, and the schemas of all its fields.
pub(crate) fn types() -> Vec<(String, Map<String, Value>)> {
    let schema = &*SCHEMA;
    let common = schema["properties"].as_object().expect("fields").clone();
    let names = common["type"]["enum"].as_array().expect("types");
    let of_type = |name: &Value| {
        let mut fields = common.clone();
        for rule in schema["allOf"].as_array().expect("rules") {
            let condition = &rule["if"]["properties"]["type"];
            let named =
                condition["const"] == *name || condition["enum"].as_array().is_some_and(|names| names.contains(name));
            if named && let Some(own) = rule["then"]["properties"].as_object() {
                fields.extend(own.clone());
            }
        }
        (name.as_str().expect("a word").to_owned(), fields)
    };
    names.iter().map(of_type).collect()
}

/// A value for a field, its leaves made by `leaf` from the path of keys and the kind; of a choice the word at `choice`.
pub(crate) fn value(field: &Value, path: &str, choice: usize, leaf: &dyn Fn(&str, Leaf) -> Value) -> Value {
    fill(&SCHEMA, field, path, choice, leaf)
}

fn fill(root: &Value, field: &Value, path: &str, choice: usize, leaf: &dyn Fn(&str, Leaf) -> Value) -> Value {
    if let Some(reference) = field["$ref"].as_str() {
        match reference {
            "#/definitions/text" => return leaf(path, Leaf::Text),
            "#/definitions/localized" => return leaf(path, Leaf::Words),
            "#/definitions/date" => return leaf(path, Leaf::Date),
            _ => {
                let target = root.pointer(reference.trim_start_matches('#')).expect("a definition");
                return fill(root, target, path, choice, leaf);
            }
        }
    }
    if let Some(words) = field["enum"].as_array() {
        return words[choice % words.len()].clone();
    }
    // Of several shapes the fullest: a list before a single value, a map before a word.
    let shapes = field["allOf"].as_array().or_else(|| field["anyOf"].as_array());
    if let Some(shapes) = shapes {
        let is = |shape: &&Value, kind: &str| shape["type"] == kind;
        let full =
            shapes.iter().find(|shape| is(shape, "array")).or_else(|| shapes.iter().find(|shape| is(shape, "object")));
        return fill(root, full.unwrap_or(&shapes[0]), path, choice, leaf);
    }
    match field["type"].as_str() {
        Some("array") => json!([fill(root, &field["items"], path, choice, leaf)]),
        Some("object") => {
            let fields = field["properties"].as_object().expect("fields");
            let filled = fields
                .iter()
                .map(|(key, field)| (key.clone(), fill(root, field, &format!("{path}.{key}"), choice, leaf)));
            Value::Object(filled.collect())
        }
        Some("integer") => leaf(path, Leaf::Number),
        Some("boolean") => leaf(path, Leaf::Flag),
        _ => leaf(path, Leaf::Text),
    }
}

/// Every leaf of a value by its path, counted.
pub(crate) fn leaves(value: &Value) -> usize {
    match value {
        Value::Object(entries) => entries.values().map(leaves).sum(),
        Value::Array(values) => values.iter().map(leaves).sum(),
        _ => 1,
    }
}

#[test]
fn the_schema_has_every_field_that_a_type_reads() {
    let types = types();
    let missing: Vec<&str> =
        TYPE_FIELDS.into_iter().filter(|field| types.iter().all(|(_, fields)| !fields.contains_key(*field))).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(types.len() >= 13 && types.iter().all(|(_, fields)| fields.len() >= 20));
}
