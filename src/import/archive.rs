//! What stands in a packed file: its real size before anybody reads it, and what calamine does not tell of a workbook.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;

use super::Unreadable;
use super::grid::{Remark, Sheet, column_of};

/// More than this no file of people's unpacks to.
const UNPACKED: u64 = 400 << 20;
/// More entries no workbook has.
const ENTRIES: usize = 20_000;
/// More cells than these no table makes of repeated ones; a long text counts for several.
const MADE: u64 = 10_000_000;
/// A part of XML that is read for remarks and hidden rows.
const PART: u64 = 200 << 20;

/// Refuses a packed file whose content is larger than any that people make. The sizes that it declares are not believed.
pub(super) fn weigh(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut archive = open(bytes)?;
    if archive.len() > ENTRIES {
        return Err(Unreadable::TooLarge);
    }
    let mut left = UNPACKED;
    for at in 0..archive.len() {
        let Ok(mut entry) = archive.by_index(at) else { continue };
        if entry.size() > left {
            return Err(Unreadable::TooLarge);
        }
        let mut limited = entry.by_ref().take(left + 1);
        // What cannot be unpacked is told by whoever needs it.
        let read = std::io::copy(&mut limited, &mut std::io::sink()).unwrap_or(0);
        left = left.checked_sub(read).ok_or(Unreadable::TooLarge)?;
    }
    Ok(())
}

/// Whether some bytes are a packed file.
pub(super) fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Whether a packed file has a part of that name.
pub(super) fn has(bytes: &[u8], name: &str) -> bool {
    open(bytes).is_ok_and(|archive| archive.index_for_name(name).is_some())
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Unreadable> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)
}

/// A part as text; none where it is not there, too large or no text.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut entry = archive.by_name(name).ok()?;
    let mut text = String::new();
    let read = entry.by_ref().take(PART).read_to_string(&mut text).ok()?;
    ((read as u64) < PART).then_some(text)
}

/// Notes the remarks, hidden rows and hidden columns of an XLSX workbook. What of it cannot be read is left out: the cells
/// themselves are read by others.
pub(super) fn note_extras(bytes: &[u8], sheets: &mut [Sheet]) {
    let Ok(mut archive) = open(bytes) else { return };
    let relations = |archive: &mut ZipArchive<_>, of: &str| {
        let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
        let text = part(archive, &format!("{folder}/_rels/{name}.rels")).unwrap_or_default();
        let mut found = Vec::new();
        each(&text, |tag, of| {
            if tag == "Relationship" {
                found.push((attribute(of, "Id"), attribute(of, "Type"), resolved(folder, &attribute(of, "Target"))));
            }
        });
        found
    };
    let mut listed = Vec::new();
    each(&part(&mut archive, "xl/workbook.xml").unwrap_or_default(), |tag, of| {
        if tag == "sheet" {
            listed.push((attribute(of, "name"), attribute(of, "id")));
        }
    });
    let of_book = relations(&mut archive, "xl/workbook.xml");
    for (name, id) in listed {
        let Some(sheet) = sheets.iter_mut().find(|sheet| sheet.name == name) else { continue };
        let Some((.., path)) = of_book.iter().find(|(own, ..)| *own == id) else { continue };
        hidden(&part(&mut archive, path).unwrap_or_default(), sheet);
        for (_, kind, path) in relations(&mut archive, path) {
            if kind.ends_with("/comments") || kind.ends_with("/threadedComment") {
                remarks(&part(&mut archive, &path).unwrap_or_default(), sheet);
            }
        }
    }
}

/// A target of a relation, seen from the folder of the part that names it.
fn resolved(folder: &str, target: &str) -> String {
    match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => crate::files::join(folder, target).unwrap_or_default(),
    }
}

fn hidden(text: &str, sheet: &mut Sheet) {
    let is_hidden = |of: &BytesStart<'_>| matches!(attribute(of, "hidden").as_str(), "1" | "true");
    let number = |of: &BytesStart<'_>, name: &str| attribute(of, name).parse::<u32>().ok()?.checked_sub(1);
    let (mut rows, mut columns) = (BTreeSet::new(), BTreeSet::new());
    each(text, |tag, of| match tag {
        "row" if is_hidden(of) => rows.extend(number(of, "r")),
        "col" if is_hidden(of) => {
            let ends = number(of, "min").zip(number(of, "max"));
            // All columns there are; a file may name them over and over.
            if columns.len() <= 16_383 {
                columns.extend(ends.into_iter().flat_map(|(first, last)| first..=last.min(16_383)));
            }
        }
        _ => {}
    });
    sheet.hidden_rows.append(&mut rows);
    sheet.hidden_columns.append(&mut columns);
}

