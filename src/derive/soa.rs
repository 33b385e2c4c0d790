//! The Statement of Applicability (ISO/IEC 27001 6.1.3 d, JIP-ISMS517 4.2.2 d): a line for each control, and for each
//! control of ISO/IEC 27017 one for each role. Nothing is guessed: what nothing decides is undecided.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{RiskEntry, ScopeSummary};
use crate::book::{Book, DocumentKey, Reference, ReferenceKind};
use crate::catalog::{Catalog, Item, ItemKind};
use crate::date::Date;
use crate::document::types::{ApplicabilityEntry, Details, ObligationKind, Reason};
use crate::document::{ControlEntry, DocumentType, Evidence, ImplementationStatus};
use crate::finding::Place;
use crate::id::{ItemId, Role};
use crate::language::Localized;
use crate::text::Spanned;

/// The SoA.
#[derive(Debug, Clone, Default)]
pub struct Soa {
    /// The document whose id, version and approval stand on it.
    pub document: Option<DocumentKey>,
    /// The lines: catalogs as in `book.toml`, items naturally, customer before provider.
    pub lines: Vec<SoaLine>,
    /// How many are what.
    pub totals: Totals,
    at: BTreeMap<ItemId, Vec<usize>>,
}

/// How many lines are what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Lines that apply.
    pub applicable: usize,
    /// Lines that do not.
    pub excluded: usize,
    /// Lines that nothing decides.
    pub undecided: usize,
}

/// Whether a control applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Applicability {
    /// It does.
    Applicable,
    /// It does not, by decision.
    Excluded,
    /// Nothing decides.
    Undecided,
}

impl Applicability {
    /// The word in machine formats and word keys.
    pub fn word(self) -> &'static str {
        match self {
            Self::Applicable => "applicable",
            Self::Excluded => "excluded",
            Self::Undecided => "undecided",
        }
    }
}

/// One line.
#[derive(Debug, Clone)]
pub struct SoaLine {
    /// The control.
    pub item: Arc<Item>,
    /// The role, for a control that has guidance for roles.
    pub role: Option<Role>,
    /// Whether it applies.
    pub applicability: Applicability,
    /// Why, typed: stated, and derived from risks and obligations.
    pub reasons: Vec<Reason>,
    /// Why, in words.
    pub justification: Justification,
    /// How far it is implemented; none where it does not apply or nothing says.
    pub status: Option<ImplementationStatus>,
    /// Whether the status is derived from the documents.
    pub status_derived: bool,
    /// By when it will be implemented.
    pub due: Option<Date>,
    /// Who answers for it (a key of `[people]` or a name).
    pub owner: Option<String>,
    /// The documents that implement it.
    pub documents: Vec<Implementation>,
    /// The risks whose treatment needs it.
    pub risks: Vec<DocumentKey>,
    /// The obligations that ask for it.
    pub obligations: Vec<DocumentKey>,
    /// What shows it at work.
    pub evidence: Vec<EvidenceOf>,
    /// The explicit decisions for this line; the first counts, a second is SOA215.
    pub explicit: Vec<Explicit>,
    /// What contradicts an exclusion.
    pub conflict: Option<Conflict>,
}

/// A document that implements a control.
#[derive(Debug, Clone)]
pub struct Implementation {
    /// The document.
    pub document: DocumentKey,
    /// The heading that does it.
    pub section: Option<String>,
    /// How far, where the entry says.
    pub status: Option<ImplementationStatus>,
    /// By when, where the entry says.
    pub due: Option<Date>,
    /// A remark.
    pub note: Option<Localized>,
    /// Where the entry stands.
    pub place: Place,
}

/// A piece of evidence and the document that names it.
#[derive(Debug, Clone)]
pub struct EvidenceOf {
    /// The document.
    pub document: DocumentKey,
    /// The evidence.
    pub evidence: Evidence,
}

/// An explicit decision of a document of type applicability.
#[derive(Debug, Clone)]
pub struct Explicit {
    /// The document.
    pub document: DocumentKey,
    /// Its place among the document's decisions.
    pub entry: usize,
    /// Where it stands.
    pub place: Place,
}

