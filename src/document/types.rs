//! The types of documents that have fields of their own.

mod applicability;
mod audit;
mod objective;
mod obligation;
mod risk;
mod scope;

pub use applicability::{Applicability, ApplicabilityEntry, Reason};
pub use audit::{Audit, Grade, Nonconformity};
pub use objective::Objective;
pub use obligation::{Obligation, ObligationKind};
pub use risk::{Action, ActionStatus, Decision, Effect, Rating, Risk, Treatment};
pub use scope::{CloudService, IsmsRelation, Scope, ScopeExclusion};

use super::DocumentType;
use crate::language::Language;
use crate::value::Fields;

/// The fields of a document's type.
#[derive(Debug, Clone, Default)]
pub enum Details {
    /// A type without fields of its own, or no type.
    #[default]
    None,
    /// A scope.
    Scope(Box<Scope>),
    /// A risk.
    Risk(Box<Risk>),
    /// A risk decision.
    Decision(Box<Decision>),
    /// Explicit lines of the SoA.
    Applicability(Applicability),
    /// A law or contract.
    Obligation(Obligation),
    /// An internal audit.
    Audit(Box<Audit>),
    /// An objective.
    Objective(Objective),
}

impl Details {
    /// Reads the fields of one type.
    pub fn read(kind: &DocumentType, fields: &Fields<'_>) -> Self {
        match kind {
            DocumentType::Common(_) | DocumentType::Own(_) => Self::None,
            DocumentType::Scope => Self::Scope(Box::new(Scope::read(fields))),
            DocumentType::Risk => Self::Risk(Box::new(Risk::read(fields))),
            DocumentType::Decision => Self::Decision(Box::new(Decision::read(fields))),
            DocumentType::Applicability => Self::Applicability(Applicability::read(fields)),
            DocumentType::Obligation => Self::Obligation(Obligation::read(fields)),
            DocumentType::Audit => Self::Audit(Box::new(Audit::read(fields))),
            DocumentType::Objective => Self::Objective(Objective::read(fields)),
        }
    }

    /// Adds the texts of a translation; lists match by their order.
    pub fn translate(&mut self, language: &Language, other: &Self) {
        match (self, other) {
            (Self::Scope(scope), Self::Scope(other)) => scope.translate(language, other),
            (Self::Risk(risk), Self::Risk(other)) => risk.translate(language, other),
            (Self::Objective(objective), Self::Objective(other)) => objective.translate(language, other),
            (Self::Obligation(obligation), Self::Obligation(other)) => {
                obligation.authority.translate(language, &other.authority);
            }
            (Self::Audit(audit), Self::Audit(other)) => audit.translate(language, other),
            (Self::Applicability(applicability), Self::Applicability(other)) => {
                applicability.translate(language, other);
            }
            _ => {}
        }
    }
}

/// Every field that some type knows beside the common ones.
pub const TYPE_FIELDS: [&str; 50] = [
    "organization_units",
    "locations",
    "services",
    "interfaces",
    "isms_relation",
    "cloud_services",
    "exclusions",
    "assets",
    "affects",
    "sources",
    "threat",
    "vulnerability",
    "likelihood",
    "impact",
    "treatment",
    "residual",
    "accepted_by",
    "accepted_on",
    "acceptance_expires",
    "due",
    "treated_on",
    "shared_with",
    "actions",
    "owner",
    "controls",
    "risks",
    "decided_by",
    "decided_on",
    "expires",
    "decisions",
    "kind",
    "authority",
    "scope",
    "period",
    "auditor",
    "audited_on",
    "roles",
    "requirements",
    "nonconformities",
    "measure",
    "target",
    "actual",
    "id",
    "type",
    "title",
    "summary",
    "status",
    "version",
    "tags",
    "order",
];
