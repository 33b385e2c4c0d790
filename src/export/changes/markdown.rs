//! What differs, as Markdown: made for a comment on a pull request.

use super::super::{Column, Table, Width, markdown};
use super::{Reader, grouped, lists};
use crate::changes::{Change, Changed, Changes, count};
use crate::language::Language;

/// The changes as Markdown: the counts in one table, then a table for each kind of thing.
pub fn render(changes: &Changes, language: &Language) -> String {
    let reader = Reader::new(changes, language);
    let title = reader.fill("title", &[("old", &reader.state(&changes.old)), ("new", &reader.state(&changes.new))]);
    let mut text = format!("# {}\n\n", markdown::escape(&title));
    if changes.is_empty() {
        text.push_str(&format!("{}\n", reader.word("none")));
        return text;
    }
    text.push_str(&counts(reader, changes));
    for (title, kind, changed) in lists(changes).into_iter().filter(|(_, _, changed)| !changed.is_empty()) {
        text.push_str(&format!("\n{}", markdown::write(&table(reader, title, kind, changed))));
    }
    if !changes.findings.rules.is_empty() {
        text.push_str(&format!("\n{}", markdown::write(&findings(reader, changes))));
    }
    if !changes.settings.is_empty() {
        let names: Vec<String> = changes.settings.iter().map(|name| format!("- `{name}`\n")).collect();
        text.push_str(&format!("\n## {}\n\n{}", reader.word("settings"), names.concat()));
    }
    text
}

/// `- Documents: 1 added, 2 changed`, a line for each kind of thing.
fn counts(reader: Reader<'_>, changes: &Changes) -> String {
    let mut text = String::new();
    for (title, _, changed) in lists(changes) {
        let counts = Change::ALL.map(|change| (change.word(), count(changed, change)));
        text.push_str(&format!("- {}\n", reader.counted(title, &counts)));
    }
    let findings = [("new", changes.findings.new_count()), ("mended", changes.findings.mended_count())];
    text.push_str(&format!("- {}\n", reader.counted("findings", &findings)));
    let values = [("label", &*reader.word("as-of")), ("value", &*changes.as_of.to_string())];
    text.push_str(&format!("- {}\n", reader.fill("pair", &values)));
    text
}

fn columns(reader: Reader<'_>) -> Vec<Column> {
    [("subject", Width::Middle), ("what", Width::Narrow), ("before", Width::Wide), ("after", Width::Wide)]
        .map(|(key, width)| Column::new(&reader.word(key), width))
        .into()
}

/// A row for each thing that differs; the subject stands on the first of its rows.
fn table(reader: Reader<'_>, title: &str, kind: &str, changed: &[Changed]) -> Table {
    let mut rows = Vec::new();
    for group in grouped(changed) {
        let first = &group[0];
        let change = reader.word(first.change.word());
        if group.len() > 1 {
            rows.push(vec![reader.name_of_many(group), change, String::new(), String::new()]);
            continue;
        }
        let name = reader.name(&first.subject);
        let shown = first.fields.iter().map(|field| reader.shown(kind, field));
        let differences = shown.map(|shown| vec![name.clone(), shown.label, shown.old, shown.new]);
        match first.change {
            Change::Added => {
                let facts: Vec<String> = first.fields.iter().map(|field| reader.fact(kind, field)).collect();
                rows.push(vec![name, change, String::new(), facts.join("\n")]);
            }
            Change::Changed => rows.extend(differences),
            Change::Retired | Change::Removed => {
                rows.push(vec![name.clone(), change, String::new(), String::new()]);
                rows.extend(differences);
            }
        }
    }
    for at in (1..rows.len()).rev() {
        if rows[at][0] == rows[at - 1][0] {
            rows[at][0].clear();
        }
    }
    // Nobody is called to a pull request because his name stands in a document.
    rows.iter_mut().flatten().for_each(|cell| *cell = cell.replace('@', "@\u{200b}"));
    Table { title: reader.word(title), columns: columns(reader), rows }
}

fn findings(reader: Reader<'_>, changes: &Changes) -> Table {
    let rows = changes.findings.rules.iter().map(|rule| {
        let name = reader.fill("finding", &[("code", rule.code), ("name", rule.name)]);
        let severity = reader.words.get(&format!("severity.{}", rule.severity.word())).to_owned();
        let said = |key: &str, count: usize| {
            if count == 0 { String::new() } else { reader.fill(&format!("count.{key}"), &[("n", &count.to_string())]) }
        };
        vec![name, severity, said("mended", rule.mended), said("new", rule.new)]
    });
    Table { title: reader.word("findings"), columns: columns(reader), rows: rows.collect() }
}
