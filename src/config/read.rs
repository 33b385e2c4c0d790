//! Reading `book.toml`: section by section, with a finding for each unknown key and each wrong value.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Accepted, Audience, BaseUrl, BuildSettings, Color, Config, FrontMatterDefaults, IdPattern, Isms, Level, Matrix,
    MatrixRule, OwnType, RiskCriteria, SOA_COLUMNS, SoaSettings, Step, Term,
};
use crate::files::FilePath;
use crate::finding::{Finding, Place, Severity};
use crate::id::CatalogId;
use crate::language::{Language, Localized};
use crate::text::{Spanned, composed};
use crate::value::{Fields, Key, Node, Report, Value, Word, in_backticks, key_as_node, localized, scalar};

/// Reads the configuration out of the values of `book.toml`; what is wrong keeps its default and is a finding.
pub fn read(root: &Node) -> (Config, Vec<Finding>) {
    let path = FilePath::new("book.toml");
    let report = Report::new(&path, "BOK003");
    let mut config = Config::default();
    let fields = Fields::new("book.toml", root, &report);
    section(&fields, "book", &report, |book| read_book(book, &report, &mut config));
    if let Some(node) = fields.node("people") {
        config.people = localized_map("people", node, &report);
    }
    section(&fields, "isms", &report, |isms| read_isms(isms, &mut config.isms));
    section(&fields, "risk", &report, |risk| read_risk(risk, &report, &mut config.risk));
    section(&fields, "soa", &report, |soa| read_soa(soa, &report, &mut config.soa));
    section(&fields, "document_control", &report, |control| read_document_control(control, &report, &mut config));
    section(&fields, "front_matter", &report, |front| read_front_matter(front, &report, &mut config));
    if let Some(node) = fields.node("types") {
        config.types = named("types", node, &report, read_type);
    }
    if let Some(node) = fields.node("glossary") {
        config.glossary = named("glossary", node, &report, read_term);
    }
    if let Some(node) = fields.node("audiences") {
        config.audiences = named("audiences", node, &report, read_audience);
    }
    section(&fields, "check", &report, |check| read_check(check, &report, &mut config));
    section(&fields, "build", &report, |build| read_build(build, &report, &mut config.build));
    fields.finish(&[]);
    let (mut findings, unknown) = report.finish();
    findings.extend(unknown.into_iter().map(|unknown| {
        Finding::new("BOK002", Place::new(&path, unknown.key.span))
            .with("key", unknown.key.value.as_str())
            .with("known", in_backticks(&unknown.known.iter().map(String::as_str).collect::<Vec<_>>()))
            .named(&unknown)
    }));
    (config, findings)
}

/// The language that a `book.toml` names first; none where it names none. Of one that is no TOML, the line that names them is
/// read by itself: what is wrong elsewhere is then told in the book's own language.
pub fn first_language(text: &str) -> Option<Language> {
    let mut config = Config { languages: Vec::new(), ..Config::default() };
    let report = Report::new(&FilePath::new("book.toml"), "BOK003");
    match super::parse_toml(text) {
        Ok(root) => {
            let fields = Fields::new("book.toml", &root, &report);
            section(&fields, "book", &report, |book| read_book(book, &report, &mut config));
        }
        Err(_) => {
            let lines = text.lines().filter(|line| line.trim_start().starts_with("languages"));
            for root in lines.filter_map(|line| super::parse_toml(line).ok()) {
                read_book(&Fields::new("book", &root, &report), &report, &mut config);
            }
        }
    }
    config.languages.into_iter().next()
}

fn section(fields: &Fields<'_>, key: &'static str, report: &Report, read: impl FnOnce(&Fields<'_>)) {
    let Some(node) = fields.node(key) else { return };
    let inner = Fields::new(key, node, report);
    read(&inner);
    inner.finish(&[]);
}

fn named<T>(field: &str, node: &Node, report: &Report, read: impl Fn(&Fields<'_>) -> T) -> BTreeMap<String, T> {
    map_of(field, node, report)
        .iter()
        .map(|(key, node)| {
            let fields = Fields::new(&key.value, node, report);
            let value = read(&fields);
            fields.finish(&[]);
            (key.value.clone(), value)
        })
        .collect()
}

/// The entries of a map; a finding where there is something else.
fn map_of<'a>(field: &str, node: &'a Node, report: &Report) -> &'a [(Key, Node)] {
    if !matches!(node.value, Value::Map(_)) {
        report.wrong(field, node, "map");
    }
    node.entries()
}

