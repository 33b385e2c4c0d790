//! Positions in a text, widths on a terminal and the nearest name.

use std::borrow::Cow;
use std::fmt::Write as _;

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use unicode_normalization::{UnicodeNormalization as _, is_nfc};
use unicode_width::UnicodeWidthStr;

/// A text in composed letters (NFC), so that names which look alike are alike.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// The text in whichever of the encodings that people's programs write it has no fault (UTF-8, UTF-16, `Shift_JIS`), behind its
/// name; none where it is in none of them.
pub fn decoded(bytes: &[u8]) -> Option<(&'static str, String)> {
    let whole = |encoding: &'static Encoding, bytes| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        (!text.contains('\0')).then(|| (encoding.name(), text.into_owned()))
    };
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return whole(encoding, &bytes[length..]);
    }
    // Without a mark, UTF-16 shows itself by the zero in every second byte of its signs.
    let zeros =
        |odd: usize| bytes.iter().take(400).enumerate().filter(|(at, byte)| at % 2 == odd && **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, 0) => whole(UTF_8, bytes).or_else(|| whole(SHIFT_JIS, bytes)),
        (even, odd) if odd > even => whole(UTF_16LE, bytes),
        _ => whole(UTF_16BE, bytes),
    }
}

/// A heading or a title by its letters and digits alone: without blanks, signs, width and size of letters, for comparing.
pub fn bare(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A byte range in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset just after the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to just before `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The same span, `offset` bytes later in the file.
    #[must_use]
    pub fn moved(self, offset: usize) -> Self {
        Self::new(self.start + offset, self.end + offset)
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The part of `text` that the span covers; empty where it does not fit.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// A value together with where it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value and its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// Line and column, both counted from 1; the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters (code points), from 1.
    pub column: usize,
}

/// The line starts of one text, for turning byte offsets into lines and columns.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Notes where each line of `text` begins.
    pub fn new(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self { starts: std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect() }
    }

    /// The byte offset at which a line (from 1) begins; the last line's start when there are fewer.
    pub fn line_start(&self, line: usize) -> usize {
        let last = self.starts.len() - 1;
        self.starts[line.saturating_sub(1).min(last)]
    }

    /// The line, from 1, that holds a byte offset.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// Line and column of a byte offset in `text`, the text that the index was made from.
    /// A byte order mark at the beginning takes no column.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.line(offset);
        let start = self.line_start(line);
        let before = text.get(start..offset.min(text.len())).unwrap_or_default();
        let column = before.trim_start_matches('\u{feff}').chars().count() + 1;
        Position { line, column }
    }
}

/// What a browser would read as something else inside a path.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A path as it is written in an address: what would end or change it is encoded, slashes stay.
pub fn percent_encoded(path: &str) -> String {
    utf8_percent_encode(path, UNSAFE).to_string()
}

/// Columns that a text takes on a terminal: a kanji takes two.
pub fn display_width(text: &str) -> usize {
    text.width()
}

/// Whether a letter steers who shows it: control letters but the line feed and the tab, what ends a line as they do, and what
/// turns the direction of the text after it. The mere marks of a direction turn nothing, and Arabic and Hebrew need them.
fn steers(letter: char) -> bool {
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || matches!(letter, '\u{2028}' | '\u{2029}') || letter.is_control() && letter != '\n' && letter != '\t'
}

/// A text as it may be sent anywhere: letters that would steer a terminal, a log or a table are shown (`\u{1b}`).
pub fn visible(text: &str) -> Cow<'_, str> {
    shown(text, steers, |letter| letter.escape_unicode().to_string())
}

/// A name as it may be sent anywhere: on one line, too.
pub fn visible_name(name: &str) -> Cow<'_, str> {
    shown(name, |letter| steers(letter) || letter.is_control(), |letter| letter.escape_default().to_string())
}

/// A value as a JSON document with a line feed at its end. In its texts a letter that would steer a terminal is written by its
/// number, so that they stay what they are.
pub fn json_document(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_string_pretty(value).expect("plain values are always JSON");
    shown(&json, steers, |letter| format!("\\u{:04x}", u32::from(letter))).into_owned() + "\n"
}

fn shown(text: &str, hidden: impl Fn(char) -> bool + Copy, show: impl Fn(char) -> String) -> Cow<'_, str> {
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    let mut visible = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if hidden(letter) { visible.push_str(&show(letter)) } else { visible.push(letter) }
    }
    Cow::Owned(visible)
}

/// The candidate most like `name`: at most two letters apart (one for short names), the first of equals.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(name, candidates).map(|near| near.name)
}

/// A name that another may have been meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Near<'a> {
    /// The name.
    pub name: &'a str,
    /// Whether no other is as near.
    pub alone: bool,
    /// Whether no other is near at all, and it bears the same numbers: `POL-103` may be anything but `POL-003`.
    pub only: bool,
}

/// The candidate most like `name`, as [`nearest`] says it, and what else was near.
pub fn near<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<Near<'a>> {
    let wanted = folded(name);
    let length = wanted.chars().count();
    let limit = if length <= 3 { 1 } else { 2 };
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (strsim::osa_distance(&wanted, &folded(candidate)), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    let (distance, name) = *near.first()?;
    let mut others = near.iter().filter(|(_, other)| *other != name).peekable();
    let alone = others.peek().is_none_or(|(other, _)| *other > distance);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let only = others.next().is_none() && digits(&wanted) == digits(&folded(name));
    Some(Near { name, alone, only })
}

/// A name without what its writer's keyboard put into it: large letters, and none of full width.
fn folded(name: &str) -> String {
    name.nfkc().collect::<String>().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_ignore_a_byte_order_mark() {
        let text = "\u{feff}管理策A\n次の行";
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, "\u{feff}管理策".len()), Position { line: 1, column: 4 });
        assert_eq!(index.position(text, "\u{feff}管理策A\n次".len()), Position { line: 2, column: 2 });
    }

    #[test]
    fn what_steers_is_shown_and_all_else_stays() {
        assert_eq!(
            visible("a\u{1b}[2J\u{9b}\u{202e}gnp\r\n\t日本語"),
            "a\\u{1b}[2J\\u{9b}\\u{202e}gnp\\u{d}\n\t日本語"
        );
        assert_eq!(visible_name("a\n\u{2066}b"), "a\\n\\u{2066}b");
        assert_eq!(
            json_document(&"\u{1b}\u{7f}\u{85}\u{2067}\u{200f}é"),
            "\"\\u001b\\u007f\\u0085\\u2067\u{200f}é\"\n"
        );
        assert!(matches!(visible("規程 A.5.15"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_slip_of_two_letters_is_near_and_a_third_is_not() {
        assert_eq!(nearest("ownr", ["owner", "order"]), Some("owner"));
        assert_eq!(nearest("responsible", ["owner", "order"]), None);
    }
}