/// Why a line is as it is, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Justification {
    /// Nothing says.
    None,
    /// The explicit text.
    Explicit(Localized),
    /// To be said from these.
    Derived(DerivedReason),
}

/// What a derived justification is made from: the strongest of what asks for the control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DerivedReason {
    /// Risks and obligations that ask for it.
    Asked {
        /// The risks.
        risks: Vec<DocumentKey>,
        /// The obligations.
        obligations: Vec<DocumentKey>,
    },
    /// Reasons stated without a text.
    Stated(Vec<Reason>),
    /// Documents that implement it.
    Implemented(Vec<DocumentKey>),
}

/// What contradicts an exclusion.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conflict {
    /// Risks whose treatment needs the control.
    pub risks: Vec<DocumentKey>,
    /// Obligations that ask for it.
    pub obligations: Vec<DocumentKey>,
    /// Documents that implement it.
    pub documents: Vec<DocumentKey>,
}

impl Soa {
    /// The lines of an item.
    pub fn lines_of(&self, item: &ItemId) -> impl Iterator<Item = &SoaLine> {
        self.at.get(item).into_iter().flatten().map(|at| &self.lines[*at])
    }

    /// The lines of `whole` with its decisions, and all else as far as this statement has it.
    pub(super) fn with_decisions_of(&self, whole: &Self, book: &Book) -> Self {
        let mut soa = Self { document: self.document, ..Self::default() };
        for line in &whole.lines {
            let own = self.line(&line.item.id, line.role.as_ref());
            soa.at.entry(line.item.id.clone()).or_default().push(soa.lines.len());
            soa.totals.add(line.applicability);
            soa.lines.push(decided(line, own, book));
        }
        soa
    }

    /// The line of an item and role.
    pub fn line(&self, item: &ItemId, role: Option<&Role>) -> Option<&SoaLine> {
        self.lines_of(item).find(|line| line.role.as_ref() == role)
    }
}

/// A line decided as `whole` is, with the documents, texts and people of `own`.
fn decided(whole: &SoaLine, own: Option<&SoaLine>, book: &Book) -> SoaLine {
    let own_words =
        own.map(|own| own.justification.clone()).filter(|justification| *justification != Justification::None);
    let by_reasons = || {
        if whole.reasons.is_empty() {
            Justification::None
        } else {
            Justification::Derived(DerivedReason::Stated(whole.reasons.clone()))
        }
    };
    SoaLine {
        item: Arc::clone(book.item(&whole.item.id).unwrap_or(&whole.item)),
        role: whole.role.clone(),
        applicability: whole.applicability,
        reasons: whole.reasons.clone(),
        justification: own_words.unwrap_or_else(by_reasons),
        status: whole.status,
        status_derived: whole.status_derived,
        due: own.and_then(|own| own.due),
        owner: own.and_then(|own| own.owner.clone()),
        documents: own.map(|own| own.documents.clone()).unwrap_or_default(),
        risks: own.map(|own| own.risks.clone()).unwrap_or_default(),
        obligations: own.map(|own| own.obligations.clone()).unwrap_or_default(),
        evidence: own.map(|own| own.evidence.clone()).unwrap_or_default(),
        explicit: own.map(|own| own.explicit.clone()).unwrap_or_default(),
        conflict: own.and_then(|own| own.conflict.clone()),
    }
}

/// Whether an entry that names `roles` speaks of `role`; no roles mean all.
pub fn speaks_of(roles: &[Role], role: Option<&Role>) -> bool {
    role.is_none_or(|role| roles.is_empty() || roles.contains(role))
}

/// The explicit decision at a place of an applicability document.
pub fn decision<'a>(book: &'a Book, explicit: &Explicit) -> Option<&'a ApplicabilityEntry> {
    match &book.document(explicit.document).details {
        Details::Applicability(applicability) => applicability.decisions.get(explicit.entry),
        _ => None,
    }
}

pub(super) fn statement(book: &Book, scope: &ScopeSummary, risks: &[RiskEntry]) -> Soa {
    let mut soa = Soa { document: soa_document(book), ..Soa::default() };
    let selected = selected(book, risks);
    for catalog in book.active_catalogs(ItemKind::Control) {
        for item in catalog.items_of(ItemKind::Control) {
            for role in roles_of(book, catalog, item, scope) {
                let line = line(book, item, role, selected.get(&item.id).map_or(&[], Vec::as_slice));
                soa.at.entry(item.id.clone()).or_default().push(soa.lines.len());
                soa.totals.add(line.applicability);
                soa.lines.push(line);
            }
        }
    }
    soa
}

