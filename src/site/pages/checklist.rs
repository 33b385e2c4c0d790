//! `checklist.html`: the paper of an internal audit, by clause and control and by role, to print and fill in
//! (ISO/IEC 27001 9.2, JIP-ISMS517 4.3).

use serde::Serialize;

use crate::address::View;
use crate::catalog::ItemKind;
use crate::phrase::checklist::{Part, Subject, nonconformity_line, parts};
use crate::site::context::Context;
use crate::site::page::{Page, downloads, top_page};
use crate::site::theme::Values;
use crate::site::view::{Choice, Link};

#[derive(Debug, Serialize)]
struct ChecklistView {
    lead: String,
    exports: Vec<Link>,
    /// The parts to choose from.
    choices: Vec<Choice>,
    sections: Vec<Section>,
}

/// The lines of one catalog, and of one role where it has roles.
#[derive(Debug, Serialize)]
struct Section {
    anchor: String,
    title: String,
    groups: Vec<Group>,
}

/// The lines of one clause or theme.
#[derive(Debug, Serialize)]
struct Group {
    title: String,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    item: Link,
    question: String,
    /// Set where the control is excluded: then the reason is what is audited.
    excluded: bool,
    /// What to look for in particular.
    checks: Vec<String>,
    documents: Vec<Link>,
    evidence: Vec<String>,
    /// What earlier audits found and nobody has mended yet.
    open: Vec<Link>,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let sections: Vec<Section> =
        parts(context.book(), context.derived()).iter().map(|part| section(context, part)).collect();
    let view = ChecklistView {
        lead: context.say("checklist.lead"),
        exports: downloads(context, "checklist"),
        choices: sections
            .iter()
            .map(|section| Choice { value: section.anchor.clone(), text: section.title.clone() })
            .collect(),
        sections,
    };
    top_page(context, View::Checklist, Values::new(&view))
}

fn section(context: &Context<'_>, part: &Part<'_>) -> Section {
    let kind = if part.kind == ItemKind::Requirement { "requirements" } else { "controls" };
    let role = part.role.map(|role| format!("-{role}")).unwrap_or_default();
    let mut groups: Vec<Group> = Vec::new();
    for subject in &part.subjects {
        let group = part.catalog.top_group(&subject.item().group);
        let title = group.map(|group| group_title(context, &group.id, context.text(&group.title))).unwrap_or_default();
        if groups.last().is_none_or(|last| last.title != title) {
            groups.push(Group { title, rows: Vec::new() });
        }
        if let Some(last) = groups.last_mut() {
            last.rows.push(row(context, *subject));
        }
    }
    Section {
        anchor: format!("{kind}-{}{role}", part.catalog.id).replace(char::is_whitespace, "-"),
        title: part.title(context.language),
        groups,
    }
}

/// A clause has a number that people know; a group of another kind has a mere key.
fn group_title(context: &Context<'_>, id: &str, title: String) -> String {
    let numbered = id.ends_with(|last: char| last.is_ascii_digit());
    if numbered { context.fill("checklist.group", &[("id", id), ("title", &title)]) } else { title }
}

fn row(context: &Context<'_>, subject: Subject<'_>) -> Row {
    let documents = subject.documents().into_iter().map(|(key, section)| {
        let document = context.to_document(key);
        let link = section.and_then(|section| context.to_section(key, section));
        link.map_or_else(|| document.clone(), |link| Link { href: link.href, ..document.clone() })
    });
    let open = subject.open(context.book());
    let open = open.into_iter().map(|(audit, nonconformity)| {
        let text = nonconformity_line(nonconformity, context.language);
        Link { lang: context.lang_of(&nonconformity.text), ..Link::new(context.to_document(audit).href, &text) }
    });
    Row {
        item: context.to_item(&subject.item().id),
        question: subject.question(context.book(), context.language),
        excluded: subject.is_excluded(),
        checks: subject.item().checks.iter().map(|check| context.text(check)).collect(),
        documents: documents.collect(),
        evidence: subject.evidence(context.language),
        open: open.collect(),
    }
}
