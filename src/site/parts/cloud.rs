//! The cloud services in scope with their risks (JIP-ISMS517 4.1 and 4.2.1), as the scope and the risk register show them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::address::View;
use crate::derive::risk::risk_of;
use crate::derive::{Rated, RiskEntry};
use crate::document::types::CloudService;
use crate::site::context::Context;
use crate::site::parts::details::roles;
use crate::site::view::{Badge, Link};
use crate::value::word_of;

/// A cloud service and what threatens it.
#[derive(Debug, Serialize)]
pub(in crate::site) struct ServiceView {
    /// The anchor on the page of the scope.
    pub(in crate::site) anchor: String,
    /// The word that the register's rows carry.
    pub(in crate::site) value: String,
    /// Its name.
    pub(in crate::site) name: String,
    /// Where its risks are listed.
    pub(in crate::site) link: Link,
    /// The organization's roles in it.
    pub(in crate::site) roles: String,
    /// `IaaS`, `PaaS` or `SaaS`.
    pub(in crate::site) model: String,
    /// Who provides it.
    pub(in crate::site) provider: String,
    /// The language of the provider's name, where it is not the page's.
    pub(in crate::site) provider_lang: String,
    /// The cloud services that it is built on.
    pub(in crate::site) uses: Vec<Link>,
    /// How many risks name it, in words.
    pub(in crate::site) count: String,
    /// The highest level before treatment.
    pub(in crate::site) inherent: Option<Badge>,
    /// The highest level after it.
    pub(in crate::site) residual: Option<Badge>,
    /// Who owns its risks.
    pub(in crate::site) owners: String,
    /// Its risks, the highest level after treatment first.
    pub(in crate::site) risks: Vec<ServiceRisk>,
    /// How many more the register has.
    pub(in crate::site) more: String,
}

/// A risk of a cloud service.
#[derive(Debug, Serialize)]
pub(in crate::site) struct ServiceRisk {
    /// The risk.
    pub(in crate::site) link: Link,
    /// What it would cost: confidentiality, integrity, availability.
    pub(in crate::site) affects: String,
    /// Its owner.
    pub(in crate::site) owner: String,
    /// The level before treatment.
    pub(in crate::site) inherent: Option<Badge>,
    /// What is done.
    pub(in crate::site) treatment: String,
    /// The level after it.
    pub(in crate::site) residual: Option<Badge>,
}

/// A service lists so many risks; the register has all.
const RISKS_MAX: usize = 60;

/// The services of the scope, in its order, with the risks that name them.
pub(in crate::site) fn services(context: &Context<'_>) -> Vec<ServiceView> {
    let mut by_service: BTreeMap<&str, Vec<&RiskEntry>> = BTreeMap::new();
    for entry in context.derived().living_risks() {
        for service in &risk_of(context.book(), entry.document).cloud_services {
            by_service.entry(&service.value).or_default().push(entry);
        }
    }
    let services = &context.derived().scope.services;
    let view = |(at, (_, service)): (usize, &(_, CloudService))| {
        let risks = by_service.get(service.name.value.as_str()).cloned().unwrap_or_default();
        service_view(context, at, service, risks)
    };
    services.iter().enumerate().map(view).collect()
}

/// The word that stands for a service in the filters of the register.
pub(in crate::site) fn word(context: &Context<'_>, name: &str) -> String {
    let services = &context.derived().scope.services;
    services.iter().position(|(_, service)| service.name.value == name).map(word_at).unwrap_or_default()
}

fn word_at(at: usize) -> String {
    format!("s{}", at + 1)
}

fn anchor(at: usize) -> String {
    format!("service-{}", at + 1)
}

fn service_view(context: &Context<'_>, at: usize, service: &CloudService, mut risks: Vec<&RiskEntry>) -> ServiceView {
    let score = |rated: Option<Rated>| rated.map(|rated| rated.score);
    risks.sort_by_key(|entry| std::cmp::Reverse((score(entry.residual), score(entry.inherent))));
    let highest = |rating: fn(&RiskEntry) -> Option<Rated>| {
        risks.iter().filter_map(|entry| rating(entry)).max_by_key(|rated| rated.score).map(|rated| context.level(rated))
    };
    let mut owners: Vec<String> = Vec::new();
    for entry in &risks {
        let owner = owner(context, entry);
        if !owner.is_empty() && !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    let more = risks.len().saturating_sub(RISKS_MAX);
    let provider = service.provider.clone().unwrap_or_default();
    ServiceView {
        anchor: anchor(at),
        value: word_at(at),
        name: service.name.value.clone(),
        link: Link::new(context.links.view(View::Scope), &service.name.value).at(&anchor(at)),
        roles: roles(context, &service.roles),
        model: service.model.map(word_of).unwrap_or_default().to_owned(),
        provider: context.text(&provider),
        provider_lang: context.lang_of(&provider),
        uses: service.uses.iter().map(|used| to_service(context, &used.value)).collect(),
        count: context.fill("cloud.count", &[("n", &risks.len().to_string())]),
        inherent: highest(|entry| entry.inherent),
        residual: highest(|entry| entry.residual),
        owners: context.words.join(&owners),
        risks: risks.iter().take(RISKS_MAX).map(|entry| service_risk(context, entry)).collect(),
        more: if more == 0 { String::new() } else { context.fill("more", &[("n", &more.to_string())]) },
    }
}

/// A link to the part of the scope's page that shows a service; a text where the scope does not name it.
fn to_service(context: &Context<'_>, name: &str) -> Link {
    let at = context.derived().scope.services.iter().position(|(_, service)| service.name.value == name);
    at.map_or_else(|| Link::text(name), |at| Link::new(context.links.view(View::Scope), name).at(&anchor(at)))
}

fn owner(context: &Context<'_>, entry: &RiskEntry) -> String {
    context.person(context.document(entry.document).metadata().owner.as_ref().map(|owner| owner.value.as_str()))
}

fn service_risk(context: &Context<'_>, entry: &RiskEntry) -> ServiceRisk {
    let risk = risk_of(context.book(), entry.document);
    let effects: Vec<String> =
        risk.affects.iter().map(|effect| context.word(&format!("effect.{}", word_of(effect.value)))).collect();
    ServiceRisk {
        link: context.to_document(entry.document),
        affects: context.words.join(&effects),
        owner: owner(context, entry),
        inherent: entry.inherent.map(|rated| context.level(rated)),
        treatment: entry
            .treatment
            .map(|treatment| context.word(&format!("treatment.{}", word_of(treatment))))
            .unwrap_or_default(),
        residual: entry.residual.map(|rated| context.level(rated)),
    }
}
