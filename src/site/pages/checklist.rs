//! `checklist.html`: the paper of an internal audit, by clause and control and by role, to print and fill in
//! (ISO/IEC 27001 9.2, JIP-ISMS517 4.3).

use serde::Serialize;

use super::super::context::Context;
use super::super::theme::View;
use super::super::view::Link;
use super::{Page, top_page};
use crate::book::DocumentKey;
use crate::catalog::{Catalog, ItemKind};
use crate::derive::{Applicability, Proof, RequirementState, SoaLine};
use crate::id::Role;

#[derive(Debug, Serialize)]
struct ChecklistView {
    lead: String,
    sections: Vec<Section>,
}

/// The lines of one catalog, and of one role where it has roles.
#[derive(Debug, Serialize)]
struct Section {
    anchor: String,
    title: String,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    item: Link,
    question: String,
    /// Set where the control is excluded: then the reason is what is audited.
    excluded: bool,
    documents: Vec<Link>,
    evidence: Vec<String>,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let book = context.book();
    let mut sections: Vec<Section> =
        book.active_catalogs(ItemKind::Requirement).map(|catalog| requirements(context, catalog)).collect();
    for catalog in book.active_catalogs(ItemKind::Control) {
        if catalog.roles.is_empty() {
            sections.push(controls(context, catalog, None));
        }
        sections.extend(catalog.roles.iter().map(|definition| controls(context, catalog, Some(&definition.role))));
    }
    sections.retain(|section| !section.rows.is_empty());
    let view = ChecklistView { lead: context.say("checklist.lead"), sections };
    top_page(context, "checklist", "checklist.html", View::new(&view))
}

fn requirements(context: &Context<'_>, catalog: &Catalog) -> Section {
    let states = context.derived().requirements.iter().filter(|state| state.item.id.catalog.as_str() == catalog.id);
    Section {
        anchor: format!("requirements-{}", catalog.id),
        title: format!("{} — {}", context.text(&catalog.title), context.say("requirements.title")),
        rows: states.filter(|state| !state.item.heading).map(|state| requirement(context, state)).collect(),
    }
}

fn requirement(context: &Context<'_>, state: &RequirementState) -> Row {
    let mut documents: Vec<DocumentKey> = state.proofs.iter().filter_map(proving).collect();
    documents.sort_unstable();
    documents.dedup();
    Row {
        item: context.to_item(&state.item.id),
        question: context.text(&state.item.summary),
        excluded: false,
        documents: context.to_documents(&documents),
        evidence: state.pieces.iter().map(|piece| context.text(&piece.information.title)).collect(),
    }
}

fn proving(proof: &Proof) -> Option<DocumentKey> {
    match proof {
        Proof::Document { document, .. }
        | Proof::Scope(document)
        | Proof::Objective(document)
        | Proof::Audit(document) => Some(*document),
        _ => None,
    }
}

fn controls(context: &Context<'_>, catalog: &Catalog, role: Option<&Role>) -> Section {
    let lines = context.derived().soa.lines.iter();
    let lines = lines.filter(|line| line.item.id.catalog.as_str() == catalog.id && line.role.as_ref() == role);
    let title = context.text(&catalog.title);
    Section {
        anchor: format!("controls-{}{}", catalog.id, role.map(|role| format!("-{role}")).unwrap_or_default()),
        title: role.map_or_else(|| title.clone(), |role| format!("{title} — {}", context.role(catalog, role).0)),
        rows: lines.map(|line| control(context, line)).collect(),
    }
}

fn control(context: &Context<'_>, line: &SoaLine) -> Row {
    let excluded = line.applicability == Applicability::Excluded;
    let guidance = line.role.as_ref().and_then(|role| line.item.guidance.get(role));
    let question = match guidance {
        _ if excluded => crate::phrase::justification(context.book(), line, context.words, context.language),
        Some(guidance) => context.text(guidance),
        None => context.text(&line.item.summary),
    };
    let documents = line.documents.iter().map(|implementation| {
        let section = implementation.section.as_deref();
        let link = section.and_then(|section| context.to_section(implementation.document, section));
        let document = context.to_document(implementation.document);
        link.map_or_else(|| document.clone(), |link| Link { href: link.href, ..document.clone() })
    });
    Row {
        item: context.to_item(&line.item.id),
        question,
        excluded,
        documents: documents.collect(),
        evidence: line.evidence.iter().map(|of| context.text(&of.evidence.title)).collect(),
    }
}
