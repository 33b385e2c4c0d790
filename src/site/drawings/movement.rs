//! The way of the risks from the level before treatment to the level after it: a drawing of streams, and the same as a table.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::derive::{Rated, RiskEntry};
use crate::site::context::{Context, heat};
use crate::site::drawings::heatmap::risk_link;
use crate::site::view::Link;

/// The levels before and after treatment, and how many risks go from the one to the other.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Movement {
    /// What the drawing shows, in a sentence.
    text: String,
    width: usize,
    height: usize,
    /// Where the names above the two sides stand.
    sides: Vec<Side>,
    blocks: Vec<Block>,
    streams: Vec<Stream>,
    /// The levels after treatment, the highest first.
    columns: Vec<String>,
    rows: Vec<Row>,
}

/// The name of a side.
#[derive(Debug, Serialize)]
struct Side {
    text: String,
    x: usize,
    end: bool,
}

/// The risks of one level on one side.
#[derive(Debug, Serialize)]
struct Block {
    x: usize,
    y: usize,
    height: usize,
    heat: usize,
    text: String,
    text_x: usize,
    text_y: usize,
    /// Whether the words stand left of it.
    left: bool,
}

/// The risks that go from one level to another.
#[derive(Debug, Serialize)]
struct Stream {
    path: String,
    heat: usize,
    text: String,
}

/// The risks of one level before treatment, by the level after it.
#[derive(Debug, Serialize)]
struct Row {
    level: String,
    heat: usize,
    cells: Vec<Cell>,
}

#[derive(Debug, Serialize)]
struct Cell {
    /// In words, where there are any.
    count: String,
    /// Whether the level is lower than before.
    lower: bool,
    risks: Vec<Link>,
    /// How many are not named.
    more: String,
}

const WIDTH: usize = 640;
const TOP: usize = 34;
/// Where the blocks of the two sides begin, and how wide they are.
const SIDES: [usize; 2] = [150, 474];
const BLOCK: usize = 16;
/// The room for all risks of a side, and what the smallest block and the gap between two need.
const TALL: usize = 210;
const LEAST: usize = 24;
const GAP: usize = 10;

/// A cell of the table names so many risks; the register has all.
const NAMED_MAX: usize = 24;

/// The movement of the living risks that have both levels; none where no risk has.
pub(in crate::site) fn movement(context: &Context<'_>) -> Option<Movement> {
    let matrix = &context.book().config.risk.matrix;
    let living: Vec<&RiskEntry> = context.derived().living_risks().collect();
    let both = living.iter().filter_map(|risk| Some((*risk, risk.inherent?, risk.residual?)));
    let mut by_levels: BTreeMap<(usize, usize), Vec<&RiskEntry>> = BTreeMap::new();
    let (mut lower, mut same, mut higher) = (0_usize, 0_usize, 0_usize);
    for (risk, before, after) in both {
        by_levels.entry((before.level, after.level)).or_default().push(risk);
        match after.score.cmp(&before.score) {
            std::cmp::Ordering::Less => lower += 1,
            std::cmp::Ordering::Equal => same += 1,
            std::cmp::Ordering::Greater => higher += 1,
        }
    }
    if by_levels.is_empty() {
        return None;
    }
    let moving = lower + same + higher;
    let counts = [lower, same, higher, living.len() - moving].map(|count| count.to_string());
    let values =
        [("lower", 0), ("same", 1), ("higher", 2), ("unrated", 3)].map(|(name, at)| (name, counts[at].as_str()));
    let levels: Vec<usize> = (0..matrix.levels.len()).rev().collect();
    let drawing = draw(context, &levels, &by_levels);
    let side = |at: usize, key: &str| Side {
        text: context.say(key),
        x: if at == 0 { SIDES[0] + BLOCK } else { SIDES[1] },
        end: at == 0,
    };
    Some(Movement {
        text: context.fill("movement.text", &values),
        width: WIDTH,
        height: drawing.height,
        sides: vec![side(0, "heat-map.inherent"), side(1, "heat-map.residual")],
        blocks: drawing.blocks,
        streams: drawing.streams,
        columns: levels.iter().map(|level| title(context, *level)).collect(),
        rows: levels.iter().map(|before| row(context, *before, &levels, &by_levels, living.len())).collect(),
    })
}

/// How far a risk's score moved, in words; empty where a half is missing.
pub(in crate::site) fn change(context: &Context<'_>, inherent: Option<Rated>, residual: Option<Rated>) -> String {
    let (Some(before), Some(after)) = (inherent, residual) else { return String::new() };
    let n = (after.score - before.score).unsigned_abs().to_string();
    match after.score.cmp(&before.score) {
        std::cmp::Ordering::Less => context.fill("movement.lower", &[("n", &n)]),
        std::cmp::Ordering::Equal => context.say("movement.same"),
        std::cmp::Ordering::Greater => context.fill("movement.higher", &[("n", &n)]),
    }
}

