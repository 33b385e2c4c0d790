//! Excel workbooks: a cover, then one table a sheet, ready to filter and to print.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Workbook, Worksheet, XlsxError,
};

use super::{Column, Table, Width};
use crate::derive::AsOf;
use crate::text::{display_width, visible};

/// Writes a workbook: a cover with `title` and `heading` where there is one, then a sheet for each table.
pub(super) fn write(title: &str, heading: &[(String, String)], cover: &str, tables: &[Table], as_of: AsOf) -> Vec<u8> {
    build(title, heading, cover, tables, as_of)
        .expect("names and sizes are within what a workbook holds: they are cut to it")
}

fn build(
    title: &str,
    heading: &[(String, String)],
    cover: &str,
    tables: &[Table],
    as_of: AsOf,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = created_on(as_of)?;
    let company = heading.first().map(|(_, organization)| organization.as_str()).unwrap_or_default();
    let properties = DocProperties::new().set_title(title).set_company(company).set_creation_datetime(&created);
    workbook.set_properties(&properties);
    let mut names = vec![sheet_name(cover, &[])];
    cover_sheet(workbook.add_worksheet().set_name(&names[0])?, title, heading)?;
    for table in tables {
        let name = sheet_name(&table.title, &names);
        table_sheet(workbook.add_worksheet().set_name(&name)?, table, title, company)?;
        names.push(name);
    }
    workbook.save_to_buffer()
}

/// A day as Excel counts them: from 1900 on.
fn created_on(as_of: AsOf) -> Result<ExcelDateTime, XlsxError> {
    let (year, month, day) = if as_of.parts().0 < 1900 { (1900, 1, 1) } else { as_of.parts() };
    ExcelDateTime::from_ymd(year.unsigned_abs(), month.unsigned_abs(), day.unsigned_abs())
}

/// A sheet's name: 31 characters at most, none that Excel forbids, none twice.
fn sheet_name(title: &str, taken: &[String]) -> String {
    let clean: String =
        title.chars().map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c }).collect();
    let base: String = clean.trim().chars().take(28).collect();
    let base = if base.trim().is_empty() { "Sheet".to_owned() } else { base.trim().to_owned() };
    let free = |name: &String| !taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let numbered = (2..=taken.len() + 2).map(|number| format!("{base} {number}"));
    std::iter::once(base.clone()).chain(numbered).find(free).unwrap_or(base)
}

fn cover_sheet(sheet: &mut Worksheet, title: &str, heading: &[(String, String)]) -> Result<(), XlsxError> {
    let big = Format::new().set_bold().set_font_size(18);
    let part = Format::new().set_bold().set_font_size(13);
    let label = Format::new().set_bold().set_align(FormatAlign::Top).set_num_format("@");
    let value = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_num_format("@");
    sheet.set_column_width(0, 24)?.set_column_width(1, 90)?;
    sheet.write_string_with_format(1, 0, cut(title), &big)?;
    let mut row = 3;
    for (name, text) in heading {
        if text.is_empty() {
            // A label without a value heads a part of its own.
            row += 1;
            sheet.write_string_with_format(row, 0, cut(name), &part)?;
        } else {
            sheet.write_string_with_format(row, 0, cut(name), &label)?;
            sheet.write_string_with_format(row, 1, cut(text), &quoted(&value, text))?;
            sheet.ignore_error(row, 1, IgnoreError::NumberStoredAsText)?;
            sheet.set_row_height(row, height(std::slice::from_ref(text), &[90]))?;
        }
        row += 1;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 1);
    Ok(())
}