fn localized_map(field: &str, node: &Node, report: &Report) -> BTreeMap<String, Localized> {
    let entries = map_of(field, node, report).iter();
    entries.filter_map(|(key, node)| Some((key.value.clone(), localized(&key.value, node, report)?))).collect()
}

fn read_book(fields: &Fields<'_>, report: &Report, config: &mut Config) {
    if let Some(title) = fields.localized("title") {
        config.title = title;
    }
    config.organization = fields.localized("organization").unwrap_or_default();
    config.id_pattern = fields.node("id_pattern").and_then(|node| {
        let written = Spanned::new(scalar("id_pattern", node, report)?, node.span);
        let pattern = IdPattern::new(written);
        if pattern.is_none() {
            report.wrong("id_pattern", node, "pattern");
        }
        pattern
    });
    config.language_folders = fields.flag("language_folders").unwrap_or(config.language_folders);
    let languages = fields.list("languages", |node, report| {
        let text = scalar("languages", node, report)?;
        if !Language::is_code(&text) {
            report.wrong("languages", node, "languages");
            return None;
        }
        Some(Language::new(&text))
    });
    if !languages.is_empty() {
        config.languages = languages;
        let mut seen = Vec::new();
        config.languages.retain(|language| {
            let new = !seen.contains(language);
            seen.push(language.clone());
            new
        });
    }
}

fn read_isms(fields: &Fields<'_>, isms: &mut Isms) {
    let read = |key| fields.texts(key).into_iter().map(|id| Spanned::new(CatalogId::new(&id.value), id.span)).collect();
    // A list that is there and empty means none; a list that is absent means the default.
    for (key, place) in [
        ("controls", &mut isms.controls),
        ("requirements", &mut isms.requirements),
        ("risk_sources", &mut isms.risk_sources),
    ] {
        if fields.has(key) {
            *place = read(key);
        }
    }
}

fn read_risk(fields: &Fields<'_>, report: &Report, risk: &mut RiskCriteria) {
    if let Some(node) = fields.node("matrix") {
        match node.scalar() {
            Some(name) => match Matrix::named(name) {
                Some(matrix) => risk.matrix = matrix,
                None => report.not_in("matrix", node, &Matrix::NAMES),
            },
            None => read_matrix(node, report, &mut risk.matrix),
        }
    }
    if let Some(number) = fields.number("acceptable") {
        risk.acceptable = number.value;
    }
}

fn read_matrix(node: &Node, report: &Report, matrix: &mut Matrix) {
    let fields = Fields::new("matrix", node, report);
    let likelihood = read_scale(&fields, "likelihood", report);
    let impact = read_scale(&fields, "impact", report);
    let levels = fields.list("levels", read_level);
    let rule = fields.node("rule");
    let grid = fields.node("grid");
    fields.text("id");
    matrix.title = fields.localized("title").unwrap_or_else(|| crate::words::localized("matrix.own"));
    fields.finish(&[]);
    if !likelihood.is_empty() {
        matrix.likelihood = likelihood;
    }
    if !impact.is_empty() {
        matrix.impact = impact;
    }
    if !levels.is_empty() {
        matrix.levels = levels;
        matrix.levels.sort_by_key(|level| level.min);
    }
    match (grid, rule.and_then(Node::scalar)) {
        (Some(grid), _) => read_grid(grid, report, matrix),
        (None, None | Some("sum")) => matrix.rule = MatrixRule::Sum,
        (None, Some("product")) => matrix.rule = MatrixRule::Product,
        (None, Some(_)) => {
            if let Some(node) = rule {
                report.not_in("rule", node, &["sum", "product"]);
            }
        }
    }
}

/// The steps of a scale that anyone tells apart; the matrix of more fills no page.
const MOST_STEPS: usize = 20;

