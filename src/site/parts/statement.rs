//! What the views of the SoA have in common: what it says about itself, its columns and filters, and the documents that it
//! names.

pub(in crate::site) mod counts;
pub(in crate::site) mod legend;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use crate::book::DocumentKey;
use crate::catalog::{Catalog, Item, ItemKind};
use crate::date::Date;
use crate::derive::SoaLine;
use crate::document::ImplementationStatus;
use crate::document::types::Reason;
use crate::phrase;
use crate::site::context::Context;
use crate::site::view::{Choice, Fact, Link};
use crate::text::Spanned;
use crate::value::Word;

/// The most columns that stand beside each other on a wide screen.
const COLUMNS_MAX: usize = 9;

/// The columns of a table, and where stands what has no column of its own.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Columns {
    /// The columns in order.
    pub(in crate::site) list: Vec<Choice>,
    /// More columns than fit beside each other: the table scrolls by itself.
    pub(in crate::site) many: bool,
    /// Whether the reasons have a column; else they stand under the justification.
    pub(in crate::site) reasons: bool,
    /// Whether the due date has a column; else it stands under the status.
    pub(in crate::site) due: bool,
    /// The column in which a disagreement and other remarks on the line stand.
    pub(in crate::site) remarks: String,
}

/// A choice of lines by one of their properties.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Filter {
    name: &'static str,
    label: String,
    choices: Vec<Choice>,
}

/// What an auditor reads first: which version this is, who approved it, for which scope and by which standards.
pub(in crate::site) fn facts(context: &Context<'_>) -> Vec<Fact> {
    let book = context.book();
    let mut facts = vec![Fact::text(&context.say("fact.organization"), book.config.organization.get(context.language))];
    if let Some(document) = context.derived().soa.document.map(|key| context.document(key)) {
        let metadata = document.control(context.language);
        let date = |date: &Option<Spanned<Date>>| date.as_ref().map(|date| date.value.to_string()).unwrap_or_default();
        let approver = metadata.approver.as_ref().map(|name| name.value.as_str());
        let version = metadata.version.as_ref().map(|version| version.value.as_str()).unwrap_or_default();
        facts.push(Fact::links(&context.column("document"), vec![context.to_document(document.key)]));
        facts.push(Fact::text(&context.column("version"), version));
        facts.extend(
            context.edition_status(document).map(|status| Fact::badge(&context.column("document-status"), status)),
        );
        facts.push(Fact::text(&context.column("approver"), &context.person(approver)));
        facts.push(Fact::text(&context.column("approved"), &date(&metadata.approved)));
        facts.push(Fact::text(&context.column("next-review"), &date(&metadata.next_review)));
        facts.push(Fact::text(&context.column("classification"), &context.classification(document)));
    }
    facts.push(Fact::links(&context.say("fact.scope"), context.to_documents(&context.derived().scope.documents)));
    let standards =
        book.active_catalogs(ItemKind::Control).map(|catalog| context.to_catalog(ItemKind::Control, catalog));
    facts.push(Fact::links(&context.word("export.heading.standards"), standards.collect()));
    facts.push(Fact::text(&context.say("fact.as-of"), &context.derived().as_of().to_string()));
    facts.push(Fact::text(&context.say("fact.commit"), book.commit.as_deref().unwrap_or_default()));
    facts.into_iter().filter(Fact::says).collect()
}

/// The files that hold the same lines.
pub(in crate::site) fn exports(context: &Context<'_>) -> Vec<Link> {
    let link = |file: &&str| {
        let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending).to_uppercase();
        Link::new(context.links.below(file), &ending)
    };
    ["soa.xlsx", "soa.csv", "soa.json", "soa.md"].iter().map(link).collect()
}

/// The columns that `book.toml` asks for; no roles where none of the catalogs knows any.
pub(in crate::site) fn columns(context: &Context<'_>, catalogs: &[&Catalog]) -> Columns {
    let roles = catalogs.iter().any(|catalog| !catalog.roles.is_empty());
    let mut keys = context.book().config.soa.page_columns();
    keys.retain(|key| *key != "role" || roles);
    let shown = |key: &str| keys.contains(&key);
    let remarks = ["title", "justification", "id"].into_iter().find(|key| shown(key));
    let choice = |key: &&str| Choice { value: (*key).to_owned(), text: phrase::legend::column(key, context.words) };
    Columns {
        many: keys.len() > COLUMNS_MAX,
        reasons: shown("reasons"),
        due: shown("due"),
        remarks: remarks.or(keys.first().copied()).unwrap_or_default().to_owned(),
        list: keys.iter().map(choice).collect(),
    }
}

