//! What was understood of a file, in words: sheets, columns, the meaning of words, every row that was not imported, questions.

use std::collections::BTreeMap;

use super::super::Session;
use crate::import::{ColumnPlan, Fate, Plan, Question, SheetPlan, TablePlan, letters};
use crate::words::Words;

/// As much of a cell is shown.
const SHOWN: usize = 60;

/// Tells a plan.
pub(super) fn tell(plan: &Plan, session: &mut Session<'_>) -> anyhow::Result<()> {
    let kind = session.words().get(&format!("cli.import.kind.{}", plan.kind.word())).to_owned();
    session.say("cli.import.file", &[("file", &plan.file), ("kind", &kind)])?;
    for sheet in &plan.sheets {
        tell_sheet(sheet, session)?;
    }
    let (all, imported) = plan.rows();
    let values =
        [("all", all.to_string()), ("imported", imported.to_string()), ("named", (all - imported).to_string())];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    session.say("cli.import.rows", &values)?;
    tell_fates(plan, session)?;
    if !plan.notes.is_empty() {
        session.say("cli.import.look", &[])?;
    }
    for note in &plan.notes {
        let values: Vec<(&str, String)> = note.values.iter().map(|(name, value)| (*name, short(value))).collect();
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        session.say(&format!("cli.import.note.{}", note.key), &values)?;
    }
    if !plan.questions.is_empty() {
        session.say("cli.import.questions", &[])?;
    }
    for question in &plan.questions {
        ask(question, session)?;
    }
    Ok(())
}

fn tell_sheet(sheet: &SheetPlan, session: &mut Session<'_>) -> anyhow::Result<()> {
    for table in &sheet.tables {
        let (first, last) = table.header;
        let rows = ranges(&(first..=last).collect::<Vec<_>>(), session.words());
        let key = if sheet.name.is_empty() { "cli.import.table" } else { "cli.import.sheet" };
        session.say(key, &[("sheet", &sheet.name), ("rows", &rows)])?;
        tell_columns(table, session)?;
    }
    if sheet.hidden && sheet.tables.is_empty() {
        session.say("cli.import.hidden-left", &[("sheet", &sheet.name), ("n", &sheet.rows.len().to_string())])?;
    } else if sheet.tables.is_empty() && !sheet.rows.is_empty() {
        session.say("cli.import.no-table", &[("sheet", &sheet.name), ("n", &sheet.rows.len().to_string())])?;
    }
    if sheet.hidden && !sheet.tables.is_empty() {
        session.say("cli.import.hidden-sheet", &[("sheet", &sheet.name)])?;
    }
    if !sheet.hidden_rows.is_empty() {
        let rows = ranges(&sheet.hidden_rows, session.words());
        session.say("cli.import.hidden-rows", &[("rows", &rows)])?;
    }
    if !sheet.remarks.is_empty() {
        session.say("cli.import.remarks", &[("n", &sheet.remarks.len().to_string())])?;
    }
    Ok(())
}

fn tell_columns(table: &TablePlan, session: &mut Session<'_>) -> anyhow::Result<()> {
    for column in &table.columns {
        let ColumnPlan { at, heading, field, words, hidden, .. } = column;
        let (at, heading) = (letters(*at), short(heading));
        let label = field.as_deref().map(|field| session.words().get(&format!("cli.import.field.{field}")).to_owned());
        let values = [
            ("column", &*at),
            ("heading", &heading),
            ("field", field.as_deref().unwrap_or_default()),
            ("label", label.as_deref().unwrap_or_default()),
        ];
        let key = match (field, heading.is_empty()) {
            (Some(_), _) => "cli.import.column",
            (None, false) => "cli.import.column-kept",
            (None, true) => "cli.import.column-bare",
        };
        session.say(key, &values)?;
        if *hidden {
            session.say("cli.import.column-hidden", &values)?;
        }
        let words: Vec<String> = words.iter().map(|word| meaning(word, session.words())).collect();
        if !words.is_empty() {
            let words = session.words().join(&words);
            session.say("cli.import.meanings", &[("words", &words)])?;
        }
    }
    Ok(())
}

