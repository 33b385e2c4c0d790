//! What has no field in a book: kept as a file beside it, row by row with the id that it is about, so that nothing is lost.

use super::{Fate, Plan, Told};
use crate::date::Date;
use crate::edit::Data;
use crate::yaml;

/// A line of the file, or several that belong together: as written, and what it must be read as.
type Block = (String, Data);

/// The text of the file that keeps what has no field; none where a reader would not read the same of it.
pub fn leftover(plan: &Plan, day: Date) -> Option<String> {
    let head = format!("file: {}\nblake3: {}\nimported: {day}\nsheets:\n", quoted(&plan.file), quoted(&plan.hash));
    let mut text = head;
    for sheet in &plan.sheets {
        text.push_str(&format!("  - sheet: {}\n", quoted(&sheet.name)));
        let rows: Vec<Block> = sheet.rows.iter().filter(|told| told.left().next().is_some()).map(row).collect();
        let remarks = sheet.remarks.iter().map(|(cell, text)| map(&[("cell", cell), ("remark", text)]));
        for (key, blocks) in [("rows", rows), ("remarks", remarks.collect())] {
            if blocks.is_empty() {
                continue;
            }
            text.push_str(&format!("    {key}:\n"));
            for (block, meant) in blocks {
                // The whole may be larger than a reader's limits; each part of it is not.
                let read = yaml::parse(&block).ok().map(|node| Data::from(&node));
                read.filter(|read| meant.is_read_as(read))?;
                text.extend(block.lines().flat_map(|line| ["      ", line, "\n"]));
            }
        }
    }
    Some(text)
}

fn row(told: &Told) -> Block {
    let mut lines = format!("- row: {}\n", told.row);
    let mut meant = vec![("row".to_owned(), Data::Plain(told.row.to_string()))];
    let id = told.id.as_deref().map(|id| ("id", id));
    let fate = (told.fate != Fate::Imported).then(|| ("not-imported", told.fate.word()));
    for (key, value) in id.into_iter().chain(fate) {
        lines.push_str(&format!("  {key}: {}\n", quoted(value)));
        meant.push((key.to_owned(), Data::text(value)));
    }
    lines.push_str("  cells:\n");
    let mut cells: Vec<(String, Data)> = Vec::new();
    for cell in told.left() {
        lines.push_str(&format!("    {}: {}\n", quoted(&cell.name), quoted(&cell.text)));
        cells.push((cell.name.clone(), Data::text(&cell.text)));
    }
    meant.push(("cells".to_owned(), Data::Map(cells)));
    (lines, Data::List(vec![Data::Map(meant)]))
}

fn map(entries: &[(&str, &str)]) -> Block {
    let spelt: Vec<String> = entries.iter().map(|(key, text)| format!("{key}: {}", quoted(text))).collect();
    let meant = entries.iter().map(|(key, text)| ((*key).to_owned(), Data::text(text))).collect();
    (format!("- {{ {} }}\n", spelt.join(", ")), Data::List(vec![Data::Map(meant)]))
}

/// In double quotes, JSON and YAML write a text alike, but for letters that YAML does not let stand.
fn quoted(text: &str) -> String {
    let json = serde_json::to_string(text).expect("a text is always JSON");
    let odd = |letter: char| {
        matches!(letter, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    json.chars()
        .map(|letter| if odd(letter) { format!("\\u{:04x}", u32::from(letter)) } else { letter.to_string() })
        .collect()
}
