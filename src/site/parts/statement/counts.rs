//! How many lines are what: by standard, role and theme.

use serde::Serialize;

use super::{group_of, lines_of};
use crate::catalog::{Catalog, ItemKind};
use crate::derive::{Applicability, SoaLine};
use crate::document::ImplementationStatus;
use crate::site::context::Context;
use crate::site::view::Link;

/// The table of counts.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Counts {
    columns: Vec<String>,
    rows: Vec<Row>,
}

/// The counts of some lines.
#[derive(Debug, Serialize)]
struct Row {
    label: Link,
    /// Whether it is a part of the standard above it.
    part: bool,
    counts: Vec<usize>,
}

/// All, applicable, the four states and none, excluded, undecided.
type Tally = [usize; 9];

/// The places of a tally whose column stands there only when a line counts in it.
const ONLY_IF_ANY: [usize; 3] = [3, 5, 6];

/// Counts the lines of each catalog, in it those of each role, and those of each theme.
pub(in crate::site) fn counts(context: &Context<'_>) -> Counts {
    let mut rows: Vec<(Link, bool, Tally)> = Vec::new();
    for catalog in context.book().active_catalogs(ItemKind::Control) {
        let anchor = format!("#{}", catalog.id);
        rows.push((Link::new(anchor.clone(), &context.text(&catalog.title)), false, tally(lines_of(context, catalog))));
        for role in &catalog.roles {
            let of_role = lines_of(context, catalog).filter(|line| line.role.as_ref() == Some(&role.role));
            let counted = tally(of_role);
            if counted[0] > 0 {
                rows.push((Link::new(anchor.clone(), &context.text(&role.title)), true, counted));
            }
        }
        rows.extend(by_theme(context, catalog));
    }
    let whole = tally(context.derived().soa.lines.iter());
    let shown: Vec<usize> = (0..whole.len()).filter(|at| !ONLY_IF_ANY.contains(at) || whole[*at] > 0).collect();
    let heads = heads(context);
    Counts {
        columns: shown.iter().map(|at| heads[*at].clone()).collect(),
        rows: rows
            .into_iter()
            .map(|(label, part, counts)| Row { label, part, counts: shown.iter().map(|at| counts[*at]).collect() })
            .collect(),
    }
}

fn heads(context: &Context<'_>) -> [String; 9] {
    let word = |key: &str| context.word(key);
    [
        context.say("soa.lines"),
        word("applicability.applicable"),
        word("implementation.implemented"),
        word("implementation.partial"),
        word("implementation.planned"),
        word("implementation.not-implemented"),
        context.say("status-unknown"),
        word("applicability.excluded"),
        word("applicability.undecided"),
    ]
}

fn tally<'l>(lines: impl Iterator<Item = &'l SoaLine>) -> Tally {
    let mut tally = Tally::default();
    for line in lines {
        tally[0] += 1;
        match line.applicability {
            Applicability::Applicable => tally[1] += 1,
            Applicability::Excluded => tally[7] += 1,
            Applicability::Undecided => tally[8] += 1,
        }
        match (line.applicability, line.status) {
            (Applicability::Applicable, Some(ImplementationStatus::Implemented)) => tally[2] += 1,
            (Applicability::Applicable, Some(ImplementationStatus::Partial)) => tally[3] += 1,
            (Applicability::Applicable, Some(ImplementationStatus::Planned)) => tally[4] += 1,
            (Applicability::Applicable, Some(ImplementationStatus::NotImplemented)) => tally[5] += 1,
            (Applicability::Applicable, None) => tally[6] += 1,
            _ => {}
        }
    }
    tally
}

/// The themes of a catalog that has any, in the order of its lines.
fn by_theme(context: &Context<'_>, catalog: &Catalog) -> Vec<(Link, bool, Tally)> {
    let mut themes: Vec<(String, String, Vec<&SoaLine>)> = Vec::new();
    for line in lines_of(context, catalog) {
        let (anchor, title) = group_of(context, catalog, &line.item);
        match themes.iter_mut().find(|(known, _, _)| *known == anchor) {
            Some((_, _, lines)) => lines.push(line),
            None => themes.push((anchor, title, vec![line])),
        }
    }
    let named = themes.into_iter().filter(|(anchor, _, _)| !anchor.is_empty());
    named
        .map(|(anchor, title, lines)| (Link::new(format!("#{anchor}"), &title), true, tally(lines.into_iter())))
        .collect()
}
