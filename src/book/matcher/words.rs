//! The words around ids, and small pieces of text.

/// How the ids of the extended cloud controls begin; nothing else begins so.
pub(super) const CLOUD: &str = "CLD.";

/// The prefix of the catalogs whose Annex A is meant by "Annex A".
pub(super) const ANNEX_PREFIX: &str = "27001";

/// Names of an annex, each followed by `A`.
pub(super) const ANNEX: [&str; 6] = ["Annex", "annex", "ANNEX", "Anhang", "附属書", "부속서"];

/// Names of a clause of a standard; `Section` and `§` are nearly always the document's own.
pub(super) const CLAUSE: [&str; 7] = ["Clauses", "Clause", "clauses", "clause", "箇条", "Abschnitt", "Kapitel"];

/// Names of a control, the longer before what it begins with.
pub(super) const CONTROL: [&str; 6] = ["Controls", "Control", "controls", "control", "管理策", "통제"];

/// Names of standards that are not the prefix of their catalog.
pub(super) const NAMES: [(&str, &str); 2] = [("JIP-ISMS517-1.0", "JIP"), ("JIP-ISMS517", "JIP")];

/// The edition behind the year of a national or European adoption.
pub(super) const EDITIONS: [(&str, &str, &str); 7] = [
    ("27001", "2014", "2013"),
    ("27001", "2015", "2013"),
    ("27001", "2017", "2013"),
    ("27001", "2023", "2022"),
    ("27001", "2024", "2022"),
    ("27017", "2016", "2015"),
    ("27017", "2021", "2015"),
];

/// With what a phrase may begin, beside the ids and names of the book.
pub(super) const STARTS: [&str; 25] = [
    "Annex",
    "annex",
    "ANNEX",
    "Anhang",
    "附属書",
    "부속서",
    "Clause",
    "clause",
    "箇条",
    "Abschnitt",
    "Kapitel",
    "Control",
    "control",
    "管理策",
    "통제",
    "ISO",
    "JIS",
    "A 5",
    "A 6",
    "A 7",
    "A 8",
    "A 9",
    "A 1",
    "A 2",
    "A 3",
];

/// Words between the ends of a range. `から` and its like count also before a single number, where `まで` follows.
pub(super) const RANGE: [&str; 3] = ["to", "through", "bis"];
/// Words behind the first end of a range.
pub(super) const FROM: [&str; 3] = ["から", "부터", "에서"];
/// Words behind the second end of a range.
pub(super) const UNTIL: [&str; 2] = ["まで", "까지"];

/// Words between the members of a list, with blanks around them.
pub(super) const AND: [&str; 5] = ["and", "or", "und", "oder", "sowie"];
/// Words and signs between the members of a list, with or without blanks.
pub(super) const JOINTS: [&str; 16] = [
    "及び",
    "および",
    "並びに",
    "ならびに",
    "又は",
    "または",
    "若しくは",
    "と",
    "및",
    "와",
    "과",
    "、",
    "・",
    "&",
    ",",
    ";",
];

/// What follows the last letter or digit of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Nothing that belongs to it.
    Clean,
    /// A hyphen and more: a range (`A.5.15-18`), or a longer id.
    Hyphen,
    /// More of a longer id.
    Inside,
}

/// What follows at `at`.
pub(super) fn ending(text: &str, at: usize) -> Ending {
    let bytes = text.as_bytes();
    let more = bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
    match bytes.get(at) {
        Some(b'_' | b'@') => Ending::Inside,
        Some(byte) if byte.is_ascii_alphanumeric() => Ending::Inside,
        Some(b'.') if more => Ending::Inside,
        Some(b'-') if more => Ending::Hyphen,
        _ => Ending::Clean,
    }
}

/// Whether what stands before `at` belongs to what stands there. A slash does, but for the one behind a found id (`slash`).
pub(super) fn goes_on(text: &str, at: usize, slash: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    match text.as_bytes().get(before) {
        Some(b'-' | b'_' | b'.' | b'\\' | b'@') => true,
        Some(b'/') => before != slash,
        Some(byte) => byte.is_ascii_alphanumeric(),
        None => false,
    }
}

/// The end of the blanks at `at`; more than three are a layout, not a phrase.
pub(super) fn blanks(text: &str, at: usize) -> usize {
    let blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\n');
    at + text.as_bytes().iter().skip(at).take(3).take_while(blank).count()
}

/// The end of the first of `words` that stands at `at`.
pub(super) fn word(text: &str, at: usize, words: &[&str]) -> Option<usize> {
    let rest = text.get(at..)?;
    words.iter().find(|word| rest.starts_with(**word)).map(|word| at + word.len())
}

/// The same, where an English or German word must end there.
pub(super) fn whole_word(text: &str, at: usize, words: &[&str]) -> Option<usize> {
    let rest = text.get(at..)?;
    let ends =
        |word: &str| !word.is_ascii() || !rest[word.len()..].starts_with(|next: char| next.is_ascii_alphanumeric());
    words.iter().find(|word| rest.starts_with(**word) && ends(word)).map(|word| at + word.len())
}

/// The end of the numbers with dots between them at `at`, and how many there are.
pub(super) fn numbers(text: &str, at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut end = at;
    let mut count = 0;
    loop {
        let digits = bytes.iter().skip(end).take(4).take_while(|byte| byte.is_ascii_digit()).count();
        if !(1..=3).contains(&digits) {
            return None;
        }
        end += digits;
        count += 1;
        if bytes.get(end) != Some(&b'.') || !bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
            return Some((end, count));
        }
        end += 1;
    }
}

/// Whether a digit stands at `at`.
pub(super) fn digit(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
}
