//! The rows of a statement: which control each is about, and what it decides.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::{Reading, pieces};
use super::{ByLine, Decided, Fate, Found, Ids, ItemId, Note, Plan, Table, Told, depth, hinted, role_of, which};
use crate::book::Book;
use crate::catalog::ItemKind;
use crate::derive::soa::decision;
use crate::document::ImplementationStatus;
use crate::document::types::Reason;
use crate::edit::decide::Decision;
use crate::import::columns::day;
use crate::import::grid::{Cell, Row, Value};
use crate::import::outcome::Standing;
use crate::import::{Mapping, letters};
use crate::project::Snapshot;
use crate::value::Word;

/// Columns of marks, and the reason that a mark in each stands for.
const MARKS: [(&str, Reason); 5] = [
    ("risk-mark", Reason::Risk),
    ("legal-mark", Reason::Legal),
    ("contractual-mark", Reason::Contractual),
    ("business-mark", Reason::Business),
    ("best-practice-mark", Reason::BestPractice),
];

/// A title is that of a control from here on.
const ALIKE: usize = 60;

/// Reads the rows of a table.
pub(super) fn read(
    table: &Table<'_>,
    reading: &mut Reading<'_>,
    ids: &Ids<'_>,
    mapping: &Mapping,
    snapshot: &Snapshot,
    plan: &mut Plan,
    told: &mut Vec<Told>,
) {
    let found = controls(table, reading, ids, mapping, &snapshot.book, plan);
    let mut open: Vec<String> = Vec::new();
    let headings = table.sheet.rows[table.header.rows.clone()].iter().flat_map(|row| &row.cells);
    let last = headings.map(|(column, _)| *column).max().unwrap_or_default();
    for (row, found) in table.body.iter().zip(found) {
        // A line of text with more cells than headings has lost the quotes of one of them: no cell is sure to be in its place.
        let ragged =
            table.sheet.name.is_empty() && row.cells.iter().any(|(column, cell)| *column > last && !cell.is_blank());
        let found = if ragged && found.is_ok() { Err(Fate::Ragged) } else { found };
        let mut of_row = OfRow { reading, row, used: BTreeSet::new(), notes: Vec::new(), table };
        let id = found.as_ref().ok().map(|item| snapshot.book.short_id(item));
        let fate = match &found {
            Err(fate) => *fate,
            Ok(item) => match of_row.decided(item, ids, &snapshot.book) {
                Ok(decided) => match placed(&decided, snapshot, &mut of_row) {
                    Fate::Imported => {
                        if decided.decision.applicable.is_none() && reading.column("applicable").is_some() {
                            open.push(snapshot.book.short_id(&decided.item));
                        }
                        plan.decided.push(decided);
                        Fate::Imported
                    }
                    other => other,
                },
                Err(fate) => fate,
            },
        };
        plan.notes.append(&mut of_row.notes);
        let used = std::mem::take(&mut of_row.used);
        for (column, cell) in
            row.cells.iter().filter(|(column, cell)| cell.value == Value::Unread && !used.contains(column))
        {
            if fate != Fate::Unread {
                let place = table.sheet.place(row.number, *column);
                plan.notes.push(Note::new("unread-kept", &[("place", &place), ("text", &cell.text)]));
            }
        }
        let standing = |(column, cell): &(u32, Cell)| {
            let heading = table.header.heading(*column);
            let name = if heading.is_empty() { letters(*column) } else { format!("{} {heading}", letters(*column)) };
            Standing { name, text: cell.text.clone(), used: used.contains(column) }
        };
        told.push(Told { row: row.number + 1, fate, id, cells: row.cells.iter().map(standing).collect() });
    }
    if !open.is_empty() {
        let values = [("n", &*open.len().to_string()), ("first", &open[0])];
        plan.notes.push(Note::new("no-answer", &values));
    }
}

