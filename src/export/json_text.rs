//! A register as JSON, version 1: the same rows as in every other format, as objects whose keys no language changes.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::register::{Field, List, Row};
use crate::language::Language;
use crate::project::Snapshot;
use crate::text::json_document;

#[derive(serde::Serialize)]
struct File<'a> {
    version: u8,
    export: &'a str,
    organization: &'a str,
    language: &'a str,
    #[serde(rename = "today")]
    as_of: String,
    commit: Option<&'a str>,
    lists: Vec<Rows<'a>>,
}

#[derive(serde::Serialize)]
struct Rows<'a> {
    name: &'a str,
    rows: Vec<Object<'a>>,
}

/// A row as an object, its keys in the order of the columns.
struct Object<'a> {
    columns: &'a [Field],
    row: &'a Row,
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.columns.len()))?;
        for (column, cell) in self.columns.iter().zip(&self.row.cells) {
            map.serialize_entry(&column.name.replace('-', "_"), &cell.value)?;
        }
        map.end()
    }
}

/// Writes a register.
pub(super) fn write(snapshot: &Snapshot, language: &Language, name: &str, lists: &[List]) -> Vec<u8> {
    let rows = lists.iter().map(|list| Rows {
        name: list.name,
        rows: list.rows.iter().map(|row| Object { columns: &list.columns, row }).collect(),
    });
    let file = File {
        version: 1,
        export: name,
        organization: snapshot.book.config.organization.get(language),
        language: language.code(),
        as_of: snapshot.derived.as_of().to_string(),
        commit: snapshot.book.commit.as_deref(),
        lists: rows.collect(),
    };
    json_document(&file).into_bytes()
}