impl Totals {
    /// Counts one line.
    pub fn add(&mut self, applicability: Applicability) {
        match applicability {
            Applicability::Applicable => self.applicable += 1,
            Applicability::Excluded => self.excluded += 1,
            Applicability::Undecided => self.undecided += 1,
        }
    }

    /// All lines.
    pub fn all(&self) -> usize {
        self.applicable + self.excluded + self.undecided
    }
}

fn soa_document(book: &Book) -> Option<DocumentKey> {
    let named = book.config.soa.document.as_ref().and_then(|id| book.document_with_id(&id.value));
    named.or_else(|| book.documents_of(&DocumentType::Applicability).next()).map(|document| document.key)
}

/// The risks that select each control, with the roles for which they do.
fn selected(book: &Book, risks: &[RiskEntry]) -> BTreeMap<ItemId, Vec<(DocumentKey, Vec<Role>)>> {
    let mut selected: BTreeMap<ItemId, Vec<(DocumentKey, Vec<Role>)>> = BTreeMap::new();
    for risk in risks.iter().filter(|risk| risk.is_living()) {
        for (item, roles) in &risk.controls {
            selected.entry(item.clone()).or_default().push((risk.document, roles.clone()));
        }
    }
    // A decision that no living risk speaks for selects its controls itself.
    let spoken_for: BTreeSet<DocumentKey> =
        risks.iter().filter(|risk| risk.is_living()).flat_map(|risk| risk.decisions.iter().copied()).collect();
    let living = book.living_of(&DocumentType::Decision);
    for document in living.filter(|document| !spoken_for.contains(&document.key)) {
        for reference in book.references_from(document.key).filter(|reference| reference.kind == ReferenceKind::Selects)
        {
            if let Some(item) = reference.target.item() {
                selected.entry(item.clone()).or_default().push((document.key, reference.roles.clone()));
            }
        }
    }
    selected
}

/// The roles for which a control has a line: none for a catalog without roles; else those that the scope declares and the
/// control has guidance for or is decided for.
fn roles_of(book: &Book, catalog: &Catalog, item: &Item, scope: &ScopeSummary) -> Vec<Option<Role>> {
    if catalog.roles.is_empty() {
        return vec![None];
    }
    let decided = |role: &Role| {
        let mut decisions =
            book.living_references_to(&item.id).filter(|reference| reference.kind == ReferenceKind::Decides);
        decisions.any(|reference| reference.roles.contains(role))
    };
    let roles = catalog.roles.iter().map(|definition| &definition.role);
    roles
        .filter(|role| scope.covers(role) && (item.guidance.contains_key(*role) || decided(role)))
        .map(|role| Some(role.clone()))
        .collect()
}

