//! The fields of a scope.

use super::{localized, roles};
use crate::document::types::{CloudService, Scope};
use crate::language::Localized;
use crate::site::context::Context;
use crate::site::view::{Fact, Link, Table};
use crate::value::word_of;

/// What the scope covers.
pub(in crate::site) fn scope_facts(context: &Context<'_>, scope: &Scope) -> Vec<Fact> {
    let lines = |label: &str, texts: &[Localized]| {
        Fact::lines(&context.say(label), texts.iter().map(|text| context.text(text)).collect())
    };
    let relation =
        scope.isms_relation.as_ref().map(|relation| context.say(&format!("isms-relation.{}", word_of(relation.value))));
    let facts = vec![
        lines("fact.organization-units", &scope.organization_units),
        lines("fact.locations", &scope.locations),
        lines("fact.services", &scope.services),
        lines("fact.interfaces", &scope.interfaces),
        Fact::text(&context.say("fact.isms-relation"), &relation.unwrap_or_default()),
    ];
    facts.into_iter().filter(Fact::says).collect()
}

/// The cloud services, and what is left out.
pub(in crate::site) fn scope_tables(context: &Context<'_>, scope: &Scope) -> Vec<Table> {
    let services = Table {
        anchor: "page-cloud-services".to_owned(),
        title: context.column("services"),
        columns: ["fact.name", "fact.roles", "fact.model", "fact.provider", "fact.uses", "fact.risks"]
            .iter()
            .map(|key| context.say(key))
            .collect(),
        rows: scope.cloud_services.iter().map(|service| service_row(context, service)).collect(),
    };
    let exclusions = Table {
        anchor: "page-exclusions".to_owned(),
        title: context.say("fact.exclusions"),
        columns: ["fact.what", "fact.why"].iter().map(|key| context.say(key)).collect(),
        rows: scope
            .exclusions
            .iter()
            .map(|exclusion| vec![localized(context, "", &exclusion.what), localized(context, "", &exclusion.why)])
            .collect(),
    };
    [services, exclusions].into_iter().filter(|table| !table.rows.is_empty()).collect()
}

fn service_row(context: &Context<'_>, service: &CloudService) -> Vec<Fact> {
    let uses: Vec<String> = service.uses.iter().map(|used| used.value.clone()).collect();
    vec![
        Fact::cell(&service.name.value),
        Fact::cell(&roles(context, &service.roles)),
        Fact::cell(service.model.map(word_of).unwrap_or_default()),
        service.provider.as_ref().map_or_else(Fact::default, |provider| localized(context, "", provider)),
        Fact::cell(&context.words.join(&uses)),
        Fact::links("", risks_of(context, &service.name.value)),
    ]
}

/// The risks that name a cloud service, by id.
fn risks_of(context: &Context<'_>, service: &str) -> Vec<Link> {
    let risks = context.derived().living_risks();
    let naming = risks.filter(|entry| {
        let risk = crate::derive::risk::risk_of(context.book(), entry.document);
        risk.cloud_services.iter().any(|named| named.value == service)
    });
    naming.map(|entry| short(context.to_document(entry.document))).collect()
}

/// The id alone, where there is one: a cell holds many.
fn short(link: Link) -> Link {
    if link.id.is_empty() { link } else { Link { text: String::new(), ..link } }
}
