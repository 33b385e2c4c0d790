//! What a found id means, within the catalogs that the words around it name.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::vocabulary::{Meaning, Spot, Vocabulary};
use crate::book::resolve::{Resolver, Target};
use crate::catalog::ItemKind;
use crate::id::{CatalogId, ItemId};

/// Everything that a search needs to know of the book.
#[derive(Debug)]
pub(super) struct Knowledge<'a> {
    resolver: Resolver<'a>,
    /// The ids.
    pub(super) vocabulary: Vocabulary<'a>,
    /// What took long to find out: successors and nearest ids.
    remembered: Mutex<BTreeMap<String, Target>>,
}

/// The catalogs that an id is looked up in.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    /// Their places.
    pub(super) catalogs: Vec<usize>,
    /// What names them in the text, as an id may be qualified with.
    pub(super) qualifier: Option<String>,
    /// The text names this very edition.
    pub(super) explicit: bool,
    /// Sections and themes count too.
    pub(super) groups: bool,
}

impl<'a> Knowledge<'a> {
    /// What is known of a book.
    pub(super) fn new(resolver: Resolver<'a>) -> Self {
        Self { resolver, vocabulary: Vocabulary::new(resolver), remembered: Mutex::default() }
    }

    /// The item that one of the meanings gives within a scope; where editions share an id, the one in use.
    pub(super) fn spot(&self, scope: &Scope, meanings: &[Meaning]) -> Option<Spot> {
        let spots = meanings.iter().filter_map(|meaning| meaning.spot());
        let within = spots.filter_map(|spot| Some((scope.catalogs.iter().position(|at| *at == spot.catalog)?, spot)));
        within.min_by_key(|(place, spot)| (!self.is_active(*spot), *place)).map(|(_, spot)| spot)
    }

    fn is_active(&self, spot: Spot) -> bool {
        self.vocabulary.is_active(spot.catalog, self.vocabulary.item(spot).kind)
    }

    /// What an item is to the book.
    pub(super) fn target(&self, scope: &Scope, spot: Spot) -> Target {
        let item = self.vocabulary.item(spot);
        if scope.explicit || self.is_active(spot) || !self.vocabulary.is_used(spot.catalog, item.kind) {
            return Target::Item { item: item.id.clone(), part: None };
        }
        self.remember(&item.id.to_string(), || Target::Superseded {
            item: item.id.clone(),
            successors: self.resolver.successors(&item.id, item.kind),
        })
    }

    /// The id in two catalogs of one kind that the book uses, and that are no editions of each other.
    pub(super) fn ambiguous(&self, meanings: &[Meaning], spot: Spot) -> Option<Vec<String>> {
        let vocabulary = &self.vocabulary;
        let kind = vocabulary.item(spot).kind;
        let prefix = |spot: Spot| &vocabulary.catalogs[spot.catalog].catalog.prefix;
        let rivals = meanings.iter().filter_map(|meaning| meaning.spot());
        let rivals: Vec<Spot> =
            rivals.filter(|rival| self.is_active(*rival) && vocabulary.item(*rival).kind == kind).collect();
        let differ = kind != ItemKind::Requirement && rivals.iter().any(|rival| prefix(*rival) != prefix(spot));
        differ.then(|| rivals.iter().map(|rival| vocabulary.item(*rival).id.to_string()).collect())
    }

    /// The section or theme with this id.
    pub(super) fn group(&self, scope: &Scope, id: &str) -> Option<Target> {
        let catalogs = scope.catalogs.iter().map(|at| self.vocabulary.catalogs[*at].catalog);
        let catalog = catalogs.into_iter().find(|catalog| scope.groups && catalog.group(id).is_some())?;
        Some(Target::Group { catalog: CatalogId::new(&catalog.id), group: id.to_owned() })
    }

    /// What an id is that the scope does not have, where it looks as if it should be there.
    pub(super) fn unknown(&self, scope: &Scope, id: &str) -> Option<Target> {
        if let Some(target) = self.other_edition(scope, id) {
            return Some(target);
        }
        if let Some(parent) = self.parent(scope, id) {
            let catalog = Some(parent.catalog.clone());
            return Some(Target::Unknown {
                kind: ItemKind::Control,
                catalog,
                nearest: Vec::new(),
                parent: Some(parent),
            });
        }
        let shaped = match scope.qualifier {
            _ if self.vocabulary.looks_like_control(id) => true,
            None => false,
            Some(_) => scope.catalogs.iter().any(|catalog| self.vocabulary.has_shape(*catalog, id)),
        };
        if !shaped {
            return None;
        }
        let written = scope.qualifier.as_ref().map_or_else(|| id.to_owned(), |qualifier| format!("{qualifier}:{id}"));
        let target = self.remember(&written, || self.resolver.item(&written, ItemKind::Control));
        matches!(target, Target::Unknown { .. }).then_some(target)
    }

    /// An id that only another edition has than the one named, which is in use.
    fn other_edition(&self, scope: &Scope, id: &str) -> Option<Target> {
        let named = scope.catalogs.first().filter(|_| scope.explicit)?;
        let related = Scope { catalogs: self.vocabulary.related(*named), ..Scope::default() };
        let spot = self.spot(&related, self.vocabulary.exactly(id))?;
        self.vocabulary.is_active(*named, self.vocabulary.item(spot).kind).then(|| self.target(&related, spot))
    }

    /// The control in use of which an id is the author's own sub-number.
    fn parent(&self, scope: &Scope, id: &str) -> Option<ItemId> {
        let (head, _) = id.rsplit_once('.')?;
        let spot = self.spot(scope, self.vocabulary.exactly(head))?;
        let item = self.vocabulary.item(spot);
        (item.kind == ItemKind::Control && (scope.explicit || self.is_active(spot))).then(|| item.id.clone())
    }

    /// The items between two of one catalog, of one theme and one kind.
    pub(super) fn between(&self, first: Spot, last: Spot) -> Vec<ItemId> {
        if first.catalog != last.catalog || first.item >= last.item {
            return Vec::new();
        }
        let listed = &self.vocabulary.catalogs[first.catalog];
        let items = &listed.catalog.items;
        let (kind, theme) = (items[first.item].kind, listed.themes[first.item]);
        if (items[last.item].kind, listed.themes[last.item]) != (kind, theme) {
            return Vec::new();
        }
        let inner = (first.item + 1..last.item).filter(|at| (items[*at].kind, listed.themes[*at]) == (kind, theme));
        inner.map(|at| items[at].id.clone()).collect()
    }

    fn remember(&self, key: &str, find: impl FnOnce() -> Target) -> Target {
        let remembered = || self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(target) = remembered().get(key) {
            return target.clone();
        }
        let target = find();
        let mut all = remembered();
        if all.len() < MOST_REMEMBERED {
            all.insert(key.to_owned(), target.clone());
        }
        target
    }
}

/// Bounds the memory that a hostile text can take.
const MOST_REMEMBERED: usize = 20_000;
