//! `treatment-plan.html`: what is done about each risk, by whom and by when (ISO/IEC 27001 6.1.3 e), who accepted what
//! remains (6.1.3 f), and the decisions about risks.

use serde::Serialize;

use crate::address::View;
use crate::book::{Document, ReferenceKind};
use crate::date::Date;
use crate::derive::risk::risk_of;
use crate::derive::{Acceptance, RiskEntry, RiskState};
use crate::document::DocumentType;
use crate::document::types::Details;
use crate::site::context::Context;
use crate::site::drawings::heatmap::DETAILED_MAX;
use crate::site::page::{Page, top_page};
use crate::site::parts::action::{ActionView, action_views};
use crate::site::theme::Values;
use crate::site::view::{Badge, Choice, Link};
use crate::value::word_of;

#[derive(Debug, Serialize)]
struct PlanView {
    lead: String,
    figures: Vec<Figure>,
    states: Vec<Choice>,
    /// What is open first.
    rows: Vec<Row>,
    /// Risks without a treatment.
    untreated: Vec<Link>,
    acceptances: Vec<AcceptanceRow>,
    /// Risks whose residual level wants an acceptance that holds.
    unaccepted: Vec<Link>,
    acceptable: String,
    decisions: Vec<DecisionRow>,
    exports: Vec<Link>,
    /// The acceptances as files of their own.
    acceptance_exports: Vec<Link>,
}

/// How many risks are in one state.
#[derive(Debug, Serialize)]
struct Figure {
    count: usize,
    text: String,
}

#[derive(Debug, Serialize)]
struct Row {
    risk: Link,
    state: &'static str,
    badge: Badge,
    owner: String,
    treatment: String,
    inherent: Option<Badge>,
    /// What is expected after treatment.
    residual: Option<Badge>,
    controls: Vec<Link>,
    control_ids: String,
    actions: Vec<ActionView>,
    decisions: Vec<Link>,
    shared_with: String,
    due: String,
    overdue: bool,
    treated_on: String,
    /// How many rows of the table it takes.
    span: usize,
    /// What the free-text filter looks at beside the words of the first row.
    search: String,
}

/// One acceptance of a residual risk.
#[derive(Debug, Serialize)]
struct AcceptanceRow {
    risk: Link,
    residual: Option<Badge>,
    by: String,
    on: String,
    until: String,
    /// The risk's own document, or the decision.
    from: Link,
    state: Badge,
}

/// A decision about risks.
#[derive(Debug, Serialize)]
struct DecisionRow {
    decision: Link,
    status: Option<Badge>,
    treatment: String,
    risks: Vec<Link>,
    by: String,
    on: String,
    until: String,
    state: Option<Badge>,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let living: Vec<&RiskEntry> = context.derived().living_risks().collect();
    let detailed = living.len() <= DETAILED_MAX;
    let planned = living.iter().filter(|entry| entry.treatment.is_some());
    let mut rows: Vec<Row> = planned.map(|entry| row(context, entry, detailed)).collect();
    rows.sort_by_key(|row| (row.state == "treated", !row.state.contains("overdue")));
    let acceptable = context.book().config.risk.acceptable;
    let wanting = living.iter().filter(|entry| entry.wants_acceptance(acceptable));
    let view = PlanView {
        lead: context.say("treatment-plan.lead"),
        figures: figures(context, &rows),
        states: ["open", "overdue", "treated"].iter().map(|word| state_choice(context, word)).collect(),
        rows,
        untreated: living
            .iter()
            .filter(|entry| entry.treatment.is_none())
            .map(|entry| context.to_document(entry.document))
            .collect(),
        acceptances: acceptances(context, &living),
        unaccepted: wanting.map(|entry| context.to_document(entry.document)).collect(),
        acceptable: context.fill("risk-register.acceptable", &[("n", &acceptable.to_string())]),
        decisions: context
            .book()
            .documents_of(&DocumentType::Decision)
            .filter_map(|document| decision_row(context, document))
            .collect(),
        exports: crate::site::page::downloads(context, "treatment-plan"),
        acceptance_exports: crate::site::page::downloads(context, "acceptances"),
    };
    top_page(context, View::TreatmentPlan, Values::new(&view))
}

fn state_choice(context: &Context<'_>, word: &str) -> Choice {
    let text =
        if word == "overdue" { context.say("date.overdue") } else { context.word(&format!("risk-state.{word}")) };
    Choice { value: word.to_owned(), text }
}

fn figures(context: &Context<'_>, rows: &[Row]) -> Vec<Figure> {
    let count = |wanted: &[&str]| rows.iter().filter(|row| wanted.contains(&row.state)).count();
    [
        ("open", count(&["open", "open overdue"])),
        ("overdue", count(&["open overdue"])),
        ("treated", count(&["treated"])),
    ]
    .map(|(word, count)| Figure { count, text: state_choice(context, word).text })
    .into()
}

