//! SOA203: a justification that justifies nothing.

use crate::book::Book;
use crate::book::Target;
use crate::derive::Derived;
use crate::finding::Severity;
use crate::language::Localized;
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "SOA203",
    name: "hollow-justification",
    severity: Severity::Warning,
    words: words!("hollow_justification"),
    check,
};

/// Whole texts that only say again that a control is excluded, or that the text is still to be written.
const HOLLOW: [&str; 29] = [
    "該当なし",
    "該当無し",
    "該当しない",
    "該当せず",
    "非該当",
    "対象外",
    "適用外",
    "適用除外",
    "適用しない",
    "除外",
    "不要",
    "必要なし",
    "必要ない",
    "なし",
    "無し",
    "未定",
    "n/a",
    "ｎ／ａ",
    "na",
    "not applicable",
    "not relevant",
    "not needed",
    "not required",
    "irrelevant",
    "excluded",
    "none",
    "tbd",
    "to be determined",
    "todo",
];

/// Endings that add nothing to them.
const ENDINGS: [&str; 4] = ["です", "のため", "なため", "ため"];

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for (document, entry) in super::decisions(book) {
        let Some(justification) = &entry.justification else { continue };
        let Some(text) = hollow(&justification.value) else { continue };
        let place = super::within(document, justification.span);
        let named = book
            .references_from(document.key)
            .find(|reference| reference.place.span == entry.span)
            .map(|reference| &reference.target);
        let finding = RULE.on(document, place).with("text", text);
        findings.add(match named.and_then(Target::item) {
            Some(item) => finding.about(item, None).with("control", book.item_label(item)),
            None => finding.with("control", entry.written()),
        });
    }
}

/// The text that says nothing, where one language's does.
fn hollow(text: &Localized) -> Option<&str> {
    text.values().find(|text| {
        let lower = text.to_lowercase();
        let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
        let bare = ENDINGS.iter().find_map(|ending| bare.strip_suffix(ending)).unwrap_or(bare);
        !lower.trim().is_empty() && (bare.is_empty() || HOLLOW.contains(&bare))
    })
}
