//! The actions of a risk's treatment, as pages show them.

use serde::Serialize;

use super::context::Context;
use super::view::Badge;
use crate::derive::risk::risk_of;
use crate::derive::{ActionEntry, RiskEntry};
use crate::document::types::Action;
use crate::value::word_of;

/// One action of a treatment.
#[derive(Debug, Serialize)]
pub(super) struct ActionView {
    /// What is done.
    pub(super) what: String,
    /// The language of that, where it is not the page's.
    pub(super) lang: String,
    /// Who does it.
    pub(super) owner: String,
    /// By when.
    pub(super) due: String,
    /// Whether that day has passed.
    pub(super) overdue: bool,
    /// How far it is.
    pub(super) state: Badge,
}

/// The actions of a risk, for a page.
pub(super) fn action_views(context: &Context<'_>, entry: &RiskEntry) -> Vec<ActionView> {
    let actions = &risk_of(context.book(), entry.document).actions;
    actions.iter().zip(&entry.actions).map(|(action, state)| view(context, action, state)).collect()
}

fn view(context: &Context<'_>, action: &Action, state: &ActionEntry) -> ActionView {
    let word = word_of(state.status);
    ActionView {
        what: context.text(&action.what),
        lang: context.lang_of(&action.what),
        owner: context.person(state.owner.as_deref()),
        due: state.due.map(|due| due.date.to_string()).unwrap_or_default(),
        overdue: state.due.is_some_and(|due| due.overdue),
        state: Badge::new(word, &context.word(&format!("action-state.{word}"))),
    }
}
