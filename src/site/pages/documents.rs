//! `documents.html`: the document register (文書管理台帳).

use serde::Serialize;

use crate::address::View;
use crate::book::Document;
use crate::date::Date;
use crate::site::context::Context;
use crate::site::page::{Page, downloads, top_page};
use crate::site::theme::Values;
use crate::site::view::{Badge, Choice, Link};
use crate::text::Spanned;

#[derive(Debug, Serialize)]
struct RegisterView {
    lead: String,
    kinds: Vec<Choice>,
    statuses: Vec<Choice>,
    rows: Vec<Row>,
    /// Documents without a type, which no rule of document control speaks of.
    untyped: Vec<Link>,
    exports: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct Row {
    link: Link,
    kind: String,
    kind_word: String,
    version: String,
    status: Option<Badge>,
    owner: String,
    approver: String,
    approved: String,
    reviewed: String,
    next_review: String,
    overdue: bool,
    classification: String,
    search: String,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let documents = &context.book().documents;
    let typed: Vec<&Document> = documents.iter().filter(|document| document.kind.is_some()).collect();
    let mut kinds: Vec<Choice> = Vec::new();
    for document in &typed {
        let word = document.kind.as_ref().map_or("", |kind| kind.word());
        if kinds.iter().all(|choice| choice.value != word) {
            kinds.push(Choice { value: word.to_owned(), text: context.kind(document) });
        }
    }
    kinds.sort_by(|a, b| a.value.cmp(&b.value));
    let statuses = ["draft", "review", "approved", "retired"]
        .map(|word| Choice { value: word.to_owned(), text: context.word(&format!("document-status.{word}")) });
    let view = RegisterView {
        lead: context.say("documents.lead"),
        kinds,
        statuses: statuses.to_vec(),
        rows: typed.iter().map(|document| row(context, document)).collect(),
        untyped: documents
            .iter()
            .filter(|document| document.kind.is_none())
            .map(|document| context.to_document(document.key))
            .collect(),
        exports: downloads(context, "documents"),
    };
    top_page(context, View::Documents, Values::new(&view))
}

fn row(context: &Context<'_>, document: &Document) -> Row {
    let metadata = document.control(context.language);
    let text = |value: &Option<Spanned<String>>| value.as_ref().map(|value| value.value.clone()).unwrap_or_default();
    let date = |value: &Option<Spanned<Date>>| value.as_ref().map(|value| value.value.to_string()).unwrap_or_default();
    let person = |value: &Option<Spanned<String>>| context.person(value.as_ref().map(|value| value.value.as_str()));
    let review = context.derived().review(document, metadata.next_review.as_ref().map(|next| next.value));
    let link = context.to_document(document.key);
    let owner = person(&metadata.owner);
    Row {
        search: format!("{} {} {owner}", link.id, link.text).to_lowercase(),
        kind: context.kind(document),
        kind_word: document.kind.as_ref().map_or("", |kind| kind.word()).to_owned(),
        version: text(&metadata.version),
        status: context.edition_status(document),
        approver: person(&metadata.approver),
        approved: date(&metadata.approved),
        reviewed: date(&metadata.reviewed),
        next_review: date(&metadata.next_review),
        overdue: review.is_some_and(|review| review.overdue),
        classification: context.classification(document),
        link,
        owner,
    }
}
