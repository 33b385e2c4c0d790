//! The documents that differ, and what about them.

use super::value::{Entry, Field, Fields, What};
use super::{Change, Changed, States, Subject, texts};
use crate::book::{Book, Document, DocumentKey};
use crate::date::Date;
use crate::language::{Language, Localized};
use crate::text::Spanned;
use crate::value::{Node, Value, word_of};
use crate::words::Words;

/// The keys whose values are spelled out; of the others it is only said that they differ.
const SPELLED_OUT: [&str; 13] = [
    "id",
    "type",
    "title",
    "status",
    "version",
    "owner",
    "approver",
    "approved",
    "effective",
    "reviewed",
    "next_review",
    "classification",
    "summary",
];

pub(super) fn compare(states: &States<'_>) -> Vec<Changed> {
    let (old, new) = (&states.old.book, &states.new.book);
    let mut changed: Vec<Changed> = Vec::new();
    for document in &new.documents {
        let Some(before) = states.pairs.old_of(document.key).map(|key| old.document(key)) else {
            changed.push(Changed {
                change: Change::Added,
                subject: subject(document, Some(document.key)),
                fields: of_added(new, document),
            });
            continue;
        };
        let fields = differences((old, before), (new, document));
        if !fields.is_empty() {
            let retired = !document.is_living() && before.is_living();
            let change = if retired { Change::Retired } else { Change::Changed };
            changed.push(Changed { change, subject: subject(document, Some(document.key)), fields });
        }
    }
    let gone = old.documents.iter().filter(|document| states.pairs.new_of(document.key).is_none());
    changed.extend(gone.map(|document| Changed {
        change: Change::Removed,
        subject: subject(document, None),
        fields: Vec::new(),
    }));
    changed
}

/// A document as what differs.
pub(super) fn subject(document: &Document, now: Option<DocumentKey>) -> Subject {
    Subject::Document {
        id: document.id.clone(),
        title: document.title.clone(),
        kind: document.kind.as_ref().map(|kind| kind.word().to_owned()),
        path: document.original.path.clone(),
        now,
    }
}

fn of_added(book: &Book, document: &Document) -> Vec<Field> {
    let mut fields = Fields::default();
    for name in ["type", "version", "status", "owner"] {
        fields.one(name, None, value(book, document, name));
    }
    fields.0
}

fn differences(old: (&Book, &Document), new: (&Book, &Document)) -> Vec<Field> {
    let mut fields = Fields::default();
    for name in SPELLED_OUT {
        fields.one(name, value(old.0, old.1, name), value(new.0, new.1, name));
    }
    let file = |document: &Document| Some(Entry::plain(document.original.path.as_str()));
    fields.one("file", file(old.1), file(new.1));
    fields.many("languages", &languages(old.1), &languages(new.1));
    let several = new.1.manuscripts().count() > 1;
    for (language, after) in new.1.manuscripts() {
        let Some((_, before)) = old.1.manuscripts().find(|(other, _)| *other == language) else { continue };
        let headings = texts::differing(before, after);
        if !headings.is_empty() {
            let what = What::Parts { language: several.then(|| language.clone()), headings };
            fields.0.push(Field { name: "text", what });
        }
    }
    let keys = other_keys(old.1, new.1);
    if !keys.is_empty() {
        fields.0.push(Field { name: "entries", what: What::Keys(keys) });
    }
    fields.0
}

/// What a document says under a key, with what its translations and the book's defaults say.
fn value(book: &Book, document: &Document, name: &str) -> Option<Entry> {
    let metadata = document.metadata();
    let day = |day: &Option<Spanned<Date>>| day.as_ref().map(|day| Entry::plain(&day.value.to_string()));
    let text = |text: &Option<Spanned<String>>| text.as_ref().map(|text| Entry::plain(&text.value));
    let person = |name: &Option<Spanned<String>>| name.as_ref().map(|name| Entry::person(book, &name.value));
    match name {
        "id" => document.id.as_deref().map(Entry::plain),
        "type" => document.kind.as_ref().map(|kind| kind_entry(book, kind.word())),
        "title" => localized(book, &document.title),
        "summary" => localized(book, &document.summary),
        "status" => document.status().map(|status| Entry::word("document-status", word_of(status))),
        "version" => text(&metadata.version),
        "owner" => person(&metadata.owner),
        "approver" => person(&metadata.approver),
        "approved" => day(&metadata.approved),
        "effective" => day(&metadata.effective),
        "reviewed" => day(&metadata.reviewed),
        "next_review" => day(&metadata.next_review),
        "classification" => text(&metadata.classification),
        _ => None,
    }
}

/// A text as the readers of each language of the book are shown it.
fn localized(book: &Book, text: &Localized) -> Option<Entry> {
    if text.is_empty() {
        return None;
    }
    let mut shown = Localized::default();
    for language in &book.config.languages {
        shown.insert(language.clone(), text.get(language));
    }
    Some(Entry::Text(shown))
}

fn kind_entry(book: &Book, word: &str) -> Entry {
    let own = book.config.types.get(word).map(|own| &own.label).filter(|label| !label.is_empty());
    match own {
        Some(label) => Entry::Word { word: word.to_owned(), text: label.clone() },
        None if book.config.types.contains_key(word) => Entry::plain(word),
        None => Entry::word("document-type", word),
    }
}

fn languages(document: &Document) -> Vec<Entry> {
    document.manuscripts().map(|(language, _)| language_entry(language)).collect()
}

fn language_entry(language: &Language) -> Entry {
    let key = format!("language.{language}");
    if Words::of(language).all().contains_key(&key) {
        Entry::word("language", language.code())
    } else {
        Entry::Word { word: language.to_string(), text: Localized::plain(language.code()) }
    }
}

/// The keys of the front matter that say something else, in any language that both have.
fn other_keys(old: &Document, new: &Document) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for (language, after) in new.manuscripts() {
        let Some((_, before)) = old.manuscripts().find(|(other, _)| *other == language) else { continue };
        let named = after.front.entries().iter().chain(before.front.entries()).map(|(key, _)| key.value.as_str());
        for key in named.filter(|key| !SPELLED_OUT.contains(key)) {
            let differs = match (before.front.get(key), after.front.get(key)) {
                (Some(before), Some(after)) => !same(before, after),
                (None, None) => false,
                (Some(node), None) | (None, Some(node)) => !node.is_empty(),
            };
            if differs && !keys.iter().any(|known| known == key) {
                keys.push(key.to_owned());
            }
        }
    }
    keys
}

/// Whether two values say the same, wherever they stand and however they are quoted.
pub(super) fn same(left: &Node, right: &Node) -> bool {
    match (&left.value, &right.value) {
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Map(left), Value::Map(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(key, node)| right.iter().any(|(other, value)| key.value == other.value && same(node, value)))
        }
        (Value::Bool(left), Value::Bool(right)) => left == right,
        _ => match (left.scalar(), right.scalar()) {
            (Some(left), Some(right)) => left.split_whitespace().eq(right.split_whitespace()),
            _ => left.is_empty() && right.is_empty(),
        },
    }
}
