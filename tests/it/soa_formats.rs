//! The SoA says the same in every format: page, CSV, XLSX and Markdown are compared with `soa.json`, line by line and field by
//! field, on the repository's own book and on a book with every combination of what a line can be made from.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, Reader, Xlsx};
use ismsbook::book::Document;
use ismsbook::catalog::Catalog;
use ismsbook::export::soa;
use ismsbook::id::Role;
use ismsbook::language::Language;
use ismsbook::project::Snapshot;
use ismsbook::site::{Site, SiteOptions};
use ismsbook::words::Words;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use crate::own_book::own_files;
use crate::support::{snapshot, snapshot_of, today};

/// The fields that the tables of the exports have, by the keys of their headings.
const FIELDS: [&str; 15] = [
    "id",
    "title",
    "role",
    "applicability",
    "reasons",
    "justification",
    "status",
    "due",
    "owner",
    "documents",
    "risks",
    "obligations",
    "evidence",
    "derived",
    "conflict",
];

/// A table as a program reads it: its head, then its rows.
type Rows = Vec<Vec<String>>;

/// `soa.json`, and what it says in the words of a language.
struct Statement<'a> {
    snapshot: &'a Snapshot,
    language: Language,
    words: &'static Words,
    lines: Vec<Value>,
}

impl<'a> Statement<'a> {
    fn new(snapshot: &'a Snapshot, language: &Language) -> Self {
        let json: Value = serde_json::from_slice(&soa::json(snapshot, language)).expect("JSON");
        let lines = json["lines"].as_array().expect("lines").clone();
        Self { snapshot, language: language.clone(), words: Words::of(language), lines }
    }

    fn catalog(&self, line: &Value) -> &Catalog {
        self.snapshot.book.catalogs.get(text(&line["catalog"])).expect("the catalog of a line")
    }

    fn of_catalog<'s>(&'s self, catalog: &'s str) -> Vec<&'s Value> {
        self.lines.iter().filter(|line| line["catalog"] == catalog).collect()
    }

    /// The id as people write it.
    fn id(&self, line: &Value) -> String {
        let id = text(&line["id"]);
        let bare = !id.starts_with(|c: char| c.is_ascii_digit());
        if bare { id.to_owned() } else { format!("{}:{id}", self.catalog(line).prefix) }
    }

    fn word(&self, prefix: &str, word: &Value) -> String {
        word.as_str().map(|word| self.words.get(&format!("{prefix}.{word}")).to_owned()).unwrap_or_default()
    }

    fn symbol(&self, line: &Value) -> String {
        let word = text(&line["applicability"]);
        let own = self.snapshot.book.config.soa.symbols.get(word).map(|symbol| symbol.get(&self.language).to_owned());
        own.unwrap_or_else(|| self.word("applicability", &line["applicability"]))
    }

    fn reasons(&self, line: &Value) -> Vec<String> {
        list(&line["reasons"]).iter().map(|reason| self.word("reason", reason)).collect()
    }

    /// The words of the heading that an implementing document names.
    fn section(&self, named: &Value) -> Option<String> {
        let document: &Document =
            self.snapshot.book.documents.iter().find(|document| document.page == text(&named["page"]))?;
        let body = &document.manuscript(&self.language).0.body;
        Some(body.heading_with(named["section"].as_str()?)?.text.clone())
    }

    fn marks(&self, line: &Value) -> Vec<String> {
        let marks = [("justification_derived", "justification"), ("status_derived", "status")];
        let set = marks.iter().filter(|(flag, _)| line[*flag] == true);
        set.map(|(_, key)| self.words.get(&format!("export.column.{key}")).to_owned()).collect()
    }

