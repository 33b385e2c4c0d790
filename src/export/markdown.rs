//! Markdown tables: one row a line, stable, made for differences in a pull request.

use super::Table;
use crate::text::visible;

/// Writes a table with its title as a second-level heading.
pub(super) fn write(table: &Table) -> String {
    let head: Vec<String> = table.columns.iter().map(|column| escape(&column.title)).collect();
    let rule = " --- |".repeat(head.len());
    let mut text = format!("## {}\n\n| {} |\n|{rule}\n", escape(&table.title), head.join(" | "));
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|text| escape(text)).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text
}

/// A text on one line that Markdown shows as it stands. Nothing is escaped that means nothing there: `A.5.15`, `POL-001` and
/// `restore_test.pdf` stay as they are, so that a difference reads like the text.
pub(super) fn escape(text: &str) -> String {
    let letters: Vec<char> = visible(&text.trim().replace("\r\n", "\n")).chars().collect();
    let mut escaped = String::with_capacity(text.len());
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]);
        let next = letters.get(at + 1).copied();
        match letter {
            '\n' => escaped.push_str("<br>"),
            '\r' | '\t' => escaped.push(' '),
            '\\' | '|' | '<' | '`' | '*' | '[' | ']' | '~' => escaped.extend(['\\', *letter]),
            // An underscore inside a word marks nothing.
            '_' if !(is_inner(before) && is_inner(next)) => escaped.push_str("\\_"),
            '&' if next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '#') => escaped.push_str("\\&"),
            _ => escaped.push(*letter),
        }
    }
    escaped
}

fn is_inner(letter: Option<char>) -> bool {
    letter.is_some_and(char::is_alphanumeric)
}
