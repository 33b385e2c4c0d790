//! The promise of `tests/rules.md`, line by line: every rule is there, under its code for ever, with its words and examples.

use std::collections::BTreeSet;

use ismsbook::finding::Severity;
use ismsbook::rules::wording::{Wording, parse};
use ismsbook::rules::{RULES, Rule};

struct Promise {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
}

fn promises() -> Vec<Promise> {
    let rows = include_str!("../rules.md").lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let cells = rows.map(|row| row.split(" | ").collect::<Vec<_>>());
    cells
        .filter(|cells| cells[0] != "code")
        .map(|cells| Promise { code: cells[0], name: cells[1], severity: cells[2] })
        .collect()
}

fn kept(promise: &Promise) -> Result<(), String> {
    let rule: &Rule = RULES.iter().find(|rule| rule.code == promise.code).ok_or("no such rule")?;
    if rule.name != promise.name {
        return Err(format!("is named {}", rule.name));
    }
    if rule.severity.word() != promise.severity {
        return Err(format!("is of severity {}", rule.severity.word()));
    }
    for (language, words) in [("English", rule.words.en), ("Japanese", rule.words.ja)] {
        let wording = parse(words);
        whole(&wording).map_err(|missing| format!("{language}: {missing}"))?;
    }
    Ok(())
}

fn whole(wording: &Wording) -> Result<(), &'static str> {
    let examples = &wording.examples;
    match () {
        () if wording.title.is_empty() => Err("no title"),
        () if wording.sections.iter().any(|(_, text)| text.is_empty()) || wording.sections.len() != 3 => {
            Err("a section is missing")
        }
        () if examples.iter().all(|example| example.findings.is_empty()) => Err("no example with the fault"),
        () if examples.iter().all(|example| !example.findings.is_empty()) => Err("no clean example"),
        () => Ok(()),
    }
}

#[test]
fn every_promise_is_kept() {
    let promises = promises();
    assert!(promises.len() > 100, "the list is read whole");
    let broken: Vec<String> =
        promises.iter().filter_map(|promise| Some(format!("{}: {}", promise.code, kept(promise).err()?))).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn no_rule_is_unpromised() {
    let promised: BTreeSet<&str> = promises().iter().map(|promise| promise.code).collect();
    let unpromised: Vec<&str> = RULES.iter().map(|rule| rule.code).filter(|code| !promised.contains(code)).collect();
    assert_eq!(unpromised, Vec::<&str>::new());
}

#[test]
fn codes_and_names_are_used_once_and_in_order() {
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len());
    for family in codes.chunk_by(|a, b| a[..3] == b[..3]) {
        assert!(family.is_sorted_by(|a, b| a < b), "{family:?}");
    }
    let families: Vec<&str> = codes.chunk_by(|a, b| a[..3] == b[..3]).map(|family| &family[0][..3]).collect();
    assert_eq!(
        families.iter().collect::<BTreeSet<_>>().len(),
        families.len(),
        "a family stands together: {families:?}"
    );
}

#[test]
fn severities_are_of_three_kinds() {
    let words = [Severity::Error, Severity::Warning, Severity::Info].map(Severity::word);
    assert!(promises().iter().all(|promise| words.contains(&promise.severity)));
}
