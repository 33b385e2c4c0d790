//! `risk-register.html`: every risk with its levels, the heat maps before and after treatment, the movement between them,
//! and the cloud services with their risks.

use serde::Serialize;

use crate::address::View;
use crate::derive::risk::risk_of;
use crate::derive::{Rated, RiskEntry, RiskState};
use crate::site::context::Context;
use crate::site::drawings::heatmap::{DETAILED_MAX, HeatMap, MatrixView, heat_map, matrix_view};
use crate::site::drawings::movement::{Movement, change, movement};
use crate::site::page::{Page, top_page};
use crate::site::parts::cloud::{self, ServiceView, services};
use crate::site::theme::Values;
use crate::site::view::{Badge, Choice, Link};
use crate::value::word_of;

#[derive(Debug, Serialize)]
struct RegisterView {
    lead: String,
    matrix: MatrixView,
    maps: Vec<HeatMap>,
    movement: Option<Movement>,
    levels: Vec<Choice>,
    treatments: Vec<Choice>,
    states: Vec<Choice>,
    owners: Vec<Choice>,
    service_choices: Vec<Choice>,
    rows: Vec<Row>,
    services: Vec<ServiceView>,
    exports: Vec<Link>,
    plan: Link,
    acceptances: Link,
}

#[derive(Debug, Serialize)]
struct Row {
    risk: Link,
    retired: bool,
    owner: String,
    owner_word: String,
    affects: String,
    services: String,
    service_words: String,
    inherent: Option<Badge>,
    inherent_score: i64,
    /// Likelihood and impact; where the register has very many risks, the heat maps alone tell them.
    inherent_steps: String,
    inherent_level: String,
    treatment: String,
    treatment_word: &'static str,
    controls: Vec<Link>,
    /// The same by id alone, where the register has very many risks.
    control_ids: String,
    residual: Option<Badge>,
    residual_score: i64,
    residual_steps: String,
    residual_level: String,
    /// How far the score moved.
    change: String,
    accepted: String,
    accepted_state: Option<Badge>,
    due: String,
    overdue: bool,
    state: Badge,
    /// The words of the state filter.
    states: String,
    search: String,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let derived = context.derived();
    let owners = owners(context);
    let detailed = derived.risks.len() <= DETAILED_MAX;
    let services = services(context);
    let view = RegisterView {
        lead: context.say("risk-register.lead"),
        matrix: matrix_view(context),
        maps: vec![
            heat_map(context, "inherent", "", |risk| risk.inherent),
            heat_map(context, "residual", "", |risk| risk.residual),
        ],
        movement: movement(context),
        levels: levels(context),
        treatments: choices(context, "treatment", &["modify", "retain", "avoid", "share"]),
        states: states(context),
        rows: derived.risks.iter().map(|entry| row(context, entry, &owners, detailed)).collect(),
        owners,
        service_choices: services
            .iter()
            .map(|service| Choice { value: service.value.clone(), text: service.name.clone() })
            .collect(),
        services,
        exports: crate::site::page::downloads(context, "risk-register"),
        plan: context.to_view(View::TreatmentPlan),
        acceptances: Link::new(context.links.view(View::TreatmentPlan), &context.say("acceptance.title"))
            .at("acceptances"),
    };
    top_page(context, View::RiskRegister, Values::new(&view))
}

fn choices(context: &Context<'_>, family: &str, words: &[&str]) -> Vec<Choice> {
    let choice = |word: &&str| Choice { value: (*word).to_owned(), text: context.word(&format!("{family}.{word}")) };
    words.iter().map(choice).collect()
}

/// The levels, the highest first.
fn levels(context: &Context<'_>) -> Vec<Choice> {
    let levels = context.book().config.risk.matrix.levels.iter().rev();
    levels.map(|level| Choice { value: level.id.clone(), text: context.text(&level.title) }).collect()
}

fn states(context: &Context<'_>) -> Vec<Choice> {
    let mut states = choices(context, "risk-state", &["open", "treated", "retired"]);
    states.insert(1, Choice { value: "overdue".to_owned(), text: context.say("date.overdue") });
    states.push(Choice { value: "unaccepted".to_owned(), text: context.say("acceptance.missing") });
    states
}

/// The owners of the risks, each by a word that a row can carry.
fn owners(context: &Context<'_>) -> Vec<Choice> {
    let mut names: Vec<String> = context.derived().risks.iter().map(|entry| owner(context, entry)).collect();
    names.sort();
    names.dedup();
    names.retain(|name| !name.is_empty());
    names.into_iter().enumerate().map(|(at, text)| Choice { value: format!("o{}", at + 1), text }).collect()
}

