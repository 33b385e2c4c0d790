//! The risk register and the treatment plan for other programs (ISO/IEC 27001 6.1.3 e, 8.2, 8.3).

use super::{Column, Table, Width, csv_text, heading, workbook};
use crate::book::Book;
use crate::derive::risk::risk_of;
use crate::derive::{Rated, RiskEntry};
use crate::document::types::{ActionStatus, Effect};
use crate::language::Language;
use crate::project::Snapshot;
use crate::value::word_of;
use crate::words::Words;

/// The risk register as a workbook.
pub fn register_xlsx(snapshot: &Snapshot, language: &Language) -> Vec<u8> {
    book_of(snapshot, language, "export.risk-register", register(snapshot, language))
}

/// The risk register as CSV.
pub fn register_csv(snapshot: &Snapshot, language: &Language) -> Vec<u8> {
    csv_text::write(&register(snapshot, language))
}

/// The treatment plan as a workbook.
pub fn plan_xlsx(snapshot: &Snapshot, language: &Language) -> Vec<u8> {
    book_of(snapshot, language, "export.treatment-plan", plan(snapshot, language))
}

/// The treatment plan as CSV.
pub fn plan_csv(snapshot: &Snapshot, language: &Language) -> Vec<u8> {
    csv_text::write(&plan(snapshot, language))
}

fn book_of(snapshot: &Snapshot, language: &Language, title: &str, table: Table) -> Vec<u8> {
    let words = Words::of(language);
    workbook::write(
        words.get(title),
        &heading(snapshot, language),
        words.get("export.cover"),
        &[table],
        snapshot.derived.today,
    )
}

fn columns(words: &Words, keys: &[(&str, Width)]) -> Vec<Column> {
    keys.iter().map(|(key, width)| Column::new(words.get(&format!("export.column.{key}")), *width)).collect()
}

/// One row a risk.
pub fn register(snapshot: &Snapshot, language: &Language) -> Table {
    let words = Words::of(language);
    let keys = [
        ("id", Width::Narrow),
        ("title", Width::Middle),
        ("owner", Width::Middle),
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
    ];
    let rows = snapshot.derived.risks.iter().map(|entry| register_row(snapshot, entry, language)).collect();
    Table { title: words.get("export.risk-register").to_owned(), columns: columns(words, &keys), rows }
}

fn register_row(snapshot: &Snapshot, entry: &RiskEntry, language: &Language) -> Vec<String> {
    let book = &snapshot.book;
    let words = Words::of(language);
    let document = book.document(entry.document);
    let risk = risk_of(book, entry.document);
    let person = |name: &str| book.person(name).get(language).to_owned();
    let acceptance = entry.acceptances.last();
    let affects: Vec<String> = risk.affects.iter().map(|effect| effect_label(effect.value, words)).collect();
    let assets: Vec<String> = risk.assets.iter().map(|asset| asset.get(language).to_owned()).collect();
    let services: Vec<String> = risk.cloud_services.iter().map(|service| service.value.clone()).collect();
    let sources: Vec<String> = risk.sources.iter().map(|source| source.value.clone()).collect();
    let controls: Vec<String> = entry.controls.iter().map(|(item, _)| book.short_id(item)).collect();
    let mut row = vec![
        document.id.clone().unwrap_or_default(),
        document.title.get(language).to_owned(),
        document.metadata().owner.as_ref().map(|owner| person(&owner.value)).unwrap_or_default(),
        words.join(&affects),
        words.join(&assets),
        risk.threat.get(language).to_owned(),
        risk.vulnerability.get(language).to_owned(),
        words.join(&services),
        words.join(&sources),
    ];
    row.extend(rating_cells(book, entry.inherent, language));
    row.push(
        entry
            .treatment
            .map(|treatment| words.get(&format!("treatment.{}", word_of(treatment))).to_owned())
            .unwrap_or_default(),
    );
    row.push(words.join(&controls));
    row.extend(rating_cells(book, entry.residual, language));
    row.push(acceptance.map(|acceptance| person(&acceptance.by)).unwrap_or_default());
    row.push(acceptance.and_then(|acceptance| acceptance.on).map(|on| on.to_string()).unwrap_or_default());
    row.push(
        acceptance.and_then(|acceptance| acceptance.expires).map(|expires| expires.to_string()).unwrap_or_default(),
    );
    row.push(entry.due.map(|due| due.to_string()).unwrap_or_default());
    row.push(
        words
            .get(if entry.retired {
                "risk-state.retired"
            } else if entry.treated {
                "risk-state.treated"
            } else {
                "risk-state.open"
            })
            .to_owned(),
    );
    row
}

