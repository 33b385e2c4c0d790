//! Where a text differs, by its headings. How its lines are wrapped makes no difference.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Manuscript;

/// The headings under which two texts differ, in the order of the newer one, then those that went; none where the texts are
/// the same. An empty one stands for what comes before the first heading.
pub(super) fn differing(old: &Manuscript, new: &Manuscript) -> Vec<String> {
    if old.text == new.text {
        return Vec::new();
    }
    let (before, after) = (sections(old), sections(new));
    let texts: BTreeMap<_, _> = before.iter().map(|section| (section.key(), section.text)).collect();
    let known: BTreeSet<_> = after.iter().map(Section::key).collect();
    let changed = after.iter().filter(|section| texts.get(&section.key()).is_none_or(|text| !same(text, section.text)));
    let gone = before.iter().filter(|section| !known.contains(&section.key()));
    let mut headings: Vec<String> = changed.chain(gone).map(|section| section.heading.to_owned()).collect();
    if headings.is_empty() && order(&before) != order(&after) {
        let moved = order(&before).into_iter().zip(&after).filter(|(key, section)| *key != section.key());
        headings = moved.map(|(_, section)| section.heading.to_owned()).collect();
    }
    let mut seen = BTreeSet::new();
    headings.retain(|heading| seen.insert(heading.clone()));
    headings
}

fn order<'a>(sections: &[Section<'a>]) -> Vec<(&'a str, usize)> {
    sections.iter().map(Section::key).collect()
}

/// What stands under one heading, the heading included.
struct Section<'a> {
    heading: &'a str,
    /// Its number among the headings of the same words.
    number: usize,
    text: &'a str,
}

impl<'a> Section<'a> {
    fn key(&self) -> (&'a str, usize) {
        (self.heading, self.number)
    }
}

fn sections(manuscript: &Manuscript) -> Vec<Section<'_>> {
    let text = &*manuscript.text;
    let slice = |start: usize, end: usize| text.get(start..end).unwrap_or_default();
    let headings = &manuscript.body.headings;
    let first = headings.first().map_or(text.len(), |heading| heading.span.start);
    let start = slice(manuscript.body.start, first);
    let mut sections = Vec::new();
    if !start.trim().is_empty() {
        sections.push(Section { heading: "", number: 0, text: start });
    }
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, heading) in headings.iter().enumerate() {
        let end = headings.get(at + 1).map_or(text.len(), |next| next.span.start);
        let number = numbers.entry(&heading.text).or_default();
        *number += 1;
        sections.push(Section { heading: &heading.text, number: *number, text: slice(heading.span.start, end) });
    }
    sections
}

fn same(left: &str, right: &str) -> bool {
    left.split_whitespace().eq(right.split_whitespace())
}
