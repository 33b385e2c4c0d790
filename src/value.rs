//! Values with their places, as YAML and TOML give them, and reading them field by field with findings.

mod shape;

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::date::Date;
use crate::files::FilePath;
use crate::finding::{Change, Code, Finding, Place, Remedy};
use crate::language::{Language, Localized};
use crate::text::{Span, Spanned, near};

use shape::Notes;
pub use shape::{Asked, Shape};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its place in the file.
    pub span: Span,
}

/// A value as written; numbers and dates keep their text, so that `1.10` is not `1.1`.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing was written.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number or a date, as written.
    Literal(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order written.
    Map(Vec<(Key, Node)>),
}

/// The key of a map.
pub type Key = Spanned<String>;

impl Node {
    /// The text of a scalar; none for an empty one, a list or a map.
    pub fn scalar(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) | Value::Literal(text) if !text.trim().is_empty() => Some(text.trim()),
            _ => None,
        }
    }

    /// Whether nothing was written: no value, an empty text, an empty list.
    pub fn is_empty(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Text(text) => text.trim().is_empty(),
            Value::List(nodes) => nodes.is_empty(),
            _ => false,
        }
    }

    /// The value under a key of a map.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|(name, _)| name.value == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// Whether it is a list or a map without entries.
    pub fn is_hollow(&self) -> bool {
        match &self.value {
            Value::List(nodes) => nodes.is_empty(),
            Value::Map(entries) => entries.is_empty(),
            _ => false,
        }
    }

    /// Whether it says the same, wherever it stands.
    pub fn says_same(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::List(own), Value::List(others)) => {
                own.len() == others.len() && own.iter().zip(others).all(|(one, other)| one.says_same(other))
            }
            (Value::Map(own), Value::Map(others)) => {
                own.len() == others.len()
                    && own.iter().all(|(key, node)| other.get(&key.value).is_some_and(|other| node.says_same(other)))
            }
            (own, others) => own == others,
        }
    }

    /// The nodes of a list; none of anything else.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(nodes) => nodes,
            _ => &[],
        }
    }

    /// Every text in it: its own, or those of a list and of the lists in that.
    pub fn texts(&self) -> Vec<String> {
        match &self.value {
            Value::List(nodes) => nodes.iter().flat_map(Self::texts).collect(),
            _ => self.scalar().map(str::to_owned).into_iter().collect(),
        }
    }

    /// The entries of a map; none for anything else.
    pub fn entries(&self) -> &[(Key, Self)] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }
}

/// Collects the findings of reading one file's values.
#[derive(Debug)]
pub struct Report {
    path: FilePath,
    wrong: Code,
    findings: RefCell<Vec<Finding>>,
    unknown: RefCell<Vec<UnknownKey>>,
    texts: RefCell<BTreeSet<Span>>,
    people: RefCell<Vec<Spanned<String>>>,
    notes: Option<Notes>,
}

/// A key that nothing asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownKey {
    /// The key and its place.
    pub key: Key,
    /// The known key most like it.
    pub nearest: Option<String>,
    /// Whether no other known key is as near.
    pub alone: bool,
    /// Every key that is known there.
    pub known: Vec<String>,
}

impl Finding {
    /// Names the known key that an unknown one was likely meant for. Where no other is as near, a machine may write it.
    #[must_use]
    pub fn named(self, unknown: &UnknownKey) -> Self {
        let Some(nearest) = &unknown.nearest else { return self };
        let place = self.place.clone();
        let remedy = unknown.alone.then(|| Remedy::safe(Change::Rename(nearest.clone()), place));
        self.with("nearest", nearest.as_str()).remedy_some(remedy)
    }
}

impl Report {
    /// A report on the file `path`; a value of the wrong kind is a finding of `wrong`.
    pub fn new(path: &FilePath, wrong: Code) -> Self {
        Self {
            path: path.clone(),
            wrong,
            findings: RefCell::default(),
            unknown: RefCell::default(),
            texts: RefCell::default(),
            people: RefCell::default(),
            notes: None,
        }
    }

    /// A report for a reading of nothing, which notes what the reader asks for.
    pub fn noting() -> Self {
        Self { notes: Some(Notes::default()), ..Self::new(&FilePath::new(""), "DOC003") }
    }

    /// What was asked of the map that was finished last, where that is noted.
    pub fn asked(&self) -> Vec<Asked> {
        self.notes.as_ref().and_then(Notes::take).unwrap_or_default()
    }

    /// Reports a wrong value: `variant` says what was expected.
    pub fn wrong(&self, field: &str, node: &Node, variant: &'static str) {
        let found = describe(node);
        self.add(
            Finding::new(self.wrong, Place::new(&self.path, node.span))
                .variant(variant)
                .with("field", field)
                .with_some("found", found),
        );
    }

