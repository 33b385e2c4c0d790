//! What differs, for a person at a terminal: grouped and short.

use super::{Reader, Shown, grouped, lists};
use crate::changes::{Change, Changed, Changes};
use crate::finding::Severity;
use crate::language::Language;
use crate::text::display_width;

/// Values up to so many columns stand beside each other, longer ones below.
const BESIDE: usize = 60;

/// The changes as text, with colours where they are wanted.
pub fn render(changes: &Changes, language: &Language, styled: bool) -> String {
    let reader = Reader::new(changes, language);
    let title = reader.fill("title", &[("old", &reader.state(&changes.old)), ("new", &reader.state(&changes.new))]);
    let mut text = format!("{}\n", strong(&title, styled));
    if changes.is_empty() {
        text.push_str(&format!("{}\n", reader.word("none")));
        return text;
    }
    for (title, kind, changed) in lists(changes) {
        text.push_str(&format!("\n{}\n", strong(&reader.section(title, changed), styled)));
        for group in grouped(changed) {
            text.push_str(&one_or_many(reader, kind, group, styled));
        }
    }
    text.push_str(&findings(reader, changes, styled));
    if !changes.settings.is_empty() {
        let values = [("label", &*reader.word("settings")), ("value", &*reader.words.join(&changes.settings))];
        text.push_str(&format!("\n{}\n", reader.fill("pair", &values)));
    }
    text
}

fn one_or_many(reader: Reader<'_>, kind: &str, group: &[Changed], styled: bool) -> String {
    let first = &group[0];
    let sign = signed(first.change, styled);
    if group.len() > 1 {
        return format!("  {sign} {}\n", reader.name_of_many(group));
    }
    let mut text = format!("  {sign} {}\n", reader.name(&first.subject));
    if first.change != Change::Added {
        let shown = first.fields.iter().map(|field| difference(reader, &reader.shown(kind, field)));
        return shown.fold(text, |text, line| text + &line);
    }
    let facts: Vec<String> = first.fields.iter().map(|field| reader.fact(kind, field)).collect();
    if !facts.is_empty() {
        text.push_str(&format!("      {}\n", reader.words.join(&facts)));
    }
    text
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
    let title = reader.counted("findings", &[("new", findings.new()), ("mended", findings.mended())]);
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
