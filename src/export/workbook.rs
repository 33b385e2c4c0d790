//! Excel workbooks: a cover, then one table a sheet, ready to filter and to print.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{Table, Width};
use crate::date::Date;

/// Writes a workbook: a cover with `title` and `heading` where there is one, then a sheet for each table.
pub(super) fn write(title: &str, heading: &[(String, String)], cover: &str, tables: &[Table], today: Date) -> Vec<u8> {
    build(title, heading, cover, tables, today)
        .expect("names and sizes are within what a workbook holds: they are cut to it")
}

fn build(
    title: &str,
    heading: &[(String, String)],
    cover: &str,
    tables: &[Table],
    today: Date,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let (year, month, day) = today.parts();
    let created = ExcelDateTime::from_ymd(year.unsigned_abs(), month.unsigned_abs(), day.unsigned_abs())?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    let mut names = vec![sheet_name(cover, &[])];
    cover_sheet(workbook.add_worksheet().set_name(&names[0])?, title, heading)?;
    for table in tables {
        let name = sheet_name(&table.title, &names);
        table_sheet(workbook.add_worksheet().set_name(&name)?, table, title)?;
        names.push(name);
    }
    workbook.save_to_buffer()
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
    let label = Format::new().set_bold().set_align(FormatAlign::Top);
    let value = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_column_width(0, 24)?.set_column_width(1, 90)?;
    sheet.write_string_with_format(1, 0, cut(title), &big)?;
    for (row, (name, text)) in (3..).zip(heading) {
        sheet.write_string_with_format(row, 0, cut(name), &label)?;
        sheet.write_string_with_format(row, 1, cut(text), &value)?;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

fn table_sheet(sheet: &mut Worksheet, table: &Table, title: &str) -> Result<(), XlsxError> {
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color("E8EDF3")
        .set_border(FormatBorder::Thin)
        .set_border_color("B8C2CC");
    let body = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_border_color("D5DBE1")
        .set_num_format("@");
    for (at, column) in (0_u16..).zip(&table.columns) {
        sheet.write_string_with_format(0, at, cut(&column.title), &head)?;
        let width = match column.width {
            Width::Narrow => 13,
            Width::Middle => 28,
            Width::Wide => 52,
        };
        sheet.set_column_width(at, width)?;
    }
    for (row, cells) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write_string_with_format(row, column, cut(cell), &body)?;
        }
    }
    let last_row = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_header(format!("&L{}&R&A", title.replace('&', "&&").chars().take(120).collect::<String>()));
    sheet.set_footer("&C&P / &N");
    Ok(())
}

/// A cell holds 32,767 characters at most.
fn cut(text: &str) -> String {
    if text.chars().count() <= 32_000 { text.to_owned() } else { text.chars().take(32_000).collect() }
}
