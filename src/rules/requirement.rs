//! Requirements: the documented information that they demand, and what in the book proves it.

pub(super) mod proven_by_draft;
pub(super) mod unproven_implied_requirement;
pub(super) mod unproven_requirement;

use super::Rule;
use crate::book::Book;
use crate::derive::{Derived, Piece, RequirementProof, RequirementState};
use crate::finding::{Finding, Place};

/// The pieces of documented information that are proven so far, with their requirements.
fn pieces(derived: &Derived, state: RequirementProof) -> impl Iterator<Item = (&RequirementState, &Piece)> {
    let pieces = derived
        .requirements
        .iter()
        .flat_map(|requirement| requirement.pieces.iter().map(move |piece| (requirement, piece)));
    pieces.filter(move |(_, piece)| piece.state == state)
}

/// A finding about a piece: the clause with its letter, and what it asks for.
fn about(rule: &Rule, book: &Book, place: Place, requirement: &RequirementState, piece: &Piece) -> Finding {
    let item = &requirement.item;
    let letter = piece.information.part.as_ref().map_or_else(String::new, |part| format!(" {part})"));
    let clause = format!("{}{letter}", book.short_id(&item.id));
    let finding =
        rule.at(place).about(&item.id, None).with("title", item.title.map(|title| format!("{clause} {title}")));
    finding.with("clause", clause).with("information", piece.information.title.clone())
}