/// The control of each row, or why it has none.
fn controls(
    table: &Table<'_>,
    reading: &Reading<'_>,
    ids: &Ids<'_>,
    mapping: &Mapping,
    book: &Book,
    plan: &mut Plan,
) -> Vec<Result<ItemId, Fate>> {
    let cells: Vec<Option<&Cell>> = table.body.iter().map(|row| reading.cell(row, "control")).collect();
    let written: Vec<_> = cells.iter().map(|cell| cell.and_then(Ids::written)).collect();
    let deep = depth(
        &written.iter().map(|written| written.as_ref().map(super::super::ids::Written::depth)).collect::<Vec<_>>(),
    );
    let text = table.sheet.name.is_empty();
    // Where one id has kept the zero at its end, all have.
    let keeps = cells.iter().zip(&written).any(|(cell, written)| {
        matches!(cell, Some(Cell { value: Value::Text, .. }))
            && written.as_ref().is_some_and(|written| written.is_bare() && written.keeps_zero())
    });
    let hint = mapping.catalog.clone().or_else(|| hinted(table, book));
    let mut found: Vec<Found> = Vec::new();
    for (cell, written) in cells.iter().zip(&written) {
        let Some(cell) = cell else {
            found.push(Found::Nothing);
            continue;
        };
        let bare = written.as_ref().is_some_and(super::super::ids::Written::is_bare);
        let unsure = matches!(cell.value, Value::Number(_)) || text && bare && !keeps;
        let shallow = deep > 2 && bare && written.as_ref().is_some_and(|written| written.depth() < deep);
        found.push(if shallow { Found::Group } else { ids.find(cell, unsure, hint.as_deref()) });
    }
    let titles: Vec<String> = table
        .body
        .iter()
        .zip(&written)
        .map(|(row, written)| {
            let title = reading.cell(row, "title").map(|cell| cell.text.clone());
            title.or_else(|| written.as_ref().map(|written| written.rest.clone())).unwrap_or_default()
        })
        .collect();
    settle_numbers(table, reading, ids, &titles, &mut found, book, plan);
    let mut asked = false;
    let of_row = |(at, found): (usize, &Found)| {
        let place = table.sheet.place(table.body[at].number, reading.column("control").unwrap_or_default());
        fate_of(found, place, &titles[at], ids, book, plan, &mut asked, table)
    };
    found.iter().enumerate().map(of_row).collect()
}

/// Tells controls from those that a lost zero may have made of them: by the title, else by the order of the rows.
fn settle_numbers(
    table: &Table<'_>,
    reading: &Reading<'_>,
    ids: &Ids<'_>,
    titles: &[String],
    found: &mut [Found],
    book: &Book,
    plan: &mut Plan,
) {
    let mut how: BTreeMap<usize, &'static str> = BTreeMap::new();
    for at in 0..found.len() {
        let Found::OneOf(ways) = &found[at] else { continue };
        let mut alike: Vec<(usize, &ItemId)> = ways.iter().map(|way| (ids.likeness(way, &titles[at]), way)).collect();
        alike.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
        if let [(best, way), (next, _), ..] = alike[..]
            && best >= ALIKE
            && best >= next + 15
        {
            found[at] = Found::Item(way.clone());
            how.insert(at, "number-by-title");
        }
    }
    let sure: Vec<(usize, ItemId)> = found
        .iter()
        .enumerate()
        .filter_map(|(at, found)| if let Found::Item(item) = found { Some((at, item.clone())) } else { None })
        .collect();
    if sure.windows(2).all(|pair| pair[0].1 < pair[1].1) {
        for (at, found) in found.iter_mut().enumerate() {
            let Found::OneOf(ways) = &*found else { continue };
            let next = sure.partition_point(|(own, _)| *own < at);
            let before = next.checked_sub(1).map(|at| &sure[at].1);
            let after = sure.get(next).map(|(_, item)| item);
            let fits = |way: &&ItemId| before.is_none_or(|item| item < way) && after.is_none_or(|item| *way < item);
            let fitting: Vec<&ItemId> = ways.iter().filter(fits).collect();
            if let [one] = fitting[..] {
                *found = Found::Item(one.clone());
                how.insert(at, "number-by-order");
            }
        }
    }
    let column = reading.column("control").unwrap_or_default();
    for (at, key) in how {
        let Found::Item(item) = &found[at] else { continue };
        let place = table.sheet.place(table.body[at].number, column);
        let written = reading.cell(table.body[at], "control").map(|cell| cell.text.clone()).unwrap_or_default();
        plan.notes.push(Note::new(key, &[("place", &place), ("written", &written), ("id", &book.short_id(item))]));
    }
}

