//! CSV as Excel opens it: UTF-8 with a byte order mark, CRLF, and no cell that a spreadsheet would take for a formula.

use super::{Column, Table, Width};
use crate::text::visible;
use crate::words::Words;

/// Writes a table as CSV.
pub(super) fn write(table: &Table) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    let head: Vec<String> = table.columns.iter().map(|column| neutral(&column.title)).collect();
    writer.write_record(&head).expect("writing to memory does not fail");
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|cell| neutral(cell)).collect();
        writer.write_record(&cells).expect("writing to memory does not fail, and rows are as long as the head");
    }
    writer.into_inner().expect("writing to memory does not fail")
}

/// Several tables as one, since a CSV file holds one: a column says which table a row is of, and columns of one heading
/// are one column.
pub(super) fn together(mut tables: Vec<Table>, words: &Words) -> Table {
    if tables.len() < 2 {
        return tables.pop().unwrap_or_default();
    }
    let mut columns = vec![Column::new(words.get("export.column.list"), Width::Narrow)];
    for column in tables.iter().flat_map(|table| &table.columns) {
        if columns.iter().all(|known| known.title != column.title) {
            columns.push(column.clone());
        }
    }
    let mut all = Table { columns, ..Table::default() };
    for table in tables {
        let places: Vec<Option<usize>> = table
            .columns
            .iter()
            .map(|column| all.columns.iter().skip(1).position(|known| known.title == column.title))
            .collect();
        for row in table.rows {
            let mut cells = vec![String::new(); all.columns.len()];
            cells[0].clone_from(&table.title);
            for (place, cell) in places.iter().zip(row) {
                if let Some(slot) = place.and_then(|place| cells.get_mut(place + 1)) {
                    *slot = cell;
                }
            }
            all.rows.push(cells);
        }
    }
    all
}

/// What a spreadsheet takes for the beginning of a formula; a Japanese one the wide letters too.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A cell that begins like a formula gets an apostrophe in front. What would steer who shows it is shown.
fn neutral(cell: &str) -> String {
    let cell = visible(cell);
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.into_owned() }
}