fn remarks(text: &str, sheet: &mut Sheet) {
    let mut reader = Reader::from_str(text);
    let mut current: Option<Remark> = None;
    let mut within = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(of)) => match local(&of).as_str() {
                "comment" | "threadedComment" => {
                    current = place(&attribute(&of, "ref")).map(|at| Remark { at, text: String::new() });
                }
                "t" | "text" => within = true,
                _ => {}
            },
            Ok(Event::Text(of)) if within => {
                if let Some(remark) = &mut current {
                    remark.text.push_str(&of.xml_content(XmlVersion::Implicit1_0));
                }
            }
            Ok(Event::GeneralRef(of)) if within => {
                if let Some(remark) = &mut current {
                    remark.text.push(entity(&of.into_inner()));
                }
            }
            Ok(Event::CData(of)) if within => {
                if let Some(remark) = &mut current {
                    remark.text.push_str(&of.into_inner());
                }
            }
            Ok(Event::End(of)) => match of.local_name().as_ref() {
                "comment" | "threadedComment" => sheet.remarks.extend(current.take()),
                "t" | "text" => within = false,
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    // A thread is written twice: as itself, and for old programs as a plain remark.
    sheet.remarks.retain(|remark| !remark.text.trim().is_empty() && !remark.text.starts_with("[Threaded comment]"));
}

/// The letter of a predefined entity or of a number; none is ever looked up elsewhere.
fn entity(name: &str) -> char {
    let number = || match name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => name.strip_prefix('#')?.parse().ok(),
    };
    match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => number().and_then(char::from_u32).unwrap_or('\u{fffd}'),
    }
}

/// Row and column of a cell's name: `B17`.
fn place(name: &str) -> Option<(u32, u32)> {
    let at = name.find(|c: char| c.is_ascii_digit())?;
    Some((name[at..].parse::<u32>().ok()?.checked_sub(1)?, column_of(&name[..at])?))
}

/// Every element of a text, by its local name.
fn each(text: &str, mut see: impl FnMut(&str, &BytesStart<'_>)) {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(of) | Event::Empty(of)) => see(&local(&of), &of),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
}

fn local(of: &BytesStart<'_>) -> String {
    of.local_name().as_ref().to_owned()
}

/// An attribute by its local name; empty where it is not there.
fn attribute(of: &BytesStart<'_>, name: &str) -> String {
    let own = of.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name);
    let Some(attribute) = own else { return String::new() };
    let mut text = String::new();
    let mut rest = &*attribute.value;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let Some((name, behind)) = after.split_once(';') else { break };
        text.push(entity(name));
        rest = behind;
    }
    text + rest
}

/// Refuses an `OpenDocument` table that writes one cell many times: the reader makes all of them.
pub(super) fn weigh_repeats(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut archive = open(bytes)?;
    let text = part(&mut archive, "content.xml").ok_or(Unreadable::Damaged)?;
    let mut reader = Reader::from_str(&text);
    let repeats = |of: &BytesStart<'_>, name: &str| attribute(of, name).parse::<u64>().unwrap_or(1).clamp(1, 1 << 20);
    let (mut total, mut rows, mut row, mut cell, mut pending) = (0_u64, 1, 0_u64, 0_u64, 0_u64);
    loop {
        match reader.read_event() {
            Ok(Event::Start(of)) => match local(&of).as_str() {
                "table-row" => (rows, row, pending) = (repeats(&of, "number-rows-repeated"), 0, 0),
                "table-cell" | "covered-table-cell" => {
                    cell = repeats(&of, "number-columns-repeated");
                    pending += cell;
                    let valued = !attribute(&of, "value-type").is_empty() || !attribute(&of, "formula").is_empty();
                    row += if valued { std::mem::take(&mut pending) } else { 0 };
                }
                "s" => row += repeats(&of, "c") * cell.max(1) / 32,
                _ => {}
            },
            Ok(Event::Empty(of)) if local(&of) == "s" => {
                let blanks = attribute(&of, "c").parse::<u64>().unwrap_or(1);
                row = row.saturating_add(blanks.saturating_mul(cell.max(1)) / 32);
            }
            // Empty cells cost something only where a full one follows them.
            Ok(Event::Empty(of)) if local(&of).ends_with("table-cell") => {
                pending += repeats(&of, "number-columns-repeated");
            }
            Ok(Event::Text(of)) => row += of.len() as u64 * cell / 32,
            Ok(Event::End(of)) => match of.local_name().as_ref() {
                "table-cell" | "covered-table-cell" => cell = 0,
                "table-row" => total = total.saturating_add(row.saturating_mul(rows)),
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
        if total.saturating_add(row) > MADE {
            return Err(Unreadable::TooLarge);
        }
    }
    Ok(())
}