fn table_sheet(sheet: &mut Worksheet, table: &Table, title: &str, company: &str) -> Result<(), XlsxError> {
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color("E8EDF3")
        .set_border(FormatBorder::Thin)
        .set_border_color("B8C2CC");
    let ruled = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_border_color("D5DBE1");
    let body = ruled.clone().set_num_format("@");
    let widths = widths(table);
    for ((at, column), width) in (0_u16..).zip(&table.columns).zip(&widths) {
        sheet.write_string_with_format(0, at, cut(&column.title), &head)?;
        sheet.set_column_width(at, *width)?;
    }
    let heads: Vec<String> = table.columns.iter().map(|column| column.title.clone()).collect();
    sheet.set_row_height(0, height(&heads, &widths))?;
    for (row, cells) in (1_u32..).zip(&table.rows) {
        sheet.set_row_height(row, height(cells, &widths))?;
        for ((at, cell), column) in (0_u16..).zip(cells).zip(&table.columns) {
            match cell.parse::<i32>() {
                Ok(number) if column.numbers => sheet.write_number_with_format(row, at, number, &ruled)?,
                _ => sheet.write_string_with_format(row, at, cut(cell), &quoted(&body, cell))?,
            };
        }
    }
    let last_row = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.6, 0.5, 0.3, 0.3);
    let running = |text: &str| text.replace('&', "&&").chars().take(100).collect::<String>();
    sheet.set_header(format!("&L{}&C{}&R&A", running(company), running(title)));
    sheet.set_footer("&C&P / &N");
    Ok(())
}

/// The letters that a landscape sheet of A4 takes side by side and still can be read.
const SHEET: u16 = 260;

/// The widths of the columns: what their texts want, and where that is more than a sheet takes, sentences and names give way.
fn widths(table: &Table) -> Vec<u16> {
    let wanted: Vec<u16> = table.columns.iter().enumerate().map(|(at, column)| wanted(table, at, column)).collect();
    let narrow = |at: usize| table.columns[at].width == Width::Narrow;
    let sum = |of: &dyn Fn(usize) -> bool| {
        wanted.iter().enumerate().filter(|(at, _)| of(*at)).map(|(_, width)| width).sum::<u16>()
    };
    let (fixed, free) = (sum(&narrow), sum(&|at| !narrow(at)));
    let room = SHEET.saturating_sub(fixed);
    if free <= room {
        return wanted;
    }
    let share = |width: u16| u16::try_from(u32::from(width) * u32::from(room) / u32::from(free)).unwrap_or(width);
    wanted.iter().enumerate().map(|(at, width)| if narrow(at) { *width } else { share(*width).max(12) }).collect()
}

/// The width that a column's texts want, within what its kind allows.
fn wanted(table: &Table, at: usize, column: &Column) -> u16 {
    let (least, most) = match column.width {
        Width::Narrow => (7, 15),
        Width::Middle => (12, 26),
        Width::Wide => (24, 50),
    };
    let cells = table.rows.iter().filter_map(|row| row.get(at)).map(String::as_str);
    let longest = |text: &str| text.lines().map(display_width).max().unwrap_or_default();
    // The arrow of the filter stands in the head.
    let word = column.title.split_whitespace().map(display_width).max().unwrap_or_default();
    let wanted = cells.map(longest).max().unwrap_or_default().max(word.min(14) + 2) + 1;
    u16::try_from(wanted).unwrap_or(most).clamp(least, most)
}

/// High enough for the wrapped texts of a row, in points: not every program works this out when it opens a file.
fn height(cells: &[String], widths: &[u16]) -> f64 {
    let of_line = |line: &str, width: u16| {
        // A line breaks between words, so it is not filled to its end.
        let wanted = display_width(line) * 9 / 8;
        wanted.div_ceil(usize::from(width).max(1)).max(1)
    };
    let of_cell = |(cell, width): (&String, &u16)| cell.lines().map(|line| of_line(line, *width)).sum::<usize>();
    let lines = cells.iter().zip(widths).map(of_cell).max().unwrap_or_default().max(1);
    // Japanese fonts are higher than Latin ones.
    let is_wide = |cell: &String| display_width(cell) > cell.chars().count();
    let line_height = if cells.iter().any(is_wide) { 18.0 } else { 15.0 };
    f64::from(u32::try_from(lines).unwrap_or(u32::MAX)).mul_add(line_height, 2.0).min(HEIGHT_MAX)
}

/// The most that Excel allows a row.
const HEIGHT_MAX: f64 = 409.0;

/// A cell that looks like a formula is marked as text for good: it stays one when somebody edits it.
fn quoted(format: &Format, text: &str) -> Format {
    let formula = text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if formula { format.clone().set_quote_prefix() } else { format.clone() }
}

/// A cell holds 32,767 characters at most.
fn cut(text: &str) -> String {
    let text = visible(text);
    if text.chars().count() <= 32_000 { text.into_owned() } else { text.chars().take(32_000).collect() }
}
