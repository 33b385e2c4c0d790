//! The heat map: likelihood across, impact up, and in each cell the risks that stand there.

use serde::Serialize;

use super::context::{Context, heat};
use super::view::Link;
use crate::config::Matrix;
use crate::derive::{Rated, RiskEntry};

/// A heat map with the places of its parts worked out, in units of the drawing.
#[derive(Debug, Serialize)]
pub(super) struct HeatMap {
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
    label: String,
}

/// The risks of one cell.
#[derive(Debug, Serialize)]
struct CellList {
    anchor: String,
    title: String,
    heat: usize,
    risks: Vec<Link>,
}

const LEFT: usize = 108;
const TOP: usize = 8;
const WIDTH: usize = 84;
const HEIGHT: usize = 56;
const GAP: usize = 4;

/// The map of the risks as `rating` sees them. `id` is `inherent` or `residual`; `page` is where the list of cells stands.
pub(super) fn heat_map(
    context: &Context<'_>,
    id: &str,
    page: &str,
    rating: fn(&RiskEntry) -> Option<Rated>,
) -> HeatMap {
    let matrix = &context.book().config.risk.matrix;
    let living: Vec<&RiskEntry> = context.derived().risks.iter().filter(|risk| !risk.retired).collect();
    let (columns, rows) = (matrix.likelihood.len(), matrix.impact.len());
    let at = |likelihood: usize, impact: usize| -> Vec<&RiskEntry> {
        let here = |risk: &&&RiskEntry| {
            rating(risk).is_some_and(|rated| rated.likelihood == likelihood && rated.impact == impact)
        };
        living.iter().filter(here).copied().collect()
    };
    let mut cells = Vec::new();
    let mut lists = Vec::new();
    for impact in (0..rows).rev() {
        for likelihood in 0..columns {
            let risks = at(likelihood, impact);
            let cell =
                cell(context, matrix, (likelihood, impact), risks.len(), &format!("{page}#{id}-{likelihood}-{impact}"));
            if !risks.is_empty() {
                let links = risks.iter().map(|risk| context.to_document(risk.document)).collect();
                let anchor = format!("{id}-{likelihood}-{impact}");
                lists.push((cell.score, CellList { anchor, title: cell.label.clone(), heat: cell.heat, risks: links }));
            }
            cells.push(cell);
        }
    }
    lists.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let unrated =
        living.iter().filter(|risk| rating(risk).is_none()).map(|risk| context.to_document(risk.document)).collect();
    let rated = living.iter().filter(|risk| rating(risk).is_some()).count();
    let title = context.say(&format!("heat-map.{id}"));
    HeatMap {
        id: id.to_owned(),
        text: context.fill("heat-map.text", &[("n", &rated.to_string())]),
        title,
        width: LEFT + columns * (WIDTH + GAP),
        height: TOP + rows * (HEIGHT + GAP) + 44,
        columns: (0..columns)
            .map(|column| {
                label(
                    context,
                    &matrix.likelihood[column].title,
                    LEFT + column * (WIDTH + GAP) + WIDTH / 2,
                    TOP + rows * (HEIGHT + GAP) + 14,
                )
            })
            .collect(),
        rows: (0..rows)
            .map(|row| {
                label(
                    context,
                    &matrix.impact[row].title,
                    LEFT - 10,
                    TOP + (rows - 1 - row) * (HEIGHT + GAP) + HEIGHT / 2 + 5,
                )
            })
            .collect(),
        cells,
        lists: lists.into_iter().map(|(_, list)| list).collect(),
        unrated,
    }
}

fn label(context: &Context<'_>, title: &crate::language::Localized, x: usize, y: usize) -> Label {
    Label { text: context.text(title), x, y }
}

fn cell(
    context: &Context<'_>,
    matrix: &Matrix,
    (likelihood, impact): (usize, usize),
    count: usize,
    href: &str,
) -> Cell {
    let x = LEFT + likelihood * (WIDTH + GAP);
    let y = TOP + (matrix.impact.len() - 1 - impact) * (HEIGHT + GAP);
    let score = matrix.score(likelihood, impact);
    let values = [
        ("likelihood", context.text(&matrix.likelihood[likelihood].title)),
        ("impact", context.text(&matrix.impact[impact].title)),
        ("score", score.to_string()),
        ("n", count.to_string()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Cell {
        x,
        y,
        text_x: x + WIDTH / 2,
        text_y: y + HEIGHT / 2 + 8,
        score_x: x + WIDTH - 7,
        score_y: y + 15,
        score,
        heat: heat(matrix.level(score), matrix.levels.len()),
        count,
        href: href.to_owned(),
        label: context.fill("heat-map.cell", &values),
    }
}
