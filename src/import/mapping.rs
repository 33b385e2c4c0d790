//! What a person has said about a table: which column means what, and which words; on the command line or in a file.

use std::collections::BTreeMap;

use super::grid::letters;
use super::vocabulary::{OTHER, Vocabulary};
use super::{Kind, Plan, fold, vocabulary};
use crate::config::{TomlFault, parse_toml};
use crate::value::Node;

/// What a person has said about a table.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    /// Of which kind the table is.
    pub kind: Option<Kind>,
    /// Of which catalog its ids are.
    pub catalog: Option<String>,
    /// Columns, by heading or letters, and their fields.
    pub columns: Vec<(String, String)>,
    /// What a word means, by field and word.
    pub words: BTreeMap<(String, String), String>,
}

/// Why a mapping is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongMapping {
    /// The file is no TOML.
    NoToml(TomlFault),
    /// It has no sign of equality, or nothing on one side of it.
    NoPair(String),
    /// No field is called so.
    UnknownField(String),
    /// No meaning of the field is called so.
    UnknownMeaning {
        /// The field.
        field: String,
        /// What was said.
        written: String,
    },
    /// A key that a mapping does not have.
    UnknownKey(String),
}

impl Mapping {
    /// Adds `COLUMN=FIELD`.
    ///
    /// # Errors
    /// Where it is not of that form.
    pub fn map(&mut self, written: &str) -> Result<(), WrongMapping> {
        let (column, field) = pair(written)?;
        self.columns.push((column, field));
        Ok(())
    }

    /// Adds `FIELD:WORD=MEANING`.
    ///
    /// # Errors
    /// Where it is not of that form.
    pub fn word(&mut self, written: &str) -> Result<(), WrongMapping> {
        let (word, meaning) = pair(written)?;
        let no_pair = || WrongMapping::NoPair(written.to_owned());
        let (field, word) = word.split_once([':', '：']).ok_or_else(no_pair)?;
        self.words.insert((field.trim().to_owned(), fold::value(word)), meaning);
        Ok(())
    }

    /// Adds what a file says; what was said before stays.
    ///
    /// # Errors
    /// Where it is no TOML, or has keys that no mapping has.
    pub fn read(&mut self, text: &str) -> Result<(), WrongMapping> {
        let node = parse_toml(text).map_err(WrongMapping::NoToml)?;
        for (key, node) in node.entries() {
            match key.value.as_str() {
                "kind" => {
                    let kind = Kind::ALL.into_iter().find(|kind| node.scalar() == Some(kind.word()));
                    self.kind = self.kind.or(Some(kind.ok_or_else(|| WrongMapping::UnknownKey("kind".to_owned()))?));
                }
                "catalog" => self.catalog = self.catalog.take().or_else(|| node.scalar().map(str::to_owned)),
                "columns" => {
                    let entries =
                        node.entries().iter().filter_map(|(key, node)| Some((key.value.clone(), said(node)?)));
                    self.columns.extend(entries);
                }
                "words" => {
                    for (field, words) in node.entries() {
                        for (word, meaning) in words.entries() {
                            let Some(meaning) = said(meaning) else { continue };
                            self.words.entry((field.value.clone(), fold::value(&word.value))).or_insert(meaning);
                        }
                    }
                }
                other => return Err(WrongMapping::UnknownKey(other.to_owned())),
            }
        }
        Ok(())
    }

    /// Whether every field and meaning that is named is one.
    ///
    /// # Errors
    /// Where one is none.
    pub fn check(&self, kind: Kind) -> Result<(), WrongMapping> {
        let vocabulary = vocabulary::of(kind);
        let known = |field: &String| vocabulary.fields.contains(field);
        if let Some((_, field)) = self.columns.iter().find(|(_, field)| !known(field)) {
            return Err(WrongMapping::UnknownField(field.clone()));
        }
        for ((field, _), meaning) in &self.words {
            let Some(meanings) = vocabulary.meanings(field) else {
                return Err(WrongMapping::UnknownField(field.clone()));
            };
            if !meanings.all().contains(&meaning.as_str()) {
                return Err(WrongMapping::UnknownMeaning { field: field.clone(), written: meaning.clone() });
            }
        }
        Ok(())
    }

    /// The field that was said of a column.
    pub(super) fn field(&self, sheet: &str, column: u32, levels: &[String]) -> Option<&str> {
        let said = self.columns.iter().rev().find(|(written, _)| names(written, sheet, column, levels));
        said.map(|(_, field)| field.as_str())
    }

    /// What was said of a word.
    pub(super) fn meaning(&self, field: &str, value: &str) -> Option<&str> {
        self.words.get(&(field.to_owned(), value.to_owned())).map(String::as_str)
    }

    /// Columns that were spoken of and that no table has.
    pub(super) fn unused(&self, plan: &Plan) -> Vec<String> {
        let has = |written: &str| {
            plan.sheets.iter().any(|sheet| {
                let mut columns = sheet.tables.iter().flat_map(|table| &table.columns);
                columns.any(|column| names(written, &sheet.name, column.at, &column.levels))
            })
        };
        let written = self.columns.iter().map(|(written, _)| written);
        written.filter(|written| !has(written)).cloned().collect()
    }
}

/// The fields that `--map` knows for a kind of table.
pub fn fields(kind: Kind) -> &'static [String] {
    let Vocabulary { fields, .. } = vocabulary::of(kind);
    fields
}

/// The meanings that `--word` knows for a field.
pub fn meanings(kind: Kind, field: &str) -> Vec<&'static str> {
    vocabulary::of(kind).meanings(field).map(vocabulary::Meanings::all).unwrap_or_default()
}

/// A value of a file; an open question is none.
fn said(node: &Node) -> Option<String> {
    node.scalar().map(str::trim).filter(|text| !text.is_empty() && *text != "?").map(str::to_owned)
}

fn pair(written: &str) -> Result<(String, String), WrongMapping> {
    let parts = written.rsplit_once('=').map(|(left, right)| (left.trim().to_owned(), right.trim().to_owned()));
    let whole = parts.filter(|(left, right)| !left.is_empty() && !right.is_empty());
    whole.ok_or_else(|| WrongMapping::NoPair(written.to_owned()))
}

/// Whether a column is meant by letters, with its sheet or without, or by its heading.
fn names(written: &str, sheet: &str, column: u32, levels: &[String]) -> bool {
    let own = match written.rsplit_once('!') {
        Some((named, own)) if named == sheet => own,
        _ => written,
    };
    let heading = crate::text::bare(own);
    let of_heading = levels.last().is_some_and(|last| crate::text::bare(last) == heading)
        || !levels.is_empty() && crate::text::bare(&levels.join(" ")) == heading;
    own == letters(column) || !heading.is_empty() && of_heading
}

/// Not the name of any field: what is written for a column that is to be kept beside.
pub const KEPT: &str = OTHER;
