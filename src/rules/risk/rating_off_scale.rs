//! RSK303: a rating that is no step of the scale.

use crate::book::Book;
use crate::config::Step;
use crate::derive::Derived;
use crate::document::types::Rating;
use crate::finding::{Finding, Place, Severity};
use crate::rules::{Findings, Rule, words};
use crate::text::{Spanned, near};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "RSK303",
    name: "rating-off-scale",
    severity: Severity::Error,
    words: words!("rating_off_scale"),
    check,
};

fn check(book: &Book, derived: &Derived, findings: &mut Findings) {
    for (document, risk, _) in super::living(book, derived) {
        for (step, scale, variant) in rated(book, &risk.inherent).into_iter().chain(rated(book, &risk.residual)) {
            let place = Place::new(&document.original.path, step.span);
            findings
                .add(described(RULE.on(document, place), step, scale).variant(variant).with("risk", document.label()));
        }
    }
}

/// The halves of a rating that are on no step of their scale.
fn rated<'a>(book: &'a Book, rating: &'a Rating) -> Vec<(&'a Spanned<String>, &'a [Step], &'static str)> {
    let matrix = &book.config.risk.matrix;
    let halves = [(&rating.likelihood, &matrix.likelihood, "likelihood"), (&rating.impact, &matrix.impact, "impact")];
    let off = halves.into_iter().filter_map(|(step, scale, name)| Some((step.as_ref()?, scale.as_slice(), name)));
    off.filter(|(step, scale, _)| Step::find(scale, &step.value).is_none()).collect()
}

fn described(finding: Finding, step: &Spanned<String>, scale: &[Step]) -> Finding {
    let steps: Vec<String> = scale.iter().map(|step| format!("`{}` ({})", step.id, step.value)).collect();
    let near = near(&step.value, scale.iter().map(|step| step.id.as_str()));
    finding.with("value", step.value.as_str()).with("steps", steps.join(", ")).near(near)
}
