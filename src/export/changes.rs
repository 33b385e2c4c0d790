//! What differs between two states of a book: for a person at a terminal, for a pull request, for programs.

mod json;
mod markdown;
mod text;

pub use json::render as json;
pub use markdown::render as markdown;
pub use text::render as text;

use crate::changes::{Change, Changed, Changes, Entry, Field, State, Subject, What, count};
use crate::language::Language;
use crate::words::Words;

/// From so many lines of one catalog and role on, those that came or went are told in one.
const TOGETHER: usize = 6;

/// Words and language of a reader.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    language: &'a Language,
    words: &'static Words,
    /// The languages of the book, in which texts may differ.
    languages: &'a [Language],
}

/// A thing that differs, as readers are shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What it is called.
    pub label: String,
    /// What it was: what went, of a list; empty for a text.
    pub old: String,
    /// What it is: what came, of a list; where a text differs.
    pub new: String,
    /// Whether one stands in the place of the other.
    pub replaced: bool,
}

impl<'a> Reader<'a> {
    /// A reader of `language`.
    pub fn new(changes: &'a Changes, language: &'a Language) -> Self {
        Self { language, words: Words::of(language), languages: &changes.languages }
    }

    fn word(self, key: &str) -> String {
        self.words.get(&format!("changes.{key}")).to_owned()
    }

    fn fill(self, key: &str, values: &[(&str, &str)]) -> String {
        self.words.fill(&format!("changes.{key}"), values)
    }

    /// A state by the name that it was asked for, with its commit and day.
    pub fn state(self, state: &State) -> String {
        let name = state.revision.clone().unwrap_or_else(|| self.word("work-tree"));
        let day = state.day.map(|day| day.to_string());
        let commit = state.commit.clone().filter(|commit| !commit.starts_with(&name) && !name.starts_with(commit));
        let known: Vec<String> = commit.into_iter().chain(day).collect();
        if known.is_empty() {
            return name;
        }
        self.fill("state", &[("name", &name), ("what", &self.words.join(&known))])
    }

    /// What a thing about a subject is called.
    pub fn label(self, kind: &str, field: &Field) -> String {
        let label = self.word(&format!("{kind}.{}", field.name.replace('_', "-")));
        match &field.what {
            What::Parts { language: Some(language), .. } => self.in_language(&label, language),
            What::One { old, new } => match self.differing_language(old.as_ref(), new.as_ref()) {
                Some(language) => self.in_language(&label, language),
                None => label,
            },
            _ => label,
        }
    }

    fn in_language(self, label: &str, language: &Language) -> String {
        let key = format!("language.{language}");
        let words = self.words.get(&key);
        let name = if words == key { language.code() } else { words };
        self.fill("in-language", &[("label", label), ("language", name)])
    }

