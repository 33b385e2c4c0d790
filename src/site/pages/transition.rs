//! `transition.html`: ids of an older edition that are still in use, and what took their place.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::context::Context;
use super::super::theme::View;
use super::super::view::Link;
use super::{Page, top_page};
use crate::book::{DocumentKey, Target};
use crate::id::ItemId;

#[derive(Debug, Serialize)]
struct TransitionView {
    lead: String,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    old: Link,
    edition: String,
    successors: Vec<Link>,
    used_in: Vec<Link>,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let mut used: BTreeMap<&ItemId, (&[ItemId], BTreeSet<DocumentKey>)> = BTreeMap::new();
    for reference in &context.book().references {
        if let Target::Superseded { item, successors } = &reference.target {
            used.entry(item).or_insert_with(|| (successors, BTreeSet::new())).1.insert(reference.from);
        }
    }
    let row = |(item, (successors, documents)): (&ItemId, (&[ItemId], BTreeSet<DocumentKey>))| Row {
        old: context.to_item(item),
        edition: context
            .book()
            .catalogs
            .get(item.catalog.as_str())
            .map(|catalog| context.text(&catalog.title))
            .unwrap_or_default(),
        successors: successors.iter().map(|item| context.to_item(item)).collect(),
        used_in: documents.iter().map(|key| context.to_document(*key)).collect(),
    };
    let view = TransitionView { lead: context.say("transition.lead"), rows: used.into_iter().map(row).collect() };
    top_page(context, "transition", "transition.html", View::new(&view))
}
