//! Everything that falls due, by date.

use super::{Applicability, EvidenceEntry, NonconformityEntry, NonconformityState, RiskEntry, Soa};
use crate::book::{Book, Document, DocumentKey};
use crate::date::Date;
use crate::document::ImplementationStatus;
use crate::document::types::{ActionStatus, Details};
use crate::language::Localized;
use crate::text::Spanned;

/// One thing that falls due.
#[derive(Debug, Clone)]
pub struct Due {
    /// When.
    pub date: Date,
    /// What kind of thing.
    pub kind: DueKind,
    /// The document that says so.
    pub document: DocumentKey,
    /// What it is about, where that is not the document: an action, a control, a piece of evidence.
    pub what: Localized,
    /// Who answers for it.
    pub owner: Option<String>,
    /// What stays the same when its day changes and in every language: a number, a control, a place, the text as first
    /// written; empty for the document itself.
    pub subject: String,
}

/// What falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DueKind {
    /// A document's next review.
    Review,
    /// A risk's treatment, or an action of it.
    Treatment,
    /// An acceptance that expires.
    Acceptance,
    /// Evidence that ceases to count.
    Evidence,
    /// An open nonconformity.
    Nonconformity,
    /// A control that will be implemented.
    Implementation,
    /// An objective.
    Objective,
}

impl DueKind {
    /// The word in word keys and machine formats.
    pub fn word(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Treatment => "treatment",
            Self::Acceptance => "acceptance",
            Self::Evidence => "evidence",
            Self::Nonconformity => "nonconformity",
            Self::Implementation => "implementation",
            Self::Objective => "objective",
        }
    }
}

pub(super) fn collect(
    book: &Book,
    risks: &[RiskEntry],
    soa: &Soa,
    evidence: &[EvidenceEntry],
    nonconformities: &[NonconformityEntry],
) -> Vec<Due> {
    let mut due = Vec::new();
    for document in book.living() {
        due.extend(of_document(document));
    }
    due.extend(nonconformities.iter().filter_map(|entry| of_nonconformity(book, entry)));
    due.extend(of_evidence(book, evidence));
    for risk in risks.iter().filter(|risk| risk.is_living()) {
        due.extend(of_risk(book, risk));
    }
    due.extend(of_lines(book, soa));
    due.sort_by_key(|due| (due.date, due.kind, due.document));
    due
}

/// A text as its author first wrote it.
fn first_written(document: &Document, text: &Localized) -> String {
    text.get(&document.language).to_owned()
}

fn of_document(document: &Document) -> Vec<Due> {
    let owner = document.metadata().owner.as_ref().map(|owner| owner.value.clone());
    let whole = |date: &Option<Spanned<Date>>, kind| {
        let (document, owner) = (document.key, owner.clone());
        date.as_ref().map(|date| Due {
            date: date.value,
            kind,
            document,
            what: Localized::default(),
            owner,
            subject: String::new(),
        })
    };
    let mut due: Vec<Due> = whole(&document.metadata().next_review, DueKind::Review).into_iter().collect();
    if let Details::Objective(objective) = &document.details {
        due.extend(whole(&objective.due, DueKind::Objective));
    }
    due
}

fn of_nonconformity(book: &Book, entry: &NonconformityEntry) -> Option<Due> {
    let document = book.document(entry.audit);
    if entry.state == NonconformityState::Closed || !document.is_living() {
        return None;
    }
    let nonconformity = entry.nonconformity(book)?;
    let id = nonconformity.id.as_ref().map(|id| id.value.clone());
    let what = nonconformity.text.map(|text| format!("{} {text}", id.as_deref().unwrap_or_default()).trim().to_owned());
    Some(Due {
        date: nonconformity.due.as_ref()?.value,
        kind: DueKind::Nonconformity,
        document: document.key,
        what,
        owner: nonconformity.owner.clone(),
        subject: id.unwrap_or_else(|| first_written(document, &nonconformity.text)),
    })
}

/// Evidence is due on its last day, once for however many documents name it.
fn of_evidence(book: &Book, evidence: &[EvidenceEntry]) -> Vec<Due> {
    let entry = |entry: &EvidenceEntry| {
        let document = book.document(*entry.documents.first()?);
        Some(Due {
            date: entry.evidence.valid_until.as_ref()?.value,
            kind: DueKind::Evidence,
            document: document.key,
            what: entry.evidence.title.clone(),
            owner: entry.owner.clone(),
            subject: first_written(document, &entry.evidence.title),
        })
    };
    evidence.iter().filter_map(entry).collect()
}

fn of_risk(book: &Book, entry: &RiskEntry) -> Vec<Due> {
    let document = book.document(entry.document);
    let owner = document.metadata().owner.as_ref().map(|owner| owner.value.clone());
    let Details::Risk(risk) = &document.details else { return Vec::new() };
    let treatment = |date: Option<&Spanned<Date>>, what: &Localized, owner: Option<String>| {
        let (document, subject) = (entry.document, first_written(document, what));
        date.map(|date| Due {
            date: date.value,
            kind: DueKind::Treatment,
            document,
            what: what.clone(),
            owner,
            subject,
        })
    };
    let mut due = Vec::new();
    if !entry.is_treated() {
        due.extend(treatment(risk.due.as_ref(), &Localized::default(), owner));
        let open = risk.actions.iter().zip(&entry.actions).filter(|(_, state)| state.status != ActionStatus::Done);
        due.extend(open.filter_map(|(action, state)| {
            // Without a day of its own it is due with the treatment.
            treatment(action.due.as_ref(), &action.what, state.owner.clone())
        }));
    }
    due.extend(entry.acceptances.iter().filter_map(|acceptance| {
        Some(Due {
            date: acceptance.expires?,
            kind: DueKind::Acceptance,
            document: acceptance.document,
            what: document.label(),
            owner: Some(acceptance.by.clone()),
            subject: document.name().to_owned(),
        })
    }));
    due
}

fn of_lines(book: &Book, soa: &Soa) -> Vec<Due> {
    let open = soa.lines.iter().filter(|line| {
        line.applicability == Applicability::Applicable && line.status != Some(ImplementationStatus::Implemented)
    });
    open.filter_map(|line| {
        let document = line
            .explicit
            .first()
            .map(|explicit| explicit.document)
            .or_else(|| line.documents.first().map(|document| document.document))?;
        let what = book.item_label(&line.item.id);
        let role = line.role.as_ref().map(|role| format!(" {role}")).unwrap_or_default();
        let subject = format!("{}{role}", line.item.id);
        Some(Due { date: line.due?, kind: DueKind::Implementation, document, what, owner: line.owner.clone(), subject })
    })
    .collect()
}