/// The control that a row is about; a title that belongs to another one forbids it.
#[expect(clippy::too_many_arguments, reason = "what is told of a row hangs on all of these")]
fn fate_of(
    found: &Found,
    place: String,
    title: &str,
    ids: &Ids<'_>,
    book: &Book,
    plan: &mut Plan,
    asked: &mut bool,
    table: &Table<'_>,
) -> Result<ItemId, Fate> {
    match found {
        Found::Item(item) => {
            let other = ids.titled(title).iter().find(|other| other.catalog == item.catalog && *other != item);
            let Some(other) = other.filter(|_| ids.likeness(item, title) < ALIKE) else { return Ok(item.clone()) };
            let values =
                [("place", &*place), ("id", &book.short_id(item)), ("title", title), ("other", &book.short_id(other))];
            plan.notes.push(Note::new("disagrees", &values));
            Err(Fate::Disagrees)
        }
        Found::OneOf(ways) => {
            let ways: Vec<String> = ways.iter().map(|way| book.short_id(way)).collect();
            plan.notes.push(Note::new("number", &[("place", &place), ("ways", &ways.join(", "))]));
            Err(Fate::Number)
        }
        Found::InSeveral(ways) => {
            if !std::mem::replace(asked, true) {
                plan.questions.push(which(table, ways, place));
            }
            Err(Fate::Asked)
        }
        Found::Foreign(item) => {
            let successors = book.resolver().successors(item, ItemKind::Control);
            let successors: Vec<String> = successors.iter().map(|item| book.short_id(item)).collect();
            let values = [
                ("place", &*place),
                ("id", &book.short_id(item)),
                ("catalog", item.catalog.as_str()),
                ("successors", &successors.join(", ")),
            ];
            plan.notes.push(Note::new(if successors.is_empty() { "foreign" } else { "foreign-near" }, &values));
            Err(Fate::Foreign)
        }
        Found::Unknown => {
            plan.notes.push(Note::new("unknown", &[("place", &place)]));
            Err(Fate::Unknown)
        }
        Found::Group => Err(Fate::Group),
        Found::Nothing => Err(Fate::NoId),
    }
}

/// Whether the decision of a row has its place in the book.
fn placed(decided: &Decided, snapshot: &Snapshot, of_row: &mut OfRow<'_, '_>) -> Fate {
    let role = decided.decision.role.as_ref();
    let all: Vec<_> = snapshot.derived.soa.lines_of(&decided.item).collect();
    let lines: Vec<_> = all.into_iter().filter(|line| role.is_none() || line.role.as_ref() == role).collect();
    if lines.is_empty() {
        return Fate::NoLine;
    }
    let Some(explicit) = lines.iter().find_map(|line| line.explicit.first()) else { return Fate::Imported };
    if super::said(decided, snapshot) {
        return Fate::Same;
    }
    let entry = decision(&snapshot.book, explicit);
    let text = snapshot.book.text(&explicit.place.path).unwrap_or_default();
    let line = crate::text::LineIndex::new(text).line(explicit.place.span.start);
    let id = snapshot.book.short_id(&decided.item);
    let at = format!("{}:{line}", explicit.place.path);
    let values = [("place", &*of_row.place("control")), ("id", &id), ("at", &at)];
    if entry.is_some() {
        of_row.notes.push(Note::new("decided", &values));
    }
    Fate::Decided
}

/// A row that is being read.
struct OfRow<'r, 't> {
    reading: &'r Reading<'t>,
    table: &'r Table<'t>,
    row: &'r Row,
    /// The columns whose cells are wholly said by the decision.
    used: BTreeSet<u32>,
    notes: Vec<Note>,
}

impl OfRow<'_, '_> {
    fn place(&self, field: &str) -> String {
        self.table.sheet.place(self.row.number, self.reading.column(field).unwrap_or_default())
    }

    fn note(&mut self, key: &'static str, field: &str) {
        let text = self.reading.cell(self.row, field).map(|cell| cell.text.clone()).unwrap_or_default();
        self.notes.push(Note::new(key, &[("place", &self.place(field)), ("text", &text)]));
    }

    /// The cell of a field, unless it cannot be read.
    fn cell(&mut self, field: &str) -> Result<Option<Cell>, Fate> {
        let cell = self.reading.cell(self.row, field).cloned();
        if cell.as_ref().is_some_and(|cell| cell.value == Value::Unread) {
            self.note("unread", field);
            return Err(Fate::Unread);
        }
        Ok(cell)
    }

    fn use_up(&mut self, field: &str) {
        self.used.extend(self.reading.column(field));
    }

    /// The same for a word. What only an answer gave a meaning said more by itself, and is kept.
    fn use_up_word(&mut self, field: &str) {
        if self.reading.cell(self.row, field).is_none_or(|cell| !self.reading.is_answered(field, &cell.text)) {
            self.use_up(field);
        }
    }

