//! TRN701: a translation whose version is older than the original's.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::{Place, Severity};
use crate::id::compare_versions;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "TRN701",
    name: "stale-translation",
    severity: Severity::Warning,
    words: words!("stale_translation"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for document in &book.documents {
        let Some(current) = &document.metadata().version else { continue };
        for (language, translation) in &document.translations {
            // What a translation does not say it takes from the original.
            let Some(version) = &translation.metadata.version else { continue };
            if compare_versions(&version.value, &current.value).is_lt() {
                let finding = RULE
                    .on(document, Place::new(&translation.path, version.span))
                    .with("version", version.value.as_str());
                let finding = finding.with("current", current.value.as_str()).with("language", super::named(language));
                findings.add(finding.related(Place::new(&document.original.path, current.span)));
            }
        }
    }
}
