//! The evidence register for other programs (ISO/IEC 27001 7.5.3, 9.1).

use super::register::{Cell, List, Pen};
use super::table::Width;
use crate::language::Language;
use crate::project::Snapshot;

/// One row a piece of evidence, however many documents name it.
pub fn lists(snapshot: &Snapshot, language: &Language) -> Vec<List> {
    let pen = Pen::new(snapshot, language);
    let mut list = List::new(
        "evidence",
        &[
            ("title", Width::Wide),
            ("place", Width::Middle),
            ("owner", Width::Middle),
            ("date", Width::Narrow),
            ("valid-until", Width::Narrow),
            ("state", Width::Narrow),
            ("documents", Width::Middle),
            ("controls", Width::Middle),
        ],
    );
    for entry in &snapshot.derived.evidence {
        let evidence = &entry.evidence;
        let place = evidence.url.as_ref().or(evidence.path.as_ref());
        let cells = vec![
            pen.localized(&evidence.title),
            place.map_or_else(Cell::nothing, |place| Cell::text(&place.value)),
            pen.person(entry.owner.as_deref()),
            Cell::day(evidence.date.as_ref()),
            Cell::day(evidence.valid_until.as_ref()),
            pen.word("evidence-state", entry.state.word()),
            pen.documents(&entry.documents),
            pen.items(entry.lines.iter().map(|(item, _)| item)),
        ];
        list.push(entry.documents.first().copied(), cells);
    }
    vec![list]
}
