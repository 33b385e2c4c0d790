//! The checks that an auditor would make. A rule looks at the book and what is computed from it, and reports; every word
//! of it stands beside it in a file for each language, with examples that are run as tests.

mod acceptance;
pub mod wording;

mod reference;
mod soa;

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::{Code, Finding, Place, Severity};
use wording::{Wording, WordingSource};

/// One check.
#[derive(Debug)]
pub struct Rule {
    /// Its code, for ever its own.
    pub code: Code,
    /// The name of the fault; reads well after "allow".
    pub name: &'static str,
    /// How much a finding weighs unless `[check.rules]` says otherwise.
    pub severity: Severity,
    /// Its words in English and Japanese.
    pub words: WordingSource,
    /// Looks and reports.
    pub check: fn(&Book, &Derived, &mut Findings),
}

/// The words files that stand beside a rule: `words!("folder", "file")` reads `file.en.md` and `file.ja.md` of the folder.
macro_rules! words {
    ($file:literal) => {
        $crate::rules::wording::WordingSource { en: include_str!(concat!($file, ".en.md")), ja: include_str!(concat!($file, ".ja.md")) }
    };
}
pub(crate) use words;

/// Every rule, in the order of codes.
pub const RULES: &[&Rule] = &[&reference::unknown_control::RULE, &soa::undecided_control::RULE];

/// Where rules put what they find.
#[derive(Debug, Default)]
pub struct Findings {
    found: Vec<Finding>,
}

impl Findings {
    /// Adds a finding.
    pub fn add(&mut self, finding: Finding) {
        self.found.push(finding);
    }
}

impl Rule {
    /// A finding of this rule.
    pub fn at(&self, place: Place) -> Finding {
        Finding::new(self.code, place)
    }

    /// Its words for a reader of a language.
    pub fn wording(&self, language: &crate::language::Language) -> &'static Wording {
        wording::of(self.code, language)
    }
}

/// The rule with this code or name.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code.eq_ignore_ascii_case(code) || rule.name == code).copied()
}

/// A check that is made while reading or linking: the finding is there before the rules look.
pub fn while_reading(_: &Book, _: &Derived, _: &mut Findings) {}

/// What the rules found.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// The findings that count, in the order of file and place.
    pub findings: Vec<Finding>,
    /// The accepted ones, each with its place in `[[check.accepted]]`.
    pub accepted: Vec<(Finding, usize)>,
}

/// Runs every rule, settles severities, and takes out what is turned off or accepted.
pub fn check(book: &Book, derived: &Derived) -> Checked {
    use rayon::prelude::*;
    let mut found: Vec<Finding> = book.findings.clone();
    let by_rule: Vec<Vec<Finding>> = RULES
        .par_iter()
        .map(|rule| {
            let mut findings = Findings::default();
            (rule.check)(book, derived, &mut findings);
            findings.found
        })
        .collect();
    found.extend(by_rule.into_iter().flatten());
    let (mut checked, notes) = acceptance::sort_out(book, derived, settle(book, found));
    checked.findings.extend(settle(book, notes));
    checked.findings.sort_by(|a, b| order(a).cmp(&order(b)));
    checked.findings.dedup();
    checked
}

fn order(finding: &Finding) -> (&Place, Code, &Option<crate::id::ItemId>, &Option<crate::id::Role>) {
    (&finding.place, finding.code, &finding.item, &finding.role)
}

/// Gives each finding its rule's severity, or the one that the book gives it; what is turned off goes.
fn settle(book: &Book, found: Vec<Finding>) -> Vec<Finding> {
    let turned = |finding: &Finding| {
        let rule = rule(finding.code);
        let severities = &book.config.severities;
        let by_book = severities.get(finding.code).or_else(|| severities.get(rule?.name));
        by_book.map_or_else(|| Some(rule.map_or(finding.severity, |rule| rule.severity)), |severity| severity.value)
    };
    found
        .into_iter()
        .filter_map(|finding| turned(&finding).map(|severity| Finding { severity, ..finding }))
        .collect()
}
