//! The items of many findings in few words: `A.5.1–A.5.8, A.6.1 (customer)`.

use crate::catalog::Catalogs;
use crate::id::{ItemId, Role};
use crate::report::Entry;
use crate::words::Words;

/// The items that the findings of a group are about, in the order of catalogs and ids; neighbours in their catalog as one
/// range, by role where they have one. Empty where a finding is about none.
pub(super) fn names(catalogs: &Catalogs, group: &[&Entry<'_>], words: &Words) -> Vec<String> {
    let mut items: Vec<(&ItemId, Option<&Role>)> = Vec::new();
    for entry in group {
        let Some(item) = &entry.finding.item else { return Vec::new() };
        items.push((item, entry.finding.role.as_ref()));
    }
    items.sort_by(|a, b| (a.0.catalog.as_str(), a.1, a.0).cmp(&(b.0.catalog.as_str(), b.1, b.0)));
    items.dedup();
    let mut names = Vec::new();
    for of_role in items.chunk_by(|a, b| a.0.catalog == b.0.catalog && a.1 == b.1) {
        let ids: Vec<&ItemId> = of_role.iter().map(|(item, _)| *item).collect();
        names.extend(ranges(catalogs, &ids));
        if let (Some(name), Some(role)) = (names.last_mut(), of_role[0].1) {
            let label = catalogs.get(of_role[0].0.catalog.as_str()).and_then(|catalog| catalog.role(role));
            let label = label.map_or(role.as_str(), |definition| definition.title.get(words.language()));
            *name = words.fill("report.of-role", &[("items", name.as_str()), ("role", label)]);
        }
    }
    names
}

/// Items of one catalog; the first has the catalog's prefix where its id needs one.
fn ranges(catalogs: &Catalogs, ids: &[&ItemId]) -> Vec<String> {
    let catalog = catalogs.get(ids[0].catalog.as_str());
    let place = |id: &ItemId| catalog.and_then(|catalog| catalog.items.iter().position(|item| item.id == *id));
    let follows = |a: &ItemId, b: &ItemId| match (place(a), place(b)) {
        (Some(a), Some(b)) => b == a + 1,
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

/// The id without its last number: ranges run within a clause only, as people write them.
fn clause(id: &ItemId) -> &str {
    id.id.rsplit_once('.').map_or("", |(clause, _)| clause)
}
