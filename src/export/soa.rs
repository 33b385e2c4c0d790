//! The SoA for other programs (format: design section 5.1).

use std::sync::Arc;

use serde::Serialize;

use super::{Column, Table, Width, csv_text, heading, markdown, requirements, workbook};
use crate::book::{Book, DocumentKey};
use crate::catalog::{Catalog, ItemKind};
use crate::derive::{EvidenceOf, Justification, SoaLine};
use crate::language::Language;
use crate::phrase;
use crate::project::Snapshot;
use crate::text::json_document;
use crate::value::word_of;
use crate::words::Words;

/// All lines as CSV: one row a line, every field a column; the catalog and what the SoA says about itself stand in the last
/// columns.
pub fn csv(snapshot: &Snapshot, language: &Language) -> Vec<u8> {
    let mut shown = shown(snapshot);
    if !shown.contains(&CATALOG) {
        shown.push(CATALOG);
    }
    let mut table = table(snapshot, &shown, language, |_| true);
    for (label, value) in head(snapshot, language) {
        table.columns.push(Column::new(&label, Width::Middle));
        table.rows.iter_mut().for_each(|row| row.push(value.clone()));
    }
    csv_text::write(&table)
}

/// All lines as Markdown: a heading, then one table a catalog.
pub fn markdown(snapshot: &Snapshot, language: &Language) -> Vec<u8> {
    let words = Words::of(language);
    let mut text = format!("# {}\n\n", words.get("export.soa"));
    for (label, value) in head(snapshot, language).into_iter().chain(totals(snapshot, words)) {
        text.push_str(&format!("- {label}: {}\n", markdown::escape(&value)));
    }
    for table in tables(snapshot, language) {
        text.push('\n');
        text.push_str(&markdown::write(&table));
    }
    text.into_bytes()
}

/// The workbook: cover, a sheet for each catalog, the requirements, the evidence.
pub fn xlsx(snapshot: &Snapshot, language: &Language) -> Vec<u8> {
    let words = Words::of(language);
    let mut head = head(snapshot, language);
    head.extend(totals(snapshot, words));
    head.extend(legend(snapshot, language));
    let mut sheets = tables(snapshot, language);
    sheets.push(requirements::table(snapshot, language));
    sheets.push(evidence_table(snapshot, language));
    workbook::write(words.get("export.soa"), &head, words.get("export.cover"), &sheets, snapshot.derived.as_of())
}

/// What the statement says about itself: what every export says, and the scope.
fn head(snapshot: &Snapshot, language: &Language) -> Vec<(String, String)> {
    let words = Words::of(language);
    let mut head = heading(snapshot, language);
    let scope = snapshot.derived.scope.documents.iter();
    let scope: Vec<String> = scope.map(|key| snapshot.book.document(*key).label().get(language).to_owned()).collect();
    if !scope.is_empty() {
        let standards = words.get("export.heading.standards");
        let at = head.iter().position(|(label, _)| label == standards).unwrap_or(head.len());
        head.insert(at, (words.get("export.heading.scope").to_owned(), words.join(&scope)));
    }
    head
}

fn totals(snapshot: &Snapshot, words: &Words) -> [(String, String); 3] {
    let totals = snapshot.derived.soa.totals;
    [("applicable", totals.applicable), ("excluded", totals.excluded), ("undecided", totals.undecided)]
        .map(|(key, count)| (words.get(&format!("applicability.{key}")).to_owned(), count.to_string()))
}

/// What columns and words mean, as the page says it: parts headed by a label without a value.
fn legend(snapshot: &Snapshot, language: &Language) -> Vec<(String, String)> {
    let columns: Vec<&str> = shown(snapshot).into_iter().map(|at| COLUMNS[at].0).collect();
    let mut parts = phrase::legend::parts(&snapshot.book, &snapshot.derived.soa.lines, &columns, language);
    if let Some(columns) = parts.first_mut() {
        Words::of(language).get("export.legend").clone_into(&mut columns.title);
    }
    parts.into_iter().flat_map(|part| std::iter::once((part.title, String::new())).chain(part.terms)).collect()
}

