//! The registers for other programs: the same rows in every format and on the pages, and sheets that are ready to file.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use ismsbook::export::{EXPORTS, Export, Format};
use ismsbook::language::Language;
use ismsbook::project::Snapshot;
use ismsbook::words::Words;

use crate::own_book::own_files;
use crate::support::{render, snapshot, snapshot_of, today};

type Rows = Vec<Vec<String>>;

/// A book with one of everything that a register lists.
const BOOK: &str = "--- book.toml
[book]
languages = [\"ja\", \"en\"]
organization = \"雲組\"
[isms]
controls = [\"iso27001-2022\", \"iso27017-2015\"]
requirements = [\"iso27001-2022\", \"jip-isms517\"]
--- content/policies/access.md
---
id: POL-001
type: policy
title: {ja: '=アクセス制御|方針', en: Access control}
status: approved
version: '1.10'
owner: ciso
approver: president
approved: 2026-04-01
next_review: 2026-10-01
classification: internal
controls:
  - {id: A.5.15, evidence: [{title: アクセス権の棚卸し, url: 'https://example.com/a', owner: it, date: 2026-09-01, valid_until: 2026-12-10}]}
  - {id: '27017:9.2.3', roles: [provider]}
evidence:
  - {title: 取締役会議事録, path: minutes.pdf, date: 2024-03-01}
  - {title: 手順書}
---
本文。
--- content/policies/minutes.pdf
x
--- content/records/training.md
---
id: REC-001
type: record
title: 教育記録
classification: confidential
requirements: [7.2]
evidence:
  - {title: 取締役会議事録, path: ../policies/minutes.pdf, valid_until: 2026-11-01}
---
本文。
--- content/risks/r.md
---
id: RSK-001
type: risk
title: 漏えい
owner: it
affects: [confidentiality, availability]
likelihood: high
impact: high
treatment: modify
controls: [A.5.15, A.8.24]
residual: {likelihood: medium, impact: low}
accepted_by: it
accepted_on: 2026-05-01
acceptance_expires: 2026-10-31
actions:
  - {what: '-暗号化', owner: dev, due: 2027-01-31, status: in-progress}
  - {what: 点検, due: 2026-12-31}
---
本文。
--- content/audits/a.md
---
id: AUD-001
type: audit
title: 内部監査
auditor: leader
audited_on: 2026-09-18
roles: [provider]
controls: [A.5.15]
nonconformities:
  - {id: NC-01, control: A.5.15, grade: minor, text: 権限が残っていた。, owner: it, due: 2026-10-31}
  - {id: NC-02, requirement: 7.2, grade: observation, text: 記録が薄い。, closed_on: 2026-11-01}
  - {id: NC-03, control: A.8.24, grade: major, text: 鍵の管理者がいない。, due: 2027-01-31}
---
本文。
--- content/objectives/o.md
---
id: OBJ-001
type: objective
title: 稼働率
measure: 稼働率
target: 99.9%
due: 2027-03-31
---
本文。
--- content/obligations/l.md
---
id: OBL-001
type: obligation
title: 個人情報保護法
kind: legal
authority: 個人情報保護委員会
controls: [A.5.34]
---
本文。
";

fn csv_rows(bytes: &[u8]) -> Rows {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark, or Excel takes it for another encoding");
    assert!(text.replace("\r\n", "").find('\r').is_none());
    let mut rows: Rows = Vec::new();
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let field = fields.last_mut().expect("a field");
        match (letter, quoted) {
            ('"', true) if letters.peek() == Some(&'"') => field.push(letters.next().expect("the second")),
            ('"', _) => quoted = !quoted,
            (',', false) => fields.push(String::new()),
            ('\n', false) => rows.push(std::mem::replace(&mut fields, vec![String::new()])),
            ('\r', false) => {}
            _ => field.push(letter),
        }
    }
    let plain = |cell: String| match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "a formula: {cell}");
            cell
        }
    };
    rows.into_iter().map(|row| row.into_iter().map(plain).collect()).collect()
}

