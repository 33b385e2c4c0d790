//! Many phrases looked for in one walk through a text.

use std::collections::{BTreeMap, BTreeSet};

/// Phrases by their first letter.
#[derive(Debug, Default)]
pub(in crate::project) struct Phrases {
    by_first: BTreeMap<char, Vec<String>>,
}

impl Phrases {
    /// The phrases; an empty one is none.
    pub(in crate::project) fn new(phrases: BTreeSet<String>) -> Self {
        let mut by_first: BTreeMap<char, Vec<String>> = BTreeMap::new();
        for phrase in phrases {
            if let Some(first) = phrase.chars().next() {
                by_first.entry(first).or_default().push(phrase);
            }
        }
        Self { by_first }
    }

    /// Where each phrase stands in a text.
    pub(super) fn find<'p>(&'p self, text: &'p str) -> impl Iterator<Item = (usize, &'p str)> {
        text.char_indices().flat_map(move |(at, sign)| {
            let known = self.by_first.get(&sign).map_or(&[][..], Vec::as_slice);
            known
                .iter()
                .filter(move |phrase| text[at..].starts_with(&***phrase))
                .map(move |phrase| (at, phrase.as_str()))
        })
    }

    /// Whether a text has one of them.
    pub(in crate::project) fn are_in(&self, text: &str) -> bool {
        self.find(text).next().is_some()
    }
}
