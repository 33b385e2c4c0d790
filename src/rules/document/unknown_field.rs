//! DOC002: a front-matter key that no type knows, once for the whole book.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::book::Book;
use crate::derive::Derived;
use crate::document::Manuscript;
use crate::document::types::is_field;
use crate::finding::{Change, Place, Remedy, Severity};
use crate::rules::{Findings, Rule, words};
use crate::value::UnknownKey;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "DOC002", name: "unknown-field", severity: Severity::Info, words: words!("unknown_field"), check };

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let manuscripts = book.documents.iter().flat_map(|document| {
        document.manuscripts().map(|(_, manuscript)| (manuscript, Arc::ptr_eq(manuscript, &document.original)))
    });
    let mut by_key: BTreeMap<&str, Vec<(&Arc<Manuscript>, &UnknownKey)>> = BTreeMap::new();
    for (manuscript, original) in manuscripts {
        // A translation is of its original's type, and whether it says the same is asked elsewhere.
        let unknown = manuscript.unknown.iter();
        for unknown in unknown.filter(|unknown| original || !is_field(&unknown.key.value)) {
            let uses = by_key.entry(unknown.key.value.as_str()).or_default();
            if uses.last().is_none_or(|(last, _)| last.path != manuscript.path) {
                uses.push((manuscript, unknown));
            }
        }
    }
    for (key, uses) in by_key {
        let first = uses.iter().min_by(|(one, _), (other, _)| one.path.cmp(&other.path));
        let Some((manuscript, unknown)) = first else { continue };
        let finding = RULE.at(Place::new(&manuscript.path, unknown.key.span));
        let variant = match (is_field(key), uses.len()) {
            (false, 1) => "",
            (false, _) => "many",
            (true, 1) => "elsewhere",
            (true, _) => "elsewhere-many",
        };
        let finding = finding.variant(variant).with("count", uses.len().to_string());
        let finding = finding.remedy_some(if variant.starts_with("elsewhere") { None } else { renamed(&uses) });
        let nearest = unknown.nearest.as_deref().or_else(|| called(key));
        findings.add(finding.with("key", key).with_some("nearest", nearest));
    }
}

/// What fields are called in Japanese, where people write them.
const CALLED: [(&str, &[&str]); 13] = [
    ("id", &["番号", "文書番号", "管理番号"]),
    ("type", &["種類", "種別", "文書種別"]),
    ("title", &["題名", "表題", "タイトル", "文書名"]),
    ("owner", &["責任者", "所管", "主管", "担当"]),
    ("approver", &["承認者"]),
    ("status", &["状態", "ステータス"]),
    ("version", &["版", "版数", "バージョン"]),
    ("approved", &["承認日"]),
    ("effective", &["施行日", "発効日"]),
    ("next_review", &["次回見直し", "次回見直し日"]),
    ("classification", &["機密区分", "区分"]),
    ("controls", &["管理策"]),
    ("related", &["関連文書", "関連規程"]),
];

fn called(key: &str) -> Option<&'static str> {
    CALLED.iter().find(|(_, words)| words.contains(&key)).map(|(field, _)| *field)
}

/// The key called in every file by the one name that it was likely meant for.
fn renamed(uses: &[(&Arc<Manuscript>, &UnknownKey)]) -> Option<Remedy> {
    let (_, first) = uses.first()?;
    let name = first
        .nearest
        .as_deref()
        .filter(|name| uses.iter().all(|(_, unknown)| unknown.alone && unknown.nearest.as_deref() == Some(*name)))?;
    let change = |(manuscript, unknown): &(&Arc<Manuscript>, &UnknownKey)| {
        (Change::Rename(name.to_owned()), Place::new(&manuscript.path, unknown.key.span))
    };
    Some(Remedy { changes: uses.iter().map(change).collect(), safe: true })
}
