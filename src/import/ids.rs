//! Which control a cell names, however it is written: `A.5.1`, `A 5.1`, `附属書A 5.1`, `5.1 方針`, a number that has lost its zero.

use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::fold;
use super::grid::{Cell, Value};
use crate::book::Book;
use crate::catalog::{Catalog, Item, ItemKind};
use crate::id::ItemId;

/// What people write before an id.
const BEFORE: [&str; 16] = [
    "iso/iec 27001:2022",
    "iso/iec 27001:2013",
    "iso/iec 27001",
    "iso 27001",
    "jis q 27001:2023",
    "jis q 27001",
    "27001:",
    "27017:",
    "附属書",
    "附属",
    "annex",
    "control",
    "管理策",
    "項番",
    "no.",
    ":",
];

/// An id as it is written, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// `A` or `CLD`; empty without one.
    letters: String,
    /// The numbers between the points.
    numbers: Vec<String>,
    /// What stands behind it.
    pub(super) rest: String,
}

/// What a cell names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// One control.
    Item(ItemId),
    /// One of these, as its zero may have been lost.
    OneOf(Vec<ItemId>),
    /// A control of several catalogs.
    InSeveral(Vec<ItemId>),
    /// A group of controls.
    Group,
    /// A control of a catalog that the book does not use.
    Foreign(ItemId),
    /// An id that no catalog has.
    Unknown,
    /// No id at all.
    Nothing,
}

/// The controls that a table may name.
pub(super) struct Ids<'b> {
    book: &'b Book,
    active: Vec<&'b Arc<Catalog>>,
    foreign: Vec<&'b Arc<Catalog>>,
    titles: BTreeMap<String, Vec<ItemId>>,
}

impl<'b> Ids<'b> {
    pub(super) fn new(book: &'b Book) -> Self {
        let active: Vec<&Arc<Catalog>> = book.active_catalogs(ItemKind::Control).collect();
        let is_active = |catalog: &&Arc<Catalog>| active.iter().any(|own| own.id == catalog.id);
        let foreign =
            book.catalogs.iter().filter(|catalog| !is_active(catalog) && catalog.has(ItemKind::Control)).collect();
        let mut titles: BTreeMap<String, Vec<ItemId>> = BTreeMap::new();
        for item in active.iter().flat_map(|catalog| catalog.items_of(ItemKind::Control)) {
            for title in item.title.values().map(crate::text::bare) {
                titles.entry(title).or_default().push(item.id.clone());
            }
        }
        Self { book, active, foreign, titles }
    }

    /// An id, as far as the text of a cell begins with one.
    pub(super) fn written(cell: &Cell) -> Option<Written> {
        match cell.value {
            Value::Text | Value::Number(_) => parse(&cell.text),
            Value::Date(_) | Value::Bool | Value::Unread => None,
        }
    }

    /// Whether a cell names a control of some catalog.
    pub(super) fn is_id(&self, cell: &Cell) -> bool {
        let known = |written: Written| {
            !Self::candidates(&written, &self.active).is_empty()
                || !Self::candidates(&written, &self.foreign).is_empty()
        };
        self.own(&cell.text).is_some() || Self::written(cell).is_some_and(known)
    }

    /// What a cell names. `unsure` says that a zero at its end may have been lost, `catalog` which one the table is about.
    pub(super) fn find(&self, cell: &Cell, unsure: bool, catalog: Option<&str>) -> Found {
        if let Some(item) = self.own(&cell.text) {
            return Found::Item(item);
        }
        let Some(written) = Self::written(cell) else { return Found::Nothing };
        let of = |written: &Written, catalogs: &[&Arc<Catalog>]| {
            let all = Self::candidates(written, catalogs);
            let named: Vec<ItemId> =
                all.iter().filter(|id| catalog.is_some_and(|named| named == id.catalog.as_str())).cloned().collect();
            if named.is_empty() { all } else { named }
        };
        let own = of(&written, &self.active);
        let foreign = of(&written, &self.foreign);
        let lost = if unsure {
            written.with_zero().map(|longer| of(&longer, &self.active)).unwrap_or_default()
        } else {
            Vec::new()
        };
        let named = |ids: &[ItemId]| catalog.is_some_and(|named| ids.iter().any(|id| id.catalog.as_str() == named));
        match (&own[..], &foreign[..]) {
            ([one], _) if !lost.is_empty() => Found::OneOf([vec![one.clone()], lost].concat()),
            ([one], []) => Found::Item(one.clone()),
            ([one], _) if named(&own) => Found::Item(one.clone()),
            ([_], [other, ..]) if named(&foreign) => Found::Foreign(other.clone()),
            ([_, ..], others) => Found::InSeveral([&own[..], others].concat()),
            ([], _) if self.is_group(&written) => Found::Group,
            ([], [other, ..]) => Found::Foreign(other.clone()),
            ([], []) if written.numbers.len() >= 2 && !written.letters.is_empty() => Found::Unknown,
            ([], []) => Found::Nothing,
        }
    }

