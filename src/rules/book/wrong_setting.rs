//! BOK003: a value of `book.toml` of the wrong kind, or one that names nothing.

use crate::book::Book;
use crate::catalog::ItemKind;
use crate::derive::Derived;
use crate::files::FilePath;
use crate::finding::{Finding, Place, Severity};
use crate::id::CatalogId;
use crate::rules::{Findings, RULES, Rule, rule, words};
use crate::text::{Spanned, near};
use crate::value::in_backticks;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "BOK003", name: "wrong-setting", severity: Severity::Error, words: words!("wrong_setting"), check };

/// Values that have the right kind are looked up here: rules, catalogs and documents are known only now.
fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    let severities = book.config.severities.iter().map(|(code, severity)| Spanned::new(code.clone(), severity.span));
    let accepted = book.config.accepted.iter().map(|entry| entry.code.clone());
    for code in severities.chain(accepted).filter(|code| rule(&code.value).is_none()) {
        let known = RULES.iter().flat_map(|rule| [rule.code, rule.name]);
        findings.add(of(&code, "rule", known));
    }
    findings.add_some(theme(book));
    let isms = &book.config.isms;
    let lists = [
        (ItemKind::Control, &isms.controls),
        (ItemKind::Requirement, &isms.requirements),
        (ItemKind::RiskSource, &isms.risk_sources),
    ];
    for (kind, ids) in lists {
        for id in ids {
            findings.add_some(catalog(book, kind, id));
        }
    }
    let document = book.config.soa.document.as_ref().filter(|id| book.document_with_id(&id.value).is_none());
    findings.add_some(
        document.map(|id| of(id, "document", book.documents.iter().filter_map(|document| document.id.as_deref()))),
    );
}

fn theme(book: &Book) -> Option<Finding> {
    let written = &book.config.build.theme;
    let folder = format!("themes/{}/", written.value);
    if written.value == "default" || book.files.under(&folder).next().is_some() {
        return None;
    }
    let own = book.files.under("themes/").filter_map(|(path, _)| path.as_str().split('/').nth(1));
    Some(of(written, "theme", own.chain(["default"])))
}

fn catalog(book: &Book, kind: ItemKind, id: &Spanned<CatalogId>) -> Option<Finding> {
    let written = Spanned::new(id.value.as_str().to_owned(), id.span);
    let useful = || book.catalogs.iter().filter(|catalog| catalog.has(kind)).map(|catalog| catalog.id.as_str());
    match book.catalogs.get(&written.value) {
        Some(catalog) if catalog.has(kind) => None,
        Some(_) => Some(
            of(&written, "catalog-kind", std::iter::empty())
                .with("allowed", in_backticks(&useful().collect::<Vec<_>>())),
        ),
        None => Some(of(&written, "catalog", useful())),
    }
}

fn of<'a>(written: &Spanned<String>, variant: &'static str, known: impl Iterator<Item = &'a str>) -> Finding {
    let place = Place::new(&FilePath::new("book.toml"), written.span);
    RULE.at(place).variant(variant).with("found", written.value.as_str()).near(near(&written.value, known))
}
