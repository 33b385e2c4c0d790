//! SOA213: a control that is decided for one role of the scope, and not for another.

use crate::book::{Book, Document};
use crate::derive::{Applicability, Derived};
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule =
    Rule { code: "SOA213", name: "undecided-role", severity: Severity::Error, words: words!("undecided_role"), check };

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    for line in derived.soa.lines.iter().filter(|line| line.applicability == Applicability::Undecided) {
        let decided = derived.soa.lines_of(&line.item.id).find(|other| other.applicability != Applicability::Undecided);
        let Some(decided) = decided else { continue };
        let title = |role: Option<&crate::id::Role>| {
            Some(book.catalogs.get(line.item.id.catalog.as_str())?.role(role?)?.title.clone())
        };
        let place = super::deciding(book, derived, decided).unwrap_or_else(Place::book);
        let document = book.document_at(&place.path).map(Document::name);
        let finding = RULE.at(place).about(&line.item.id, line.role.as_ref()).document(document);
        findings.add(
            finding
                .with("control", book.item_label(&line.item.id))
                .with_some("role", title(line.role.as_ref()))
                .with_some("other", title(decided.role.as_ref())),
        );
    }
}
