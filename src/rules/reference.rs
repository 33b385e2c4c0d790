//! References that lead nowhere, or elsewhere than the author meant.

pub(super) mod ambiguous_id;
pub(super) mod broken_anchor;
pub(super) mod broken_link;
pub(super) mod group_as_control;
pub(super) mod local_path;
pub(super) mod missing_image;
pub(super) mod retired_document;
pub(super) mod superseded_control;
pub(super) mod unknown_control;
pub(super) mod unknown_document;
pub(super) mod unknown_requirement;
pub(super) mod unknown_risk_source;

use std::collections::BTreeMap;

use super::{Findings, Rule};
use crate::book::{Book, Reference, ReferenceKind, Target};
use crate::catalog::{Catalog, ItemKind};
use crate::document::types::Details;
use crate::files::FilePath;
use crate::finding::Finding;
use crate::language::{Language, Localized};
use crate::words::Words;

/// A finding of a rule at a reference, with the id as written.
fn at(rule: &Rule, book: &Book, reference: &Reference) -> Finding {
    rule.on(book.document(reference.from), reference.place.clone()).with("id", written(reference))
}

/// Reports each reference to a requirement or risk source that does not exist, or that names a whole group of them where
/// one is wanted.
fn report_unknown(rule: &Rule, kind: ItemKind, book: &Book, findings: &mut Findings) {
    for reference in &book.references {
        match &reference.target {
            Target::Unknown { kind: of, catalog, nearest, .. } if *of == kind => {
                let catalog = catalog.as_ref().and_then(|catalog| book.catalogs.get(catalog.as_str()));
                let finding =
                    at(rule, book, reference).with_some("catalog", catalog.map(|catalog| catalog.title.clone()));
                findings.add(finding.with_some("nearest", nearest.first().map(|item| book.item_label(item))));
            }
            Target::Group { catalog, group }
                if reference.kind != ReferenceKind::Mentions && wanted(book, reference) == kind =>
            {
                let Some(catalog) = book.catalogs.get(catalog.as_str()) else { continue };
                let first = catalog.items_of(kind).find(|item| is_within(catalog, &item.group, group));
                let finding = at(rule, book, reference).variant("group");
                findings.add(finding.with_some("first", first.map(|item| book.item_label(&item.id))));
            }
            _ => {}
        }
    }
}

/// The id as written, without the anchor behind it.
fn written(reference: &Reference) -> &str {
    match &reference.anchor {
        Some(_) => reference.text.split('#').next().unwrap_or_default().trim(),
        None => &reference.text,
    }
}

/// What kind of item a reference of the front matter asks for.
fn wanted(book: &Book, reference: &Reference) -> ItemKind {
    match reference.kind {
        ReferenceKind::Proves => ItemKind::Requirement,
        ReferenceKind::Considers => ItemKind::RiskSource,
        ReferenceKind::Audits | ReferenceKind::Nonconforms if names_requirement(book, reference) => {
            ItemKind::Requirement
        }
        _ => ItemKind::Control,
    }
}

/// Whether an audit names it under `requirements`, or a nonconformity under `requirement`.
fn names_requirement(book: &Book, reference: &Reference) -> bool {
    let document = book.document(reference.from);
    let mut listed = document.metadata().requirements.iter();
    let nonconformities = match &document.details {
        Details::Audit(audit) => &audit.nonconformities[..],
        _ => &[],
    };
    let mut named = nonconformities.iter().filter_map(|nonconformity| nonconformity.requirement.as_ref());
    listed.any(|written| written.span == reference.place.span)
        || named.any(|written| written.span == reference.place.span)
}

/// Whether one group of a catalog is another or lies in it.
fn is_within(catalog: &Catalog, group: &str, outer: &str) -> bool {
    let mut current = Some(group);
    for _ in 0..=catalog.groups.len() {
        match current {
            Some(group) if group == outer => return true,
            Some(group) => current = catalog.group(group).and_then(|group| group.parent.as_deref()),
            None => return false,
        }
    }
    false
}

/// Several labels in one line, each in backticks.
fn listed(labels: &[Localized]) -> Localized {
    let line = |language: &Language| {
        let parts: Vec<String> = labels.iter().map(|label| format!("`{}`", label.get(language))).collect();
        Words::of(language).join(&parts)
    };
    Localized::both(&line(&Language::english()), &line(&Language::japanese()))
}

/// The files of the book, for saying which one a broken path may have meant.
struct Neighbours<'a> {
    by_name: BTreeMap<&'a str, Vec<&'a str>>,
    by_folder: BTreeMap<&'a str, Vec<&'a str>>,
    known: BTreeMap<FilePath, Option<&'a str>>,
}

impl<'a> Neighbours<'a> {
    fn new(book: &'a Book) -> Self {
        let mut neighbours = Self { by_name: BTreeMap::new(), by_folder: BTreeMap::new(), known: BTreeMap::new() };
        for (path, _) in crate::book::content_files(&book.files) {
            neighbours.by_name.entry(path.name()).or_default().push(path.as_str());
            neighbours.by_folder.entry(path.folder()).or_default().push(path.as_str());
        }
        neighbours
    }

    /// A file of nearly the same name in the same folder, else the one file of that name elsewhere.
    fn nearest(&mut self, file: &FilePath) -> Option<&'a str> {
        if let Some(known) = self.known.get(file) {
            return *known;
        }
        let found = self.search(file);
        self.known.insert(file.clone(), found);
        found
    }

    fn search(&self, file: &FilePath) -> Option<&'a str> {
        let with_ending = format!("{}.md", file.name());
        let beside = self.by_folder.get(file.folder()).map_or(&[][..], Vec::as_slice);
        let near = |name: &str| {
            let found = crate::text::nearest(name, beside.iter().map(|path| name_of(path)))?;
            beside.iter().copied().find(|path| name_of(path) == found)
        };
        let elsewhere = |name: &str| self.by_name.get(name).filter(|paths| paths.len() == 1).map(|paths| paths[0]);
        near(file.name())
            .or_else(|| near(&with_ending))
            .or_else(|| elsewhere(file.name()))
            .or_else(|| elsewhere(&with_ending))
    }
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
