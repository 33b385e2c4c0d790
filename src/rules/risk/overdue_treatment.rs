//! RSK312: a treatment, or an action of it, that was due and is not done.

use crate::book::Book;
use crate::derive::Derived;
use crate::document::types::ActionStatus;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "RSK312",
    name: "overdue-treatment",
    severity: Severity::Warning,
    words: words!("overdue_treatment"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    for (document, risk, entry) in super::living(book, derived).filter(|(.., entry)| !entry.is_treated()) {
        let place = |span| Place::new(&document.original.path, span);
        if let Some(due) = risk.due.as_ref().filter(|due| due.value < derived.today) {
            let finding = RULE.on(document, place(due.span)).with("risk", document.label());
            findings.add(finding.with("due", due.value.to_string()));
        }
        let open = risk.actions.iter().zip(&entry.actions).filter(|(_, state)| state.status != ActionStatus::Done);
        for (action, _) in open {
            let Some(due) = action.due.as_ref().filter(|due| due.value < derived.today) else { continue };
            let finding =
                RULE.on(document, place(due.span)).with("risk", document.label()).with("due", due.value.to_string());
            findings.add(if action.what.is_empty() {
                finding
            } else {
                finding.variant("action").with("action", action.what.clone())
            });
        }
    }
}