/// Every sheet by its name, the cover first.
fn sheets(bytes: Vec<u8>) -> Vec<(String, Rows)> {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::Float(number) => number.to_string(),
        Data::Empty => String::new(),
        other => panic!("neither text nor number: {other:?}"),
    };
    let names = workbook.sheet_names();
    let sheet = |name: String| {
        let range = workbook.worksheet_range(&name).expect("a sheet");
        (name, range.rows().map(|row| row.iter().map(text).collect()).collect())
    };
    names.into_iter().map(sheet).collect()
}

fn markdown_tables(text: &str) -> Vec<Rows> {
    let mut tables: Vec<Rows> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("| ").and_then(|line| line.strip_suffix(" |")) {
            _ if line.starts_with("## ") => tables.push(Vec::new()),
            Some(row) if !row.starts_with("---") => {
                let row = row.replace("\\|", "\u{1}").replace("<br>", "\n").replace('\\', "");
                let cells = row.split(" | ").map(|cell| cell.replace('\u{1}', "|").trim().to_owned()).collect();
                tables.last_mut().expect("a heading").push(cells);
            }
            _ => {}
        }
    }
    tables
}

/// The rows of every list of an export, as people read them.
fn expected(export: &Export, snapshot: &Snapshot, language: &Language) -> Vec<Rows> {
    let lists = export.lists(snapshot, language);
    lists
        .iter()
        .map(|list| list.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect()).collect())
        .collect()
}

fn one_line(rows: &[Vec<String>]) -> Rows {
    rows.iter().map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect()).collect()
}

fn compare(snapshot: &Snapshot, language: &Language) {
    for export in EXPORTS.iter().filter(|export| !export.lists(snapshot, language).is_empty()) {
        let what = format!("{} in {language}", export.name);
        let rows = expected(export, snapshot, language);
        let write = |format| export.write(snapshot, language, format);

        let csv = csv_rows(&write(Format::Csv));
        assert_eq!(csv.len() - 1, rows.iter().map(Vec::len).sum::<usize>(), "{what}");
        assert!(csv.iter().all(|row| row.len() == csv[0].len()), "{what}");
        let of_csv = |row: &Vec<String>, wanted: &[String]| wanted.iter().all(|cell| row.contains(cell));
        for (row, wanted) in csv[1..].iter().zip(rows.iter().flatten()) {
            assert!(of_csv(row, wanted), "{what}: {row:?} has not {wanted:?}");
        }

        let sheets = sheets(write(Format::Xlsx));
        assert_eq!(sheets.len(), rows.len() + 1, "{what}: a cover, then a sheet a list");
        for ((_, sheet), rows) in sheets[1..].iter().zip(&rows) {
            let mut got = sheet[1..].to_vec();
            for row in &mut got {
                row.resize(sheet[0].len(), String::new());
            }
            assert_eq!(&got, rows, "{what}");
        }

        let markdown = String::from_utf8(write(Format::Md)).expect("UTF-8");
        for (table, rows) in markdown_tables(&markdown).iter().zip(&rows) {
            let plain: Rows = rows.iter().map(|row| row.iter().map(|cell| cell.replace('\\', "")).collect()).collect();
            assert_eq!(one_line(&table[1..]), one_line(&plain), "{what}");
        }
        assert_eq!(markdown_tables(&markdown).len(), rows.len(), "{what}");

        let json: serde_json::Value = serde_json::from_slice(&write(Format::Json)).expect("JSON");
        assert_eq!((json["version"].as_u64(), json["export"].as_str()), (Some(1), Some(export.name)));
        let lists = json["lists"].as_array().expect("lists");
        assert_eq!(lists.len(), rows.len(), "{what}");
        for (list, rows) in lists.iter().zip(&rows) {
            let objects = list["rows"].as_array().expect("rows");
            assert_eq!(objects.len(), rows.len(), "{what}");
            for (object, row) in objects.iter().zip(rows) {
                says(object, row, &what);
            }
        }
    }
}

