//! What `ismsbook schema` prints accepts the repository's own book: an editor that follows it marks nothing that is right.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;

use ismsbook::cli::{self, Surroundings};
use ismsbook::files::{File, FilePath, Files};
use ismsbook::finding::Finding;
use ismsbook::language::Language;
use serde_json::{Value, json};

use crate::own_book::own_files;
use crate::support::{snapshot_of, today};

pub(crate) fn schema(of: &str) -> Value {
    let arguments = ["ismsbook", "schema", of, env!("CARGO_MANIFEST_DIR"), "--language", "en"].map(OsString::from);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    cli::run(arguments, &Surroundings::default(), &mut out, &mut err);
    serde_json::from_slice(&out).unwrap_or_else(|error| panic!("{of}: {error}: {}", String::from_utf8_lossy(&err)))
}

/// The keywords that the schemas use. Another would be passed over in silence, so it is a fault here.
const KEYWORDS: [&str; 19] = [
    "$schema",
    "$ref",
    "title",
    "description",
    "definitions",
    "type",
    "enum",
    "const",
    "pattern",
    "properties",
    "required",
    "additionalProperties",
    "propertyNames",
    "items",
    "allOf",
    "anyOf",
    "if",
    "then",
    "else",
];

/// What of `value` breaks `schema`, each with its place.
fn faults(root: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let Some(rules) = schema.as_object() else {
        return if schema == &json!(false) { vec![format!("{place}: must not be there")] } else { Vec::new() };
    };
    let mut found = Vec::new();
    let holds = |schema: &Value| faults(root, schema, value, place).is_empty();
    for (keyword, rule) in rules {
        assert!(KEYWORDS.contains(&keyword.as_str()), "the checker does not know {keyword}");
        let listed = || rule.as_array().expect("a list of schemas");
        match keyword.as_str() {
            "$ref" => {
                let path = rule.as_str().and_then(|path| path.strip_prefix('#')).expect("a place in the schema");
                found.extend(faults(root, root.pointer(path).expect("it is there"), value, place));
            }
            "allOf" => found.extend(listed().iter().flat_map(|schema| faults(root, schema, value, place))),
            "anyOf" if !listed().iter().any(holds) => found.push(format!("{place}: {value} is none of the choices")),
            "if" => {
                let branch = if holds(rule) { "then" } else { "else" };
                found.extend(rules.get(branch).into_iter().flat_map(|schema| faults(root, schema, value, place)));
            }
            "enum" if !rule.as_array().is_some_and(|words| words.contains(value)) => {
                found.push(format!("{place}: {value} is not among {rule}"));
            }
            "const" if rule != value => found.push(format!("{place}: {value} is not {rule}")),
            "type" if !is_of_type(value, rule) => found.push(format!("{place}: {value} is no {rule}")),
            "pattern" if !matches(value, rule) => found.push(format!("{place}: {value} does not match {rule}")),
            _ => {}
        }
    }
    found.extend(faults_of_parts(root, schema, value, place));
    found
}

fn faults_of_parts(root: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let (Some(items), Some(entries)) = (schema.get("items"), value.as_array()) {
        found.extend(
            entries.iter().enumerate().flat_map(|(at, entry)| faults(root, items, entry, &format!("{place}[{at}]"))),
        );
    }
    let Some(fields) = value.as_object() else { return found };
    for key in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        if !fields.contains_key(key) {
            found.push(format!("{place}: {key} is missing"));
        }
    }
    for (key, field) in fields {
        let place = format!("{place}.{key}");
        let of_key = schema
            .get("properties")
            .and_then(|properties| properties.get(key))
            .or_else(|| schema.get("additionalProperties"));
        found.extend(of_key.into_iter().flat_map(|schema| faults(root, schema, field, &place)));
        found.extend(
            schema.get("propertyNames").into_iter().flat_map(|schema| faults(root, schema, &json!(key), &place)),
        );
    }
    found
}

fn is_of_type(value: &Value, rule: &Value) -> bool {
    let is = |name: &Value| match name.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("null") => value.is_null(),
        other => panic!("no type {other:?}"),
    };
    rule.as_array().map_or_else(|| is(rule), |names| names.iter().any(is))
}

fn matches(value: &Value, pattern: &Value) -> bool {
    let pattern = regex_lite::Regex::new(pattern.as_str().expect("a pattern")).expect("a pattern that can be read");
    value.as_str().is_none_or(|text| pattern.is_match(text))
}

