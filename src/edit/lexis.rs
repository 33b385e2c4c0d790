//! What the value tree does not know of a YAML text: where lines, entries and brackets end.

use crate::text::Span;

/// Where the line of an offset begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |at| at + 1)
}

/// Where the line of an offset ends, before its line end.
pub(super) fn line_stop(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    if text[at..end].ends_with('\r') { end - 1 } else { end }
}

/// Where the line after an offset begins; the end of the text where there is none.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length + 1)
}

/// The column of an offset, in bytes of its line.
pub(super) fn column(text: &str, at: usize) -> usize {
    at - line_start(text, at)
}

/// Blanks at the beginning of a line.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn is_dash(rest: &str) -> bool {
    rest.strip_prefix('-').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\r', '\n', '\t']))
}

/// What the lines below a key or a dash are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Below {
    /// Anything that stands further in.
    Deeper,
    /// The same, or a list whose dashes stand in the column of the key.
    Dashes,
    /// The lines of a literal or folded text, in which nothing is a comment.
    Lines,
}

/// Where the entry of a block map or list ends that stands at `column` and reaches at least to `from`: the end of its last
/// line that says anything, before its line end. A comment behind that line is nobody's.
pub(super) fn entry_end(text: &str, from: usize, column: usize, below: Below) -> usize {
    let mut end = line_stop(text, from);
    let mut at = next_line(text, from);
    let mut least = (below != Below::Lines).then_some(column + 1);
    while at < text.len() {
        let stop = line_stop(text, at);
        let line = &text[at..stop];
        let blanks = indent(line);
        let rest = &line[blanks..];
        let says = !rest.trim().is_empty();
        let comment = below != Below::Lines && rest.starts_with('#');
        if says && !comment {
            let least = *least.get_or_insert(blanks.max(column + 1));
            if blanks < least && !(below == Below::Dashes && blanks == column && is_dash(rest)) {
                break;
            }
            end = stop;
        }
        at = next_line(text, at);
    }
    end
}

/// The dashes of a block list between two offsets, which all stand in one column.
pub(super) fn dashes(text: &str, from: usize, to: usize) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut at = from;
    while at < to {
        let stop = line_stop(text, at).min(to);
        let line = &text[at..stop];
        let start = at + (line.len() - line.trim_start_matches(' ').len());
        let own = found.first().is_none_or(|first| column(text, *first) == column(text, start));
        if own && is_dash(&text[start..]) {
            found.push(start);
        }
        at = next_line(text, at);
    }
    found
}

/// Where the bracket or brace at an offset is closed: the offset behind it.
pub(super) fn flow_end(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0;
    for Mark { at, letter, .. } in marks(text, Span::new(open, text.len())) {
        match letter {
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// A comment between two offsets of a text, outside quotes.
pub(super) fn comment(text: &str, span: Span) -> Option<Span> {
    let mut comments = marks(text, span).filter(|mark| mark.letter == '#' && mark.behind_blank);
    comments.next().map(|mark| Span::new(mark.at, line_stop(text, mark.at)))
}

/// An anchor, an alias or a merge key, where a value or a key may begin.
pub(super) fn anchor(text: &str) -> Option<Span> {
    let is_anchor =
        |mark: &Mark| mark.begins && (matches!(mark.letter, '&' | '*') || text[mark.at..].starts_with("<<:"));
    let mark = marks(text, Span::new(0, text.len())).find(is_anchor)?;
    let rest = &text[mark.at..];
    let length = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}')).unwrap_or(rest.len());
    Some(Span::new(mark.at, mark.at + length))
}

/// A tab before the first word of a line.
pub(super) fn tab(text: &str) -> Option<Span> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..blanks].find('\t').filter(|_| !line.trim().is_empty()) {
            return Some(Span::new(at + tab, at + tab + 1));
        }
        at += line.len();
    }
    None
}

/// A letter outside quotes and comments.
struct Mark {
    at: usize,
    letter: char,
    /// Whether a value or a key may begin here.
    begins: bool,
    behind_blank: bool,
}

/// The letters of a part of a text; of a quoted one or a comment only the first.
fn marks(text: &str, span: Span) -> impl Iterator<Item = Mark> {
    let mut at = span.start;
    let mut behind_blank = text[..at].chars().next_back().is_none_or(char::is_whitespace);
    let mut begins = true;
    std::iter::from_fn(move || {
        let letter = text[at..].chars().next().filter(|_| at < span.end)?;
        let mark = Mark { at, letter, begins, behind_blank };
        let quote = if begins && matches!(letter, '"' | '\'') { quote_end(text, at) } else { None };
        let is_comment = letter == '#' && behind_blank;
        at = match quote {
            Some(end) => end,
            None if is_comment => line_stop(text, at),
            None => at + letter.len_utf8(),
        };
        begins = match letter {
            '\n' | '[' | '{' | ',' => true,
            ' ' => begins || text[..mark.at].ends_with([':', '-']),
            _ => false,
        };
        behind_blank = letter.is_whitespace();
        Some(mark)
    })
}

/// Where the quotes at an offset are closed: the offset behind them.
fn quote_end(text: &str, open: usize) -> Option<usize> {
    let quote = text[open..].chars().next()?;
    let mut letters = text[open + 1..].char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' && quote == '"' {
            letters.next();
        } else if letter == quote {
            if quote == '\'' && letters.peek().is_some_and(|(_, next)| *next == '\'') {
                letters.next();
                continue;
            }
            return Some(open + 1 + at + 1);
        }
    }
    None
}
