//! Where tables begin in a sheet: the rows whose cells are headings, one to three of them, below titles and between groups.

use std::collections::{BTreeMap, BTreeSet};

use super::fold;
use super::grid::Sheet;
use super::vocabulary::{OTHER, Vocabulary};

/// Headings stand within the first rows that hold something.
const FIRST: usize = 60;
/// As many rows may one heading span.
const DEPTH: usize = 3;
/// No heading is longer.
const LONGEST: usize = 80;

/// The rows of headings of one table.
#[derive(Debug, Clone)]
pub(super) struct Header {
    /// Its rows, as places in the sheet's list of rows.
    pub(super) rows: std::ops::Range<usize>,
    /// What stands above each column, from top to bottom.
    pub(super) columns: BTreeMap<u32, Vec<String>>,
    score: usize,
}

/// How well a heading names a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The heading above the heading names it.
    Above,
    /// A part of the heading does.
    Part,
    /// The whole heading does.
    Whole,
}

/// The fields that a column's headings name, and how well; each field once.
pub(super) fn fits<'v>(levels: &[String], vocabulary: &'v Vocabulary) -> BTreeMap<&'v str, Fit> {
    let mut fits: BTreeMap<&str, Fit> = BTreeMap::new();
    let mut note = |heading: &str, fit: Fit| {
        for field in vocabulary.named(heading) {
            let known = fits.entry(field).or_insert(fit);
            *known = fit.max(*known);
        }
    };
    let Some((own, above)) = levels.split_last() else { return fits };
    let joined = levels.join(" ");
    for text in [own, &joined] {
        note(text, Fit::Whole);
        note(&fold::unbracketed(text), Fit::Whole);
    }
    for part in fold::parts(own) {
        note(&part, Fit::Part);
    }
    for text in above {
        note(text, Fit::Above);
    }
    fits
}

/// The headers of a sheet, from top to bottom.
pub(super) fn find(sheet: &Sheet, vocabulary: &Vocabulary) -> Vec<Header> {
    let mut found: Vec<Header> = Vec::new();
    let best = |starts: std::ops::Range<usize>| {
        let runs = starts.flat_map(|start| (1..=DEPTH).map(move |depth| start..start + depth));
        let headers = runs.filter_map(|rows| header(sheet, rows, vocabulary));
        // Of equals, the one of fewer rows and the upper one.
        headers.reduce(|best, next| if is_better(&next, &best) { next } else { best })
    };
    let Some(first) = best(0..sheet.rows.len().min(FIRST)) else { return found };
    let mut start = first.rows.end;
    found.push(first);
    while start < sheet.rows.len() {
        // Rows above a heading may look like a part of it: the runs that begin within it are tried as well.
        let later = best(start..start + 1).and_then(|_| best(start..start + DEPTH));
        start = later.as_ref().map_or(start + 1, |header| header.rows.end);
        found.extend(later);
    }
    found
}

fn is_better(one: &Header, other: &Header) -> bool {
    (one.score, other.rows.len()) > (other.score, one.rows.len())
}

/// Some rows as a header; none where they are no headings.
fn header(sheet: &Sheet, rows: std::ops::Range<usize>, vocabulary: &Vocabulary) -> Option<Header> {
    let own = sheet.rows.get(rows.clone())?;
    let adjacent = own.windows(2).all(|pair| pair[0].number + 1 == pair[1].number);
    let short = |text: &str| text.chars().count() <= LONGEST;
    let filled = own.iter().flat_map(|row| &row.cells).filter(|(_, cell)| !cell.is_blank());
    if !adjacent || !filled.clone().all(|(_, cell)| short(&cell.text)) {
        return None;
    }
    let merged = sheet.merged.range(..).flat_map(|(_, areas)| areas);
    // A heading that reaches in from above belongs to a run that begins there.
    let top = own.first()?.number;
    if merged.clone().any(|area| area.first.0 < top && top <= area.last.0 && area.first.0 + 3 > top) {
        return None;
    }
    let across = merged.filter(|area| own.iter().any(|row| (area.first.0..=area.last.0).contains(&row.number)));
    let spread = across.flat_map(|area| area.first.1..=area.last.1.min(area.first.1 + 64));
    let columns: BTreeSet<u32> = filled.map(|(column, _)| *column).chain(spread).collect();
    let levels = |column: u32| {
        let texts =
            own.iter().filter_map(|row| sheet.shown(row.number, column)).map(|cell| cell.text.trim().to_owned());
        let mut texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
        texts.dedup();
        texts
    };
    let columns: BTreeMap<u32, Vec<String>> =
        columns.into_iter().map(|column| (column, levels(column))).filter(|(_, levels)| !levels.is_empty()).collect();
    let (mut fields, mut known, mut score) = (BTreeSet::new(), 0, 0);
    let mut scored: BTreeSet<&str> = BTreeSet::new();
    for levels in columns.values() {
        let fits = fits(levels, vocabulary);
        let best = fits.values().max().copied();
        known += usize::from(best == Some(Fit::Whole));
        // One heading over several columns names its field once.
        let named = fits.iter().find(|(_, fit)| Some(**fit) == best).map(|(field, _)| *field);
        let again = named.is_some_and(|field| field != OTHER && !scored.insert(field));
        score += match best {
            Some(Fit::Whole) if !again => 3,
            Some(_) if !again => 1,
            _ => 0,
        };
        // A role above a heading is a part of it.
        let roles = vocabulary.meanings("role");
        let is_role = |level: &String| roles.is_some_and(|roles| roles.word(&fold::value(level)).is_some());
        score += usize::from(levels.len() > 1 && levels[..levels.len() - 1].iter().any(is_role));
        fields.extend(
            fits.into_iter().filter(|(field, fit)| *fit == Fit::Whole && *field != OTHER).map(|(field, _)| field),
        );
    }
    let enough = known >= 3 && fields.len() >= 2 && known * 2 >= columns.len();
    enough.then_some(Header { rows, columns, score })
}

impl Header {
    /// The heading of a column as people read it.
    pub(super) fn heading(&self, column: u32) -> String {
        let levels = self.columns.get(&column).map(Vec::as_slice).unwrap_or_default();
        levels.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether another header names the same columns alike.
    pub(super) fn repeats(&self, other: &Self) -> bool {
        self.columns == other.columns
    }
}