/// What an effect is called.
pub fn effect_label(effect: Effect, words: &Words) -> String {
    words.get(&format!("effect.{}", word_of(effect))).to_owned()
}

fn rating_cells(book: &Book, rated: Option<Rated>, language: &Language) -> [String; 4] {
    let matrix = &book.config.risk.matrix;
    rated.map_or_else(Default::default, |rated| {
        [
            matrix.likelihood[rated.likelihood].title.get(language).to_owned(),
            matrix.impact[rated.impact].title.get(language).to_owned(),
            rated.score.to_string(),
            matrix.levels.get(rated.level).map(|level| level.title.get(language).to_owned()).unwrap_or_default(),
        ]
    })
}

/// One row an action; a treated risk without actions has one row.
pub fn plan(snapshot: &Snapshot, language: &Language) -> Table {
    let words = Words::of(language);
    let keys = [
        ("id", Width::Narrow),
        ("title", Width::Middle),
        ("owner", Width::Middle),
        ("level", Width::Narrow),
        ("treatment", Width::Narrow),
        ("controls", Width::Middle),
        ("action", Width::Wide),
        ("action-owner", Width::Middle),
        ("due", Width::Narrow),
        ("state", Width::Narrow),
        ("residual-level", Width::Narrow),
    ];
    let mut rows = Vec::new();
    for entry in snapshot.derived.risks.iter().filter(|entry| !entry.retired && entry.treatment.is_some()) {
        rows.extend(plan_rows(snapshot, entry, language));
    }
    Table { title: words.get("export.treatment-plan").to_owned(), columns: columns(words, &keys), rows }
}

fn plan_rows(snapshot: &Snapshot, entry: &RiskEntry, language: &Language) -> Vec<Vec<String>> {
    let book = &snapshot.book;
    let words = Words::of(language);
    let document = book.document(entry.document);
    let risk = risk_of(book, entry.document);
    let person = |name: &str| book.person(name).get(language).to_owned();
    let owner = document.metadata().owner.as_ref().map(|owner| person(&owner.value)).unwrap_or_default();
    let controls: Vec<String> = entry.controls.iter().map(|(item, _)| book.short_id(item)).collect();
    let row = |action: String, doer: String, due: Option<crate::date::Date>, state: &str| {
        vec![
            document.id.clone().unwrap_or_default(),
            document.title.get(language).to_owned(),
            owner.clone(),
            rating_cells(book, entry.inherent, language)[3].clone(),
            entry
                .treatment
                .map(|treatment| words.get(&format!("treatment.{}", word_of(treatment))).to_owned())
                .unwrap_or_default(),
            words.join(&controls),
            action,
            doer,
            due.map(|due| due.to_string()).unwrap_or_default(),
            words.get(state).to_owned(),
            rating_cells(book, entry.residual, language)[3].clone(),
        ]
    };
    let own_due = risk.due.as_ref().map(|due| due.value);
    if risk.actions.is_empty() {
        let state = if entry.treated { "action-state.done" } else { "action-state.open" };
        return vec![row(String::new(), owner.clone(), own_due, state)];
    }
    let actions = risk.actions.iter().map(|action| {
        let state = match action.status.as_ref().map(|status| status.value) {
            Some(ActionStatus::Done) => "action-state.done",
            Some(ActionStatus::InProgress) => "action-state.in-progress",
            _ if entry.treated => "action-state.done",
            _ => "action-state.open",
        };
        let doer = action.owner.as_deref().map_or_else(|| owner.clone(), person);
        row(action.what.get(language).to_owned(), doer, action.due.as_ref().map(|due| due.value).or(own_due), state)
    });
    actions.collect()
}
