//! CSV as Excel opens it: UTF-8 with a byte order mark, CRLF, and no cell that a spreadsheet would take for a formula.

use super::Table;

/// Writes a table as CSV.
pub(super) fn write(table: &Table) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    let head: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
    writer.write_record(&head).expect("writing to memory does not fail");
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|cell| neutral(cell)).collect();
        writer.write_record(&cells).expect("writing to memory does not fail, and rows are as long as the head");
    }
    writer.into_inner().expect("writing to memory does not fail")
}

/// A cell that begins like a formula gets an apostrophe in front.
fn neutral(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}