/// The lines with their catalogs.
fn lines(snapshot: &Snapshot) -> impl Iterator<Item = (&Arc<Catalog>, &SoaLine)> {
    let catalog = |line: &SoaLine| snapshot.book.catalogs.get(line.item.id.catalog.as_str());
    snapshot.derived.soa.lines.iter().filter_map(move |line| Some((catalog(line)?, line)))
}

/// A table for each catalog.
fn tables(snapshot: &Snapshot, language: &Language) -> Vec<Table> {
    let catalogs = snapshot.book.active_catalogs(ItemKind::Control);
    let table_of = |catalog: &Arc<Catalog>| {
        let mut shown = shown(snapshot);
        shown.retain(|at| *at != ROLE || !catalog.roles.is_empty());
        let mut table = table(snapshot, &shown, language, |line| line.item.id.catalog.as_str() == catalog.id);
        catalog.title.get(language).clone_into(&mut table.title);
        table
    };
    catalogs.map(table_of).collect()
}

const COLUMNS: [(&str, Width); 16] = [
    ("id", Width::Narrow),
    ("title", Width::Middle),
    ("role", Width::Narrow),
    ("applicability", Width::Narrow),
    ("reasons", Width::Narrow),
    ("justification", Width::Wide),
    ("status", Width::Narrow),
    ("due", Width::Narrow),
    ("owner", Width::Middle),
    ("documents", Width::Middle),
    ("risks", Width::Middle),
    ("obligations", Width::Middle),
    ("evidence", Width::Middle),
    ("derived", Width::Narrow),
    ("conflict", Width::Middle),
    ("catalog", Width::Middle),
];

/// The place of the role, a column that stands there only where a catalog knows roles.
const ROLE: usize = 2;

/// The place of the catalog, a column that stands there only where it is asked for or where one table holds all lines.
const CATALOG: usize = 15;

/// The places of what the page marks in a line whatever its columns: what is derived, and a disagreement.
const MARKS: [usize; 2] = [13, 14];

/// The columns by their places: those that the book asks for and the marks, else all.
fn shown(snapshot: &Snapshot) -> Vec<usize> {
    let asked = &snapshot.book.config.soa.columns;
    if asked.is_empty() {
        return (0..CATALOG).collect();
    }
    let place = |key: &String| COLUMNS.iter().position(|(known, _)| known == key);
    asked.iter().filter_map(place).chain(MARKS).collect()
}

fn table(snapshot: &Snapshot, shown: &[usize], language: &Language, wanted: impl Fn(&SoaLine) -> bool) -> Table {
    let words = Words::of(language);
    let column = |at: &usize| Column::new(&phrase::legend::column(COLUMNS[*at].0, words), COLUMNS[*at].1);
    let row = |(catalog, line): (&Arc<Catalog>, &SoaLine)| {
        let mut cells = row(snapshot, catalog, line, language);
        shown.iter().map(|at| std::mem::take(&mut cells[*at])).collect()
    };
    Table {
        title: words.get("export.soa").to_owned(),
        columns: shown.iter().map(column).collect(),
        rows: lines(snapshot).filter(|(_, line)| wanted(line)).map(row).collect(),
    }
}

