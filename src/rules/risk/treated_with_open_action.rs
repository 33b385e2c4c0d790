//! RSK317: a treatment that is done by its own word, and an action of it that says it is not.

use crate::book::Book;
use crate::derive::Derived;
use crate::document::types::ActionStatus;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "RSK317",
    name: "treated-with-open-action",
    severity: Severity::Warning,
    words: words!("treated_with_open_action"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    for (document, risk, _) in super::living(book, derived) {
        let Some(treated) = &risk.treated_on else { continue };
        let place = |span| Place::new(&document.original.path, span);
        for action in &risk.actions {
            let Some(status) = action.status.as_ref().filter(|status| status.value != ActionStatus::Done) else {
                continue;
            };
            let finding = RULE.on(document, place(status.span)).with("risk", document.label());
            let finding = finding.with("on", treated.value.to_string()).related(place(treated.span));
            findings.add(if action.what.is_empty() {
                finding
            } else {
                finding.variant("action").with("action", action.what.clone())
            });
        }
    }
}
