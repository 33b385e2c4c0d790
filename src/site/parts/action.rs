//! The actions of a risk's treatment, as pages show them.

use serde::Serialize;

use crate::derive::risk::risk_of;
use crate::derive::{ActionEntry, RiskEntry};
use crate::document::types::Action;
use crate::site::context::Context;
use crate::site::view::Badge;
use crate::value::word_of;

/// One action of a treatment.
#[derive(Debug, Serialize)]
pub(in crate::site) struct ActionView {
    /// What is done.
    pub(in crate::site) what: String,
    /// The language of that, where it is not the page's.
    pub(in crate::site) lang: String,
    /// Who does it.
    pub(in crate::site) owner: String,
    /// By when.
    pub(in crate::site) due: String,
    /// Whether that day has passed.
    pub(in crate::site) overdue: bool,
    /// How far it is.
    pub(in crate::site) state: Badge,
}

/// The actions of a risk, for a page.
pub(in crate::site) fn action_views(context: &Context<'_>, entry: &RiskEntry) -> Vec<ActionView> {
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
