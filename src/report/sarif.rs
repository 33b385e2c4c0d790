//! Findings as SARIF 2.1.0, for code scanning and for editors.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::baseline::fingerprint;
use super::{Entry, Fix, Report};
use crate::files::FilePath;
use crate::finding::Severity;
use crate::rules::RULES;
use crate::text::{Position, json_document, percent_encoded};

/// The findings, the accepted ones among them as suppressed, with the help of every rule.
pub fn render(report: &Report<'_>) -> String {
    let mut seen = BTreeMap::new();
    let mut results: Vec<Value> = report.entries.iter().map(|entry| result(report, entry, &mut seen)).collect();
    results.extend(report.accepted.iter().map(|(entry, reason)| {
        let mut result = result(report, entry, &mut seen);
        result["suppressions"] = json!([{ "kind": "external", "status": "accepted", "justification": reason }]);
        result
    }));
    let (name, what) = base(report);
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "ismsbook",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules(report),
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { name: { "description": { "text": what } } },
            "language": report.language.code(),
            "results": results,
        }],
    });
    json_document(&document)
}

fn rules(report: &Report<'_>) -> Vec<Value> {
    let rule = |rule: &&crate::rules::Rule| {
        let wording = rule.wording(&report.language);
        let sections: Vec<String> =
            wording.sections.iter().map(|(heading, text)| format!("## {heading}\n\n{text}")).collect();
        let plain: Vec<&str> = wording.sections.iter().map(|(_, text)| text.as_str()).collect();
        let what = plain.first().copied().unwrap_or(&wording.title);
        json!({
            "id": rule.code,
            "name": rule.name,
            "shortDescription": { "text": wording.title },
            "fullDescription": { "text": what },
            "help": { "text": plain.join("\n\n"), "markdown": sections.join("\n\n") },
            "defaultConfiguration": { "level": level(rule.severity) },
            "properties": { "clause": wording.clause },
        })
    };
    RULES.iter().map(rule).collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(report: &Report<'_>, entry: &Entry<'_>, seen: &mut BTreeMap<String, usize>) -> Value {
    let finding = entry.finding;
    let print = fingerprint(finding);
    // Two findings that say the same are told apart by their order, which moving lines does not change.
    let number = seen.entry(print.clone()).and_modify(|number| *number += 1).or_insert(1);
    let parts = [Some(&entry.message), entry.note.as_ref(), entry.help.as_ref()];
    let text: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    let mut result = json!({
        "ruleId": finding.code,
        "level": level(finding.severity),
        "message": { "text": text.join("\n") },
        "locations": [{ "physicalLocation": physical(report, &finding.place.path, entry.start, entry.end) }],
        "partialFingerprints": { "ismsbook/v1": format!("{print}:{number}") },
    });
    if let Some(at) = RULES.iter().position(|rule| rule.code == finding.code) {
        result["ruleIndex"] = json!(at);
    }
    if let Some(item) = &finding.item {
        result["locations"][0]["logicalLocations"] =
            json!([{ "fullyQualifiedName": item.to_string(), "name": &*item.id }]);
    }
    if !entry.related.is_empty() {
        let related = entry.related.iter().enumerate().map(|(at, other)| {
            let place = physical(report, &other.place.path, other.start, other.end);
            json!({ "id": at + 1, "message": { "text": other.message }, "physicalLocation": place })
        });
        result["relatedLocations"] = related.collect();
    }
    let fixes = report.fixes(finding);
    if !fixes.is_empty() {
        result["fixes"] = fixes.iter().map(|fix| proposal(report, fix)).collect();
    }
    result
}

/// A fix, file by file.
fn proposal(report: &Report<'_>, fix: &Fix) -> Value {
    let mut by_file: BTreeMap<&FilePath, Vec<Value>> = BTreeMap::new();
    for edit in &fix.edits {
        let place = physical(report, &edit.path, edit.start, edit.end);
        let replacement = json!({ "deletedRegion": place["region"], "insertedContent": { "text": edit.text } });
        by_file.entry(&edit.path).or_default().push(replacement);
    }
    let change = |(path, replacements): (&FilePath, Vec<Value>)| {
        let nowhere = Position { line: 1, column: 1 };
        let place = physical(report, path, nowhere, nowhere);
        json!({ "artifactLocation": place["artifactLocation"], "replacements": replacements })
    };
    let changes: Vec<Value> = by_file.into_iter().map(change).collect();
    json!({ "description": { "text": fix.title }, "artifactChanges": changes })
}

fn physical(report: &Report<'_>, path: &FilePath, start: Position, end: Position) -> Value {
    let uri = percent_encoded(&report.path_of(path));
    json!({
        "artifactLocation": { "uri": uri, "uriBaseId": base(report).0 },
        "region": { "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column },
    })
}

/// What paths are relative to: its name, and what it is.
fn base(report: &Report<'_>) -> (&'static str, &'static str) {
    match report.within {
        Some(_) => ("%SRCROOT%", "The root of the repository"),
        None => ("BOOK", "The folder of book.toml"),
    }
}
