//! Edits of tables in CSV: a cell, a row more or less; every other byte stays.

use super::{Piece, Reason, Refused, apply_to, line_end};
use crate::text::Span;

/// A table in CSV with the places of its cells.
#[derive(Debug)]
pub struct Table<'t> {
    text: &'t str,
    rows: Vec<Row>,
    comma: char,
}

/// What may part cells, the likeliest first.
const COMMAS: [char; 3] = [',', '\t', ';'];

/// A row and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    cells: Vec<Cell>,
    /// The row with the end of its line.
    span: Span,
}

/// What a cell says, and where it stands with its quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cell {
    text: String,
    span: Span,
}

impl<'t> Table<'t> {
    /// Reads a table. Tabs or semicolons part its cells where its first line has such and no comma.
    ///
    /// # Errors
    /// Where quotes are never closed, or something stands behind closed ones.
    pub fn read(text: &'t str) -> Result<Self, Refused> {
        let start = text.len() - text.trim_start_matches('\u{feff}').len();
        // What stands in quotes parts nothing.
        let bare = text[start..].split('"').step_by(2);
        let mut head = bare.flat_map(str::chars).take_while(|letter| *letter != '\n').collect::<Vec<char>>();
        head.sort_by_key(|letter| COMMAS.iter().position(|comma| comma == letter).unwrap_or(COMMAS.len()));
        let comma = head.first().copied().filter(|letter| COMMAS.contains(letter)).unwrap_or(',');
        let mut rows = Vec::new();
        let mut at = start;
        while at < text.len() {
            let row = row(text, at, comma)?;
            at = row.span.end;
            rows.push(row);
        }
        Ok(Self { text, rows, comma })
    }

    /// What each row says; the first is the head.
    pub fn rows(&self) -> Vec<Vec<&str>> {
        self.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect()).collect()
    }

    /// Where a cell stands.
    pub fn place(&self, row: usize, column: usize) -> Option<Span> {
        self.rows.get(row)?.cells.get(column).map(|cell| cell.span)
    }

    /// Writes a cell. A row that is too short is filled up.
    ///
    /// # Errors
    /// Where there is no such row.
    pub fn set(&self, row: usize, column: usize, text: &str) -> Result<Vec<Piece>, Refused> {
        let found = self.rows.get(row).ok_or_else(|| self.missing())?;
        let piece = match found.cells.get(column) {
            Some(cell) => {
                let quoted = cell.span.of(self.text).starts_with('"');
                Piece { span: cell.span, text: spelled(text, quoted) }
            }
            None => {
                let end = found.cells.last().map_or(found.span.start, |cell| cell.span.end);
                let commas = self.comma.to_string().repeat(column + 1 - found.cells.len());
                Piece { span: Span::new(end, end), text: format!("{commas}{}", spelled(text, false)) }
            }
        };
        let mut asked = self.owned();
        asked[row].resize((column + 1).max(found.cells.len()), String::new());
        text.clone_into(&mut asked[row][column]);
        self.checked(piece, &asked)
    }

    /// Adds a row before the row `at`, or at the end.
    ///
    /// # Errors
    /// Where the cells would be read as something else.
    pub fn add(&self, at: usize, cells: &[&str]) -> Result<Vec<Piece>, Refused> {
        let at = at.min(self.rows.len());
        let eol = line_end(self.text);
        let comma = self.comma.to_string();
        let line: Vec<String> = cells.iter().map(|cell| spelled(cell, false)).collect();
        // A row of one empty cell would be no row.
        let line = if line == [""] { "\"\"".to_owned() } else { line.join(&comma) };
        let piece = match self.rows.get(at) {
            Some(row) => Piece { span: Span::new(row.span.start, row.span.start), text: format!("{line}{eol}") },
            None => {
                let end = self.text.len();
                let open = self.rows.last().is_some_and(|row| !row.span.of(self.text).ends_with('\n'));
                let text = if open { format!("{eol}{line}") } else { format!("{line}{eol}") };
                Piece { span: Span::new(end, end), text }
            }
        };
        let mut asked = self.owned();
        asked.insert(at, cells.iter().map(|cell| (*cell).to_owned()).collect());
        self.checked(piece, &asked)
    }

    /// Takes out a row.
    ///
    /// # Errors
    /// Where there is no such row.
    pub fn remove(&self, row: usize) -> Result<Vec<Piece>, Refused> {
        let found = self.rows.get(row).ok_or_else(|| self.missing())?;
        let open = !found.span.of(self.text).ends_with('\n');
        let before = row.checked_sub(1).map(|row| &self.rows[row]).filter(|_| open);
        let start = match before {
            // The row before becomes the last, which has no line end.
            Some(before) => before.cells.last().map_or(before.span.start, |cell| cell.span.end),
            None => found.span.start,
        };
        let mut asked = self.owned();
        asked.remove(row);
        self.checked(Piece { span: Span::new(start, found.span.end), text: String::new() }, &asked)
    }

    fn owned(&self) -> Vec<Vec<String>> {
        self.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect()).collect()
    }

    fn checked(&self, piece: Piece, asked: &[Vec<String>]) -> Result<Vec<Piece>, Refused> {
        let span = piece.span;
        let made = apply_to(self.text, std::slice::from_ref(&piece))?;
        let read = Table::read(&made).map_err(|_| Reason::Odd.at(span))?;
        if read.owned() == asked && read.comma == self.comma { Ok(vec![piece]) } else { Err(Reason::Odd.at(span)) }
    }

    fn missing(&self) -> Refused {
        Reason::Missing.at(Span::new(0, self.text.len().min(1)))
    }
}

/// A cell as it is written: in quotes where it must be, or was before.
fn spelled(text: &str, quoted: bool) -> String {
    let needs = text.contains(COMMAS) || text.contains(['"', '\n', '\r']) || text.trim() != text;
    if needs || quoted { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

fn row(text: &str, start: usize, comma: char) -> Result<Row, Refused> {
    let mut cells = Vec::new();
    let mut at = start;
    loop {
        let cell = cell(text, at, comma)?;
        at = cell.span.end;
        cells.push(cell);
        let rest = &text[at..];
        if rest.starts_with(comma) {
            at += comma.len_utf8();
            continue;
        }
        let length = if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
        return Ok(Row { cells, span: Span::new(start, at + length) });
    }
}

fn cell(text: &str, start: usize, comma: char) -> Result<Cell, Refused> {
    let rest = &text[start..];
    if !rest.starts_with('"') {
        let length = rest.find([comma, '\n', '\r']).unwrap_or(rest.len());
        return Ok(Cell { text: rest[..length].to_owned(), span: Span::new(start, start + length) });
    }
    let mut said = String::new();
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        match (letter, letters.peek()) {
            ('"', Some((_, '"'))) => {
                said.push('"');
                letters.next();
            }
            ('"', next) => {
                let end = start + at + 1;
                let closed = next.is_none_or(|(_, next)| *next == comma || matches!(next, '\n' | '\r'));
                let cell = Cell { text: said, span: Span::new(start, end) };
                return if closed { Ok(cell) } else { Err(Reason::Broken.at(Span::new(end, end))) };
            }
            _ => said.push(letter),
        }
    }
    Err(Reason::Broken.at(Span::new(start, start + 1)))
}
