//! `audits.html`: the internal audits, and every nonconformity with its state.

use serde::Serialize;

use crate::address::View;
use crate::book::Document;
use crate::date::Date;
use crate::derive::audits::{audit_of, audits};
use crate::derive::{NonconformityEntry, NonconformityState};
use crate::document::types::Grade;
use crate::site::context::Context;
use crate::site::page::{Page, downloads, top_page};
use crate::site::parts::item::{NonconformityView, nonconformity_view};
use crate::site::theme::Values;
use crate::site::view::{Badge, Choice, Link};
use crate::value::word_of;

#[derive(Debug, Serialize)]
struct AuditsView {
    lead: String,
    exports: Vec<Link>,
    audits: Vec<AuditRow>,
    grades: Vec<Choice>,
    states: Vec<Choice>,
    /// The open ones first.
    nonconformities: Vec<Row>,
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

#[derive(Debug, Serialize)]
struct Row {
    view: NonconformityView,
    state: &'static str,
    grade: &'static str,
    /// The language of what was seen, where it is not the page's.
    lang: String,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let entries = &context.derived().nonconformities;
    let state = |state: NonconformityState| Choice {
        value: state.word().to_owned(),
        text: context.word(&format!("nonconformity-state.{}", state.word())),
    };
    let grade = |grade: Grade| Choice {
        value: word_of(grade).to_owned(),
        text: context.say(&format!("grade.{}", word_of(grade))),
    };
    let view = AuditsView {
        lead: context.say("audits.lead"),
        exports: downloads(context, "audits"),
        open: entries.iter().filter(|entry| entry.state != NonconformityState::Closed).count(),
        audits: audits(context.book()).into_iter().map(|document| audit_row(context, document)).collect(),
        grades: [Grade::Major, Grade::Minor, Grade::Observation].map(grade).into(),
        states: [NonconformityState::Overdue, NonconformityState::Open, NonconformityState::Closed].map(state).into(),
        nonconformities: entries.iter().filter_map(|entry| row(context, entry)).collect(),
    };
    top_page(context, View::Audits, Values::new(&view))
}

fn row(context: &Context<'_>, entry: &NonconformityEntry) -> Option<Row> {
    let nonconformity = entry.nonconformity(context.book())?;
    Some(Row {
        view: nonconformity_view(context, entry.audit, entry.at, nonconformity),
        state: entry.state.word(),
        grade: nonconformity.grade.as_ref().map(|grade| word_of(grade.value)).unwrap_or_default(),
        lang: context.lang_of(&nonconformity.text),
    })
}

/// `2026-04-01/2026-09-17` as people write it; any other text as it stands.
fn period(context: &Context<'_>, written: &str) -> String {
    let days =
        written.split_once('/').and_then(|(from, to)| Some((Date::parse(from.trim())?, Date::parse(to.trim())?)));
    days.map_or_else(
        || written.to_owned(),
        |(from, to)| context.fill("date.range", &[("from", &from.to_string()), ("to", &to.to_string())]),
    )
}

fn audit_row(context: &Context<'_>, document: &Document) -> AuditRow {
    let audit = audit_of(document);
    let roles = audit.map(|audit| audit.roles.as_slice()).unwrap_or_default();
    let label = |role: &crate::id::Role| {
        let known = context.book().catalogs.iter().find_map(|catalog| catalog.role(role));
        known.map_or_else(|| role.to_string(), |role| context.text(&role.title))
    };
    AuditRow {
        link: context.to_document(document.key),
        date: audit.and_then(|audit| audit.audited_on.as_ref()).map(|date| date.value.to_string()).unwrap_or_default(),
        period: audit.map(|audit| period(context, &context.text(&audit.period))).unwrap_or_default(),
        scope: audit.map(|audit| context.text(&audit.scope)).unwrap_or_default(),
        auditor: context.person(audit.and_then(|audit| audit.auditor.as_ref()).map(|name| name.value.as_str())),
        roles: roles.iter().map(|role| label(&role.value)).collect(),
        count: audit.map_or(0, |audit| audit.nonconformities.len()),
        status: context.document_status(document).filter(|status| status.kind != "approved"),
    }
}
