//! What a requirement is looked for in, beyond the documents that name it: each thing that the book can show by itself,
//! how much of it is there, and what is missing (ISO/IEC 27001 clauses 4 to 10, JIP-ISMS517 clause 4).

use super::{
    Applicability, Justification, NonconformityState, RiskEntry, RiskState, ScopeSummary, Soa, SoaLine, SourceState,
    audits, deadline, sources,
};
use crate::book::{Book, Document, DocumentKey, ReferenceKind};
use crate::catalog::{Catalog, Item, ItemKind, Sought};
use crate::date::Date;
use crate::document::DocumentType;
use crate::document::types::{Audit, CloudService, Details, Nonconformity, Risk, Treatment};
use crate::id::{ItemId, Role};
use crate::value::word_of;

/// One thing that the book was searched for.
#[derive(Debug, Clone)]
pub struct Aspect {
    /// Its key among the words: what was looked for, and what to do where it is missing.
    pub key: &'static str,
    /// How many there are as they should be.
    pub found: usize,
    /// Whether there is at least one, and none that lacks something.
    pub met: bool,
    /// Those that lack something; empty where there is nothing at all.
    pub lacking: Vec<Lacking>,
}

/// What lacks something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lacking {
    /// A document.
    Document(DocumentKey),
    /// A cloud service, by name.
    Service(String),
    /// A control or a risk source, in one role where it has several.
    Item(ItemId, Option<Role>),
    /// A role of the organization.
    Role(Role),
}

/// What aspects are worked out from.
pub(super) struct Facts<'a> {
    pub(super) book: &'a Book,
    pub(super) scope: &'a ScopeSummary,
    pub(super) risks: &'a [RiskEntry],
    pub(super) soa: &'a Soa,
    pub(super) today: Date,
}

/// The aspects of a requirement, in the order in which its catalog names them; none for a clause that only documents can prove.
pub(super) fn aspects(facts: &Facts<'_>, catalog: &Catalog, item: &Item) -> Vec<Aspect> {
    item.looked_for.iter().map(|sought| of(facts, catalog, *sought)).collect()
}

fn of(facts: &Facts<'_>, catalog: &Catalog, sought: Sought) -> Aspect {
    let key = word_of(sought);
    let rated = |risk: &RiskEntry, _: &Risk| risk.inherent.is_some();
    let affecting = |_: &RiskEntry, fields: &Risk| !fields.affects.is_empty();
    let treated = |risk: &RiskEntry, _: &Risk| risk.treatment.is_some();
    let controlled = |risk: &RiskEntry, _: &Risk| !risk.controls.is_empty();
    match sought {
        Sought::ScopeApproved => scope_approved(facts),
        Sought::ScopeParts => scope_parts(facts),
        Sought::ScopeReasons => scope_reasons(facts),
        Sought::ScopeRelation => scope_relation(facts),
        Sought::ServiceRoles => service_roles(facts),
        Sought::ServiceBase => service_base(facts),
        Sought::ServiceRisks => service_risks(facts),
        Sought::RiskRated => of_risks(facts, key, all, rated),
        Sought::RiskEffects => of_risks(facts, key, all, affecting),
        Sought::RiskOwners => owners(facts, key, all),
        Sought::RiskTreatment => of_risks(facts, key, all, treated),
        Sought::RiskControls => of_risks(facts, key, modified, controlled),
        Sought::RiskAcceptance => accepted(facts),
        Sought::RiskReview => reviewed(facts),
        Sought::RiskSources => sources(facts),
        Sought::TreatmentOnTime => on_time(facts),
        Sought::CloudEffects => of_risks(facts, key, cloud, affecting),
        Sought::CloudOwners => owners(facts, key, cloud),
        Sought::CloudTreatment => of_risks(facts, key, cloud, treated),
        Sought::CloudControls => {
            of_risks(facts, key, |risk, fields| cloud(risk, fields) && modified(risk, fields), controlled)
        }
        Sought::LinesDecided => of_lines(facts, key, |_| true, decided),
        Sought::LinesJustified => of_lines(facts, key, decided, |line| line.justification != Justification::None),
        Sought::LinesStatus => {
            of_lines(facts, key, |line| line.applicability == Applicability::Applicable, |line| line.status.is_some())
        }
        Sought::SoaApproved => soa_approved(facts),
        Sought::Objectives => objectives(facts),
        Sought::AuditRecent => held(facts),
        Sought::AuditJip => audited(facts, key, |item| item.catalog.as_str() == catalog.id),
        Sought::AuditCloud => audited(facts, key, |item| {
            let catalog = facts.book.catalogs.get(item.catalog.as_str());
            catalog.is_some_and(|catalog| !catalog.roles.is_empty() && catalog.has(ItemKind::Control))
        }),
        Sought::AuditRoles => audited_roles(facts),
        Sought::NonconformityOwned => nonconformities(facts, key, |one, state| {
            state == NonconformityState::Closed || one.owner.is_some() && one.due.is_some()
        }),
        Sought::NonconformityOnTime => nonconformities(facts, key, |_, state| state != NonconformityState::Overdue),
    }
}

