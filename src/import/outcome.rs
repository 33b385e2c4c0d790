//! What came of reading a file: how each sheet, column, word and row was understood, what is asked, and what is kept beside.

use super::Kind;
use super::soa::Decided;

/// What a file would become.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The name of the file.
    pub file: String,
    /// The hash of its content.
    pub hash: String,
    /// What it lists.
    pub kind: Kind,
    /// Its sheets.
    pub sheets: Vec<SheetPlan>,
    /// What must be answered before anything is written.
    pub questions: Vec<Question>,
    /// What a person should look at.
    pub notes: Vec<Note>,
    /// The decisions of a Statement of Applicability.
    pub decided: Vec<Decided>,
}

/// How a sheet was read.
#[derive(Debug, Clone, Default)]
pub struct SheetPlan {
    /// Its name; empty for a CSV file.
    pub name: String,
    /// Whether its author hides it.
    pub hidden: bool,
    /// The tables found in it.
    pub tables: Vec<TablePlan>,
    /// Every row that holds something, from top to bottom.
    pub rows: Vec<Told>,
    /// Remarks beside cells: the cell, and what it says.
    pub remarks: Vec<(String, String)>,
    /// Rows that are hidden and were read nevertheless, counted from 1.
    pub hidden_rows: Vec<u32>,
}

/// How a table was read.
#[derive(Debug, Clone, Default)]
pub struct TablePlan {
    /// The first and the last row of its headings, counted from 1.
    pub header: (u32, u32),
    /// Its columns, from left to right.
    pub columns: Vec<ColumnPlan>,
}

/// How a column was read.
#[derive(Debug, Clone, Default)]
pub struct ColumnPlan {
    /// The column, counted from 0.
    pub at: u32,
    /// Its heading.
    pub heading: String,
    /// The heading, line by line.
    pub levels: Vec<String>,
    /// Its field; none where it is kept beside.
    pub field: Option<String>,
    /// The words that stand in it, what each was taken for, and how often it stands there.
    pub words: Vec<(String, String, usize)>,
    /// Whether its author hides it.
    pub hidden: bool,
}

/// What became of a row.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its number, counted from 1.
    pub row: u32,
    /// What became of it.
    pub fate: Fate,
    /// The control, risk or other thing that it is about, as its id is written.
    pub id: Option<String>,
    /// Its cells.
    pub cells: Vec<Standing>,
}

/// A cell of a row.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The letters of its column, and the heading.
    pub name: String,
    /// What stands in it.
    pub text: String,
    /// Whether all of it is said by what the row became.
    pub used: bool,
}

impl Told {
    /// Whether the book says afterwards what the row decides, by this row, by another one or by itself.
    fn is_said(&self) -> bool {
        matches!(self.fate, Fate::Imported | Fate::Same | Fate::Twin)
    }

    /// The cells that went nowhere else.
    pub fn left(&self) -> impl Iterator<Item = &Standing> {
        self.cells.iter().filter(|cell| !cell.used || !self.is_said())
    }
}

/// What became of a row. Each but the first is named, with its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It became part of the book.
    Imported,
    /// It stands above, below or beside a table.
    Outside,
    /// It holds headings.
    Heading,
    /// It names a group of controls.
    Group,
    /// It names no control.
    NoId,
    /// It says the same as another row.
    Twin,
    /// The book says so already.
    Same,
    /// Nothing is decided in it.
    Empty,
    /// It names a control that no catalog has.
    Unknown,
    /// It names a control of a catalog that the book does not use.
    Foreign,
    /// Its number may have lost a zero, and neither title nor order tells.
    Number,
    /// Its id and its title belong to different controls.
    Disagrees,
    /// Another row says otherwise of the same control.
    Contradicts,
    /// It has more cells than there are headings.
    Ragged,
    /// The control has no line for this role.
    NoLine,
    /// The book says otherwise.
    Decided,
    /// A cell that counts cannot be read.
    Unread,
    /// It waits for the answer to a question.
    Asked,
}

impl Fate {
    /// Every fate, in the order in which they are told.
    pub const ALL: [Self; 18] = [
        Self::Imported,
        Self::Outside,
        Self::Heading,
        Self::Group,
        Self::NoId,
        Self::Twin,
        Self::Same,
        Self::Empty,
        Self::Unknown,
        Self::Foreign,
        Self::Number,
        Self::Disagrees,
        Self::Contradicts,
        Self::Ragged,
        Self::NoLine,
        Self::Decided,
        Self::Unread,
        Self::Asked,
    ];

    /// Its words stand under `cli.import.fate.WORD`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Imported => "imported",
            Self::Outside => "outside",
            Self::Heading => "heading",
            Self::Group => "group",
            Self::NoId => "no-id",
            Self::Twin => "twin",
            Self::Same => "same",
            Self::Empty => "empty",
            Self::Unknown => "unknown",
            Self::Foreign => "foreign",
            Self::Number => "number",
            Self::Disagrees => "disagrees",
            Self::Contradicts => "contradicts",
            Self::Ragged => "ragged",
            Self::NoLine => "no-line",
            Self::Decided => "decided",
            Self::Unread => "unread",
            Self::Asked => "asked",
        }
    }
}

/// Something that a person should look at; its words stand under `cli.import.note.KEY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Which.
    pub key: &'static str,
    /// What fills the placeholders of the words.
    pub values: Vec<(&'static str, String)>,
}

impl Note {
    /// A remark with its values.
    pub(super) fn new(key: &'static str, values: &[(&'static str, &str)]) -> Self {
        Self { key, values: values.iter().map(|(name, value)| (*name, (*value).to_owned())).collect() }
    }
}

/// What must be answered before anything is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// No sheet holds a table of the kind.
    NoTable,
    /// Which column is which field, where several fit alike.
    Columns {
        /// The sheet.
        sheet: String,
        /// The fields.
        fields: Vec<String>,
        /// The columns: letters and heading.
        columns: Vec<(String, String)>,
    },
    /// What a word means.
    Word {
        /// The field.
        field: String,
        /// The word as it is written.
        written: String,
        /// The first cell that holds it.
        place: String,
        /// How many cells hold it.
        count: usize,
        /// What it may mean.
        meanings: Vec<&'static str>,
    },
    /// Which catalog the ids are of.
    Catalog {
        /// The sheet.
        sheet: String,
        /// The catalogs.
        ways: Vec<String>,
        /// The first cell that is of several.
        place: String,
    },
    /// A column that was spoken of and is not there.
    UnknownColumn {
        /// What was said.
        written: String,
    },
}

impl Plan {
    /// How many rows hold something, and how many of them became part of the book.
    pub fn rows(&self) -> (usize, usize) {
        let all = self.sheets.iter().flat_map(|sheet| &sheet.rows);
        (all.clone().count(), all.filter(|told| told.fate == Fate::Imported).count())
    }

    /// How many cells are kept beside the book, remarks included.
    pub fn kept(&self) -> usize {
        let cells = self.sheets.iter().flat_map(|sheet| &sheet.rows).map(|told| told.left().count());
        cells.sum::<usize>() + self.sheets.iter().map(|sheet| sheet.remarks.len()).sum::<usize>()
    }
}
