//! An item in words: what it asks for, what the book says about it and where.

use std::collections::BTreeSet;

use super::fold::fold;
use crate::book::{Book, Reference, ReferenceKind};
use crate::catalog::{Catalogs, ItemKind};
use crate::derive::SoaLine;
use crate::finding::Place;
use crate::id::{ItemId, Role};
use crate::language::Language;
use crate::phrase;
use crate::project::Snapshot;
use crate::report::Report;
use crate::text::LineIndex;
use crate::value::word_of;
use crate::words::Words;

/// What its catalog says: title and, in our own words, what it asks for.
pub(super) fn facts(catalogs: &Catalogs, id: &ItemId, language: &Language, width: usize) -> String {
    let Some(item) = catalogs.item(id) else { return String::new() };
    let catalog = catalogs.get(id.catalog.as_str()).map_or("", |catalog| catalog.title.get(language));
    let named = format!("{} {}", id.id, item.title.get(language));
    let mut text = Words::of(language).fill("cli.explain.heading", &[("what", &named), ("of", catalog)]) + "\n";
    text.push_str(&fold(item.summary.get(language), "  ", width));
    text
}

/// What `explain` prints of an item of a book.
pub(super) fn explain(
    snapshot: &Snapshot,
    id: &ItemId,
    role: Option<&Role>,
    language: &Language,
    width: usize,
) -> String {
    let book = &snapshot.book;
    let words = Words::of(language);
    let mut text = facts(&book.catalogs, id, language, width);
    let kind = book.item(id).map(|item| item.kind);
    let lines: Vec<&SoaLine> =
        snapshot.derived.soa.lines_of(id).filter(|line| role.is_none() || line.role.as_ref() == role).collect();
    for line in &lines {
        text.push_str(&soa_line(book, line, language, words, width));
    }
    if kind == Some(ItemKind::Control) && lines.is_empty() {
        text.push_str(&no_line(book, id, language, words));
    }
    text.push_str(&requirement(snapshot, id, language, words));
    if lines.is_empty() {
        text.push_str(&references(book, id, None, language, words));
    }
    text.push_str(&findings(snapshot, id, role, language, words));
    text
}

/// One line of the statement: its state, why, and every place that says so.
fn soa_line(book: &Book, line: &SoaLine, language: &Language, words: &Words, width: usize) -> String {
    let role = line.role.as_ref().and_then(|role| book.catalogs.get(line.item.id.catalog.as_str())?.role(role));
    let state = words.get(&format!("applicability.{}", line.applicability.word())).to_owned();
    let status = line.status.map(|status| words.get(&format!("implementation.{}", word_of(status))).to_owned());
    let guidance = line.role.as_ref().and_then(|role| line.item.guidance.get(role));
    let mut head: Vec<String> = role.map(|role| role.title.get(language).to_owned()).into_iter().collect();
    head.push(state);
    head.extend(status);
    let mut text = format!("\n{}\n", head.join(" · "));
    text.push_str(&fold(guidance.map_or("", |guidance| guidance.get(language)), "  ", width));
    let mut say = |key: &str, value: &str| {
        if !value.is_empty() {
            text.push_str(&fold(&words.fill(&format!("cli.explain.{key}"), &[("value", value)]), "  ", width));
        }
    };
    say("justification", &phrase::justification(book, line, words, language));
    say("reasons", &phrase::reasons(&line.reasons, words));
    say("owner", line.owner.as_ref().map(|owner| book.person(owner)).as_ref().map_or("", |owner| owner.get(language)));
    say("due", &line.due.map(|due| due.to_string()).unwrap_or_default());
    say(
        "conflict",
        &line.conflict.as_ref().map(|conflict| phrase::conflict(book, conflict, words)).unwrap_or_default(),
    );
    text.push_str(&references(book, &line.item.id, line.role.as_ref(), language, words));
    text
}

