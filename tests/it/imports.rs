//! Tables of other people: what is imported, what is asked, what is kept beside, and that no word of any cell is lost.
#![expect(clippy::disallowed_methods, reason = "the command works on the file system")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use ismsbook::catalog::{Item, ItemKind, shipped};
use ismsbook::import::{self, Fate, Mapping, Plan, Question, Source};
use ismsbook::language::Language;
use ismsbook::yaml;
use rust_xlsxwriter::{Format, Note, Workbook, Worksheet};
use serde_json::Value;
use tempfile::TempDir;

use super::support::{run_program, snapshot};

const BOOK: &str = "[book]\nlanguages = [\"ja\", \"en\"]\n[people]\nit = { ja = \"情報システム部\", en = \"IT\" }\n[isms]\ncontrols = [\"iso27001-2022\", \"iso27017-2015\"]\nrequirements = []\nrisk_sources = []\n";
const SCOPE: &str = "--- content/scope.md\n---\nid: SCP-001\ntype: scope\ntitle: Scope\nservices: [x]\nisms_relation: same\ncloud_services:\n  - { name: Mail, roles: [customer, provider], model: SaaS, provider: us }\n---\n\nText.\n";

/// A book in which nothing is decided, as one text.
pub(crate) fn bare() -> String {
    format!("--- book.toml\n{BOOK}{SCOPE}")
}

pub(crate) fn planned(name: &str, bytes: &[u8], mapping: &Mapping) -> Plan {
    import::plan(Source { name, bytes }, mapping, &snapshot(&bare())).expect("it can be read")
}

pub(crate) fn of_text(text: &str) -> Plan {
    planned("soa.csv", text.as_bytes(), &Mapping::default())
}

/// `row: fate` of every row that was not imported.
pub(crate) fn named(plan: &Plan) -> Vec<String> {
    let rows = plan.sheets.iter().flat_map(|sheet| &sheet.rows).filter(|told| told.fate != Fate::Imported);
    rows.map(|told| format!("{}: {}", told.row, told.fate.word())).collect()
}

/// The ids that are decided, in the order of the rows.
pub(crate) fn ids(plan: &Plan) -> Vec<&str> {
    plan.decided.iter().map(|decided| &*decided.item.id).collect()
}

/// `letters field` of every column that has a field.
pub(crate) fn fields(plan: &Plan) -> Vec<String> {
    let columns = plan.sheets.iter().flat_map(|sheet| &sheet.tables).flat_map(|table| &table.columns);
    columns.filter_map(|column| Some(format!("{} {}", import::letters(column.at), column.field.as_ref()?))).collect()
}

fn book() -> TempDir {
    let book = TempDir::new().expect("a temporary folder");
    for (path, file) in super::support::files(&bare()).iter() {
        let path = book.path().join(path.as_str());
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, &file.bytes).expect("written");
    }
    book
}

fn run(folder: &Path, arguments: &[&str]) -> (u8, String, String) {
    let folder = folder.to_str().expect("a plain path");
    let arguments: Vec<String> = arguments.iter().map(|argument| argument.replace("DIR", folder)).collect();
    run_program(false, arguments.iter().map(String::as_str))
}

fn lines(folder: &Path) -> Vec<Value> {
    let (status, out, err) = run(folder, &["soa", "DIR", "--format", "json"]);
    assert_eq!(status, 0, "{err}");
    let soa: Value = serde_json::from_str(&out).expect("JSON");
    soa["lines"].as_array().expect("lines").clone()
}

/// Every file of a book with its bytes.
fn state(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut open = vec![folder.to_path_buf()];
    let mut found = BTreeMap::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).expect("a folder").flatten().map(|entry| entry.path()));
        } else {
            found.insert(path.display().to_string(), fs::read(&path).expect("a file"));
        }
    }
    found
}

/// The texts of the file that keeps what has no field.
fn kept(folder: &Path) -> Vec<String> {
    fn texts(node: &ismsbook::value::Node, found: &mut Vec<String>) {
        match &node.value {
            ismsbook::value::Value::List(nodes) => nodes.iter().for_each(|node| texts(node, found)),
            ismsbook::value::Value::Map(entries) => entries.iter().for_each(|(_, node)| texts(node, found)),
            _ => found.extend(node.scalar().map(str::to_owned)),
        }
    }
    let file = fs::read_dir(folder.join("imports")).expect("a folder").flatten().next().expect("a file");
    let text = fs::read_to_string(file.path()).expect("a text");
    let mut found = Vec::new();
    texts(&yaml::parse(&text).expect("YAML"), &mut found);
    found
}

