//! The values that differ: each knows its word for machines and its text for readers.

use crate::book::{Book, DocumentKey};
use crate::files::FilePath;
use crate::id::{ItemId, Role};
use crate::language::{Language, Localized};
use crate::words::{Words, localized};

/// One thing about a subject that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Which: the word in machine formats; what it is called stands in the words files under `changes`.
    pub name: &'static str,
    /// How it differs.
    pub what: What,
}

/// How a thing differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A single value.
    One {
        /// What it was.
        old: Option<Entry>,
        /// What it is.
        new: Option<Entry>,
    },
    /// A list: what went and what came; the rest stayed.
    Many {
        /// What it no longer holds.
        removed: Vec<Entry>,
        /// What it holds now.
        added: Vec<Entry>,
    },
    /// A text, by the headings under which it differs; an empty one for what stands before the first.
    Parts {
        /// The language of the text, where the document has several.
        language: Option<Language>,
        /// The headings.
        headings: Vec<String>,
    },
    /// Entries of the front matter that are not spelled out, by their keys.
    Keys(Vec<String>),
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A text.
    Text(Localized),
    /// A word of a fixed list, or the key of a person.
    Word {
        /// The word in machine formats.
        word: String,
        /// What it is called.
        text: Localized,
    },
    /// A risk's level.
    Level {
        /// The score.
        score: i64,
        /// The id of the level.
        level: String,
        /// Both in words.
        text: Localized,
    },
    /// A document.
    Document {
        /// Its id.
        id: Option<String>,
        /// Its file.
        path: FilePath,
        /// Its title.
        title: Localized,
        /// The heading that is meant.
        section: Option<String>,
        /// The document in the newer book.
        now: Option<DocumentKey>,
    },
    /// An item of a catalog.
    Item {
        /// The item.
        item: ItemId,
        /// The roles that are meant; none for all.
        roles: Vec<Role>,
        /// Its id as people write it, with the roles.
        text: Localized,
    },
}

impl Entry {
    /// A word whose text stands under `PREFIX.WORD`.
    pub(super) fn word(prefix: &str, word: &str) -> Self {
        Self::Word { word: word.to_owned(), text: localized(&format!("{prefix}.{word}")) }
    }

    /// A text that is the same in every language.
    pub(super) fn plain(text: &str) -> Self {
        Self::Text(Localized::plain(text))
    }

    /// A person or role.
    pub(super) fn person(book: &Book, key: &str) -> Self {
        Self::Word { word: key.to_owned(), text: book.person(key) }
    }

    /// Whether both say the same, though each by the names of its own state.
    pub(super) fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Document { path, section, now, .. },
                Self::Document { path: path_b, section: section_b, now: now_b, .. },
            ) => section == section_b && now == now_b && (now.is_some() || path == path_b),
            (Self::Item { item, roles, .. }, Self::Item { item: item_b, roles: roles_b, .. }) => {
                item == item_b && roles == roles_b
            }
            (Self::Level { score, level, .. }, Self::Level { score: score_b, level: level_b, .. }) => {
                score == score_b && level == level_b
            }
            // A name is what readers see; a word of a list may be called another way in the two states and be the same.
            (Self::Word { word, .. }, Self::Word { word: word_b, .. }) => word == word_b,
            (this, other) => this == other,
        }
    }

    /// What a reader is shown.
    pub fn text(&self, language: &Language) -> String {
        match self {
            Self::Text(text) | Self::Word { text, .. } | Self::Level { text, .. } | Self::Item { text, .. } => {
                text.get(language).to_owned()
            }
            Self::Document { id, title, section, .. } => {
                let name = id.clone().unwrap_or_else(|| title.get(language).to_owned());
                match section {
                    Some(section) => {
                        Words::of(language).fill("changes.in-section", &[("document", &name), ("section", section)])
                    }
                    None => name,
                }
            }
        }
    }
}

/// Collects the things that differ.
#[derive(Debug, Default)]
pub(super) struct Fields(pub(super) Vec<Field>);

impl Fields {
    /// Notes a single value where it differs.
    pub(super) fn one(&mut self, name: &'static str, old: Option<Entry>, new: Option<Entry>) {
        let same = match (&old, &new) {
            (Some(old), Some(new)) => old.same(new),
            (None, None) => true,
            _ => false,
        };
        if !same {
            self.0.push(Field { name, what: What::One { old, new } });
        }
    }

    /// Notes a list where it holds other entries.
    pub(super) fn many(&mut self, name: &'static str, old: &[Entry], new: &[Entry]) {
        let without = |entries: &[Entry], others: &[Entry]| -> Vec<Entry> {
            entries.iter().filter(|entry| !others.iter().any(|other| entry.same(other))).cloned().collect()
        };
        let (removed, added) = (without(old, new), without(new, old));
        if !removed.is_empty() || !added.is_empty() {
            self.0.push(Field { name, what: What::Many { removed, added } });
        }
    }
}
