//! Which column means which field: by the words of its heading and by what stands below it. Each field has one column; where
//! two readings are as good, neither is taken.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{Cell, Row, Sheet, Value};
use super::header::{Fit, Header, fits};
use super::vocabulary::{OTHER, Vocabulary};
use super::{Mapping, fold};
use crate::date::Date;

/// As many rows tell what a column holds.
const LOOKED_AT: usize = 400;
/// A column of fixed words has no more different ones.
const DIFFERENT: usize = 8;

/// The columns of a table.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// The column of each field.
    pub(super) by_field: BTreeMap<String, u32>,
    /// Fields that several columns fit alike, with these.
    pub(super) ties: Vec<(Vec<String>, Vec<u32>)>,
}

/// What a column is seen to hold, asked of whoever knows the kind of table.
pub(super) type Evidence<'e> = dyn Fn(&str, &[&Cell]) -> i32 + 'e;

/// The columns of a table of these rows.
pub(super) fn assign(
    sheet: &Sheet,
    header: &Header,
    body: &[&Row],
    vocabulary: &Vocabulary,
    mapping: &Mapping,
    evidence: &Evidence<'_>,
) -> Columns {
    let mut columns = Columns::default();
    let mut open: BTreeSet<u32> = header.columns.keys().copied().collect();
    let in_body = body.iter().take(LOOKED_AT).flat_map(|row| row.cells.iter().map(|(column, _)| *column));
    open.extend(in_body);
    for column in open.clone() {
        let levels = header.columns.get(&column).map(Vec::as_slice).unwrap_or_default();
        if let Some(field) = mapping.field(&sheet.name, column, levels) {
            open.remove(&column);
            if field != OTHER {
                columns.by_field.insert(field.to_owned(), column);
            }
        }
    }
    let mut scores: Vec<(i32, String, u32)> = Vec::new();
    for column in &open {
        let levels = header.columns.get(column).map(Vec::as_slice).unwrap_or_default();
        let cells: Vec<&Cell> = body.iter().take(LOOKED_AT).filter_map(|row| sheet.down(row, *column)).collect();
        scores.extend(scored(levels, &cells, vocabulary, evidence).map(|(score, field)| (score, field, *column)));
    }
    scores.retain(|(_, field, _)| !columns.by_field.contains_key(field));
    settle(scores, &mut columns);
    columns
}

/// The fields that a column may mean, with how well it does.
fn scored<'a>(
    levels: &[String],
    cells: &'a [&Cell],
    vocabulary: &'a Vocabulary,
    evidence: &'a Evidence<'_>,
) -> impl Iterator<Item = (i32, String)> + 'a {
    let named = fits(levels, vocabulary);
    let of_heading = |named: &BTreeMap<&str, Fit>, field: &str| match named.get(field) {
        Some(Fit::Whole) => 6,
        Some(Fit::Part) => 3,
        Some(Fit::Above) => 2,
        None => 0,
    };
    // A column that is known to mean no field is none, unless what stands in it speaks louder.
    let kept = of_heading(&named, OTHER);
    let fields = vocabulary.fields.iter().filter(|field| *field != OTHER);
    fields.filter_map(move |field| {
        let heading = of_heading(&named, field);
        let seen = evidence(field, cells);
        // What stands in a column makes it an id or a title; all else must be called so.
        let score = heading + seen;
        let called = heading > 0 || seen >= 8;
        // A heading of two halves, one of which means no field, means the other.
        let half = named.get(field.as_str()) == Some(&Fit::Part) && heading >= kept;
        (called && score > 0 && (heading > kept || seen >= 8 || kept == 0 || half)).then(|| (score, field.clone()))
    })
}

/// Gives each field its column, the surest first.
fn settle(mut scores: Vec<(i32, String, u32)>, columns: &mut Columns) {
    while let Some(best) = scores.iter().map(|(score, ..)| *score).max() {
        let top: Vec<(String, u32)> = scores
            .iter()
            .filter(|(score, ..)| *score == best)
            .map(|(_, field, column)| (field.clone(), *column))
            .collect();
        let (first_field, first_column) = top[0].clone();
        // All that cannot be told from the first: by its field, by its column, and on from there.
        let (mut fields, mut places) = (BTreeSet::from([first_field]), BTreeSet::from([first_column]));
        loop {
            let before = (fields.len(), places.len());
            for (field, column) in &top {
                if fields.contains(field) || places.contains(column) {
                    fields.insert(field.clone());
                    places.insert(*column);
                }
            }
            if before == (fields.len(), places.len()) {
                break;
            }
        }
        if let (1, 1) = (fields.len(), places.len()) {
            columns.by_field.extend(fields.iter().cloned().zip(places.iter().copied()));
        } else {
            columns.ties.push((fields.iter().cloned().collect(), places.iter().copied().collect()));
        }
        scores.retain(|(_, field, column)| !fields.contains(field) && !places.contains(column));
    }
}

/// How well cells fit a field of fixed words.
pub(super) fn of_words(field: &str, cells: &[&Cell], vocabulary: &Vocabulary) -> i32 {
    let Some(meanings) = vocabulary.meanings(field) else { return 0 };
    let values: BTreeSet<String> =
        cells.iter().map(|cell| fold::value(&cell.text)).filter(|text| !text.is_empty()).collect();
    let known = values.iter().filter(|value| meanings.of(value, |sign| values.contains(sign)).is_some()).count();
    match (values.len(), known) {
        (0, _) => 0,
        (all, known) if known * 2 >= all => 2,
        (all, 0) if all > DIFFERENT => -20,
        (all, _) if all > 2 * DIFFERENT => -20,
        _ => 0,
    }
}

/// How well cells fit a field of days.
pub(super) fn of_days(cells: &[&Cell]) -> i32 {
    let filled: Vec<&&Cell> = cells.iter().filter(|cell| !cell.is_blank()).collect();
    let days = filled.iter().filter(|cell| day(cell).is_some()).count();
    match (filled.len(), days) {
        (0, _) => 0,
        (all, days) if days * 2 >= all => 2,
        (_, 0) => -20,
        _ => 0,
    }
}

/// The day that a cell names.
pub(super) fn day(cell: &Cell) -> Option<Date> {
    match cell.value {
        Value::Date(date) => Some(date),
        Value::Text => Date::guess(&cell.text),
        _ => None,
    }
}
