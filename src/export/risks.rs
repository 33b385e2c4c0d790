//! The risk register, the treatment plan and the acceptances for other programs (ISO/IEC 27001 6.1.3 e and f, 8.2, 8.3).

use super::register::{Cell, List, Pen};
use super::table::Width;
use crate::derive::risk::risk_of;
use crate::derive::{Rated, RiskEntry};
use crate::document::types::{ActionStatus, Effect};
use crate::language::Language;
use crate::project::Snapshot;
use crate::value::word_of;
use crate::words::Words;

/// One row a risk.
pub fn register(snapshot: &Snapshot, language: &Language) -> Vec<List> {
    let pen = Pen::new(snapshot, language);
    let mut list = List::new(
        "risk-register",
        &[
            ("id", Width::Narrow),
            ("title", Width::Middle),
            ("risk-owner", Width::Middle),
            ("affects", Width::Narrow),
            ("assets", Width::Middle),
            ("threat", Width::Middle),
            ("vulnerability", Width::Middle),
            ("services", Width::Middle),
            ("sources", Width::Narrow),
            ("likelihood", Width::Narrow),
            ("impact", Width::Narrow),
            ("score", Width::Narrow),
            ("level", Width::Narrow),
            ("treatment", Width::Narrow),
            ("controls", Width::Middle),
            ("residual-likelihood", Width::Narrow),
            ("residual-impact", Width::Narrow),
            ("residual-score", Width::Narrow),
            ("residual-level", Width::Narrow),
            ("accepted-by", Width::Middle),
            ("accepted-on", Width::Narrow),
            ("expires", Width::Narrow),
            ("due", Width::Narrow),
            ("state", Width::Narrow),
        ],
    )
    .named(&[("risk-owner", "owner"), ("services", "cloud_services"), ("expires", "acceptance_expires")])
    .numbers(&["score", "residual-score"]);
    for entry in &snapshot.derived.risks {
        list.push(Some(entry.document), register_row(pen, entry));
    }
    vec![list]
}

fn register_row(pen: Pen<'_>, entry: &RiskEntry) -> Vec<Cell> {
    let document = pen.book.document(entry.document);
    let risk = risk_of(pen.book, entry.document);
    let acceptance = entry.acceptance();
    let affects: Vec<&str> = risk.affects.iter().map(|effect| word_of(effect.value)).collect();
    let mut row = vec![
        Cell::text(document.id.as_deref().unwrap_or_default()),
        pen.localized(&document.title),
        pen.owner(document.metadata().owner.as_ref()),
        pen.choices("effect", &affects),
        pen.listed(risk.assets.iter().map(|asset| asset.get(pen.language).to_owned()).collect()),
        pen.localized(&risk.threat),
        pen.localized(&risk.vulnerability),
        pen.listed(risk.cloud_services.iter().map(|service| service.value.clone()).collect()),
        pen.listed(risk.sources.iter().map(|source| source.value.clone()).collect()),
    ];
    row.extend(rating(pen, entry.inherent));
    row.push(pen.choice("treatment", entry.treatment));
    row.push(pen.items(entry.controls.iter().map(|(item, _)| item)));
    row.extend(rating(pen, entry.residual));
    row.extend([
        pen.person(acceptance.map(|acceptance| acceptance.by.as_str())),
        Cell::date(acceptance.and_then(|acceptance| acceptance.on)),
        Cell::date(acceptance.and_then(|acceptance| acceptance.expires)),
        Cell::date(entry.due.map(|due| due.date)),
        pen.word("risk-state", entry.state.word()),
    ]);
    row
}

/// What an effect is called.
pub fn effect_label(effect: Effect, words: &Words) -> String {
    words.get(&format!("effect.{}", word_of(effect))).to_owned()
}

/// Likelihood, impact, score and level.
fn rating(pen: Pen<'_>, rated: Option<Rated>) -> [Cell; 4] {
    let matrix = &pen.book.config.risk.matrix;
    let step = |steps: &[crate::config::Step], at: fn(Rated) -> usize| {
        let step = rated.and_then(|rated| steps.get(at(rated)));
        step.map_or_else(Cell::nothing, |step| pen.localized(&step.title))
    };
    [
        step(&matrix.likelihood, |rated| rated.likelihood),
        step(&matrix.impact, |rated| rated.impact),
        Cell::number(rated.map(|rated| rated.score)),
        level(pen, rated),
    ]
}

