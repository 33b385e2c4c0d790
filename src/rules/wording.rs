//! The words of a rule: read from its two files, joined to a finding on printing.
//!
//! A words file begins with the title as a first-level heading. Then stand lines `message:`, `note:`, `help:`, `clause:` and
//! `related:` (what stands at the other places that are pointed at); a wording for one variant of the fault is
//! `message[variant]:`. `{name}` is filled by the finding's value of that name. Of several `note:` or `help:` lines the first
//! whose placeholders are all filled is used, or none.
//! Sections follow: what it finds, why it matters, how to mend it, and examples: small books in fenced blocks, each after
//! a line with its path in backticks, and a block `findings` with what the rule must report (`CODE path:line:column`).
//! A line `--today 2026-11-22` in backticks sets the day. What a text cannot show is written behind the fence's language:
//! `bytes` (`\xE9` is that byte), `repeat=20000` (the block so many times over), `outside` (a symbolic link out of the book),
//! `committed=2026-04-01` (the text that git had from that day on; the last of a path is the file as it is), `unread=owner`
//! (git did not answer, and said this).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::book::history::{Cause, Change, FileHistory, History, Unread};
use crate::date::Date;
use crate::files::{File, FilePath, Files, Problem};
use crate::finding::{Code, Finding};
use crate::language::Language;

/// The two files of a rule.
#[derive(Debug, Clone, Copy)]
pub struct WordingSource {
    /// English.
    pub en: &'static str,
    /// Japanese.
    pub ja: &'static str,
}

/// The words of a rule in one language.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    /// What the rule is called for people.
    pub title: String,
    /// The clause that asks for it; empty where none does.
    pub clause: String,
    /// Sections in order: heading and Markdown, the examples left out.
    pub sections: Vec<(String, String)>,
    /// The examples.
    pub examples: Vec<Example>,
    lines: Vec<Line>,
}

/// One `message:`, `note:` or `help:` line.
#[derive(Debug, Clone)]
struct Line {
    kind: String,
    variant: String,
    template: String,
}

/// A small book and what the rule finds in it.
#[derive(Debug, Clone, Default)]
pub struct Example {
    /// What it shows.
    pub title: String,
    /// Path and content of each file, as shown.
    pub files: Vec<(String, String)>,
    /// The findings expected, as written.
    pub findings: Vec<String>,
    /// The day that counts as today, where a path line says `--today 2026-11-22`.
    pub today: Option<String>,
    /// How the files of the book are made from what is shown, in the same order.
    made: Vec<Made>,
}

/// How a file is made from the block that shows it.
#[derive(Debug, Clone, Copy)]
enum Made {
    AsShown,
    Bytes,
    Repeated(usize),
    Outside,
    Committed(Date),
    Unread(Cause),
}

impl Example {
    /// The files of its book.
    pub fn book(&self) -> Files {
        let mut files = Files::new();
        for ((path, content), made) in self.files.iter().zip(&self.made) {
            let file = match made {
                Made::AsShown | Made::Committed(_) => File::new(content.clone().into_bytes()),
                Made::Bytes => File::new(unescape(content)),
                Made::Repeated(times) => File::new(content.repeat(*times).into_bytes()),
                Made::Outside => File::with_problem(Problem::OutsideBook),
                Made::Unread(_) => continue,
            };
            files.insert(FilePath::new(path), file);
        }
        files
    }

    /// What git remembers of its files.
    pub fn history(&self) -> History {
        let mut history = History::default();
        for ((path, content), made) in self.files.iter().zip(&self.made) {
            if let Made::Unread(cause) = made {
                history.unread = Some(Unread { cause: *cause, words: content.trim_end().to_owned() });
            }
            let Made::Committed(day) = made else { continue };
            let last = Change { day: *day, author: "Sato".to_owned(), commit: "0123456789".to_owned() };
            let file = history
                .files
                .entry(FilePath::new(path))
                .or_insert_with(|| FileHistory { last: last.clone(), stood: Vec::new() });
            file.last = last;
            file.stood.insert(0, (*day, content.as_str().into()));
        }
        history
    }
}

fn made(info: &str) -> Made {
    info.split(' ').skip(1).fold(Made::AsShown, |made, word| match word.split_once('=') {
        Some(("repeat", times)) => Made::Repeated(times.parse().unwrap_or(1)),
        Some(("unread", word)) => Cause::ALL.into_iter().find(|cause| cause.word() == word).map_or(made, Made::Unread),
        Some(("committed", day)) => Date::parse(day).map_or(made, Made::Committed),
        None if word == "bytes" => Made::Bytes,
        None if word == "outside" => Made::Outside,
        _ => made,
    })
}

/// The bytes of a text in which `\xE9` stands for a byte.
fn unescape(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let byte = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.extend(byte);
        bytes.extend_from_slice(part.get(2..).unwrap_or_default().as_bytes());
    }
    bytes
}

static ENGLISH: LazyLock<BTreeMap<Code, Wording>> = LazyLock::new(|| table(|source| source.en));
static JAPANESE: LazyLock<BTreeMap<Code, Wording>> = LazyLock::new(|| table(|source| source.ja));

fn table(pick: impl Fn(WordingSource) -> &'static str) -> BTreeMap<Code, Wording> {
    super::RULES.iter().map(|rule| (rule.code, parse(pick(rule.words)))).collect()
}

static NONE: LazyLock<Wording> = LazyLock::new(Wording::default);

/// The words of the rule with this code for a reader of a language.
pub fn of(code: Code, language: &Language) -> &'static Wording {
    let table = if language.code() == "ja" { &*JAPANESE } else { &*ENGLISH };
    table.get(code).unwrap_or(&NONE)
}

