//! The JSON Schema of front matter, made of what the readers ask for.

use serde_json::{Map, Value, json};

use crate::document::front_matter::common_fields;
use crate::document::types::TYPES;
use crate::value::{Asked, Shape};
use crate::words::Words;

/// The schema, with the book's own types.
pub(super) fn schema(own: &[String], words: &Words) -> Value {
    let mut properties = fields(&common_fields(), "", words);
    if let Some(types) = properties.get_mut("type").and_then(|of| of["enum"].as_array_mut()) {
        types.extend(own.iter().map(|name| json!(name)));
    }
    let of_type = TYPES.iter().filter_map(|of| {
        let own = of.fields();
        let condition = json!({ "required": ["type"], "properties": { "type": { "enum": [of.word] } } });
        (!own.is_empty()).then(|| json!({ "if": condition, "then": { "properties": fields(&own, of.word, words) } }))
    });
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": words.get("schema.front-matter"),
        "type": "object",
        "properties": properties,
        "allOf": of_type.collect::<Vec<_>>(),
        "definitions": {
            "text": { "type": ["string", "number"] },
            "localized": {
                "anyOf": [
                    { "type": ["string", "number"] },
                    {
                        "type": "object",
                        "propertyNames": { "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$" },
                        "additionalProperties": { "type": ["string", "number"] },
                    },
                ],
            },
            "date": { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
        },
    })
}

/// Keys with what each may hold and what it is for. `within` is the key or the type that they belong to.
fn fields(all: &[Asked], within: &str, words: &Words) -> Map<String, Value> {
    let of = |asked: &Asked| {
        let described = match of_shape(&asked.shape, asked.key, words) {
            Value::Object(mut shape) if !shape.contains_key("$ref") => {
                shape.insert("description".to_owned(), json!(description(asked.key, within, words)));
                Value::Object(shape)
            }
            // Beside a reference nothing counts.
            shape => json!({ "description": description(asked.key, within, words), "allOf": [shape] }),
        };
        (asked.key.to_owned(), described)
    };
    all.iter().map(of).collect()
}

fn of_shape(shape: &Shape, key: &str, words: &Words) -> Value {
    match shape {
        Shape::Text | Shape::Person | Shape::Ids => json!({ "$ref": "#/definitions/text" }),
        Shape::Words => json!({ "$ref": "#/definitions/localized" }),
        Shape::Date => json!({ "$ref": "#/definitions/date" }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Number => json!({ "type": "integer" }),
        Shape::Choice(choices) => json!({ "enum": choices }),
        Shape::List(entry) => {
            let entry = of_shape(entry, key, words);
            json!({ "anyOf": [{ "type": "array", "items": entry }, entry] })
        }
        Shape::Map { fields: own, text } => {
            let required: Vec<&str> = own.iter().filter(|asked| asked.required).map(|asked| asked.key).collect();
            let mut map = json!({ "type": "object", "properties": fields(own, key, words) });
            if !required.is_empty() {
                map["required"] = json!(required);
            }
            if *text { json!({ "anyOf": [{ "$ref": "#/definitions/text" }, map] }) } else { map }
        }
    }
}

/// What a key is for: within the key or the type that it belongs to, else wherever it stands.
fn description(key: &str, within: &str, words: &Words) -> String {
    let own = format!("schema.{within}-{key}").replace('_', "-");
    let said = words.get(&own);
    if said == own { words.get(&format!("schema.{key}").replace('_', "-")).to_owned() } else { said.to_owned() }
}
