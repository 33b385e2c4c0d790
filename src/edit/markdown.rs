//! Edits of the text of a document: letters in the place of others, and blocks of their own.

use super::{Piece, Reason, Refused, line_end};
use crate::text::Span;

/// Other letters at a place.
///
/// # Errors
/// Where the place does not lie in the text.
pub fn replace(text: &str, span: Span, new: &str) -> Result<Vec<Piece>, Refused> {
    match text.get(span.start..span.end) {
        Some(_) => Ok(vec![Piece { span, text: new.to_owned() }]),
        None => Err(Reason::Missing.at(span)),
    }
}

/// A block on lines of its own with blank lines around it, before the line that begins at `at`, or at the end of the text: what
/// stands above stays no heading and no paragraph of its, and what stands below keeps its own meaning.
///
/// # Errors
/// Where no line begins there.
pub fn insert_block(text: &str, at: usize, block: &str) -> Result<Vec<Piece>, Refused> {
    let at = at.min(text.len());
    let before = text.get(..at).ok_or_else(|| Reason::Missing.at(Span::new(at, at)))?;
    if !before.is_empty() && !before.ends_with('\n') && at < text.len() {
        return Err(Reason::Odd.at(Span::new(at, at)));
    }
    let eol = line_end(text);
    let lines: Vec<&str> = block.trim_matches('\n').lines().collect();
    let bare = before.trim_start_matches('\u{feff}');
    let last = before.lines().next_back().unwrap_or_default();
    let above = match () {
        () if bare.is_empty() || bare.ends_with('\n') && last.trim().is_empty() => "",
        () if bare.ends_with('\n') => eol,
        () => &eol.repeat(2),
    };
    let next = text[at..].lines().next();
    let below = match next {
        Some(line) if !line.trim().is_empty() => eol.repeat(2),
        // A text without a last line end stays without one.
        None if !bare.is_empty() && !bare.ends_with('\n') => String::new(),
        _ => eol.to_owned(),
    };
    Ok(vec![Piece { span: Span::new(at, at), text: format!("{above}{}{below}", lines.join(eol)) }])
}
