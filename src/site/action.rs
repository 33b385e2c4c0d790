//! The actions of a risk's treatment, as pages show them.

use serde::Serialize;

use super::context::Context;
use super::view::Badge;
use crate::document::types::{Action, ActionStatus};
use crate::value::word_of;

/// One action of a treatment.
#[derive(Debug, Serialize)]
pub(super) struct ActionView {
    /// What is done.
    pub(super) what: String,
    /// Who does it.
    pub(super) owner: String,
    /// By when.
    pub(super) due: String,
    /// Whether that day has passed.
    pub(super) overdue: bool,
    /// How far it is.
    pub(super) state: Badge,
}

/// An action for a page. What a treated risk leaves open in words is done.
pub(super) fn action_view(context: &Context<'_>, action: &Action, treated: bool) -> ActionView {
    let status = action.status.as_ref().map(|status| status.value);
    let status = status.unwrap_or(if treated { ActionStatus::Done } else { ActionStatus::Open });
    let word = word_of(status);
    let due = action.due.as_ref().map(|due| due.value);
    ActionView {
        what: context.text(&action.what),
        owner: context.person(action.owner.as_deref()),
        due: due.map(|due| due.to_string()).unwrap_or_default(),
        overdue: status != ActionStatus::Done && !treated && due.is_some_and(|due| due < context.today()),
        state: Badge::new(word, &context.word(&format!("action-state.{word}"))),
    }
}
