//! How far lines of the SoA are: counts and a bar, for any group of them.

use serde::Serialize;

use crate::address::View;
use crate::derive::{Applicability, SoaLine, Totals};
use crate::document::ImplementationStatus;
use crate::site::context::Context;
use crate::site::view::{Link, Segment, bar};

/// How far some lines are.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Progress {
    /// What lines they are.
    pub(in crate::site) label: Link,
    /// How many.
    pub(in crate::site) all: usize,
    /// How many apply.
    pub(in crate::site) applicable: usize,
    /// How many do not.
    pub(in crate::site) excluded: usize,
    /// How many nothing decides.
    pub(in crate::site) undecided: usize,
    /// How many of those that apply are implemented.
    pub(in crate::site) implemented: usize,
    /// The parts of the whole.
    pub(in crate::site) bar: Vec<Segment>,
    /// The parts in words.
    pub(in crate::site) text: String,
}

/// Counts lines.
pub(in crate::site) fn progress<'l>(
    context: &Context<'_>,
    label: Link,
    lines: impl Iterator<Item = &'l SoaLine>,
) -> Progress {
    let mut totals = Totals::default();
    let mut by_status = [0_usize; 5];
    for line in lines {
        totals.add(line.applicability);
        if line.applicability == Applicability::Applicable {
            by_status[place(line.status)] += 1;
        }
    }
    let word = |key: &str| context.word(key);
    let names = [
        ("implemented", word("implementation.implemented"), by_status[0]),
        ("partial", word("implementation.partial"), by_status[1]),
        ("planned", word("implementation.planned"), by_status[2]),
        ("not-implemented", word("implementation.not-implemented"), by_status[3]),
        ("unknown", context.say("status-unknown"), by_status[4]),
        ("excluded", word("applicability.excluded"), totals.excluded),
        ("undecided", word("applicability.undecided"), totals.undecided),
    ];
    let parts: Vec<(&str, &str, usize)> =
        names.iter().map(|(kind, text, count)| (*kind, text.as_str(), *count)).collect();
    let bar = bar(&parts);
    let said: Vec<String> = bar.iter().map(|segment| format!("{} {}", segment.text, segment.count)).collect();
    Progress {
        label,
        all: totals.all(),
        applicable: totals.applicable,
        excluded: totals.excluded,
        undecided: totals.undecided,
        implemented: by_status[0],
        text: context.words.join(&said),
        bar,
    }
}

fn place(status: Option<ImplementationStatus>) -> usize {
    match status {
        Some(ImplementationStatus::Implemented) => 0,
        Some(ImplementationStatus::Partial) => 1,
        Some(ImplementationStatus::Planned) => 2,
        Some(ImplementationStatus::NotImplemented) => 3,
        None => 4,
    }
}

/// Counts the lines of each catalog, and in one with roles of each role.
pub(in crate::site) fn by_catalog_and_role(context: &Context<'_>) -> Vec<Progress> {
    let lines = &context.derived().soa.lines;
    let mut progresses = Vec::new();
    for catalog in context.book().active_catalogs(crate::catalog::ItemKind::Control) {
        let of_catalog = || lines.iter().filter(|line| line.item.id.catalog.as_str() == catalog.id);
        let page = context.links.view(View::Soa);
        let link = |text: &str| Link::new(format!("{page}#{}", catalog.id), text);
        let title = context.text(&catalog.title);
        if catalog.roles.is_empty() {
            progresses.push(progress(context, link(&title), of_catalog()));
        }
        for role in &catalog.roles {
            let of_role = || of_catalog().filter(|line| line.role.as_ref() == Some(&role.role));
            if of_role().next().is_some() {
                let label = Link::new(page.clone(), &format!("{title} {}", context.text(&role.label)));
                progresses.push(progress(context, label.at(&format!("role={}", role.role)), of_role()));
            }
        }
    }
    progresses
}