/// The filters; those with nothing to choose from are left out.
pub(in crate::site) fn filters(context: &Context<'_>, groups: Vec<Choice>) -> Vec<Filter> {
    let word =
        |value: &str, key: &str| Choice { value: value.to_owned(), text: context.word(&format!("{key}.{value}")) };
    let applicability = ["applicable", "excluded", "undecided"].map(|value| word(value, "applicability"));
    let statuses = ImplementationStatus::WORDS.iter().map(|(value, _)| word(value, "implementation"));
    let reasons = Reason::WORDS.iter().map(|(value, _)| word(value, "reason"));
    let filters = [
        ("applicability", context.column("applicability"), applicability.to_vec()),
        ("status", context.column("status"), statuses.collect()),
        ("role", context.column("role"), roles(context)),
        ("group", context.say("filter.group"), groups),
        ("reason", context.column("reasons"), reasons.collect()),
    ];
    let filters = filters.into_iter().filter(|(_, _, choices)| choices.len() > 1);
    filters.map(|(name, label, choices)| Filter { name, label, choices }).collect()
}

/// The roles that have lines, each once, as the first catalog that knows one calls it.
fn roles(context: &Context<'_>) -> Vec<Choice> {
    let present: BTreeSet<&str> =
        context.derived().soa.lines.iter().filter_map(|line| line.role.as_ref()).map(crate::id::Role::as_str).collect();
    let mut roles: Vec<Choice> = Vec::new();
    for role in context.book().active_catalogs(ItemKind::Control).flat_map(|catalog| &catalog.roles) {
        let id = role.role.as_str();
        if present.contains(id) && roles.iter().all(|choice| choice.value != id) {
            roles.push(Choice { value: id.to_owned(), text: context.text(&role.title) });
        }
    }
    roles
}

/// The theme or clause of a control: its anchor and its title, both empty where it stands in none.
pub(in crate::site) fn group_of(context: &Context<'_>, catalog: &Catalog, item: &Item) -> (String, String) {
    let group = catalog.top_group(&item.group);
    group.map_or_else(Default::default, |group| {
        let title = context.text(&group.title);
        // An id that means something to people stands before the title.
        let numbered = group.id.contains(|c: char| c.is_ascii_digit());
        let title = if numbered { format!("{} {title}", group.id) } else { title };
        (crate::site::links::group_anchor(&catalog.id, &group.id), title)
    })
}

/// The lines of a catalog, in their order.
pub(in crate::site) fn lines_of<'a>(context: &Context<'a>, catalog: &Catalog) -> impl Iterator<Item = &'a SoaLine> {
    let id = catalog.id.clone();
    context.derived().soa.lines.iter().filter(move |line| line.item.id.catalog.as_str() == id)
}

/// The catalog under whose controls the others stand: the first whose items correspond to those of another, one without
/// roles before one with them, since guidance for roles is about the controls of a standard without.
pub(in crate::site) fn base<'a>(context: &Context<'a>) -> Option<&'a Arc<Catalog>> {
    let active: Vec<&Arc<Catalog>> = context.book().active_catalogs(ItemKind::Control).collect();
    let names = |from: &Catalog, to: &Catalog| {
        from.mappings.iter().any(|mapping| mapping.to.as_str() == to.id && !mapping.pairs.is_empty())
    };
    let joined = |catalog: &Catalog| {
        active.iter().any(|other| other.id != catalog.id && (names(catalog, other) || names(other, catalog)))
    };
    let plain = active.iter().find(|catalog| catalog.roles.is_empty() && joined(catalog));
    plain.or_else(|| active.iter().find(|catalog| joined(catalog))).copied()
}

/// The documents that the columns name, each once: the tables say their ids, and here is what the ids mean.
pub(in crate::site) fn named(context: &Context<'_>) -> Vec<Link> {
    let shown: BTreeSet<&str> = context.book().config.soa.page_columns().into_iter().collect();
    let of_line = |line: &SoaLine| -> Vec<DocumentKey> {
        let mut keys = Vec::new();
        if shown.contains("documents") {
            keys.extend(line.documents.iter().map(|document| document.document));
        }
        if shown.contains("risks") {
            keys.extend(&line.risks);
        }
        if shown.contains("obligations") {
            keys.extend(&line.obligations);
        }
        keys
    };
    let keys: BTreeSet<DocumentKey> = context.derived().soa.lines.iter().flat_map(of_line).collect();
    keys.into_iter().map(|key| context.to_document(key)).filter(|link| !link.id.is_empty()).collect()
}
