//! `treatment-plan.html`: what is done about each risk, by whom and by when (ISO/IEC 27001 6.1.3 e).

use serde::Serialize;

use super::super::action::{ActionView, action_view};
use super::super::context::Context;
use super::super::theme::View;
use super::super::view::{Badge, Link};
use super::{Page, top_page};
use crate::date::Date;
use crate::derive::RiskEntry;
use crate::derive::risk::risk_of;
use crate::value::word_of;

#[derive(Debug, Serialize)]
struct PlanView {
    lead: String,
    open: Vec<Row>,
    done: Vec<Row>,
    /// Risks without a treatment.
    untreated: Vec<Link>,
    exports: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct Row {
    risk: Link,
    owner: String,
    treatment: String,
    inherent: Option<Badge>,
    residual: Option<Badge>,
    controls: Vec<Link>,
    actions: Vec<ActionView>,
    decisions: Vec<Link>,
    shared_with: String,
    due: String,
    overdue: bool,
    treated_on: String,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let living: Vec<&RiskEntry> = context.derived().risks.iter().filter(|entry| !entry.retired).collect();
    let rows = |treated: bool| -> Vec<Row> {
        living
            .iter()
            .filter(|entry| entry.treatment.is_some() && entry.treated == treated)
            .map(|entry| row(context, entry))
            .collect()
    };
    let untreated = living.iter().filter(|entry| entry.treatment.is_none());
    let view = PlanView {
        lead: context.say("treatment-plan.lead"),
        open: rows(false),
        done: rows(true),
        untreated: untreated.map(|entry| context.to_document(entry.document)).collect(),
        exports: vec![Link::new(context.links.view("treatment-plan.xlsx"), "XLSX")],
    };
    top_page(context, "treatment-plan", "treatment-plan.html", View::new(&view))
}

fn row(context: &Context<'_>, entry: &RiskEntry) -> Row {
    let risk = risk_of(context.book(), entry.document);
    let owner = context.document(entry.document).metadata().owner.as_ref().map(|owner| owner.value.as_str());
    let date = |date: &Option<crate::text::Spanned<Date>>| date.as_ref().map(|date| date.value);
    let due = date(&risk.due);
    Row {
        risk: context.to_document(entry.document),
        owner: context.person(owner),
        treatment: entry
            .treatment
            .map(|treatment| context.word(&format!("treatment.{}", word_of(treatment))))
            .unwrap_or_default(),
        inherent: entry.inherent.map(|rated| context.level(rated)),
        residual: entry.residual.map(|rated| context.level(rated)),
        controls: context.controls_of(entry),
        actions: risk.actions.iter().map(|action| action_view(context, action, entry.treated)).collect(),
        decisions: context.to_documents(&entry.decisions),
        shared_with: risk.shared_with.as_ref().map(|party| context.text(party)).unwrap_or_default(),
        due: due.map(|due| due.to_string()).unwrap_or_default(),
        overdue: !entry.treated && due.is_some_and(|due| due < context.today()),
        treated_on: date(&risk.treated_on).map(|day| day.to_string()).unwrap_or_default(),
    }
}
