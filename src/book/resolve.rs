//! What an id means: an item of a catalog, a document, or nothing, and then what is nearest.

use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::DocumentKey;
use crate::catalog::{Catalog, Catalogs, Item, ItemKind, whole};
use crate::config::Config;
use crate::id::{CatalogId, ItemId, natural_order};

/// What a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An item, perhaps one part of it (`d` of `6.1.3 d)`).
    Item {
        /// The item.
        item: ItemId,
        /// The letter of the part.
        part: Option<String>,
    },
    /// A document.
    Document(DocumentKey),
    /// A group (section, theme) where an item is meant.
    Group {
        /// The catalog.
        catalog: CatalogId,
        /// The group's id.
        group: String,
    },
    /// An item of an edition that the book does not use.
    Superseded {
        /// The item.
        item: ItemId,
        /// What took its place in the catalogs that the book uses.
        successors: Vec<ItemId>,
    },
    /// Found more than once; each way to qualify it.
    Ambiguous(Vec<String>),
    /// Not found.
    Unknown {
        /// What was looked for.
        kind: ItemKind,
        /// The catalog whose ids look like it.
        catalog: Option<CatalogId>,
        /// Ids most like it, the best first, three at most.
        nearest: Vec<ItemId>,
        /// The item of which it looks like an author's own sub-number (`A.8.8` of `A.8.8.4`).
        parent: Option<ItemId>,
    },
    /// A range whose second end stands before its first; here in their order.
    Backwards {
        /// The lower end.
        from: ItemId,
        /// The higher end.
        to: ItemId,
    },
    /// A range that goes over the end of a group.
    Across {
        /// The lower end.
        from: ItemId,
        /// The higher end.
        to: ItemId,
    },
    /// No document has this id.
    UnknownDocument,
}

impl Target {
    /// The item, where it is one that exists (in whatever edition).
    pub fn item(&self) -> Option<&ItemId> {
        match self {
            Self::Item { item, .. } | Self::Superseded { item, .. } => Some(item),
            _ => None,
        }
    }

    /// The document.
    pub fn document(&self) -> Option<DocumentKey> {
        match self {
            Self::Document(key) => Some(*key),
            _ => None,
        }
    }
}

/// Finds what names mean.
#[derive(Debug, Clone, Copy)]
pub struct Resolver<'a> {
    /// The catalogs.
    pub catalogs: &'a Catalogs,
    /// Which of them the book uses.
    pub config: &'a Config,
    /// The documents by id.
    pub documents: &'a BTreeMap<String, DocumentKey>,
}

impl<'a> Resolver<'a> {
    /// The item of one kind that a front-matter value names; lenient about `A5.15`, `A 5.15` and full-width letters.
    pub fn item(&self, written: &str, kind: ItemKind) -> Target {
        self.find_item(written, kind).unwrap_or_else(|| self.unknown_item(written, kind))
    }

    /// The same, where there is anything of that name.
    fn find_item(&self, written: &str, kind: ItemKind) -> Option<Target> {
        let normal: String = written.nfkc().collect();
        let normal = normal.trim();
        match self.qualified(normal) {
            Some((qualifier, id)) => self.in_catalogs(&self.named(qualifier, kind), id, kind, true),
            None => match self.in_catalogs(&self.active(kind), normal, kind, false) {
                Some(exact @ (Target::Item { .. } | Target::Ambiguous(_))) => Some(exact),
                other => self.bare_number(normal, kind).or(other),
            },
        }
    }

    /// A number without the letters before it (`5.15` for `A.5.15`): it means nothing, but there is one control that it
    /// was taken from.
    fn bare_number(&self, written: &str, kind: ItemKind) -> Option<Target> {
        let bare = kind == ItemKind::Control && written.chars().all(|c| c.is_ascii_digit() || c == '.');
        let of_letters = |item: &&Arc<Item>| {
            let number = item.id.id.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            number.strip_prefix('.') == Some(written)
        };
        let active = if bare { self.active(kind) } else { Vec::new() };
        let item = active.iter().find_map(|catalog| catalog.items_of(kind).find(of_letters))?;
        Some(Target::Unknown {
            kind,
            catalog: Some(item.id.catalog.clone()),
            nearest: vec![item.id.clone()],
            parent: None,
        })
    }

