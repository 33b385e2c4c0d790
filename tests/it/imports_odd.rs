//! Tables of other people, the odd ones: columns of roles, marks of exclusion, hidden sheets, rows that are not what they seem,
//! damaged workbooks.

use std::io::Write as _;

use ismsbook::import::{self, Mapping, Plan, Question, Source, Unreadable};
use rust_xlsxwriter::{Format, Workbook};

use crate::imports::{bare, fields, ids, japanese, named, of_text, planned, saved};
use crate::support::snapshot;

/// `id role: applies` of everything that is decided.
fn answers(plan: &Plan) -> Vec<String> {
    let answer = |decided: &import::Decided| {
        let role = decided.decision.role.as_ref().map_or("", ismsbook::id::Role::as_str);
        format!("{} {role}: {:?}", decided.item.id, decided.decision.applicable).replace(" :", ":")
    };
    plan.decided.iter().map(answer).collect()
}

#[test]
fn marks_of_exclusion_and_columns_of_roles_are_answers() {
    let table: [(&str, &[&str]); 6] = [
        (
            "管理策番号,管理策名,適用,除外,理由\nA.5.1,a,○,,必要\nA.5.7,b,,○,なし\n",
            &["A.5.1: Some(true)", "A.5.7: Some(false)"],
        ),
        (
            "Control,Title,CSC,CSP,Justification\n27017:5.1.1,a,Yes,No,x\n27017:9.2.3,b,No,Yes,y\n",
            &[
                "5.1.1 customer: Some(true)",
                "9.2.3 customer: Some(false)",
                "5.1.1 provider: Some(false)",
                "9.2.3 provider: Some(true)",
            ],
        ),
        (
            ",,CSC,CSC,CSP,CSP\nControl ID,Title,Applicable,Reason,Applicable,Reason\n27017:5.1.1,a,Yes,x,No,y\n",
            &["5.1.1 customer: Some(true)", "5.1.1 provider: Some(false)"],
        ),
        ("Control ID,Control Name,Reason for exclusion\nA.5.1,a,No such thing.\n", &["A.5.1: Some(false)"]),
        ("Control ID,Title,Applicable,Reason\nA.5.1,a,Yes,one, two\nA.5.7,b,Yes,three\n", &["A.5.7: Some(true)"]),
        (
            "Control ID,Control Name,Applicable,Policy / Reason for Exclusion\nA.5.1,a,Yes,POL-1\nA.5.7,b,No,None here.\n",
            &["A.5.1: Some(true)", "A.5.7: Some(false)"],
        ),
    ];
    for (text, expected) in table {
        let plan = of_text(text);
        assert_eq!(answers(&plan), expected, "{text}: {:?} {:?}", fields(&plan), plan.questions);
        let (all, imported) = plan.rows();
        assert_eq!(all, imported + named(&plan).len(), "{text}");
    }
}

#[test]
fn a_hidden_sheet_beside_a_shown_one_decides_nothing() {
    let mut workbook = Workbook::new();
    for (name, answer) in [("現行", "○"), ("旧版", "×")] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).expect("a name");
        sheet.write_row(0, 0, ["番号", "管理策", "適用"]).expect("written");
        sheet.write_row(1, 0, ["A.5.1", "a", answer]).expect("written");
        sheet.set_hidden(name == "旧版");
    }
    let plan = planned("soa.xlsx", &saved(workbook), &Mapping::default());
    assert_eq!((answers(&plan), &plan.questions[..]), (vec!["A.5.1: Some(true)".to_owned()], &[][..]));
}

#[test]
fn what_an_answer_made_of_a_word_is_kept_as_it_was() {
    let mut mapping = Mapping::default();
    mapping.word("applicable:partly=yes").expect("a pair");
    let plan = planned("soa.csv", b"No.,Title,Applicable\nA.5.1,a,partly\nA.5.7,b,Yes\n", &mapping);
    let left: Vec<&str> =
        plan.sheets[0].rows.iter().flat_map(|told| told.left().map(|cell| cell.text.as_str())).collect();
    assert!(left.contains(&"partly") && !left.contains(&"Yes"), "{left:?}");
}

#[test]
fn a_cell_of_several_ids_is_named_and_rows_are_those_of_a_spreadsheet() {
    let first = of_text("No.,Title,\"Applicable\n(Yes/No)\",Reason\nA.5.1,a,perhaps,x\n");
    assert!(matches!(&first.questions[..], [Question::Word { place, .. }] if place == "C2"), "{:?}", first.questions);
    let text =
        "\n\n\nNo.,Title,Applicable,Reason\nA.5.1,a,Yes,\"one\ntwo\"\n\n\nA.5.3 to A.5.5,b,No,c\nA.5.7,d,TBD,e\n";
    let plan = of_text(text);
    assert_eq!(
        (ids(&plan), named(&plan)),
        (vec!["A.5.1", "A.5.7"], vec!["4: heading".to_owned(), "8: no-id".to_owned()])
    );
    let left: Vec<&str> =
        plan.sheets[0].rows.iter().flat_map(|told| told.left().map(|cell| cell.text.as_str())).collect();
    assert!(left.contains(&"TBD") && left.contains(&"A.5.3 to A.5.5"), "{left:?}");
    let open = "No.,Title,Applicable,Reason\nA.5.1,a,Yes,\"because\nA.5.2,b,No,x\n";
    let snapshot = snapshot(&bare());
    let source = Source { name: "soa.csv", bytes: open.as_bytes() };
    assert_eq!(import::plan(source, &Mapping::default(), &snapshot).err(), Some(Unreadable::Damaged));
}