    /// A control whose id the text is, to the letter: ids of catalogs of the user's own have any form.
    fn own(&self, text: &str) -> Option<ItemId> {
        let text: String = text.nfkc().collect();
        let item = self.active.iter().find_map(|catalog| control(catalog, text.trim()))?;
        // What is only numbers may mean another catalog, or have lost a zero.
        item.id.id.contains(|c: char| c.is_alphabetic()).then(|| item.id.clone())
    }

    fn candidates(written: &Written, catalogs: &[&Arc<Catalog>]) -> Vec<ItemId> {
        let mut found: Vec<ItemId> = Vec::new();
        for catalog in catalogs {
            let item = written.spellings().into_iter().find_map(|id| control(catalog, &id));
            found.extend(item.map(|item| item.id.clone()));
        }
        found
    }

    fn is_group(&self, written: &Written) -> bool {
        let all = self.active.iter().chain(&self.foreign);
        let spellings = written.spellings();
        all.into_iter().any(|catalog| spellings.iter().any(|id| catalog.group(id).is_some()))
    }

    /// How well a title is that of a control, from 0 to 100.
    pub(super) fn likeness(&self, item: &ItemId, title: &str) -> usize {
        let title = crate::text::bare(title);
        let own = self.book.item(item).map(|item| &item.title);
        let titles = own.into_iter().flat_map(crate::language::Localized::values).map(crate::text::bare);
        titles.map(|own| if title.contains(&own) { 100 } else { fold::likeness(&own, &title) }).max().unwrap_or(0)
    }

    /// The controls that bear a title.
    pub(super) fn titled(&self, title: &str) -> &[ItemId] {
        self.titles.get(&crate::text::bare(title)).map(Vec::as_slice).unwrap_or_default()
    }
}

fn control<'c>(catalog: &'c Catalog, id: &str) -> Option<&'c Arc<Item>> {
    catalog.item(id).filter(|item| item.kind == ItemKind::Control && !item.heading)
}

impl Written {
    /// How catalogs may spell it.
    fn spellings(&self) -> Vec<String> {
        let numbers = self.numbers.join(".");
        match self.letters.as_str() {
            "" => vec![numbers.clone(), format!("A.{numbers}")],
            letters => vec![format!("{letters}.{numbers}")],
        }
    }

    /// The same with the zero that a number loses at its end.
    fn with_zero(&self) -> Option<Self> {
        let (last, before) = self.numbers.split_last()?;
        let short = before.len() == 1 && last.len() == 1;
        let numbers = || before.iter().cloned().chain([format!("{last}0")]).collect();
        short.then(|| Self { numbers: numbers(), ..self.clone() })
    }

    /// Whether it has no letters, and ends with a zero that a number would have lost.
    pub(super) fn keeps_zero(&self) -> bool {
        self.numbers.len() == 2 && self.numbers[1].len() > 1 && self.numbers[1].ends_with('0')
    }

    /// Whether it is nothing but numbers.
    pub(super) fn is_bare(&self) -> bool {
        self.letters.is_empty()
    }

    /// How many numbers it has.
    pub(super) fn depth(&self) -> usize {
        self.numbers.len()
    }
}

