//! What falls due, as pages show it.

use serde::Serialize;

use super::context::Context;
use super::view::Link;
use crate::derive::Due;

/// One thing that falls due.
#[derive(Debug, Serialize)]
pub(super) struct DueView {
    /// When.
    pub(super) date: String,
    /// How far away that is.
    pub(super) distance: String,
    /// Whether it has passed.
    pub(super) overdue: bool,
    /// What kind of thing.
    pub(super) kind: String,
    /// The kind's word.
    pub(super) word: &'static str,
    /// The document that says so.
    pub(super) document: Link,
    /// What it is about, where that is not the document.
    pub(super) what: String,
    /// Who answers for it.
    pub(super) owner: String,
}

/// One thing that falls due, for a page.
pub(super) fn due_view(context: &Context<'_>, due: &Due) -> DueView {
    DueView {
        date: due.date.to_string(),
        distance: context.distance(due),
        overdue: context.derived().days_until(due) < 0,
        kind: context.say(&format!("due.{}", due.kind.word())),
        word: due.kind.word(),
        document: context.to_document(due.document),
        what: context.text(&due.what),
        owner: context.person(due.owner.as_deref()),
    }
}