#[test]
fn a_day_that_no_spreadsheet_counts_is_no_due_date() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_row(0, 0, ["No.", "Title", "Applicable", "Due"]).expect("written");
    for (row, day) in [(1, 0.0), (2, 46_000.0), (3, 2_958_466.0)] {
        sheet.write_row(row, 0, [["A.5.1", "A.5.2", "A.5.3"][row as usize - 1], "x", "Yes"]).expect("written");
        sheet.write_with_format(row, 3, day, &date).expect("written");
    }
    let plan = planned("soa.xlsx", &saved(workbook), &Mapping::default());
    let days: Vec<Option<String>> =
        plan.decided.iter().map(|decided| decided.decision.due.map(|day| day.to_string())).collect();
    assert_eq!(days, [None, Some("2025-12-09".to_owned()), None]);
}

#[test]
fn a_damaged_workbook_is_told_and_ends_in_no_panic() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write(0, 0, "x").expect("written");
    let whole = saved(workbook);
    for cell in ["A99999999999", "AAAAAAAAAA1"] {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&whole)).expect("a ZIP file");
        let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).expect("a file");
            let name = file.name().expect("a name").into_owned();
            let mut text = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut text).expect("readable");
            if name.ends_with("sheet1.xml") {
                text = String::from_utf8(text).expect("XML").replace("r=\"A1\"", &format!("r=\"{cell}\"")).into_bytes();
            }
            out.start_file(name, zip::write::SimpleFileOptions::default()).expect("begun");
            out.write_all(&text).expect("written");
        }
        let bytes = out.finish().expect("finished").into_inner();
        let source = Source { name: "soa.xlsx", bytes: &bytes };
        assert!(import::plan(source, &Mapping::default(), &snapshot(&bare())).is_err(), "{cell}");
    }
}

#[test]
fn a_table_in_any_encoding_reads_alike() {
    let text = "番号,管理策,適用,理由\r\nA.5.1,情報セキュリティのための方針群,○,\"必要、①\r\nのため\"\r\nA.5.7,脅威インテリジェンス,×,なし\r\n";
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    // Shift_JIS, of which the test has no other writer: the letters are looked up in the program's own reader.
    let sjis = shift_jis(text);
    for bytes in [text.as_bytes().to_vec(), [b"\xef\xbb\xbf", text.as_bytes()].concat(), utf16, sjis] {
        let plan = planned("soa.csv", &bytes, &Mapping::default());
        let reasons: Vec<&str> =
            plan.decided.iter().filter_map(|decided| decided.decision.justification.as_deref()).collect();
        assert_eq!((ids(&plan), reasons), (vec!["A.5.1", "A.5.7"], vec!["必要、①\nのため", "なし"]));
    }
}

fn shift_jis(text: &str) -> Vec<u8> {
    let (bytes, _, lost) = encoding_rs::SHIFT_JIS.encode(text);
    assert!(!lost, "{text}");
    bytes.into_owned()
}

/// A packed file of these parts.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_level(Some(1));
    for (name, bytes) in parts {
        writer.start_file(*name, options).expect("begun");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("whole").into_inner()
}

#[test]
fn what_would_fill_the_memory_is_refused() {
    let read = |name: &str, bytes: &[u8]| import::read(Source { name, bytes });
    let zeros = vec![b' '; 32 << 20];
    let parts: Vec<(String, &[u8])> =
        (0..16).map(|number| (format!("xl/part{number}.xml"), zeros.as_slice())).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let bomb = packed(&parts);
    assert!(bomb.len() < 8 << 20);
    assert_eq!(read("soa.xlsx", &bomb).unwrap_err(), Unreadable::TooLarge);
    let repeated = "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"16000\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
    let ods = packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", repeated.as_bytes()),
    ]);
    assert_eq!(read("soa.ods", &ods).unwrap_err(), Unreadable::TooLarge);
    // Two cells at the ends of a sheet are two cells.
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "a").expect("written");
    sheet.write(1_048_575, 16_383, "b").expect("written");
    let sheets = read("far.xlsx", &saved(workbook)).expect("it is read");
    assert_eq!(sheets[0].rows.len(), 2);
    for bytes in [&b"not a table"[..], b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b""] {
        assert!(read("soa.xlsx", bytes).is_err());
    }
}

#[test]
fn a_damaged_file_never_panics() {
    let (bytes, ..) = japanese();
    let text = shift_jis("番号,管理策,適用\nA.5.1,\"方針\n群\",○\n");
    let snapshot = snapshot(&bare());
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed >> 33).expect("a small number") % below
    };
    let mut read = 0;
    for (name, whole) in [("soa.xlsx", &bytes), ("soa.csv", &text)] {
        for _ in 0..150 {
            let mut damaged = whole.clone();
            for _ in 0..=next(4) {
                let at = next(damaged.len());
                match next(3) {
                    0 => damaged[at] = u8::try_from(next(256)).expect("a byte"),
                    1 => damaged.truncate(at.max(1)),
                    _ => drop(damaged.splice(at..at, [0xff, 0x00, b'<'])),
                }
            }
            read += usize::from(import::plan(Source { name, bytes: &damaged }, &Mapping::default(), &snapshot).is_ok());
        }
    }
    assert!(read > 0, "some of them can still be read");
}
