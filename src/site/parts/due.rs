//! What falls due, as pages show it.

use serde::Serialize;

use crate::derive::Due;
use crate::site::context::Context;
use crate::site::view::Link;

/// One thing that falls due.
#[derive(Debug, Serialize)]
pub(in crate::site) struct DueView {
    /// When.
    pub(in crate::site) date: String,
    /// How far away that is.
    pub(in crate::site) distance: String,
    /// Whether it has passed.
    pub(in crate::site) overdue: bool,
    /// What kind of thing.
    pub(in crate::site) kind: String,
    /// The kind's word.
    pub(in crate::site) word: &'static str,
    /// The document that says so.
    pub(in crate::site) document: Link,
    /// What it is about, where that is not the document.
    pub(in crate::site) what: String,
    /// Who answers for it.
    pub(in crate::site) owner: String,
}

/// One thing that falls due, for a page.
pub(in crate::site) fn due_view(context: &Context<'_>, due: &Due) -> DueView {
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
