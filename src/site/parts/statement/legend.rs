//! The legend of the SoA's pages.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Columns;
use crate::catalog::ItemKind;
use crate::derive::{Justification, SoaLine};
use crate::id::Role;
use crate::phrase;
use crate::site::context::Context;
use crate::site::view::Fact;

/// Some terms under a heading.
#[derive(Debug, Serialize)]
pub(in crate::site) struct LegendPart {
    title: String,
    terms: Vec<Fact>,
}

/// The legend of what is shown: no reason, role or mark that no line has.
pub(in crate::site) fn legend(context: &Context<'_>, columns: &Columns) -> Vec<LegendPart> {
    let lines = &context.derived().soa.lines;
    let shown: Vec<&str> = columns.list.iter().map(|column| column.value.as_str()).collect();
    let common = phrase::legend::parts(context.book(), lines, &shown, context.language).into_iter();
    let fact = |(label, text): &(String, String)| Fact::text(label, text);
    let common = common.map(|part| LegendPart { terms: part.terms.iter().map(fact).collect(), title: part.title });
    let own = [
        LegendPart { title: context.column("role"), terms: roles(context, lines) },
        LegendPart { title: context.say("soa.marks"), terms: marks(context, lines) },
    ];
    common.chain(own).filter(|part| !part.terms.is_empty()).collect()
}

/// The short labels of the roles that have lines.
fn roles(context: &Context<'_>, lines: &[SoaLine]) -> Vec<Fact> {
    let present: BTreeSet<&Role> = lines.iter().filter_map(|line| line.role.as_ref()).collect();
    let mut terms: Vec<Fact> = Vec::new();
    for role in context.book().active_catalogs(ItemKind::Control).flat_map(|catalog| &catalog.roles) {
        let term = Fact::text(&context.text(&role.label), &context.text(&role.title));
        if present.contains(&role.role) && term.label != term.text && !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}

fn marks(context: &Context<'_>, lines: &[SoaLine]) -> Vec<Fact> {
    let derived = |line: &SoaLine| line.status_derived || matches!(line.justification, Justification::Derived(_));
    let marks = [
        (lines.iter().any(derived), context.say("derived"), "legend.derived"),
        (lines.iter().any(|line| line.conflict.is_some()), context.column("conflict"), "legend.conflict"),
    ];
    let present = marks.into_iter().filter(|(present, _, _)| *present);
    present.map(|(_, label, key)| Fact::text(&label, &context.word(key))).collect()
}
