//! Tables as text: CSV in the encodings that spreadsheets write.

use super::Unreadable;
use super::grid::{Cell, Row, Sheet};
use crate::text::decoded;

/// Signs that part the cells of a line.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Reads a table of text.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, Unreadable> {
    let (_, text) = decoded(bytes).ok_or(Unreadable::Encoding)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::default();
    // A cell of several lines is one row of a spreadsheet; blank lines are rows of it.
    let (mut seen, mut lines, mut inner) = (0, 0_u32, 0_u32);
    for record in reader.records() {
        let record = record.map_err(|_| Unreadable::Damaged)?;
        let start = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(seen);
        let rest = text.get(start..).unwrap_or_default();
        let start = start + rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        lines = lines.saturating_add(breaks(text.get(seen..start).unwrap_or_default()));
        seen = start;
        let within: u32 = record.iter().map(breaks).sum();
        // The last row holds all that follows a quote which nothing closes.
        if within > 0 && is_open(&text[start..]) {
            return Err(Unreadable::Damaged);
        }
        let number = lines.saturating_sub(inner);
        inner = inner.saturating_add(within);
        let cells = (0..).zip(record.iter()).filter(|(_, text)| !text.trim().is_empty());
        let cells: Vec<(u32, Cell)> = cells.map(|(column, text)| (column, Cell::text(text))).collect();
        if !cells.is_empty() {
            sheet.rows.push(Row { number, cells });
        }
    }
    Ok(sheet)
}

/// The ends of lines in a text.
fn breaks(text: &str) -> u32 {
    let ends = text
        .bytes()
        .enumerate()
        .filter(|(at, byte)| *byte == b'\n' || *byte == b'\r' && text.as_bytes().get(at + 1) != Some(&b'\n'));
    u32::try_from(ends.count()).unwrap_or(u32::MAX)
}

/// Whether a quote of a record is closed by nothing to the end of the text.
fn is_open(rest: &str) -> bool {
    rest.matches('"').count() % 2 == 1
}

/// The sign that parts most of the first lines' cells, outside quotes.
fn delimiter(text: &str) -> u8 {
    let mut counts = [0_usize; DELIMITERS.len()];
    let (mut quoted, mut lines) = (false, 0);
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                lines += 1;
                // A title may stand above the table, and hold no sign at all.
                if lines >= 5 && counts.iter().any(|count| *count > 0) {
                    break;
                }
            }
            _ if !quoted => {
                if let Some(at) = DELIMITERS.iter().position(|sign| *sign == byte) {
                    counts[at] += 1;
                }
            }
            _ => {}
        }
    }
    let best = (0..DELIMITERS.len()).max_by_key(|at| (counts[*at], DELIMITERS.len() - at)).unwrap_or(0);
    DELIMITERS[best]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_of_spreadsheets_is_read() {
        let text = "番号,適用\nA.5.1,○\n";
        let utf16 = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let sjis = b"\x94\xd4\x8d\x86,\x93\x4b\x97\x70\nA.5.1,\x81\x9b\n".to_vec();
        let ways: [Vec<u8>; 7] = [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            [&b"\xff\xfe"[..], &utf16(u16::to_le_bytes)].concat(),
            [&b"\xfe\xff"[..], &utf16(u16::to_be_bytes)].concat(),
            utf16(u16::to_le_bytes),
            utf16(u16::to_be_bytes),
            sjis,
        ];
        for bytes in ways {
            let sheet = read(&bytes).expect("a table");
            let cells: Vec<&str> =
                sheet.rows.iter().flat_map(|row| row.cells.iter().map(|(_, cell)| cell.text.as_str())).collect();
            assert_eq!(cells, ["番号", "適用", "A.5.1", "○"]);
        }
        assert_eq!(read(b"\xff\xff\xff"), Err(Unreadable::Encoding));
    }

    #[test]
    fn cells_are_parted_by_whatever_sign_stands_most_often() {
        for (text, sign) in
            [("a;b;c\n1,5;2;3", b';'), ("a\tb, c\td\n", b'\t'), ("title\n\na|b|c\n", b'|'), ("\"a;b;c\",d\n", b',')]
        {
            assert_eq!(delimiter(text), sign, "{text}");
        }
    }
}