    /// What is nearest to a name that nothing has. Dear: every id is compared.
    fn unknown_item(&self, written: &str, kind: ItemKind) -> Target {
        let normal: String = written.nfkc().collect();
        let normal = normal.trim();
        let (catalogs, id) = match self.qualified(normal) {
            Some((qualifier, id)) => (self.named(qualifier, kind), id),
            None => (self.active(kind), normal),
        };
        unknown(&catalogs, &spellings(id)[0], kind)
    }

    /// What `[[NAME]]` means: a document's id first, then an item of any kind.
    pub fn wiki(&self, written: &str) -> Target {
        let Some(document) = self.document(written) else {
            return self.any_item(written).unwrap_or_else(|| self.unknown_name(written));
        };
        match self.active_item(written) {
            Some(item) => Target::Ambiguous(vec![written.to_owned(), item.id.to_string()]),
            None => Target::Document(document),
        }
    }

    /// The document with an id; full-width letters are no others.
    pub fn document(&self, id: &str) -> Option<DocumentKey> {
        let folded = || self.documents.get(id.nfkc().collect::<String>().trim());
        self.documents.get(id).or_else(folded).copied()
    }

    /// The item of a catalog in use that has exactly this id.
    fn active_item(&self, id: &str) -> Option<&'a Arc<Item>> {
        [ItemKind::Control, ItemKind::Requirement, ItemKind::RiskSource]
            .iter()
            .find_map(|kind| self.active(*kind).iter().find_map(|catalog| catalog.item(id)))
    }

    /// The item of any kind with this id, the kinds tried in order.
    fn any_item(&self, written: &str) -> Option<Target> {
        let kinds = [ItemKind::Control, ItemKind::Requirement, ItemKind::RiskSource];
        let targets: Vec<Target> = kinds.iter().filter_map(|kind| self.find_item(written, *kind)).collect();
        let exact = targets.iter().position(|target| matches!(target, Target::Item { .. } | Target::Ambiguous(_)));
        let other =
            targets.iter().position(|target| matches!(target, Target::Superseded { .. } | Target::Group { .. }));
        exact.or(other).map(|at| targets[at].clone())
    }

    /// A name that nothing has: it looks like a control, or it is taken for a document.
    fn unknown_name(&self, written: &str) -> Target {
        let normal: String = written.nfkc().collect();
        let normal = normal.trim();
        if let Some(target) = self.bare_number(normal, ItemKind::Control) {
            return target;
        }
        if self.qualified(normal).is_some() || self.looks_like_item(normal) {
            return self.unknown_item(written, self.kind_like(normal));
        }
        Target::UnknownDocument
    }

    /// The kind whose ids look like a name that nothing has; a control where none does.
    fn kind_like(&self, name: &str) -> ItemKind {
        let has_shape = |kind: &ItemKind| {
            let (catalogs, id) = self
                .qualified(name)
                .map_or_else(|| (self.active(*kind), name), |(qualifier, id)| (self.named(qualifier, *kind), id));
            let shape = shape_of(id);
            catalogs.iter().any(|catalog| catalog.items_of(*kind).any(|item| shape_of(&item.id.id) == shape))
        };
        let kinds = [ItemKind::Control, ItemKind::Requirement, ItemKind::RiskSource];
        kinds.into_iter().find(has_shape).unwrap_or(ItemKind::Control)
    }

    /// Whether a name has the shape of the ids of a catalog in use: its letters, then numbers with dots.
    pub fn looks_like_item(&self, name: &str) -> bool {
        let shape = shape_of(name);
        let active = self.active(ItemKind::Control);
        active.iter().any(|catalog| {
            catalog.items_of(ItemKind::Control).any(|item| shape_of(&item.id.id) == shape)
                || shape.starts_with("A.") && catalog.prefix == "27001"
        })
    }

    /// Splits `27017:9.2.3`, where some catalog has that prefix or id.
    fn qualified<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        let (qualifier, id) = text.split_once(':')?;
        let known = self.catalogs.iter().any(|catalog| names(catalog, qualifier));
        known.then(|| (qualifier, id.trim()))
    }

    fn active(&self, kind: ItemKind) -> Vec<&'a Arc<Catalog>> {
        let isms = &self.config.isms;
        let ids = match kind {
            ItemKind::Control => &isms.controls,
            ItemKind::Requirement => &isms.requirements,
            ItemKind::RiskSource => &isms.risk_sources,
        };
        ids.iter().filter_map(|id| self.catalogs.get(id.value.as_str())).collect()
    }

    /// The catalogs that a qualifier names: one by its id, or all with the prefix, those in use first.
    fn named(&self, qualifier: &str, kind: ItemKind) -> Vec<&'a Arc<Catalog>> {
        if let Some(catalog) = self.catalogs.get(qualifier) {
            return vec![catalog];
        }
        let active = self.active(kind);
        let in_use: Vec<_> = active.iter().copied().filter(|catalog| names(catalog, qualifier)).collect();
        if in_use.is_empty() {
            self.catalogs.iter().filter(|catalog| names(catalog, qualifier)).collect()
        } else {
            in_use
        }
    }

    fn in_catalogs(
        &self,
        catalogs: &[&'a Arc<Catalog>],
        written: &str,
        kind: ItemKind,
        qualified: bool,
    ) -> Option<Target> {
        let spellings = spellings(written);
        let found: Vec<&Arc<Item>> = catalogs
            .iter()
            .filter_map(|catalog| spellings.iter().find_map(|id| catalog.item(id)))
            .filter(|item| item.kind == kind)
            .collect();
        if let [first, rest @ ..] = &found[..] {
            if kind != ItemKind::Requirement && !rest.is_empty() && !same_prefix(self.catalogs, &found) {
                return Some(Target::Ambiguous(found.iter().map(|item| item.id.to_string()).collect()));
            }
            return Some(self.of_edition(first, kind, qualified));
        }
        if let Some(target) = part_of(catalogs, &spellings, kind) {
            return Some(target);
        }
        let group =
            catalogs.iter().find_map(|catalog| spellings.iter().find_map(|id| Some((catalog, catalog.group(id)?))));
        if let Some((catalog, group)) = group {
            return Some(Target::Group { catalog: CatalogId::new(&catalog.id), group: group.id.clone() });
        }
        if qualified { None } else { self.other_edition(&spellings, kind) }
    }

    /// An item of a catalog that the book uses, or one whose edition it has left behind.
    fn of_edition(&self, item: &Item, kind: ItemKind, qualified: bool) -> Target {
        let used = self.active(kind).iter().any(|catalog| catalog.id == item.id.catalog.as_str());
        let edition_in_use = !qualified || used || !self.replaced(&item.id.catalog, kind);
        if edition_in_use {
            return Target::Item { item: item.id.clone(), part: None };
        }
        Target::Superseded { item: item.id.clone(), successors: self.successors(&item.id, kind) }
    }

    /// Whether another edition of the catalog is in use.
    fn replaced(&self, catalog: &CatalogId, kind: ItemKind) -> bool {
        let Some(catalog) = self.catalogs.get(catalog.as_str()) else { return false };
        self.active(kind).iter().any(|active| active.prefix == catalog.prefix)
    }

    /// An id that only an edition not in use has.
    fn other_edition(&self, spellings: &[String], kind: ItemKind) -> Option<Target> {
        let active = self.active(kind);
        let others = self
            .catalogs
            .iter()
            .filter(|catalog| active.iter().any(|used| used.prefix == catalog.prefix && used.id != catalog.id));
        let item = others
            .filter_map(|catalog| spellings.iter().find_map(|id| catalog.item(id)))
            .find(|item| item.kind == kind)?;
        Some(Target::Superseded { item: item.id.clone(), successors: self.successors(&item.id, kind) })
    }

    /// What took an item's place in the catalogs that the book uses.
    pub fn successors(&self, item: &ItemId, kind: ItemKind) -> Vec<ItemId> {
        let prefix = self.catalogs.get(item.catalog.as_str()).map(|catalog| catalog.prefix.as_str());
        let same: Vec<_> =
            self.active(kind).into_iter().filter(|catalog| Some(catalog.prefix.as_str()) == prefix).collect();
        same.iter().flat_map(|catalog| self.catalogs.mapped(item, catalog)).map(|(item, _)| item.id.clone()).collect()
    }
}

