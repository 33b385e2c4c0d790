//! What differs, for a person at a terminal: grouped and short.

use std::collections::BTreeMap;

use super::{Reader, Shown, grouped, lists};
use crate::changes::{Change, Changed, Changes, Subject};
use crate::finding::Severity;
use crate::language::Language;
use crate::text::{display_width, visible};

/// So many lines of the SoA about which the same is to be said stand together.
const ALIKE: usize = 4;

/// Columns that a list of them takes.
const WIDTH: usize = 90;

/// Values up to so many columns stand beside each other, longer ones below.
const BESIDE: usize = 60;

/// The changes as text, with colours where they are wanted.
pub fn render(changes: &Changes, language: &Language, styled: bool) -> String {
    let reader = Reader::new(changes, language);
    let title = reader.fill("title", &[("old", &reader.state(&changes.old)), ("new", &reader.state(&changes.new))]);
    let mut text = format!("{}\n", strong(&visible(&title), styled));
    if changes.is_empty() {
        text.push_str(&format!("{}\n", reader.word("none")));
        return text;
    }
    for (title, kind, changed) in lists(changes) {
        text.push_str(&format!("\n{}\n", strong(&reader.section(title, changed), styled)));
        for told in together(grouped(changed).into_iter().map(|group| told(reader, kind, group)).collect()) {
            text.push_str(&format!(
                "  {} {}\n{}",
                signed(told.change, styled),
                visible(&told.name),
                visible(&told.about)
            ));
        }
    }
    text.push_str(&findings(reader, changes, styled));
    if !changes.settings.is_empty() {
        let values = [("label", &*reader.word("settings")), ("value", &*reader.words.join(&changes.settings))];
        text.push_str(&format!("\n{}\n", reader.fill("pair", &values)));
    }
    text
}

/// A thing that differs, and the lines about it.
struct Told {
    change: Change,
    name: String,
    /// Its id with its role, where it is a line of the SoA: by that it can stand among others.
    short: Option<String>,
    about: String,
}

fn told(reader: Reader<'_>, kind: &str, group: &[Changed]) -> Told {
    let Changed { change, subject, fields } = &group[0];
    if group.len() > 1 {
        return Told { change: *change, name: reader.name_of_many(group), short: None, about: String::new() };
    }
    let differences = || fields.iter().map(|field| difference(reader, &reader.shown(kind, field))).collect();
    let facts = || -> Vec<String> { fields.iter().map(|field| reader.fact(kind, field)).collect() };
    let about = match change {
        Change::Added if fields.is_empty() => String::new(),
        Change::Added => format!("      {}\n", reader.words.join(&facts())),
        _ => differences(),
    };
    let short = matches!(subject, Subject::Line { .. }).then(|| reader.short(subject));
    Told { change: *change, name: reader.name(subject), short, about }
}

/// Lines of the SoA about which the same is to be said stand together, at the place of the first: a document that changes
/// hands does so for every control that it implements.
fn together(all: Vec<Told>) -> Vec<Told> {
    let mut alike: BTreeMap<(Change, String), Vec<String>> = BTreeMap::new();
    for told in &all {
        if let Some(short) = &told.short {
            alike.entry((told.change, told.about.clone())).or_default().push(short.clone());
        }
    }
    let mut shown = Vec::new();
    for told in all {
        let key = (told.change, told.about.clone());
        match alike.get_mut(&key) {
            Some(names) if told.short.is_some() && names.is_empty() => {}
            Some(names) if told.short.is_some() && names.len() >= ALIKE => {
                shown.push(Told { name: listed(&std::mem::take(names)), ..told });
            }
            _ => shown.push(told),
        }
    }
    shown
}

/// Names in lines that fit a terminal.
fn listed(names: &[String]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        match lines.last_mut() {
            Some(line) if display_width(line) + display_width(name) < WIDTH => line.push_str(&format!("  {name}")),
            _ => lines.push(name.clone()),
        }
    }
    lines.join("\n    ")
}

fn pair(reader: Reader<'_>, label: &str, value: &str) -> String {
    reader.fill("pair", &[("label", label), ("value", value)])
}

fn difference(reader: Reader<'_>, shown: &Shown) -> String {
    let nothing = reader.word("nothing");
    let or_nothing = |text: &str| if text.is_empty() { nothing.clone() } else { text.replace('\n', " ") };
    let (old, new) = (or_nothing(&shown.old), or_nothing(&shown.new));
    if !shown.replaced {
        let parts: Vec<String> =
            [&shown.old, &shown.new].into_iter().filter(|text| !text.is_empty()).cloned().collect();
        return format!("      {}\n", pair(reader, &shown.label, &reader.words.join(&parts)));
    }
    if display_width(&old) + display_width(&new) <= BESIDE {
        let value = reader.fill("from-to", &[("old", &old), ("new", &new)]);
        return format!("      {}\n", pair(reader, &shown.label, &value));
    }
    format!("      {}\n        − {old}\n        + {new}\n", pair(reader, &shown.label, "").trim_end())
}

fn findings(reader: Reader<'_>, changes: &Changes, styled: bool) -> String {
    let findings = &changes.findings;
    let title = reader.counted("findings", &[("new", findings.new_count()), ("mended", findings.mended_count())]);
    let mut text = format!("\n{}\n", strong(&title, styled));
    for rule in &findings.rules {
        let name = reader.fill("finding", &[("code", rule.code), ("name", rule.name)]);
        let counts = [("new", rule.new), ("mended", rule.mended)];
        let counts = counts.iter().filter(|(_, count)| *count > 0);
        let counts: Vec<String> =
            counts.map(|(key, count)| reader.fill(&format!("count.{key}"), &[("n", &count.to_string())])).collect();
        let severity = severity(reader, rule.severity);
        text.push_str(&format!("  {severity} {}\n", pair(reader, &name, &reader.words.join(&counts))));
    }
    text
}

fn severity(reader: Reader<'_>, severity: Severity) -> String {
    reader.words.get(&format!("severity.{}", severity.word())).to_owned()
}

/// The sign of a change; its colour only repeats it.
fn signed(change: Change, styled: bool) -> String {
    let (sign, colour) = match change {
        Change::Added => ('+', 32),
        Change::Changed => ('~', 33),
        Change::Retired => ('×', 33),
        Change::Removed => ('−', 31),
    };
    if styled { format!("\u{1b}[{colour}m{sign}\u{1b}[0m") } else { sign.to_string() }
}

fn strong(text: &str, styled: bool) -> String {
    if styled { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}
