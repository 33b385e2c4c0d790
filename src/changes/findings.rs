//! How many findings came and went, rule by rule.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::States;
use crate::book::Book;
use crate::date::Date;
use crate::finding::{Code, Finding, Severity};
use crate::language::Language;
use crate::rules;

/// The findings that came and went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FindingChanges {
    /// The rules whose findings came or went, the gravest first.
    pub rules: Vec<RuleChange>,
}

/// How many findings of one rule came and went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleChange {
    /// The rule's code.
    pub code: Code,
    /// The name of the fault.
    pub name: &'static str,
    /// How much its findings weigh.
    pub severity: Severity,
    /// How many there are that were not there before.
    pub new: usize,
    /// How many there were that are there no more.
    pub mended: usize,
}

impl FindingChanges {
    /// How many new findings weigh so much.
    pub fn new_of(&self, severity: Severity) -> usize {
        self.rules.iter().filter(|rule| rule.severity == severity).map(|rule| rule.new).sum()
    }

    /// How many mended findings weighed so much.
    pub fn mended_of(&self, severity: Severity) -> usize {
        self.rules.iter().filter(|rule| rule.severity == severity).map(|rule| rule.mended).sum()
    }

    /// How many are new.
    pub fn new_count(&self) -> usize {
        self.rules.iter().map(|rule| rule.new).sum()
    }

    /// How many are mended.
    pub fn mended_count(&self) -> usize {
        self.rules.iter().map(|rule| rule.mended).sum()
    }
}

pub(super) fn compare(states: &States<'_>) -> FindingChanges {
    let path_now = |finding: &Finding| path_now(states, finding);
    let old = counted(&states.old.checked.findings, path_now);
    let new = counted(&states.new.checked.findings, |finding| finding.place.path.to_string());
    let mut rules: BTreeMap<(Reverse<Severity>, Code), (usize, usize)> = BTreeMap::new();
    let mut add = |of: &BTreeMap<Known, usize>, others: &BTreeMap<Known, usize>, mended: bool| {
        for (known, count) in of {
            let more = count.saturating_sub(others.get(known).copied().unwrap_or_default());
            if more > 0 {
                let sums = rules.entry((Reverse(known.severity), known.code)).or_default();
                *(if mended { &mut sums.1 } else { &mut sums.0 }) += more;
            }
        }
    };
    add(&new, &old, false);
    add(&old, &new, true);
    let rule = |((severity, code), (new, mended)): ((Reverse<Severity>, Code), (usize, usize))| RuleChange {
        code,
        name: rules::rule(code).map_or("", |rule| rule.name),
        severity: severity.0,
        new,
        mended,
    };
    FindingChanges { rules: rules.into_iter().map(rule).collect() }
}

/// What makes two findings of two states the same. Its line is no part of it, since lines move.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    severity: Severity,
    code: Code,
    path: String,
    about: String,
}

fn counted(findings: &[Finding], path: impl Fn(&Finding) -> String) -> BTreeMap<Known, usize> {
    let mut counted = BTreeMap::new();
    for finding in findings {
        let known =
            Known { severity: finding.severity, code: finding.code, path: path(finding), about: about(finding) };
        *counted.entry(known).or_default() += 1;
    }
    counted
}

/// What a finding is about: its item and role, and the names in its message. Days and numbers are left out: a review that
/// is overdue since another day is the same finding still, and so is a text that somebody changed once more. So are the
/// system's own words for a file that cannot be read.
fn about(finding: &Finding) -> String {
    let item = finding.item.as_ref().map(ToString::to_string).unwrap_or_default();
    let role = finding.role.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut about = format!("{}\n{item}\n{role}\n", finding.variant);
    for (name, value) in &finding.values {
        let text = value.get(&Language::english());
        let passing = matches!(*name, "commit" | "author" | "words")
            || text.parse::<f64>().is_ok()
            || Date::parse(text).is_some();
        if !passing {
            about.push_str(&format!("{name} {text}\n"));
        }
    }
    about
}

/// The path that the file of an old finding has today.
fn path_now(states: &States<'_>, finding: &Finding) -> String {
    let old = finding.place.path.as_str();
    moved(&states.old.book, &states.new.book, states, finding).unwrap_or_else(|| old.to_owned())
}

fn moved(old: &Book, new: &Book, states: &States<'_>, finding: &Finding) -> Option<String> {
    let document = old.document_at(&finding.place.path)?;
    let (language, _) = document.manuscripts().find(|(_, text)| text.path == finding.place.path)?;
    let now = new.document(states.pairs.new_of(document.key)?);
    let (_, text) = now.manuscripts().find(|(other, _)| *other == language)?;
    Some(text.path.to_string())
}