fn parse(text: &str) -> Option<Written> {
    let normal: String = text.nfkc().filter(|c| !matches!(c, '*' | '_' | '`' | '\u{200b}' | '\u{feff}')).collect();
    let mut rest = normal.trim();
    // A link of Markdown stands for its text.
    if let Some((label, _)) = rest.strip_prefix('[').and_then(|rest| rest.split_once("](")) {
        rest = label.trim();
    }
    loop {
        let before = rest;
        for word in BEFORE {
            let head = rest.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word));
            rest = if head.is_some() { rest[word.len()..].trim_start() } else { rest };
        }
        if rest == before {
            break;
        }
    }
    let (letters, rest) = lettered(rest);
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let numbers: Vec<String> = rest[..end].trim_end_matches('.').split('.').map(str::to_owned).collect();
    let sound = numbers.iter().all(|number| (1..=2).contains(&number.len())) && (1..=4).contains(&numbers.len());
    let behind = &rest[end..];
    // `5.1)` and `5.1-3` are something else than an id and its title.
    let parted =
        behind.chars().next().is_none_or(|c| c.is_whitespace() || c.is_alphabetic() || ":、,・-–—".contains(c));
    let title = behind.trim_start_matches(|c: char| c.is_whitespace() || ":、,・-–—".contains(c)).trim();
    let ranged = lettered(title).1.starts_with(|c: char| c.is_ascii_digit());
    let several = names_more(title);
    let lettered_alone = numbers.len() == 1 && !letters.is_empty() && !title.is_empty() && letters != "A";
    (sound && parted && !ranged && !several && !lettered_alone).then(|| Written {
        letters,
        numbers,
        rest: title.to_owned(),
    })
}

/// Whether what stands behind an id names another: `A.5.3 ～ A.5.5`, `A.5.3 and A.5.4` are about several controls.
fn names_more(title: &str) -> bool {
    let parts = title.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'));
    parts.into_iter().any(|part| {
        let (_, numbers) = lettered(part);
        let mut numbers = numbers.trim_end_matches('.').split('.');
        let is_number =
            |number: &str| (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        numbers.clone().count() >= 2 && numbers.all(is_number)
    })
}

/// The letters in front of the numbers, with whatever stands between both.
fn lettered(text: &str) -> (String, &str) {
    for letters in ["CLD", "A"] {
        let head = text.get(..letters.len()).filter(|head| head.eq_ignore_ascii_case(letters));
        let rest = head.map(|_| text[letters.len()..].trim_start_matches(['.', ' ', '-', '\n', '.', '・']));
        if let Some(rest) = rest.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
            return (letters.to_owned(), rest);
        }
    }
    (String::new(), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_however_it_is_written() {
        let table = [
            ("A.5.1", "A", "5.1", ""),
            ("A 5.1", "A", "5.1", ""),
            ("A5.1", "A", "5.1", ""),
            ("Ａ．５．１０", "A", "5.10", ""),
            ("附属書A 5.1", "A", "5.1", ""),
            ("附属書Ａ５．１", "A", "5.1", ""),
            ("Annex A 8.23", "A", "8.23", ""),
            ("Control 5.1", "", "5.1", ""),
            ("管理策5.1", "", "5.1", ""),
            ("5.1 情報セキュリティのための方針群", "", "5.1", "情報セキュリティのための方針群"),
            ("A.5.1\nPolicies", "A", "5.1", "Policies"),
            ("**A.5.1**", "A", "5.1", ""),
            ("[A.6.1](controls/a61.md)", "A", "6.1", ""),
            ("CLD.6.3.1", "CLD", "6.3.1", ""),
            ("27017:9.2.3", "", "9.2.3", ""),
            ("A.5", "A", "5", ""),
        ];
        for (text, letters, numbers, rest) in table {
            let written = parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (written.letters.as_str(), written.numbers.join(".").as_str(), written.rest.as_str()),
                (letters, numbers, rest),
                "{text}"
            );
        }
        for text in [
            "",
            "Clause",
            "2026-01-31",
            "A.5.1-A.5.4",
            "A.5.3 ～ A.5.5",
            "A.5.3 から A.5.5",
            "A.5.3 (and A.5.4)",
            "5.8 / 5.9",
            "5.1)",
            "1.2.3.4.5",
            "合計 93",
            "ISO/IEC 27001:2022",
            "123.4",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
