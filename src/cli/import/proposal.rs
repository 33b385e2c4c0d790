//! What was understood of a file as a mapping that can be kept, changed and used again; an open question is a `?` in it.

use std::collections::BTreeMap;

use crate::import::{KEPT, Plan, Question};
use crate::words::Words;

/// The text of a mapping file.
pub(super) fn text(plan: &Plan, words: &Words) -> String {
    let mut columns: BTreeMap<String, String> = BTreeMap::new();
    let mut meanings: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    let tables = plan.sheets.iter().flat_map(|sheet| &sheet.tables);
    for column in tables.clone().flat_map(|table| &table.columns).filter(|column| !column.levels.is_empty()) {
        let heading = column.levels.join(" ");
        let alike =
            tables.clone().flat_map(|table| &table.columns).filter(|other| other.levels == column.levels).count();
        // What several columns are called is the name of none.
        let heading = if alike > 1 { crate::import::letters(column.at) } else { heading };
        columns.insert(heading, column.field.clone().unwrap_or_else(|| KEPT.to_owned()));
        for (written, meaning, _) in &column.words {
            meanings.entry(column.field.as_deref().unwrap_or_default()).or_default().insert(written, meaning);
        }
    }
    for question in &plan.questions {
        match question {
            Question::Word { field, written, .. } => {
                meanings.entry(field).or_default().insert(written, "?");
            }
            Question::Columns { columns: tied, .. } => {
                for (_, heading) in tied.iter().filter(|(_, heading)| !heading.is_empty()) {
                    columns.insert(heading.clone(), "?".to_owned());
                }
            }
            Question::NoTable | Question::Catalog { .. } | Question::UnknownColumn { .. } => {}
        }
    }
    let mut text =
        format!("# {}\nkind = {}\n\n[columns]\n", words.get("cli.import.mapping-head"), quoted(plan.kind.word()));
    for (heading, field) in columns {
        text.push_str(&format!("{} = {}\n", quoted(&heading), quoted(&field)));
    }
    for (field, words) in meanings {
        text.push_str(&format!("\n[words.{}]\n", quoted(field)));
        for (written, meaning) in words {
            text.push_str(&format!("{} = {}\n", quoted(written), quoted(meaning)));
        }
    }
    text
}

/// In double quotes, JSON and TOML write a text alike.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text is always JSON").replace('\u{7f}', "\\u007f")
}
