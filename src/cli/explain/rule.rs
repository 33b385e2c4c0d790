//! A rule in words: what it finds, why that matters, how to mend it, and an example.

use super::fold::fold;
use crate::language::Language;
use crate::rules::Rule;
use crate::rules::wording::Example;
use crate::words::Words;

/// What `explain CODE` prints.
pub(super) fn explain(rule: &Rule, language: &Language, width: usize) -> String {
    let words = Words::of(language);
    let wording = rule.wording(language);
    let severity = words.get(&format!("severity.{}", rule.severity.word())).to_owned();
    let named = format!("{} {}", rule.code, rule.name);
    let heading = words.fill("cli.explain.heading", &[("what", &named), ("of", &severity)]);
    let mut text = format!("{heading}\n{}\n", wording.title);
    if !wording.clause.is_empty() {
        text.push_str(&format!("{}\n", words.fill("cli.explain.clause", &[("clause", &wording.clause)])));
    }
    for (heading, body) in &wording.sections {
        text.push_str(&format!("\n{heading}\n{}", fold(body, "  ", width)));
    }
    if let Some(example) = wording.examples.iter().find(|example| !example.findings.is_empty()) {
        text.push_str(&example_text(example, words));
    }
    text
}

fn example_text(example: &Example, words: &Words) -> String {
    let mut text = format!("\n{}\n", words.fill("cli.explain.example", &[("title", &example.title)]));
    for (path, content) in &example.files {
        text.push_str(&format!("  {path}\n"));
        for line in content.lines() {
            text.push_str(format!("    {line}").trim_end());
            text.push('\n');
        }
    }
    let findings = words.join(&example.findings);
    text.push_str(&format!("  {}\n", words.fill("cli.explain.finds", &[("findings", &findings)])));
    text
}
