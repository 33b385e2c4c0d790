//! A sheet as it was read: cells with their places, merged areas, what is hidden, and remarks beside cells.

use std::collections::{BTreeMap, BTreeSet};

use crate::date::Date;

/// A sheet of a workbook, or the one table of a CSV file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Its name; empty for a CSV file.
    pub name: String,
    /// Whether its author hides it.
    pub hidden: bool,
    /// The rows that hold something, from top to bottom.
    pub rows: Vec<Row>,
    /// Cells that are shown as one, by the column that they begin in, from top to bottom.
    pub merged: BTreeMap<u32, Vec<Area>>,
    /// Rows that are not shown.
    pub hidden_rows: BTreeSet<u32>,
    /// Columns that are not shown.
    pub hidden_columns: BTreeSet<u32>,
    /// Remarks beside cells.
    pub remarks: Vec<Remark>,
}

/// A row with the cells that hold something.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Its number, counted from 0.
    pub number: u32,
    /// Column, counted from 0, and cell; from left to right.
    pub cells: Vec<(u32, Cell)>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What it is.
    pub value: Value,
    /// How it reads.
    pub text: String,
}

/// What kind of value a cell holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// Words.
    Text,
    /// A number: what stood behind its point may have been lost.
    Number(f64),
    /// A day.
    Date(Date),
    /// True or false.
    Bool,
    /// A formula that was never computed, or whose outcome is an error.
    Unread,
}

/// A rectangle of cells, its ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// The first row and column.
    pub first: (u32, u32),
    /// The last row and column.
    pub last: (u32, u32),
}

/// A remark beside a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The row and column.
    pub at: (u32, u32),
    /// What it says.
    pub text: String,
}

impl Cell {
    /// A cell of words.
    pub fn text(text: &str) -> Self {
        Self { value: Value::Text, text: text.to_owned() }
    }

    /// Whether nothing is to be seen in it.
    pub fn is_blank(&self) -> bool {
        self.value != Value::Unread && self.text.trim().is_empty()
    }
}

impl Row {
    /// The cell of a column.
    pub fn get(&self, column: u32) -> Option<&Cell> {
        let at = self.cells.binary_search_by_key(&column, |(column, _)| *column).ok()?;
        Some(&self.cells[at].1)
    }
}

impl Area {
    fn holds(&self, row: u32, column: u32) -> bool {
        (self.first.0..=self.last.0).contains(&row) && (self.first.1..=self.last.1).contains(&column)
    }
}

impl Sheet {
    /// Notes the merged areas.
    pub fn merge(&mut self, areas: impl IntoIterator<Item = Area>) {
        for area in areas {
            self.merged.entry(area.first.1).or_default().push(area);
        }
        self.merged.values_mut().for_each(|areas| areas.sort_by_key(|area| area.first.0));
    }

    /// The row of a number.
    pub fn row(&self, number: u32) -> Option<&Row> {
        let at = self.rows.binary_search_by_key(&number, |row| row.number).ok()?;
        Some(&self.rows[at])
    }

    /// The cell at a place; within a merged area, the one that stands for it, as long as it stands in the same column.
    pub fn down<'a>(&'a self, row: &'a Row, column: u32) -> Option<&'a Cell> {
        row.get(column).or_else(|| {
            let areas = self.merged.get(&column)?;
            let at = areas.partition_point(|area| area.first.0 <= row.number).checked_sub(1)?;
            let area = areas[at];
            area.holds(row.number, column).then(|| self.row(area.first.0)?.get(column)).flatten()
        })
    }

    /// The cell at a place; within a merged area, the one that stands for it.
    pub fn shown(&self, row: u32, column: u32) -> Option<&Cell> {
        self.row(row).and_then(|row| row.get(column)).or_else(|| {
            let areas = self.merged.range(..=column).flat_map(|(_, areas)| areas);
            let area = areas.into_iter().find(|area| area.holds(row, column))?;
            self.row(area.first.0)?.get(area.first.1)
        })
    }

    /// A place as people name it: `Annex A!F17`.
    pub fn place(&self, row: u32, column: u32) -> String {
        let cell = format!("{}{}", letters(column), u64::from(row) + 1);
        if self.name.is_empty() { cell } else { format!("{}!{cell}", self.name) }
    }
}

/// The letters of a column: 0 is `A`, 26 is `AA`.
pub fn letters(column: u32) -> String {
    let mut left = u64::from(column) + 1;
    let mut letters = Vec::new();
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).expect("below 26")));
        left /= 26;
    }
    letters.iter().rev().collect()
}

/// The column of some letters; none where they are none.
pub(super) fn column_of(letters: &str) -> Option<u32> {
    let plain = (1..=3).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_alphabetic());
    let number = |sum: u32, byte: u8| sum * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1;
    plain.then(|| letters.bytes().fold(0, number) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!((letters(column).as_str(), column_of(name)), (name, Some(column)));
        }
        assert_eq!(column_of("No."), None);
        assert_eq!(letters(u32::MAX).len(), 7);
    }
}
