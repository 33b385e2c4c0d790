//! Ranges in the lists of front matter: `A.7.1-A.7.4` and `RSK-001〜RSK-005` name all that stands between their ends.

use unicode_normalization::UnicodeNormalization;

use super::resolve::{Resolver, Target};
use crate::catalog::ItemKind;
use crate::id::{ItemId, natural_order};

/// What stands between the ends of a range, the longer first. An id may hold a hyphen, so that whole ids are looked for first.
const BETWEEN: [&str; 10] = ["から", "〜", "~", "–", "—", "..", "…", " to ", "ー", "-"];

impl Resolver<'_> {
    /// The items of one kind that a value in a list of the front matter names: one, or all of a range within one group.
    pub fn items(&self, written: &str, kind: ItemKind) -> Vec<Target> {
        let found = self.item(written, kind);
        if !matches!(found, Target::Unknown { .. }) {
            return vec![found];
        }
        ends(written).find_map(|(from, to)| self.between(&from, &to, kind)).unwrap_or_else(|| vec![found])
    }

    fn between(&self, from: &str, to: &str, kind: ItemKind) -> Option<Vec<Target>> {
        let Target::Item { item: first, .. } = self.item(from, kind) else { return None };
        let last = std::iter::once(to.to_owned()).chain(completed(from, to));
        let last = last.into_iter().find_map(|to| match self.item(&to, kind) {
            Target::Item { item, .. } if item.catalog == first.catalog => Some(item),
            _ => None,
        })?;
        let catalog = self.catalogs.get(first.catalog.as_str())?;
        let group = |id: &ItemId| catalog.item(&id.id).map(|item| item.group.clone());
        if natural_order(&first.id, &last.id).is_gt() {
            return Some(vec![Target::Backwards { from: last, to: first }]);
        }
        if group(&first) != group(&last) {
            return Some(vec![Target::Across { from: first, to: last }]);
        }
        let items = catalog.items_of(kind).filter(|item| !item.heading && group(&item.id) == group(&first));
        let within = items.filter(|item| {
            natural_order(&first.id, &item.id.id).is_le() && natural_order(&item.id.id, &last.id).is_le()
        });
        Some(within.map(|item| Target::Item { item: item.id.clone(), part: None }).collect())
    }

    /// The documents that a value in a list of the front matter names: one by its id, or all of a range of ids that differ in
    /// their number.
    pub fn listed_documents(&self, written: &str) -> Vec<Target> {
        let of = |id: &str| self.document(id);
        if let Some(key) = of(written) {
            return vec![Target::Document(key)];
        }
        let stem = |id: &str| id.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
        let range = ends(written).find(|(from, to)| {
            stem(from) == stem(to) && of(from).is_some() && of(to).is_some() && natural_order(from, to).is_le()
        });
        let Some((from, to)) = range else { return vec![Target::UnknownDocument] };
        let within = |id: &str| natural_order(&from, id).is_le() && natural_order(id, &to).is_le();
        let mut ids: Vec<&String> = self.documents.keys().filter(|id| stem(id) == stem(&from) && within(id)).collect();
        ids.sort_by(|one, other| natural_order(one, other));
        ids.into_iter().filter_map(|id| of(id)).map(Target::Document).collect()
    }
}

/// Each way to read a text as the two ends of a range.
fn ends(written: &str) -> impl Iterator<Item = (String, String)> {
    let folded: String = written.nfkc().collect();
    let folded = folded.trim().trim_end_matches("まで").to_owned();
    BETWEEN.into_iter().flat_map(move |sign| {
        let folded = folded.clone();
        let pairs: Vec<(String, String)> = folded
            .match_indices(sign)
            .map(|(at, _)| (folded[..at].trim().to_owned(), folded[at + sign.len()..].trim().to_owned()))
            .filter(|(from, to)| !from.is_empty() && !to.is_empty())
            .collect();
        pairs
    })
}

/// A second end that is short for an id: `18` behind `A.5.15`, `5.18`, or `A.5.18` behind `27001:A.5.15`.
fn completed(from: &str, to: &str) -> Vec<String> {
    let numbers = to.chars().all(|c| c.is_ascii_digit() || c == '.');
    let qualifier = from.split_once(':').map(|(qualifier, _)| format!("{qualifier}:"));
    let mut ways: Vec<String> = qualifier.iter().map(|qualifier| format!("{qualifier}{to}")).collect();
    if numbers {
        let head = from.trim_end_matches(|c: char| c.is_ascii_digit());
        let letters = from.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        ways.extend([format!("{head}{to}"), format!("{letters}.{to}")]);
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_has_two_ends() {
        for written in
            ["A.7.1-A.7.4", "A.7.1〜A.7.4", "A.7.1～A.7.4", "A.7.1からA.7.4まで", "A.7.1 to A.7.4", "A.7.1 – A.7.4"]
        {
            assert!(ends(written).any(|pair| pair == ("A.7.1".to_owned(), "A.7.4".to_owned())), "{written}");
        }
        assert_eq!(completed("A.5.15", "18"), ["A.5.18", "A.18"]);
    }
}
