//! The shipped catalogs: complete, and their mappings lead somewhere.

use ismsbook::catalog::{ItemKind, shipped, whole};
use ismsbook::id::Role;

fn count(catalog: &str, kind: ItemKind) -> usize {
    shipped().get(catalog).expect("shipped").items_of(kind).count()
}

#[test]
fn the_counts_are_those_of_the_standards() {
    assert_eq!(count("iso27001-2022", ItemKind::Control), 93);
    assert_eq!(count("iso27001-2013", ItemKind::Control), 114);
    assert_eq!(count("iso27017-2015", ItemKind::Control), 121);
    assert_eq!(count("enisa-2009", ItemKind::RiskSource), 35);
    assert_eq!(count("itu-x1601", ItemKind::RiskSource), 26);
    assert_eq!(count("virtualization", ItemKind::RiskSource), 9);
    assert_eq!(count("jip-isms517", ItemKind::Requirement), 8);
    // Clauses 4 to 10 themselves are groups.
    assert_eq!(count("iso27001-2022", ItemKind::Requirement), 41 - 7);
    assert_eq!(count("iso27001-2013", ItemKind::Requirement), 35 - 7);
    let new =
        shipped().get("iso27001-2022").expect("shipped").items_of(ItemKind::Control).filter(|item| item.new).count();
    assert_eq!(new, 11);
}

#[test]
fn each_role_has_its_lines_of_27017() {
    let catalog = shipped().get("iso27017-2015").expect("shipped");
    let of = |role: Role| catalog.items.iter().filter(|item| item.guidance.contains_key(&role)).count();
    assert_eq!((of(Role::customer()), of(Role::provider())), (39, 40));
    let guided: Vec<_> = catalog.items.iter().filter(|item| item.has_guidance()).collect();
    let extended = guided.iter().filter(|item| item.id.id.starts_with("CLD.")).count();
    assert_eq!((guided.len() - extended, extended), (37, 7));
}

#[test]
fn every_mapping_and_group_leads_to_something_and_every_item_has_both_titles() {
    let mut wrong = Vec::new();
    for catalog in shipped().iter() {
        for item in &catalog.items {
            if catalog.group(&item.group).is_none() {
                wrong.push(format!("{}: no group {}", item.id, item.group));
            }
            if item.title.values().count() < 2 {
                wrong.push(format!("{}: a title is missing", item.id));
            }
        }
        for mapping in &catalog.mappings {
            let Some(other) = shipped().get(mapping.to.as_str()) else {
                wrong.push(format!("{}: no catalog {}", catalog.id, mapping.to));
                continue;
            };
            for pair in &mapping.pairs {
                let to = other.item(&pair.to).or_else(|| other.item(whole(&pair.to)));
                if catalog.item(&pair.from).is_none() || to.is_none() {
                    wrong.push(format!("{} {} -> {} {}", catalog.id, pair.from, other.id, pair.to));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