    /// What a field of fixed words says.
    fn word(&mut self, field: &str) -> Result<Option<String>, Fate> {
        let Some(cell) = self.cell(field)? else { return Ok(None) };
        let meaning = self.reading.meaning(field, &cell.text).ok_or(Fate::Asked)?;
        Ok(Some(meaning.to_owned()))
    }

    /// A text as it is written, with plain ends of lines.
    fn text(&mut self, field: &str) -> Result<Option<String>, Fate> {
        let cell = self.cell(field)?;
        let text = cell.map(|cell| cell.text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned());
        let text = text.filter(|text| text.chars().any(char::is_alphanumeric));
        if text.is_some() {
            self.use_up(field);
        }
        Ok(text)
    }

    /// Whether the table says nothing of controls but why they are excluded.
    fn lists_exclusions(&self) -> bool {
        let says = |field: &str| self.reading.column(field).is_some();
        says("exclusion")
            && !["applicable", "excluded-mark", "status", "inclusion", "justification"].into_iter().any(says)
    }

    /// What the row decides of a control.
    fn decided(&mut self, item: &ItemId, ids: &Ids<'_>, book: &Book) -> Result<Decided, Fate> {
        let mut decision = Decision::default();
        // All words are looked at before anything is refused, so that all questions are asked at once.
        let applicable = self.word("applicable");
        let status = self.word("status");
        let role = self.word("role");
        let reasons = self.reasons();
        decision.role = self.table.role.clone().or(role?.and_then(|word| role_of(&word)));
        self.use_up("role");
        let excluded = self.word("excluded-mark");
        let (applicable, status) = (applicable?, status?);
        let marked = excluded?.as_deref() == Some("yes");
        decision.applicable = match (applicable.as_deref(), status.as_deref()) {
            (Some("yes"), _) if marked => return Err(Fate::Contradicts),
            (Some("yes"), _) => Some(true),
            (Some("no"), _) | (None, Some("excluded")) => Some(false),
            _ if marked => Some(false),
            // A list of nothing but the reasons for exclusion is one of what is excluded.
            _ if self.lists_exclusions() && self.reading.cell(self.row, "exclusion").is_some() => Some(false),
            _ => None,
        };
        if marked {
            self.use_up("excluded-mark");
        }
        if applicable.as_deref().is_some_and(|word| word != "none") {
            self.use_up_word("applicable");
        }
        let excluded = decision.applicable == Some(false);
        decision.reasons = reasons?;
        decision.justification = self.justification(excluded)?;
        self.status(status.as_deref(), excluded, &mut decision);
        self.due(excluded, &mut decision)?;
        decision.owner = self.text("owner")?.map(|text| person(&text, book));
        let evidence = self.text("evidence")?.unwrap_or_default();
        let evidence: Vec<String> =
            evidence.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        if decision.is_empty() && evidence.is_empty() {
            return Err(Fate::Empty);
        }
        self.known_cells(item, ids);
        Ok(Decided { item: item.clone(), decision, evidence, at: (self.table.sheet.name.clone(), self.row.number + 1) })
    }

    /// The id is said by the decision, and so is a title that is the catalog's own.
    fn known_cells(&mut self, item: &ItemId, ids: &Ids<'_>) {
        let behind = self.reading.cell(self.row, "control").and_then(Ids::written).map(|written| written.rest);
        if behind.is_none_or(|rest| rest.is_empty() || ids.titled(&rest).contains(item)) {
            self.use_up("control");
        }
        let title = self.reading.cell(self.row, "title").map(|cell| cell.text.clone()).unwrap_or_default();
        if ids.titled(&title).contains(item) {
            self.use_up("title");
        }
    }

    /// The reasons of a list and of columns of marks.
    fn reasons(&mut self) -> Result<Vec<Reason>, Fate> {
        let mut reasons = BTreeSet::new();
        let mut asked = false;
        if let Some(cell) = self.cell("reasons")? {
            for piece in pieces("reasons", &cell.text) {
                match self.reading.meaning("reasons", piece) {
                    Some(word) => reasons.extend(word_of::<Reason>(word)),
                    None => asked = true,
                }
            }
            self.use_up("reasons");
        }
        for (field, reason) in MARKS {
            match self.word(field) {
                Ok(Some(word)) => {
                    if word == "yes" {
                        reasons.insert(reason);
                    }
                    self.use_up(field);
                }
                Ok(None) => {}
                Err(Fate::Asked) => asked = true,
                Err(fate) => return Err(fate),
            }
        }
        if asked { Err(Fate::Asked) } else { Ok(reasons.into_iter().collect()) }
    }