/// The cells of a line, one for each of `COLUMNS`.
fn row(snapshot: &Snapshot, catalog: &Catalog, line: &SoaLine, language: &Language) -> Vec<String> {
    let book = &snapshot.book;
    let words = Words::of(language);
    let labels = |keys: &[DocumentKey]| {
        keys.iter().map(|key| book.document(*key).label().get(language).to_owned()).collect::<Vec<_>>().join("\n")
    };
    let documents: Vec<String> =
        line.documents.iter().map(|document| phrase::implementation(book, document, language)).collect();
    let derived: Vec<String> =
        [(matches!(line.justification, Justification::Derived(_)), "justification"), (line.status_derived, "status")]
            .iter()
            .filter(|(derived, _)| *derived)
            .map(|(_, key)| words.get(&format!("export.column.{key}")).to_owned())
            .collect();
    vec![
        book.short_id(&line.item.id),
        line.item.title.get(language).to_owned(),
        phrase::role_of(catalog, line, language).to_owned(),
        phrase::symbol(book, line.applicability.word()).get(language).to_owned(),
        phrase::reasons(&line.reasons, words),
        phrase::justification(book, line, words, language),
        line.status
            .map(|status| words.get(&format!("implementation.{}", word_of(status))).to_owned())
            .unwrap_or_default(),
        line.due.map(|due| due.to_string()).unwrap_or_default(),
        line.owner.as_ref().map(|owner| book.person(owner).get(language).to_owned()).unwrap_or_default(),
        documents.join("\n"),
        labels(&line.risks),
        labels(&line.obligations),
        line.evidence.iter().map(|evidence| evidence_text(evidence, language)).collect::<Vec<_>>().join("\n"),
        words.join(&derived),
        line.conflict.as_ref().map(|conflict| phrase::conflict(book, conflict, words)).unwrap_or_default(),
        catalog.title.get(language).to_owned(),
    ]
}

fn evidence_text(evidence: &EvidenceOf, language: &Language) -> String {
    let place = evidence.evidence.path.as_ref().or(evidence.evidence.url.as_ref());
    let title = evidence.evidence.title.get(language);
    match place {
        Some(place) if place.value != title => format!("{title} ({})", place.value),
        _ => title.to_owned(),
    }
}

fn evidence_table(snapshot: &Snapshot, language: &Language) -> Table {
    let words = Words::of(language);
    let keys = [
        ("id", Width::Narrow),
        ("role", Width::Narrow),
        ("evidence", Width::Wide),
        ("place", Width::Middle),
        ("owner", Width::Middle),
        ("date", Width::Narrow),
        ("valid-until", Width::Narrow),
        ("document", Width::Middle),
    ];
    let date = |date: &Option<crate::text::Spanned<crate::date::Date>>| {
        date.as_ref().map(|date| date.value.to_string()).unwrap_or_default()
    };
    let mut rows = Vec::new();
    for (catalog, line) in lines(snapshot) {
        let role = line.role.as_ref().and_then(|role| catalog.role(role));
        for of in &line.evidence {
            let evidence = &of.evidence;
            let place = evidence.path.as_ref().or(evidence.url.as_ref()).map(|place| place.value.clone());
            rows.push(vec![
                snapshot.book.short_id(&line.item.id),
                role.map(|role| role.title.get(language).to_owned()).unwrap_or_default(),
                evidence.title.get(language).to_owned(),
                place.unwrap_or_default(),
                evidence
                    .owner
                    .as_ref()
                    .map(|owner| snapshot.book.person(owner).get(language).to_owned())
                    .unwrap_or_default(),
                date(&evidence.date),
                date(&evidence.valid_until),
                snapshot.book.document(of.document).label().get(language).to_owned(),
            ]);
        }
    }
    Table {
        title: words.get("export.evidence").to_owned(),
        columns: keys
            .iter()
            .map(|(key, width)| Column::new(words.get(&format!("export.column.{key}")), *width))
            .collect(),
        rows,
    }
}

/// `soa.json`: the format that others may build on.
pub fn json(snapshot: &Snapshot, language: &Language) -> Vec<u8> {
    let book = &snapshot.book;
    let soa = &snapshot.derived.soa;
    let catalogs = book.active_catalogs(ItemKind::Control);
    let statement = Statement {
        version: 1,
        organization: book.config.organization.get(language),
        as_of: snapshot.derived.as_of().to_string(),
        catalogs: catalogs.map(|catalog| CatalogName { id: &catalog.id, title: catalog.title.get(language) }).collect(),
        totals: Totals {
            applicable: soa.totals.applicable,
            excluded: soa.totals.excluded,
            undecided: soa.totals.undecided,
        },
        lines: soa.lines.iter().map(|line| json_line(book, line, language)).collect(),
    };
    json_document(&statement).into_bytes()
}