    /// Reports a word in the place of `true` or `false`.
    fn no_flag(&self, field: &str, node: &Node, word: &str) {
        let means = match word.to_lowercase().as_str() {
            "true" | "yes" | "on" => Some("true"),
            "false" | "no" | "off" => Some("false"),
            _ => None,
        };
        let finding = Finding::new(self.wrong, Place::new(&self.path, node.span)).variant("flag");
        let finding = finding.with("field", field).with("found", word);
        self.add(match means {
            Some(means) => finding.say(means),
            None => finding,
        });
    }

    /// Reports a word that is not in a fixed list.
    pub fn not_in(&self, field: &str, node: &Node, words: &[&str]) {
        let found = describe(node);
        let near = found.as_deref().and_then(|found| near(found, words.iter().copied()));
        self.add(
            Finding::new(self.wrong, Place::new(&self.path, node.span))
                .variant("choice")
                .with("field", field)
                .with_some("found", found.clone())
                .with("allowed", in_backticks(words))
                .near(near),
        );
    }

    /// Adds a finding of any rule.
    pub fn add(&self, finding: Finding) {
        self.findings.borrow_mut().push(finding);
    }

    /// The file that is read.
    pub fn path(&self) -> &FilePath {
        &self.path
    }

    /// The places of the values that are words for readers, which another language says otherwise.
    pub fn texts(self) -> BTreeSet<Span> {
        self.texts.into_inner()
    }

    /// The people that were named so far.
    pub fn people(&self) -> Vec<Spanned<String>> {
        self.people.take()
    }

    /// What was found, and the keys that nothing asked for.
    pub fn finish(self) -> (Vec<Finding>, Vec<UnknownKey>) {
        (self.findings.into_inner(), self.unknown.into_inner())
    }
}

/// Several words in one line, each in backticks.
pub fn in_backticks(words: &[&str]) -> Localized {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    Localized::both(&quoted.join(", "), &quoted.join("、"))
}

fn describe(node: &Node) -> Option<String> {
    match &node.value {
        Value::Null | Value::List(_) | Value::Map(_) => None,
        Value::Bool(value) => Some(value.to_string()),
        Value::Literal(text) | Value::Text(text) => Some(text.clone()),
    }
}