fn line(book: &Book, item: &Arc<Item>, role: Option<Role>, selecting: &[(DocumentKey, Vec<Role>)]) -> SoaLine {
    let of_role = |reference: &&Reference| speaks_of(&reference.roles, role.as_ref());
    let references: Vec<&Reference> = book.living_references_to(&item.id).filter(of_role).collect();
    let of_kind = |kind| references.iter().copied().filter(move |reference| reference.kind == kind);
    let mut risks: Vec<DocumentKey> =
        selecting.iter().filter(|(_, roles)| speaks_of(roles, role.as_ref())).map(|(risk, _)| *risk).collect();
    risks.sort_unstable();
    risks.dedup();
    let mut obligations: Vec<DocumentKey> = of_kind(ReferenceKind::Obliges).map(|reference| reference.from).collect();
    obligations.sort_unstable();
    obligations.dedup();
    let documents: Vec<Implementation> =
        of_kind(ReferenceKind::Implements).filter_map(|reference| implementation(book, reference)).collect();
    let explicit: Vec<Explicit> = of_kind(ReferenceKind::Decides)
        .map(|reference| Explicit { document: reference.from, entry: reference.entry, place: reference.place.clone() })
        .collect();
    let entry = explicit.iter().find_map(|explicit| decision(book, explicit));
    let asked = !risks.is_empty() || !obligations.is_empty() || !documents.is_empty();
    let applicability = match entry.and_then(|entry| entry.applicable.as_ref()).map(|applicable| applicable.value) {
        Some(false) => Applicability::Excluded,
        Some(true) => Applicability::Applicable,
        None if asked => Applicability::Applicable,
        None => Applicability::Undecided,
    };
    let conflict = (applicability == Applicability::Excluded && asked).then(|| Conflict {
        risks: risks.clone(),
        obligations: obligations.clone(),
        documents: unique(documents.iter().map(|document| document.document)),
    });
    let (status, status_derived) = status(book, applicability, entry, &documents);
    let evidence = evidence(book, entry.zip(explicit.first()), &references);
    let due = entry
        .and_then(|entry| entry.due.as_ref())
        .map(|due| due.value)
        .or_else(|| documents.iter().filter_map(|document| document.due).max());
    let owner = entry
        .and_then(|entry| entry.owner.as_ref())
        .map(|owner| owner.value.clone())
        .or_else(|| owner_of(book, &documents));
    let excluded = applicability == Applicability::Excluded;
    SoaLine {
        item: Arc::clone(item),
        reasons: reasons(book, entry, &risks, &obligations, excluded),
        justification: justification(entry, &risks, &obligations, &documents, excluded),
        applicability,
        status,
        status_derived,
        due: due.filter(|_| !excluded),
        owner,
        documents,
        risks,
        obligations,
        evidence,
        explicit,
        conflict,
        role,
    }
}

