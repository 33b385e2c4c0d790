//! The items of many findings in few words: `A.5.1–A.5.8, A.6.1`.

use std::collections::BTreeMap;

use crate::catalog::{Catalogs, Item};
use crate::id::{ItemId, Role};
use crate::report::Entry;
use crate::words::Words;

/// The items that the findings of a group are about, a list for each catalog and role; neighbours as one range. Empty where
/// a finding is about none.
pub(super) fn names(catalogs: &Catalogs, group: &[&Entry<'_>], words: &Words) -> Vec<Vec<String>> {
    let mut items: Vec<(&ItemId, Option<&Role>)> = Vec::new();
    for entry in group {
        let Some(item) = &entry.finding.item else { return Vec::new() };
        items.push((item, entry.finding.role.as_ref()));
    }
    items.sort_by(|a, b| (a.0.catalog.as_str(), a.1, a.0).cmp(&(b.0.catalog.as_str(), b.1, b.0)));
    items.dedup();
    let lists = items.chunk_by(|a, b| a.0.catalog == b.0.catalog && a.1 == b.1);
    lists
        .map(|list| {
            let ids: Vec<&ItemId> = list.iter().map(|(item, _)| *item).collect();
            let role = list[0].1;
            let mut names = ranges(catalogs, &ids, role);
            if let Some(role) = role {
                let catalog = catalogs.get(list[0].0.catalog.as_str());
                let label = catalog
                    .and_then(|catalog| catalog.role(role))
                    .map_or(role.as_str(), |definition| definition.title.get(words.language()));
                names[0] = words.fill("report.of-role", &[("items", &names[0]), ("role", label)]);
            }
            names
        })
        .collect()
}

/// Items of one catalog; the first has the catalog's prefix where its id needs one.
fn ranges(catalogs: &Catalogs, ids: &[&ItemId], role: Option<&Role>) -> Vec<String> {
    let catalog = catalogs.get(ids[0].catalog.as_str());
    // Neighbours for a role are those that follow each other among the items with guidance for it.
    let counts = |item: &Item| role.is_none_or(|role| item.guidance.contains_key(role));
    let order: BTreeMap<&ItemId, usize> = catalog
        .into_iter()
        .flat_map(|catalog| &catalog.items)
        .filter(|item| counts(item))
        .enumerate()
        .map(|(at, item)| (&item.id, at))
        .collect();
    let follows = |a: &ItemId, b: &ItemId| match (order.get(a), order.get(b)) {
        (Some(a), Some(b)) => *b == a + 1,
        _ => false,
    };
    let ranges = ids.chunk_by(|a, b| follows(a, b) && clause(a) == clause(b));
    let mut names: Vec<String> = ranges
        .flat_map(|range| match range {
            [one] => vec![one.id.to_string()],
            [one, two] => vec![one.id.to_string(), two.id.to_string()],
            [first, .., last] => vec![format!("{}–{}", first.id, last.id)],
            [] => Vec::new(),
        })
        .collect();
    let qualified = ids[0].id.starts_with(|c: char| c.is_ascii_digit());
    if let (true, Some(catalog)) = (qualified, catalog) {
        names[0] = format!("{}:{}", catalog.prefix, names[0]);
    }
    names
}

/// What ranges do not run across: `A.5` of `A.5.15`, `9` of `9.2.3`, `R` of `R.12`.
fn clause(id: &ItemId) -> &str {
    let numbers = |c: char| !c.is_ascii_digit();
    let start = id.id.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let end = id.id[start..].find(numbers).map_or(start, |end| start + end);
    &id.id[..end]
}
