//! `audits.html`: the internal audits, and every nonconformity with its state.

use serde::Serialize;

use super::super::context::Context;
use super::super::item::{NonconformityView, audit_of, nonconformity_view};
use super::super::theme::View;
use super::super::view::{Badge, Link};
use super::{Page, top_page};
use crate::book::Document;
use crate::document::DocumentType;

#[derive(Debug, Serialize)]
struct AuditsView {
    lead: String,
    audits: Vec<AuditRow>,
    /// The open ones first.
    nonconformities: Vec<NonconformityView>,
    open: usize,
}

#[derive(Debug, Serialize)]
struct AuditRow {
    link: Link,
    date: String,
    period: String,
    scope: String,
    auditor: String,
    roles: Vec<String>,
    count: usize,
    status: Option<Badge>,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let mut documents: Vec<&Document> = context.book().documents_of(&DocumentType::Audit).collect();
    let day = |document: &Document| {
        audit_of(context, document.key).and_then(|audit| audit.audited_on.as_ref()).map(|date| date.value)
    };
    documents.sort_by_key(|document| std::cmp::Reverse(day(document)));
    let mut nonconformities: Vec<NonconformityView> = Vec::new();
    for document in &documents {
        let of_audit =
            audit_of(context, document.key).into_iter().flat_map(|audit| audit.nonconformities.iter().enumerate());
        nonconformities
            .extend(of_audit.map(|(at, nonconformity)| nonconformity_view(context, document.key, at, nonconformity)));
    }
    nonconformities.sort_by_key(|nonconformity| match nonconformity.state.kind.as_str() {
        "overdue" => 0,
        "open" => 1,
        _ => 2,
    });
    let view = AuditsView {
        lead: context.say("audits.lead"),
        open: nonconformities.iter().filter(|nonconformity| nonconformity.state.kind != "done").count(),
        audits: documents.iter().map(|document| row(context, document)).collect(),
        nonconformities,
    };
    top_page(context, "audits", "audits.html", View::new(&view))
}

fn row(context: &Context<'_>, document: &Document) -> AuditRow {
    let audit = audit_of(context, document.key);
    let roles = audit.map(|audit| audit.roles.as_slice()).unwrap_or_default();
    let label = |role: &crate::id::Role| {
        let known = context.book().catalogs.iter().find_map(|catalog| catalog.role(role));
        known.map_or_else(|| role.to_string(), |role| context.text(&role.title))
    };
    AuditRow {
        link: context.to_document(document.key),
        date: audit.and_then(|audit| audit.audited_on.as_ref()).map(|date| date.value.to_string()).unwrap_or_default(),
        period: audit.map(|audit| context.text(&audit.period)).unwrap_or_default(),
        scope: audit.map(|audit| context.text(&audit.scope)).unwrap_or_default(),
        auditor: context.person(audit.and_then(|audit| audit.auditor.as_ref()).map(|name| name.value.as_str())),
        roles: roles.iter().map(|role| label(&role.value)).collect(),
        count: audit.map_or(0, |audit| audit.nonconformities.len()),
        status: context.document_status(document).filter(|status| status.kind != "approved"),
    }
}
