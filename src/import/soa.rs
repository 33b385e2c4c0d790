//! A Statement of Applicability of any shape, as decisions.

mod reading;
mod row;

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{self, Columns};
use super::grid::{Cell, Row, Sheet};
use super::header::{self, Header};
use super::ids::{Found, Ids};
use super::outcome::{ColumnPlan, Fate, Note, Plan, Question, SheetPlan, Standing, TablePlan, Told};
use super::vocabulary::{self, Vocabulary};
use super::{Kind, Mapping, counted, letters};
use crate::book::Book;
use crate::derive::soa::decision;
use crate::edit::Data;
use crate::edit::decide::Decision;
use crate::id::{ItemId, Role};
use crate::project::Snapshot;
use reading::Reading;

/// What a row decides.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The control.
    pub item: ItemId,
    /// What is decided, for which role.
    pub decision: Decision,
    /// What shows it at work.
    pub evidence: Vec<String>,
    /// The sheet and the row, counted from 1.
    pub at: (String, u32),
}

/// A table of a sheet, with its columns.
struct Table<'s> {
    sheet: &'s Sheet,
    header: Header,
    body: Vec<&'s Row>,
    columns: Columns,
    /// The role that its columns are about, where the sheet has columns of their own for each.
    role: Option<Role>,
}

