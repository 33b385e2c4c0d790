//! What the home page counts: each figure leads to the page, and to the filter of it, where the matter can be mended.

use serde::Serialize;

use crate::address::View;
use crate::book::Document;
use crate::catalog::{Catalog, ItemKind};
use crate::date::Date;
use crate::derive::{Piece, RequirementProof, RequirementState};
use crate::document::{Metadata, Status};
use crate::finding::{Code, Severity};
use crate::rules::wording;
use crate::site::context::Context;
use crate::site::links::{Links, group_anchor};
use crate::site::parts::notice::severity;
use crate::site::parts::progress::progress;
use crate::site::view::{Badge, Link, Segment, bar};

/// Something counted.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Count {
    /// What it is.
    pub(in crate::site) link: Link,
    /// What it is, as a state.
    pub(in crate::site) badge: Option<Badge>,
    /// The word that the style sheet knows.
    pub(in crate::site) kind: String,
    /// How many.
    pub(in crate::site) number: usize,
}

/// How far the requirements of a catalog are proven.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Proven {
    title: Link,
    bar: Vec<Segment>,
    text: String,
    clauses: Vec<Clause>,
    /// What nothing proves.
    missing: Vec<Link>,
}

/// One clause.
#[derive(Debug, Serialize)]
struct Clause {
    link: Link,
    proven: usize,
    all: usize,
}

/// The last change of a document.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Change {
    date: String,
    document: Link,
    version: String,
    summary: String,
    lang: String,
}

/// The lines of the SoA by state.
pub(in crate::site) fn soa_states(context: &Context<'_>) -> Vec<Count> {
    let all = progress(context, Link::default(), context.derived().soa.lines.iter());
    let count = |segment: Segment| {
        let filter = match segment.kind.as_str() {
            "excluded" | "undecided" => format!("applicability={}", segment.kind),
            "unknown" => "applicability=applicable".to_owned(),
            status => format!("status={status}"),
        };
        let link = Link::new(context.links.view(View::Soa), &segment.text).at(&filter);
        Count { link, badge: None, kind: segment.kind, number: segment.count }
    };
    all.bar.into_iter().map(count).collect()
}

/// The documents by state; those that say nothing of theirs stand last.
pub(in crate::site) fn document_states(context: &Context<'_>) -> Vec<Count> {
    let all = [Some(Status::Approved), Some(Status::Review), Some(Status::Draft), Some(Status::Retired), None];
    let count = |status: Option<Status>| {
        let of = |document: &&Document| document.kind.is_some() && document.status() == status;
        let page = context.links.view(View::Documents);
        let (kind, text, link) = match status.map(crate::value::word_of) {
            Some(word) => {
                let link = Link::new(page, "").at(&format!("status={word}"));
                (word, context.word(&format!("document-status.{word}")), link)
            }
            None => ("none", context.say("home.no-status"), Link::new(page, "")),
        };
        Count {
            link,
            badge: Some(Badge::new(kind, &text)),
            kind: kind.to_owned(),
            number: context.book().documents.iter().filter(of).count(),
        }
    };
    all.into_iter().map(count).filter(|state| state.number > 0).collect()
}

/// The findings by severity.
pub(in crate::site) fn findings(context: &Context<'_>) -> Vec<Count> {
    let found = &context.snapshot.checked.findings;
    let count = |weight: Severity| Count {
        link: Link::new(context.links.view(View::Findings), ""),
        badge: Some(severity(context, weight)),
        kind: weight.word().to_owned(),
        number: found.iter().filter(|finding| finding.severity == weight).count(),
    };
    [Severity::Error, Severity::Warning, Severity::Info].map(count).into()
}

/// The rules that found something, the gravest and most frequent first.
pub(in crate::site) fn findings_by_rule(context: &Context<'_>, most: usize) -> Vec<Count> {
    let mut by_rule: Vec<(Severity, usize, Code)> = Vec::new();
    for finding in &context.snapshot.checked.findings {
        match by_rule.iter_mut().find(|(_, _, code)| *code == finding.code) {
            Some((weight, count, _)) => {
                *count += 1;
                *weight = (*weight).max(finding.severity);
            }
            None => by_rule.push((finding.severity, 1, finding.code)),
        }
    }
    by_rule.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| b.1.cmp(&a.1)).then_with(|| a.2.cmp(b.2)));
    let count = |(weight, count, code): (Severity, usize, Code)| {
        let title = &wording::of(code, context.words.language()).title;
        let link = Link { id: code.to_owned(), ..Link::new(context.links.view(View::Findings), title) };
        Count { link: link.at(code), badge: None, kind: weight.word().to_owned(), number: count }
    };
    by_rule.into_iter().take(most).map(count).collect()
}

