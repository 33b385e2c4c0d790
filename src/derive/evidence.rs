//! The evidence register: each piece of evidence once, who names it, and whether it still counts (ISO/IEC 27001 9.1, 7.5.3).

use std::collections::BTreeMap;

use super::Soa;
use crate::book::link::{LinkTarget, resolve};
use crate::book::{Book, Document, DocumentKey};
use crate::date::Date;
use crate::document::Evidence;
use crate::document::types::Details;
use crate::id::{ItemId, Role};
use crate::text::Spanned;

/// One piece of evidence, however many documents name it.
#[derive(Debug, Clone)]
pub struct EvidenceEntry {
    /// What it is, as the first document that names it says.
    pub evidence: Evidence,
    /// The documents that name it, the first first; its path counts from the first.
    pub documents: Vec<DocumentKey>,
    /// The lines of the SoA that it shows at work.
    pub lines: Vec<(ItemId, Option<Role>)>,
    /// Who keeps it: its own owner, else that of the first document.
    pub owner: Option<String>,
    /// Whether it still counts.
    pub state: EvidenceState,
}

/// Whether a piece of evidence still counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceState {
    /// The day until which it counts has passed.
    Expired,
    /// It ceases to count within a month.
    Ending,
    /// It says no last day and is more than a year old, which is longer than the time between two audits.
    Old,
    /// It says neither its day nor its last day.
    Undated,
    /// It counts.
    Valid,
}

impl EvidenceState {
    /// Every state, the most urgent first.
    pub const ALL: [Self; 5] = [Self::Expired, Self::Ending, Self::Old, Self::Undated, Self::Valid];

    /// The word in word keys and machine formats.
    pub fn word(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Ending => "ending",
            Self::Old => "old",
            Self::Undated => "undated",
            Self::Valid => "valid",
        }
    }
}

/// Days before its last day from which evidence is to be renewed.
const ENDING_DAYS: i32 = 30;

impl Evidence {
    /// Whether it still counts.
    pub(super) fn state(&self, today: Date) -> EvidenceState {
        let made = self.date.as_ref().map(|date| date.value);
        match (self.valid_until.as_ref().map(|date| date.value), made) {
            (Some(last), _) if last < today => EvidenceState::Expired,
            (Some(last), _) if today.days_until(last) <= ENDING_DAYS => EvidenceState::Ending,
            (None, Some(made)) if made < today.months_before(12) => EvidenceState::Old,
            (Some(_), _) | (None, Some(_)) => EvidenceState::Valid,
            (None, None) => EvidenceState::Undated,
        }
    }
}

/// What two mentions of one piece of evidence have in common: where it is and what it is called; its days where it says no
/// place, since records of one name follow each other.
pub(super) type Identity = (String, String, Option<Date>, Option<Date>);

/// The register of the living documents' evidence, in the order in which the book names it.
pub(super) fn register(book: &Book, soa: &Soa, today: Date) -> (Vec<EvidenceEntry>, BTreeMap<Identity, usize>) {
    let mut entries: Vec<EvidenceEntry> = Vec::new();
    let mut at: BTreeMap<Identity, usize> = BTreeMap::new();
    for document in book.living() {
        for evidence in evidence_of(document) {
            let place = *at.entry(identity(book, document.key, evidence)).or_insert(entries.len());
            match entries.get_mut(place) {
                Some(entry) => entry.take(document.key, evidence),
                None => entries.push(first(document, evidence)),
            }
        }
    }
    for line in &soa.lines {
        for of in &line.evidence {
            let entry = at.get(&identity(book, of.document, &of.evidence)).and_then(|at| entries.get_mut(*at));
            let named = (line.item.id.clone(), line.role.clone());
            entry
                .filter(|entry| entry.lines.last() != Some(&named))
                .into_iter()
                .for_each(|entry| entry.lines.push(named.clone()));
        }
    }
    for entry in &mut entries {
        entry.state = entry.evidence.state(today);
    }
    (entries, at)
}

/// Every piece of evidence that a document names: its own, of its controls, of its lines of the SoA.
pub fn evidence_of(document: &Document) -> impl Iterator<Item = &Evidence> {
    let metadata = document.metadata();
    let decisions = match &document.details {
        Details::Applicability(applicability) => applicability.decisions.as_slice(),
        _ => &[],
    };
    let of_controls = metadata.controls.iter().flat_map(|control| &control.evidence);
    metadata.evidence.iter().chain(of_controls).chain(decisions.iter().flat_map(|entry| &entry.evidence))
}

fn first(document: &Document, evidence: &Evidence) -> EvidenceEntry {
    let keeper = document.metadata().owner.as_ref().map(|owner| owner.value.clone());
    EvidenceEntry {
        evidence: evidence.clone(),
        documents: vec![document.key],
        lines: Vec::new(),
        owner: evidence.owner.clone().or(keeper),
        state: EvidenceState::Undated,
    }
}

impl EvidenceEntry {
    /// Adds another mention: what the first does not say is taken from it, and of two last days the earlier counts.
    fn take(&mut self, document: DocumentKey, other: &Evidence) {
        if self.documents.last() != Some(&document) {
            self.documents.push(document);
        }
        let own = &mut self.evidence;
        if own.owner.is_none() && other.owner.is_some() {
            own.owner.clone_from(&other.owner);
            self.owner.clone_from(&other.owner);
        }
        if own.date.is_none() {
            own.date.clone_from(&other.date);
        }
        let earlier = match (&own.valid_until, &other.valid_until) {
            (Some(own), Some(other)) => other.value < own.value,
            (own, _) => own.is_none(),
        };
        if earlier {
            own.valid_until.clone_from(&other.valid_until);
        }
    }
}

pub(super) fn identity(book: &Book, document: DocumentKey, evidence: &Evidence) -> Identity {
    let path = evidence.path.as_ref().map(|path| path.value.as_str());
    let url = evidence.url.as_ref().map(|url| url.value.clone());
    let from = &book.document(document).original.path;
    let place = url.or_else(|| {
        Some(match resolve(book, from, path?) {
            LinkTarget::Document(key, _) => book.document(key).original.path.to_string(),
            LinkTarget::Asset(file) => file.to_string(),
            _ => path?.to_owned(),
        })
    });
    let title = evidence.title.get(book.config.default_language()).to_owned();
    let day = |date: &Option<Spanned<Date>>| date.as_ref().map(|date| date.value);
    match place {
        Some(place) => (place, title, None, None),
        None => (String::new(), title, day(&evidence.date), day(&evidence.valid_until)),
    }
}
