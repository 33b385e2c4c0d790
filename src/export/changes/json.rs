//! What differs, for programs.
//!
//! ```text
//! { "version": 1, "today",
//!   "old" and "new": { "revision": null for the files as they stand, "commit", "date" },
//!   "summary": { "documents", "lines" and "risks": { "added", "changed", "retired", "removed" },
//!                "findings": { "new" and "mended": { "error", "warning", "info" } } },
//!   "documents" and "risks": [{ "change", "id", "title", "type", "path", "page", "fields" }],
//!   "lines": [{ "change", "catalog", "id", "title", "role", "fields" }],
//!   "findings": [{ "code", "name", "severity", "new", "mended" }],
//!   "settings": ["SECTION.KEY" of book.toml, or the path of a file of catalogs/] }
//! ```
//!
//! A field is `{ "field", "old", "new" }` for a single value, `{ "field", "removed", "added" }` for a list,
//! `{ "field": "text", "language", "headings" }` where a text differs, and `{ "field": "entries", "keys" }` for the other
//! keys of the front matter. Words are those of the front matter (`excluded`, `partial`, the key of a person), a level is
//! `{ "score", "level" }`, a document `{ "id", "path", "section" }`, a control `{ "catalog", "id", "roles" }`; texts and
//! titles are in the language asked for.

use serde::Serialize;
use serde_json::{Value, json};

use super::lists;
use crate::book::Book;
use crate::changes::{Change, Changed, Changes, Entry, Field, State, Subject, What, count};
use crate::finding::Severity;
use crate::language::Language;
use crate::text::json_document;

/// The changes as JSON. Its shape is a promise: `version` changes with it.
pub fn render(changes: &Changes, book: &Book, language: &Language) -> String {
    let document = Document {
        version: 1,
        as_of: changes.as_of.to_string(),
        old: state(&changes.old),
        new: state(&changes.new),
        summary: summary(changes),
        documents: changes.documents.iter().map(|changed| thing(changed, book, language)).collect(),
        lines: changes.lines.iter().map(|changed| thing(changed, book, language)).collect(),
        risks: changes.risks.iter().map(|changed| thing(changed, book, language)).collect(),
        findings: changes.findings.rules.iter().map(rule).collect(),
        settings: &changes.settings,
    };
    json_document(&document)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u8,
    #[serde(rename = "today")]
    as_of: String,
    old: Value,
    new: Value,
    summary: Value,
    documents: Vec<Value>,
    lines: Vec<Value>,
    risks: Vec<Value>,
    findings: Vec<Value>,
    settings: &'a [String],
}

fn state(state: &State) -> Value {
    json!({
        "revision": state.revision,
        "commit": state.commit,
        "date": state.day.map(|day| day.to_string()),
    })
}

fn summary(changes: &Changes) -> Value {
    let mut summary = serde_json::Map::new();
    for (title, _, changed) in lists(changes) {
        let counts = Change::ALL.map(|change| (change.word().to_owned(), json!(count(changed, change))));
        summary.insert(title.to_owned(), Value::Object(counts.into_iter().collect()));
    }
    let by_severity = |count: &dyn Fn(Severity) -> usize| {
        let severities = [Severity::Error, Severity::Warning, Severity::Info];
        let counts = severities.map(|severity| (severity.word().to_owned(), json!(count(severity))));
        Value::Object(counts.into_iter().collect())
    };
    let findings = &changes.findings;
    let new = by_severity(&|severity| findings.new_of(severity));
    let mended = by_severity(&|severity| findings.mended_of(severity));
    summary.insert("findings".to_owned(), json!({ "new": new, "mended": mended }));
    Value::Object(summary)
}

fn rule(rule: &crate::changes::RuleChange) -> Value {
    json!({
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.word(),
        "new": rule.new,
        "mended": rule.mended,
    })
}

fn thing(changed: &Changed, book: &Book, language: &Language) -> Value {
    let fields: Vec<Value> = changed.fields.iter().map(|field| difference(field, language)).collect();
    match &changed.subject {
        Subject::Document { id, title, kind, path, now } => json!({
            "change": changed.change.word(),
            "id": id,
            "title": title.get(language),
            "type": kind,
            "path": path.as_str(),
            "page": now.map(|key| book.document(key).page.clone()),
            "fields": fields,
        }),
        Subject::Line { item, title, role, .. } => json!({
            "change": changed.change.word(),
            "catalog": item.catalog.as_str(),
            "id": &*item.id,
            "title": title.get(language),
            "role": role.as_ref().map(|(role, _)| role.as_str()),
            "fields": fields,
        }),
    }
}

fn difference(field: &Field, language: &Language) -> Value {
    let list = |entries: &[Entry]| entries.iter().map(|entry| value(entry, language)).collect::<Vec<_>>();
    match &field.what {
        What::One { old, new } => json!({
            "field": field.name,
            "old": old.as_ref().map(|entry| value(entry, language)),
            "new": new.as_ref().map(|entry| value(entry, language)),
        }),
        What::Many { removed, added } => json!({
            "field": field.name,
            "removed": list(removed),
            "added": list(added),
        }),
        What::Parts { language, headings } => json!({
            "field": field.name,
            "language": language.as_ref().map(Language::code),
            "headings": headings,
        }),
        What::Keys(keys) => json!({ "field": field.name, "keys": keys }),
    }
}

/// A word as machines know it, else the text.
fn value(entry: &Entry, language: &Language) -> Value {
    match entry {
        Entry::Text(text) => json!(text.get(language)),
        Entry::Word { word, .. } => json!(word),
        Entry::Level { score, level, .. } => json!({ "score": score, "level": level }),
        Entry::Document { id, path, section, .. } => {
            json!({ "id": id, "path": path.as_str(), "section": section })
        }
        Entry::Item { item, roles, .. } => {
            let roles: Vec<&str> = roles.iter().map(crate::id::Role::as_str).collect();
            json!({ "catalog": item.catalog.as_str(), "id": &*item.id, "roles": roles })
        }
    }
}
