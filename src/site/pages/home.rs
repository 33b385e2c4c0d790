//! `index.html`: the state of the ISMS at a glance, each figure a link to where it can be mended, and the book's own words.

use serde::Serialize;

use crate::address::View;
use crate::catalog::{Group, ItemKind};
use crate::derive::{Applicability, RiskEntry, SoaLine};
use crate::finding::Severity;
use crate::site::context::Context;
use crate::site::drawings::heatmap::{HeatMap, heat_map};
use crate::site::links::{Links, group_anchor};
use crate::site::page::{Branch, Page};
use crate::site::parts::dashboard::{self, Change, Count, Proven};
use crate::site::parts::due::{DueView, due_view};
use crate::site::parts::progress::{Progress, by_catalog_and_role, progress};
use crate::site::theme::Values;
use crate::site::view::Link;

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
    soa: String,
    progress: Vec<Progress>,
    soa_states: Vec<Count>,
    themes: Vec<Progress>,
    themes_title: String,
    undecided: Vec<Link>,
    undecided_more: String,
    register: String,
    map: Option<HeatMap>,
    calendar: String,
    due: Vec<DueView>,
    due_more: String,
    documents: String,
    document_states: Vec<Count>,
    findings_page: String,
    findings: Vec<Count>,
    rules: Vec<Count>,
    accepted: usize,
    requirements: String,
    proven: Vec<Proven>,
    changes: Vec<Change>,
    /// What to do first, where something is missing altogether.
    steps: Vec<Step>,
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

/// What to do where something is missing.
#[derive(Debug, Serialize)]
struct Step {
    title: String,
    text: String,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let index = context.book().folders.first().and_then(|top| top.index).map(|key| context.document(key));
    let config = &context.book().config;
    let title = index.map_or_else(|| context.text(&config.title), |document| context.text(&document.title));
    let summary = index.map(|document| context.text(&document.summary)).unwrap_or_default();
    Page {
        title: title.clone(),
        template: "home.html",
        description: summary.clone(),
        breadcrumb: Vec::new(),
        branch: Branch::Top,
        previous: None,
        next: None,
        values: Values::new(&view(context, title, summary)),
    }
}

fn view(context: &Context<'_>, title: String, summary: String) -> HomeView {
    let derived = context.derived();
    let page = |view: View| context.links.view(view);
    let more = |count: usize| {
        if count > LIST_MAX { context.fill("more", &[("n", &(count - LIST_MAX).to_string())]) } else { String::new() }
    };
    let (body, body_lang) = text(context);
    let undecided: Vec<_> =
        derived.soa.lines.iter().filter(|line| line.applicability == Applicability::Undecided).collect();
    let due: Vec<_> = derived.due.iter().filter(|due| derived.days_until(due) <= DAYS_AHEAD).collect();
    let rated = derived.risks.iter().any(|risk| risk.is_living() && risk.current().is_some());
    let (themes_title, themes) = themes(context);
    HomeView {
        title,
        organization: context.text(&context.book().config.organization),
        summary,
        body,
        body_lang,
        doors: doors(context),
        tiles: tiles(context),
        soa: page(View::Soa),
        progress: by_catalog_and_role(context),
        soa_states: dashboard::soa_states(context),
        themes,
        themes_title,
        undecided: undecided.iter().take(LIST_MAX).map(|line| context.to_item(&line.item.id)).collect(),
        undecided_more: more(undecided.len()),
        register: page(View::RiskRegister),
        map: rated.then(|| heat_map(context, "residual", &page(View::RiskRegister), RiskEntry::current)),
        calendar: page(View::Calendar),
        due: due.iter().take(LIST_MAX).map(|due| due_view(context, due)).collect(),
        due_more: more(due.len()),
        documents: page(View::Documents),
        document_states: dashboard::document_states(context),
        findings_page: page(View::Findings),
        findings: dashboard::findings(context),
        rules: dashboard::findings_by_rule(context, LIST_MAX),
        accepted: context.snapshot.checked.accepted.len(),
        requirements: page(View::Requirements),
        proven: dashboard::proven(context, LIST_MAX),
        changes: dashboard::changes(context, LIST_MAX),
        steps: steps(context),
    }
}

/// The text of `content/index.md`, and its language where it is not the page's.
fn text(context: &Context<'_>) -> (String, String) {
    let Some(key) = context.book().folders.first().and_then(|top| top.index) else { return Default::default() };
    let document = context.document(key);
    let (_, language) = document.manuscript(context.language);
    let lang = if language == context.words.language() { String::new() } else { language.to_string() };
    (context.body(document).html.clone(), lang)
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
                link: Link::new(context.links.folder(&folder.path, book), &context.folder_title(*at)),
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
    let living = derived.living_risks();
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
    let days = || derived.due.iter().map(|due| derived.days_until(due));
    let overdue = days().filter(|days| *days < 0).count();
    let coming = days().filter(|days| (0..=DAYS_AHEAD).contains(days)).count();
    let found = &context.snapshot.checked.findings;
    let errors = found.iter().filter(|finding| finding.severity == Severity::Error).count();
    let fill = |key: &str, n: usize| context.fill(key, &[("n", &n.to_string())]);
    // Where something is to be done the figure leads to just that.
    let tile = |figure: String, name: &str, note: String, (page, filter): (View, &str), good: bool| Tile {
        figure,
        label: context.say(&format!("home.{name}")),
        note,
        href: format!("{}{}", context.links.view(page), if good { "" } else { filter }),
        state: if good { "good" } else { "attention" },
    };
    vec![
        tile(
            format!("{decided}/{}", totals.all()),
            "decided",
            fill("home.undecided-count", totals.undecided),
            (View::Soa, "#applicability=undecided"),
            totals.undecided == 0,
        ),
        tile(above.to_string(), "above", risk_count, (View::RiskRegister, "#state=unaccepted"), unaccepted == 0),
        tile(coming.to_string(), "coming", fill("home.overdue-count", overdue), (View::Calendar, ""), overdue == 0),
        tile(found.len().to_string(), "findings", fill("home.error-count", errors), (View::Findings, ""), errors == 0),
    ]
}

/// The themes of the first catalog, and what they are called together.
fn themes(context: &Context<'_>) -> (String, Vec<Progress>) {
    let Some(catalog) = context.book().active_catalogs(ItemKind::Control).next() else { return Default::default() };
    let lines = || context.derived().soa.lines.iter().filter(|line| line.item.id.catalog.as_str() == catalog.id);
    let of_group = |group: &Group| {
        let within = |line: &&SoaLine| catalog.top_group(&line.item.group).is_some_and(|top| top.id == group.id);
        let anchor = Links::encode_fragment(&group_anchor(&catalog.id, &group.id));
        let label = Link::new(context.links.view(View::Soa), &context.text(&group.title));
        progress(context, label.at(&format!("group={anchor}")), lines().filter(within))
    };
    let tops = catalog.groups.iter().filter(|group| group.parent.is_none());
    let title = context.fill("home.themes", &[("catalog", &context.text(&catalog.title))]);
    (title, tops.map(of_group).filter(|progress| progress.all > 0).collect())
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
