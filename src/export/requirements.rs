//! The coverage of the requirements, for other programs.

use super::{Column, Table, Width};
use crate::derive::Proof;
use crate::language::Language;
use crate::project::Snapshot;
use crate::words::Words;

/// One row a requirement, or a piece of documented information that it demands.
pub fn table(snapshot: &Snapshot, language: &Language) -> Table {
    let words = Words::of(language);
    let keys = [
        ("clause", Width::Narrow),
        ("title", Width::Middle),
        ("information", Width::Wide),
        ("proof", Width::Middle),
        ("state", Width::Narrow),
        ("standard", Width::Narrow),
    ];
    let mut rows = Vec::new();
    for state in &snapshot.derived.requirements {
        let catalog = snapshot.book.catalogs.get(state.item.id.catalog.as_str());
        let standard = catalog.map(|catalog| catalog.title.get(language).to_owned()).unwrap_or_default();
        let proof = |proofs: &[Proof]| {
            proofs.iter().map(|proof| proof_text(snapshot, proof, language)).collect::<Vec<_>>().join("\n")
        };
        let mut row = |clause: String, information: &str, proofs: &[Proof], word: &str| {
            let title = state.item.title.get(language).to_owned();
            let state = words.get(&format!("proof-state.{word}")).to_owned();
            rows.push(vec![clause, title, information.to_owned(), proof(proofs), state, standard.clone()]);
        };
        if state.pieces.is_empty() {
            row(state.item.id.id.to_string(), "", &state.proofs, state.state.word());
        }
        for piece in &state.pieces {
            let part = piece.information.part.as_ref().map(|part| format!(" {part})")).unwrap_or_default();
            row(
                format!("{}{part}", state.item.id.id),
                piece.information.title.get(language),
                &piece.proofs,
                piece.state.word(),
            );
        }
    }
    Table {
        title: words.get("export.requirements").to_owned(),
        columns: keys
            .iter()
            .map(|(key, width)| Column::new(words.get(&format!("export.column.{key}")), *width))
            .collect(),
        rows,
    }
}

/// What proves a requirement, in words.
pub fn proof_text(snapshot: &Snapshot, proof: &Proof, language: &Language) -> String {
    let words = Words::of(language);
    let counted = |key: &str, count: usize| words.fill(&format!("proof.{key}"), &[("count", &count.to_string())]);
    match proof {
        Proof::Document { document, .. }
        | Proof::Scope(document)
        | Proof::Objective(document)
        | Proof::Audit(document) => snapshot.book.document(*document).label().get(language).to_owned(),
        Proof::Risks(count) => counted("risks", *count),
        Proof::Treatments(count) => counted("treatments", *count),
        Proof::Soa => words.get("proof.soa").to_owned(),
        Proof::TreatmentPlan(count) => counted("treatment-plan", *count),
        Proof::Acceptances(count) => counted("acceptances", *count),
    }
}