    /// What the cell of a field says in an export for people.
    fn field(&self, line: &Value, field: &str) -> String {
        let labels = |key: &str| list(&line[key]).iter().map(label).collect::<Vec<_>>().join("\n");
        match field {
            "id" => self.id(line),
            "title" => text(&line["title"][self.words.language().code()]).to_owned(),
            "role" => line["role"].as_str().map(|role| self.role(line, role).0).unwrap_or_default(),
            "applicability" => self.symbol(line),
            "reasons" => self.words.join(&self.reasons(line)),
            "status" => self.word("implementation", &line["status"]),
            "documents" => {
                let of = |named: &Value| match self.section(named) {
                    Some(section) => self.words.fill(
                        "phrase.section-of-document",
                        &[("document", label(named).as_str()), ("section", section.as_str())],
                    ),
                    None => label(named),
                };
                list(&line["documents"]).iter().map(of).collect::<Vec<_>>().join("\n")
            }
            "risks" | "obligations" => labels(field),
            "evidence" => list(&line["evidence"]).iter().map(evidence).collect::<Vec<_>>().join("\n"),
            "derived" => self.words.join(&self.marks(line)),
            _ => text(&line[field]).to_owned(),
        }
    }

    /// The name and the short label of a role.
    fn role(&self, line: &Value, role: &str) -> (String, String) {
        let role = self.catalog(line).role(&Role::new(role)).expect("a role of the catalog");
        (role.title.get(&self.language).to_owned(), role.label.get(&self.language).to_owned())
    }

    fn head(&self, field: &str) -> String {
        self.words.get(&format!("export.column.{field}")).to_owned()
    }

    /// Compares a table for people, field by field.
    fn compare(&self, format: &str, rows: &Rows, lines: &[&Value]) {
        let (head, rows) = rows.split_first().expect("a head");
        assert_eq!(rows.len(), lines.len(), "{format}: as many rows as lines");
        assert_eq!(head.iter().collect::<BTreeSet<_>>().len(), head.len(), "{format}: no two columns of one name");
        let asked = &self.snapshot.book.config.soa.columns;
        let shown = |field: &str| {
            asked.is_empty() || ["derived", "conflict"].contains(&field) || asked.iter().any(|column| column == field)
        };
        let title = |column: &String| self.head(if column == "catalog" { "standard" } else { column });
        let wanted: Vec<String> = asked.iter().map(title).filter(|title| head.contains(title)).collect();
        assert!(head.starts_with(&wanted), "{format}: the columns that the book asks for, in its order: {head:?}");
        for (row, line) in rows.iter().zip(lines) {
            for field in FIELDS {
                if !shown(field) {
                    assert!(!head.contains(&self.head(field)), "{format}: nobody asked for {field}");
                    continue;
                }
                let Some(at) = head.iter().position(|title| *title == self.head(field)) else {
                    assert!(field == "role" && line["role"].is_null(), "{format} has no column {field}");
                    continue;
                };
                // What Markdown and a page show in one line may stand in several.
                let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                let (found, expected) = (plain(&row[at]), plain(&self.field(line, field)));
                assert_eq!(found, expected, "{format}, {field} of {} {}", line["id"], line["role"]);
            }
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Id and title of a document.
fn label(named: &Value) -> String {
    named["id"]
        .as_str()
        .map_or_else(|| text(&named["title"]).to_owned(), |id| format!("{id} {}", text(&named["title"])))
}

fn evidence(evidence: &Value) -> String {
    let (title, place) = (text(&evidence["title"]), evidence["path"].as_str().or(evidence["url"].as_str()));
    place.filter(|place| *place != title).map_or_else(|| title.to_owned(), |place| format!("{title} ({place})"))
}

fn csv_rows(bytes: &[u8]) -> Rows {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let cell = |cell: &str| match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => cell.to_owned(),
    };
    reader.records().map(|row| row.expect("a row").iter().map(cell).collect()).collect()
}

/// The sheets of the catalogs, which follow the cover.
fn sheets(bytes: Vec<u8>) -> Vec<Rows> {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let names = workbook.sheet_names();
    let text = |cell: &Data| {
        assert!(matches!(cell, Data::String(_) | Data::Empty), "a cell is a text: {cell:?}");
        cell.to_string()
    };
    let mut sheet = |name: &String| -> Rows {
        let range = workbook.worksheet_range(name).expect("a sheet");
        range.rows().map(|row| row.iter().map(text).collect()).collect()
    };
    names.iter().skip(1).map(&mut sheet).collect()
}

fn markdown_tables(text: &str) -> Vec<Rows> {
    let mut tables: Vec<Rows> = Vec::new();
    let mut cell: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match (event, &mut cell) {
            (Event::Start(Tag::Table(_)), _) => tables.push(Vec::new()),
            (Event::Start(Tag::TableHead | Tag::TableRow), _) => tables.last_mut().expect("a table").push(Vec::new()),
            (Event::Start(Tag::TableCell), _) => cell = Some(String::new()),
            (Event::End(TagEnd::TableCell), _) => {
                let row = tables.last_mut().and_then(|table| table.last_mut()).expect("a row");
                row.push(cell.take().unwrap_or_default());
            }
            (Event::Text(text), Some(cell)) => cell.push_str(&text),
            (Event::InlineHtml(html), Some(cell)) => {
                assert_eq!(&*html, "<br>", "nothing else is HTML");
                cell.push('\n');
            }
            (event, Some(cell)) => panic!("a cell says what it says: {event:?} after {cell}"),
            _ => {}
        }
    }
    tables
}

/// A row of the page: its attributes and its cells by the heads of their columns.
struct PageRow {
    attributes: String,
    cells: Vec<(String, String)>,
}

impl PageRow {
    fn attribute(&self, name: &str) -> String {
        let after = self.attributes.split_once(&format!(" {name}=\"")).map_or("", |(_, after)| after);
        unescaped(after.split('"').next().unwrap_or_default())
    }