fn front_matters() -> Vec<(String, Value)> {
    let files = own_files();
    let documents = files.iter().filter(|(path, _)| path.as_str().ends_with(".md"));
    let fronts = documents.filter_map(|(path, file)| {
        let (front, _) = file.text().ok()?.strip_prefix("---\n")?.split_once("\n---")?;
        Some((path.to_string(), serde_saphyr::from_str(front).unwrap_or_else(|error| panic!("{path}: {error}"))))
    });
    fronts.collect()
}

/// A TOML value as an editor shows it to a JSON Schema: a date is a text.
fn as_json(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(choice) => json!(choice),
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(entries) => entries.iter().map(as_json).collect(),
        toml::Value::Table(fields) => {
            fields.iter().map(|(key, value)| (key.clone(), as_json(value))).collect::<serde_json::Map<_, _>>().into()
        }
    }
}

#[test]
fn every_front_matter_of_the_own_book_follows_the_schema() {
    let schema = schema("front-matter");
    let fronts = front_matters();
    assert!(fronts.len() > 100, "{}", fronts.len());
    let found: Vec<String> = fronts.iter().flat_map(|(path, front)| faults(&schema, &schema, front, path)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_own_settings_follow_the_schema() {
    let schema = schema("book");
    let settings: toml::Value = toml::from_str(include_str!("../../book.toml")).expect("TOML");
    assert_eq!(faults(&schema, &schema, &as_json(&settings), "book.toml"), Vec::<String>::new());
}

#[test]
fn the_schemas_refuse_what_is_wrong() {
    let front = schema("front-matter");
    for wrong in [json!({"status": "aproved"}), json!({"approved": "2026/4/1"}), json!({"type": "polcy"})] {
        assert!(!faults(&front, &front, &wrong, "").is_empty(), "{wrong}");
    }
    let book = schema("book");
    for wrong in [json!({"book": {"languages": "ja"}}), json!({"risk": {"acceptable": "two"}})] {
        assert!(!faults(&book, &book, &wrong, "").is_empty(), "{wrong}");
    }
}

/// A settings file that has every key of a schema, and in each closed table one that nobody knows; `known` gathers what the
/// schema has beside it.
fn sample(root: &Value, schema: &Value, place: &str, known: &mut BTreeMap<String, BTreeSet<String>>) -> toml::Value {
    if let Some(path) = schema.get("$ref").and_then(Value::as_str) {
        return sample(root, root.pointer(path.trim_start_matches('#')).expect("it is there"), place, known);
    }
    if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
        let table =
            choices.iter().find(|choice| choice["type"] == json!("object") && choice.get("properties").is_some());
        return sample(root, table.unwrap_or(&choices[0]), place, known);
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return toml::Value::String(words[0].as_str().expect("a word").to_owned());
    }
    match schema["type"].as_str() {
        Some("object") => {}
        Some("array") => return toml::Value::Array(vec![sample(root, &schema["items"], place, known)]),
        Some("integer") => return toml::Value::Integer(1),
        Some("boolean") => return toml::Value::Boolean(true),
        _ => return toml::Value::String("word".to_owned()),
    }
    let mut table = toml::Table::new();
    for (key, part) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        table.insert(key.clone(), sample(root, part, &format!("{place}-{key}"), known));
    }
    match schema.get("additionalProperties") {
        Some(Value::Bool(false)) => {
            known.insert(place.to_owned(), table.keys().cloned().collect());
            table.insert(place.to_owned(), toml::Value::Boolean(true));
        }
        Some(each) => {
            table.insert("each".to_owned(), sample(root, each, &format!("{place}-each"), known));
        }
        None => {}
    }
    toml::Value::Table(table)
}

#[test]
fn the_schema_of_the_settings_has_the_keys_that_the_reader_knows_and_no_others() {
    let schema = schema("book");
    let mut expected = BTreeMap::new();
    let settings = sample(&schema, &schema, "xyz", &mut expected);
    let mut files = Files::new();
    files.insert(FilePath::new("book.toml"), File::new(toml::to_string(&settings).expect("TOML").into_bytes()));
    let snapshot = snapshot_of(files, today());
    let english = Language::english();
    let value = |finding: &Finding, name: &str| finding.values[name].get(&english).to_owned();
    let unknown = snapshot.checked.findings.iter().filter(|finding| finding.code == "BOK002");
    let keys = |list: String| list.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
    let found: BTreeMap<_, _> = unknown.map(|finding| (value(finding, "key"), keys(value(finding, "known")))).collect();
    // What has a symbol is a list of words: another is a wrong value.
    expected.remove("xyz-soa-symbols");
    assert_eq!(found, expected);
    assert!(expected.len() > 15, "{}", expected.len());
}
