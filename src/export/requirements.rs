//! The coverage of the requirements, for other programs.

use super::register::{Cell, List, Pen};
use super::table::{Table, Width};
use crate::derive::{Proof, RequirementState};
use crate::language::Language;
use crate::phrase;
use crate::project::Snapshot;
use crate::words::Words;

/// One row a requirement, or a piece of documented information that it demands.
pub fn lists(snapshot: &Snapshot, language: &Language) -> Vec<List> {
    let pen = Pen::new(snapshot, language);
    let mut list = List::new(
        "requirements",
        &[
            ("clause", Width::Narrow),
            ("title", Width::Middle),
            ("information", Width::Wide),
            ("proof", Width::Middle),
            ("state", Width::Narrow),
            ("standard", Width::Narrow),
        ],
    );
    for state in &snapshot.derived.requirements {
        for [clause, information, proof, word] in pieces(snapshot, pen, state) {
            let catalog = snapshot.book.catalogs.get(state.item.id.catalog.as_str());
            let standard = catalog.map_or_else(Cell::nothing, |catalog| pen.localized(&catalog.title));
            list.push(None, vec![clause, pen.localized(&state.item.title), information, proof, word, standard]);
        }
    }
    vec![list]
}

/// The rows of the coverage as a table.
pub fn table(snapshot: &Snapshot, language: &Language) -> Table {
    let words = Words::of(language);
    lists(snapshot, language).first().map(|list| list.table(words)).unwrap_or_default()
}

/// Clause, piece of documented information, what proves it, how far.
fn pieces(snapshot: &Snapshot, pen: Pen<'_>, state: &RequirementState) -> Vec<[Cell; 4]> {
    let proofs = |proofs: &[Proof]| {
        Cell::lines(proofs.iter().map(|proof| phrase::proof(&snapshot.book, proof, pen.language)).collect())
    };
    let clause = state.item.id.id.to_string();
    if state.pieces.is_empty() {
        let word = pen.word("proof-state", state.state.word());
        return vec![[Cell::text(&clause), Cell::nothing(), proofs(&state.proofs), word]];
    }
    let pieces = state.pieces.iter().map(|piece| {
        let part = piece.information.part.as_ref().map(|part| format!(" {part})")).unwrap_or_default();
        [
            Cell::text(&format!("{clause}{part}")),
            pen.localized(&piece.information.title),
            proofs(&piece.proofs),
            pen.word("proof-state", piece.state.word()),
        ]
    });
    pieces.collect()
}