    fn cell(&self, title: &str) -> Option<&str> {
        self.cells.iter().find(|(head, _)| head == title).map(|(_, cell)| cell.as_str())
    }
}

/// What stands between the tags of one name, nothing of which is inside another of that name.
fn elements<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let mut found = Vec::new();
    for part in html.split(&format!("<{name}")).skip(1) {
        if part.starts_with([' ', '>']) {
            let inside = part.split_once('>').map_or("", |(_, rest)| rest);
            found.push(inside.split(&format!("</{name}>")).next().unwrap_or_default());
        }
    }
    found
}

fn page_rows(html: &str) -> Vec<PageRow> {
    let mut rows = Vec::new();
    for table in elements(html, "table").into_iter().filter(|table| table.contains("class=\"col-")) {
        let head = table.split("</thead>").next().unwrap_or_default();
        let heads: Vec<String> = elements(head, "th").into_iter().map(plain).collect();
        for row in table.split("<tr ").skip(1).filter(|row| row.contains("class=\"line")) {
            let (attributes, rest) = row.split_once('>').expect("a tag ends");
            let rest = rest.split("</tr>").next().unwrap_or_default().replace("<th", "<td").replace("</th>", "</td>");
            let cells = elements(&rest, "td").into_iter().map(str::to_owned);
            rows.push(PageRow {
                attributes: format!(" {attributes}"),
                cells: heads.iter().cloned().zip(cells).collect(),
            });
        }
    }
    rows
}

/// The words of a piece of HTML.
fn plain(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, after)| after));
    }
    // The first part stands before any tag.
    unescaped(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unescaped(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (escape, letter)| text.replace(escape, letter))
}

/// A cell in two: what it says itself, and its marks of a class.
fn apart(cell: &str, name: &str, class: &str) -> (String, Vec<String>) {
    let open = format!("<{name} class=\"{class}\">");
    let mut own = String::new();
    let mut marks = Vec::new();
    for (at, part) in cell.split(&open).enumerate() {
        let (mark, rest) = if at == 0 { ("", part) } else { part.split_once(&format!("</{name}>")).expect("it ends") };
        if at > 0 {
            marks.push(plain(mark));
        }
        own.push_str(rest);
    }
    (own, marks)
}