/// A map that is read field by field; what is not asked for is an unknown key.
#[derive(Debug)]
pub struct Fields<'a> {
    entries: &'a [(Key, Node)],
    report: &'a Report,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Fields<'a> {
    /// The fields of a map; a node that is no map (and not empty) is a wrong value of `field`.
    pub fn new(field: &str, node: &'a Node, report: &'a Report) -> Self {
        if !matches!(node.value, Value::Map(_)) && !node.is_empty() {
            report.wrong(field, node, "map");
        }
        if let Some(notes) = &report.notes {
            notes.open();
        }
        Self { entries: node.entries(), report, asked: RefCell::default() }
    }

    /// The node under a key, where something is written there.
    pub fn node(&self, key: &'static str) -> Option<&'a Node> {
        self.asked.borrow_mut().insert(key);
        self.entries.iter().find(|(name, _)| name.value == key).map(|(_, node)| node).filter(|node| !node.is_empty())
    }

    /// Notes what a key may hold, where that is noted.
    pub fn note(&self, key: &'static str, shape: impl FnOnce() -> Shape) {
        if let Some(notes) = &self.report.notes {
            notes.note(key, shape(), false);
        }
    }

    /// What the entries of a list may be, as their reader tells when it is given nothing, and a plain text.
    fn entry_shape<T>(&self, read: impl Fn(&'a Node, &'a Report) -> Option<T>) -> Shape {
        let found = || self.report.findings.borrow().len();
        read(&shape::EMPTY, self.report);
        let fields = self.report.notes.as_ref().and_then(Notes::take);
        let before = found();
        read(&shape::PLAIN, self.report);
        let text = found() == before;
        self.report.asked();
        fields.map_or(Shape::Text, |fields| Shape::Map { fields, text })
    }

    /// A text that must be there; where none is written, the map at `node` lacks it.
    pub fn required_text(&self, key: &'static str, node: &Node) -> Option<Spanned<String>> {
        if let Some(notes) = &self.report.notes {
            notes.note(key, Shape::Text, true);
        }
        self.require(key, node);
        self.text(key)
    }

    /// Reports a key that must be there and is not; what is no map at all was told already.
    pub fn require(&self, key: &'static str, node: &Node) {
        if self.node(key).is_none() && matches!(node.value, Value::Map(_)) {
            self.report.wrong(key, node, "required");
        }
    }

    /// A map read as a whole.
    pub fn map<T>(&self, key: &'static str, read: impl Fn(&'a Node, &'a Report) -> Option<T>) -> Option<T> {
        self.note(key, || self.entry_shape(&read));
        read(self.node(key)?, self.report)
    }

    /// Whether the key is there at all, even with nothing written.
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(name, _)| name.value == key)
    }

    /// A text; a number counts as its text.
    pub fn text(&self, key: &'static str) -> Option<Spanned<String>> {
        self.note(key, || Shape::Text);
        let node = self.node(key)?;
        let text = scalar(key, node, self.report)?;
        Some(Spanned::new(text, node.span))
    }

    /// A text, plain or by language.
    pub fn localized(&self, key: &'static str) -> Option<Localized> {
        self.note(key, || Shape::Words);
        localized(key, self.node(key)?, self.report)
    }

    /// A day.
    pub fn date(&self, key: &'static str) -> Option<Spanned<Date>> {
        self.note(key, || Shape::Date);
        date(key, self.node(key)?, self.report)
    }

    /// `true` or `false`.
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        self.note(key, || Shape::Flag);
        let node = self.node(key)?;
        match (&node.value, node.scalar()) {
            (Value::Bool(value), _) => return Some(*value),
            // Quotes make a text of it, and can mean nothing else.
            (_, Some("true")) => return Some(true),
            (_, Some("false")) => return Some(false),
            (_, Some(word)) => self.report.no_flag(key, node, word),
            _ => self.report.wrong(key, node, "flag"),
        }
        None
    }

    /// Somebody: a key of `[people]`, or a name.
    pub fn person(&self, key: &'static str) -> Option<Spanned<String>> {
        self.note(key, || Shape::Person);
        let person = self.text(key)?;
        self.report.people.borrow_mut().push(person.clone());
        Some(person)
    }

    /// A whole number.
    pub fn number(&self, key: &'static str) -> Option<Spanned<i64>> {
        self.note(key, || Shape::Number);
        let node = self.node(key)?;
        if let Some(number) = node.scalar().and_then(|text| text.parse().ok()) {
            return Some(Spanned::new(number, node.span));
        }
        self.report.wrong(key, node, "number");
        None
    }

    /// One of the fixed words of `T`.
    pub fn choice<T: Word>(&self, key: &'static str) -> Option<Spanned<T>> {
        self.note(key, words_of::<T>);
        choice(key, self.node(key)?, self.report)
    }

    /// Each entry of a list; a single value is a list of one.
    pub fn list<T>(&self, key: &'static str, read: impl Fn(&'a Node, &'a Report) -> Option<T>) -> Vec<T> {
        self.note(key, || Shape::List(Box::new(self.entry_shape(&read))));
        let Some(node) = self.node(key) else { return Vec::new() };
        match &node.value {
            Value::List(nodes) => {
                nodes.iter().filter(|node| !node.is_empty()).filter_map(|node| read(node, self.report)).collect()
            }
            _ => read(node, self.report).into_iter().collect(),
        }
    }

    /// A list of texts.
    pub fn texts(&self, key: &'static str) -> Vec<Spanned<String>> {
        self.note(key, || Shape::List(Box::new(Shape::Text)));
        self.list(key, |node, report| Some(Spanned::new(scalar(key, node, report)?, node.span)))
    }

    /// A list of ids; several may stand in one text, parted by commas.
    pub fn ids(&self, key: &'static str) -> Vec<Spanned<String>> {
        self.note(key, || Shape::List(Box::new(Shape::Ids)));
        self.ids_with(key, |node, report| Some(Spanned::new(scalar(key, node, report)?, node.span)))
    }

    /// A list of ids or of what says more of them, read one by one.
    pub fn ids_with<T>(&self, key: &'static str, read: impl Fn(&Node, &Report) -> Option<T>) -> Vec<T> {
        self.note(key, || Shape::List(Box::new(self.entry_shape(&read))));
        let found = self
            .list(key, |node, report| Some(pieces(node).filter_map(|node| read(&node, report)).collect::<Vec<_>>()));
        found.into_iter().flatten().collect()
    }

    /// A list of texts, each plain or by language.
    pub fn localized_list(&self, key: &'static str) -> Vec<Localized> {
        self.note(key, || Shape::List(Box::new(Shape::Words)));
        self.list(key, |node, report| localized(key, node, report))
    }

    /// A list of fixed words of `T`.
    pub fn choices<T: Word>(&self, key: &'static str) -> Vec<Spanned<T>> {
        self.note(key, || Shape::List(Box::new(words_of::<T>())));
        self.list(key, |node, report| choice(key, node, report))
    }

    /// Ends the reading: every key that nothing asked for is noted as unknown. `also` are known elsewhere.
    pub fn finish(self, also: &[&str]) {
        if let Some(notes) = &self.report.notes {
            notes.close();
        }
        let asked = self.asked.into_inner();
        for (key, _) in self.entries {
            let name = key.value.as_str();
            if asked.contains(name) || also.contains(&name) {
                continue;
            }
            let known: Vec<&str> = asked.iter().copied().chain(also.iter().copied()).collect();
            let near = near(name, known.iter().copied());
            let (nearest, alone) = (near.map(|near| near.name.to_owned()), near.is_some_and(|near| near.alone));
            let known = known.into_iter().map(str::to_owned).collect();
            self.report.unknown.borrow_mut().push(UnknownKey { key: key.clone(), nearest, alone, known });
        }
    }
}

