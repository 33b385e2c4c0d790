//! Bare ids in running text: one matcher made from the ids of the book's catalogs and documents.
//!
//! A text is folded (full-width letters become plain ones), then read once from left to right. A table of first bytes
//! says where anything may begin; there the longest known id counts, then a standard's name, then words such as
//! `Annex A` or `Clause`. What follows an id is read on as long as it makes a range or a list.

mod fold;
mod meaning;
mod phrase;
mod scan;
mod series;
mod standard;
mod vocabulary;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::meaning::Knowledge;
use self::scan::Scan;
use super::DocumentKey;
use super::resolve::{Resolver, Target};
use crate::catalog::Catalogs;
use crate::config::Config;
use crate::id::ItemId;

/// The ids that the texts are searched for. Two matchers with equal vocabularies find the same.
#[derive(Debug, Clone)]
pub struct Matcher<'a> {
    knowledge: Arc<Knowledge<'a>>,
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
        Self { knowledge: Arc::new(Knowledge::new(Resolver { catalogs, config, documents })) }
    }

    /// Every id in `text`, in order, without overlaps.
    pub fn find(&self, text: &str) -> Vec<Found> {
        if !self.knowledge.vocabulary.without_digits && !fold::has_digit(text) {
            return Vec::new();
        }
        let folded = fold::fold(text);
        let hits = Scan::new(&self.knowledge, &folded.text).hits();
        hits.into_iter()
            .map(|hit| Found {
                start: folded.original(hit.start),
                end: folded.original(hit.end),
                target: hit.target,
                between: hit.between,
            })
            .collect()
    }
}