    /// Why, from whichever columns speak of this case.
    fn justification(&mut self, excluded: bool) -> Result<Option<String>, Fate> {
        let (own, other) = if excluded { ("exclusion", "inclusion") } else { ("inclusion", "exclusion") };
        let mut texts: Vec<String> = Vec::new();
        for field in [own, "justification"] {
            texts.extend(self.text(field)?.filter(|text| !texts.contains(text)));
        }
        // A reason for the other case is no reason for this one.
        if self.reading.cell(self.row, other).is_some_and(|cell| cell.text.chars().any(char::is_alphanumeric)) {
            self.note("other-case", other);
        }
        Ok((!texts.is_empty()).then(|| texts.join("\n")))
    }

    fn status(&mut self, word: Option<&str>, excluded: bool, decision: &mut Decision) {
        let status = word.and_then(word_of::<ImplementationStatus>);
        match (word, status) {
            (Some("excluded"), _) if excluded => self.use_up("status"),
            (Some("excluded"), _) => self.note("status-against", "status"),
            (Some(_), Some(_)) if excluded => self.note("status-of-excluded", "status"),
            (Some(_), Some(status)) => {
                decision.status = Some(status);
                self.use_up_word("status");
            }
            _ => {}
        }
    }

    fn due(&mut self, excluded: bool, decision: &mut Decision) -> Result<(), Fate> {
        let Some(cell) = self.cell("due")? else { return Ok(()) };
        match day(&cell) {
            Some(date) if !excluded => {
                decision.due = Some(date);
                // A time, or words beside the day, are kept.
                if cell.text.trim().chars().count() <= 12 {
                    self.use_up("due");
                }
            }
            Some(_) => self.note("due-of-excluded", "due"),
            None => self.note("no-day", "due"),
        }
        Ok(())
    }
}

fn word_of<T: Word>(word: &str) -> Option<T> {
    T::WORDS.iter().find(|(own, _)| *own == word).map(|(_, value)| *value)
}

/// The key of a person that is called so; else the text itself.
fn person(text: &str, book: &Book) -> String {
    let people = book.config.people.iter();
    let known = people.into_iter().find(|(key, name)| key.as_str() == text || name.values().any(|name| name == text));
    known.map_or_else(|| text.to_owned(), |(key, _)| key.clone())
}

/// Of rows about one line, the same are one and others contradict each other.
pub(super) fn settle_twins(plan: &mut Plan) {
    let mut by_line: ByLine<'_> = BTreeMap::new();
    for decided in &plan.decided {
        by_line.entry((decided.item.clone(), decided.decision.role.clone())).or_default().push(decided);
    }
    let mut fates: BTreeMap<(String, u32), Fate> = BTreeMap::new();
    let same = |one: &Decided, other: &Decided| {
        one.decision.fields() == other.decision.fields() && one.evidence == other.evidence
    };
    for rows in by_line.values() {
        let (first, others) = rows.split_first().expect("a line has the rows that it is made of");
        let agree = others.iter().all(|other| same(first, other));
        let role = first.decision.role.is_some();
        // What is decided for every role and for one of them is decided twice.
        let whole = role && by_line.contains_key(&(first.item.clone(), None));
        for (at, decided) in rows.iter().enumerate() {
            match (agree && !whole, at) {
                (true, 0) => {}
                (true, _) => drop(fates.insert(decided.at.clone(), Fate::Twin)),
                (false, _) => drop(fates.insert(decided.at.clone(), Fate::Contradicts)),
            }
        }
    }
    let contradicting: BTreeSet<ItemId> = by_line
        .values()
        .flatten()
        .filter(|decided| fates.get(&decided.at) == Some(&Fate::Contradicts))
        .map(|decided| decided.item.clone())
        .collect();
    for decided in by_line.values().flatten().filter(|decided| contradicting.contains(&decided.item)) {
        fates.insert(decided.at.clone(), Fate::Contradicts);
    }
    drop(by_line);
    plan.decided.retain(|decided| !fates.contains_key(&decided.at));
    retell(plan, &fates);
}

/// Changes the fate of rows; what they said is kept beside.
fn retell(plan: &mut Plan, fates: &BTreeMap<(String, u32), Fate>) {
    for sheet in &mut plan.sheets {
        for told in &mut sheet.rows {
            if let Some(fate) = fates.get(&(sheet.name.clone(), told.row)) {
                told.fate = *fate;
            }
        }
    }
}