/// Compares the page; it has the columns that the book asks for.
fn compare_page(statement: &Statement<'_>, html: &str) {
    let rows = page_rows(html);
    assert_eq!(rows.len(), statement.lines.len(), "the page has a row a line");
    let space = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut compared = 0;
    for (row, line) in rows.iter().zip(&statement.lines) {
        let words: Vec<&str> = list(&line["reasons"]).iter().map(text).collect();
        let state = [&line["applicability"], &line["status"], &line["role"]].map(|value| text(value).to_owned());
        let shown = ["data-applicability", "data-status", "data-role"].map(|name| row.attribute(name));
        assert_eq!((shown, row.attribute("data-reason")), (state, words.join(" ")));
        let mut conflicts = Vec::new();
        let mut derived = Vec::new();
        for column in statement.snapshot.book.config.soa.page_columns() {
            let title = statement.head(if column == "catalog" { "standard" } else { column });
            let Some(cell) = row.cell(&title) else {
                assert!(column == "role" && line["role"].is_null(), "no column {column}");
                continue;
            };
            let (cell, conflict) = apart(cell, "div", "conflict");
            conflicts.extend(conflict);
            let (cell, marks) = apart(&cell, "span", "derived");
            derived.extend(marks.iter().map(|_| title.clone()));
            let (cell, reasons) = apart(&cell, "p", "reasons");
            let (cell, due) = apart(&cell, "p", "due-on");
            if let Some(reasons) = reasons.first() {
                assert_eq!(*reasons, statement.field(line, "reasons"));
            }
            if let Some(due) = due.first() {
                assert!(due.ends_with(text(&line["due"])), "{due}");
            }
            let said = cell_says(statement, line, column, &cell);
            assert_eq!(said.0, said.1.iter().map(|text| space(text)).collect::<Vec<_>>(), "{column} of {}", line["id"]);
            compared += 1;
        }
        assert_eq!(derived, statement.marks(line), "what is derived in {}", line["id"]);
        let conflict = text(&line["conflict"]);
        assert_eq!(conflicts.len(), usize::from(!conflict.is_empty()), "{conflicts:?}");
        assert!(conflicts.iter().all(|shown| shown.contains(&space(conflict))), "{conflicts:?}");
    }
    assert!(compared >= rows.len() * 8);
}

/// What a cell of the page says, and what `soa.json` says that it should.
fn cell_says(statement: &Statement<'_>, line: &Value, column: &str, cell: &str) -> (Vec<String>, Vec<String>) {
    let short = |named: &Value| named["id"].as_str().unwrap_or_else(|| text(&named["title"])).to_owned();
    let texts = |name: &str| elements(cell, name).into_iter().map(plain).collect::<Vec<_>>();
    match column {
        "role" => {
            let label = line["role"].as_str().map(|role| statement.role(line, role).1).unwrap_or_default();
            (vec![plain(cell)], vec![label])
        }
        "reasons" => (texts("div"), statement.reasons(line)),
        "documents" => {
            let document = |named: &Value| match statement.section(named) {
                Some(section) => format!("{} {section}", short(named)),
                None => short(named),
            };
            (texts("div"), list(&line["documents"]).iter().map(document).collect())
        }
        "risks" | "obligations" => (texts("li"), list(&line[column]).iter().map(short).collect()),
        "evidence" => {
            let first = |html: &str| plain(html.split("<span class=\"quiet\">").next().unwrap_or_default());
            let titles = elements(cell, "li").into_iter().map(first);
            (titles.collect(), list(&line["evidence"]).iter().map(|one| text(&one["title"]).to_owned()).collect())
        }
        "catalog" => (vec![plain(cell)], vec![statement.catalog(line).title.get(&statement.language).to_owned()]),
        "applicability" => (vec![applicability(cell)], vec![statement.symbol(line)]),
        _ => (vec![plain(cell)], vec![statement.field(line, column)]),
    }
}

/// A symbol has its meaning beside it for those who hear the page.
fn applicability(cell: &str) -> String {
    plain(cell.split("<span class=\"visually-hidden\">").next().unwrap_or_default())
}