fn names(catalog: &Catalog, qualifier: &str) -> bool {
    catalog.id == qualifier || catalog.prefix.eq_ignore_ascii_case(qualifier)
}

/// Two editions of one standard are no two catalogs with one id: the one named first counts.
fn same_prefix(catalogs: &Catalogs, items: &[&Arc<Item>]) -> bool {
    let prefixes: Vec<_> =
        items.iter().filter_map(|item| catalogs.get(item.id.catalog.as_str())).map(|catalog| &catalog.prefix).collect();
    prefixes.windows(2).all(|pair| pair[0] == pair[1])
}

/// The ways in which an author may have meant an id: as written, without the words before it, `A5.15` and `A 5.15` as `A.5.15`.
fn spellings(written: &str) -> Vec<String> {
    let mut bare = written.trim();
    for words in ["Annex", "annex", "附属書", "Clause", "clause", "箇条", "Control", "control"] {
        bare = bare.strip_prefix(words).unwrap_or(bare).trim_start();
    }
    let mut spellings = vec![bare.to_owned()];
    let rest = bare.strip_prefix(['A', 'a']).map(|rest| rest.trim_start_matches([' ', '.', '\u{a0}']));
    if let Some(rest) = rest
        && rest.starts_with(|c: char| c.is_ascii_digit())
    {
        let dotted = format!("A.{rest}");
        if dotted != bare {
            spellings.push(dotted);
        }
    }
    spellings
}

