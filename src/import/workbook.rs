//! The only door to calamine: a workbook in, sheets of cells out, with limits that no file can talk away.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::sync::{Mutex, PoisonError};

use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, Ods, Range, Reader, Sheet as Listed, SheetType, SheetVisible, Xls, Xlsb,
    Xlsx,
};

use super::grid::{Area, Cell, Row, Sheet, Value};
use super::{Unreadable, archive};
use crate::date::Date;

/// More letters than these no workbook of people's shows in all its cells.
const LETTERS: usize = 200 << 20;
/// More cells than these no workbook of people's fills.
const CELLS: usize = 20_000_000;

/// What is left of the limits.
struct Budget {
    letters: usize,
    cells: usize,
}

impl Budget {
    fn spend(&mut self, text: &str) -> Result<(), Unreadable> {
        self.letters = self.letters.checked_sub(text.len()).ok_or(Unreadable::TooLarge)?;
        self.cells = self.cells.checked_sub(1).ok_or(Unreadable::TooLarge)?;
        Ok(())
    }
}

/// Reads a workbook of Excel or `OpenDocument`. Where the reader of the formats gives up on a damaged one in a panic, that is
/// said like any other damage.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    // What is printed of a panic is one for the whole process: one reading at a time holds its tongue.
    static QUIET: Mutex<()> = Mutex::new(());
    let quiet = QUIET.lock().unwrap_or_else(PoisonError::into_inner);
    let known = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let sheets = std::panic::catch_unwind(|| read_whole(bytes));
    std::panic::set_hook(known);
    drop(quiet);
    let sheets = sheets.unwrap_or(Err(Unreadable::Damaged))?;
    let mut names = BTreeSet::new();
    match sheets.iter().find(|sheet| !names.insert(sheet.name.as_str())) {
        // Sheets are read and told by their names.
        Some(twin) => Err(Unreadable::DamagedSheet(twin.name.clone())),
        None => Ok(sheets),
    }
}

fn read_whole(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    let mut budget = Budget { letters: LETTERS, cells: CELLS };
    if !archive::is_packed(bytes) {
        let book = Xls::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
        return ranges(book, &mut budget);
    }
    archive::weigh(bytes)?;
    if archive::has(bytes, "content.xml") {
        archive::weigh_repeats(bytes)?;
        let book = Ods::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
        return ranges(book, &mut budget);
    }
    if archive::has(bytes, "xl/workbook.bin") {
        let book = Xlsb::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
        return ranges(book, &mut budget);
    }
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    let mut sheets = Vec::new();
    for listed in tables(book.sheets_metadata()) {
        sheets.push(streamed(&mut book, &listed, &mut budget)?);
    }
    archive::note_extras(bytes, &mut sheets);
    Ok(sheets)
}

/// The sheets that hold cells; drawings and macros hold none.
fn tables(listed: &[Listed]) -> Vec<Listed> {
    listed.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect()
}

/// A sheet of XLSX, cell by cell: two cells far apart cost no more than two near each other.
fn streamed(book: &mut Xlsx<Cursor<&[u8]>>, listed: &Listed, budget: &mut Budget) -> Result<Sheet, Unreadable> {
    let mut rows: BTreeMap<u32, BTreeMap<u32, Cell>> = BTreeMap::new();
    let damaged = |_| Unreadable::DamagedSheet(listed.name.clone());
    let mut reader = book.worksheet_cells_reader(&listed.name).map_err(damaged)?;
    while let Some(record) = reader.next_cell_with_formula_metadata().map_err(damaged)? {
        let (value, formula) = (&record.value, record.formula.is_some());
        let cell = match value {
            DataRef::SharedString(text) => {
                budget.spend(text)?;
                Cell::text(text)
            }
            DataRef::Empty if formula => unread("="),
            other => cell(&Data::from(other.clone())),
        };
        budget.spend(&cell.text)?;
        if !cell.is_blank() {
            rows.entry(record.pos.0).or_default().insert(record.pos.1, cell);
        }
    }
    drop(reader);
    let areas = book.merge_cells_by_sheet_name(&listed.name).unwrap_or_default();
    let rows = rows.into_iter().map(|(number, cells)| Row { number, cells: cells.into_iter().collect() }).collect();
    let mut sheet = Sheet { name: listed.name.clone(), hidden: is_hidden(listed), rows, ..Sheet::default() };
    sheet.merge(areas.iter().map(area));
    Ok(sheet)
}

fn is_hidden(listed: &Listed) -> bool {
    listed.visible != SheetVisible::Visible
}

fn area(area: &Dimensions) -> Area {
    Area { first: area.start, last: area.end }
}

/// The sheets of the other formats.
fn ranges<'b, R: Reader<Cursor<&'b [u8]>>>(mut book: R, budget: &mut Budget) -> Result<Vec<Sheet>, Unreadable> {
    let mut sheets = Vec::new();
    for listed in tables(book.sheets_metadata()) {
        let damaged = |_| Unreadable::DamagedSheet(listed.name.clone());
        let range: Range<Data> = book.worksheet_range(&listed.name).map_err(damaged)?;
        let formulas = book.worksheet_formula(&listed.name).unwrap_or_default();
        let mut sheet = Sheet { name: listed.name.clone(), hidden: is_hidden(&listed), ..Sheet::default() };
        let start = range.start().unwrap_or_default();
        for (number, cells) in (start.0..).zip(range.rows()) {
            let mut row = Row { number, cells: Vec::new() };
            for (column, data) in (start.1..).zip(cells) {
                let computed = || formulas.get_value((number, column)).is_some_and(|formula| !formula.is_empty());
                let cell = if *data == Data::Empty && computed() { unread("=") } else { cell(data) };
                budget.spend(&cell.text)?;
                if !cell.is_blank() {
                    row.cells.push((column, cell));
                }
            }
            if !row.cells.is_empty() {
                sheet.rows.push(row);
            }
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn unread(text: &str) -> Cell {
    Cell { value: Value::Unread, text: text.to_owned() }
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::text(""),
        Data::String(text) | Data::DurationIso(text) => Cell::text(text),
        Data::Int(number) => Cell { value: Value::Number(as_float(*number)), text: number.to_string() },
        Data::Float(number) => Cell { value: Value::Number(*number), text: number.to_string() },
        Data::Bool(value) => Cell { value: Value::Bool, text: value.to_string() },
        Data::DateTime(time) if time.is_datetime() => day(*time),
        Data::DateTime(time) => Cell { value: Value::Number(time.as_f64()), text: time.as_f64().to_string() },
        Data::DateTimeIso(text) => {
            let date = text.get(..10).and_then(Date::parse);
            date.map_or_else(|| Cell::text(text), |date| Cell { value: Value::Date(date), text: text.clone() })
        }
        Data::Error(error) => unread(&error.to_string()),
    }
}

#[expect(clippy::cast_precision_loss, reason = "the numbers that ids are made of are small")]
fn as_float(number: i64) -> f64 {
    number as f64
}

/// A day, with its time where there is one.
fn day(time: ExcelDateTime) -> Cell {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    // Spreadsheets count days from 1 to the end of the year 9999; zero stands where nothing does.
    if !(1.0..2_958_466.0).contains(&time.as_f64()) {
        return Cell::text(&time.as_f64().to_string());
    }
    let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
    let date = match parts {
        (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day),
        _ => None,
    };
    let Some(date) = date else { return unread(&time.as_f64().to_string()) };
    let clock =
        if (hour, minute, second) == (0, 0, 0) { String::new() } else { format!(" {hour:02}:{minute:02}:{second:02}") };
    Cell { value: Value::Date(date), text: format!("{date}{clock}") }
}
