//! Which risk sources were considered, and where (ISO/IEC 27001 6.1.2, ISO/IEC 27017 Annex B).

use std::collections::BTreeMap;

use crate::book::{Book, DocumentKey, ReferenceKind};
use crate::catalog::ItemKind;
use crate::id::ItemId;

/// One risk source with the living documents that consider it.
#[derive(Debug, Clone, Default)]
pub struct SourceEntry {
    /// The risks that draw on it, each once, in the order of the book.
    pub risks: Vec<DocumentKey>,
    /// The other documents that speak of it: why it is set aside.
    pub texts: Vec<DocumentKey>,
}

/// How a risk source was considered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceState {
    /// A risk draws on it.
    Considered,
    /// No risk draws on it, and a document speaks of it.
    SetAside,
    /// No living document names it.
    Unconsidered,
}

impl SourceState {
    /// Every state, the best first.
    pub const ALL: [Self; 3] = [Self::Considered, Self::SetAside, Self::Unconsidered];

    /// The word in word keys.
    pub fn word(self) -> &'static str {
        match self {
            Self::Considered => "considered",
            Self::SetAside => "mentioned",
            Self::Unconsidered => "unconsidered",
        }
    }
}

impl SourceEntry {
    /// How it was considered.
    pub fn state(&self) -> SourceState {
        match (self.risks.is_empty(), self.texts.is_empty()) {
            (false, _) => SourceState::Considered,
            (true, false) => SourceState::SetAside,
            (true, true) => SourceState::Unconsidered,
        }
    }
}

/// Every risk source of the book's catalogs, active or not, without the headings.
pub(super) fn coverage(book: &Book) -> BTreeMap<ItemId, SourceEntry> {
    let items = book.catalogs.iter().flat_map(|catalog| catalog.items_of(ItemKind::RiskSource));
    items.filter(|item| !item.heading).map(|item| (item.id.clone(), entry(book, &item.id))).collect()
}

pub(super) fn entry(book: &Book, item: &ItemId) -> SourceEntry {
    let from = |wanted: &[ReferenceKind]| {
        let references = book.living_references_to(item).filter(|reference| wanted.contains(&reference.kind));
        let mut keys: Vec<DocumentKey> = references.map(|reference| reference.from).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    };
    let risks = from(&[ReferenceKind::Considers]);
    let mut texts = from(&[ReferenceKind::Mentions, ReferenceKind::Related]);
    // A risk that draws on the source names it in its text as well, as a rule.
    texts.retain(|key| risks.binary_search(key).is_err());
    SourceEntry { risks, texts }
}
