//! `404.html`: what a web server shows where there is no page. It stands at any address, so its links do not depend on its own.

use serde::Serialize;

use crate::address::View;
use crate::site::context::Context;
use crate::site::page::{Page, top_page};
use crate::site::theme::Values;
use crate::site::view::Link;

#[derive(Debug, Serialize)]
struct NotFoundView {
    lead: String,
    links: Vec<Link>,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let links = [View::Home, View::Documents, View::Soa, View::Requirements].map(|view| context.to_view(view));
    let view = NotFoundView { lead: context.say("not-found.lead"), links: links.into() };
    top_page(context, View::NotFound, Values::new(&view))
}