fn controls() -> Vec<Arc<Item>> {
    let catalog = shipped().get("iso27001-2022").expect("it is shipped");
    catalog.items_of(ItemKind::Control).cloned().collect()
}

pub(crate) fn saved(mut workbook: Workbook) -> Vec<u8> {
    workbook.save_to_buffer().expect("it is saved")
}

/// A cell of a sheet that is written by this test: its column and text.
pub(crate) type Cells = Vec<(u16, String)>;

/// A statement as a Japanese office keeps it: a title over all columns, a legend, headings of two lines, group rows, ids as
/// numbers, marks, a remark, a hidden row, and a line below. With every cell that was written.
pub(crate) fn japanese() -> (Vec<u8>, BTreeMap<String, Cells>, Vec<String>) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("適用宣言書").expect("a name");
    let plain = Format::new();
    let mut all = Vec::new();
    let merge = |sheet: &mut Worksheet, area: (u32, u16, u32, u16), text: &str| {
        sheet.merge_range(area.0, area.1, area.2, area.3, text, &plain).expect("merged");
    };
    merge(sheet, (0, 0, 0, 9), "適用宣言書（クラウドサービス）");
    sheet.write(1, 0, "凡例　○：適用　×：除外").expect("written");
    all.extend(["適用宣言書（クラウドサービス）", "凡例　○：適用　×：除外", "以上"].map(str::to_owned));
    for (column, text) in [
        (0, "項番"),
        (1, "管理策"),
        (2, "適用要否"),
        (6, "適用／除外の\n理由"),
        (7, "実施状況"),
        (8, "担当部署"),
        (9, "備考"),
    ] {
        merge(sheet, (3, column, 4, column), text);
    }
    merge(sheet, (3, 3, 3, 5), "適用の根拠");
    for (column, text) in [(3, "法令"), (4, "契約"), (5, "リスク対応")] {
        sheet.write(4, column, text).expect("written");
    }
    let (mut row, mut group, mut rows) = (5, String::new(), BTreeMap::new());
    for (number, item) in controls().iter().enumerate() {
        if item.group != group {
            group.clone_from(&item.group);
            let text = format!("{group} の管理策");
            merge(sheet, (row, 0, row, 9), &text);
            all.push(text);
            row += 1;
        }
        let id = item.id.id.to_string();
        let title = item.title.get(&Language::japanese()).to_owned();
        sheet.write(row, 0, id[2..].parse::<f64>().expect("a number")).expect("written");
        let excluded = number % 17 == 3;
        let mut cells: Cells = vec![(1, title.clone()), (2, if excluded { "×" } else { "〇" }.to_owned())];
        cells.push((
            6,
            if excluded {
                format!("対象の業務がないため\n（{title}）")
            } else {
                format!("{title}が必要なため")
            },
        ));
        if !excluded {
            cells.push((5, "●".to_owned()));
            cells.extend((number % 3 == 0).then(|| (3, "○".to_owned())));
            cells.push((7, ["実施済み", "一部実施", "計画中", "未実施"][number % 4].to_owned()));
            cells.push((8, ["情報システム部", "総務部"][number % 2].to_owned()));
        }
        cells.extend((number % 5 == 0).then(|| (9, format!("次回に見直す：{id}"))));
        for (column, text) in &cells {
            sheet.write(row, *column, text).expect("written");
        }
        rows.insert(id, cells);
        row += 1;
    }
    sheet.insert_note(8, 2, &Note::new("審査で質問された")).expect("a remark");
    all.push("審査で質問された".to_owned());
    sheet.set_row_hidden(9).expect("hidden");
    sheet.write(row + 1, 0, "以上").expect("written");
    (saved(workbook), rows, all)
}