/// How far the requirements of each catalog that demands anything in writing are proven, clause by clause.
pub(in crate::site) fn proven(context: &Context<'_>, most: usize) -> Vec<Proven> {
    let catalogs = context.book().active_catalogs(ItemKind::Requirement);
    catalogs.map(|catalog| proven_of(context, catalog, most)).filter(|proven| !proven.bar.is_empty()).collect()
}

fn proven_of(context: &Context<'_>, catalog: &Catalog, most: usize) -> Proven {
    let states = || {
        let all = context.derived().requirements.iter();
        all.filter(|state| state.item.id.catalog.as_str() == catalog.id)
    };
    let page = context.links.view(View::Requirements);
    let in_state = |state: &&Piece, wanted: RequirementProof| state.state == wanted;
    let count = |wanted: RequirementProof| {
        states().flat_map(|state| &state.pieces).filter(|piece| in_state(piece, wanted)).count()
    };
    let mut clauses: Vec<(String, Clause)> = Vec::new();
    for state in states().filter(|state| !state.item.heading) {
        let Some(group) = catalog.top_group(&state.item.group) else { continue };
        if clauses.last().is_none_or(|(id, _)| *id != group.id) {
            let anchor = Links::encode_fragment(&group_anchor(&catalog.id, &group.id));
            let link = Link { id: group.id.clone(), ..Link::new(page.clone(), &context.text(&group.title)) };
            clauses.push((group.id.clone(), Clause { link: link.at(&anchor), proven: 0, all: 0 }));
        }
        if let Some((_, clause)) = clauses.last_mut() {
            clause.all += state.pieces.len();
            clause.proven += state.pieces.iter().filter(|piece| in_state(piece, RequirementProof::Proven)).count();
        }
    }
    let word = |key: &str| context.word(&format!("proof-state.{key}"));
    let bar = bar(&[
        ("proven", &word("proven"), count(RequirementProof::Proven)),
        ("drafts-only", &word("draft"), count(RequirementProof::Draft)),
        ("unproven", &word("unproven"), count(RequirementProof::Unproven)),
    ]);
    let said: Vec<String> = bar.iter().map(|segment| format!("{} {}", segment.text, segment.count)).collect();
    let lacks =
        |state: &&RequirementState| state.pieces.iter().any(|piece| in_state(&piece, RequirementProof::Unproven));
    Proven {
        title: Link::new(page, &context.text(&catalog.title)).at(&catalog.id),
        bar,
        text: context.words.join(&said),
        clauses: clauses.into_iter().map(|(_, clause)| clause).collect(),
        missing: states().filter(lacks).take(most).map(|state| context.to_item(&state.item.id)).collect(),
    }
}

/// The newest changes of all documents; where none is written in any, what git knows of the files.
pub(in crate::site) fn changes(context: &Context<'_>, most: usize) -> Vec<Change> {
    let edited = |document: &Document| context.book().history.get(&document.original.path).map(|file| file.last.day);
    let mut newest = dated(context, |document| written(context, document.control(context.language)));
    if newest.is_empty() {
        newest = dated(context, |document| context.derived().past(edited(document).into_iter()).next());
    }
    newest.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.key.cmp(&b.1.key)));
    newest.into_iter().take(most).map(|(date, document)| change(context, date, document)).collect()
}

fn dated<'a>(context: &Context<'a>, day: impl Fn(&Document) -> Option<Date>) -> Vec<(Date, &'a Document)> {
    context.book().documents.iter().filter_map(|document| Some((day(document)?, document))).collect()
}

/// The day of the newest revision, else that of the approval.
fn written(context: &Context<'_>, metadata: &Metadata) -> Option<Date> {
    let revisions = metadata.revisions.iter().filter_map(|revision| Some(revision.date.as_ref()?.value));
    let approved = metadata.approved.iter().map(|date| date.value);
    context.derived().past(revisions).max().or_else(|| context.derived().past(approved).next())
}

fn change(context: &Context<'_>, date: Date, document: &Document) -> Change {
    let metadata = document.control(context.language);
    let written =
        metadata.revisions.iter().find(|revision| revision.date.as_ref().is_some_and(|day| day.value == date));
    let version = written.map_or(&metadata.version, |revision| &revision.version);
    let approved = metadata.approved.as_ref().is_some_and(|day| day.value == date);
    let summary = written.map(|revision| context.text(&revision.summary)).filter(|summary| !summary.is_empty());
    let otherwise = || context.say(if approved { "home.approved" } else { "home.edited" });
    Change {
        date: date.to_string(),
        document: context.to_document(document.key),
        version: version.as_ref().map(|version| version.value.clone()).unwrap_or_default(),
        lang: written.map(|revision| context.lang_of(&revision.summary)).unwrap_or_default(),
        summary: summary.unwrap_or_else(otherwise),
    }
}
