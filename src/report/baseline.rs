//! A baseline: the findings that a grown book begins with. Only new ones count from then on, and fixed ones are told.
//!
//! A finding is known again by what it says, not by its line, so that it stays known when lines move.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Report;
use crate::files::hash_of;
use crate::finding::Finding;
use crate::language::Language;
use crate::text::json_document;

/// The findings of an earlier day, by what they say, with how often.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeMap<Known, usize>,
}

/// What makes two findings of two days the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Known {
    code: String,
    path: String,
    fingerprint: String,
}

#[derive(Serialize, Deserialize)]
struct Written {
    version: u32,
    findings: Vec<WrittenFinding>,
}

#[derive(Serialize, Deserialize)]
struct WrittenFinding {
    code: String,
    path: String,
    fingerprint: String,
    count: usize,
}

/// What a baseline made of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// How many findings the baseline knew.
    pub known: usize,
    /// Those that are there no more: code, file and how many.
    pub fixed: Vec<(String, String, usize)>,
}

/// A short name of what a finding says: the same on every day, in every language and at every line.
pub fn fingerprint(finding: &Finding) -> String {
    let mut text = format!("{}\n{}\n{}\n", finding.code, finding.place.path, finding.variant);
    if let Some(item) = &finding.item {
        text.push_str(&format!("item {item}\n"));
    }
    if let Some(role) = &finding.role {
        text.push_str(&format!("role {role}\n"));
    }
    for (name, value) in &finding.values {
        text.push_str(&format!("{name} {}\n", value.get(&Language::english())));
    }
    let first = hash_of(text.as_bytes()).first_chunk().copied().unwrap_or_default();
    format!("{:016x}", u64::from_be_bytes(first))
}

impl Baseline {
    /// The baseline that knows all findings of a report.
    pub fn of(report: &Report<'_>) -> Self {
        let mut known = BTreeMap::new();
        for entry in &report.entries {
            *known.entry(known_as(entry.finding)).or_default() += 1;
        }
        Self { known }
    }

    /// Reads a baseline file.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        let written: Written = serde_json::from_str(text)?;
        let known = written
            .findings
            .into_iter()
            .map(|found| (Known { code: found.code, path: found.path, fingerprint: found.fingerprint }, found.count));
        Ok(Self { known: known.collect() })
    }

    /// The text of a baseline file.
    pub fn write(&self) -> String {
        let finding = |(known, count): (&Known, &usize)| {
            let Known { code, path, fingerprint } = known.clone();
            WrittenFinding { code, path, fingerprint, count: *count }
        };
        let written = Written { version: 1, findings: self.known.iter().map(finding).collect() };
        json_document(&written)
    }

    /// Takes what it knows out of a report.
    pub fn apply(&self, report: &mut Report<'_>) -> Compared {
        let mut left = self.known.clone();
        let before = report.entries.len();
        report.entries.retain(|entry| match left.get_mut(&known_as(entry.finding)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
        let mut fixed: BTreeMap<(String, String), usize> = BTreeMap::new();
        for (known, count) in left.into_iter().filter(|(_, count)| *count > 0) {
            *fixed.entry((known.code, known.path)).or_default() += count;
        }
        let fixed = fixed.into_iter().map(|((code, path), count)| (code, path, count)).collect();
        Compared { known: before - report.entries.len(), fixed }
    }
}

fn known_as(finding: &Finding) -> Known {
    Known { code: finding.code.to_owned(), path: finding.place.path.to_string(), fingerprint: fingerprint(finding) }
}