/// A text of an object stands in the row too, but for the words of states, which people read in their language.
fn says(object: &serde_json::Value, row: &[String], what: &str) {
    let object = object.as_object().expect("an object");
    assert_eq!(object.len(), row.len(), "{what}");
    for key in ["id", "title", "due", "owner", "place", "text", "file", "action", "clause"] {
        if let Some(text) = object.get(key).and_then(serde_json::Value::as_str) {
            assert!(row.iter().any(|cell| cell == text), "{what}: {key} {text} is not in {row:?}");
        }
    }
}

#[test]
fn every_register_has_the_same_rows_in_every_format() {
    let snapshot = snapshot(BOOK);
    for language in [Language::japanese(), Language::english()] {
        compare(&snapshot, &language);
    }
}

#[test]
fn the_registers_of_the_own_book_have_the_same_rows_in_every_format() {
    let snapshot = snapshot_of(own_files(), today());
    for language in [Language::japanese(), Language::english()] {
        compare(&snapshot, &language);
    }
}

#[test]
fn an_empty_book_has_every_register() {
    let snapshot = snapshot("--- book.toml\n");
    compare(&snapshot, &Language::english());
}

/// The rows of the tables of a page that can be filtered, as their texts.
fn rows_of_page(html: &str) -> Vec<String> {
    let lines = html.split("<tr class=\"line").skip(1);
    lines.map(|line| line.split("</tr>").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_register_has_the_rows_of_its_page() {
    for snapshot in [snapshot(BOOK), snapshot_of(own_files(), today())] {
        let language = snapshot.book.config.default_language().clone();
        for (name, list, column) in [
            ("documents", 0, "id"),
            ("evidence", 0, "title"),
            ("audits", 1, "id"),
            ("checklist", 0, "id"),
            ("calendar", 0, "due"),
        ] {
            let export = Export::named(name).expect("an export");
            let lists = export.lists(&snapshot, &language);
            let at = lists[list].columns.iter().position(|field| field.name == column).expect("a column");
            let wanted: Vec<&str> = lists[list].rows.iter().map(|row| row.cells[at].text.as_str()).collect();
            let rows = rows_of_page(&render(&snapshot, &format!("{name}.html")));
            assert_eq!(rows.len(), wanted.len(), "{name}");
            for (row, wanted) in rows.iter().zip(wanted) {
                let escaped =
                    wanted.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
                assert!(row.contains(&escaped) || row.contains(wanted), "{name}: {wanted} is not in {row}");
            }
        }
    }
}

#[test]
fn json_has_keys_and_words_that_no_language_changes() {
    let snapshot = snapshot(BOOK);
    let read = |name: &str, language: &Language| -> serde_json::Value {
        let export = Export::named(name).expect("an export");
        serde_json::from_slice(&export.write(&snapshot, language, Format::Json)).expect("JSON")
    };
    for language in [Language::japanese(), Language::english()] {
        let found = &read("audits", &language)["lists"][1]["rows"];
        let states: Vec<&str> =
            found.as_array().expect("rows").iter().filter_map(|row| row["state"].as_str()).collect();
        assert_eq!(states, ["overdue", "open", "closed"]);
        assert_eq!((found[0]["id"].as_str(), found[0]["due"].as_str()), (Some("NC-01"), Some("2026-10-31")));
        assert_eq!(found[2]["closed_on"], "2026-11-01");
        assert_eq!(found[0]["about"][0], "A.5.15");
        assert_eq!(found[0]["audit"][0]["page"], "audits/a.html");
        let risk = &read("risk-register", &language)["lists"][0]["rows"][0];
        assert_eq!((risk["score"].as_i64(), risk["treatment"].as_str()), (Some(6), Some("modify")));
        assert_eq!(risk["affects"][1], "availability");
        let document = &read("documents", &language)["lists"][0]["rows"];
        let policy = document.as_array().expect("rows").iter().find(|row| row["id"] == "POL-001").expect("the policy");
        assert_eq!((policy["status"].as_str(), policy["version"].as_str()), (Some("approved"), Some("1.10")));
        assert_eq!((policy["type"].as_str(), policy["reviewed"].is_null()), (Some("policy"), true));
        let acceptance = &read("acceptances", &language)["lists"][0]["rows"][0];
        assert_eq!(acceptance["state"], "expired");
    }
}

#[test]
fn evidence_stands_once_with_its_state_and_what_it_shows() {
    let snapshot = snapshot(BOOK);
    let export = Export::named("evidence").expect("an export");
    let json: serde_json::Value =
        serde_json::from_slice(&export.write(&snapshot, &Language::japanese(), Format::Json)).expect("JSON");
    let rows = json["lists"][0]["rows"].as_array().expect("rows");
    let of = |title: &str| rows.iter().find(|row| row["title"] == title).expect("the piece");
    assert_eq!(rows.len(), 3);
    assert_eq!(of("アクセス権の棚卸し")["state"], "ending");
    assert_eq!(of("アクセス権の棚卸し")["controls"][0], "A.5.15");
    // Two documents name one file: the earlier last day counts, and both are named.
    assert_eq!(of("取締役会議事録")["state"], "expired");
    assert_eq!(of("取締役会議事録")["documents"].as_array().map(Vec::len), Some(2));
    assert_eq!(of("手順書")["state"], "undated");
    assert_eq!(of("手順書")["owner"], "ciso");
    let page = render(&snapshot, "evidence.html");
    for text in
        ["30日以内に期限", "期限切れ", "日付なし", "href=\"policies/minutes.pdf\"", "href=\"https://example.com/a\""]
    {
        assert!(page.contains(text), "{text}");
    }
    assert!(page.contains("href=\"evidence.xlsx\"") && page.contains("href=\"evidence.csv\""));
    assert!(render(&snapshot, "en/evidence.html").contains("Ends within 30 days"));
}

#[test]
fn a_page_without_rows_says_what_to_do() {
    let snapshot = snapshot("--- book.toml\n[book]\nlanguages = [\"ja\"]\n");
    assert!(render(&snapshot, "evidence.html").contains("証拠を挙げた文書がまだない"));
    assert!(render(&snapshot, "audits.html").contains("内部監査の記録がまだない"));
}

#[test]
fn a_sheet_is_ready_to_filter_and_to_print() {
    let snapshot = snapshot(BOOK);
    for language in [Language::japanese(), Language::english()] {
        for export in EXPORTS {
            let sheets = sheets(export.write(&snapshot, &language, Format::Xlsx));
            let words = Words::of(&language);
            let (cover, facts) = &sheets[0];
            assert_eq!(cover, words.get("export.cover"));
            let facts: Vec<&String> = facts.iter().flatten().collect();
            for wanted in ["雲組", words.get(&format!("export.{}", export.name)), "2026-11-22", "ISO/IEC 27001:2022"]
            {
                assert!(
                    facts.iter().any(|fact| fact.contains(wanted)),
                    "{}: {wanted} is not in {facts:?}",
                    export.name
                );
            }
        }
    }
    let files =
        unzip(&Export::named("audits").expect("an export").write(&snapshot, &Language::japanese(), Format::Xlsx));
    for sheet in ["xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"] {
        let xml = String::from_utf8_lossy(&files[sheet]);
        for wanted in
            ["state=\"frozen\"", "<autoFilter", "orientation=\"landscape\"", "paperSize=\"9\"", "fitToHeight=\"0\""]
        {
            assert!(xml.contains(wanted), "{sheet}: {wanted} is not in {xml}");
        }
    }
    let workbook = String::from_utf8_lossy(&files["xl/workbook.xml"]).into_owned();
    assert!(workbook.contains("_xlnm.Print_Titles") && workbook.contains("name=\"不適合\""), "{workbook}");
}

/// The files in a workbook.
fn unzip(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    crate::audiences::unzipped(bytes)
}

#[test]
fn no_two_columns_of_a_table_have_one_name() {
    let snapshot = snapshot(BOOK);
    for language in [Language::japanese(), Language::english()] {
        for export in EXPORTS {
            let text = String::from_utf8(export.write(&snapshot, &language, Format::Csv)).expect("text");
            let head = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().to_owned();
            let heads: Vec<&str> = head.split(',').collect();
            let different: std::collections::BTreeSet<&str> = heads.iter().copied().collect();
            assert!(heads.len() > 4 && different.len() == heads.len(), "{} {language}: {head}", export.name);
        }
    }
}
