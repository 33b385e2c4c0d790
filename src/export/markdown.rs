//! Markdown tables: one row a line, stable, made for differences in a pull request.

use super::Table;

/// Writes a table with its title as a second-level heading.
pub(super) fn write(table: &Table) -> String {
    let head: Vec<String> = table.columns.iter().map(|column| cell(&column.title)).collect();
    let mut text = format!("## {}\n\n| {} |\n|{}\n", table.title, head.join(" | "), " --- |".repeat(head.len()));
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|text| cell(text)).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text
}

fn cell(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace("\r\n", "\n").replace('\n', "<br>").trim().to_owned()
}
