//! What a requirement is met by and looked for in, in the words of the catalogs: which clause wants what is theirs to say.

use crate::value::Word;

/// What of the book itself shows that a requirement is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The scope document.
    Scope,
    /// The scope document, where it names a cloud service.
    CloudScope,
    /// The risks.
    Risks,
    /// The risks of cloud services.
    CloudRisks,
    /// The risks with a treatment.
    Treatments,
    /// The risks whose treatment names controls.
    TreatmentControls,
    /// The SoA, once nothing in it is undecided.
    Soa,
    /// The treatment plan.
    TreatmentPlan,
    /// The acceptances of residual risks.
    Acceptances,
    /// The objectives.
    Objectives,
    /// The internal audits.
    Audits,
}

impl Word for Shown {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("scope", Self::Scope),
        ("cloud-scope", Self::CloudScope),
        ("risks", Self::Risks),
        ("cloud-risks", Self::CloudRisks),
        ("treatments", Self::Treatments),
        ("treatment-controls", Self::TreatmentControls),
        ("soa", Self::Soa),
        ("treatment-plan", Self::TreatmentPlan),
        ("acceptances", Self::Acceptances),
        ("objectives", Self::Objectives),
        ("audits", Self::Audits),
    ];
}

/// What shows that a requirement, or one piece of it, is met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownBy {
    /// The letter of the piece; none for every piece.
    pub part: Option<String>,
    /// What shows it.
    pub by: Shown,
}

/// What a requirement is looked for in, beyond the documents that name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// An approved scope document.
    ScopeApproved,
    /// Units, places, services and interfaces in the scope.
    ScopeParts,
    /// A reason for each exclusion from the scope.
    ScopeReasons,
    /// How the cloud scope lies in the ISMS scope.
    ScopeRelation,
    /// A role for each cloud service.
    ServiceRoles,
    /// The services that a service is built on, and the customer role in them.
    ServiceBase,
    /// A risk for each cloud service.
    ServiceRisks,
    /// A rating of each risk.
    RiskRated,
    /// What each risk affects.
    RiskEffects,
    /// An owner of each risk.
    RiskOwners,
    /// A treatment of each risk.
    RiskTreatment,
    /// Controls for each risk that is modified.
    RiskControls,
    /// An acceptance of what remains too high.
    RiskAcceptance,
    /// A review of each risk in time.
    RiskReview,
    /// Each risk source considered.
    RiskSources,
    /// Treatments in time.
    TreatmentOnTime,
    /// What each cloud risk affects.
    CloudEffects,
    /// An owner of each cloud risk.
    CloudOwners,
    /// A treatment of each cloud risk.
    CloudTreatment,
    /// Controls for each cloud risk that is modified.
    CloudControls,
    /// A decision in each line of the SoA.
    LinesDecided,
    /// A justification of each decision.
    LinesJustified,
    /// A status of each control that applies.
    LinesStatus,
    /// An approved SoA document.
    SoaApproved,
    /// Objectives with measure, target and day.
    Objectives,
    /// An audit within a year.
    AuditRecent,
    /// An audit within a year that looked at items of this catalog.
    AuditJip,
    /// An audit within a year that looked at cloud controls.
    AuditCloud,
    /// An audit within a year for each role.
    AuditRoles,
    /// An owner and a day for each open nonconformity.
    NonconformityOwned,
    /// Nonconformities closed in time.
    NonconformityOnTime,
}

impl Word for Sought {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("scope-approved", Self::ScopeApproved),
        ("scope-parts", Self::ScopeParts),
        ("scope-reasons", Self::ScopeReasons),
        ("scope-relation", Self::ScopeRelation),
        ("service-roles", Self::ServiceRoles),
        ("service-base", Self::ServiceBase),
        ("service-risks", Self::ServiceRisks),
        ("risk-rated", Self::RiskRated),
        ("risk-effects", Self::RiskEffects),
        ("risk-owners", Self::RiskOwners),
        ("risk-treatment", Self::RiskTreatment),
        ("risk-controls", Self::RiskControls),
        ("risk-acceptance", Self::RiskAcceptance),
        ("risk-review", Self::RiskReview),
        ("risk-sources", Self::RiskSources),
        ("treatment-on-time", Self::TreatmentOnTime),
        ("cloud-effects", Self::CloudEffects),
        ("cloud-owners", Self::CloudOwners),
        ("cloud-treatment", Self::CloudTreatment),
        ("cloud-controls", Self::CloudControls),
        ("lines-decided", Self::LinesDecided),
        ("lines-justified", Self::LinesJustified),
        ("lines-status", Self::LinesStatus),
        ("soa-approved", Self::SoaApproved),
        ("objectives", Self::Objectives),
        ("audit-recent", Self::AuditRecent),
        ("audit-jip", Self::AuditJip),
        ("audit-cloud", Self::AuditCloud),
        ("audit-roles", Self::AuditRoles),
        ("nonconformity-owned", Self::NonconformityOwned),
        ("nonconformity-on-time", Self::NonconformityOnTime),
    ];
}
