//! What a document's type adds to its page: the fields of a scope, a risk, an audit and the others, ready to read.

mod risk;
mod scope;

use serde::Serialize;

use crate::address::View;
use crate::book::{Document, Reference, ReferenceKind};
use crate::date::Date;
use crate::document::DocumentType;
use crate::document::types::{Applicability, ApplicabilityEntry, Audit, Decision, Details, Objective, Obligation};
use crate::id::Role;
use crate::language::Localized;
use crate::site::context::Context;
use crate::site::parts::item::nonconformity_view;
use crate::site::view::{Badge, Fact, Link, Table};
use crate::text::Spanned;
use crate::value::word_of;

pub(in crate::site) use scope::{scope_facts, scope_tables};

/// What a type adds to its document's page.
#[derive(Debug, Default, Serialize)]
pub(in crate::site) struct DetailsView {
    /// Names and values.
    pub(in crate::site) facts: Vec<Fact>,
    /// Tables.
    pub(in crate::site) tables: Vec<Table>,
    /// The generated page that shows the matter as a whole.
    pub(in crate::site) see: Option<Link>,
}

/// The fields of a document's type.
pub(in crate::site) fn details_view(context: &Context<'_>, document: &Document) -> DetailsView {
    let mut view = match &document.details {
        Details::None => own_type(context, document),
        Details::Scope(scope) => DetailsView {
            facts: scope_facts(context, scope),
            tables: scope_tables(context, scope),
            see: Some(context.to_view(View::Scope)),
        },
        Details::Risk(risk) => risk::risk_details(context, document, risk),
        Details::Decision(decision) => decision_details(context, document, decision),
        Details::Applicability(applicability) => applicability_details(context, document, applicability),
        Details::Obligation(obligation) => obligation_details(context, document, obligation),
        Details::Audit(audit) => audit_details(context, document, audit),
        Details::Objective(objective) => objective_details(context, objective),
    };
    view.facts.retain(Fact::says);
    view.tables.retain(|table| !table.rows.is_empty());
    view
}

/// The fields that every document's head shows.
const HEAD_FIELDS: [&str; 12] = [
    "id",
    "type",
    "title",
    "owner",
    "approver",
    "status",
    "version",
    "approved",
    "effective",
    "reviewed",
    "next_review",
    "classification",
];

/// The fields that a type of the user's own requires.
fn own_type(context: &Context<'_>, document: &Document) -> DetailsView {
    let Some(DocumentType::Own(word)) = &document.kind else { return DetailsView::default() };
    let fields = context.book().config.types.get(word).map(|own| own.required.as_slice()).unwrap_or_default();
    let shown = fields.iter().filter(|field| !HEAD_FIELDS.contains(&field.as_str()));
    let fact =
        |field: &String| Some(Fact::text(&field.replace('_', " "), document.original.front.get(field)?.scalar()?));
    DetailsView { facts: shown.filter_map(fact).collect(), ..DetailsView::default() }
}

/// A fact with a text of the book.
fn localized(context: &Context<'_>, label: &str, text: &Localized) -> Fact {
    Fact { lang: context.lang_of(text), ..Fact::text(label, &context.text(text)) }
}

/// A day as text.
fn day(date: Option<&Spanned<Date>>) -> String {
    date.map(|date| date.value.to_string()).unwrap_or_default()
}

/// A name as text.
fn name(context: &Context<'_>, name: Option<&Spanned<String>>) -> String {
    context.person(name.map(|name| name.value.as_str()))
}