    /// The language in which two texts differ, where they are the same in the reader's own.
    pub fn differing_language(self, old: Option<&Entry>, new: Option<&Entry>) -> Option<&'a Language> {
        let (old, new) = old.zip(new)?;
        let same = |language: &Language| old.text(language) == new.text(language);
        same(self.language).then(|| self.languages.iter().find(|language| !same(language)))?
    }

    /// A thing about what was added: there is nothing that it differs from.
    fn fact(self, kind: &str, field: &Field) -> String {
        let value = match &field.what {
            What::Many { added, .. } => self.list("", added),
            _ => self.shown(kind, field).new,
        };
        self.fill("pair", &[("label", &self.label(kind, field)), ("value", &value)])
    }

    fn list(self, sign: &str, entries: &[Entry]) -> String {
        let texts: Vec<String> =
            entries.iter().map(|entry| format!("{sign}{}", plain(&entry.text(self.language)))).collect();
        self.words.join(&texts)
    }

    /// A thing that differs.
    pub fn shown(self, kind: &str, field: &Field) -> Shown {
        let label = self.label(kind, field);
        match &field.what {
            What::One { old, new } => {
                let language = self.differing_language(old.as_ref(), new.as_ref()).unwrap_or(self.language);
                let text = |entry: &Option<Entry>| {
                    entry.as_ref().map(|entry| plain(&entry.text(language))).unwrap_or_default()
                };
                Shown { label, old: text(old), new: text(new), replaced: true }
            }
            What::Many { removed, added } => {
                Shown { label, old: self.list("− ", removed), new: self.list("+ ", added), replaced: false }
            }
            What::Parts { headings, .. } => {
                let name = |heading: &String| {
                    if heading.is_empty() { self.word("beginning") } else { plain(heading) }
                };
                let names: Vec<String> = headings.iter().map(name).collect();
                Shown { label, old: String::new(), new: self.words.join(&names), replaced: false }
            }
            What::Keys(keys) => {
                Shown { label, old: String::new(), new: plain(&self.words.join(keys)), replaced: false }
            }
        }
    }

    /// `Documents: 1 added, 2 changed`.
    fn section(self, title: &str, changed: &[Changed]) -> String {
        let counts = Change::ALL.map(|change| (change.word(), count(changed, change)));
        self.counted(title, &counts)
    }

    fn counted(self, title: &str, counts: &[(&str, usize)]) -> String {
        let some = counts.iter().filter(|(_, count)| *count > 0);
        let parts: Vec<String> =
            some.map(|(key, count)| self.fill(&format!("count.{key}"), &[("n", &count.to_string())])).collect();
        let counts = if parts.is_empty() { self.word("count.none") } else { self.words.join(&parts) };
        self.fill("section", &[("title", &self.word(title)), ("counts", &counts)])
    }

    /// Id, title and role in one line.
    fn name(self, subject: &Subject) -> String {
        let name = plain(format!("{} {}", subject.id(), subject.title().get(self.language)).trim()).replace('\n', " ");
        match subject.role(self.language) {
            "" => name,
            role => self.words.fill("phrase.control-in-role", &[("control", &name), ("role", role)]),
        }
    }

    /// Id and role.
    fn short(self, subject: &Subject) -> String {
        match subject.role(self.language) {
            "" => subject.id().to_owned(),
            role => self.words.fill("phrase.control-in-role", &[("control", subject.id()), ("role", role)]),
        }
    }

    /// What many lines that came or went are called together.
    fn name_of_many(self, many: &[Changed]) -> String {
        let (first, last) = (&many[0].subject, &many[many.len() - 1].subject);
        let Subject::Line { catalog, .. } = first else { return self.name(first) };
        let catalog = catalog.get(self.language);
        let catalog = match first.role(self.language) {
            "" => catalog.to_owned(),
            role => self.words.fill("phrase.control-in-role", &[("control", catalog), ("role", role)]),
        };
        let n = many.len().to_string();
        self.fill("many", &[("catalog", &catalog), ("n", &n), ("first", first.id()), ("last", last.id())])
    }
}

/// A text of the book without what would command a terminal.
fn plain(text: &str) -> String {
    text.replace(|letter: char| letter.is_control() && letter != '\n', "\u{fffd}")
}

/// The three lists with the key of their title and the kind of their subjects.
fn lists(changes: &Changes) -> [(&'static str, &'static str, &[Changed]); 3] {
    [
        ("documents", "document", &changes.documents),
        ("lines", "line", &changes.lines),
        ("risks", "risk", &changes.risks),
    ]
}

/// The things that differ, where many lines of one catalog and role that came or went are one group.
fn grouped(changed: &[Changed]) -> Vec<&[Changed]> {
    let together = |a: &Changed, b: &Changed| match (&a.subject, &b.subject) {
        (Subject::Line { item, role, .. }, Subject::Line { item: item_b, role: role_b, .. }) => {
            a.change == b.change
                && a.change != Change::Changed
                && item.catalog == item_b.catalog
                && role.as_ref().map(|(role, _)| role) == role_b.as_ref().map(|(role, _)| role)
        }
        _ => false,
    };
    let mut groups = Vec::new();
    for group in changed.chunk_by(together) {
        if group.len() < TOGETHER {
            groups.extend(group.chunks(1));
        } else {
            groups.push(group);
        }
    }
    groups
}
