//! The heat map: likelihood across, impact up, and in each cell the risks that stand there.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::{Matrix, MatrixRule};
use crate::derive::{Rated, RiskEntry};
use crate::language::Localized;
use crate::site::context::{Context, heat};
use crate::site::view::Link;

/// A heat map with the places of its parts worked out, in units of the drawing.
#[derive(Debug, Serialize)]
pub(in crate::site) struct HeatMap {
    /// Tells this map from another on the page.
    id: String,
    title: String,
    /// What the map shows, in a sentence.
    text: String,
    width: usize,
    height: usize,
    columns: Vec<Label>,
    rows: Vec<Label>,
    cells: Vec<Cell>,
    /// The risks by cell, the highest score first: what the drawing shows, as a list.
    lists: Vec<CellList>,
    /// The risks that have no place on the scales.
    unrated: Vec<Link>,
}

/// The name of a step beside its row or column.
#[derive(Debug, Serialize)]
struct Label {
    text: String,
    x: usize,
    y: usize,
}

/// One cell.
#[derive(Debug, Serialize)]
struct Cell {
    x: usize,
    y: usize,
    text_x: usize,
    text_y: usize,
    score_x: usize,
    score_y: usize,
    score: i64,
    heat: usize,
    count: usize,
    href: String,
    /// Its place, its score and level, and the risks that stand there.
    label: String,
}

/// The risks of one cell.
#[derive(Debug, Serialize)]
struct CellList {
    anchor: String,
    title: String,
    heat: usize,
    risks: Vec<Link>,
    /// How many more the register has.
    more: String,
}

/// The matrix in words: what a reader of the maps has to know.
#[derive(Debug, Serialize)]
pub(in crate::site) struct MatrixView {
    title: String,
    /// How the score is made.
    rule: String,
    levels: Vec<LevelView>,
    /// Which residual risks need no acceptance.
    acceptable: String,
}

/// A level and its scores.
#[derive(Debug, Serialize)]
struct LevelView {
    heat: usize,
    title: String,
    range: String,
}

const LEFT: usize = 108;
const TOP: usize = 8;
const WIDTH: usize = 84;
const HEIGHT: usize = 56;
const GAP: usize = 4;

/// A cell says so many of its risks by name.
const NAMED_MAX: usize = 12;

/// The list below the map names so many of a cell; the rows of the register are all there.
const LISTED_MAX: usize = 60;

/// A register of more risks than this names them by id alone where it lists them beside their own rows, so that a browser
/// on a file share opens it at once.
pub(in crate::site) const DETAILED_MAX: usize = 400;

/// The map of the risks as `rating` sees them. `id` is `inherent` or `residual`; `page` is where the list of cells stands.
pub(in crate::site) fn heat_map(
    context: &Context<'_>,
    id: &str,
    page: &str,
    rating: fn(&RiskEntry) -> Option<Rated>,
) -> HeatMap {
    let matrix = &context.book().config.risk.matrix;
    let living: Vec<&RiskEntry> = context.derived().living_risks().collect();
    let (columns, rows) = (matrix.likelihood.len(), matrix.impact.len());
    let mut at: BTreeMap<(usize, usize), Vec<&RiskEntry>> = BTreeMap::new();
    let mut unrated = Vec::new();
    for risk in &living {
        match rating(risk) {
            Some(rated) => at.entry((rated.likelihood, rated.impact)).or_default().push(risk),
            None => unrated.push(risk_link(context, risk, living.len())),
        }
    }
    let rated = living.len() - unrated.len();
    let mut cells = Vec::new();
    let mut lists = Vec::new();
    for impact in (0..rows).rev() {
        for likelihood in 0..columns {
            let risks = at.remove(&(likelihood, impact)).unwrap_or_default();
            let anchor = format!("{id}-{likelihood}-{impact}");
            // A map on another page may show the inherent level of a risk that has no residual one: the list of the
            // residual cell is not there then.
            let is_there = page.is_empty() || risks.iter().any(|risk| stands_at(risk.residual, likelihood, impact));
            let href = if is_there { format!("{page}#{anchor}") } else { format!("{page}#register") };
            let risks: Vec<Link> = risks.iter().map(|risk| risk_link(context, risk, living.len())).collect();
            let cell = cell(context, (likelihood, impact), &risks, &href);
            if !risks.is_empty() {
                let title = place(context, (likelihood, impact), risks.len());
                let (risks, more) = listed(context, risks);
                lists.push((cell.score, CellList { anchor, title, heat: cell.heat, risks, more }));
            }
            cells.push(cell);
        }
    }
    lists.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let below = TOP + rows * (HEIGHT + GAP) + 14;
    let column = |at: usize| LEFT + at * (WIDTH + GAP) + WIDTH / 2;
    let row = |at: usize| TOP + (rows - 1 - at) * (HEIGHT + GAP) + HEIGHT / 2 + 5;
    HeatMap {
        id: id.to_owned(),
        text: context.fill("heat-map.text", &[("n", &rated.to_string())]),
        title: context.say(&format!("heat-map.{id}")),
        width: LEFT + columns * (WIDTH + GAP),
        height: TOP + rows * (HEIGHT + GAP) + 44,
        columns: (0..columns).map(|at| label(context, &matrix.likelihood[at].title, column(at), below)).collect(),
        rows: (0..rows).map(|at| label(context, &matrix.impact[at].title, LEFT - 10, row(at))).collect(),
        cells,
        lists: lists.into_iter().map(|(_, list)| list).collect(),
        unrated: listed(context, unrated).0,
    }
}

