//! Findings for a person at a terminal: with the source line, or in few lines where one rule finds many.

mod items;
mod snippet;

use std::collections::BTreeMap;

use super::baseline::Compared;
use super::{Counts, Entry, Report};
use crate::finding::{Finding, Severity};
use crate::project::BrokenConfig;
use crate::text::{Position, display_width, visible, visible_name};
use crate::words::Words;
use snippet::Printer;

/// How the text is to look.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// With colours.
    pub styled: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Every finding by itself.
    pub verbose: bool,
}

/// Findings of one rule and cause beyond this number are shown together.
const SINGLY: usize = 3;

/// So many lines are taken in at one sight.
const ONE_SIGHT: usize = 20;

/// A list of items that takes more lines is cut, as `--verbose` tells the rest.
const LINES: usize = 2;

/// Of findings that are told in one and have next steps of their own, so many say theirs.
const EACH: usize = 5;

/// Lists of fixed findings are cut after so many.
const LISTED: usize = 20;

/// The findings, the counts before and after them, and the first step.
pub fn render(report: &Report<'_>, look: Look) -> String {
    let words = Words::of(&report.language);
    let printer = Printer::new(words, look);
    let counts = counts(report.counts(), words);
    if report.entries.is_empty() {
        return format!("{counts}\n");
    }
    let groups = groups(report);
    let mut text = String::new();
    for (key, group) in &groups {
        let together = !look.verbose && is_together(key, group);
        match (together, key.placeless) {
            (true, true) => text.push_str(&without_places(report, group, &printer, look)),
            (true, false) => text.push_str(&with_places(group, &printer, look, words)),
            (false, _) => group.iter().for_each(|entry| text.push_str(&printer.entry(report, entry))),
        }
    }
    let first = groups.values().next().and_then(|group| group.first()).map_or("", |entry| entry.finding.code);
    let grouped = !look.verbose && groups.iter().any(|(key, group)| is_together(key, group));
    let next = if grouped { "report.next-grouped" } else { "report.next" };
    text.push_str(&format!("{}\n", words.fill(next, &[("counts", &counts), ("code", first)])));
    // What scrolls away is told at its beginning, too.
    if text.lines().count() > ONE_SIGHT { format!("{counts}\n\n{text}") } else { text }
}

/// Whether a group is told in one. Without a source line to look at, two alike are enough for it.
fn is_together(key: &Key<'_>, group: &[&Entry<'_>]) -> bool {
    group.len() > if key.placeless { 1 } else { SINGLY }
}

/// What findings that are shown together have in common: the heaviest first.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    severity: std::cmp::Reverse<Severity>,
    code: &'a str,
    placeless: bool,
    variant: &'a str,
}

fn groups<'r, 'a>(report: &'r Report<'a>) -> BTreeMap<Key<'a>, Vec<&'r Entry<'a>>> {
    let mut groups: BTreeMap<Key<'_>, Vec<&Entry<'_>>> = BTreeMap::new();
    for entry in &report.entries {
        let Finding { severity, code, variant, .. } = entry.finding;
        let placeless = entry.is_placeless();
        let key = Key {
            severity: std::cmp::Reverse(*severity),
            code,
            placeless,
            variant: if placeless { "" } else { variant },
        };
        groups.entry(key).or_default().push(entry);
    }
    groups
}

/// `error[SOA201]: … (172)` and the items that it is about.
fn without_places(report: &Report<'_>, group: &[&Entry<'_>], printer: &Printer<'_>, look: Look) -> String {
    let words = Words::of(&report.language);
    let title = together(group, words);
    let heading = printer.heading(group[0], &title);
    let mut lists = items::names(report.catalogs, group, words);
    if lists.is_empty() {
        let mut messages: Vec<String> = group.iter().map(|entry| entry.message.clone()).collect();
        messages.dedup();
        lists = messages.into_iter().map(|message| vec![message]).collect();
    }
    let lines = |list: &Vec<String>| wrapped(list, words.get("list.separator"), look.width.saturating_sub(3).max(20));
    let mut lists: Vec<Vec<String>> = lists.iter().map(lines).collect();
    if lists.iter().map(Vec::len).sum::<usize>() > LINES {
        for list in lists.iter_mut().filter(|list| list.len() > 1) {
            list.truncate(1);
            let cut = list[0].trim_end_matches(words.get("list.separator").trim_end()).len();
            list[0].replace_range(cut.., "…");
        }
    }
    let listed: Vec<String> = lists.into_iter().flatten().map(|line| visible(&line).into_owned()).collect();
    let listed = match &listed[..] {
        [one] if fits(&title, one, look) => format!(" {one}\n"),
        lines => format!("\n  {}\n", lines.join("\n  ")),
    };
    format!("{}{listed}{}", heading.trim_end(), printer.step(group[0]))
}

