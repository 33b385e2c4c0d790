//! `glossary.html`: the terms of the manual in the order of the reader's language, each with its words in the other one.

use serde::Serialize;

use super::super::context::Context;
use super::super::glossary::{Letter, TermView, terms};
use super::super::theme::View;
use super::{Page, top_page};

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
    top_page(context, "glossary", "glossary.html", View::new(&view))
}