/// What stands between the commas of a text, each piece at its own place; anything else is one piece.
fn pieces(node: &Node) -> impl Iterator<Item = Node> {
    const COMMAS: [char; 5] = [',', '、', '，', ';', '\n'];
    let text = match &node.value {
        Value::Text(text) | Value::Literal(text) if text.contains(COMMAS) => text.as_str(),
        _ => return vec![node.clone()].into_iter(),
    };
    // Where escapes make the text another than what is written, a piece has no place of its own.
    let exact = text.len() == node.span.end - node.span.start;
    let piece = |part: &str| {
        let bare = part.trim();
        let start = node.span.start + (bare.as_ptr() as usize - text.as_ptr() as usize);
        let span = if exact { Span::new(start, start + bare.len()) } else { node.span };
        Node { value: Value::Text(bare.to_owned()), span }
    };
    let parts: Vec<Node> = text.split(COMMAS).filter(|part| !part.trim().is_empty()).map(piece).collect();
    parts.into_iter()
}

/// A type that is written as one word of a fixed list.
pub trait Word: Copy + 'static {
    /// Each word and what it means.
    const WORDS: &'static [(&'static str, Self)];
}

fn words_of<T: Word>() -> Shape {
    Shape::Choice(T::WORDS.iter().map(|(word, _)| (*word).to_owned()).collect())
}

/// The word that stands for `value`.
pub fn word_of<T: Word + PartialEq>(value: T) -> &'static str {
    T::WORDS.iter().find(|(_, other)| *other == value).map_or("", |(word, _)| word)
}

/// The text of a scalar, else a finding.
pub fn scalar(field: &str, node: &Node, report: &Report) -> Option<String> {
    if let Value::Bool(value) = node.value {
        return Some(value.to_string());
    }
    if node.scalar().is_none() {
        report.wrong(field, node, "text");
    }
    node.scalar().map(str::to_owned)
}

/// One word of a fixed list, else a finding that names the list.
pub fn choice<T: Word>(field: &str, node: &Node, report: &Report) -> Option<Spanned<T>> {
    let found = node.scalar().and_then(|text| T::WORDS.iter().find(|(word, _)| *word == text));
    if let Some((_, value)) = found {
        return Some(Spanned::new(*value, node.span));
    }
    let words: Vec<&str> = T::WORDS.iter().map(|(word, _)| *word).collect();
    report.not_in(field, node, &words);
    None
}

/// A day in ISO form, else a finding that proposes the ISO form where the text can be read as a day.
pub fn date(field: &str, node: &Node, report: &Report) -> Option<Spanned<Date>> {
    let text = node.scalar().unwrap_or_default();
    if let Some(date) = Date::parse(text) {
        return Some(Spanned::new(date, node.span));
    }
    let place = Place::new(&report.path, node.span);
    let finding = Finding::new(report.wrong, place).variant("date").with("field", field);
    let finding = finding.with_some("found", describe(node));
    report.add(match Date::guess(text).map(|date| date.to_string()) {
        Some(date) => finding.with("nearest", date.as_str()).say(&date),
        None => finding,
    });
    None
}

/// A text, plain or as a map by language, else a finding.
pub fn localized(field: &str, node: &Node, report: &Report) -> Option<Localized> {
    report.texts.borrow_mut().insert(node.span);
    let Value::Map(entries) = &node.value else {
        return scalar(field, node, report).map(Localized::from);
    };
    let mut text = Localized::default();
    for (key, node) in entries {
        if !Language::is_code(&key.value) {
            report.wrong(field, &key_as_node(key), "languages");
            continue;
        }
        if let Some(part) = scalar(field, node, report) {
            text.insert(Language::new(&key.value), &part);
        }
    }
    Some(text)
}

/// A key as the wrong value that it is.
pub fn key_as_node(key: &Key) -> Node {
    Node { value: Value::Text(key.value.clone()), span: key.span }
}
