//! A help that may be applied leads to a better book: every fix of every rule's examples is made, as the product makes it, and
//! the book is checked anew. Where a help names what to write and leaves the choice to a person, that is written in the same way.

use std::collections::BTreeMap;
use std::sync::Arc;

use ismsbook::edit::{Edit, apply, by_file, fix};
use ismsbook::files::Files;
use ismsbook::finding::{Change, Finding, Remedy};
use ismsbook::language::Language;
use ismsbook::project::{Inputs, Project, Snapshot};
use ismsbook::rules::wording::{Example, of};
use ismsbook::rules::{RULES, Rule};

use crate::support::{place, today};

/// The values of findings that name what to write, and how much of them is to be written.
const PROPOSALS: [(&str, Extent); 3] = [("nearest", Extent::Whole), ("successors", Extent::Id), ("first", Extent::Id)];

/// The rules whose `nearest` is the label of an item or document: its id, then its title.
const LABELLED: [&str; 4] = ["REF101", "REF103", "REF110", "REF111"];

/// The rules whose place holds more than what is to be written.
const PARTS: [&str; 5] = ["REF104", "REF105", "REF106", "BOK002", "CAT801"];

/// What is rightly found once a help has been followed: the fault hid it, or stands at a second place as well.
const HIDDEN: [(&str, &str); 7] = [
    ("BOK003", "SOA201"),
    ("DOC001", "DOC007"),
    ("DOC001", "DOC017"),
    ("DOC002", "DOC002"),
    ("DOC003", "DOC008"),
    ("DOC022", "DOC007"),
    ("REF103", "REF105"),
];

#[derive(Clone, Copy, PartialEq)]
enum Extent {
    Whole,
    Id,
}

fn snapshot(files: Files, example: &Example) -> Snapshot {
    let today = example.today.as_deref().map_or_else(today, |day| ismsbook::date::Date::parse(day).expect("a day"));
    let inputs = Inputs { files, today, commit: None, history: Arc::new(example.history()) };
    Project::new().snapshot(inputs).expect("book.toml is TOML")
}

/// What the help of a finding proposes to write in the place of what stands there.
fn proposal(rule: &Rule, finding: &Finding) -> Option<Remedy> {
    let english = Language::english();
    let help = of(rule.code, &english).help(finding, &english)?;
    let text = PROPOSALS.iter().find_map(|(name, extent)| {
        let value = finding.values.get(*name)?.get(&english);
        if !help.contains(value) || PARTS.contains(&rule.code) {
            return None;
        }
        let id = *extent == Extent::Id || LABELLED.contains(&rule.code);
        let text = value.trim_matches('`');
        Some(if id { text.split(' ').next().unwrap_or(text) } else { text })
    })?;
    Some(Remedy::doubtful(Change::Say(text.trim_matches('`').to_owned()), finding.place.clone()))
}

fn counted(snapshot: &Snapshot) -> BTreeMap<(&'static str, String), usize> {
    let mut counts = BTreeMap::new();
    for finding in &snapshot.checked.findings {
        *counts.entry((finding.code, finding.place.path.to_string())).or_default() += 1;
    }
    counts
}

#[test]
fn what_a_fix_writes_mends_the_finding_and_brings_no_other() {
    let mut wrong = Vec::new();
    let mut tried: BTreeMap<&str, usize> = BTreeMap::new();
    let mut fixed: BTreeMap<&str, usize> = BTreeMap::new();
    for rule in RULES {
        let examples = [Language::english(), Language::japanese()].map(|language| &rule.wording(&language).examples);
        for example in examples.into_iter().flatten() {
            let before = snapshot(example.book(), example);
            for finding in before.checked.findings.iter().filter(|finding| finding.code == rule.code) {
                let remedies = match &finding.remedies[..] {
                    [] => proposal(rule, finding).into_iter().collect(),
                    remedies => remedies.to_vec(),
                };
                for remedy in remedies {
                    let at = place(&before, finding);
                    let edits = match fix::edits(&before.book.files, &remedy) {
                        Ok(edits) => edits,
                        Err(refusal) => {
                            wrong.push(format!("{at}: {:?} is refused: {refusal:?}", remedy.changes));
                            continue;
                        }
                    };
                    let files = apply(&before.book.files, &edits).expect("its own edits fit");
                    let after = snapshot(files, example);
                    *tried.entry(rule.code).or_default() += 1;
                    if !finding.remedies.is_empty() {
                        *fixed.entry(rule.code).or_default() += 1;
                    }
                    wrong.extend(
                        judged(rule, &before, &after, finding, &edits).into_iter().map(|why| format!("{at}: {why}")),
                    );
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(fixed.len() >= 15 && tried.values().sum::<usize>() >= 60, "{tried:?} {fixed:?}");
}

/// What is wrong with the outcome of some edits.
fn judged(rule: &Rule, before: &Snapshot, after: &Snapshot, finding: &Finding, edits: &[Edit]) -> Vec<String> {
    let mut wrong = Vec::new();
    let (old, new) = (counted(before), counted(after));
    let own = (rule.code, finding.place.path.to_string());
    let count = |counts: &BTreeMap<_, usize>, key| counts.get(key).copied().unwrap_or_default();
    if count(&new, &own) >= count(&old, &own) {
        wrong.push(format!("{edits:?} leaves the finding"));
    }
    let hidden = |code: &str| HIDDEN.contains(&(rule.code, code));
    for key in new.keys().filter(|key| count(&new, key) > count(&old, key) && !hidden(key.0)) {
        wrong.push(format!("{edits:?} brings {key:?}"));
    }
    // All else of the files is as it was.
    for (path, pieces) in by_file(edits) {
        let (old, new) =
            (before.book.files.text(path).unwrap_or_default(), after.book.files.text(path).unwrap_or_default());
        let back = ismsbook::edit::apply_to(new, &ismsbook::edit::undo(old, &pieces));
        if back.as_deref() != Ok(old) {
            wrong.push(format!("{edits:?} cannot be undone"));
        }
    }
    wrong
}

#[test]
fn a_bare_number_of_annex_a_is_told_with_its_letter_and_with_no_control_of_another_standard() {
    let english = Language::english();
    for (written, expected) in [
        ("5.15", "A.5.15"),
        ("8.30", "A.8.30"),
        ("8.3", "A.8.3"),
        ("5.1", "A.5.1"),
        ("６.1", "A.6.1"),
        ("7.4", "A.7.4"),
    ] {
        let snapshot = crate::support::snapshot(&format!(
            "--- content/a.md\n---\ntitle: Access\ntype: policy\ncontrols: [\"{written}\"]\n---\nText.\n"
        ));
        let finding = snapshot.checked.findings.iter().find(|finding| finding.code == "REF101");
        let help = finding.and_then(|finding| of("REF101", &english).help(finding, &english)).unwrap_or_default();
        assert!(help.starts_with(&format!("did you mean `{expected} ")), "{written}: {help}");
    }
}
