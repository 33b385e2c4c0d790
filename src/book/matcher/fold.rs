//! Full-width letters, digits and signs as the plain ones, with the way back to the text as written.

use std::borrow::Cow;

/// A text in which every sign has its plain form.
#[derive(Debug)]
pub(super) struct Folded<'t> {
    /// The text that is searched.
    pub(super) text: Cow<'t, str>,
    /// Behind each sign that became shorter or longer: the offset here and in the text as written.
    shifts: Vec<(usize, usize)>,
}

impl Folded<'_> {
    /// The offset in the text as written.
    pub(super) fn original(&self, at: usize) -> usize {
        let next = self.shifts.partition_point(|(folded, _)| *folded <= at);
        match next.checked_sub(1).and_then(|last| self.shifts.get(last)) {
            Some((folded, written)) => written + (at - folded),
            None => at,
        }
    }
}

/// Folds a text; one that is plain already is borrowed.
///
/// NFKC would do more than is wanted: it makes a footnote's `²` a digit, and `A.5.1²` another control.
pub(super) fn fold(text: &str) -> Folded<'_> {
    let Some(first) = text.char_indices().find(|(_, sign)| plain(*sign) != *sign).map(|(at, _)| at) else {
        return Folded { text: Cow::Borrowed(text), shifts: Vec::new() };
    };
    let mut folded = String::with_capacity(text.len());
    folded.push_str(&text[..first]);
    let mut shifts = Vec::new();
    let mut before = text[..first].chars().next_back();
    let mut signs = text[first..].char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let next = signs.peek().map(|(_, next)| *next);
        let new = if sign == FULL_STOP && !joins(before, next) { sign } else { plain(sign) };
        folded.push(new);
        if new.len_utf8() != sign.len_utf8() {
            shifts.push((folded.len(), first + at + sign.len_utf8()));
        }
        before = Some(sign);
    }
    Folded { text: Cow::Owned(folded), shifts }
}

/// A full-width full stop also ends sentences and numbers lists (`１．A.5.15`): it is a dot only inside an id.
const FULL_STOP: char = '．';

fn joins(before: Option<char>, next: Option<char>) -> bool {
    let wide = |sign: char| plain(sign) != sign && plain(sign).is_ascii_alphanumeric();
    let digit = |sign: char| sign.is_ascii_digit();
    next.is_some_and(|next| wide(next) || digit(next))
        && before.is_some_and(|before| plain(before).is_ascii_alphanumeric())
}

/// The plain form of a sign.
fn plain(sign: char) -> char {
    if sign < '\u{a0}' {
        return sign;
    }
    match sign {
        '\u{ff01}'..='\u{ff5e}' => u8::try_from(u32::from(sign) - 0xff01 + 0x21).map_or(sign, char::from),
        '\u{3000}' | '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2009}' => ' ',
        '\u{2010}' | '\u{2011}' => '-',
        '\u{2012}' | '\u{2014}' | '\u{2015}' | '\u{2212}' => '–',
        '\u{301c}' | '\u{223c}' => '~',
        '\u{ff64}' => '、',
        '\u{ff65}' => '・',
        _ => sign,
    }
}

/// Whether a text has a digit, plain or full-width. Most texts have none, and then no id of a catalog.
pub(super) fn has_digit(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.chunks(64).enumerate().any(|(chunk, part)| {
        let mut digit = false;
        let mut wide = false;
        for byte in part {
            digit |= byte.is_ascii_digit();
            wide |= *byte == WIDE[0];
        }
        digit || wide && has_wide_digit(&bytes[chunk * 64..bytes.len().min(chunk * 64 + 66)])
    })
}

/// The first two bytes of the full-width digits.
const WIDE: [u8; 2] = [0xef, 0xbc];

fn has_wide_digit(bytes: &[u8]) -> bool {
    bytes.windows(3).any(|window| window[..2] == WIDE && (0x90..=0x99).contains(&window[2]))
}
