//! `risk-register.html`: every risk with its levels, and the heat maps before and after treatment.

use serde::Serialize;

use super::super::context::Context;
use super::super::heatmap::{HeatMap, heat_map};
use super::super::theme::View;
use super::super::view::{Badge, Choice, Link};
use super::{Page, top_page};
use crate::derive::RiskEntry;
use crate::derive::risk::risk_of;
use crate::value::word_of;

#[derive(Debug, Serialize)]
struct RegisterView {
    lead: String,
    maps: Vec<HeatMap>,
    acceptable: String,
    levels: Vec<Choice>,
    treatments: Vec<Choice>,
    rows: Vec<Row>,
    exports: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct Row {
    risk: Link,
    retired: bool,
    owner: String,
    affects: String,
    services: String,
    inherent: Option<Badge>,
    /// Likelihood and impact.
    inherent_steps: String,
    inherent_level: String,
    treatment: String,
    treatment_word: &'static str,
    controls: Vec<Link>,
    residual: Option<Badge>,
    residual_steps: String,
    residual_level: String,
    accepted: String,
    accepted_state: Option<Badge>,
    due: String,
    state: Badge,
    search: String,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let criteria = &context.book().config.risk;
    let levels =
        criteria.matrix.levels.iter().map(|level| Choice { value: level.id.clone(), text: context.text(&level.title) });
    let treatments = ["modify", "retain", "avoid", "share"]
        .map(|word| Choice { value: word.to_owned(), text: context.word(&format!("treatment.{word}")) });
    let view = RegisterView {
        lead: context.say("risk-register.lead"),
        maps: vec![
            heat_map(context, "inherent", "", |risk| risk.inherent),
            heat_map(context, "residual", "", |risk| risk.residual),
        ],
        acceptable: context.fill("risk-register.acceptable", &[("n", &criteria.acceptable.to_string())]),
        levels: levels.collect(),
        treatments: treatments.to_vec(),
        rows: context.derived().risks.iter().map(|entry| row(context, entry)).collect(),
        exports: vec![Link::new(context.links.view("risk-register.xlsx"), "XLSX")],
    };
    top_page(context, "risk-register", "risk-register.html", View::new(&view))
}

fn row(context: &Context<'_>, entry: &RiskEntry) -> Row {
    let book = context.book();
    let matrix = &book.config.risk.matrix;
    let document = context.document(entry.document);
    let risk = risk_of(book, entry.document);
    let level = |at: usize| matrix.levels.get(at).map(|level| level.id.clone()).unwrap_or_default();
    let effects: Vec<String> =
        risk.affects.iter().map(|effect| context.word(&format!("effect.{}", word_of(effect.value)))).collect();
    let services: Vec<String> = risk.cloud_services.iter().map(|service| service.value.clone()).collect();
    let acceptance = entry.acceptances.iter().rev().find(|acceptance| acceptance.holds).or(entry.acceptances.last());
    let owner = document.metadata().owner.as_ref().map(|owner| owner.value.as_str());
    let (state, kind) = if entry.retired {
        ("retired", "retired")
    } else if entry.treated {
        ("treated", "done")
    } else {
        ("open", "in-progress")
    };
    let link = context.to_document(entry.document);
    Row {
        search: format!(
            "{} {} {} {}",
            link.id,
            link.text,
            context.text(&risk.threat),
            context.text(&risk.vulnerability)
        )
        .to_lowercase(),
        risk: link,
        retired: entry.retired,
        owner: context.person(owner),
        affects: context.words.join(&effects),
        services: context.words.join(&services),
        inherent_steps: entry.inherent.map(|rated| context.steps("risk.steps", rated)).unwrap_or_default(),
        residual_steps: entry.residual.map(|rated| context.steps("risk.steps", rated)).unwrap_or_default(),
        inherent: entry.inherent.map(|rated| context.level(rated)),
        inherent_level: entry.inherent.map(|rated| level(rated.level)).unwrap_or_default(),
        treatment: entry
            .treatment
            .map(|treatment| context.word(&format!("treatment.{}", word_of(treatment))))
            .unwrap_or_default(),
        treatment_word: entry.treatment.map_or("", word_of),
        controls: context.controls_of(entry),
        residual: entry.residual.map(|rated| context.level(rated)),
        residual_level: entry.residual.map(|rated| level(rated.level)).unwrap_or_default(),
        accepted: acceptance.map(|acceptance| context.person(Some(&acceptance.by))).unwrap_or_default(),
        accepted_state: acceptance
            .filter(|acceptance| !acceptance.holds)
            .map(|_| Badge::new("overdue", &context.say("acceptance.expired"))),
        due: entry.due.map(|due| due.to_string()).unwrap_or_default(),
        state: Badge::new(kind, &context.word(&format!("risk-state.{state}"))),
    }
}
