//! REQ502: documented information that only unapproved documents prove.

use crate::book::{Book, Document};
use crate::derive::{Derived, Piece, Proof, RequirementProof};
use crate::finding::{Place, Severity};
use crate::phrase;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "REQ502",
    name: "proven-by-draft",
    severity: Severity::Warning,
    words: words!("proven_by_draft"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    for (requirement, piece) in super::pieces(derived, RequirementProof::Draft) {
        let mut drafts: Vec<&Document> = drafts(book, piece);
        drafts.sort_by_key(|document| document.key);
        drafts.dedup_by_key(|document| document.key);
        let place = drafts.first().map_or_else(Place::book, |document| document.place());
        let keys: Vec<_> = drafts.iter().map(|document| document.key).collect();
        let finding =
            super::about(&RULE, book, place, requirement, piece).with("documents", phrase::labels(book, &keys));
        let finding = finding.document(drafts.first().map(|document| document.name()));
        findings.add(drafts.iter().skip(1).fold(finding, |finding, document| finding.related(document.place())));
    }
}

fn drafts<'a>(book: &'a Book, piece: &Piece) -> Vec<&'a Document> {
    let document = |proof: &Proof| match proof {
        Proof::Document { document, .. }
        | Proof::Scope(document)
        | Proof::Objective(document)
        | Proof::Audit(document) => Some(book.document(*document)),
        _ => None,
    };
    piece.proofs.iter().filter_map(document).collect()
}