fn unique(keys: impl Iterator<Item = DocumentKey>) -> Vec<DocumentKey> {
    let mut keys: Vec<DocumentKey> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn implementation(book: &Book, reference: &Reference) -> Option<Implementation> {
    let entry: &ControlEntry = book.document(reference.from).metadata().controls.get(reference.entry)?;
    Some(Implementation {
        document: reference.from,
        section: entry.section.as_ref().map(|section| section.value.trim_start_matches('#').to_owned()),
        status: entry.status.as_ref().map(|status| status.value),
        due: entry.due.as_ref().map(|due| due.value),
        note: entry.note.clone(),
        place: reference.place.clone(),
    })
}

fn owner_of(book: &Book, documents: &[Implementation]) -> Option<String> {
    documents
        .iter()
        .find_map(|document| book.document(document.document).metadata().owner.as_ref())
        .map(|owner| owner.value.clone())
}

/// The explicit status: the decision's, or what the entries of all its documents say alike. Else from the documents: all at
/// work → implemented, some → partial, none → planned, where one is at work as far as its entry says, or when it is
/// approved. A control that is excluded or undecided has none.
fn status(
    book: &Book,
    applicability: Applicability,
    entry: Option<&ApplicabilityEntry>,
    documents: &[Implementation],
) -> (Option<ImplementationStatus>, bool) {
    if applicability != Applicability::Applicable {
        return (None, false);
    }
    if let Some(status) = entry.and_then(|entry| entry.status.as_ref()) {
        return (Some(status.value), false);
    }
    let Some(first) = documents.first() else { return (None, false) };
    if let Some(stated) = first.status
        && documents.iter().all(|document| document.status == Some(stated))
    {
        return (Some(stated), false);
    }
    let of = |document: &Implementation| match (document.status, book.document(document.document).is_approved()) {
        (Some(stated), _) => stated,
        (None, true) => ImplementationStatus::Implemented,
        (None, false) => ImplementationStatus::Planned,
    };
    let each: Vec<ImplementationStatus> = documents.iter().map(of).collect();
    let done = |status: &ImplementationStatus| *status == ImplementationStatus::Implemented;
    let begun = |status: &ImplementationStatus| done(status) || *status == ImplementationStatus::Partial;
    let status = if each.iter().all(done) {
        ImplementationStatus::Implemented
    } else if each.iter().any(begun) {
        ImplementationStatus::Partial
    } else {
        ImplementationStatus::Planned
    };
    (Some(status), true)
}

fn reasons(
    book: &Book,
    entry: Option<&ApplicabilityEntry>,
    risks: &[DocumentKey],
    obligations: &[DocumentKey],
    excluded: bool,
) -> Vec<Reason> {
    let mut reasons: Vec<Reason> =
        entry.into_iter().flat_map(|entry| &entry.reasons).map(|reason| reason.value).collect();
    if !excluded {
        if !risks.is_empty() {
            reasons.push(Reason::Risk);
        }
        reasons.extend(obligations.iter().map(|key| obligation_reason(book, *key)));
    }
    reasons.sort_unstable();
    reasons.dedup();
    reasons
}

/// The reason that an obligation gives: `contractual` for a contract, else `legal`.
pub fn obligation_reason(book: &Book, key: DocumentKey) -> Reason {
    match &book.document(key).details {
        Details::Obligation(obligation)
            if obligation.kind.as_ref().is_some_and(|kind| kind.value == ObligationKind::Contractual) =>
        {
            Reason::Contractual
        }
        _ => Reason::Legal,
    }
}

fn justification(
    entry: Option<&ApplicabilityEntry>,
    risks: &[DocumentKey],
    obligations: &[DocumentKey],
    documents: &[Implementation],
    excluded: bool,
) -> Justification {
    if let Some(text) = entry.and_then(|entry| entry.justification.as_ref()).filter(|text| !text.value.is_empty()) {
        return Justification::Explicit(text.value.clone());
    }
    if excluded {
        return Justification::None;
    }
    if !risks.is_empty() || !obligations.is_empty() {
        return Justification::Derived(DerivedReason::Asked {
            risks: risks.to_vec(),
            obligations: obligations.to_vec(),
        });
    }
    let stated: Vec<Reason> = entry.into_iter().flat_map(|entry| &entry.reasons).map(|reason| reason.value).collect();
    if !stated.is_empty() {
        return Justification::Derived(DerivedReason::Stated(stated));
    }
    let documents = unique(documents.iter().map(|document| document.document));
    if documents.is_empty() {
        Justification::None
    } else {
        Justification::Derived(DerivedReason::Implemented(documents))
    }
}

/// The evidence of the decision, then of the entries of the documents that implement the control, then of those documents;
/// each piece once, though several of them name it.
fn evidence(
    book: &Book,
    explicit: Option<(&ApplicabilityEntry, &Explicit)>,
    references: &[&Reference],
) -> Vec<EvidenceOf> {
    let stated = explicit.into_iter().flat_map(|(entry, explicit)| {
        entry.evidence.iter().map(|evidence| EvidenceOf { document: explicit.document, evidence: evidence.clone() })
    });
    let implementing = || references.iter().filter(|reference| reference.kind == ReferenceKind::Implements);
    let of = |document: DocumentKey| move |evidence: &Evidence| EvidenceOf { document, evidence: evidence.clone() };
    let named = implementing().flat_map(|reference| {
        let entry = book.document(reference.from).metadata().controls.get(reference.entry);
        entry.into_iter().flat_map(|entry| &entry.evidence).map(of(reference.from))
    });
    let whole = unique(implementing().map(|reference| reference.from));
    let whole = whole.into_iter().flat_map(|key| book.document(key).metadata().evidence.iter().map(of(key)));
    let mut kept: Vec<EvidenceOf> = Vec::new();
    for of in stated.chain(named).chain(whole) {
        if !kept.iter().any(|known| is_same(book, known, &of)) {
            kept.push(of);
        }
    }
    kept
}

/// Whether two documents name one piece of evidence; a path counts from the folder of the document that names it.
fn is_same(book: &Book, left: &EvidenceOf, right: &EvidenceOf) -> bool {
    let folder = |of: &EvidenceOf| book.document(of.document).folder.clone();
    let text = |text: &Option<Spanned<String>>| text.as_ref().map(|text| text.value.clone());
    let day = |day: &Option<Spanned<Date>>| day.as_ref().map(|day| day.value);
    let (one, other) = (&left.evidence, &right.evidence);
    one.title == other.title
        && text(&one.path) == text(&other.path)
        && text(&one.url) == text(&other.url)
        && one.owner == other.owner
        && day(&one.date) == day(&other.date)
        && day(&one.valid_until) == day(&other.valid_until)
        && (one.path.is_none() || folder(left) == folder(right))
}