#[test]
fn a_japanese_statement_is_imported_cell_by_cell() {
    let (bytes, rows, others) = japanese();
    let book = book();
    fs::write(book.path().join("適用宣言書.xlsx"), &bytes).expect("written");
    let before = state(book.path());
    let (status, plan, err) = run(book.path(), &["import", "DIR/適用宣言書.xlsx", "--dir=DIR"]);
    assert_eq!((status, err.as_str()), (0, ""), "{plan}");
    assert_eq!(state(book.path()), before, "a plan writes nothing");
    let (status, out, err) = run(book.path(), &["import", "DIR/適用宣言書.xlsx", "--dir=DIR", "--write"]);
    assert_eq!((status, err.as_str()), (0, ""), "{out}");
    for (path, bytes) in &before {
        assert_eq!(&fs::read(path).expect("it is there"), bytes, "{path} is as it was");
    }
    let kept = kept(book.path());
    let (mut same, all) = (0, lines(book.path()));
    for line in all.iter().filter(|line| line["catalog"] == "iso27001-2022") {
        let id = line["id"].as_str().expect("an id");
        let cells: BTreeMap<u16, &str> = rows[id].iter().map(|(column, text)| (*column, text.as_str())).collect();
        let excluded = cells[&2] == "×";
        assert_eq!(line["applicability"], if excluded { "excluded" } else { "applicable" }, "{id}");
        let mut reasons: Vec<&str> = Vec::new();
        reasons.extend(cells.contains_key(&5).then_some("risk"));
        reasons.extend(cells.contains_key(&3).then_some("legal"));
        assert_eq!(line["reasons"], serde_json::json!(reasons), "{id}");
        assert_eq!(line["justification"], cells[&6], "{id}");
        let status = cells.get(&7).map(|text| match *text {
            "実施済み" => "implemented",
            "一部実施" => "partial",
            "計画中" => "planned",
            _ => "not-implemented",
        });
        assert_eq!(line["status"], serde_json::json!(status), "{id}");
        let owner = cells.get(&8).copied();
        assert_eq!(line["owner"], serde_json::json!(owner), "{id}");
        if let Some(text) = cells.get(&9) {
            assert!(kept.iter().any(|kept| kept == text), "{id}: {text}");
        }
        same += 1;
    }
    assert_eq!(same, 93);
    for text in others {
        assert!(kept.iter().any(|kept| kept.contains(&text)), "{text} is kept");
    }
    let (status, out, _) = run(book.path(), &["import", "DIR/適用宣言書.xlsx", "--dir=DIR", "--language=en"]);
    assert!(status == 0 && out.contains("said by the book already (93)"), "{out}");
}

#[test]
fn headings_of_many_hands_are_understood() {
    let table: [(&str, &[&str]); 9] = [
        (
            "Control ID,Control Name,Applicable (Yes/No),Justification,Implementation Status,Control owner",
            &["A control", "B title", "C applicable", "D justification", "E status", "F owner"],
        ),
        (
            "No.,Control,Applied?,Reason for inclusion,Reason for exclusion,Status",
            &["A control", "B title", "C applicable", "D inclusion", "E exclusion", "F status"],
        ),
        (
            "Control,Control Title,Applicability,LR,CO,BR,RRA",
            &[
                "A control",
                "B title",
                "C applicable",
                "D legal-mark",
                "E contractual-mark",
                "F business-mark",
                "G risk-mark",
            ],
        ),
        (
            "管理策番号,管理策名,適用要否,適用理由,除外理由,実施状況,担当部署,関連規程,備考",
            &["A control", "B title", "C applicable", "D inclusion", "E exclusion", "F status", "G owner"],
        ),
        (
            "附属書Ａ,管理策,採否,採否の理由,期限,証跡",
            &["A control", "B title", "C applicable", "D justification", "E due", "F evidence"],
        ),
        ("ｎｏ,題名,適用／除外,選択理由", &["A control", "B title", "C applicable", "D reasons"]),
        // What stands in a column speaks louder than its heading.
        (
            "Theme,Annex A Control,Applicable,Justification",
            &["A control", "B title", "C applicable", "D justification"],
        ),
        ("Annex A Control,Control ID,Applicable,Status", &["A control", "B title", "C applicable", "D status"]),
        ("Section,Control Objective,Ref,Applicable,Remarks,Owner", &["C control", "D applicable", "F owner"]),
    ];
    for (head, expected) in table {
        let count = head.split(',').count();
        let ids = if head.starts_with("Section") {
            ["x,y,A.5.1", "x,y,A.5.7"]
        } else {
            ["A.5.1,Policies for information security", "A.5.7,Threat intelligence"]
        };
        let rows: Vec<String> =
            ids.iter().map(|id| format!("{id}{}", ",".repeat(count - id.split(',').count()))).collect();
        let plan = of_text(&format!("{head}\n{}\n", rows.join("\n")));
        assert_eq!(fields(&plan), expected, "{head}: {:?}", plan.questions);
        assert!(plan.questions.is_empty(), "{head}: {:?}", plan.questions);
    }
}

