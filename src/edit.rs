//! Edits of the author's files: what a command, a fix or an editor writes. Each touches only the bytes that it must; all else
//! of a file stays as it is: comments, order, quotes, indentation, line ends. An edit is made on the places that values have,
//! its outcome is parsed and compared with what was asked, and only `disk` writes it.

pub mod control;
pub mod csv;
pub mod data;
pub mod decide;
pub mod draft;
pub mod fix;
pub mod front_matter;
mod lexis;
pub mod markdown;
mod spell;
pub mod suggest;
pub mod yaml;

use std::collections::BTreeMap;

pub use data::Data;
pub use draft::{Denied, Draft};

use crate::files::{File, FilePath, Files};
use crate::finding::Place;
use crate::text::Span;

/// Some bytes of one file, and the text that stands there afterwards.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The file.
    pub path: FilePath,
    /// The bytes that go; none where something is put in.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// Some bytes of one text, and what stands there afterwards.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Piece {
    /// The bytes that go.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// Why something cannot be edited by a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The file is not there, or is no text.
    NoText,
    /// The front matter, the table or the settings cannot be read.
    Broken,
    /// An anchor, an alias or a merged map: one value stands for several.
    Anchor,
    /// A tab where only blanks may indent.
    Tab,
    /// A comment stands within what would be replaced.
    Comment,
    /// Nothing stands there that could be changed.
    Missing,
    /// Two edits touch the same bytes.
    Overlap,
    /// A spelling of YAML, CSV or Markdown that is not worth its danger.
    Odd,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 8] =
        [Self::NoText, Self::Broken, Self::Anchor, Self::Tab, Self::Comment, Self::Missing, Self::Overlap, Self::Odd];

    /// Its words stand under `edit.refused.WORD`.
    pub fn word(self) -> &'static str {
        match self {
            Self::NoText => "no-text",
            Self::Broken => "broken",
            Self::Anchor => "anchor",
            Self::Tab => "tab",
            Self::Comment => "comment",
            Self::Missing => "missing",
            Self::Overlap => "overlap",
            Self::Odd => "odd",
        }
    }

    /// The reason at a place of a text.
    fn at(self, span: Span) -> Refused {
        Refused { reason: self, span }
    }
}

/// Why a text is left as it is, and where in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub reason: Reason,
    /// The bytes that stand in the way.
    pub span: Span,
}

/// Why a file is left as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub reason: Reason,
    /// What stands in the way.
    pub place: Place,
}

impl Refused {
    /// The same in a file.
    pub fn of(self, path: &FilePath) -> Refusal {
        Refusal { reason: self.reason, place: Place::new(path, self.span) }
    }

    fn moved(self, offset: usize) -> Self {
        Self { span: self.span.moved(offset), ..self }
    }
}

impl Edit {
    /// The pieces of one text as edits of a file, whose text begins at `offset`.
    pub fn of(path: &FilePath, pieces: Vec<Piece>, offset: usize) -> Vec<Self> {
        let edit = |piece: Piece| Self { path: path.clone(), span: piece.span.moved(offset), text: piece.text };
        pieces.into_iter().map(edit).collect()
    }

    /// Whether both touch the same bytes, or put something in at one place.
    pub fn meets(&self, other: &Self) -> bool {
        let apart = self.span.end < other.span.start
            || other.span.end < self.span.start
            || self.span.end == other.span.start && !self.span.is_empty() && !other.span.is_empty()
            || other.span.end == self.span.start && !self.span.is_empty() && !other.span.is_empty();
        self.path == other.path && !apart
    }
}

/// A text with its pieces put in, in whatever order they come.
///
/// # Errors
/// Where two of them meet, or one does not fit the text.
pub fn apply_to(text: &str, pieces: &[Piece]) -> Result<String, Refused> {
    let mut sorted: Vec<&Piece> = pieces.iter().collect();
    sorted.sort();
    let mut made = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for (number, piece) in sorted.iter().enumerate() {
        let twice = number > 0 && sorted[number - 1].span.is_empty() && sorted[number - 1].span == piece.span;
        if piece.span.start < at || twice {
            return Err(Reason::Overlap.at(piece.span));
        }
        let before = text.get(at..piece.span.start).filter(|_| text.is_char_boundary(piece.span.end));
        made.push_str(before.ok_or_else(|| Reason::Missing.at(piece.span))?);
        made.push_str(&piece.text);
        at = piece.span.end;
    }
    made.push_str(&text[at..]);
    Ok(made)
}

/// The files with some edits made. A file that is not there is begun by an edit of its first byte.
///
/// # Errors
/// Where two edits meet, or one does not fit its file.
pub fn apply(files: &Files, edits: &[Edit]) -> Result<Files, Refusal> {
    let mut made = files.clone();
    for (path, pieces) in by_file(edits) {
        let old = match files.get(path) {
            None => "",
            Some(file) if file.problem.is_some() => return Err(Reason::NoText.at(Span::default()).of(path)),
            Some(file) => file.text().map_err(|at| Reason::NoText.at(Span::new(at, at)).of(path))?,
        };
        let new = apply_to(old, &pieces).map_err(|refused| refused.of(path))?;
        made.insert(path.clone(), File::new(new.into_bytes()));
    }
    Ok(made)
}

/// The pieces of each file, in the order of paths.
pub fn by_file(edits: &[Edit]) -> BTreeMap<&FilePath, Vec<Piece>> {
    let mut by_file: BTreeMap<&FilePath, Vec<Piece>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(&edit.path).or_default().push(Piece { span: edit.span, text: edit.text.clone() });
    }
    by_file
}

/// The pieces that lead back from what some pieces made of a text.
pub fn undo(text: &str, pieces: &[Piece]) -> Vec<Piece> {
    let mut sorted: Vec<&Piece> = pieces.iter().collect();
    sorted.sort();
    let (mut added, mut taken) = (0, 0);
    let back = |piece: &&Piece| {
        let start = piece.span.start + added - taken;
        added += piece.text.len();
        taken += piece.span.end - piece.span.start;
        Piece { span: Span::new(start, start + piece.text.len()), text: piece.span.of(text).to_owned() }
    };
    sorted.iter().map(back).collect()
}

/// How the lines of a text end.
pub fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}
