//! `index.html`: the state of the ISMS at a glance, each figure a link to where it can be mended, and the book's own words.

use serde::Serialize;

use super::super::body;
use super::super::context::Context;
use super::super::due::{DueView, due_view};
use super::super::heatmap::{HeatMap, heat_map};
use super::super::notice::severity;
use super::super::progress::{Progress, by_catalog_and_role, progress};
use super::super::theme::View;
use super::super::view::{Badge, Choice, Link};
use super::{Branch, Page};
use crate::book::Document;
use crate::catalog::ItemKind;
use crate::date::Date;
use crate::derive::Applicability;
use crate::document::Status;
use crate::finding::Severity;

/// How far ahead the home page looks.
const DAYS_AHEAD: i32 = 90;

/// The most entries of each of its lists.
const LIST_MAX: usize = 6;

#[derive(Debug, Serialize)]
struct HomeView {
    title: String,
    organization: String,
    summary: String,
    /// The text of `content/index.md`.
    body: String,
    body_lang: String,
    /// The folders, as doors into the manual.
    doors: Vec<Door>,
    tiles: Vec<Tile>,
    progress: Vec<Progress>,
    themes: Vec<Progress>,
    undecided: Vec<Link>,
    undecided_more: String,
    map: Option<HeatMap>,
    due: Vec<DueView>,
    due_more: String,
    statuses: Vec<StatusCount>,
    changes: Vec<Change>,
    findings: Vec<StatusCount>,
    accepted: usize,
    /// What to do first, where something is missing altogether.
    steps: Vec<Step>,
    links: Vec<Choice>,
}

#[derive(Debug, Serialize)]
struct Door {
    link: Link,
    summary: String,
}

/// One figure.
#[derive(Debug, Serialize)]
struct Tile {
    figure: String,
    label: String,
    note: String,
    href: String,
    state: &'static str,
}

#[derive(Debug, Serialize)]
struct StatusCount {
    badge: Badge,
    count: usize,
}

/// A change of a document.
#[derive(Debug, Serialize)]
struct Change {
    date: String,
    document: Link,
    version: String,
    summary: String,
    lang: String,
}

/// What to do where something is missing.
#[derive(Debug, Serialize)]
struct Step {
    title: String,
    text: String,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let book = context.book();
    let index = book.folders.first().and_then(|top| top.index).map(|key| context.document(key));
    let title = index.map_or_else(|| context.text(&book.config.title), |document| context.text(&document.title));
    let (body, body_lang) = index.map(|document| text(context, document)).unwrap_or_default();
    let undecided: Vec<_> =
        context.derived().soa.lines.iter().filter(|line| line.applicability == Applicability::Undecided).collect();
    let last = context.today().days_after(DAYS_AHEAD);
    let due: Vec<_> = context.derived().due.iter().filter(|due| due.date <= last).collect();
    let more = |count: usize| {
        if count > LIST_MAX { context.fill("more", &[("n", &(count - LIST_MAX).to_string())]) } else { String::new() }
    };
    let rated = context.derived().risks.iter().any(|risk| !risk.retired && risk.current().is_some());
    let view = HomeView {
        organization: context.text(&book.config.organization),
        summary: index.map(|document| context.text(&document.summary)).unwrap_or_default(),
        body,
        body_lang,
        doors: doors(context),
        tiles: tiles(context),
        progress: by_catalog_and_role(context),
        themes: themes(context),
        undecided: undecided.iter().take(LIST_MAX).map(|line| context.to_item(&line.item.id)).collect(),
        undecided_more: more(undecided.len()),
        map: rated.then(|| {
            heat_map(context, "residual", &context.links.view("risk-register.html"), crate::derive::RiskEntry::current)
        }),
        due: due.iter().take(LIST_MAX).map(|due| due_view(context, due)).collect(),
        due_more: more(due.len()),
        statuses: statuses(context),
        changes: changes(context),
        findings: findings(context),
        accepted: context.snapshot.checked.accepted.len(),
        steps: steps(context),
        links: ["soa", "risk-register", "requirements", "documents", "calendar", "findings"]
            .iter()
            .map(|name| Choice { value: (*name).to_owned(), text: context.links.view(&format!("{name}.html")) })
            .collect(),
        title: title.clone(),
    };
    Page {
        title,
        template: "home.html",
        description: index.map(|document| context.text(&document.summary)).unwrap_or_default(),
        breadcrumb: Vec::new(),
        branch: Branch::Top,
        previous: None,
        next: None,
        view: View::new(&view),
    }
}

fn text(context: &Context<'_>, document: &Document) -> (String, String) {
    let (_, language) = document.manuscript(context.language);
    let lang = if language == context.words.language() { String::new() } else { language.to_string() };
    (body::document(context.book(), document, context.language, &context.links).html, lang)
}

fn doors(context: &Context<'_>) -> Vec<Door> {
    let book = context.book();
    let folders = book.folders.first().map(|top| top.folders.as_slice()).unwrap_or_default();
    let door = |at: &usize| {
        let folder = &book.folders[*at];
        match folder.index {
            Some(key) => Door {
                link: Link { id: String::new(), ..context.to_document(key) },
                summary: context.text(&context.document(key).summary),
            },
            None => Door {
                link: Link::new(
                    context.links.folder(&folder.path),
                    &super::super::shared::folder_title(book, *at, context.language),
                ),
                summary: String::new(),
            },
        }
    };
    folders.iter().map(door).collect()
}

