//! What the words of a table mean: as a person said, as its legend says, as the vocabulary knows; else they are asked.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::Table;
use crate::import::fold;
use crate::import::grid::{Cell, Row, Sheet, Value};
use crate::import::mapping::Mapping;
use crate::import::outcome::Question;
use crate::import::vocabulary::Vocabulary;

/// The values of one field in a table.
#[derive(Debug, Default)]
struct Values {
    /// By folded value: how it is first written, its first cell, and how often it stands there.
    found: BTreeMap<String, (String, String, usize)>,
}

/// A table whose words are being read.
pub(super) struct Reading<'t> {
    table: &'t Table<'t>,
    mapping: &'t Mapping,
    vocabulary: &'static Vocabulary,
    legend: &'t BTreeMap<String, String>,
    values: BTreeMap<String, Values>,
    unknown: RefCell<BTreeMap<(String, String), Question>>,
}

/// The signs that the file explains, with their explanations: `○：適用`, `P = partial`.
pub(super) fn legend(sheets: &[Sheet], tables: &[Vec<Table<'_>>]) -> BTreeMap<String, String> {
    let mut legend = BTreeMap::new();
    for (sheet, tables) in sheets.iter().zip(tables) {
        let column = |table: &Table<'_>| table.columns.by_field.get("control").copied();
        // What stands in a row of a control is no legend.
        let is_entry = |row: &Row| {
            let within = |table: &&Table<'_>| table.body.iter().any(|own| own.number == row.number);
            tables.iter().filter(within).any(|table| column(table).is_some_and(|column| row.get(column).is_some()))
        };
        let texts = sheet.rows.iter().filter(|row| tables.is_empty() || !is_entry(row)).flat_map(|row| &row.cells);
        for (_, Cell { text, .. }) in texts {
            explain(text, &mut legend);
        }
    }
    legend
}

fn explain(text: &str, legend: &mut BTreeMap<String, String>) {
    for part in text.split(['、', '，', ',', ';', '；', '\n', '　', '/', '／', '|', '（', '）', '(', ')']) {
        let pair = part.rsplit_once([':', '：', '=', '＝', '…']);
        let Some((sign, meaning)) = pair.map(|(sign, meaning)| (sign.trim(), meaning.trim())) else { continue };
        // Behind a word such as 凡例 the sign is the last thing before the colon.
        let sign = sign.trim_end_matches([':', '：']).rsplit([' ', ':', '：']).next().unwrap_or(sign);
        if (1..=3).contains(&sign.chars().count()) && !meaning.is_empty() {
            legend.entry(fold::value(sign)).or_insert_with(|| meaning.to_owned());
        }
    }
}

impl<'t> Reading<'t> {
    pub(super) fn new(
        table: &'t Table<'t>,
        mapping: &'t Mapping,
        vocabulary: &'static Vocabulary,
        legend: &'t BTreeMap<String, String>,
    ) -> Self {
        let mut reading =
            Self { table, mapping, vocabulary, legend, values: BTreeMap::new(), unknown: RefCell::default() };
        for (field, column) in &table.columns.by_field {
            if vocabulary.meanings(field).is_none() {
                continue;
            }
            let mut values = Values::default();
            for row in &table.body {
                let cell = table.sheet.down(row, *column);
                let Some(cell) = cell.filter(|cell| !cell.is_blank() && cell.value != Value::Unread) else { continue };
                for text in pieces(field, &cell.text) {
                    let place = || table.sheet.place(row.number, *column);
                    let known = values.found.entry(fold::value(text)).or_insert_with(|| (text.to_owned(), place(), 0));
                    known.2 += 1;
                }
            }
            reading.values.insert(field.clone(), values);
        }
        reading
    }

    /// The column of a field.
    pub(super) fn column(&self, field: &str) -> Option<u32> {
        self.table.columns.by_field.get(field).copied()
    }

    /// The cell of a field, where something stands in it.
    pub(super) fn cell(&self, row: &Row, field: &str) -> Option<&'t Cell> {
        // A cell that spans several rows stands in the first of them.
        let cell = self.table.sheet.down(self.own(row), self.column(field)?)?;
        (!cell.is_blank()).then_some(cell)
    }

    fn own(&self, row: &Row) -> &'t Row {
        self.table.sheet.row(row.number).expect("the rows of a table are rows of its sheet")
    }

    /// What a text means in a field; where nobody knows, that becomes a question.
    pub(super) fn meaning(&self, field: &str, text: &str) -> Option<&'t str> {
        let value = fold::value(text);
        let meanings = self.vocabulary.meanings(field)?;
        let of_legend = || self.legend.get(&value).and_then(|text| meanings.word(&fold::value(text)));
        let all: Option<&Values> = self.values.get(field);
        let beside = |sign: &str| all.is_some_and(|values| values.found.contains_key(sign));
        let found = self.mapping.meaning(field, &value).or_else(of_legend).or_else(|| meanings.of(&value, beside));
        if found.is_none() {
            let known = all.and_then(|values| values.found.get(&value));
            let (written, place, count) = known.cloned().unwrap_or_else(|| (text.to_owned(), String::new(), 1));
            let question = Question::Word { field: field.to_owned(), written, place, count, meanings: meanings.all() };
            self.unknown.borrow_mut().insert((field.to_owned(), value), question);
        }
        found
    }

    /// Whether what a text means was said by a person.
    pub(super) fn is_answered(&self, field: &str, text: &str) -> bool {
        self.mapping.meaning(field, &fold::value(text)).is_some()
    }

    /// The words that stand in a field's column, what each was taken for, and how often it stands there.
    pub(super) fn words(&self, field: &str) -> Vec<(String, String, usize)> {
        let Some(values) = self.values.get(field) else { return Vec::new() };
        let asked: BTreeSet<String> = self.unknown.borrow().keys().map(|(_, value)| value.clone()).collect();
        let known = values.found.iter().filter(|(value, _)| !asked.contains(*value));
        let told = known.filter_map(|(_, (written, _, count))| {
            Some((written.clone(), self.meaning(field, written)?.to_owned(), *count))
        });
        let mut told: Vec<(String, String, usize)> = told.collect();
        told.sort_by(|one, other| other.2.cmp(&one.2).then_with(|| one.0.cmp(&other.0)));
        told
    }

    /// The words that nobody knows.
    pub(super) fn questions(self) -> impl Iterator<Item = Question> {
        self.unknown.into_inner().into_values()
    }
}

/// The single values of a cell: one, or several in a list of reasons.
pub(super) fn pieces<'c>(field: &str, text: &'c str) -> Vec<&'c str> {
    if field != "reasons" {
        return vec![text];
    }
    let parts = text.split([',', '、', ';', '；', '\n', '/', '・', '，']).map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_legend_explains_its_signs() {
        for text in
            ["○：適用、×：除外", "凡例　○＝適用する　×＝適用除外", "O = 適用\nX = 除外", "Legend: ○: 適用, x: 除外"]
        {
            let mut legend = BTreeMap::new();
            explain(text, &mut legend);
            let said = |sign: &str| legend.get(sign).map(String::as_str).unwrap_or_default();
            assert!(said("○").starts_with("適用") && said("x").contains("除外"), "{text}: {legend:?}");
        }
    }
}
