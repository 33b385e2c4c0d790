//! The formal head of a document, on its own page and in the manual as a whole: version, people and days, the boxes for
//! those who sign, and the history of revisions.

use serde::Serialize;

use crate::book::Document;
use crate::date::Date;
use crate::document::{DocumentType, Revision};
use crate::site::context::Context;
use crate::site::view::Fact;
use crate::text::Spanned;

/// One revision.
#[derive(Debug, Serialize)]
pub(in crate::site) struct RevisionRow {
    version: String,
    date: String,
    author: String,
    summary: String,
    summary_lang: String,
    approver: String,
}

/// A box in which somebody signs the printed document.
#[derive(Debug, Serialize)]
pub(in crate::site) struct SignatureBox {
    label: String,
    name: String,
    date: String,
}

/// What stands at the head of a document: its version, people and days.
pub(in crate::site) fn facts(context: &Context<'_>, document: &Document) -> Vec<Fact> {
    let metadata = document.control(context.language);
    let date = |value: &Option<Spanned<Date>>| value.as_ref().map(|value| value.value.to_string()).unwrap_or_default();
    let person = |value: &Option<Spanned<String>>| context.person(value.as_ref().map(|value| value.value.as_str()));
    let review = context.derived().review(document, metadata.next_review.as_ref().map(|next| next.value));
    let overdue = review.is_some_and(|review| review.overdue);
    let remark = if overdue { context.say("date.overdue") } else { String::new() };
    let owner = if matches!(document.kind, Some(DocumentType::Risk)) {
        context.say("fact.risk-owner")
    } else {
        context.column("owner")
    };
    let facts = vec![
        Fact::text(&context.column("version"), &version(context, document)),
        Fact::text(&owner, &person(&metadata.owner)),
        Fact::text(&context.column("approver"), &person(&metadata.approver)),
        Fact::text(&context.column("approved"), &date(&metadata.approved)),
        Fact::text(&context.say("fact.effective"), &date(&metadata.effective)),
        Fact::text(&context.column("reviewed"), &date(&metadata.reviewed)),
        Fact { remark, ..Fact::text(&context.column("next-review"), &date(&metadata.next_review)) },
        Fact::text(&context.column("classification"), &context.classification(document)),
        Fact::text(&context.say("fact.tags"), &context.words.join(&metadata.tags)),
    ];
    facts.into_iter().filter(Fact::says).collect()
}

/// Who made, reviewed and approved the version that is printed; a box stays empty for a hand to fill.
pub(in crate::site) fn approval(context: &Context<'_>, document: &Document) -> Vec<SignatureBox> {
    let metadata = document.control(context.language);
    if document.kind.is_none() {
        return Vec::new();
    }
    let dated = metadata.revisions.iter().max_by_key(|revision| revision.date.as_ref().map(|date| date.value));
    let author = context.person(dated.and_then(|revision| revision.author.as_deref()));
    let approver = context.person(metadata.approver.as_ref().map(|name| name.value.as_str()));
    let approved = metadata.approved.as_ref().map(|date| date.value.to_string()).unwrap_or_default();
    let signed = |key: &str, name, date| SignatureBox { label: context.say(&format!("print.{key}")), name, date };
    vec![
        signed("made", author, String::new()),
        signed("reviewed", String::new(), String::new()),
        signed("approved", approver, approved),
    ]
}

/// The history of a document.
pub(in crate::site) fn revisions(context: &Context<'_>, document: &Document) -> Vec<RevisionRow> {
    let person = |name: &Option<String>| context.person(name.as_deref());
    let row = |revision: &Revision| RevisionRow {
        version: revision.version.as_ref().map(|version| version.value.clone()).unwrap_or_default(),
        date: revision.date.as_ref().map(|date| date.value.to_string()).unwrap_or_default(),
        author: person(&revision.author),
        summary: context.text(&revision.summary),
        summary_lang: context.lang_of(&revision.summary),
        approver: person(&revision.approver),
    };
    document.control(context.language).revisions.iter().map(row).collect()
}

/// What stands at the top of each printed page: which document this is, in which version and state, and who may read it.
pub(in crate::site) fn running(context: &Context<'_>, document: &Document) -> Vec<String> {
    let version = Some(version(context, document)).filter(|version| !version.is_empty());
    let version = version.map(|version| context.fill("print.version", &[("version", &version)]));
    let state = context.edition_status(document).filter(|status| status.kind != "approved").map(|badge| badge.text);
    let label = document.label().get(context.language).to_owned();
    let parts = [Some(label), version, state, Some(context.classification(document))];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect()
}

fn version(context: &Context<'_>, document: &Document) -> String {
    document.control(context.language).version.as_ref().map(|version| version.value.clone()).unwrap_or_default()
}