/// `6.1.3 d)`, `6.1.3d` or `6.1.3 d`: a part of an item.
fn part_of(catalogs: &[&Arc<Catalog>], spellings: &[String], kind: ItemKind) -> Option<Target> {
    spellings.iter().find_map(|text| {
        let bare = text.trim_end_matches(')').trim_end();
        let letter = bare.chars().last().filter(char::is_ascii_lowercase)?;
        let id = bare[..bare.len() - 1].trim_end().trim_end_matches('(').trim_end();
        let item = catalogs.iter().find_map(|catalog| catalog.item(id)).filter(|item| item.kind == kind)?;
        Some(Target::Item { item: item.id.clone(), part: Some(letter.to_string()) })
    })
}

fn unknown(catalogs: &[&Arc<Catalog>], written: &str, kind: ItemKind) -> Target {
    let clause = |id: &str| id.rsplit_once('.').map_or(String::new(), |(clause, _)| clause.to_uppercase());
    let parent = catalogs.iter().find_map(|catalog| {
        let (head, _) = written.rsplit_once('.')?;
        catalog.item(head).filter(|item| item.kind == kind)
    });
    let wanted = written.to_uppercase();
    let shape = shape_of(written);
    // A number without letters is near to numbers of its own shape only: `8.30` is no slip for `8.3.1` of another standard.
    let alike = |item: &&Arc<Item>| !shape.starts_with('9') || shape_of(&item.id.id) == shape;
    let mut near: Vec<(bool, usize, &Arc<Item>)> = catalogs
        .iter()
        .flat_map(|catalog| catalog.items_of(kind))
        .filter(alike)
        .map(|item| {
            let id = item.id.id.to_uppercase();
            (clause(&id) != clause(&wanted), strsim::damerau_levenshtein(&wanted, &id), item)
        })
        .filter(|(_, distance, _)| *distance <= 2)
        .collect();
    near.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| natural_order(&a.2.id.id, &b.2.id.id)));
    let has_shape = |catalog: &&&Arc<Catalog>| catalog.items_of(kind).any(|item| shape_of(&item.id.id) == shape);
    let alike = catalogs.iter().find(has_shape).or_else(|| catalogs.first().filter(|_| catalogs.len() == 1));
    let catalog =
        parent.map(|item| item.id.catalog.clone()).or_else(|| alike.map(|catalog| CatalogId::new(&catalog.id)));
    Target::Unknown {
        kind,
        catalog,
        nearest: near.into_iter().take(3).map(|(_, _, item)| item.id.clone()).collect(),
        parent: parent.map(|item| item.id.clone()),
    }
}

/// The letters of an id, with `9` for each number.
fn shape_of(id: &str) -> String {
    let mut shape = String::new();
    for part in whole(id).chars() {
        let part = if part.is_ascii_digit() { '9' } else { part.to_ascii_uppercase() };
        if !(part == '9' && shape.ends_with('9')) {
            shape.push(part);
        }
    }
    shape
}