/// Reads a words file.
pub fn parse(text: &str) -> Wording {
    let mut wording = Wording::default();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.peek() {
        if line.starts_with("## ") {
            break;
        }
        if let Some(title) = line.strip_prefix("# ") {
            title.trim().clone_into(&mut wording.title);
        } else if let Some((key, value)) = line.split_once(": ") {
            head_line(&mut wording, key, value.trim());
        }
        lines.next();
    }
    let rest: Vec<&str> = lines.collect();
    for section in split_sections(&rest) {
        let heading = section[0].trim_start_matches("## ").trim();
        if section.iter().any(|line| line.starts_with("```findings")) {
            wording.examples.push(example(heading, &section[1..]));
        } else {
            wording.sections.push((heading.to_owned(), section[1..].join("\n").trim().to_owned()));
        }
    }
    wording
}

fn head_line(wording: &mut Wording, key: &str, value: &str) {
    if key == "clause" {
        value.clone_into(&mut wording.clause);
        return;
    }
    let (kind, variant) =
        key.split_once('[').map_or((key, ""), |(kind, variant)| (kind, variant.trim_end_matches(']')));
    wording.lines.push(Line { kind: kind.to_owned(), variant: variant.to_owned(), template: value.to_owned() });
}

fn split_sections<'a>(lines: &'a [&'a str]) -> Vec<&'a [&'a str]> {
    let mut starts = Vec::new();
    let mut fence: Option<usize> = None;
    for (at, line) in lines.iter().enumerate() {
        let ticks = line.bytes().take_while(|byte| *byte == b'`').count();
        match fence {
            Some(open) if ticks >= open && line.trim_start_matches('`').is_empty() => fence = None,
            None if ticks >= 3 => fence = Some(ticks),
            None if line.starts_with("## ") => starts.push(at),
            _ => {}
        }
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| &lines[start..end]).collect()
}

fn example(heading: &str, lines: &[&str]) -> Example {
    let title = heading.split_once([':', '：']).map_or(heading, |(_, title)| title).trim().to_owned();
    let mut example = Example { title, ..Example::default() };
    let mut path = None;
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let ticks = line.bytes().take_while(|byte| *byte == b'`').count();
        if ticks >= 3 {
            let closing = lines[at + 1..]
                .iter()
                .position(|end| end.trim_end() == "`".repeat(ticks))
                .map_or(lines.len(), |end| at + 1 + end);
            let content = &lines[at + 1..closing];
            if line.ends_with("findings") {
                example.findings =
                    content.iter().map(|line| (*line).trim().to_owned()).filter(|line| !line.is_empty()).collect();
            } else if let Some(path) = path.take() {
                let mut text = content.join("\n");
                text.push('\n');
                example.files.push((path, text));
                example.made.push(made(line.trim_start_matches('`')));
            }
            at = closing + 1;
            continue;
        }
        if let Some(quoted) = line.trim().strip_prefix('`').and_then(|rest| rest.split('`').next()) {
            match quoted.strip_prefix("--today ") {
                Some(today) => example.today = Some(today.to_owned()),
                None => path = Some(quoted.to_owned()),
            }
        }
        at += 1;
    }
    example
}

impl Wording {
    /// What is wrong, as a fact.
    pub fn message(&self, finding: &Finding, language: &Language) -> String {
        self.first("message", finding, language).unwrap_or_else(|| {
            let template = self.lines.iter().find(|line| line.kind == "message" && line.variant == finding.variant);
            template.map_or_else(|| self.title.clone(), |line| fill(&line.template, finding, language).0)
        })
    }

    /// Why, or where the other half is.
    pub fn note(&self, finding: &Finding, language: &Language) -> Option<String> {
        self.first("note", finding, language)
    }

    /// The one next step.
    pub fn help(&self, finding: &Finding, language: &Language) -> Option<String> {
        self.first("help", finding, language)
    }

    /// What stands at the other places that the finding points at.
    pub fn related(&self, finding: &Finding, language: &Language) -> Option<String> {
        self.first("related", finding, language)
    }

    /// The first line of a kind whose placeholders are all filled: of the finding's variant, else of the common wording.
    fn first(&self, kind: &str, finding: &Finding, language: &Language) -> Option<String> {
        let of_variant = |variant: &'static str| {
            let lines = self.lines.iter().filter(move |line| line.kind == kind && line.variant == variant);
            lines.map(|line| fill(&line.template, finding, language)).find(|(_, whole)| *whole).map(|(text, _)| text)
        };
        of_variant(finding.variant).or_else(|| of_variant(""))
    }

    /// The names of the placeholders of all its lines.
    pub fn placeholders(&self) -> Vec<(String, String, String)> {
        let names = |line: &Line| {
            let parts: Vec<String> = line
                .template
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}'))
                .map(|(name, _)| name.to_owned())
                .collect();
            parts.into_iter().map(|name| (line.kind.clone(), line.variant.clone(), name)).collect::<Vec<_>>()
        };
        self.lines.iter().flat_map(names).collect()
    }
}

/// The template with its placeholders filled, and whether all were.
fn fill(template: &str, finding: &Finding, language: &Language) -> (String, bool) {
    let mut text = String::new();
    let mut whole = true;
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, tail)) = after.split_once('}') else { break };
        match finding.values.get(name) {
            Some(value) => text.push_str(value.get(language)),
            None => whole = false,
        }
        rest = tail;
    }
    text.push_str(rest);
    (text, whole)
}