fn tiles(context: &Context<'_>) -> Vec<Tile> {
    let derived = context.derived();
    let totals = derived.soa.totals;
    let decided = totals.applicable + totals.excluded;
    let living = derived.risks.iter().filter(|risk| !risk.retired);
    let acceptable = context.book().config.risk.acceptable;
    let is_above = |risk: &&crate::derive::RiskEntry| risk.current().is_some_and(|rated| rated.score > acceptable);
    let above = living.clone().filter(is_above).count();
    let unaccepted = living
        .clone()
        .filter(is_above)
        .filter(|risk| risk.acceptances.iter().all(|acceptance| !acceptance.holds))
        .count();
    let risks = [("n", living.count().to_string()), ("m", unaccepted.to_string())];
    let risk_count = context.fill("home.risk-count", &risks.each_ref().map(|(name, count)| (*name, count.as_str())));
    let overdue = derived.due.iter().filter(|due| due.date < context.today()).count();
    let last = context.today().days_after(DAYS_AHEAD);
    let coming = derived.due.iter().filter(|due| due.date >= context.today() && due.date <= last).count();
    let found = &context.snapshot.checked.findings;
    let errors = found.iter().filter(|finding| finding.severity == Severity::Error).count();
    let fill = |key: &str, n: usize| context.fill(key, &[("n", &n.to_string())]);
    let tile = |figure: String, name: &str, note: String, page: &str, good: bool| Tile {
        figure,
        label: context.say(&format!("home.{name}")),
        note,
        href: context.links.view(page),
        state: if good { "good" } else { "attention" },
    };
    vec![
        tile(
            format!("{decided}/{}", totals.all()),
            "decided",
            fill("home.undecided-count", totals.undecided),
            "soa.html",
            totals.undecided == 0,
        ),
        tile(above.to_string(), "above", risk_count, "risk-register.html", unaccepted == 0),
        tile(coming.to_string(), "coming", fill("home.overdue-count", overdue), "calendar.html", overdue == 0),
        tile(found.len().to_string(), "findings", fill("home.error-count", errors), "findings.html", errors == 0),
    ]
}

/// The themes of the first catalog.
fn themes(context: &Context<'_>) -> Vec<Progress> {
    let Some(catalog) = context.book().active_catalogs(ItemKind::Control).next() else { return Vec::new() };
    let lines = || context.derived().soa.lines.iter().filter(|line| line.item.id.catalog.as_str() == catalog.id);
    let tops = catalog.groups.iter().filter(|group| group.parent.is_none());
    let of_group = |group: &crate::catalog::Group| {
        let within =
            |line: &&crate::derive::SoaLine| catalog.top_group(&line.item.group).is_some_and(|top| top.id == group.id);
        let page = context.links.view("soa.html");
        let label =
            Link::new(page, &context.text(&group.title)).at(&super::super::links::group_anchor(&catalog.id, &group.id));
        progress(context, label, lines().filter(within))
    };
    tops.map(of_group).filter(|progress| progress.all > 0).collect()
}

fn statuses(context: &Context<'_>) -> Vec<StatusCount> {
    let all = [Status::Approved, Status::Review, Status::Draft, Status::Retired];
    let count =
        |status: Status| context.book().documents.iter().filter(|document| document.status() == Some(status)).count();
    let badge = |status: Status| {
        let word = crate::value::word_of(status);
        StatusCount { badge: Badge::new(word, &context.word(&format!("document-status.{word}"))), count: count(status) }
    };
    all.into_iter().map(badge).filter(|status| status.count > 0).collect()
}

fn findings(context: &Context<'_>) -> Vec<StatusCount> {
    let found = &context.snapshot.checked.findings;
    let count = |weight: Severity| found.iter().filter(|finding| finding.severity == weight).count();
    [Severity::Error, Severity::Warning, Severity::Info]
        .map(|weight| StatusCount { badge: severity(context, weight), count: count(weight) })
        .into()
}

/// The newest revisions of all documents.
fn changes(context: &Context<'_>) -> Vec<Change> {
    let mut newest: Vec<(Date, &Document, &crate::document::Revision)> = Vec::new();
    for document in &context.book().documents {
        let dated =
            document.metadata().revisions.iter().filter_map(|revision| Some((revision.date.as_ref()?.value, revision)));
        newest.extend(
            dated
                .filter(|(date, _)| *date <= context.today())
                .max_by_key(|(date, _)| *date)
                .map(|(date, revision)| (date, document, revision)),
        );
    }
    newest.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.key.cmp(&b.1.key)));
    let change = |(date, document, revision): &(Date, &Document, &crate::document::Revision)| Change {
        date: date.to_string(),
        document: context.to_document(document.key),
        version: revision.version.as_ref().map(|version| version.value.clone()).unwrap_or_default(),
        summary: context.text(&revision.summary),
        lang: context.lang_of(&revision.summary),
    };
    newest.iter().take(LIST_MAX).map(change).collect()
}

/// What a young book lacks, and how to begin.
fn steps(context: &Context<'_>) -> Vec<Step> {
    let derived = context.derived();
    let missing = [
        ("documents", context.book().documents.iter().all(|document| document.kind.is_none())),
        ("scope", derived.scope.documents.is_empty()),
        ("risks", derived.risks.is_empty()),
        ("soa", derived.soa.document.is_none()),
    ];
    let missing = missing.into_iter().filter(|(_, missing)| *missing);
    missing
        .map(|(name, _)| Step {
            title: context.say(&format!("step.{name}.title")),
            text: context.say(&format!("step.{name}.text")),
        })
        .collect()
}