/// Why a control has no line: its edition is not used, or no role of ours has guidance in it.
fn no_line(book: &Book, id: &ItemId, language: &Language, words: &Words) -> String {
    let active = book.active_catalogs(ItemKind::Control).any(|catalog| catalog.id == id.catalog.as_str());
    if active {
        return format!("\n{}\n", words.get("cli.explain.no-line"));
    }
    let after: Vec<String> = book
        .active_catalogs(ItemKind::Control)
        .flat_map(|catalog| book.catalogs.mapped(id, catalog))
        .map(|(item, _)| book.item_label(&item.id).get(language).to_owned())
        .collect();
    let key = if after.is_empty() { "cli.explain.unused" } else { "cli.explain.superseded" };
    format!("\n{}\n", words.fill(key, &[("items", &words.join(&after))]))
}

fn requirement(snapshot: &Snapshot, id: &ItemId, language: &Language, words: &Words) -> String {
    let Some(requirement) = snapshot.derived.requirement(id) else { return String::new() };
    let mut text = format!("\n{}\n", words.get(&format!("cli.explain.proof.{}", requirement.state.word())));
    for piece in &requirement.pieces {
        let part = piece.information.part.as_ref().map(|part| format!("{part}) ")).unwrap_or_default();
        let state = words.get(&format!("cli.explain.proof.{}", piece.state.word())).to_owned();
        text.push_str(&format!("  {part}{}: {state}\n", piece.information.title.get(language)));
    }
    for proof in &requirement.proofs {
        text.push_str(&format!("  {}\n", phrase::proof(&snapshot.book, proof, language)));
    }
    text
}

/// Every place that names the item for a role, with what it says. Of the places that merely mention it one a document is
/// enough, and none of a document that says more.
fn references(book: &Book, id: &ItemId, role: Option<&Role>, language: &Language, words: &Words) -> String {
    let speaks =
        |reference: &&Reference| role.is_none_or(|role| reference.roles.is_empty() || reference.roles.contains(role));
    let mut named: Vec<&Reference> = book.references_to(id).filter(speaks).collect();
    named.sort_by_key(|reference| {
        (
            reference.kind,
            reference.from,
            reference.place.path != book.document(reference.from).original.path,
            &reference.place,
        )
    });
    let mut told = BTreeSet::new();
    let mut text = String::new();
    for reference in named {
        let first = told.insert(reference.from);
        if reference.kind == ReferenceKind::Mentions && !first {
            continue;
        }
        let label = book.document(reference.from).label();
        let says = words
            .fill(&format!("cli.explain.reference.{}", word(reference.kind)), &[("document", label.get(language))]);
        text.push_str(&format!("  {}  {says}\n", place(book, &reference.place)));
    }
    text
}

fn word(kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::Implements => "implements",
        ReferenceKind::Selects => "selects",
        ReferenceKind::Obliges => "obliges",
        ReferenceKind::Decides => "decides",
        ReferenceKind::Audits => "audits",
        ReferenceKind::Nonconforms => "nonconforms",
        ReferenceKind::Proves => "proves",
        ReferenceKind::Considers => "considers",
        ReferenceKind::Treats => "treats",
        ReferenceKind::Related => "related",
        ReferenceKind::Mentions => "mentions",
    }
}

fn place(book: &Book, place: &Place) -> String {
    let text = book.text(&place.path).unwrap_or_default();
    let position = LineIndex::new(text).position(text, place.span.start);
    format!("{}:{}:{}", place.path, position.line, position.column)
}

fn findings(snapshot: &Snapshot, id: &ItemId, role: Option<&Role>, language: &Language, words: &Words) -> String {
    let report = Report::of(snapshot, &[], language);
    let of_item = report.entries.iter().filter(|entry| entry.finding.item.as_ref() == Some(id));
    let of_role =
        of_item.filter(|entry| role.is_none() || entry.finding.role.is_none() || entry.finding.role.as_ref() == role);
    let mut text = String::new();
    for entry in of_role {
        let severity = words.get(&format!("report.{}", entry.finding.severity.word())).to_owned();
        text.push_str(&format!("  {severity}[{}]: {}\n", entry.finding.code, entry.message));
        let place = if entry.is_placeless() {
            None
        } else {
            Some(format!("{}:{}:{}", entry.path(), entry.start.line, entry.start.column))
        };
        for more in place.iter().chain(&entry.help) {
            text.push_str(&format!("    {more}\n"));
        }
    }
    if text.is_empty() { text } else { format!("\n{}\n{text}", words.get("cli.explain.findings")) }
}
