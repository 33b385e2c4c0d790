//! A register before it is written: lists of rows whose cells are words for people and values for programs at once.

use serde::Serialize;

use super::table::{Column, Table, Width};
use crate::book::{Book, DocumentKey};
use crate::date::Date;
use crate::id::ItemId;
use crate::language::{Language, Localized};
use crate::project::Snapshot;
use crate::text::Spanned;
use crate::value::{Word, word_of};
use crate::words::Words;

/// One list of a register. Its name is the key of its title (`export.NAME`) and what programs call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The name.
    pub name: &'static str,
    /// The columns.
    pub columns: Vec<Field>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A column: what programs call it, and how wide its texts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// What programs call it; it never changes.
    pub name: &'static str,
    /// The key of its heading, below `export.column`.
    pub title: &'static str,
    /// How wide its texts are.
    pub width: Width,
    /// Whether it holds numbers.
    pub numbers: bool,
}

/// One row, with the document that it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The document whose content it is.
    pub document: Option<DocumentKey>,
    /// One cell a column.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What people read.
    pub text: String,
    /// What programs read.
    pub value: Value,
}

/// What programs read in a cell; a state is its word, not what people call it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Nothing is said.
    Nothing,
    /// A text, a day or a word.
    Text(String),
    /// A number.
    Number(i64),
    /// Several texts or words.
    Texts(Vec<String>),
    /// Documents.
    Documents(Vec<Named>),
}

/// A document as programs read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its id.
    pub id: Option<String>,
    /// Its title.
    pub title: String,
    /// Its page, from the site's root in the default language.
    pub page: String,
}

impl List {
    /// An empty list: each column by its name, which is the key of its heading too, and its width.
    pub(super) fn new(name: &'static str, columns: &[(&'static str, Width)]) -> Self {
        let field = |(name, width): &(&'static str, Width)| Field { name, title: name, width: *width, numbers: false };
        Self { name, columns: columns.iter().map(field).collect(), rows: Vec::new() }
    }

    /// Gives columns another name for programs than the key of their heading.
    pub(super) fn named(mut self, names: &[(&'static str, &'static str)]) -> Self {
        for (title, name) in names {
            self.columns.iter_mut().filter(|column| column.title == *title).for_each(|column| column.name = name);
        }
        self
    }

    /// Says which columns hold numbers.
    pub(super) fn numbers(mut self, titles: &[&str]) -> Self {
        self.columns
            .iter_mut()
            .filter(|column| titles.contains(&column.title))
            .for_each(|column| column.numbers = true);
        self
    }

    /// Adds a row.
    pub(super) fn push(&mut self, document: Option<DocumentKey>, cells: Vec<Cell>) {
        debug_assert_eq!(cells.len(), self.columns.len(), "a row is as long as the columns");
        self.rows.push(Row { document, cells });
    }

    /// The list as a table for people.
    pub fn table(&self, words: &Words) -> Table {
        let column = |field: &Field| Column {
            numbers: field.numbers,
            ..Column::new(words.get(&format!("export.column.{}", field.title)), field.width)
        };
        Table {
            title: words.get(&format!("export.{}", self.name)).to_owned(),
            columns: self.columns.iter().map(column).collect(),
            rows: self.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect()).collect(),
        }
    }
}

impl Cell {
    /// A text.
    pub(super) fn text(text: &str) -> Self {
        let value = if text.is_empty() { Value::Nothing } else { Value::Text(text.to_owned()) };
        Self { text: text.to_owned(), value }
    }

    /// A number.
    pub(super) fn number(number: Option<i64>) -> Self {
        number.map_or_else(Self::nothing, |number| Self { text: number.to_string(), value: Value::Number(number) })
    }

    /// A day.
    pub(super) fn date(date: Option<Date>) -> Self {
        date.map_or_else(Self::nothing, |date| Self::text(&date.to_string()))
    }

    /// A day of the front matter.
    pub(super) fn day(date: Option<&Spanned<Date>>) -> Self {
        Self::date(date.map(|date| date.value))
    }

    /// Several texts, a line each.
    pub(super) fn lines(texts: Vec<String>) -> Self {
        Self { text: texts.join("\n"), value: Value::Texts(texts) }
    }

    /// Nothing.
    pub(super) fn nothing() -> Self {
        Self { text: String::new(), value: Value::Nothing }
    }
}

/// What cells are made with: the book, and the reader's language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pen<'a> {
    /// The book.
    pub(super) book: &'a Book,
    /// The reader's language.
    pub(super) language: &'a Language,
    /// The words in it.
    pub(super) words: &'static Words,
}

impl<'a> Pen<'a> {
    /// What writes about a snapshot in a language.
    pub(super) fn new(snapshot: &'a Snapshot, language: &'a Language) -> Self {
        Self { book: &snapshot.book, language, words: Words::of(language) }
    }

    /// A text of the book.
    pub(super) fn localized(self, text: &Localized) -> Cell {
        Cell::text(text.get(self.language))
    }

    /// A word of the model, and what people call it.
    pub(super) fn word(self, prefix: &str, word: &str) -> Cell {
        Cell { text: self.words.get(&format!("{prefix}.{word}")).to_owned(), value: Value::Text(word.to_owned()) }
    }

    /// A word of the front matter.
    pub(super) fn choice<T: Word + PartialEq + Copy>(self, prefix: &str, value: Option<T>) -> Cell {
        value.map_or_else(Cell::nothing, |value| self.word(prefix, word_of(value)))
    }

    /// Words of the front matter in one line.
    pub(super) fn choices(self, prefix: &str, words: &[&str]) -> Cell {
        let said: Vec<String> =
            words.iter().map(|word| self.words.get(&format!("{prefix}.{word}")).to_owned()).collect();
        let value = Value::Texts(words.iter().map(|word| (*word).to_owned()).collect());
        Cell { text: self.words.join(&said), value }
    }

    /// Several texts in one line.
    pub(super) fn listed(self, texts: Vec<String>) -> Cell {
        Cell { text: self.words.join(&texts), value: Value::Texts(texts) }
    }

    /// A person or role by name.
    pub(super) fn person(self, name: Option<&str>) -> Cell {
        name.map_or_else(Cell::nothing, |name| self.localized(&self.book.person(name)))
    }

    /// A person or role of the front matter.
    pub(super) fn owner(self, name: Option<&Spanned<String>>) -> Cell {
        self.person(name.map(|name| name.value.as_str()))
    }

    /// Items by the ids that people write, in one line.
    pub(super) fn items<'i>(self, items: impl Iterator<Item = &'i ItemId>) -> Cell {
        let mut ids: Vec<String> = Vec::new();
        for id in items.map(|item| self.book.short_id(item)) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        // Ids break over lines at blanks only.
        Cell { text: ids.join(", "), value: Value::Texts(ids) }
    }

    /// Documents, a line each.
    pub(super) fn documents(self, keys: &[DocumentKey]) -> Cell {
        let named = |key: &DocumentKey| {
            let document = self.book.document(*key);
            let title = document.title.get(self.language).to_owned();
            Named { id: document.id.clone(), title, page: document.page.clone() }
        };
        let labels = keys.iter().map(|key| self.book.document(*key).label().get(self.language).to_owned());
        let text = labels.collect::<Vec<_>>().join("\n");
        Cell { text, value: Value::Documents(keys.iter().map(named).collect()) }
    }
}