/// What the sheets of a file would decide in a book.
pub(super) fn plan(sheets: &[Sheet], mapping: &Mapping, snapshot: &Snapshot) -> Plan {
    let vocabulary = vocabulary::of(Kind::Soa);
    let ids = Ids::new(&snapshot.book);
    let mut plan = Plan {
        file: String::new(),
        hash: String::new(),
        kind: Kind::Soa,
        sheets: Vec::new(),
        questions: Vec::new(),
        notes: Vec::new(),
        decided: Vec::new(),
    };
    let mut tables: Vec<Vec<Table<'_>>> = sheets.iter().map(|sheet| tables(sheet, mapping, vocabulary, &ids)).collect();
    // What its author hides is an older state or an aid, unless there is nothing else.
    let shown = |(sheet, tables): (&Sheet, &Vec<Table<'_>>)| !sheet.hidden && !tables.is_empty();
    if sheets.iter().zip(&tables).any(shown) {
        sheets.iter().zip(&mut tables).filter(|(sheet, _)| sheet.hidden).for_each(|(_, tables)| tables.clear());
    }
    let legend = reading::legend(sheets, &tables);
    for (sheet, tables) in sheets.iter().zip(&tables) {
        let mut told = SheetPlan { name: sheet.name.clone(), hidden: sheet.hidden, ..SheetPlan::default() };
        for table in tables {
            let mut reading = Reading::new(table, mapping, vocabulary, &legend);
            row::read(table, &mut reading, &ids, mapping, snapshot, &mut plan, &mut told.rows);
            told.tables.push(columns_of(table, &reading));
            plan.questions.extend(reading.questions());
            plan.questions.extend(ties(table));
        }
        merge(&mut told.rows);
        outside(sheet, tables, &mut told);
        plan.sheets.push(told);
    }
    if tables.iter().all(Vec::is_empty) {
        plan.questions.insert(0, Question::NoTable);
    }
    row::settle_twins(&mut plan);
    plan
}

/// The tables of a sheet that are statements of applicability.
fn tables<'s>(sheet: &'s Sheet, mapping: &Mapping, vocabulary: &Vocabulary, ids: &Ids<'_>) -> Vec<Table<'s>> {
    let headers = header::find(sheet, vocabulary);
    let evidence = |field: &str, cells: &[&Cell]| evidence(field, cells, vocabulary, ids);
    let mut tables: Vec<Table<'_>> = Vec::new();
    for (number, header) in headers.iter().enumerate() {
        let end = headers.get(number + 1).map_or(sheet.rows.len(), |next| next.rows.start);
        let body: Vec<&Row> = sheet.rows[header.rows.end..end].iter().collect();
        // The same headings once more, on another page: the table goes on.
        if let Some(last) = tables.last_mut().filter(|last| last.header.repeats(header)) {
            last.body.extend(body);
            continue;
        }
        let by_role = by_role(header, vocabulary);
        for (role, header) in &by_role {
            let columns = columns::assign(sheet, header, &body, vocabulary, mapping, &evidence);
            tables.push(Table { sheet, header: header.clone(), body: body.clone(), columns, role: Some(role.clone()) });
        }
        if !by_role.is_empty() {
            continue;
        }
        let columns = columns::assign(sheet, header, &body, vocabulary, mapping, &evidence);
        let fields: Vec<&str> = columns.by_field.keys().map(String::as_str).collect();
        let tied = columns.ties.iter().flat_map(|(fields, _)| fields).map(String::as_str);
        let open: Vec<&str> = fields.iter().copied().chain(tied).collect();
        let controls = columns.by_field.get("control");
        let named =
            controls.is_none_or(|column| body.iter().any(|row| row.get(*column).is_some_and(|cell| ids.is_id(cell))));
        if vocabulary.is_met(&open) && named {
            tables.push(Table { sheet, header: header.clone(), body, columns, role: None });
        }
    }
    tables
}

/// The headings for each role, where a sheet has columns of their own for several: those of all, and its own without the role
/// in them. A column that is called nothing but the role says whether the control applies.
fn by_role(header: &Header, vocabulary: &Vocabulary) -> Vec<(Role, Header)> {
    let meanings = vocabulary.meanings("role");
    let role = |text: &str| -> Option<Role> {
        let word = meanings?.word(&crate::import::fold::value(text))?;
        role_of(word)
    };
    let of_column = |levels: &[String]| -> Option<(Role, Vec<String>)> {
        let found = levels.iter().flat_map(|level| level.split([' ', '\n', '(', ')', '（', '）'])).find_map(role)?;
        let rest = levels.iter().map(|level| {
            let kept = level.split([' ', '\n', '(', ')', '（', '）']).filter(|part| role(part).is_none());
            kept.collect::<Vec<_>>().join(" ").trim().to_owned()
        });
        Some((found, rest.filter(|level| !level.is_empty()).collect()))
    };
    let roles: BTreeMap<u32, (Role, Vec<String>)> =
        header.columns.iter().filter_map(|(at, levels)| Some((*at, of_column(levels)?))).collect();
    let all: BTreeSet<&Role> = roles.values().map(|(role, _)| role).collect();
    if all.len() < 2 {
        return Vec::new();
    }
    let of_role = |wanted: &Role| {
        let mut own = header.clone();
        own.columns.retain(|at, _| roles.get(at).is_none_or(|(role, _)| role == wanted));
        for (at, levels) in &mut own.columns {
            if let Some((_, rest)) = roles.get(at) {
                *levels = if rest.is_empty() { vec!["applicable".to_owned()] } else { rest.clone() };
            }
        }
        own
    };
    all.iter().map(|role| ((*role).clone(), of_role(role))).collect()
}

/// Rows that were read for several roles are told once.
fn merge(rows: &mut Vec<Told>) {
    rows.sort_by_key(|told| told.row);
    rows.dedup_by(|next, first| {
        let same = next.row == first.row;
        if same {
            first.fate = if next.fate == Fate::Imported { Fate::Imported } else { first.fate };
            first.id = first.id.take().or_else(|| next.id.take());
            for (cell, other) in first.cells.iter_mut().zip(&next.cells) {
                cell.used |= other.used;
            }
        }
        same
    });
}

/// What is seen in a column.
fn evidence(field: &str, cells: &[&Cell], vocabulary: &Vocabulary, ids: &Ids<'_>) -> i32 {
    let filled: Vec<&&Cell> = cells.iter().filter(|cell| !cell.is_blank()).collect();
    let share = |count: usize| (count * 100).checked_div(filled.len()).unwrap_or(0);
    match field {
        "control" if filled.is_empty() => 0,
        "control" => match share(filled.iter().filter(|cell| ids.is_id(cell)).count()) {
            50.. => 10,
            10.. => 0,
            _ => -20,
        },
        "title" => match share(filled.iter().filter(|cell| !ids.titled(&cell.text).is_empty()).count()) {
            40.. => 8,
            _ => 0,
        },
        "due" => columns::of_days(cells),
        _ => columns::of_words(field, cells, vocabulary),
    }
}

/// The columns of a table as they were understood.
fn columns_of(table: &Table<'_>, reading: &Reading<'_>) -> TablePlan {
    let rows = &table.sheet.rows[table.header.rows.clone()];
    let number = |row: Option<&Row>| row.map_or(0, |row| row.number + 1);
    let in_body = table.body.iter().flat_map(|row| row.cells.iter().map(|(column, _)| *column));
    // The columns of another role are told with that.
    let in_body = in_body.filter(|column| table.role.is_none() || table.header.columns.contains_key(column));
    let all: BTreeSet<u32> = table.header.columns.keys().copied().chain(in_body).collect();
    let columns = all.into_iter().map(|at| {
        let field = table.columns.by_field.iter().find(|(_, column)| **column == at).map(|(field, _)| field.clone());
        ColumnPlan {
            at,
            heading: table.header.heading(at),
            levels: table.header.columns.get(&at).cloned().unwrap_or_default(),
            words: field.as_deref().map(|field| reading.words(field)).unwrap_or_default(),
            field,
            hidden: table.sheet.hidden_columns.contains(&at),
        }
    });
    TablePlan { header: (number(rows.first()), number(rows.last())), columns: columns.collect() }
}

/// Which columns cannot be told from one another.
fn ties(table: &Table<'_>) -> Vec<Question> {
    let question = |(fields, columns): &(Vec<String>, Vec<u32>)| Question::Columns {
        sheet: table.sheet.name.clone(),
        fields: fields.clone(),
        columns: columns.iter().map(|column| (letters(*column), table.header.heading(*column))).collect(),
    };
    table.columns.ties.iter().map(question).collect()
}

/// Tells the rows of a sheet that are in no table, and what stands beside cells.
fn outside(sheet: &Sheet, tables: &[Table<'_>], told: &mut SheetPlan) {
    let known: BTreeSet<u32> = told.rows.iter().map(|told| told.row).collect();
    let heading = |number: u32| {
        let of = |table: &Table<'_>| table.sheet.rows[table.header.rows.clone()].iter().any(|row| row.number == number);
        tables.iter().any(of)
    };
    for row in sheet.rows.iter().filter(|row| !known.contains(&(row.number + 1))) {
        let repeated = tables.iter().any(|table| is_repeated(table, row));
        let fate = if heading(row.number) || repeated { Fate::Heading } else { Fate::Outside };
        let cells = row.cells.iter().map(|(column, cell)| Standing {
            name: letters(*column),
            text: cell.text.clone(),
            used: false,
        });
        told.rows.push(Told { row: row.number + 1, fate, id: None, cells: cells.collect() });
    }
    told.rows.sort_by_key(|told| told.row);
    let remark = |remark: &super::Remark| (format!("{}{}", letters(remark.at.1), remark.at.0 + 1), remark.text.clone());
    told.remarks = sheet.remarks.iter().map(remark).collect();
    let read = |number: &u32| sheet.row(*number).is_some_and(|row| !heading(row.number));
    told.hidden_rows = sheet.hidden_rows.iter().filter(|number| read(number)).map(|number| number + 1).collect();
}

/// Whether a row holds the headings of a table once more.
fn is_repeated(table: &Table<'_>, row: &Row) -> bool {
    let same = |(column, cell): &(u32, Cell)| {
        table.header.columns.get(column).is_some_and(|levels| levels.iter().any(|level| *level == cell.text.trim()))
    };
    row.cells.len() > 1 && row.cells.iter().all(same)
}

/// A decision as an entry of a document.
pub fn entry(decided: &Decided, book: &Book) -> Data {
    let mut entry = vec![("control".to_owned(), Data::text(&book.short_id(&decided.item)))];
    if let Some(role) = &decided.decision.role {
        entry.push(("roles".to_owned(), Data::texts([role.as_str()])));
    }
    entry.extend(decided.decision.fields().into_iter().map(|(key, data)| (key.to_owned(), data)));
    if !decided.evidence.is_empty() {
        let title = |title: &String| Data::Map(vec![("title".to_owned(), Data::text(title))]);
        entry.push(("evidence".to_owned(), Data::List(decided.evidence.iter().map(title).collect())));
    }
    Data::Map(entry)
}

/// Whether a book says what a row decides, for every line that it is about.
pub fn said(decided: &Decided, snapshot: &Snapshot) -> bool {
    let book = &snapshot.book;
    let language = book.config.default_language();
    let role = decided.decision.role.as_ref();
    let mut lines = snapshot
        .derived
        .soa
        .lines_of(&decided.item)
        .filter(|line| role.is_none() || line.role.as_ref() == role)
        .peekable();
    lines.peek().is_some()
        && lines.all(|line| {
            let entry = line.explicit.first().and_then(|explicit| decision(book, explicit));
            entry.is_some_and(|entry| {
                let titles = entry.evidence.iter().map(|evidence| evidence.title.get(language));
                decided.decision.is_said_by(entry, book)
                    && (decided.evidence.is_empty() || titles.eq(decided.evidence.iter().map(String::as_str)))
            })
        })
}

/// The roles that a word of a role column stands for: one, or none for all.
fn role_of(meaning: &str) -> Option<Role> {
    (meaning != "all").then(|| Role::new(meaning))
}

/// How deep most ids of a table are.
fn depth(found: &[Option<usize>]) -> usize {
    let counts = counted(found.iter().flatten().copied().filter(|depth| *depth >= 2));
    counts.into_iter().max_by_key(|(depth, count)| (*count, std::cmp::Reverse(*depth))).map_or(2, |(depth, _)| depth)
}

/// The catalog that a table says it is about, in its name, above its headings or by its columns.
fn hinted(table: &Table<'_>, book: &Book) -> Option<String> {
    let above = &table.sheet.rows[..table.header.rows.end];
    let cells = above.iter().flat_map(|row| &row.cells).map(|(_, cell)| cell.text.as_str());
    let texts: Vec<&str> = cells.chain([table.sheet.name.as_str()]).collect();
    let says = |text: &str| texts.iter().any(|own| own.contains(text));
    let cloud = table.role.is_some() || table.columns.by_field.contains_key("role") || says("27017");
    let own = table.body.iter().filter_map(|row| row.get(*table.columns.by_field.get("control")?));
    let cloud = cloud || own.into_iter().any(|cell| cell.text.trim_start().starts_with("CLD"));
    let id = match (cloud, says(":2013") || says("27001:2014") || says("2013年版")) {
        (true, false) => "iso27017-2015",
        (false, true) => "iso27001-2013",
        _ => return None,
    };
    book.catalogs.get(id).map(|catalog| catalog.id.clone())
}

/// What one control of several catalogs may be, as a question.
fn which(table: &Table<'_>, ways: &[ItemId], place: String) -> Question {
    let ways: BTreeSet<String> = ways.iter().map(|item| item.catalog.as_str().to_owned()).collect();
    Question::Catalog { sheet: table.sheet.name.clone(), ways: ways.into_iter().collect(), place }
}

/// Rows by the control and role that they decide.
type ByLine<'p> = BTreeMap<(ItemId, Option<Role>), Vec<&'p Decided>>;
