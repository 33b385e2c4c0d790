//! Catalogs: lists of controls, requirements and risk sources, each of one edition, and how they map to each other.

mod load;
mod shipped;
mod shown;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use load::load;
pub use shipped::{is_shipped, shipped};
pub use shown::{Shown, ShownBy, Sought};

use crate::finding::Place;
use crate::id::{CatalogId, ItemId, Role, natural_order};
use crate::language::Localized;
use crate::value::Word;

/// A list of items with an edition.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    /// Its id as text, such as `iso27001-2022`.
    pub id: String,
    /// What qualifies its ids: `27017` in `27017:9.2.3`. Two editions may share one.
    pub prefix: String,
    /// The edition.
    pub edition: String,
    /// The short name, such as `ISO/IEC 27001:2022`.
    pub title: Localized,
    /// The longer name.
    pub full_title: Localized,
    /// The standing of the edition.
    pub status: Localized,
    /// The catalog of the newer edition.
    pub replaced_by: Option<String>,
    /// Whom the content is owed to.
    pub source: Localized,
    /// The roles that items give guidance for, in order.
    pub roles: Vec<RoleDefinition>,
    /// The attributes of items and their values.
    pub attributes: Vec<Attribute>,
    /// Themes, clauses, objectives or categories; parents before children.
    pub groups: Vec<Group>,
    /// The items in natural order of their ids.
    pub items: Vec<Arc<Item>>,
    /// Which items of other catalogs belong to these.
    pub mappings: Vec<Mapping>,
    /// Where a catalog of the book's own stands.
    pub place: Option<Place>,
    item_at: BTreeMap<String, usize>,
    group_at: BTreeMap<String, usize>,
}

/// A role in a cloud service, as a catalog declares it.
#[derive(Debug, Clone)]
pub struct RoleDefinition {
    /// Its id (`customer`).
    pub role: Role,
    /// Its name (cloud service customer).
    pub title: Localized,
    /// Its short label (CSC).
    pub label: Localized,
}

/// An attribute of items, such as the control type.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// Its id (`control_type`).
    pub id: String,
    /// Its name.
    pub title: Localized,
    /// Its values: id and name.
    pub values: Vec<(String, Localized)>,
}

/// A theme, clause, objective or category.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its id (`A.5`).
    pub id: String,
    /// The group that holds it.
    pub parent: Option<String>,
    /// Its title.
    pub title: Localized,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// A control of an annex, of ISO/IEC 27017 or of the user's own catalog.
    Control,
    /// A requirement of a clause.
    Requirement,
    /// A source of risk.
    RiskSource,
}

impl Word for ItemKind {
    const WORDS: &'static [(&'static str, Self)] =
        &[("control", Self::Control), ("requirement", Self::Requirement), ("risk-source", Self::RiskSource)];
}

/// A control, requirement or risk source.
#[derive(Debug, Clone)]
pub struct Item {
    /// Catalog and id.
    pub id: ItemId,
    /// What it is.
    pub kind: ItemKind,
    /// The group that holds it.
    pub group: String,
    /// Its title.
    pub title: Localized,
    /// What it asks for, in our own words.
    pub summary: Localized,
    /// A remark on it.
    pub note: Localized,
    /// The full text, where the organization has a licence and adds it.
    pub text: Localized,
    /// What an amendment of the standard adds.
    pub amendment: Localized,
    /// Other ways to write its id.
    pub aliases: Vec<String>,
    /// Without a predecessor in the edition before.
    pub new: bool,
    /// Only the heading of other items.
    pub heading: bool,
    /// Values by attribute.
    pub attributes: BTreeMap<String, Vec<String>>,
    /// What each role is advised to do; a role without guidance is absent.
    pub guidance: BTreeMap<Role, Localized>,
    /// What the requirement wants in writing.
    pub documented_information: Vec<DocumentedInformation>,
    /// What of the book itself shows that the requirement is met.
    pub shown_by: Vec<ShownBy>,
    /// What else the requirement is looked for in, in the order in which it is told.
    pub looked_for: Vec<Sought>,
    /// What in a set of documents proves the requirement.
    pub evidence: Vec<Localized>,
    /// What to look for in an audit.
    pub checks: Vec<Localized>,
    /// Whom a risk source touches.
    pub party: Option<String>,
    /// Where an item of the book's own stands.
    pub place: Option<Place>,
}

/// One piece of documented information that a requirement demands (ISO/IEC 27001 7.5.1).
#[derive(Debug, Clone)]
pub struct DocumentedInformation {
    /// The letter of the sub-item, such as `d`.
    pub part: Option<String>,
    /// Whether the clause says so in so many words.
    pub explicit: bool,
    /// What it is.
    pub title: Localized,
}

/// Which items of another catalog belong to the items of this one.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// The other catalog.
    pub to: CatalogId,
    /// What the mapping says.
    pub title: Localized,
    /// From an item here to an item there, and in which relation.
    pub pairs: Vec<Pair>,
    /// Where a mapping of the book's own names the other catalog.
    pub place: Option<Place>,
}