/// The aspect of some things of which each is as it should be or lacks something.
fn aspect(key: &'static str, things: impl IntoIterator<Item = (bool, Lacking)>) -> Aspect {
    let mut found = 0;
    let mut lacking = Vec::new();
    for (good, thing) in things {
        if good {
            found += 1;
        } else {
            lacking.push(thing);
        }
    }
    Aspect { key, found, met: found > 0 && lacking.is_empty(), lacking }
}

/// The same where there is nothing to be missed: no exclusion wants no reason.
fn at_ease(aspect: Aspect) -> Aspect {
    Aspect { met: aspect.lacking.is_empty(), ..aspect }
}

fn living<'a>(facts: &Facts<'a>) -> impl Iterator<Item = (&'a RiskEntry, &'a Risk)> {
    let book = facts.book;
    facts
        .risks
        .iter()
        .filter(|risk| risk.is_living())
        .map(move |risk| (risk, super::risk::risk_of(book, risk.document)))
}

fn all(_: &RiskEntry, _: &Risk) -> bool {
    true
}

fn cloud(_: &RiskEntry, fields: &Risk) -> bool {
    !fields.cloud_services.is_empty()
}

fn modified(risk: &RiskEntry, _: &Risk) -> bool {
    risk.treatment == Some(Treatment::Modify)
}

fn of_risks(
    facts: &Facts<'_>,
    key: &'static str,
    which: impl Fn(&RiskEntry, &Risk) -> bool,
    good: impl Fn(&RiskEntry, &Risk) -> bool,
) -> Aspect {
    let risks = living(facts).filter(|(risk, fields)| which(risk, fields));
    aspect(key, risks.map(|(risk, fields)| (good(risk, fields), Lacking::Document(risk.document))))
}

fn owners(facts: &Facts<'_>, key: &'static str, which: fn(&RiskEntry, &Risk) -> bool) -> Aspect {
    of_risks(facts, key, which, |risk, _| facts.book.document(risk.document).metadata().owner.is_some())
}

fn accepted(facts: &Facts<'_>) -> Aspect {
    let acceptable = facts.book.config.risk.acceptable;
    at_ease(of_risks(
        facts,
        "risk-acceptance",
        |risk, _| risk.wants_acceptance(acceptable) || !risk.acceptances.is_empty(),
        |risk, _| !risk.wants_acceptance(acceptable),
    ))
}

fn reviewed(facts: &Facts<'_>) -> Aspect {
    of_risks(facts, "risk-review", all, |risk, _| {
        let document = facts.book.document(risk.document);
        let next = document.metadata().next_review.as_ref().map(|day| day.value);
        deadline::review(document, next, facts.today).is_none_or(|review| !review.overdue)
    })
}

fn on_time(facts: &Facts<'_>) -> Aspect {
    let in_time = |risk: &RiskEntry, _: &Risk| risk.state != RiskState::Overdue;
    of_risks(facts, "treatment-on-time", |risk, _| risk.treatment.is_some(), in_time)
}

fn decided(line: &SoaLine) -> bool {
    line.applicability != Applicability::Undecided
}

fn of_lines(facts: &Facts<'_>, key: &'static str, which: fn(&SoaLine) -> bool, good: fn(&SoaLine) -> bool) -> Aspect {
    let lines = facts.soa.lines.iter().filter(|line| which(line));
    aspect(key, lines.map(|line| (good(line), Lacking::Item(line.item.id.clone(), line.role.clone()))))
}

fn soa_approved(facts: &Facts<'_>) -> Aspect {
    let document = facts.soa.document.map(|key| facts.book.document(key));
    aspect("soa-approved", document.map(|document| (document.is_approved(), Lacking::Document(document.key))))
}

fn scopes<'a>(facts: &Facts<'a>) -> impl Iterator<Item = (&'a Document, &'a crate::document::types::Scope)> {
    let book = facts.book;
    facts.scope.documents.iter().filter_map(move |key| match &book.document(*key).details {
        Details::Scope(scope) => Some((book.document(*key), &**scope)),
        _ => None,
    })
}

fn scope_approved(facts: &Facts<'_>) -> Aspect {
    let documents = scopes(facts);
    aspect("scope-approved", documents.map(|(document, _)| (document.is_approved(), Lacking::Document(document.key))))
}

fn scope_parts(facts: &Facts<'_>) -> Aspect {
    let said = |scope: &crate::document::types::Scope| {
        [&scope.organization_units, &scope.locations, &scope.services, &scope.interfaces]
            .iter()
            .all(|texts| !texts.is_empty())
    };
    aspect("scope-parts", scopes(facts).map(|(document, scope)| (said(scope), Lacking::Document(document.key))))
}

fn scope_reasons(facts: &Facts<'_>) -> Aspect {
    let excluding = scopes(facts).filter(|(_, scope)| !scope.exclusions.is_empty());
    at_ease(aspect(
        "scope-reasons",
        excluding.map(|(document, scope)| {
            let reasoned = scope.exclusions.iter().all(|exclusion| !exclusion.why.is_empty());
            (reasoned, Lacking::Document(document.key))
        }),
    ))
}

