//! `findings.html`: what the rules found, by rule and document; which rules are turned; what is accepted, by whom and why.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::address::View;
use crate::book::DocumentKey;
use crate::finding::{Code, Finding, Severity};
use crate::rules;
use crate::rules::wording;
use crate::site::context::Context;
use crate::site::page::{Page, top_page};
use crate::site::parts::notice::{Notice, notice, severity};
use crate::site::theme::Values;
use crate::site::view::{Badge, Link};

#[derive(Debug, Serialize)]
struct FindingsView {
    lead: String,
    totals: Vec<Total>,
    rules: Vec<RuleView>,
    documents: Vec<DocumentRow>,
    turned: Vec<Turned>,
    accepted: Vec<AcceptedView>,
}

#[derive(Debug, Serialize)]
struct Total {
    severity: Badge,
    count: usize,
}

/// One rule and all that it found.
#[derive(Debug, Serialize)]
struct RuleView {
    code: &'static str,
    name: &'static str,
    title: String,
    severity: Badge,
    clause: String,
    /// Why it matters, in paragraphs.
    why: Vec<String>,
    count: usize,
    places: Vec<PlaceView>,
}

/// What one rule found in one file.
#[derive(Debug, Serialize)]
struct PlaceView {
    document: Option<Link>,
    file: String,
    findings: Vec<Notice>,
}

#[derive(Debug, Serialize)]
struct DocumentRow {
    link: Link,
    counts: Vec<Total>,
}

/// A rule that `book.toml` turns down, up or off.
#[derive(Debug, Serialize)]
struct Turned {
    code: String,
    title: String,
    from: Option<Badge>,
    to: Badge,
}

#[derive(Debug, Serialize)]
struct AcceptedView {
    finding: Notice,
    reason: String,
    by: String,
    until: String,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let found = &context.snapshot.checked.findings;
    let view = FindingsView {
        lead: context.say("findings.lead"),
        totals: totals(context, found.iter()),
        rules: by_rule(context, found),
        documents: by_document(context, found),
        turned: turned(context),
        accepted: context
            .snapshot
            .checked
            .accepted
            .iter()
            .filter_map(|(finding, at)| accepted(context, finding, *at))
            .collect(),
    };
    top_page(context, View::Findings, Values::new(&view))
}

fn totals<'f>(context: &Context<'_>, findings: impl Iterator<Item = &'f Finding>) -> Vec<Total> {
    let mut counts: BTreeMap<Severity, usize> =
        [Severity::Error, Severity::Warning, Severity::Info].map(|severity| (severity, 0)).into();
    for finding in findings {
        *counts.entry(finding.severity).or_default() += 1;
    }
    counts.into_iter().rev().map(|(weight, count)| Total { severity: severity(context, weight), count }).collect()
}

/// The rules that found something: the gravest first, then by code.
fn by_rule(context: &Context<'_>, found: &[Finding]) -> Vec<RuleView> {
    let mut by_code: BTreeMap<(std::cmp::Reverse<Severity>, Code), Vec<&Finding>> = BTreeMap::new();
    for finding in found {
        by_code.entry((std::cmp::Reverse(finding.severity), finding.code)).or_default().push(finding);
    }
    by_code.into_iter().map(|((weight, code), findings)| rule_view(context, code, weight.0, &findings)).collect()
}

fn rule_view(context: &Context<'_>, code: Code, weight: Severity, findings: &[&Finding]) -> RuleView {
    let words = wording::of(code, context.words.language());
    let mut places: Vec<PlaceView> = Vec::new();
    for finding in findings {
        let notice = notice(context, finding);
        let file = finding.place.path.to_string();
        match places.last_mut() {
            Some(place) if place.file == file => place.findings.push(notice),
            _ => places.push(PlaceView { document: notice.document.clone(), file, findings: vec![notice] }),
        }
    }
    let why = words.sections.get(1).map(|(_, text)| text.as_str()).unwrap_or_default();
    RuleView {
        code,
        name: rules::rule(code).map_or("", |rule| rule.name),
        title: if words.title.is_empty() { code.to_owned() } else { words.title.clone() },
        severity: severity(context, weight),
        clause: words.clause.clone(),
        why: why.split("\n\n").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect(),
        count: findings.len(),
        places,
    }
}

fn by_document(context: &Context<'_>, found: &[Finding]) -> Vec<DocumentRow> {
    let mut by_key: BTreeMap<DocumentKey, Vec<&Finding>> = BTreeMap::new();
    for finding in found {
        if let Some(document) = context.book().document_at(&finding.place.path) {
            by_key.entry(document.key).or_default().push(finding);
        }
    }
    let row = |(key, findings): (DocumentKey, Vec<&Finding>)| {
        let counts = totals(context, findings.into_iter()).into_iter().filter(|total| total.count > 0).collect();
        DocumentRow { link: context.to_document(key), counts }
    };
    by_key.into_iter().map(row).collect()
}

fn turned(context: &Context<'_>) -> Vec<Turned> {
    let row = |(code, to): (&String, &crate::text::Spanned<Option<Severity>>)| {
        let rule = rules::rule(code);
        let title = rule.map(|rule| wording::of(rule.code, context.words.language()).title.clone()).unwrap_or_default();
        let to = to.value.map_or_else(|| Badge::new("off", &context.say("findings.off")), |to| severity(context, to));
        Turned {
            code: rule.map_or_else(|| code.clone(), |rule| rule.code.to_owned()),
            title,
            from: rule.map(|rule| severity(context, rule.severity)),
            to,
        }
    };
    context.book().config.severities.iter().map(row).collect()
}

fn accepted(context: &Context<'_>, finding: &Finding, at: usize) -> Option<AcceptedView> {
    let entry = context.book().config.accepted.get(at)?;
    Some(AcceptedView {
        finding: notice(context, finding),
        reason: context.text(&entry.reason),
        by: context.person(entry.by.as_deref()),
        until: entry.until.map(|until| until.to_string()).unwrap_or_default(),
    })
}