/// One pair of a mapping.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The id in this catalog.
    pub from: String,
    /// The id in the other catalog, perhaps with a part (`6.1.2 c)`).
    pub to: String,
    /// The relation, as the catalog names it.
    pub relation: String,
    /// Where a catalog of the book's own names the one and the other.
    pub places: Option<(Place, Place)>,
}

impl Catalog {
    /// Takes away every note of where things stand: the shipped catalogs stand in no file of the book.
    fn forget_places(&mut self) {
        self.place = None;
        for item in self.items.iter_mut().filter_map(Arc::get_mut) {
            item.place = None;
        }
        for mapping in &mut self.mappings {
            mapping.place = None;
            mapping.pairs.iter_mut().for_each(|pair| pair.places = None);
        }
    }

    /// Sorts the items and notes where each stands; to be called once when all are there.
    fn index(&mut self) {
        self.items.sort_by(|a, b| natural_order(&a.id.id, &b.id.id));
        self.item_at.clear();
        for (at, item) in self.items.iter().enumerate() {
            for alias in &item.aliases {
                self.item_at.entry(alias.clone()).or_insert(at);
            }
        }
        let own = self.items.iter().enumerate().map(|(at, item)| (item.id.id.to_string(), at));
        self.item_at.extend(own);
        self.group_at = self.groups.iter().enumerate().map(|(at, group)| (group.id.clone(), at)).collect();
    }

    /// The item with this id or alias.
    pub fn item(&self, id: &str) -> Option<&Arc<Item>> {
        self.item_at.get(id).map(|at| &self.items[*at])
    }

    /// The group with this id.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.group_at.get(id).map(|at| &self.groups[*at])
    }

    /// The items of one kind.
    pub fn items_of(&self, kind: ItemKind) -> impl Iterator<Item = &Arc<Item>> {
        self.items.iter().filter(move |item| item.kind == kind)
    }

    /// Whether any of its items is of this kind.
    pub fn has(&self, kind: ItemKind) -> bool {
        self.items.iter().any(|item| item.kind == kind)
    }

    /// The topmost group (theme or clause) that holds a group.
    pub fn top_group(&self, id: &str) -> Option<&Group> {
        let mut group = self.group(id)?;
        for _ in 0..self.groups.len() {
            match group.parent.as_deref().and_then(|parent| self.group(parent)) {
                Some(parent) => group = parent,
                None => break,
            }
        }
        Some(group)
    }

    /// What a role is called here.
    pub fn role(&self, role: &Role) -> Option<&RoleDefinition> {
        self.roles.iter().find(|definition| definition.role == *role)
    }
}

impl Item {
    /// Whether the item stands on the SoA for roles, one line each.
    pub fn has_guidance(&self) -> bool {
        !self.guidance.is_empty()
    }
}

/// Every catalog that the book can name: the shipped ones and its own, by id.
#[derive(Debug, Clone, Default)]
pub struct Catalogs {
    by_id: BTreeMap<String, Arc<Catalog>>,
}

impl Catalogs {
    /// Adds or replaces a catalog.
    pub fn insert(&mut self, catalog: Arc<Catalog>) {
        self.by_id.insert(catalog.id.clone(), catalog);
    }

    /// The catalog with this id.
    pub fn get(&self, id: &str) -> Option<&Arc<Catalog>> {
        self.by_id.get(id)
    }

    /// All catalogs in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Catalog>> {
        self.by_id.values()
    }

    /// The item, where its catalog has it.
    pub fn item(&self, id: &ItemId) -> Option<&Arc<Item>> {
        self.get(id.catalog.as_str())?.item(&id.id)
    }

    /// The items of `to` that belong to an item, with the relation: by the item's own catalog, else read backwards from `to`'s.
    pub fn mapped(&self, id: &ItemId, to: &Catalog) -> Vec<(Arc<Item>, String)> {
        let forward = self.get(id.catalog.as_str()).into_iter().flat_map(|catalog| &catalog.mappings);
        let mut found: Vec<(Arc<Item>, String)> = forward
            .filter(|mapping| mapping.to.as_str() == to.id)
            .flat_map(|mapping| &mapping.pairs)
            .filter(|pair| pair.from == *id.id)
            .filter_map(|pair| Some((Arc::clone(to.item(whole(&pair.to))?), pair.relation.clone())))
            .collect();
        if found.is_empty() {
            let backward =
                to.mappings.iter().filter(|mapping| mapping.to == id.catalog).flat_map(|mapping| &mapping.pairs);
            found = backward
                .filter(|pair| whole(&pair.to) == &*id.id)
                .filter_map(|pair| Some((Arc::clone(to.item(&pair.from)?), pair.relation.clone())))
                .collect();
        }
        found
    }
}

/// An id without its part: `6.1.2` of `6.1.2 c)`.
pub fn whole(id: &str) -> &str {
    id.split_once(' ').map_or(id, |(whole, part)| if part.ends_with(')') { whole } else { id })
}
