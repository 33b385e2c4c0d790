//! BOK005: two things that ask for one path in the site.

use crate::book::Book;
use crate::book::places::{Clash, Thing};
use crate::derive::Derived;
use crate::files::FilePath;
use crate::finding::{Finding, Place, Severity};
use crate::language::Localized;
use crate::rules::{Findings, Rule, words};
use crate::text::Span;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "BOK005", name: "path-clash", severity: Severity::Error, words: words!("path_clash"), check };

/// The paths were given while the book was put together; here is told what could not have its own.
fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for (path, other) in book.files.twins() {
        let finding = RULE.at(top(path)).variant("twin").with("other", other.as_str()).related(top(other));
        findings.add(finding.with("moved", path.as_str()));
    }
    let used = book.used_catalogs();
    let shown = |thing: &Thing| match thing {
        Thing::Item(item) => used.iter().any(|catalog| catalog.id == item.catalog.as_str()),
        Thing::Catalog(id) => used.iter().any(|catalog| catalog.id == *id),
        _ => true,
    };
    let clashes = book.places.clashes.iter().filter(|clash| shown(&clash.thing) && !of_language_folder(book, clash));
    for clash in clashes {
        findings.add(told(book, clash));
    }
}

fn told(book: &Book, clash: &Clash) -> Finding {
    let (place, name) = named(book, &clash.thing);
    let finding = match &clash.thing {
        Thing::Document(key) => RULE.on(book.document(*key), place),
        _ => RULE.at(place),
    };
    let finding = finding.with("page", clash.wanted.as_str()).with("moved", clash.moved.as_str()).with("thing", name);
    let left_out = clash.moved.is_empty();
    match &clash.by {
        None => finding.variant("long"),
        Some(_) if left_out => finding.variant("left-out"),
        Some(Thing::Generated) => finding.variant("generated"),
        Some(by) => {
            let (place, other) = named(book, by);
            let finding = finding.with("other", other);
            if place == Place::book() { finding } else { finding.related(place) }
        }
    }
}

/// Where a thing stands, and what it is called.
fn named(book: &Book, thing: &Thing) -> (Place, Localized) {
    let path = |path: &FilePath| (top(path), Localized::plain(path.as_str()));
    let catalog = |id: &str| book.catalogs.get(id).and_then(|catalog| catalog.place.clone());
    match thing {
        Thing::Document(key) => {
            let document = book.document(*key);
            (document.place(), Localized::plain(document.original.path.as_str()))
        }
        Thing::Asset(file) => path(file),
        Thing::Folder(folder) => {
            let name = format!("content/{folder}/");
            let first = book.files.under(&name).next().map(|(path, _)| top(path));
            (first.unwrap_or_else(Place::book), Localized::plain(&name))
        }
        Thing::Catalog(id) => (catalog(id).unwrap_or_else(Place::book), Localized::plain(id)),
        Thing::Item(id) => {
            let own = book.item(id).and_then(|item| item.place.clone());
            (own.or_else(|| catalog(id.catalog.as_str())).unwrap_or_else(Place::book), book.item_label(id))
        }
        Thing::Generated => (Place::book(), Localized::default()),
    }
}

fn top(path: &FilePath) -> Place {
    Place::new(path, Span::default())
}

/// Of a folder that is named like a language there is a finding already.
fn of_language_folder(book: &Book, clash: &Clash) -> bool {
    let folder = clash.wanted.split('/').next().unwrap_or_default();
    let of_language = book.config.languages.iter().skip(1).any(|other| folder.eq_ignore_ascii_case(other.code()));
    let made = matches!(clash.by, Some(Thing::Generated | Thing::Folder(_) | Thing::Item(_) | Thing::Catalog(_)));
    of_language && made && matches!(clash.thing, Thing::Document(_))
}