fn scope_relation(facts: &Facts<'_>) -> Aspect {
    let clouds = scopes(facts).filter(|(_, scope)| !scope.cloud_services.is_empty());
    aspect(
        "scope-relation",
        clouds.map(|(document, scope)| (scope.isms_relation.is_some(), Lacking::Document(document.key))),
    )
}

fn of_services(facts: &Facts<'_>, key: &'static str, good: impl Fn(&CloudService) -> bool) -> Aspect {
    let services = facts.scope.services.iter().map(|(_, service)| service);
    aspect(key, services.map(|service| (good(service), Lacking::Service(service.name.value.clone()))))
}

fn service_roles(facts: &Facts<'_>) -> Aspect {
    of_services(facts, "service-roles", |service| !service.roles.is_empty())
}

/// A service that is built on another makes the organization a customer of that one.
fn service_base(facts: &Facts<'_>) -> Aspect {
    let customer = Role::new("customer");
    let is_customer = facts.scope.roles.as_ref().is_some_and(|roles| roles.contains(&customer));
    let named = |name: &str| facts.scope.service(name).is_some();
    at_ease(of_services(facts, "service-base", |service| {
        service.uses.is_empty() || is_customer && service.uses.iter().all(|used| named(&used.value))
    }))
}

fn service_risks(facts: &Facts<'_>) -> Aspect {
    let named: std::collections::BTreeSet<&str> =
        living(facts).flat_map(|(_, risk)| &risk.cloud_services).map(|service| service.value.as_str()).collect();
    of_services(facts, "service-risks", |service| named.contains(service.name.value.as_str()))
}

/// The risk sources that a living risk draws on or that a living document speaks of.
fn sources(facts: &Facts<'_>) -> Aspect {
    let catalogs = facts.book.active_catalogs(ItemKind::RiskSource);
    let items = catalogs.flat_map(|catalog| catalog.items_of(ItemKind::RiskSource)).filter(|item| !item.heading);
    aspect(
        "risk-sources",
        items.map(|item| {
            let considered = sources::entry(facts.book, &item.id).state() != SourceState::Unconsidered;
            (considered, Lacking::Item(item.id.clone(), None))
        }),
    )
}

fn objectives(facts: &Facts<'_>) -> Aspect {
    let documents = facts.book.living_of(&DocumentType::Objective);
    aspect(
        "objectives",
        documents.map(|document| {
            let whole = match &document.details {
                Details::Objective(objective) => {
                    !objective.measure.is_empty() && !objective.target.is_empty() && objective.due.is_some()
                }
                _ => false,
            };
            (whole, Lacking::Document(document.key))
        }),
    )
}

fn held_audits<'a>(facts: &Facts<'a>) -> impl Iterator<Item = (&'a Document, &'a Audit)> {
    facts.book.living_of(&DocumentType::Audit).filter_map(|document| match &document.details {
        Details::Audit(audit) => Some((document, &**audit)),
        _ => None,
    })
}

/// The audits of the last 12 months.
fn recent<'a>(facts: &Facts<'a>) -> impl Iterator<Item = (&'a Document, &'a Audit)> {
    let (first, last) = (facts.today.months_before(12), facts.today);
    held_audits(facts)
        .filter(move |(_, audit)| audit.audited_on.as_ref().is_some_and(|on| (first..=last).contains(&on.value)))
}

fn held(facts: &Facts<'_>) -> Aspect {
    aspect("audit-recent", recent(facts).map(|(document, _)| (true, Lacking::Document(document.key))))
}

/// The recent audits that looked at any item of some kind.
fn audited(facts: &Facts<'_>, key: &'static str, wanted: impl Fn(&ItemId) -> bool) -> Aspect {
    let looked = |document: &Document| {
        let references = facts.book.references_from(document.key);
        let mut audited = references.filter(|reference| reference.kind == ReferenceKind::Audits);
        audited.any(|reference| reference.target.item().is_some_and(&wanted))
    };
    let found = recent(facts).filter(|(document, _)| looked(document));
    aspect(key, found.map(|(document, _)| (true, Lacking::Document(document.key))))
}

fn audited_roles(facts: &Facts<'_>) -> Aspect {
    let covered = |role: &Role| recent(facts).any(|(_, audit)| audit.roles.iter().any(|own| own.value == *role));
    let roles = facts.scope.roles.iter().flatten();
    aspect("audit-roles", roles.map(|role| (covered(role), Lacking::Role(role.clone()))))
}

fn nonconformities(
    facts: &Facts<'_>,
    key: &'static str,
    good: fn(&Nonconformity, NonconformityState) -> bool,
) -> Aspect {
    let found = held_audits(facts).filter(|(_, audit)| !audit.nonconformities.is_empty());
    let each = found.map(|(document, audit)| {
        let all = audit.nonconformities.iter().all(|one| good(one, audits::state(one, facts.today)));
        (all, Lacking::Document(document.key))
    });
    at_ease(aspect(key, each))
}
