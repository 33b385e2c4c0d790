//! A help that may be copied leads to a better book: whatever it proposes is put in the place of what it was said of, and the
//! book is checked anew.

use std::collections::BTreeMap;
use std::sync::Arc;

use ismsbook::files::File;
use ismsbook::finding::Finding;
use ismsbook::language::Language;
use ismsbook::project::{Inputs, Project, Snapshot};
use ismsbook::rules::wording::{Example, of};
use ismsbook::rules::{RULES, Rule};

use crate::support::{place, today};

/// The values of findings that name what to write, and how much of them is to be written.
const PROPOSALS: [(&str, Extent); 5] = [
    ("nearest", Extent::Whole),
    ("successors", Extent::Id),
    ("first", Extent::Id),
    ("parent", Extent::Id),
    ("quoted", Extent::Whole),
];

/// The rules whose `nearest` is the label of an item or document: its id, then its title.
const LABELLED: [&str; 4] = ["REF101", "REF103", "REF110", "REF111"];

/// What is rightly found once a help has been followed: the fault hid it, or stands at a second place as well.
const HIDDEN: [(&str, &str); 4] =
    [("BOK003", "SOA201"), ("DOC001", "DOC007"), ("DOC002", "DOC002"), ("DOC003", "DOC008")];

#[derive(Clone, Copy, PartialEq)]
enum Extent {
    Whole,
    Id,
}

fn snapshot(files: ismsbook::files::Files, example: &Example) -> Snapshot {
    let today = example.today.as_deref().map_or_else(today, |day| ismsbook::date::Date::parse(day).expect("a day"));
    let inputs = Inputs { files, today, commit: None, history: Arc::new(example.history()) };
    Project::new().snapshot(inputs).expect("book.toml is TOML")
}

/// What the help of a finding proposes to write in the place of what stands there.
fn proposal(rule: &Rule, finding: &Finding) -> Option<String> {
    let english = Language::english();
    let help = of(rule.code, &english).help(finding, &english)?;
    PROPOSALS.iter().find_map(|(name, extent)| {
        let value = finding.values.get(*name)?.get(&english);
        if !help.contains(value) {
            return None;
        }
        let id = *extent == Extent::Id || LABELLED.contains(&rule.code);
        let text = value.trim_matches('`');
        Some(if id { text.split(' ').next().unwrap_or(text).to_owned() } else { text.to_owned() })
    })
}

fn counted(snapshot: &Snapshot) -> BTreeMap<(&'static str, String), usize> {
    let mut counts = BTreeMap::new();
    for finding in &snapshot.checked.findings {
        *counts.entry((finding.code, finding.place.path.to_string())).or_default() += 1;
    }
    counts
}

#[test]
fn what_a_help_proposes_mends_the_finding_and_brings_no_other() {
    let mut wrong = Vec::new();
    let mut tried: BTreeMap<&str, usize> = BTreeMap::new();
    for rule in RULES {
        for example in &rule.wording(&Language::english()).examples {
            let before = snapshot(example.book(), example);
            for finding in before.checked.findings.iter().filter(|finding| finding.code == rule.code) {
                let Some(proposal) = proposal(rule, finding) else { continue };
                let path = &finding.place.path;
                let mut files = example.book();
                let text = files.get(path).and_then(|file| file.text().ok().map(str::to_owned)).expect("it is a text");
                let span = finding.place.span;
                let proposal = match rule.code {
                    // A path is told from the book's folder; a link counts a leading slash from `content/`.
                    "REF104" => proposal.replacen("content/", "/", 1),
                    "REF105" => match text[span.start..span.end].split_once('#') {
                        Some((before, _)) => format!("{before}#{proposal}"),
                        None => proposal,
                    },
                    _ => proposal,
                };
                let text = format!("{}{proposal}{}", &text[..span.start], &text[span.end..]);
                files.insert(path.clone(), File::new(text.into_bytes()));
                let after = snapshot(files, example);
                *tried.entry(rule.code).or_default() += 1;
                let (old, new) = (counted(&before), counted(&after));
                let own = (rule.code, path.to_string());
                let count = |counts: &BTreeMap<_, usize>, key| counts.get(key).copied().unwrap_or_default();
                if count(&new, &own) >= count(&old, &own) {
                    wrong.push(format!("{}: `{proposal}` leaves the finding", place(&before, finding)));
                }
                let hidden = |code: &str| HIDDEN.contains(&(rule.code, code));
                for key in new.keys().filter(|key| count(&new, key) > count(&old, key) && !hidden(key.0)) {
                    wrong.push(format!("{}: `{proposal}` brings {key:?}", place(&before, finding)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried.len() >= 12 && tried.values().sum::<usize>() >= 20, "{tried:?}");
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
