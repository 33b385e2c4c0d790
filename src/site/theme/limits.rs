//! How much a template of a book's own theme may ask for. A theme comes with a book that somebody else may have written: it
//! must not end the program nor hold it, so its source, its steps, its memory and its pages have an end, far beyond what a
//! manual needs. A page beyond it is shown in the shipped theme.

use std::io;

use minijinja::Environment;
use minijinja::machinery::{Token, tokenize};
use minijinja::syntax::SyntaxConfig;

use crate::book::Book;
use crate::text::Span;

/// The longest source of a template; the longest of the shipped theme has 11 kB.
const SOURCE_BYTES: usize = 128 << 10;

/// The most signs between `{{` and `}}` or `{%` and `%}`. Each may be a level of nesting, and the engine's parser goes down
/// as many levels as it is given.
const SIGNS_OF_TAG: usize = 1000;

/// The most `elif` of a template, each of which is a level too.
const ELIFS: usize = 200;

/// How deep templates may call and include each other; an include counts ten times.
const CALLS: usize = 100;

/// The stack on which a template is read and filled: enough for whatever keeps the limits above, and for the deepest value
/// that ten included templates of the longest source can make.
pub(super) const STACK: usize = 256 << 20;

/// A limit that was reached; the variant of the finding that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    /// The source is too long.
    Source,
    /// The source nests too deeply.
    Nesting,
    /// A page takes too many steps, or too much memory.
    Steps,
    /// A page becomes too long.
    Page,
}

impl Limit {
    /// The variant of the finding's words.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Source => "long-source",
            Self::Nesting => "nesting",
            Self::Steps => "steps",
            Self::Page => "long-page",
        }
    }
}

/// Sets the limits of an engine. What could carry a value from one round of a loop to the next goes, since no stack would
/// be large enough for a list of lists of lists that grows with each; and so does what writes such values out with indents.
pub(super) fn set(environment: &mut Environment<'_>, budget: Budget) {
    environment.set_fuel(Some(budget.steps));
    environment.set_recursion_limit(CALLS);
    environment.remove_global("namespace");
    environment.remove_global("debug");
    environment.remove_filter("pprint");
}

/// The limit that a source exceeds, and where.
pub(super) fn of_source(text: &str, syntax: &SyntaxConfig) -> Option<(Limit, Span)> {
    if text.len() > SOURCE_BYTES {
        return Some((Limit::Source, Span::new(0, 0)));
    }
    let (mut signs, mut elifs) = (0, 0);
    // What cannot be read is told of when a page needs it.
    for (token, span) in tokenize(text, false, syntax.clone()).map_while(Result::ok) {
        match token {
            Token::VariableStart | Token::BlockStart | Token::TemplateData(_) => signs = 0,
            Token::Ident("elif") => elifs += 1,
            _ => {}
        }
        signs += 1;
        if signs > SIGNS_OF_TAG || elifs > ELIFS {
            return Some((Limit::Nesting, Span::new(span.start_offset as usize, span.end_offset as usize)));
        }
    }
    None
}

/// How much the pages of a book may take, by what the book holds: in one of 1,000 documents the longest page takes 400,000
/// steps and 2 MB.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    /// Steps of one page. Each pays for 64 bytes too, so that memory ends with them.
    pub(super) steps: u64,
    /// Bytes of one page.
    pub(super) bytes: usize,
}

impl Budget {
    /// The budget of each page of a book.
    pub(super) fn of(book: &Book) -> Self {
        let written: usize = book.files.under("content/").filter_map(|(_, file)| file.text().ok()).map(str::len).sum();
        let steps = 2_000_000 + 4 * written as u64;
        Self { steps: steps.min(20_000_000), bytes: (16 << 20) + 4 * written }
    }
}

/// Takes a page up to a limit.
pub(super) struct Paper {
    /// What was written.
    pub(super) bytes: Vec<u8>,
    limit: usize,
}

impl Paper {
    /// A page that may hold so many bytes.
    pub(super) fn new(limit: usize) -> Self {
        Self { bytes: Vec::new(), limit }
    }
}

impl io::Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
