//! A table before it is written in any format.

/// A table: columns and rows of cells, each a text that may have several lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// What the table is called; the name of its sheet.
    pub title: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each as long as the columns.
    pub rows: Vec<Vec<String>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The heading.
    pub title: String,
    /// How wide its texts are.
    pub width: Width,
    /// Whether it holds numbers, which a sheet sorts by their size.
    pub numbers: bool,
}

/// How wide a column of a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// Ids, dates, single words.
    Narrow,
    /// Names and titles.
    Middle,
    /// Sentences.
    Wide,
}

impl Column {
    /// A column with this heading.
    pub fn new(title: &str, width: Width) -> Self {
        Self { title: title.to_owned(), width, numbers: false }
    }
}