#[test]
fn two_readings_as_good_are_asked_and_answered() {
    let text = "No.,Title,Applicable,Owner,Responsible\nA.5.1,x,Yes,CISO,IT\n";
    let plan = of_text(text);
    let [Question::Columns { fields, columns, .. }] = &plan.questions[..] else { panic!("{:?}", plan.questions) };
    assert_eq!(
        (fields.as_slice(), columns[0].0.as_str(), columns[1].0.as_str()),
        (&["owner".to_owned()][..], "D", "E")
    );
    let book = book();
    fs::write(book.path().join("soa.csv"), text).expect("written");
    let before = state(book.path());
    let (status, out, _) = run(book.path(), &["import", "DIR/soa.csv", "--dir=DIR", "--write", "--language=en"]);
    assert!(status == 1 && out.contains("--map D=owner") && state(book.path()) == before, "{out}");
    let (status, out, _) = run(
        book.path(),
        &["import", "DIR/soa.csv", "--dir=DIR", "--write", "--map", "Responsible=owner", "--map", "D=other"],
    );
    assert_eq!(status, 0, "{out}");
    assert_eq!(lines(book.path())[0]["owner"], "情報システム部", "the name is that of a person of the book");
    assert!(kept(book.path()).contains(&"CISO".to_owned()));
    let dual = of_text("No.,Title,Applicable,Policy / Reason for Exclusion\nA.5.1,x,Yes,POL-1\n");
    assert!(
        dual.questions.is_empty() || matches!(dual.questions[..], [Question::Columns { .. }]),
        "{:?}",
        dual.questions
    );
}

#[test]
fn an_unknown_word_is_asked_and_never_guessed() {
    let text = "No.,Title,Applicable,Status\nA.5.1,x,Yes,Implemented\nA.5.2,y,Inherited,Implemented\nA.5.3,z,,\n";
    let plan = of_text(text);
    let [Question::Word { field, written, place, count, .. }] = &plan.questions[..] else {
        panic!("{:?}", plan.questions)
    };
    assert_eq!((field.as_str(), written.as_str(), place.as_str(), *count), ("applicable", "Inherited", "C3", 1));
    assert_eq!(named(&plan), ["1: heading", "3: asked", "4: empty"]);
    let book = book();
    fs::write(book.path().join("soa.csv"), text).expect("written");
    let import = ["import", "DIR/soa.csv", "--dir=DIR", "--mapping", "DIR/import.toml", "--write"];
    let (status, out, _) = run(book.path(), &import);
    assert_eq!(status, 1, "{out}");
    let mapping = book.path().join("import.toml");
    let proposed = fs::read_to_string(&mapping).expect("it is proposed");
    assert!(
        proposed.contains("\"Inherited\" = \"?\"") && proposed.contains("\"Applicable\" = \"applicable\""),
        "{proposed}"
    );
    let (status, ..) = run(book.path(), &import);
    assert_eq!(status, 1, "a question stays one until it is answered");
    fs::write(&mapping, proposed.replace("\"?\"", "\"yes\"")).expect("written");
    let (status, out, err) = run(book.path(), &import);
    assert_eq!(status, 0, "{out}{err}");
    let lines = lines(book.path());
    assert_eq!((&lines[1]["applicability"], &lines[2]["applicability"]), (&"applicable".into(), &"undecided".into()));
}

#[test]
fn signs_mean_what_their_column_or_legend_says() {
    let table: [(&str, Result<&[bool], &str>); 6] = [
        ("○\n×", Ok(&[true, false])),
        ("O\nX", Ok(&[true, false])),
        ("●\n✕", Ok(&[true, false])),
        ("x\nx", Err("x")),
        ("Yes\nＮＯ ", Ok(&[true, false])),
        ("適用\n除外", Ok(&[true, false])),
    ];
    for (values, expected) in table {
        let (one, other) = values.split_once('\n').expect("two lines");
        let plan = of_text(&format!("番号,題名,適用\nA.5.1,a,{one}\nA.5.7,b,{other}\n"));
        match expected {
            Ok(expected) => {
                let said: Vec<bool> = plan.decided.iter().filter_map(|decided| decided.decision.applicable).collect();
                assert_eq!(said, expected, "{values}: {:?}", plan.questions);
            }
            Err(word) => {
                assert!(matches!(&plan.questions[..], [Question::Word { written, .. }] if written == word), "{values}");
            }
        }
    }
    let legend = of_text("凡例：P＝適用する、N＝除外,,\n番号,題名,適用\nA.5.1,a,P\nA.5.7,b,N\n");
    let said: Vec<Option<bool>> = legend.decided.iter().map(|decided| decided.decision.applicable).collect();
    assert_eq!(said, [Some(true), Some(false)], "{:?}", legend.questions);
}

