//! The fields of a risk, with the levels that are computed from them.

use super::{DetailsView, day, localized, named};
use crate::address::View;
use crate::book::{Document, ReferenceKind};
use crate::derive::{Acceptance, Rated, RiskEntry};
use crate::document::types::Risk;
use crate::site::context::Context;
use crate::site::parts::action::action_views;
use crate::site::view::{Badge, Fact, Table};
use crate::value::word_of;

/// The fields of a risk.
pub(super) fn risk_details(context: &Context<'_>, document: &Document, risk: &Risk) -> DetailsView {
    let entry = context.derived().risk(document.key);
    let treatment = entry
        .and_then(|entry| entry.treatment)
        .map(|treatment| context.word(&format!("treatment.{}", word_of(treatment))));
    let effects: Vec<String> =
        risk.affects.iter().map(|effect| context.word(&format!("effect.{}", word_of(effect.value)))).collect();
    let services: Vec<String> = risk.cloud_services.iter().map(|service| service.value.clone()).collect();
    let overdue = entry.and_then(|entry| entry.treatment_due).is_some_and(|due| due.overdue);
    let mut facts = vec![
        rated(context, "heat-map.inherent", entry.and_then(|entry| entry.inherent)),
        rated(context, "heat-map.residual", entry.and_then(|entry| entry.residual)),
        Fact::text(&context.column("treatment"), &treatment.unwrap_or_default()),
        localized(context, &context.column("threat"), &risk.threat),
        localized(context, &context.column("vulnerability"), &risk.vulnerability),
        Fact::text(&context.column("affects"), &context.words.join(&effects)),
        Fact::lines(&context.column("assets"), risk.assets.iter().map(|asset| context.text(asset)).collect()),
        Fact::text(&context.column("services"), &context.words.join(&services)),
        Fact::links(&context.column("sources"), named(context, document, ReferenceKind::Considers)),
        Fact::links(&context.say("fact.treated-by"), named(context, document, ReferenceKind::Selects)),
        Fact {
            remark: if overdue { context.say("date.overdue") } else { String::new() },
            ..Fact::text(&context.column("due"), &day(risk.due.as_ref()))
        },
        Fact::text(&context.say("fact.treated-on"), &day(risk.treated_on.as_ref())),
    ];
    facts.extend(risk.shared_with.as_ref().map(|party| localized(context, &context.say("fact.shared-with"), party)));
    facts.extend(
        entry
            .into_iter()
            .flat_map(|entry| &entry.acceptances)
            .map(|acceptance| accepted(context, document, acceptance)),
    );
    facts.push(Fact::links(
        &context.say("fact.risk-decisions"),
        entry.map(|entry| context.to_documents(&entry.decisions)).unwrap_or_default(),
    ));
    DetailsView { facts, tables: vec![actions(context, entry)], see: Some(context.to_view(View::RiskRegister)) }
}

/// A level, with the steps that it comes from.
fn rated(context: &Context<'_>, label: &str, rated: Option<Rated>) -> Fact {
    let label = context.say(label);
    let Some(rated) = rated else { return Fact::badge(&label, Badge::new("undecided", &context.say("risk.unrated"))) };
    Fact { text: context.steps("risk.rating", rated), ..Fact::badge(&label, context.level(rated)) }
}

fn accepted(context: &Context<'_>, document: &Document, acceptance: &Acceptance) -> Fact {
    let by = context.person(Some(&acceptance.by));
    let on = acceptance.on.map(|on| on.to_string()).unwrap_or_default();
    let until = acceptance
        .expires
        .map(|expires| context.fill("acceptance.until", &[("date", &expires.to_string())]))
        .unwrap_or_default();
    let text = [by, on, until].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let from =
        if acceptance.document == document.key { Vec::new() } else { vec![context.to_document(acceptance.document)] };
    Fact {
        remark: if acceptance.holds { String::new() } else { context.say("acceptance.expired") },
        links: from,
        ..Fact::text(&context.column("accepted-by"), &context.words.join(&text))
    }
}

fn actions(context: &Context<'_>, entry: Option<&RiskEntry>) -> Table {
    let rows = entry.map(|entry| action_views(context, entry)).unwrap_or_default().into_iter().map(|view| {
        let remark = if view.overdue { context.say("date.overdue") } else { String::new() };
        vec![
            Fact { lang: view.lang, ..Fact::cell(&view.what) },
            Fact::cell(&view.owner),
            Fact { remark, ..Fact::cell(&view.due) },
            Fact::badge("", view.state),
        ]
    });
    Table {
        anchor: "page-actions".to_owned(),
        title: context.say("fact.actions"),
        columns: ["action", "action-owner", "due", "state"].iter().map(|key| context.column(key)).collect(),
        rows: rows.collect(),
    }
}