fn read_scale(fields: &Fields<'_>, key: &'static str, report: &Report) -> Vec<Step> {
    let mut steps = fields.list(key, |node, report| {
        if let Some(word) = node.scalar() {
            return Some(Step { id: word.to_owned(), value: -1, title: Localized::plain(word) });
        }
        let fields = Fields::new(key, node, report);
        let id = fields.text("id");
        let value = fields.number("value");
        let title = fields.localized("title");
        fields.localized("gloss");
        fields.finish(&[]);
        let id = required("id", id, node, report)?;
        Some(Step {
            title: title.unwrap_or_else(|| Localized::plain(&id)),
            value: value.map_or(-1, |value| value.value),
            id,
        })
    });
    if let Some(node) = fields.node(key).filter(|_| steps.len() > MOST_STEPS) {
        report.wrong(key, node, "scale");
        steps.truncate(MOST_STEPS);
    }
    for (at, step) in (0_i64..).zip(&mut steps) {
        if step.value < 0 {
            step.value = at + 1;
        }
    }
    steps
}

/// The value of a key that has to be there.
fn required(key: &str, text: Option<Spanned<String>>, node: &Node, report: &Report) -> Option<String> {
    if text.is_none() && matches!(node.value, Value::Map(_)) {
        report.wrong(key, node, "required");
    }
    Some(text?.value)
}

fn read_level(node: &Node, report: &Report) -> Option<Level> {
    let fields = Fields::new("levels", node, report);
    let (id, title) = (fields.text("id"), fields.localized("title"));
    let (min, max) = (fields.number("min"), fields.number("max"));
    fields.text("color");
    fields.text("colour");
    fields.finish(&[]);
    let id = required("id", id, node, report)?;
    Some(Level {
        title: title.unwrap_or_else(|| Localized::plain(&id)),
        min: min.map_or(0, |min| min.value),
        max: max.map_or(i64::MAX, |max| max.value),
        id,
    })
}

/// A grid is a list of rows, or a map from an impact's id to its row.
fn read_grid(node: &Node, report: &Report, matrix: &mut Matrix) {
    let row = |node: &Node| -> Option<Vec<i64>> {
        let Value::List(cells) = &node.value else { return None };
        cells.iter().map(|cell| cell.scalar()?.parse().ok()).collect()
    };
    let rows: Option<Vec<Vec<i64>>> = match &node.value {
        Value::List(rows) => rows.iter().map(row).collect(),
        Value::Map(_) => matrix.impact.iter().map(|step| row(node.get(&step.id)?)).collect(),
        _ => None,
    };
    let fits = |rows: &Vec<Vec<i64>>| {
        rows.len() == matrix.impact.len() && rows.iter().all(|row| row.len() == matrix.likelihood.len())
    };
    match rows.filter(fits) {
        Some(rows) => matrix.rule = MatrixRule::Grid(rows),
        None => report.wrong("grid", node, "grid"),
    }
}

fn read_soa(fields: &Fields<'_>, report: &Report, soa: &mut SoaSettings) {
    soa.document = fields.text("document");
    let columns = fields.list("columns", |node, report| {
        let text = scalar("columns", node, report)?;
        let words: Vec<&str> = SOA_COLUMNS.iter().chain(&OTHER_COLUMNS).copied().collect();
        if words.contains(&text.as_str()) {
            return Some(text);
        }
        report.not_in("columns", node, &words);
        None
    });
    let mut seen = BTreeSet::new();
    soa.columns = columns.into_iter().filter(|column| seen.insert(column.clone())).collect();
    if let Some(node) = fields.node("symbols") {
        soa.symbols = localized_map("symbols", node, report);
        for (key, _) in node.entries().iter().filter(|(key, _)| !SYMBOLS.contains(&key.value.as_str())) {
            report.not_in("symbols", &key_as_node(key), &SYMBOLS);
        }
    }
}

fn read_document_control(fields: &Fields<'_>, report: &Report, config: &mut Config) {
    let Some(months) = fields.number("review_every") else { return };
    match i32::try_from(months.value) {
        Ok(number @ 1..=120) => config.review_every = number,
        _ => {
            if let Some(node) = fields.node("review_every") {
                report.wrong("review_every", node, "months");
            }
        }
    }
}

/// What has a symbol.
const SYMBOLS: [&str; 3] = ["applicable", "excluded", "undecided"];

/// Columns that can be chosen beside the default ones.
const OTHER_COLUMNS: [&str; 5] = ["reasons", "obligations", "evidence", "due", "catalog"];