#[test]
fn a_number_that_may_have_lost_its_zero_is_told() {
    let numbers = |rows: &[(f64, &str)]| {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write_row(0, 0, ["No.", "Control", "Applicable"]).expect("written");
        for (at, (number, title)) in (1..).zip(rows) {
            sheet.write(at, 0, *number).expect("written");
            sheet.write(at, 1, *title).expect("written");
            sheet.write(at, 2, "Yes").expect("written");
        }
        planned("soa.xlsx", &saved(workbook), &Mapping::default())
    };
    let keys = |plan: &Plan| plan.notes.iter().map(|note| note.key).collect::<Vec<_>>();
    let by_title = numbers(&[
        (5.1, "Policies for information security"),
        (5.1, "Acceptable use of information and other associated assets"),
    ]);
    assert_eq!((ids(&by_title), keys(&by_title)), (vec!["A.5.1", "A.5.10"], vec!["number-by-title"; 2]));
    let by_order = numbers(&[(5.1, ""), (5.4, ""), (5.9, ""), (5.1, ""), (5.11, "")]);
    assert_eq!(ids(&by_order), ["A.5.1", "A.5.4", "A.5.9", "A.5.10", "A.5.11"]);
    assert_eq!(keys(&by_order), ["number-by-order"; 2]);
    let silent = numbers(&[(5.2, ""), (8.1, "our own words"), (8.9, "")]);
    assert_eq!(ids(&silent), ["A.8.1", "A.8.9"]);
    assert_eq!(
        (named(&silent), keys(&silent)),
        (vec!["1: heading".to_owned(), "2: number".to_owned()], vec!["number-by-order", "number"])
    );
    // A CSV file that a spreadsheet wrote has lost the same zeros; one that kept a single zero has kept all.
    assert_eq!(
        named(&of_text("No.,Control,Applicable\n5.2,,Yes\n5.2,,Yes\n")),
        ["1: heading", "2: number", "3: number"]
    );
    assert_eq!(ids(&of_text("No.,Control,Applicable\n5.2,,Yes\n5.20,,Yes\n")), ["A.5.2", "A.5.20"]);
}

#[test]
fn ids_and_titles_that_disagree_are_not_imported() {
    let plan = of_text(
        "Control ID,Title,Applicable\nA.6.8,Contact with special interest groups,Yes\nA.5.7,Threat intelligence,Yes\n",
    );
    assert_eq!((ids(&plan), named(&plan)), (vec!["A.5.7"], vec!["1: heading".to_owned(), "2: disagrees".to_owned()]));
    let own = of_text("Control ID,Title,Applicable\nA.6.8,How we report events,Yes\nA.5.7,Threats,Yes\n");
    assert_eq!(ids(&own), ["A.6.8", "A.5.7"]);
}

#[test]
fn every_row_is_imported_or_named() {
    let text = "Statement of Applicability,,,\n,,,\nControl ID,Title,Applicable,Notes\nA.5 Organizational,,,\nA.5.1,,Yes,a\nA.5.1,,Yes,b\nA.5.2,,Yes,\nA.5.2,,No,\nA.5.99,,Yes,\nA.9.2.1,,Yes,\nControl ID,Title,Applicable,Notes\nA.5.3,,,only a note\ntotal,,3,\nA.5.4,,No,\n";
    let plan = of_text(text);
    assert_eq!(
        named(&plan),
        [
            "1: outside",
            "3: heading",
            "4: group",
            "6: twin",
            "7: contradicts",
            "8: contradicts",
            "9: unknown",
            "10: foreign",
            "11: heading",
            "12: empty",
            "13: no-id"
        ]
    );
    assert_eq!(ids(&plan), ["A.5.1", "A.5.4"]);
    let (all, imported) = plan.rows();
    assert_eq!((all, imported), (13, 2));
    let kept: Vec<&str> =
        plan.sheets[0].rows.iter().flat_map(|told| told.left().map(|cell| cell.text.as_str())).collect();
    for text in ["a", "b", "only a note", "total", "A.9.2.1", "A.5 Organizational"] {
        assert!(kept.contains(&text), "{text}: {kept:?}");
    }
}