fn owner(context: &Context<'_>, entry: &RiskEntry) -> String {
    context.person(context.document(entry.document).metadata().owner.as_ref().map(|owner| owner.value.as_str()))
}

fn owner_word(owners: &[Choice], owner: &str) -> String {
    let found = owners.binary_search_by(|choice| choice.text.as_str().cmp(owner));
    found.map(|at| owners[at].value.clone()).unwrap_or_default()
}

fn row(context: &Context<'_>, entry: &RiskEntry, owners: &[Choice], detailed: bool) -> Row {
    let book = context.book();
    let matrix = &book.config.risk.matrix;
    let risk = risk_of(book, entry.document);
    let level = |at: usize| matrix.levels.get(at).map(|level| level.id.clone()).unwrap_or_default();
    let effects: Vec<String> =
        risk.affects.iter().map(|effect| context.word(&format!("effect.{}", word_of(effect.value)))).collect();
    let names: Vec<String> = risk.cloud_services.iter().map(|service| service.value.clone()).collect();
    let words: Vec<String> = names.iter().map(|name| cloud::word(context, name)).collect();
    let controls = context.controls_of(entry);
    let ids: Vec<String> = controls.iter().map(|control| control.id.clone()).collect();
    let owner = owner(context, entry);
    let acceptance = entry.acceptance();
    let overdue = entry.state == RiskState::Overdue;
    let steps = |rated: Option<Rated>| {
        rated.filter(|_| detailed).map(|rated| context.steps("risk.steps", rated)).unwrap_or_default()
    };
    Row {
        search: if detailed { search(context, entry) } else { String::new() },
        risk: context.to_document(entry.document),
        retired: !entry.is_living(),
        owner_word: owner_word(owners, &owner),
        owner,
        affects: context.words.join(&effects),
        services: context.words.join(&names),
        service_words: words.join(" "),
        inherent_score: entry.inherent.map_or(-1, |rated| rated.score),
        residual_score: entry.residual.map_or(-1, |rated| rated.score),
        inherent_steps: steps(entry.inherent),
        residual_steps: steps(entry.residual),
        inherent: entry.inherent.map(|rated| context.level(rated)),
        inherent_level: entry.inherent.map(|rated| level(rated.level)).unwrap_or_default(),
        treatment: entry
            .treatment
            .map(|treatment| context.word(&format!("treatment.{}", word_of(treatment))))
            .unwrap_or_default(),
        treatment_word: entry.treatment.map_or("", word_of),
        controls: if detailed { controls } else { Vec::new() },
        control_ids: if detailed { String::new() } else { context.words.join(&ids) },
        residual: entry.residual.map(|rated| context.level(rated)),
        residual_level: entry.residual.map(|rated| level(rated.level)).unwrap_or_default(),
        change: change(context, entry.inherent, entry.residual),
        accepted: acceptance.map(|acceptance| context.person(Some(&acceptance.by))).unwrap_or_default(),
        accepted_state: accepted_state(context, entry),
        due: entry.due.filter(|_| entry.is_living()).map(|due| due.date.to_string()).unwrap_or_default(),
        overdue,
        state: state(context, entry),
        states: state_words(context, entry, overdue),
    }
}

/// What the free-text filter looks at beside the row's own words.
fn search(context: &Context<'_>, entry: &RiskEntry) -> String {
    let risk = risk_of(context.book(), entry.document);
    format!("{} {}", context.text(&risk.threat), context.text(&risk.vulnerability)).trim().to_lowercase()
}

fn state(context: &Context<'_>, entry: &RiskEntry) -> Badge {
    let kind = match entry.state {
        RiskState::Retired => "retired",
        RiskState::Treated => "done",
        RiskState::Open | RiskState::Overdue => "in-progress",
    };
    Badge::new(kind, &context.word(&format!("risk-state.{}", entry.state.word())))
}

fn state_words(context: &Context<'_>, entry: &RiskEntry, overdue: bool) -> String {
    let unaccepted = entry.wants_acceptance(context.book().config.risk.acceptable);
    let words = [(true, entry.state.word()), (overdue, "overdue"), (unaccepted, "unaccepted")];
    words.iter().filter(|(holds, _)| *holds).map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
}

/// What is to be noticed about the acceptance: that it is wanted, or has expired.
fn accepted_state(context: &Context<'_>, entry: &RiskEntry) -> Option<Badge> {
    if entry.wants_acceptance(context.book().config.risk.acceptable) && entry.acceptances.is_empty() {
        return Some(Badge::new("overdue", &context.say("acceptance.missing")));
    }
    entry.acceptance_expired().then(|| Badge::new("overdue", &context.say("acceptance.expired")))
}
