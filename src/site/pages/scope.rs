//! `scope.html`: what the ISMS covers, which cloud services in which roles, and what is left out.

use serde::Serialize;

use crate::address::View;
use crate::book::DocumentKey;
use crate::catalog::ItemKind;
use crate::document::types::{Details, Scope};
use crate::site::context::Context;
use crate::site::page::{Page, top_page};
use crate::site::parts::cloud::{ServiceView, services};
use crate::site::parts::details::{scope_facts, scope_tables};
use crate::site::theme::Values;
use crate::site::view::{Badge, Fact, Link, Table};

#[derive(Debug, Serialize)]
struct ScopeView {
    lead: String,
    scopes: Vec<ScopePart>,
    roles: Vec<Role>,
    /// The cloud services of all scopes, with their risks.
    services: Vec<ServiceView>,
    risk_register: Link,
    /// The standards that the book is measured by.
    standards: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct ScopePart {
    link: Link,
    status: Option<Badge>,
    summary: String,
    facts: Vec<Fact>,
    tables: Vec<Table>,
}

/// A role that the scope declares or not.
#[derive(Debug, Serialize)]
struct Role {
    title: String,
    label: String,
    declared: bool,
    state: Badge,
}

/// The table of cloud services that a scope document's own page has.
const SERVICES: &str = "page-cloud-services";

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let scope = &context.derived().scope;
    let view = ScopeView {
        lead: context.say("scope.lead"),
        scopes: scope.documents.iter().enumerate().filter_map(|(at, key)| part(context, at, *key)).collect(),
        roles: roles(context),
        services: services(context),
        risk_register: context.to_view(View::RiskRegister),
        standards: context
            .book()
            .active_catalogs(ItemKind::Control)
            .map(|catalog| context.to_catalog(ItemKind::Control, catalog))
            .collect(),
    };
    top_page(context, View::Scope, Values::new(&view))
}

fn part(context: &Context<'_>, at: usize, key: DocumentKey) -> Option<ScopePart> {
    let document = context.document(key);
    let Details::Scope(scope) = &document.details else { return None };
    Some(ScopePart {
        link: context.to_document(key),
        status: context.document_status(document),
        summary: context.text(&document.summary),
        facts: scope_facts(context, scope),
        tables: tables(context, at, scope),
    })
}

/// The tables of one scope document among others. The page shows the services with their risks in a part of its own.
fn tables(context: &Context<'_>, at: usize, scope: &Scope) -> Vec<Table> {
    let mut tables = scope_tables(context, scope);
    tables.retain(|table| table.anchor != SERVICES);
    for table in tables.iter_mut().filter(|_| at > 0) {
        table.anchor = format!("{}-{}", table.anchor, at + 1);
    }
    tables
}

fn roles(context: &Context<'_>) -> Vec<Role> {
    let mut roles: Vec<Role> = Vec::new();
    for catalog in context.book().active_catalogs(ItemKind::Control) {
        for definition in &catalog.roles {
            let title = context.text(&definition.title);
            if roles.iter().any(|role| role.title == title) {
                continue;
            }
            let declared = context.derived().scope.roles.as_ref().is_some_and(|roles| roles.contains(&definition.role));
            let kind = if declared { "applicable" } else { "undecided" };
            let state = Badge::new(kind, &context.say(if declared { "scope.declared" } else { "scope.not-declared" }));
            roles.push(Role { title, label: context.text(&definition.label), declared, state });
        }
    }
    roles
}