/// The first place, how many more there are, and in how many files; where each has a next step of its own, what the first of
/// them say.
fn with_places(group: &[&Entry<'_>], printer: &Printer<'_>, look: Look, words: &Words) -> String {
    let more = |after: usize| {
        let mut files: Vec<&str> = group[after..].iter().map(|entry| entry.path()).collect();
        files.dedup();
        words.fill("report.more", &[("n", &(group.len() - after).to_string()), ("files", &files.len().to_string())])
    };
    let place =
        |entry: &Entry<'_>| format!("{}:{}:{}", visible_name(entry.path()), entry.start.line, entry.start.column);
    let title = together(group, words);
    let heading = printer.heading(group[0], &title);
    let first = group[0];
    if group.iter().all(|entry| entry.help == first.help) {
        let place = format!("{} {}", place(first), more(1));
        let gap = if fits(&title, &place, look) { " " } else { "\n  " };
        return format!("{}{gap}{place}\n{}", heading.trim_end(), printer.step(first));
    }
    let mut text = format!("{}\n", heading.trim_end());
    for entry in group.iter().take(EACH) {
        let key = if entry.help.is_some() { "report.each-helped" } else { "report.each" };
        let values = [
            ("place", &*place(entry)),
            ("message", &entry.message),
            ("help", entry.help.as_deref().unwrap_or_default()),
        ];
        text.push_str(&format!("  {}\n", visible(&words.fill(key, &values))));
    }
    if group.len() > EACH {
        text.push_str(&format!("  {}\n", more(EACH)));
    }
    text
}

/// Whether something fits behind a heading. The code, its severity and the marks around them take some twenty columns.
fn fits(title: &str, behind: &str, look: Look) -> bool {
    display_width(title) + display_width(behind) + 20 <= look.width
}

/// The message of all, where it is the same; else what the rule is called; and their number.
fn together(group: &[&Entry<'_>], words: &Words) -> String {
    let same = group.iter().all(|entry| entry.message == group[0].message);
    let what = if same { &group[0].message } else { group[0].title };
    words.fill("report.together", &[("what", what), ("n", &group.len().to_string())])
}

/// Parts joined into lines of at most `width` columns.
fn wrapped(parts: &[String], separator: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let part = if at + 1 < parts.len() { format!("{part}{}", separator.trim_end()) } else { part.clone() };
        let gap = if separator.ends_with(' ') { " " } else { "" };
        match lines.last_mut() {
            Some(line) if display_width(line) + gap.len() + display_width(&part) <= width => {
                line.push_str(gap);
                line.push_str(&part);
            }
            _ => lines.push(part),
        }
    }
    lines
}

/// `3 errors, 1 warning, 2 infos`, and how many are accepted.
pub fn counts(counts: Counts, words: &Words) -> String {
    let number = |key: &str, n: usize| {
        let form = if n == 1 { "one" } else { "many" };
        words.fill(&format!("report.count.{key}-{form}"), &[("n", &n.to_string())])
    };
    let shown = [("error", counts.error), ("warning", counts.warning), ("info", counts.info)];
    let parts: Vec<String> = shown.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| number(key, n)).collect();
    let found = if parts.is_empty() { words.get("report.count.none").to_owned() } else { words.join(&parts) };
    if counts.accepted == 0 {
        return found;
    }
    words.fill("report.count.with-accepted", &[("found", &found), ("accepted", &number("accepted", counts.accepted))])
}

/// What a baseline left out, and what it names that is there no more.
pub fn compared(compared: &Compared, words: &Words) -> String {
    let mut text = format!("{}\n", words.fill("report.baseline.known", &[("n", &compared.known.to_string())]));
    let all: usize = compared.fixed.iter().map(|(_, _, count)| count).sum();
    if all == 0 {
        return text;
    }
    text.push_str(&format!("{}\n", words.fill("report.baseline.fixed", &[("n", &all.to_string())])));
    for (code, path, count) in compared.fixed.iter().take(LISTED) {
        let times = if *count > 1 { format!(" ({count})") } else { String::new() };
        text.push_str(&format!("  {code} {}{times}\n", visible_name(path)));
    }
    if compared.fixed.len() > LISTED {
        text.push_str("  …\n");
    }
    text
}

/// A `book.toml` that is no TOML, printed like a finding.
pub fn broken_config(broken: &BrokenConfig, words: &Words, look: Look) -> String {
    let index = crate::text::LineIndex::new(&broken.text);
    let start: Position = index.position(&broken.text, broken.fault.span.start.min(broken.text.len()));
    let message = words.fill("report.no-toml", &[("words", broken.fault.words.get(words.language()))]);
    Printer::new(words, look).lone(&message, "book.toml", &broken.text, broken.fault.span, start)
}