#[test]
fn catalogs_are_told_apart_or_asked() {
    let cloud = of_text("Control,Title,Role,Applicable\n5.1.1,,CSC,Yes\n5.1.1,,CSP,No\nCLD.6.3.1,,both,Yes\n");
    let lines: Vec<String> = cloud
        .decided
        .iter()
        .map(|decided| format!("{} {:?}", decided.item, decided.decision.role.as_ref().map(ismsbook::id::Role::as_str)))
        .collect();
    assert_eq!(
        lines,
        [
            "iso27017-2015:5.1.1 Some(\"customer\")",
            "iso27017-2015:5.1.1 Some(\"provider\")",
            "iso27017-2015:CLD.6.3.1 None"
        ]
    );
    let open = "Control,Title,Applicable\n5.1.1,,Yes\n6.1.1,,No\n";
    assert!(matches!(&of_text(open).questions[..], [Question::Catalog { ways, .. }] if ways.len() == 2));
    let said =
        |id: &str| planned("soa.csv", open.as_bytes(), &Mapping { catalog: Some(id.to_owned()), ..Mapping::default() });
    assert_eq!(ids(&said("iso27017-2015")), ["5.1.1", "6.1.1"]);
    let old = said("iso27001-2013");
    assert_eq!(
        (ids(&old).len(), named(&old)),
        (0, vec!["1: heading".to_owned(), "2: foreign".to_owned(), "3: foreign".to_owned()])
    );
    assert!(
        old.notes
            .iter()
            .any(|note| note.values.iter().any(|(name, value)| *name == "successors" && value.contains("A.5.1")))
    );
}

#[test]
fn what_the_book_decides_already_stays() {
    let book = book();
    let soa = "---\nid: SOA-001\ntype: applicability\ntitle: SoA\ndecisions:\n  - control: A.5.1   # ours\n    applicable: false\n    justification: No.\n---\n\nText.\n";
    fs::write(book.path().join("content/soa.md"), soa).expect("written");
    fs::write(
        book.path().join("soa.csv"),
        "Control ID,Title,Applicable,Reason\nA.5.1,,Yes,because\nA.5.2,,Yes,needed\n",
    )
    .expect("written");
    let (status, out, err) = run(book.path(), &["import", "DIR/soa.csv", "--dir=DIR", "--write", "--language=en"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.contains("A2: A.5.1 is decided otherwise at content/soa.md:6"), "{out}");
    let expected = soa.replace(
        "    justification: No.\n",
        "    justification: No.\n  - control: A.5.2\n    applicable: true\n    justification: needed\n",
    );
    assert_eq!(fs::read_to_string(book.path().join("content/soa.md")).expect("it is there"), expected);
    assert!(kept(book.path()).contains(&"because".to_owned()));
}

#[test]
fn the_products_own_statement_comes_in_again() {
    let (book, other) = (book(), book());
    let soa = "---\nid: SOA-001\ntype: applicability\ntitle: SoA\ndecisions:\n  - { control: A.5.1, applicable: true, reasons: [legal, business], justification: 理由, status: partial, owner: it, due: 2027-01-31 }\n  - { control: A.5.10, applicable: false, justification: なし }\n  - { control: 27017:5.1.1, roles: [provider], applicable: true, justification: 提供する }\n---\n\nText.\n";
    fs::write(book.path().join("content/soa.md"), soa).expect("written");
    for format in ["csv", "xlsx"] {
        let file = other.path().join(format!("soa.{format}"));
        let (status, _, err) =
            run(book.path(), &["soa", "DIR", "--format", format, "--output", file.to_str().expect("a path")]);
        assert_eq!(status, 0, "{err}");
        let plan = planned(&format!("soa.{format}"), &fs::read(&file).expect("written"), &Mapping::default());
        let decided =
            |id: &str| plan.decided.iter().find(|decided| &*decided.item.id == id).map(|decided| &decided.decision);
        let first = decided("A.5.1").unwrap_or_else(|| panic!("{format}: {:?} {:?}", fields(&plan), plan.questions));
        assert_eq!(
            (first.applicable, first.reasons.len(), first.justification.as_deref()),
            (Some(true), 2, Some("理由")),
            "{format}"
        );
        assert_eq!(decided("A.5.10").and_then(|decision| decision.applicable), Some(false), "{format}");
        assert_eq!(
            decided("5.1.1").and_then(|decision| decision.role.as_ref()).map(ismsbook::id::Role::as_str),
            Some("provider"),
            "{format}"
        );
    }
}
