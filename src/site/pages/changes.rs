//! `changes.html`: what differs from an earlier state of the book, where `[build] compare_with` asks for it.

use serde::Serialize;

use crate::address::View;
use crate::changes::{Change, Changed, Changes, Comparison, Entry, Field, Subject, What, count};
use crate::export::changes::Reader;
use crate::language::Language;
use crate::site::context::Context;
use crate::site::page::{Page, top_page};
use crate::site::parts::notice::severity;
use crate::site::theme::Values;
use crate::site::view::{Badge, Fact, Link};

#[derive(Debug, Default, Serialize)]
struct ChangesView {
    lead: String,
    /// Why nothing could be compared; empty where it could.
    failed: String,
    why: String,
    facts: Vec<Fact>,
    /// Whether nothing differs.
    same: bool,
    kinds: Vec<String>,
    counts: Vec<CountRow>,
    lists: Vec<List>,
    findings: Vec<FindingRow>,
    settings: Vec<String>,
}

/// How many of one kind of thing are what.
#[derive(Debug, Serialize)]
struct CountRow {
    label: Link,
    counts: Vec<usize>,
}

/// All things of one kind that differ.
#[derive(Debug, Serialize)]
struct List {
    anchor: &'static str,
    title: String,
    rows: Vec<Row>,
}

/// One thing that differs.
#[derive(Debug, Serialize)]
struct Row {
    /// What became of it, where that is more than a change.
    change: Option<Badge>,
    subject: Link,
    role: String,
    /// Rows of the table that it takes.
    height: usize,
    fields: Vec<FieldRow>,
    /// What is worth knowing about one that was added.
    facts: Vec<FieldRow>,
}

/// One thing about it.
#[derive(Debug, Serialize)]
struct FieldRow {
    label: String,
    old: Vec<Link>,
    new: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct FindingRow {
    rule: Link,
    severity: Badge,
    new: usize,
    mended: usize,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let view = match context.comparison.and_then(Comparison::changes) {
        Some(changes) => compared(context, changes),
        None => failed(context),
    };
    let view = ChangesView { lead: context.say("changes.lead"), ..view };
    top_page(context, View::Changes, Values::new(&view))
}

fn failed(context: &Context<'_>) -> ChangesView {
    let with = context.comparison.map(|comparison| comparison.with.as_str()).unwrap_or_default();
    ChangesView {
        failed: context.fill("changes.failed", &[("revision", with)]),
        why: context.comparison.and_then(Comparison::failure).map(|why| context.text(why)).unwrap_or_default(),
        ..ChangesView::default()
    }
}

fn compared(context: &Context<'_>, changes: &Changes) -> ChangesView {
    let reader = Reader::new(changes, context.language);
    let lists = [
        ("documents", "document", &changes.documents),
        ("lines", "line", &changes.lines),
        ("risks", "risk", &changes.risks),
    ];
    let title = |name: &str| context.word(&format!("changes.{name}"));
    let counts = lists.map(|(name, _, changed)| CountRow {
        label: Link::new(format!("#{name}"), &title(name)),
        counts: Change::ALL.map(|change| count(changed, change)).into(),
    });
    let list = |(anchor, kind, changed): (&'static str, &str, &Vec<Changed>)| List {
        anchor,
        title: title(anchor),
        rows: changed.iter().map(|changed| row(context, reader, kind, changed)).collect(),
    };
    ChangesView {
        facts: vec![
            Fact::text(&context.say("changes.compared"), &reader.state(&changes.old)),
            Fact::text(&context.say("changes.now"), &reader.state(&changes.new)),
            Fact::text(&context.word("changes.as-of"), &changes.as_of.to_string()),
        ],
        same: changes.is_empty(),
        kinds: Change::ALL.map(|change| title(change.word())).into(),
        counts: counts.into(),
        lists: lists.map(list).into_iter().filter(|list| !list.rows.is_empty()).collect(),
        findings: findings(context, changes),
        settings: changes.settings.clone(),
        ..ChangesView::default()
    }
}

fn row(context: &Context<'_>, reader: Reader<'_>, kind: &str, changed: &Changed) -> Row {
    let word = changed.change.word();
    let rows: Vec<FieldRow> = changed.fields.iter().map(|field| field_row(context, reader, kind, field)).collect();
    let (facts, fields) = if changed.change == Change::Added { (rows, Vec::new()) } else { (Vec::new(), rows) };
    let badge = || Badge::new(word, &context.word(&format!("changes.{word}")));
    Row {
        change: (changed.change != Change::Changed).then(badge),
        subject: subject(context, &changed.subject),
        role: changed.subject.role(context.language).to_owned(),
        height: fields.len().max(1),
        fields,
        facts,
    }
}

fn subject(context: &Context<'_>, subject: &Subject) -> Link {
    match subject {
        Subject::Document { now: Some(key), .. } => context.to_document(*key),
        Subject::Line { item, now: true, .. } => context.to_item(item),
        _ => Link {
            id: subject.id().to_owned(),
            text: context.text(subject.title()),
            lang: context.lang_of(subject.title()),
            href: String::new(),
        },
    }
}

fn field_row(context: &Context<'_>, reader: Reader<'_>, kind: &str, field: &Field) -> FieldRow {
    let label = reader.label(kind, field);
    let links = |entries: &[Entry]| entries.iter().map(|entry| link(context, entry, context.language)).collect();
    match &field.what {
        What::One { old, new } => {
            let other = reader.differing_language(old.as_ref(), new.as_ref());
            let one = |entry: &Option<Entry>| -> Vec<Link> {
                entry.iter().map(|entry| link(context, entry, other.unwrap_or(context.language))).collect()
            };
            FieldRow { label, old: one(old), new: one(new) }
        }
        What::Many { removed, added } => FieldRow { label, old: links(removed), new: links(added) },
        What::Parts { .. } | What::Keys(_) => {
            let lang = match &field.what {
                What::Parts { language: Some(language), .. } if language != context.language => language.to_string(),
                _ => String::new(),
            };
            let shown = Link { lang, ..Link::text(&reader.shown(kind, field).new) };
            FieldRow { label, old: Vec::new(), new: vec![shown] }
        }
    }
}

/// A value as a link where it leads anywhere in this book.
fn link(context: &Context<'_>, entry: &Entry, language: &Language) -> Link {
    let shown = entry.text(language);
    let lang = if language == context.language { String::new() } else { language.to_string() };
    let plain = Link { lang, ..Link::text(&shown) };
    match entry {
        Entry::Document { now: Some(key), .. } => Link { href: context.to_document(*key).href, ..plain },
        Entry::Item { item, .. } => Link { href: context.to_item(item).href, ..plain },
        _ => plain,
    }
}

fn findings(context: &Context<'_>, changes: &Changes) -> Vec<FindingRow> {
    let rules = changes.findings.rules.iter();
    let page = context.links.view(View::Findings);
    let row = |rule: &crate::changes::RuleChange| FindingRow {
        rule: Link {
            id: rule.code.to_owned(),
            href: if rule.new > 0 { format!("{page}#{}", rule.code) } else { String::new() },
            ..Link::text(&crate::rules::wording::of(rule.code, context.words.language()).title)
        },
        severity: severity(context, rule.severity),
        new: rule.new,
        mended: rule.mended,
    };
    rules.map(row).collect()
}
