//! The text of documents: HTML that is left out, links that are not safe, images, fences and headings.

pub(super) mod dropped_html;
pub(super) mod idle_footnote;
pub(super) mod image_without_alternative;
pub(super) mod remote_resource;
pub(super) mod sentence_as_definition;
pub(super) mod skipped_heading_level;
pub(super) mod surplus_cells;
pub(super) mod swallowed_rest;
pub(super) mod tangled_text;
pub(super) mod unclosed_fence;
pub(super) mod unsafe_link;

use super::{Findings, Rule};
use crate::book::Book;
use crate::document::markdown::Lost;
use crate::finding::Place;
use crate::text::Span;

/// Reports the places of one kind that the parser takes away.
fn report_lost(
    rule: &Rule,
    variant: &'static str,
    book: &Book,
    findings: &mut Findings,
    of: impl Fn(&Lost) -> &[Span],
) {
    for document in &book.documents {
        for (_, manuscript) in document.manuscripts() {
            for span in of(&manuscript.body.lost) {
                let finding = rule.on(document, Place::new(&manuscript.path, *span)).variant(variant);
                findings.add(finding.with("found", span.of(&manuscript.text)));
            }
        }
    }
}
