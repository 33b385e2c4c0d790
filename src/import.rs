//! Tables of other people, read without losing a cell: bytes in, a plan out. What is written of it, `cli` shows first; what is
//! not understood is asked, never guessed; what has no field is kept beside the book, and named.

mod archive;
mod columns;
mod delimited;
mod fold;
mod grid;
mod header;
mod ids;
mod leftover;
mod mapping;
mod outcome;
mod soa;
mod vocabulary;
mod workbook;

use std::collections::BTreeMap;

pub use grid::{Cell, Remark, Row, Sheet, Value, letters};
pub use leftover::leftover;
pub use mapping::{KEPT, Mapping, WrongMapping, fields, meanings};
pub use outcome::{ColumnPlan, Fate, Note, Plan, Question, SheetPlan, Standing, TablePlan, Told};
pub use soa::{Decided, entry, said};

use crate::files::hash_of;
use crate::project::Snapshot;
use crate::text::hex;

/// What kind of thing a table lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A Statement of Applicability.
    Soa,
}

impl Kind {
    /// Every kind that is written.
    pub const ALL: [Self; 1] = [Self::Soa];

    /// Its word on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Soa => "soa",
        }
    }
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no workbook, or a damaged one.
    Damaged,
    /// One of its sheets is damaged.
    DamagedSheet(String),
    /// It unpacks to more than any table of people's.
    TooLarge,
    /// Its text is in none of the encodings that spreadsheets write.
    Encoding,
}

/// A file that is to be imported.
#[derive(Debug, Clone, Copy)]
pub struct Source<'b> {
    /// Its name, without its folder.
    pub name: &'b str,
    /// Its content.
    pub bytes: &'b [u8],
}

/// The sheets of a file.
///
/// # Errors
/// Where it cannot be read, or is larger than what people make.
pub fn read(source: Source<'_>) -> Result<Vec<Sheet>, Unreadable> {
    let text = source.name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let workbook = archive::is_packed(source.bytes) || source.bytes.starts_with(b"\xd0\xcf\x11\xe0");
    match text.as_deref() {
        Some("csv" | "tsv" | "txt") if !workbook => Ok(vec![delimited::read(source.bytes)?]),
        _ if workbook => workbook::read(source.bytes),
        _ => Err(Unreadable::Damaged),
    }
}

/// What a file would become in a book.
///
/// # Errors
/// Where it cannot be read, or is larger than what people make.
pub fn plan(source: Source<'_>, mapping: &Mapping, snapshot: &Snapshot) -> Result<Plan, Unreadable> {
    let sheets = read(source)?;
    let mut plan = soa::plan(&sheets, mapping, snapshot);
    source.name.clone_into(&mut plan.file);
    plan.hash = hex(&hash_of(source.bytes));
    for unknown in mapping.unused(&plan) {
        plan.questions.push(Question::UnknownColumn { written: unknown });
    }
    Ok(plan)
}

/// How often each of some things occurs.
fn counted<T: Ord>(things: impl IntoIterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for thing in things {
        *counts.entry(thing).or_insert(0) += 1;
    }
    counts
}