fn read_front_matter(fields: &Fields<'_>, report: &Report, config: &mut Config) {
    if let Some(node) = fields.node("aliases") {
        let entries = map_of("aliases", node, report).iter();
        config.aliases =
            entries.filter_map(|(key, node)| Some((key.value.clone(), scalar(&key.value, node, report)?))).collect();
    }
    config.defaults = fields.list("defaults", |node, report| {
        let Some(path) = node.get("path").and_then(Node::scalar) else {
            report.wrong("defaults", node, "defaults-path");
            return None;
        };
        let values = node.entries().iter().filter(|(key, _)| key.value != "path");
        Some(FrontMatterDefaults {
            path: composed(path).into_owned(),
            values: values.map(|(key, node)| (key.value.clone(), node.clone())).collect(),
        })
    });
}

fn read_type(fields: &Fields<'_>) -> OwnType {
    let texts = |key| fields.texts(key).into_iter().map(|text| text.value).collect();
    OwnType {
        label: fields.localized("label").unwrap_or_default(),
        required: texts("required"),
        headings: texts("headings"),
    }
}

fn read_term(fields: &Fields<'_>) -> Term {
    Term {
        term: fields.localized("term").unwrap_or_default(),
        yomi: fields.text("yomi").map(|text| text.value).unwrap_or_default(),
        text: fields.localized("text").unwrap_or_default(),
        see: fields.texts("see").into_iter().map(|id| id.value).collect(),
    }
}

/// A status that does not exist stays in the list: without it the list might be empty, and admit everything.
fn read_audience(fields: &Fields<'_>) -> Audience {
    let status = fields.list("status", |node, report| {
        let text = scalar("status", node, report)?;
        if !STATUSES.contains(&text.as_str()) {
            report.not_in("status", node, &STATUSES);
        }
        Some(text)
    });
    Audience { status, classification: fields.texts("classification").into_iter().map(|text| text.value).collect() }
}

/// The states of a document, as front matter has them.
const STATUSES: [&str; 4] = ["draft", "review", "approved", "retired"];

#[derive(Clone, Copy, PartialEq)]
struct Turned(Option<Severity>);

impl Word for Turned {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("error", Self(Some(Severity::Error))),
        ("warning", Self(Some(Severity::Warning))),
        ("info", Self(Some(Severity::Info))),
        ("off", Self(None)),
    ];
}

fn read_check(fields: &Fields<'_>, report: &Report, config: &mut Config) {
    if let Some(node) = fields.node("rules") {
        for (key, node) in map_of("rules", node, report) {
            if let Some(turned) = crate::value::choice::<Turned>(&key.value, node, report) {
                config.severities.insert(key.value.clone(), Spanned::new(turned.value.0, key.span));
            }
        }
    }
    config.accepted = fields.list("accepted", |node, report| {
        let fields = Fields::new("accepted", node, report);
        let code = fields.text("code");
        let accepted = Accepted {
            path: fields.text("path").map(|path| FilePath::new(&path.value)),
            item: fields.text("item").map(|item| item.value),
            reason: fields.localized("reason").unwrap_or_default(),
            by: fields.text("by").map(|by| by.value),
            until: fields.date("until").map(|until| until.value),
            span: code.as_ref().map_or(node.span, |code| code.span),
            code: code.unwrap_or(Spanned::new(String::new(), node.span)),
        };
        fields.finish(&[]);
        if accepted.code.value.is_empty() {
            report.wrong("code", node, "accepted-code");
            return None;
        }
        if accepted.reason.is_empty() {
            report.wrong("reason", node, "accepted-reason");
        }
        Some(accepted)
    });
}

fn read_build(fields: &Fields<'_>, report: &Report, build: &mut BuildSettings) {
    let text = |key| fields.text(key).map(|text| text.value);
    if let Some(output) = text("output") {
        build.output = output;
    }
    if let Some(theme) = fields.text("theme") {
        build.theme = theme;
    }
    if let Some(autolink) = fields.flag("autolink") {
        build.autolink = autolink;
    }
    build.strip_link_prefix = text("strip_link_prefix").unwrap_or_default();
    build.accent = made(fields, "accent", "color", report, Color::parse);
    build.base_url = made(fields, "base_url", "base-url", report, BaseUrl::parse);
    build.compare_with = text("compare_with");
}

/// A text that `make` makes something of, else a finding.
fn made<T>(
    fields: &Fields<'_>,
    key: &'static str,
    variant: &'static str,
    report: &Report,
    make: fn(&str) -> Option<T>,
) -> Option<T> {
    let node = fields.node(key)?;
    let value = make(&scalar(key, node, report)?);
    if value.is_none() {
        report.wrong(key, node, variant);
    }
    value
}