fn row(context: &Context<'_>, entry: &RiskEntry, detailed: bool) -> Row {
    let risk = risk_of(context.book(), entry.document);
    let owner = context.document(entry.document).metadata().owner.as_ref().map(|owner| owner.value.as_str());
    let date = |date: &Option<crate::text::Spanned<Date>>| date.as_ref().map(|date| date.value);
    let controls = context.controls_of(entry);
    let ids: Vec<String> = controls.iter().map(|control| control.id.clone()).collect();
    let (state, kind) = match entry.state {
        RiskState::Treated | RiskState::Retired => (entry.state.word(), "done"),
        RiskState::Overdue => ("open overdue", "in-progress"),
        RiskState::Open => ("open", "in-progress"),
    };
    let actions = action_views(context, entry);
    let owner = context.person(owner);
    let words = actions.iter().flat_map(|action| [action.what.as_str(), action.owner.as_str()]);
    let words: Vec<&str> = words.skip(2).collect();
    Row {
        search: words.join(" ").to_lowercase(),
        risk: context.to_document(entry.document),
        state,
        badge: Badge::new(kind, &context.word(&format!("risk-state.{}", entry.state.word()))),
        owner,
        treatment: entry
            .treatment
            .map(|treatment| context.word(&format!("treatment.{}", word_of(treatment))))
            .unwrap_or_default(),
        inherent: entry.inherent.map(|rated| context.level(rated)),
        residual: entry.residual.map(|rated| context.level(rated)),
        controls: if detailed { controls } else { Vec::new() },
        control_ids: if detailed { String::new() } else { context.words.join(&ids) },
        span: actions.len().max(1),
        actions,
        decisions: context.to_documents(&entry.decisions),
        shared_with: risk.shared_with.as_ref().map(|party| context.text(party)).unwrap_or_default(),
        due: entry.treatment_due.map(|due| due.date.to_string()).unwrap_or_default(),
        overdue: entry.treatment_due.is_some_and(|due| due.overdue),
        treated_on: date(&risk.treated_on).map(|day| day.to_string()).unwrap_or_default(),
    }
}

/// Every acceptance of a living risk: those that hold no more first, then the next to expire.
fn acceptances(context: &Context<'_>, living: &[&RiskEntry]) -> Vec<AcceptanceRow> {
    let mut all: Vec<(&RiskEntry, &Acceptance)> =
        living.iter().flat_map(|entry| entry.acceptances.iter().map(move |acceptance| (*entry, acceptance))).collect();
    all.sort_by_key(|(entry, acceptance)| {
        (acceptance.holds, acceptance.expires.is_none(), acceptance.expires, entry.document)
    });
    all.into_iter().map(|(entry, acceptance)| acceptance_row(context, entry, acceptance)).collect()
}

fn acceptance_row(context: &Context<'_>, entry: &RiskEntry, acceptance: &Acceptance) -> AcceptanceRow {
    AcceptanceRow {
        risk: context.to_document(entry.document),
        residual: entry.current().map(|rated| context.level(rated)),
        by: context.person(Some(&acceptance.by)),
        on: acceptance.on.map(|on| on.to_string()).unwrap_or_default(),
        until: acceptance.expires.map(|day| day.to_string()).unwrap_or_default(),
        from: if acceptance.document == entry.document {
            Link::text(&context.say("acceptance.own"))
        } else {
            context.to_document(acceptance.document)
        },
        state: validity(context, acceptance.holds),
    }
}

fn validity(context: &Context<'_>, holds: bool) -> Badge {
    let (kind, key) = if holds { ("accepted", "acceptance.holds") } else { ("overdue", "acceptance.expired") };
    Badge::new(kind, &context.say(key))
}

fn decision_row(context: &Context<'_>, document: &Document) -> Option<DecisionRow> {
    let Details::Decision(decision) = &document.details else { return None };
    let treats = |reference: &&crate::book::Reference| reference.kind == ReferenceKind::Treats;
    let references = context.book().references_from(document.key).filter(treats);
    let risks = references.filter_map(|reference| match &reference.target {
        crate::book::Target::Document(key) => Some(context.to_document(*key)),
        _ => None,
    });
    Some(DecisionRow {
        decision: context.to_document(document.key),
        status: context.document_status(document).filter(|status| status.kind != "approved"),
        treatment: decision
            .treatment
            .as_ref()
            .map(|treatment| context.word(&format!("treatment.{}", word_of(treatment.value))))
            .unwrap_or_default(),
        risks: risks.collect(),
        by: context.person(decision.decided_by.as_ref().map(|by| by.value.as_str())),
        on: decision.decided_on.as_ref().map(|on| on.value.to_string()).unwrap_or_default(),
        until: decision.expires.as_ref().map(|day| day.value.to_string()).unwrap_or_default(),
        state: context.derived().decision_holds(document.key).map(|holds| validity(context, holds)),
    })
}