fn level(pen: Pen<'_>, rated: Option<Rated>) -> Cell {
    let level = rated.and_then(|rated| pen.book.config.risk.matrix.levels.get(rated.level));
    level.map_or_else(Cell::nothing, |level| pen.localized(&level.title))
}

/// One row an action; a risk without actions has one row.
pub fn plan(snapshot: &Snapshot, language: &Language) -> Vec<List> {
    let pen = Pen::new(snapshot, language);
    let mut list = List::new(
        "treatment-plan",
        &[
            ("id", Width::Narrow),
            ("title", Width::Middle),
            ("risk-owner", Width::Middle),
            ("level", Width::Narrow),
            ("treatment", Width::Narrow),
            ("controls", Width::Middle),
            ("action", Width::Wide),
            ("action-owner", Width::Middle),
            ("due", Width::Narrow),
            ("state", Width::Narrow),
            ("residual-level", Width::Narrow),
        ],
    )
    .named(&[("risk-owner", "owner")]);
    for entry in snapshot.derived.living_risks().filter(|entry| entry.treatment.is_some()) {
        for [action, doer, due, state] in actions(pen, entry) {
            let mut row = plan_head(pen, entry);
            row.extend([action, doer, due, state, level(pen, entry.residual)]);
            list.push(Some(entry.document), row);
        }
    }
    vec![list]
}

fn plan_head(pen: Pen<'_>, entry: &RiskEntry) -> Vec<Cell> {
    let document = pen.book.document(entry.document);
    vec![
        Cell::text(document.id.as_deref().unwrap_or_default()),
        pen.localized(&document.title),
        pen.owner(document.metadata().owner.as_ref()),
        level(pen, entry.inherent),
        pen.choice("treatment", entry.treatment),
        pen.items(entry.controls.iter().map(|(item, _)| item)),
    ]
}

/// What is done, by whom, by when and how far it is. A treatment without actions is one itself.
fn actions(pen: Pen<'_>, entry: &RiskEntry) -> Vec<[Cell; 4]> {
    let risk = risk_of(pen.book, entry.document);
    if risk.actions.is_empty() {
        let owner = pen.owner(pen.book.document(entry.document).metadata().owner.as_ref());
        let due = Cell::date(entry.treatment_due.map(|due| due.date));
        let status = if entry.is_treated() { ActionStatus::Done } else { ActionStatus::Open };
        return vec![[Cell::nothing(), owner, due, pen.word("action-state", word_of(status))]];
    }
    let actions = risk.actions.iter().zip(&entry.actions).map(|(action, state)| {
        let due = Cell::date(state.due.map(|due| due.date));
        let (owner, state) = (pen.person(state.owner.as_deref()), pen.word("action-state", word_of(state.status)));
        [pen.localized(&action.what), owner, due, state]
    });
    actions.collect()
}

/// One row an acceptance of a residual risk, by the risk's own page or by a decision.
pub fn acceptances(snapshot: &Snapshot, language: &Language) -> Vec<List> {
    let pen = Pen::new(snapshot, language);
    let mut list = List::new(
        "acceptances",
        &[
            ("id", Width::Narrow),
            ("title", Width::Middle),
            ("risk-owner", Width::Middle),
            ("treatment", Width::Narrow),
            ("residual-score", Width::Narrow),
            ("residual-level", Width::Narrow),
            ("accepted-by", Width::Middle),
            ("accepted-on", Width::Narrow),
            ("expires", Width::Narrow),
            ("state", Width::Narrow),
            ("document", Width::Middle),
        ],
    )
    .named(&[("risk-owner", "owner")])
    .numbers(&["residual-score"]);
    for entry in snapshot.derived.living_risks() {
        let document = pen.book.document(entry.document);
        for acceptance in &entry.acceptances {
            let cells = vec![
                Cell::text(document.id.as_deref().unwrap_or_default()),
                pen.localized(&document.title),
                pen.owner(document.metadata().owner.as_ref()),
                pen.choice("treatment", entry.treatment),
                Cell::number(entry.current().map(|rated| rated.score)),
                level(pen, entry.current()),
                pen.person(Some(&acceptance.by)),
                Cell::date(acceptance.on),
                Cell::date(acceptance.expires),
                pen.word("acceptance-state", if acceptance.holds { "holds" } else { "expired" }),
                pen.documents(&[acceptance.document]),
            ];
            list.push(Some(entry.document), cells);
        }
    }
    vec![list]
}
