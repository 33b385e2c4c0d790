//! `glossary.html`: the terms of the manual in the order of the reader's language, each with its words in the other one.

use serde::Serialize;

use crate::address::View;
use crate::site::context::Context;
use crate::site::page::{Page, top_page};
use crate::site::parts::glossary::{Letter, TermView, terms};
use crate::site::theme::Values;

#[derive(Debug, Serialize)]
struct GlossaryView {
    lead: String,
    groups: Vec<Group>,
}

/// The terms under one letter.
#[derive(Debug, Serialize)]
struct Group {
    letter: Letter,
    terms: Vec<TermView>,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let mut groups: Vec<Group> = Vec::new();
    for term in terms(context) {
        match groups.last_mut() {
            Some(group) if group.letter == term.letter => group.terms.push(term),
            _ => groups.push(Group { letter: term.letter.clone(), terms: vec![term] }),
        }
    }
    let view = GlossaryView { lead: context.say("glossary.lead"), groups };
    top_page(context, View::Glossary, Values::new(&view))
}
