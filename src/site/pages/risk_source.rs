//! `risk-sources/CATALOG/ID.html`: a source of risk, and the risks that consider it.

use serde::Serialize;

use crate::address::View;
use crate::book::{DocumentKey, ReferenceKind};
use crate::derive::SourceState;
use crate::id::ItemId;
use crate::site::context::Context;
use crate::site::page::Page;
use crate::site::parts::excerpt::{Excerpt, excerpts};
use crate::site::parts::item::{ItemView, item_page, item_view, named_by, note_parts};
use crate::site::theme::Values;
use crate::site::view::{Badge, Fact, Link};

#[derive(Debug, Serialize)]
struct RiskSourceView {
    item: ItemView,
    risks: Vec<RiskRow>,
    /// What documents say of it, where no risk considers it.
    aside: Vec<Excerpt>,
    /// The documents that name it then, where their texts say nothing of it.
    texts: Vec<Link>,
    risk_register: Link,
}

#[derive(Debug, Serialize)]
struct RiskRow {
    link: Link,
    inherent: Option<Badge>,
    residual: Option<Badge>,
    owner: String,
}

pub(in crate::site) fn page(context: &Context<'_>, id: &ItemId) -> Page {
    let book = context.book();
    let (Some(catalog), Some(item)) = (book.catalogs.get(id.catalog.as_str()), book.item(id)) else {
        unreachable!("the routes name items of the book's catalogs")
    };
    let entry = context.derived().source(id).cloned().unwrap_or_default();
    let aside = if entry.state() == SourceState::SetAside { excerpts(context, id) } else { Vec::new() };
    let named = entry.state() == SourceState::SetAside && aside.is_empty();
    let mut view = RiskSourceView {
        item: item_view(context, catalog, item),
        texts: if named { context.to_documents(&entry.texts) } else { Vec::new() },
        aside,
        risks: entry.risks.iter().map(|key| risk_row(context, *key)).collect(),
        risk_register: context.to_view(View::RiskRegister),
    };
    let considering = named_by(context, id, ReferenceKind::Considers);
    view.item.mentions.retain(|link| !considering.contains(link));
    if let Some(party) = &item.party {
        let catalogs = book.catalogs.iter().find_map(|catalog| catalog.role(&crate::id::Role::new(party)));
        let name = catalogs.map_or_else(|| party.clone(), |role| context.text(&role.title));
        view.item.facts.push(Fact::text(&context.say("fact.party"), &name));
    }
    let own = vec![("risks-title".to_owned(), context.say("risk-source.risks"))];
    note_parts(context, &mut view.item, own);
    item_page(context, item, "risk-source.html", Values::new(&view))
}

fn risk_row(context: &Context<'_>, key: DocumentKey) -> RiskRow {
    let entry = context.derived().risk(key);
    let owner = context.document(key).metadata().owner.as_ref().map(|owner| owner.value.as_str());
    RiskRow {
        link: context.to_document(key),
        inherent: entry.and_then(|entry| entry.inherent).map(|rated| context.level(rated)),
        residual: entry.and_then(|entry| entry.residual).map(|rated| context.level(rated)),
        owner: context.person(owner),
    }
}
