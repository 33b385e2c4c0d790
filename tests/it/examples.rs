//! Every example of every rule is a small book: the rule must find in it what the example says, in both languages.

use std::collections::BTreeSet;
use std::sync::Arc;

use ismsbook::date::Date;
use ismsbook::finding::Finding;
use ismsbook::language::Language;
use ismsbook::project::{Inputs, Project, Snapshot};
use ismsbook::rules::wording::Example;
use ismsbook::rules::{RULES, Rule};
use ismsbook::site::{Site, SiteOptions};

use crate::support::{place, today};

fn snapshot_of_example(example: &Example) -> Snapshot {
    let today = example.today.as_deref().map_or_else(today, |day| Date::parse(day).expect("a day"));
    let inputs = Inputs { files: example.book(), today, commit: None, history: Arc::new(example.history()) };
    Project::new().snapshot(inputs).expect("book.toml is TOML")
}

/// What a rule finds in an example; a fault of a template is found by writing the home page.
fn findings_of(rule: &Rule, example: &Example) -> (Arc<Snapshot>, Vec<Finding>) {
    let snapshot = Arc::new(snapshot_of_example(example));
    let mut findings = snapshot.checked.findings.clone();
    if rule.code == "BOK009" {
        let site = Site::new(Arc::clone(&snapshot), SiteOptions::default());
        site.render(&site.route("index.html").expect("every book has a home page"));
        findings.extend(site.findings());
    }
    findings.retain(|finding| finding.code == rule.code);
    (snapshot, findings)
}

fn found(rule: &Rule, example: &Example) -> Vec<String> {
    let (snapshot, findings) = findings_of(rule, example);
    findings.iter().map(|finding| place(&snapshot, finding)).collect()
}

#[test]
fn every_example_gives_the_findings_that_it_names() {
    let mut wrong = Vec::new();
    for rule in RULES {
        for language in [Language::english(), Language::japanese()] {
            for example in &rule.wording(&language).examples {
                let found = found(rule, example);
                if found != example.findings {
                    wrong.push(format!(
                        "{} ({language}) {}: expected {:?}, found {found:?}",
                        rule.code, example.title, example.findings
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_fault_and_a_clean_example_and_whole_words_in_both_languages() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let [en, ja] = [Language::english(), Language::japanese()].map(|language| rule.wording(&language));
        for (language, wording) in [("en", en), ("ja", ja)] {
            let with = wording.examples.iter().filter(|example| !example.findings.is_empty()).count();
            if with == 0 || with == wording.examples.len() {
                wrong.push(format!("{} {language}: needs an example with and one without a finding", rule.code));
            }
            if wording.title.is_empty() || wording.sections.len() != 3 {
                wrong.push(format!("{} {language}: needs a title and three sections", rule.code));
            }
        }
        let outcome = |wording: &ismsbook::rules::wording::Wording| {
            wording.examples.iter().map(|example| example.findings.clone()).collect::<Vec<_>>()
        };
        if outcome(en) != outcome(ja) {
            wrong.push(format!("{}: the languages disagree about the examples", rule.code));
        }
        let sorted = |mut names: Vec<(String, String, String)>| {
            names.sort();
            names
        };
        if sorted(en.placeholders()) != sorted(ja.placeholders()) {
            wrong.push(format!("{}: the languages have different placeholders", rule.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_message_of_an_example_has_its_placeholders_filled() {
    let mut wrong = Vec::new();
    for rule in RULES {
        for language in [Language::english(), Language::japanese()] {
            let wording = rule.wording(&language);
            for example in &wording.examples {
                for finding in &findings_of(rule, example).1 {
                    let message = wording.message(finding, &language);
                    // A value may hold braces of its own, such as a placeholder that was left in a text.
                    let of_rule =
                        finding.values.values().fold(message.clone(), |text, value| match value.get(&language) {
                            "" => text,
                            value => text.replace(value, "…"),
                        });
                    let gaps = of_rule.contains('{') || message.contains("``") || message.contains("  ");
                    if gaps || message == wording.title {
                        wrong.push(format!("{} ({language}) {}: {message}", rule.code, example.title));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_other_place_has_its_words() {
    let mut seen = BTreeSet::new();
    for rule in RULES {
        for language in [Language::english(), Language::japanese()] {
            let wording = rule.wording(&language);
            for example in &wording.examples {
                for finding in findings_of(rule, example).1.iter().filter(|finding| !finding.related.is_empty()) {
                    let words = wording.related(finding, &language);
                    assert!(words.is_some(), "{} ({language}) {}: no `related:` line", rule.code, example.title);
                    seen.insert(rule.code);
                }
            }
        }
    }
    assert!(seen.len() >= 16, "rules point at other places: {seen:?}");
}
