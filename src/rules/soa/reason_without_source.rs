//! SOA216: a reason of risk, law or contract by hand, and no risk or obligation names the control.

use crate::book::Book;
use crate::derive::soa::obligation_reason;
use crate::derive::{Applicability, Derived, SoaLine};
use crate::document::types::Reason;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};
use crate::words;

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA216",
    name: "reason-without-source",
    severity: Severity::Error,
    words: words!("reason_without_source"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    let applicable = derived.soa.lines.iter().filter(|line| line.applicability == Applicability::Applicable);
    let unsourced: Vec<(Place, Reason, &SoaLine)> = applicable.flat_map(|line| unsourced(book, line)).collect();
    for (finding, _) in super::one_a_place(&RULE, book, unsourced.iter().map(|(place, _, line)| (place.clone(), *line)))
    {
        let Some((_, reason, _)) = unsourced.iter().find(|(place, ..)| *place == finding.place) else { continue };
        let word = words::localized(&format!("reason.{}", crate::value::word_of(*reason)));
        let finding = finding.with("reason", word);
        findings.add(if *reason == Reason::Risk { finding.variant("risk") } else { finding });
    }
}

/// The stated reasons that nothing in the book bears out. An exclusion needs no source: one would contradict it.
fn unsourced<'a>(book: &Book, line: &'a SoaLine) -> Vec<(Place, Reason, &'a SoaLine)> {
    let Some((document, decision)) = super::decision(book, line) else { return Vec::new() };
    let missing = |reason: Reason| match reason {
        Reason::Risk => line.risks.is_empty(),
        Reason::Legal | Reason::Contractual => {
            !line.obligations.iter().any(|key| obligation_reason(book, *key) == reason)
        }
        Reason::Business | Reason::BestPractice => false,
    };
    let reasons = decision.reasons.iter().filter(|reason| missing(reason.value));
    reasons.map(|reason| (super::within(document, reason.span), reason.value, line)).collect()
}