fn all_agree(snapshot: Snapshot) {
    let snapshot = Arc::new(snapshot);
    let site = Site::new(Arc::clone(&snapshot), SiteOptions::default());
    let languages = snapshot.book.config.languages.clone();
    for (language, folder) in languages.iter().zip(["", "en/"]) {
        let statement = Statement::new(&snapshot, language);
        let all: Vec<&Value> = statement.lines.iter().collect();
        assert!(all.len() > 100, "{}", all.len());
        statement.compare("csv", &csv_rows(&soa::csv(&snapshot, language)), &all);
        let markdown = String::from_utf8(soa::markdown(&snapshot, language)).expect("UTF-8");
        let (tables, sheets) = (markdown_tables(&markdown), sheets(soa::xlsx(&snapshot, language)));
        let catalogs = &snapshot.book.config.isms.controls;
        assert_eq!((tables.len(), sheets.len()), (catalogs.len(), catalogs.len() + 2));
        for (at, catalog) in catalogs.iter().enumerate() {
            let lines = statement.of_catalog(catalog.value.as_str());
            statement.compare("md", &tables[at], &lines);
            statement.compare("xlsx", &sheets[at], &lines);
        }
        let route = site.route(&format!("{folder}soa.html")).expect("the page");
        compare_page(&statement, &String::from_utf8_lossy(&site.render(&route).bytes));
        let beside = site.route(&format!("{folder}soa.md")).expect("it stands beside the page");
        assert_eq!(&*site.render(&beside).bytes, markdown.as_bytes());
    }
}

#[test]
fn every_format_says_the_same_of_the_own_book() {
    all_agree(snapshot_of(own_files(), today()));
}

#[test]
fn every_format_says_the_same_of_every_kind_of_line() {
    let book = snapshot(&every_kind());
    let lines = &book.derived.soa.lines;
    let kinds = [
        lines.iter().any(|line| line.conflict.is_some()),
        lines.iter().any(|line| line.status_derived),
        lines.iter().any(|line| line.due.is_some()),
        lines.iter().any(|line| line.evidence.len() > 1),
        lines.iter().any(|line| line.documents.len() > 1),
        lines.iter().any(|line| line.reasons.len() > 1),
        book.derived.soa.totals.undecided > 0,
    ];
    assert!(kinds.iter().all(|there| *there), "{kinds:?}");
    all_agree(book);
}

/// What a line can be made from: a decision, a risk, an obligation, documents.
const DECISIONS: [&str; 3] = ["none", "applicable", "excluded"];
const OBLIGATIONS: [&str; 3] = ["none", "OBL-001", "OBL-002"];
const DOCUMENTS: [&[&str]; 4] = [&[], &["POL-001"], &["POL-002"], &["POL-001", "POL-002", "POL-003"]];
const REASONS: [&str; 5] = ["risk", "legal", "contractual", "business", "best-practice"];
const STATUSES: [&str; 4] = ["implemented", "partial", "planned", "not-implemented"];

