//! Everything that falls due, by date.

use super::{Applicability, RiskEntry, Soa};
use crate::book::{Book, DocumentKey};
use crate::date::Date;
use crate::document::types::{ActionStatus, Details};
use crate::document::{ImplementationStatus, Status};
use crate::language::Localized;

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

pub(super) fn collect(book: &Book, risks: &[RiskEntry], soa: &Soa) -> Vec<Due> {
    let mut due = Vec::new();
    for document in book.documents.iter().filter(|document| document.status() != Some(Status::Retired)) {
        let metadata = document.metadata();
        let owner = metadata.owner.as_ref().map(|owner| owner.value.clone());
        let entry = |date, kind, what: Localized, owner| Due { date, kind, document: document.key, what, owner };
        due.extend(
            metadata
                .next_review
                .as_ref()
                .map(|date| entry(date.value, DueKind::Review, Localized::default(), owner.clone())),
        );
        let of_controls = metadata.controls.iter().flat_map(|control| &control.evidence);
        for evidence in metadata.evidence.iter().chain(of_controls) {
            let date = evidence.valid_until.as_ref().map(|date| date.value);
            let keeper = evidence.owner.clone().or_else(|| owner.clone());
            due.extend(date.map(|date| entry(date, DueKind::Evidence, evidence.title.clone(), keeper)));
        }
        match &document.details {
            Details::Audit(audit) => {
                for nonconformity in
                    audit.nonconformities.iter().filter(|nonconformity| nonconformity.closed_on.is_none())
                {
                    let date = nonconformity.due.as_ref().map(|date| date.value);
                    let id = nonconformity.id.as_ref().map_or("", |id| &id.value);
                    let what = nonconformity.text.map(|text| format!("{id} {text}").trim().to_owned());
                    due.extend(date.map(|date| entry(date, DueKind::Nonconformity, what, nonconformity.owner.clone())));
                }
            }
            Details::Objective(objective) => {
                let date = objective.due.as_ref().map(|date| date.value);
                due.extend(date.map(|date| entry(date, DueKind::Objective, Localized::default(), owner.clone())));
            }
            _ => {}
        }
    }
    for risk in risks.iter().filter(|risk| !risk.retired) {
        due.extend(of_risk(book, risk));
    }
    due.extend(of_lines(soa));
    due.sort_by_key(|due| (due.date, due.kind, due.document));
    due
}

fn of_risk(book: &Book, entry: &RiskEntry) -> Vec<Due> {
    let document = book.document(entry.document);
    let owner = document.metadata().owner.as_ref().map(|owner| owner.value.clone());
    let Details::Risk(risk) = &document.details else { return Vec::new() };
    let mut due = Vec::new();
    let mut add = |date: Option<Date>, kind, what: Localized, owner: Option<String>, document| {
        due.extend(date.map(|date| Due { date, kind, document, what, owner }));
    };
    if !entry.treated {
        add(
            risk.due.as_ref().map(|date| date.value),
            DueKind::Treatment,
            Localized::default(),
            owner.clone(),
            entry.document,
        );
        let open = risk
            .actions
            .iter()
            .filter(|action| action.status.as_ref().is_none_or(|status| status.value != ActionStatus::Done));
        for action in open {
            let doer = action.owner.clone().or_else(|| owner.clone());
            add(
                action.due.as_ref().map(|date| date.value),
                DueKind::Treatment,
                action.what.clone(),
                doer,
                entry.document,
            );
        }
    }
    for acceptance in &entry.acceptances {
        add(
            acceptance.expires,
            DueKind::Acceptance,
            document.label(),
            Some(acceptance.by.clone()),
            acceptance.document,
        );
    }
    due
}

fn of_lines(soa: &Soa) -> Vec<Due> {
    let open = soa.lines.iter().filter(|line| {
        line.applicability == Applicability::Applicable && line.status != Some(ImplementationStatus::Implemented)
    });
    open.filter_map(|line| {
        let document = line
            .explicit
            .first()
            .map(|explicit| explicit.document)
            .or_else(|| line.documents.first().map(|document| document.document))?;
        let what = line.item.title.map(|title| format!("{} {title}", line.item.id.id));
        Some(Due { date: line.due?, kind: DueKind::Implementation, document, what, owner: line.owner.clone() })
    })
    .collect()
}