/// What a document names in one way, each once, in order.
fn named(context: &Context<'_>, document: &Document, kind: ReferenceKind) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for reference in context.book().references_from(document.key).filter(|reference| reference.kind == kind) {
        let link = link(context, reference);
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

/// A link to what a reference names; its own words where that does not exist.
fn link(context: &Context<'_>, reference: &Reference) -> Link {
    let target = &reference.target;
    let item = target.item().map(|item| context.to_item(item));
    item.or_else(|| target.document().map(|key| context.to_document(key)))
        .unwrap_or_else(|| Link::text(&reference.text))
}

/// Roles by name, as any catalog of the book calls them.
pub(in crate::site) fn roles(context: &Context<'_>, roles: &[Spanned<Role>]) -> String {
    let catalogs = || context.book().catalogs.iter();
    let title = |role: &Role| {
        catalogs()
            .find_map(|catalog| catalog.role(role))
            .map_or_else(|| role.to_string(), |role| context.text(&role.title))
    };
    let names: Vec<String> = roles.iter().map(|role| title(&role.value)).collect();
    context.words.join(&names)
}

fn decision_details(context: &Context<'_>, document: &Document, decision: &Decision) -> DetailsView {
    let treatment =
        decision.treatment.as_ref().map(|treatment| context.word(&format!("treatment.{}", word_of(treatment.value))));
    let expired = context.derived().decision_holds(document.key) == Some(false);
    let remark = if expired { context.say("acceptance.expired") } else { String::new() };
    let facts = vec![
        Fact::links(&context.column("risks"), named(context, document, ReferenceKind::Treats)),
        Fact::text(&context.column("treatment"), &treatment.unwrap_or_default()),
        Fact::text(&context.say("fact.decided-by"), &name(context, decision.decided_by.as_ref())),
        Fact::text(&context.say("fact.decided-on"), &day(decision.decided_on.as_ref())),
        Fact { remark, ..Fact::text(&context.say("fact.expires"), &day(decision.expires.as_ref())) },
        Fact::links(&context.column("controls"), named(context, document, ReferenceKind::Selects)),
    ];
    DetailsView { facts, tables: Vec::new(), see: Some(context.to_view(View::RiskRegister)) }
}

fn obligation_details(context: &Context<'_>, document: &Document, obligation: &Obligation) -> DetailsView {
    let kind = obligation.kind.as_ref().map(|kind| context.word(&format!("reason.{}", word_of(kind.value))));
    let facts = vec![
        Fact::text(&context.say("fact.kind"), &kind.unwrap_or_default()),
        localized(context, &context.say("fact.authority"), &obligation.authority),
        Fact::links(&context.say("fact.obliges"), named(context, document, ReferenceKind::Obliges)),
    ];
    DetailsView { facts, tables: Vec::new(), see: Some(context.to_view(View::Soa)) }
}

fn objective_details(context: &Context<'_>, objective: &Objective) -> DetailsView {
    let facts = vec![
        localized(context, &context.say("fact.measure"), &objective.measure),
        localized(context, &context.say("fact.target"), &objective.target),
        localized(context, &context.say("fact.actual"), &objective.actual),
        Fact::text(&context.column("due"), &day(objective.due.as_ref())),
    ];
    DetailsView { facts, ..DetailsView::default() }
}

fn audit_details(context: &Context<'_>, document: &Document, audit: &Audit) -> DetailsView {
    let facts = vec![
        localized(context, &context.say("fact.audit-scope"), &audit.scope),
        localized(context, &context.say("fact.period"), &audit.period),
        Fact::text(&context.say("fact.auditor"), &name(context, audit.auditor.as_ref())),
        Fact::text(&context.say("fact.audited-on"), &day(audit.audited_on.as_ref())),
        Fact::text(&context.say("fact.roles"), &roles(context, &audit.roles)),
        Fact::links(&context.say("fact.audited"), named(context, document, ReferenceKind::Audits)),
    ];
    let rows = audit.nonconformities.iter().enumerate().map(|(at, nonconformity)| {
        let view = nonconformity_view(context, document.key, at, nonconformity);
        vec![
            Fact::cell(&view.id),
            view.grade.map_or_else(Fact::default, |grade| Fact::badge("", grade)),
            Fact { lang: context.lang_of(&nonconformity.text), ..Fact::cell(&view.text) },
            Fact::links("", view.about),
            Fact::cell(&view.owner),
            Fact::cell(&view.due),
            Fact::badge("", view.state),
        ]
    });
    let heads = ["column.id", "nonconformity.grade", "nonconformity.text", "nonconformity.about"];
    let table = Table {
        anchor: "page-nonconformities".to_owned(),
        title: context.say("nonconformity.title"),
        columns: heads
            .iter()
            .map(|key| context.say(key))
            .chain([context.column("owner"), context.column("due"), context.column("state")])
            .collect(),
        rows: rows.collect(),
    };
    DetailsView { facts, tables: vec![table], see: Some(context.to_view(View::Audits)) }
}

fn applicability_details(context: &Context<'_>, document: &Document, applicability: &Applicability) -> DetailsView {
    let references: Vec<&Reference> = context
        .book()
        .references_from(document.key)
        .filter(|reference| reference.kind == ReferenceKind::Decides)
        .collect();
    let rows = applicability.decisions.iter().enumerate().map(|(at, entry)| {
        let named = references.iter().filter(|reference| reference.entry == at);
        decision_row(context, named.map(|reference| link(context, reference)).collect(), entry)
    });
    let heads = ["title", "role", "applicability", "reasons", "justification", "status", "due"];
    let table = Table {
        anchor: "page-decisions".to_owned(),
        title: context.say("fact.decisions"),
        columns: heads.iter().map(|key| context.column(key)).collect(),
        rows: rows.collect(),
    };
    DetailsView { facts: Vec::new(), tables: vec![table], see: Some(context.to_view(View::Soa)) }
}

fn decision_row(context: &Context<'_>, controls: Vec<Link>, entry: &ApplicabilityEntry) -> Vec<Fact> {
    let applicability =
        entry.applicable.as_ref().map(|applicable| if applicable.value { "applicable" } else { "excluded" });
    let reasons: Vec<String> =
        entry.reasons.iter().map(|reason| context.word(&format!("reason.{}", word_of(reason.value)))).collect();
    let justification = entry.justification.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    vec![
        Fact::links("", controls),
        Fact::cell(&roles(context, &entry.roles)),
        applicability.map_or_else(Fact::default, |word| {
            Fact::badge("", Badge::new(word, &context.word(&format!("applicability.{word}"))))
        }),
        Fact::cell(&context.words.join(&reasons)),
        localized(context, "", &justification),
        entry
            .status
            .as_ref()
            .map_or_else(Fact::default, |status| Fact::badge("", context.implementation(status.value))),
        Fact::cell(&day(entry.due.as_ref())),
    ]
}