/// A book with a control for each combination, twice: in a catalog of two roles, where decision and risk speak of one alone,
/// and in one without. Its texts hold whatever could break a format.
fn every_kind() -> String {
    let mut items = String::new();
    let mut decisions = String::new();
    let mut named: [Vec<String>; 6] = Default::default();
    let mut number = 0;
    for (decision, with_risk, obligation, documents) in combinations() {
        number += 1;
        let id = format!("CC6.{number}");
        let title = ["Plain", "A | bar", "A <b>tag</b>", "Marks *_` &amp; [x](y) ~~z~~"][number % 4];
        writeln!(items, "  - {{id: {id}, group: G{}, title: {{en: '{title} {number}', ja: '題 {title} {number}'}}, guidance: {{customer: Ask., provider: Tell.}}}}", number % 3).expect("memory");
        for catalog in ["cloud", "house"] {
            let control = format!("'{catalog}:{id}'");
            let roles = if catalog == "cloud" { ", roles: [customer]" } else { "" };
            if with_risk {
                named[0].push(format!("{{id: {control}{roles}}}"));
            }
            match obligation {
                "OBL-001" => named[1].push(control.clone()),
                "OBL-002" => named[2].push(control.clone()),
                _ => {}
            }
            for (at, document) in ["POL-001", "POL-002", "POL-003"].iter().enumerate() {
                if documents.contains(document) {
                    let more = [", section: part", ", evidence: [{title: '=1+1', url: 'https://example.com/a_b'}]", ""];
                    named[3 + at].push(format!("{{id: {control}{}}}", more[number % 3]));
                }
            }
            if decision != "none" {
                decisions.push_str(&decision_of(&control, roles, decision, number));
            }
        }
    }
    let list = |at: usize| named[at].join(", ");
    let catalog = |id: &str, roles: &str| {
        format!(
            "--- catalogs/{id}.yaml\nid: {id}\nkind: controls\nprefix: {id}\ntitle: {{en: Catalog {id}, ja: 基準 {id}}}\n{roles}groups:\n  - {{id: G0, title: Zero}}\n  - {{id: G1, title: One}}\n  - {{id: G2, title: Two}}\nitems:\n{items}"
        )
    };
    let document =
        |path: &str, head: &str| format!("--- content/{path}\n---\n{head}\n---\nText.\n\n## The *part* {{#part}}\n");
    [
        "--- book.toml\n[book]\ntitle = \"Kinds\"\nlanguages = [\"ja\", \"en\"]\n[isms]\ncontrols = [\"cloud\", \"house\"]\nrequirements = []\nrisk_sources = []\n[people]\nciso = {ja = \"責任者\", en = \"CISO\"}\n[soa]\ncolumns = [\"catalog\", \"id\", \"title\", \"role\", \"applicability\", \"reasons\", \"justification\", \"status\", \"due\", \"documents\", \"risks\", \"obligations\", \"evidence\", \"owner\"]\nsymbols = {applicable = \"○\", excluded = \"×\", undecided = \"?\"}\n".to_owned(),
        catalog("cloud", "roles:\n  - {id: customer, title: {en: Customer, ja: カスタマ}, label: CSC}\n  - {id: provider, title: {en: Provider, ja: プロバイダ}, label: CSP}\n"),
        catalog("house", ""),
        document("risk.md", &format!("id: RSK-001\ntype: risk\ntitle: 盗難 | <b>\ncontrols: [{}]", list(0))),
        document("law.md", &format!("id: OBL-001\ntype: obligation\nkind: legal\ntitle: Law\ncontrols: [{}]", list(1))),
        document("contract.md", &format!("id: OBL-002\ntype: obligation\nkind: contractual\ntitle: Contract\ncontrols: [{}]", list(2))),
        document("approved.md", &format!("id: POL-001\ntype: policy\ntitle: Approved\nstatus: approved\nowner: ciso\nevidence: [{{title: A round, path: the book of rounds, owner: ciso, date: 2026-01-05, valid_until: 2026-10-01}}]\ncontrols: [{}]", list(3))),
        document("draft.md", &format!("id: POL-002\ntype: policy\ntitle: '=Draft'\nstatus: draft\ncontrols: [{}]", list(4))),
        document("nameless.md", &format!("type: policy\ntitle: Without an id\nstatus: draft\ncontrols: [{}]", list(5))),
        document("statement.md", &format!("id: SOA-001\ntype: applicability\ntitle: Statement\ndecisions:\n{decisions}")),
    ]
    .concat()
}

fn combinations() -> Vec<(&'static str, bool, &'static str, &'static [&'static str])> {
    let mut all = Vec::new();
    for decision in DECISIONS {
        for with_risk in [false, true] {
            for obligation in OBLIGATIONS {
                all.extend(DOCUMENTS.map(|documents| (decision, with_risk, obligation, documents)));
            }
        }
    }
    all
}

fn decision_of(control: &str, roles: &str, decision: &str, number: usize) -> String {
    let justification = ["'Because | it *is*, <br> so.'", "'=HYPERLINK(1)'", "\"Two\\nlines.\""][number % 3];
    if decision == "excluded" {
        return format!("  - {{control: {control}{roles}, applicable: false, justification: {justification}}}\n");
    }
    let mut more = String::new();
    if number.is_multiple_of(2) {
        more.push_str(&format!(", justification: {justification}"));
    }
    if !number.is_multiple_of(3) {
        more.push_str(&format!(", status: {}, due: 2027-03-31, owner: ciso", STATUSES[number % 4]));
    }
    if number.is_multiple_of(5) {
        more.push_str(
            ", evidence: [{title: Ticket, path: JIRA-1}, {title: 記録, url: 'https://example.com/?a=1&b=2'}]",
        );
    }
    format!("  - {{control: {control}{roles}, applicable: true, reasons: [{}]{more}}}\n", REASONS[number % 5])
}
