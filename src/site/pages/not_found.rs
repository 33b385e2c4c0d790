//! `404.html`: what a web server shows where there is no page. It stands at any address, so its links do not depend on its own.

use serde::Serialize;

use super::super::context::Context;
use super::super::theme::View;
use super::super::view::Link;
use super::{Page, top_page, view_title};

#[derive(Debug, Serialize)]
struct NotFoundView {
    lead: String,
    links: Vec<Link>,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let ways = ["index.html", "documents.html", "soa.html", "requirements.html"];
    let links = ways.map(|file| Link::new(context.links.view(file), &context.say(view_title(file))));
    let view = NotFoundView { lead: context.say("not-found.lead"), links: links.into() };
    top_page(context, "not-found", "404.html", View::new(&view))
}
