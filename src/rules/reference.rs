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
use crate::book::link::{LinkTarget, LinkUse, resolve};
use crate::book::{Book, Reference, ReferenceKind, Target};
use crate::catalog::{Catalog, ItemKind};
use crate::document::types::Details;
use crate::files::FilePath;
use crate::finding::{Change, Finding, Place, Remedy};
use crate::id::ItemId;
use crate::language::Localized;
use crate::text::{Span, near};
use crate::words::Words;

/// A finding of a rule at a reference, with the id as written.
fn at(rule: &Rule, book: &Book, reference: &Reference) -> Finding {
    rule.on(book.document(reference.from), reference.place.clone()).with("id", written(reference))
}

/// Reports each reference to a requirement or risk source that does not exist, or that names a whole group of them where
/// one is wanted.
fn report_unknown(rule: &Rule, kind: ItemKind, book: &Book, findings: &mut Findings) {
    report_ranges(rule, kind, book, findings);
    for reference in &book.references {
        match &reference.target {
            Target::Unknown { kind: of, catalog, nearest, .. } if *of == kind => {
                let catalog = catalog.as_ref().and_then(|catalog| book.catalogs.get(catalog.as_str()));
                let finding =
                    at(rule, book, reference).with_some("catalog", catalog.map(|catalog| catalog.title.clone()));
                let finding = finding.with_some("nearest", nearest.first().map(|item| book.item_label(item)));
                findings.add(say_only(finding, book, nearest));
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

/// Reports each range of one kind of item that has no meaning: its ends the wrong way round, or in two groups.
fn report_ranges(rule: &Rule, kind: ItemKind, book: &Book, findings: &mut Findings) {
    for reference in &book.references {
        let (variant, from, to) = match &reference.target {
            Target::Backwards { from, to } => ("backwards", from, to),
            Target::Across { from, to } => ("across", from, to),
            _ => continue,
        };
        if book.item(from).is_some_and(|item| item.kind == kind) {
            let finding = at(rule, book, reference).variant(variant);
            let finding = finding.with("from", book.short_id(from)).with("to", book.short_id(to));
            let sorted = format!("{}-{}", book.short_id(from), book.short_id(to));
            findings.add(if variant == "backwards" { finding.say(&sorted) } else { finding });
        }
    }
}

/// The finding with the one id that is near, which a machine may write. Of several, somebody must choose.
fn say_only(finding: Finding, book: &Book, near: &[ItemId]) -> Finding {
    match near {
        [one] => finding.say(&book.short_id(one)),
        _ => finding,
    }
}

/// The part of a destination or of `[[ID#heading]]` behind its `#`, as a place.
fn anchor_of(book: &Book, place: &Place) -> Option<Place> {
    let written = place.span.of(book.text(&place.path)?);
    let at = written.find('#')? + 1;
    Some(Place::new(&place.path, Span::new(place.span.start + at, place.span.end)))
}

/// The finding with the file that a broken link was likely meant for; where there is one alone, a machine may write it.
fn found_near(finding: Finding, book: &Book, link: &LinkUse, near: Option<(&str, bool)>) -> Finding {
    let Some((file, alone)) = near else { return finding };
    let remedy = if alone { led_to(book, link, file) } else { None };
    finding.with("nearest", file).remedy_some(remedy)
}

/// The link with its path leading to a file of the book: by another name in the folder that is written, else the whole path,
/// from the root or from its own folder as before.
fn led_to(book: &Book, link: &LinkUse, file: &str) -> Option<Remedy> {
    let place = Place::new(&link.path, link.link.span);
    let written = place.span.of(book.text(&link.path)?);
    let length = written.find(['#', '?']).unwrap_or(written.len());
    let below = file.strip_prefix("content/")?;
    let from_here = relative(link.path.folder(), file);
    let (folder, _) = written[..length].rsplit_once('/').map_or(("", written), |(folder, name)| (folder, name));
    let slash = if folder.is_empty() && !written.starts_with('/') { "" } else { "/" };
    let beside = format!("{folder}{slash}{}", in_link(name_of(file)));
    let from_root = if written.starts_with('/') { in_link(&format!("/{below}")) } else { in_link(&from_here) };
    let mut ways = [beside, from_root, in_link(&from_here)].into_iter();
    let leads = |path: &&String| match resolve(book, &link.path, path) {
        LinkTarget::Asset(found) => found.as_str() == file,
        LinkTarget::Document(key, _) => {
            book.document(key).manuscripts().any(|(_, manuscript)| manuscript.path.as_str() == file)
        }
        _ => false,
    };
    let path = ways.find(|path| leads(&path))?;
    let span = Span::new(place.span.start, place.span.start + length);
    Some(Remedy::safe(Change::Say(path), Place::new(&link.path, span)))
}

/// The way from a folder to a file.
fn relative(folder: &str, file: &str) -> String {
    let own: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let parts: Vec<&str> = file.split('/').collect();
    let same = own.iter().zip(&parts).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n("..", own.len() - same);
    up.chain(parts[same..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// A path as it may stand in the destination of a link, in Markdown and in HTML.
fn in_link(path: &str) -> String {
    const ODD: &str = " ()<>\"'%#?\\";
    path.chars().map(|c| if ODD.contains(c) { format!("%{:02X}", u32::from(c)) } else { c.to_string() }).collect()
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
    Localized::said(|language| {
        let parts: Vec<String> = labels.iter().map(|label| format!("`{}`", label.get(language))).collect();
        Words::of(language).join(&parts)
    })
}

/// The files of the book, for saying which one a broken path may have meant.
struct Neighbours<'a> {
    by_name: BTreeMap<&'a str, Vec<&'a str>>,
    by_folder: BTreeMap<&'a str, Vec<&'a str>>,
    known: BTreeMap<FilePath, Option<(&'a str, bool)>>,
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

    /// A file of nearly the same name in the same folder, else the one file of that name elsewhere; and whether no other is as
    /// near.
    fn nearest(&mut self, file: &FilePath) -> Option<(&'a str, bool)> {
        if let Some(known) = self.known.get(file) {
            return *known;
        }
        let found = self.search(file);
        self.known.insert(file.clone(), found);
        found
    }

    fn search(&self, file: &FilePath) -> Option<(&'a str, bool)> {
        let with_ending = format!("{}.md", file.name());
        let beside = self.by_folder.get(file.folder()).map_or(&[][..], Vec::as_slice);
        let near = |name: &str| {
            let found = near(name, beside.iter().map(|path| name_of(path)))?;
            beside.iter().copied().find(|path| name_of(path) == found.name).map(|path| (path, found.alone))
        };
        let elsewhere =
            |name: &str| self.by_name.get(name).filter(|paths| paths.len() == 1).map(|paths| (paths[0], true));
        near(file.name())
            .or_else(|| near(&with_ending))
            .or_else(|| elsewhere(file.name()))
            .or_else(|| elsewhere(&with_ending))
    }
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
