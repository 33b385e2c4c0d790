//! SOA211: a control that was to be implemented by a day that has passed.

use crate::book::Book;
use crate::date::Date;
use crate::derive::{Applicability, Derived, SoaLine};
use crate::document::ImplementationStatus;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA211",
    name: "overdue-implementation",
    severity: Severity::Warning,
    words: words!("overdue_implementation"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let open = derived.soa.lines.iter().filter(|line| {
        line.applicability == Applicability::Applicable && line.status != Some(ImplementationStatus::Implemented)
    });
    let overdue: Vec<(Place, Date, &SoaLine)> =
        open.flat_map(|line| promised(book, line)).filter(|(_, due, _)| *due < derived.today).collect();
    for (finding, _) in super::one_a_place(&RULE, book, overdue.iter().map(|(place, _, line)| (place.clone(), *line))) {
        let due = overdue.iter().find(|(place, ..)| *place == finding.place).map(|(_, due, _)| due.to_string());
        findings.add(finding.with_some("due", due));
    }
}

/// The days by which a line is to be implemented: the decision's, else those of the documents that are not done.
fn promised<'a>(book: &Book, line: &'a SoaLine) -> Vec<(Place, Date, &'a SoaLine)> {
    let decided = super::decision(book, line).and_then(|(document, decision)| Some((document, decision.due.as_ref()?)));
    if let Some((document, due)) = decided {
        return vec![(super::within(document, due.span), due.value, line)];
    }
    let open =
        line.documents.iter().filter(|implementation| implementation.status != Some(ImplementationStatus::Implemented));
    let promise = |implementation| {
        let due = super::entry(book, implementation)?.due.as_ref()?;
        Some((super::within(book.document(implementation.document), due.span), due.value, line))
    };
    open.filter_map(promise).collect()
}
