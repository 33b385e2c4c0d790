//! What the columns, words and marks of the SoA mean, for a reader who meets them for the first time.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Columns, column};
use crate::catalog::ItemKind;
use crate::derive::{Justification, SoaLine};
use crate::id::Role;
use crate::site::context::Context;
use crate::site::view::Fact;
use crate::value::word_of;

/// Some terms under a heading.
#[derive(Debug, Serialize)]
pub(in crate::site) struct LegendPart {
    title: String,
    terms: Vec<Fact>,
}

/// The legend of what is shown: no reason, role or mark that no line has.
pub(in crate::site) fn legend(context: &Context<'_>, columns: &Columns) -> Vec<LegendPart> {
    let lines = &context.derived().soa.lines;
    let term = |label: &str, key: &str| Fact::text(label, &context.word(&format!("legend.{key}")));
    let part = |title: String, terms: Vec<Fact>| LegendPart { title, terms };
    let heads = columns.list.iter().map(|column| term(&column.text, &format!("column.{}", column.value)));
    let symbols = ["applicable", "excluded", "undecided"].map(|word| {
        let symbol = crate::export::soa::symbol(context.book(), word, context.language);
        term(&symbol, &format!("applicability.{word}"))
    });
    let statuses: BTreeSet<_> = lines.iter().filter_map(|line| line.status).collect();
    let statuses = statuses.into_iter().map(word_of);
    let reasons: BTreeSet<_> = lines.iter().flat_map(|line| &line.reasons).copied().collect();
    let reasons = reasons.into_iter().map(word_of);
    let parts = [
        part(context.say("soa.columns"), heads.collect()),
        part(column(context, "applicability"), symbols.to_vec()),
        part(
            column(context, "status"),
            statuses
                .map(|word| term(&context.word(&format!("implementation.{word}")), &format!("status.{word}")))
                .collect(),
        ),
        part(
            column(context, "reasons"),
            reasons.map(|word| term(&context.word(&format!("reason.{word}")), &format!("reason.{word}"))).collect(),
        ),
        part(column(context, "role"), roles(context, lines)),
        part(context.say("soa.marks"), marks(context, lines)),
    ];
    parts.into_iter().filter(|part| !part.terms.is_empty()).collect()
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