#[derive(Serialize)]
struct Statement<'a> {
    version: u8,
    organization: &'a str,
    #[serde(rename = "today")]
    as_of: String,
    catalogs: Vec<CatalogName<'a>>,
    totals: Totals,
    lines: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct CatalogName<'a> {
    id: &'a str,
    title: &'a str,
}

#[derive(Serialize)]
struct Totals {
    applicable: usize,
    excluded: usize,
    undecided: usize,
}

#[derive(Serialize)]
struct Line<'a> {
    catalog: &'a str,
    id: &'a str,
    title: Title<'a>,
    role: Option<&'a str>,
    applicability: &'static str,
    reasons: Vec<&'static str>,
    justification: Option<String>,
    justification_derived: bool,
    status: Option<&'static str>,
    status_derived: bool,
    due: Option<String>,
    owner: Option<String>,
    documents: Vec<ImplementingDocument<'a>>,
    risks: Vec<Named<'a>>,
    obligations: Vec<Named<'a>>,
    evidence: Vec<JsonEvidence<'a>>,
    conflict: Option<String>,
}

#[derive(Serialize)]
struct Title<'a> {
    en: &'a str,
    ja: &'a str,
}

#[derive(Serialize)]
struct ImplementingDocument<'a> {
    id: Option<&'a str>,
    title: &'a str,
    page: &'a str,
    section: Option<&'a str>,
}

#[derive(Serialize)]
struct Named<'a> {
    id: Option<&'a str>,
    title: &'a str,
    page: &'a str,
}

#[derive(Serialize)]
struct JsonEvidence<'a> {
    title: &'a str,
    path: Option<&'a str>,
    url: Option<&'a str>,
    owner: Option<String>,
    date: Option<String>,
    valid_until: Option<String>,
}

fn json_line<'a>(book: &'a Book, line: &'a SoaLine, language: &Language) -> Line<'a> {
    let words = Words::of(language);
    let named = |keys: &[DocumentKey]| {
        let documents = keys.iter().map(|key| book.document(*key));
        documents
            .map(|document| Named {
                id: document.id.as_deref(),
                title: document.title.get(language),
                page: &document.page,
            })
            .collect()
    };
    let justification = phrase::justification(book, line, words, language);
    Line {
        catalog: line.item.id.catalog.as_str(),
        id: &line.item.id.id,
        title: Title { en: line.item.title.get(&Language::english()), ja: line.item.title.get(&Language::japanese()) },
        role: line.role.as_ref().map(crate::id::Role::as_str),
        applicability: line.applicability.word(),
        reasons: line.reasons.iter().map(|reason| word_of(*reason)).collect(),
        justification: (!justification.is_empty()).then_some(justification),
        justification_derived: matches!(line.justification, Justification::Derived(_)),
        status: line.status.map(word_of),
        status_derived: line.status_derived,
        due: line.due.map(|due| due.to_string()),
        owner: line.owner.as_ref().map(|owner| book.person(owner).get(language).to_owned()),
        documents: line
            .documents
            .iter()
            .map(|implementation| {
                let document = book.document(implementation.document);
                let section = implementation.section.as_deref();
                ImplementingDocument {
                    id: document.id.as_deref(),
                    title: document.title.get(language),
                    page: &document.page,
                    section,
                }
            })
            .collect(),
        risks: named(&line.risks),
        obligations: named(&line.obligations),
        evidence: line.evidence.iter().map(|of| json_evidence(book, of, language)).collect(),
        conflict: line.conflict.as_ref().map(|conflict| phrase::conflict(book, conflict, words)),
    }
}

fn json_evidence<'a>(book: &Book, of: &'a EvidenceOf, language: &Language) -> JsonEvidence<'a> {
    let evidence = &of.evidence;
    JsonEvidence {
        title: evidence.title.get(language),
        path: evidence.path.as_ref().map(|path| path.value.as_str()),
        url: evidence.url.as_ref().map(|url| url.value.as_str()),
        owner: evidence.owner.as_ref().map(|owner| book.person(owner).get(language).to_owned()),
        date: evidence.date.as_ref().map(|date| date.value.to_string()),
        valid_until: evidence.valid_until.as_ref().map(|date| date.value.to_string()),
    }
}