fn title(context: &Context<'_>, level: usize) -> String {
    context.book().config.risk.matrix.levels.get(level).map(|level| context.text(&level.title)).unwrap_or_default()
}

fn shade(context: &Context<'_>, level: usize) -> usize {
    heat(level, context.book().config.risk.matrix.levels.len())
}

fn row(
    context: &Context<'_>,
    before: usize,
    levels: &[usize],
    by_levels: &BTreeMap<(usize, usize), Vec<&RiskEntry>>,
    all: usize,
) -> Row {
    let cell = |after: &usize| {
        let risks = by_levels.get(&(before, *after)).map(Vec::as_slice).unwrap_or_default();
        let rest = risks.len().saturating_sub(NAMED_MAX);
        Cell {
            count: if risks.is_empty() {
                String::new()
            } else {
                context.fill("movement.count", &[("n", &risks.len().to_string())])
            },
            lower: *after < before,
            risks: risks.iter().take(NAMED_MAX).map(|risk| risk_link(context, risk, all)).collect(),
            more: if rest == 0 { String::new() } else { context.fill("more", &[("n", &rest.to_string())]) },
        }
    };
    Row { level: title(context, before), heat: shade(context, before), cells: levels.iter().map(cell).collect() }
}

struct Drawing {
    height: usize,
    blocks: Vec<Block>,
    streams: Vec<Stream>,
}

/// The blocks of both sides, the highest level on top, and between them the streams.
fn draw(context: &Context<'_>, levels: &[usize], by_levels: &BTreeMap<(usize, usize), Vec<&RiskEntry>>) -> Drawing {
    let all: usize = by_levels.values().map(Vec::len).sum();
    let mut drawing = Drawing { height: 0, blocks: Vec::new(), streams: Vec::new() };
    // Where the next stream of a level begins, and how much room its block has for how many risks.
    let mut at: [BTreeMap<usize, (usize, usize, usize, usize)>; 2] = [BTreeMap::new(), BTreeMap::new()];
    for side in 0..2 {
        let mut y = TOP;
        for level in levels {
            let of_level = |(levels, _): &(&(usize, usize), &Vec<&RiskEntry>)| [levels.0, levels.1][side] == *level;
            let count: usize = by_levels.iter().filter(of_level).map(|(_, risks)| risks.len()).sum();
            if count == 0 {
                continue;
            }
            let height = (count * TALL / all).max(LEAST);
            drawing.blocks.push(block(context, side, *level, (y, height), count));
            at[side].insert(*level, (y, height, count, 0));
            y += height + GAP;
        }
        drawing.height = drawing.height.max(y);
    }
    for before in levels {
        for after in levels {
            let Some(risks) = by_levels.get(&(*before, *after)) else { continue };
            let part = |place: &mut (usize, usize, usize, usize)| {
                let (y, height, count, used) = *place;
                place.3 += risks.len();
                [y + height * used / count, y + height * place.3 / count]
            };
            let left = at[0].get_mut(before).map(part).unwrap_or_default();
            let right = at[1].get_mut(after).map(part).unwrap_or_default();
            let values = [
                ("before", title(context, *before)),
                ("after", title(context, *after)),
                ("n", risks.len().to_string()),
            ];
            let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            drawing.streams.push(Stream {
                path: stream(left, right),
                heat: shade(context, *after),
                text: context.fill("movement.stream", &values),
            });
        }
    }
    drawing
}

fn block(context: &Context<'_>, side: usize, level: usize, (y, height): (usize, usize), count: usize) -> Block {
    let left = side == 0;
    Block {
        x: SIDES[side],
        y,
        height,
        heat: shade(context, level),
        text: context.fill("movement.block", &[("level", &title(context, level)), ("n", &count.to_string())]),
        text_x: if left { SIDES[0] - 10 } else { SIDES[1] + BLOCK + 10 },
        text_y: y + height / 2 + 5,
        left,
    }
}

/// A band with soft bends between two stretches.
fn stream([top, bottom]: [usize; 2], [end_top, end_bottom]: [usize; 2]) -> String {
    let (from, to) = (SIDES[0] + BLOCK, SIDES[1]);
    let middle = usize::midpoint(from, to);
    format!(
        "M{from} {top}C{middle} {top} {middle} {end_top} {to} {end_top}V{end_bottom}C{middle} {end_bottom} {middle} {bottom} {from} {bottom}Z"
    )
}
