//! CAT803: a mapping from or to an item that does not exist.

use crate::book::Book;
use crate::catalog::{Catalog, Mapping, Pair, whole};
use crate::derive::Derived;
use crate::finding::{Finding, Place, Severity};
use crate::rules::{Findings, Rule, words};
use crate::text::near;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "CAT803",
    name: "unknown-mapping-target",
    severity: Severity::Error,
    words: words!("unknown_mapping_target"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for catalog in book.catalogs.iter().filter(|catalog| catalog.place.is_some()) {
        for mapping in &catalog.mappings {
            let Some(place) = &mapping.place else { continue };
            let Some(other) = book.catalogs.get(mapping.to.as_str()) else {
                let near = near(mapping.to.as_str(), book.catalogs.iter().map(|catalog| catalog.id.as_str()));
                let finding = RULE.at(place.clone()).variant("catalog").with("id", mapping.to.as_str());
                findings.add(finding.near(near));
                continue;
            };
            of_pairs(catalog, mapping, other, findings);
        }
    }
}

fn of_pairs(catalog: &Catalog, mapping: &Mapping, other: &Catalog, findings: &mut Findings) {
    for pair in &mapping.pairs {
        let Pair { from, to, places: Some((from_place, to_place)), .. } = pair else { continue };
        if catalog.item(whole(from)).is_none() {
            findings.add(at(from_place, from, catalog));
        }
        // Groups may be mapped as a whole.
        if other.item(whole(to)).is_none() && other.item(to).is_none() && other.group(to).is_none() {
            findings.add(at(to_place, to, other));
        }
    }
}

fn at(place: &Place, id: &str, catalog: &Catalog) -> Finding {
    let near = near(id, catalog.items.iter().map(|item| &*item.id.id));
    let finding = RULE.at(place.clone()).with("id", id).with("catalog", catalog.title.clone());
    finding.with_some("nearest", near.map(|near| near.name)).say_some(near.filter(|near| near.only))
}