fn stands_at(rated: Option<Rated>, likelihood: usize, impact: usize) -> bool {
    rated.is_some_and(|rated| rated.likelihood == likelihood && rated.impact == impact)
}

/// The first of some risks, and how many more there are in words.
fn listed(context: &Context<'_>, mut risks: Vec<Link>) -> (Vec<Link>, String) {
    let more = risks.len().saturating_sub(LISTED_MAX);
    risks.truncate(LISTED_MAX);
    (risks, if more == 0 { String::new() } else { context.fill("more", &[("n", &more.to_string())]) })
}

/// A risk as lists beside the register's rows name it: where there are very many, by its id alone.
pub(in crate::site) fn risk_link(context: &Context<'_>, risk: &RiskEntry, risks: usize) -> Link {
    let link = context.to_document(risk.document);
    if risks > DETAILED_MAX && !link.id.is_empty() { Link { text: String::new(), ..link } } else { link }
}

/// The matrix that the levels come from.
pub(in crate::site) fn matrix_view(context: &Context<'_>) -> MatrixView {
    let criteria = &context.book().config.risk;
    let matrix = &criteria.matrix;
    let rule = match matrix.rule {
        MatrixRule::Sum => "sum",
        MatrixRule::Product => "product",
        MatrixRule::Grid(_) => "grid",
    };
    let level = |(at, level): (usize, &crate::config::Level)| LevelView {
        heat: heat(at, matrix.levels.len()),
        title: context.text(&level.title),
        range: if level.min == level.max { level.min.to_string() } else { format!("{}–{}", level.min, level.max) },
    };
    MatrixView {
        title: context.text(&matrix.title),
        rule: context.say(&format!("matrix.{rule}")),
        levels: matrix.levels.iter().enumerate().map(level).collect(),
        acceptable: context.fill("risk-register.acceptable", &[("n", &criteria.acceptable.to_string())]),
    }
}

fn label(context: &Context<'_>, title: &Localized, x: usize, y: usize) -> Label {
    Label { text: context.text(title), x, y }
}

/// A cell's place in words: its steps, score and level, and how many risks stand there.
fn place(context: &Context<'_>, (likelihood, impact): (usize, usize), count: usize) -> String {
    let matrix = &context.book().config.risk.matrix;
    let score = matrix.score(likelihood, impact);
    let level = matrix.levels.get(matrix.level(score)).map(|level| context.text(&level.title)).unwrap_or_default();
    let values = [
        ("likelihood", context.text(&matrix.likelihood[likelihood].title)),
        ("impact", context.text(&matrix.impact[impact].title)),
        ("score", score.to_string()),
        ("level", level),
        ("n", count.to_string()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    context.fill("heat-map.cell", &values)
}

fn cell(context: &Context<'_>, (likelihood, impact): (usize, usize), risks: &[Link], href: &str) -> Cell {
    let matrix: &Matrix = &context.book().config.risk.matrix;
    let x = LEFT + likelihood * (WIDTH + GAP);
    let y = TOP + (matrix.impact.len() - 1 - impact) * (HEIGHT + GAP);
    let score = matrix.score(likelihood, impact);
    let place = place(context, (likelihood, impact), risks.len());
    let label = if risks.is_empty() {
        place
    } else {
        context.fill("heat-map.cell-risks", &[("cell", &place), ("risks", &named(context, risks))])
    };
    Cell {
        x,
        y,
        text_x: x + WIDTH / 2,
        text_y: y + HEIGHT / 2 + 8,
        score_x: x + WIDTH - 7,
        score_y: y + 15,
        score,
        heat: heat(matrix.level(score), matrix.levels.len()),
        count: risks.len(),
        href: href.to_owned(),
        label,
    }
}

/// The first of some risks by id, or by title where they have none, and how many more there are.
fn named(context: &Context<'_>, risks: &[Link]) -> String {
    let name = |link: &Link| if link.id.is_empty() { link.text.clone() } else { link.id.clone() };
    let mut names: Vec<String> = risks.iter().take(NAMED_MAX).map(name).collect();
    if risks.len() > NAMED_MAX {
        names.push(context.fill("more", &[("n", &(risks.len() - NAMED_MAX).to_string())]));
    }
    context.words.join(&names)
}
