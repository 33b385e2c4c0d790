//! Every field of every type, by the schema of the front matter: what is tried on all of them covers a new one by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use ismsbook::document::front_matter::common_fields;
use ismsbook::document::types::TYPES;
use ismsbook::files::{File, FilePath, Files};
use ismsbook::value::{Asked, Shape};
use serde_json::{Map, Value, json};

use crate::schemas::schema;
use crate::support::{place, snapshot_of, today};

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

/// A right value of a shape.
fn right(shape: &Shape) -> Value {
    match shape {
        Shape::Text | Shape::Words | Shape::Person | Shape::Ids => json!("word"),
        Shape::Date => json!("2026-04-01"),
        Shape::Flag => json!(true),
        Shape::Number => json!(3),
        Shape::Choice(words) => json!(words[0]),
        Shape::List(entry) => json!([right(entry)]),
        Shape::Map { fields, .. } => {
            // What a role may be, the catalogs say.
            let of = |asked: &Asked| if asked.key == "roles" { json!(["customer"]) } else { right(&asked.shape) };
            fields.iter().map(|asked| (asked.key.to_owned(), of(asked))).collect::<Map<_, _>>().into()
        }
    }
}

/// The value of a key; beside what is wrong in a list of roles stand roles.
fn among_roles(key: &str, value: Value) -> Value {
    if key == "roles" { json!(["customer", value[1], "customer"]) } else { value }
}

/// Every value of a shape that is wrong at one place: what is wrong, and the value.
fn wrong(shape: &Shape) -> Vec<(String, Value)> {
    let no = |value: Value| vec![(String::new(), value)];
    match shape {
        Shape::Text | Shape::Person | Shape::Ids => no(json!({"a": "b"})),
        Shape::Words => {
            vec![(" as a list".to_owned(), json!(["a", "b"])), (" by no language".to_owned(), json!({"colour": "b"}))]
        }
        Shape::Date => vec![(" as a word".to_owned(), json!("someday")), (" as a map".to_owned(), json!({"a": "b"}))],
        Shape::Flag => vec![(" as a word".to_owned(), json!("perhaps")), (" as a list".to_owned(), json!(["a", "b"]))],
        Shape::Number => vec![(" as a word".to_owned(), json!("many")), (" as a list".to_owned(), json!(["a", "b"]))],
        Shape::Choice(_) => {
            vec![(" as another word".to_owned(), json!("nonsense")), (" as a map".to_owned(), json!({"a": "b"}))]
        }
        Shape::List(entry) => {
            let around = |(what, value): (String, Value)| (what, json!([right(entry), value, right(entry)]));
            wrong(entry).into_iter().map(around).collect()
        }
        Shape::Map { fields, text } => {
            let whole = right(shape);
            let inside = fields.iter().flat_map(|asked| {
                wrong(&asked.shape).into_iter().map(|(what, value)| {
                    let mut map = whole.clone();
                    map[asked.key] = among_roles(asked.key, value);
                    (format!(".{}{what}", asked.key), map)
                })
            });
            let plain = (!text).then(|| (" as a word".to_owned(), json!("word")));
            let mut neighbour = whole.clone();
            neighbour["unheard_of"] = json!("x");
            inside.chain(plain).chain([(".unheard_of".to_owned(), neighbour)]).collect()
        }
    }
}

/// The findings about how the front matters of some documents are written, by the file.
fn found(fronts: &[(String, Value)]) -> BTreeMap<String, Vec<String>> {
    let mut files = Files::new();
    for (at, (kind, front)) in fronts.iter().enumerate() {
        // JSON is YAML.
        let lines: String = front
            .as_object()
            .expect("a map")
            .iter()
            .fold(String::new(), |text, (key, value)| format!("{text}{key}: {value}\n"));
        let text = format!("---\ntype: {kind}\n{lines}---\n");
        files.insert(FilePath::new(&format!("content/{at}.md")), File::new(text.into_bytes()));
    }
    let snapshot = snapshot_of(files, today());
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for document in &snapshot.book.documents {
        let path = document.original.path.to_string();
        let unknown = document.original.unknown.iter().map(|unknown| format!("unknown {}", unknown.key.value));
        found.insert(path, unknown.collect());
    }
    for finding in snapshot.checked.findings.iter().filter(|finding| ["DOC001", "DOC003"].contains(&finding.code)) {
        found.entry(finding.place.path.to_string()).or_default().push(place(&snapshot, finding));
    }
    found
}

/// The types with all their fields but `type` itself.
fn all_fields() -> Vec<(&'static str, Vec<Asked>)> {
    let common = || common_fields().into_iter().filter(|asked| asked.key != "type");
    TYPES.iter().map(|of| (of.word, of.fields().into_iter().chain(common()).collect())).collect()
}

#[test]
fn a_right_value_of_every_field_is_no_finding() {
    let fronts: Vec<(String, Value)> = all_fields()
        .iter()
        .map(|(kind, fields)| ((*kind).to_owned(), right(&Shape::Map { fields: fields.clone(), text: false })))
        .collect();
    let found = found(&fronts);
    assert!(found.values().all(Vec::is_empty), "{found:#?}");
}

#[test]
fn a_wrong_value_of_any_field_is_found_once_and_costs_no_other() {
    let mut cases: Vec<(String, String, Value)> = Vec::new();
    for (kind, fields) in all_fields() {
        for asked in &fields {
            let cases_of = wrong(&asked.shape).into_iter();
            cases.extend(cases_of.map(|(what, value)| {
                (kind.to_owned(), format!("{}{what}", asked.key), json!({asked.key: among_roles(asked.key, value)}))
            }));
        }
        cases.push((kind.to_owned(), "unheard_of".to_owned(), json!({"unheard_of": "x"})));
    }
    let fronts: Vec<(String, Value)> = cases.iter().map(|(kind, _, front)| (kind.clone(), front.clone())).collect();
    let found = found(&fronts);
    let odd = cases.iter().enumerate().filter(|(at, _)| found[&format!("content/{at}.md")].len() != 1);
    let odd: Vec<String> = odd
        .map(|(at, (kind, what, front))| format!("{kind} {what}: {:?} for {front}", found[&format!("content/{at}.md")]))
        .collect();
    assert!(odd.is_empty(), "{}", odd.join("\n"));
    assert!(cases.len() > 500, "{}", cases.len());
}

#[test]
fn what_the_schema_has_is_what_the_reader_asks_for() {
    for (kind, fields) in types() {
        let asked: BTreeSet<&str> = all_fields()
            .into_iter()
            .find(|(of, _)| *of == kind)
            .into_iter()
            .flat_map(|(_, fields)| fields)
            .map(|asked| asked.key)
            .chain(["type"])
            .collect();
        assert_eq!(fields.keys().map(String::as_str).collect::<BTreeSet<_>>(), asked, "{kind}");
        // What is really asked for in reading is told beside a key that nobody knows.
        let text = format!("---\ntype: {kind}\nunheard_of: x\n---\n");
        let mut files = Files::new();
        files.insert(FilePath::new("content/a.md"), File::new(text.into_bytes()));
        let snapshot = snapshot_of(files, today());
        let known = &snapshot.book.documents[0].original.unknown[0].known;
        assert_eq!(known.iter().map(String::as_str).collect::<BTreeSet<_>>(), asked, "{kind}");
    }
}