fn meaning((written, meaning, count): &(String, String, usize), words: &Words) -> String {
    words.fill("cli.import.meaning", &[("written", &short(written)), ("meaning", meaning), ("n", &count.to_string())])
}

/// Every row that was not imported, by what became of it.
fn tell_fates(plan: &Plan, session: &mut Session<'_>) -> anyhow::Result<()> {
    let several = plan.sheets.len() > 1;
    let mut fates: BTreeMap<Fate, BTreeMap<usize, Vec<u32>>> = BTreeMap::new();
    for (at, sheet) in plan.sheets.iter().enumerate() {
        for told in sheet.rows.iter().filter(|told| told.fate != Fate::Imported) {
            fates.entry(told.fate).or_default().entry(at).or_default().push(told.row);
        }
    }
    for (fate, by_sheet) in fates {
        let count: usize = by_sheet.values().map(Vec::len).sum();
        let words = session.words();
        let rows: Vec<String> = by_sheet
            .iter()
            .map(|(at, rows)| {
                let rows = ranges(rows, words);
                let values = [("sheet", plan.sheets[*at].name.as_str()), ("rows", &rows)];
                if several { words.fill("cli.import.rows-of", &values) } else { rows }
            })
            .collect();
        let rows = rows.join(words.get("cli.import.between-sheets"));
        let why = words.get(&format!("cli.import.fate.{}", fate.word())).to_owned();
        session.say("cli.import.fated", &[("why", &why), ("n", &count.to_string()), ("rows", &rows)])?;
    }
    Ok(())
}

fn ask(question: &Question, session: &mut Session<'_>) -> anyhow::Result<()> {
    let words = session.words();
    match question {
        Question::NoTable => session.say("cli.import.ask.no-table", &[]),
        Question::UnknownColumn { written } => session.say("cli.import.ask.unknown-column", &[("column", written)]),
        Question::Catalog { sheet, ways, place } => {
            let ways: Vec<String> = ways.iter().map(|way| format!("--catalog {way}")).collect();
            session.say("cli.import.ask.catalog", &[("sheet", sheet), ("place", place), ("ways", &words.join(&ways))])
        }
        Question::Word { field, written, place, count, meanings } => {
            let count = count.to_string();
            let written = short(written);
            let label = words.get(&format!("cli.import.field.{field}")).to_owned();
            let meanings: Vec<String> = meanings.iter().map(|meaning| (*meaning).to_owned()).collect();
            let values = [
                ("field", field.as_str()),
                ("label", &label),
                ("written", &written),
                ("place", place),
                ("n", &count),
                ("meanings", &words.join(&meanings)),
            ];
            session.say("cli.import.ask.word", &values)
        }
        Question::Columns { sheet, fields, columns: tied } => {
            let columns: Vec<String> = tied.iter().map(|(at, heading)| format!("{at} ({})", short(heading))).collect();
            let first = columns.first().and_then(|column| column.split(' ').next()).unwrap_or_default().to_owned();
            let example = format!("--map {first}={}", fields.first().map(String::as_str).unwrap_or_default());
            let values = [
                ("sheet", sheet.as_str()),
                ("columns", &words.join(&columns)),
                ("fields", &words.join(fields)),
                ("example", &example),
            ];
            let key = if tied.len() == 1 { "cli.import.ask.column" } else { "cli.import.ask.columns" };
            session.say(key, &values)
        }
    }
}

/// A text in one line, cut where it is long.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

/// Numbers with those that follow each other as ranges: `1–3, 6`.
fn ranges(numbers: &[u32], words: &Words) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => ranges.push((*number, *number)),
        }
    }
    let said = ranges.iter().map(|(first, last)| {
        if first == last {
            first.to_string()
        } else {
            words.fill("cli.import.range", &[("first", &first.to_string()), ("last", &last.to_string())])
        }
    });
    words.join(&said.collect::<Vec<_>>())
}
