//! The law of writing: an edit says what was asked, leaves every byte outside its span, and leads back when it is undone.
//! `WRITING_CASES=20000 cargo test --test it writing` tries more front matters, `WRITING_SEED=1` other ones.

use ismsbook::document::front_matter;
use ismsbook::edit::csv::Table;
use ismsbook::edit::front_matter::FrontMatter;
use ismsbook::edit::yaml::Step;
use ismsbook::edit::{Data, Edit, Piece, Reason, apply_to, markdown, undo};
use ismsbook::files::FilePath;
use ismsbook::yaml;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::support::setting;

/// Entries of a front matter as people write them.
const ENTRIES: [&str; 30] = [
    "id: POL-001",
    "title: \"情報セキュリティ方針\"   # the title",
    "title_en: 'It''s a policy'",
    "owner: 情報システム部長",
    "version: 1.10",
    "approved: 2026-04-01 # by the board",
    "next_review:",
    "status: ~",
    "summary: 方針：全社に適用する",
    "draft: true",
    "controls: [A.5.15, \"A.5.16\", 'A.5.17']",
    "requirements: [ 5.2 , \"6.1.3 d)\" ,]",
    "related: []",
    "tags:\n  - 規程\n  # a comment between\n  - \"two words\"   # behind\n  - 'three'",
    "people:\n- ciso\n- 部長",
    "evidence:\n  - title: Terms\n    url: \"https://example.com/a#b\"\n    # inside\n    owner: ciso\n  - title: 記録\n    path: a.md",
    "revisions:\n- version: \"1.0\"\n  date: 2025-04-01\n  summary: 初版\n- { version: \"1.1\", date: 2026-04-01, summary: \"更新, second\" }",
    "flow: { en: Access, ja: \"アクセス\" }",
    "residual:\n  likelihood: 2\n  impact: high  # agreed\n  note: {a: [1, 2], b: c}",
    "text: |\n  line one\n  # no comment\n\n  line two",
    "folded: >-\n  one\n  two",
    "long: one two\n  three",
    "quoted: \"one\n  two\"",
    "many: [\n  A.5.1,  # first\n  A.5.2,\n]",
    "spread:\n  [a, b]",
    "deep:\n    one:\n        two:\n          - x\n          - y:\n              z: 1",
    "\"quoted_key\": value",
    "キー: 値",
    "empty_list:\n  -\n  - a",
    "empty_map: {}",
];

/// What stands between entries.
const GAPS: [&str; 5] = ["", "", "# a comment line\n", "\n", "\n # indented comment\n"];

/// What an editor leaves alone, and why.
const ODD: [(&str, Reason); 4] = [
    ("base: &b {x: 1}\nother: *b", Reason::Anchor),
    ("base: &b [x]\nother:\n  <<: {y: 1}\n  z: *b", Reason::Anchor),
    ("list: &l\n  - x\n  - y\nagain: *l", Reason::Anchor),
    ("many: [\n  a,  # why\n  b\n]", Reason::Comment),
];

const TEXTS: [&str; 22] = [
    "plain",
    "",
    "2026-12-31",
    "1.10",
    "yes",
    "null",
    "@ciso",
    "*all",
    "[x] y",
    "a: b",
    "a #b",
    "it's",
    "say \"x\"",
    " lead",
    "two\nlines",
    "two\nlines\n",
    "方針：全社",
    "C:\\temp",
    "{{名}}",
    "a, b",
    "- x",
    "\u{1b}[31m",
];

fn new_data() -> impl Strategy<Value = Data> {
    let text = (0..TEXTS.len()).prop_map(|at| Data::text(TEXTS[at]));
    let plain = prop_oneof![Just("2026-12-31"), Just("3"), Just("1.10")].prop_map(|text| Data::Plain(text.to_owned()));
    let scalar = prop_oneof![4 => text, 1 => plain, 1 => any::<bool>().prop_map(Data::Bool)];
    scalar.prop_recursive(2, 8, 4, |inner| {
        let list = proptest::collection::vec(inner.clone(), 0..4).prop_map(Data::List);
        let keys = ["title", "due date", "キー", "5", "#k"];
        let map = proptest::collection::vec(inner, 1..4)
            .prop_map(move |items| Data::Map(keys.iter().map(|key| (*key).to_owned()).zip(items).collect()));
        prop_oneof![list, map]
    })
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Op {
    Set,
    Remove,
    Insert,
    Add,
    Rename,
}

#[derive(Debug, Clone)]
struct Case {
    text: String,
    op: Op,
    /// Which of all the values, and which place in a list.
    pick: usize,
    at: usize,
    data: Data,
}

fn case() -> impl Strategy<Value = Case> {
    let entries = proptest::sample::subsequence((0..ENTRIES.len()).collect::<Vec<_>>(), 0..8).prop_shuffle();
    let gaps = proptest::collection::vec(0..GAPS.len(), 9);
    let form = (any::<bool>(), any::<bool>(), 0..8_u8, 0..4_u8);
    let op = prop_oneof![
        4 => Just(Op::Set), 2 => Just(Op::Remove), 2 => Just(Op::Insert), 2 => Just(Op::Add), 1 => Just(Op::Rename)
    ];
    (entries, gaps, form, op, any::<usize>(), 0..4_usize, new_data()).prop_map(
        |(entries, gaps, (crlf, bom, bare, body), op, pick, at, data)| {
            let mut front = String::new();
            for (number, entry) in entries.iter().enumerate() {
                front.push_str(GAPS[gaps[number]]);
                front.push_str(ENTRIES[*entry]);
                front.push('\n');
            }
            let body =
                ["", "# 見出し\n\n本文。\n", "\nText without an end", "Text\n\n---\n\nmore: text\n"][body as usize];
            let text = if bare == 0 { body.to_owned() } else { format!("---\n{front}---\n{body}") };
            let text = if crlf { text.replace('\n', "\r\n") } else { text };
            let text = if bom { format!("\u{feff}{text}") } else { text };
            Case { text, op, pick, at, data }
        },
    )
}

/// Every path of a value.
fn paths(data: &Data, path: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
    if !path.is_empty() {
        found.push(path.clone());
    }
    let steps: Vec<(Step, &Data)> = match data {
        Data::Map(entries) => entries.iter().map(|(key, data)| (Step::key(key), data)).collect(),
        Data::List(items) => items.iter().enumerate().map(|(at, data)| (Step::At(at), data)).collect(),
        _ => Vec::new(),
    };
    for (step, data) in steps {
        path.push(step);
        paths(data, path, found);
        path.pop();
    }
}

fn tree(text: &str) -> Data {
    let inner = front_matter::inner(text).expect("it has sound fences");
    let node = yaml::parse(inner.map_or("", |inner| inner.of(text))).expect("it is YAML");
    match Data::from(&node) {
        Data::Null => Data::Map(Vec::new()),
        data => data,
    }
}

/// What a change makes of a tree, worked out apart from the product.
fn asked(data: &Data, path: &[Step], change: &dyn Fn(&Data) -> Option<Data>) -> Option<Data> {
    let Some((first, rest)) = path.split_first() else { return change(data) };
    match (data, first) {
        (Data::Map(entries), Step::Key(key)) => {
            let mut new: Vec<(String, Data)> = Vec::new();
            for (name, data) in entries {
                let data = if name == key { asked(data, rest, change) } else { Some(data.clone()) };
                new.extend(data.map(|data| (name.clone(), data)));
            }
            Some(Data::Map(new))
        }
        (Data::List(items), Step::At(own)) => {
            let change =
                |(at, data): (usize, &Data)| if at == *own { asked(data, rest, change) } else { Some(data.clone()) };
            Some(Data::List(items.iter().enumerate().filter_map(change).collect()))
        }
        _ => unreachable!("the path was found in the tree"),
    }
}

/// The edits of a case and the tree that they are to make; none where the case has no such value.
fn run(case: &Case) -> Option<(Result<Vec<Edit>, Reason>, Data)> {
    let path = FilePath::new("content/a.md");
    let front = FrontMatter::read(&path, &case.text).expect("it can be read");
    let old = tree(&case.text);
    let mut found = Vec::new();
    paths(&old, &mut Vec::new(), &mut found);
    let chosen = if found.is_empty() { None } else { found.get(case.pick % found.len()).cloned() };
    let value = |path: &[Step]| front.get(path).unwrap_or(Data::Null);
    let data = &case.data;
    let (edits, new) = match (case.op, chosen) {
        (Op::Add, _) | (_, None) => {
            let key = "added_key";
            let new = asked(&old, &[], &|old| {
                let Data::Map(entries) = old else { unreachable!("the root is a map") };
                Some(Data::Map(entries.iter().cloned().chain([(key.to_owned(), data.clone())]).collect()))
            });
            (front.set(&[Step::key(key)], data), new)
        }
        (Op::Set, Some(path)) => (front.set(&path, data), asked(&old, &path, &|_| Some(data.clone()))),
        (Op::Remove, Some(path)) => (front.remove(&path), asked(&old, &path, &|_| None)),
        (Op::Insert, Some(path)) => match value(&path) {
            Data::List(items) => {
                let at = case.at.min(items.len());
                let mut items = items;
                items.insert(at, data.clone());
                (front.insert(&path, at, data), asked(&old, &path, &|_| Some(Data::List(items.clone()))))
            }
            _ => return None,
        },
        (Op::Rename, Some(path)) => match path.split_last() {
            Some((Step::Key(key), parent)) => {
                let new = asked(&old, parent, &|old| {
                    let Data::Map(entries) = old else { unreachable!("it has a key") };
                    let name = |name: &String| if name == key { "renamed".to_owned() } else { name.clone() };
                    Some(Data::Map(entries.iter().map(|(key, data)| (name(key), data.clone())).collect()))
                });
                (front.rename(&path, "renamed"), new)
            }
            _ => return None,
        },
    };
    Some((edits.map_err(|refusal| refusal.reason), new.expect("the root stays")))
}

fn comments(text: &str) -> usize {
    let known = ["# a comment line", "# indented comment", "# the title", "# by the board", "# agreed"];
    known.iter().map(|comment| text.matches(comment).count()).sum()
}

fn pieces(edits: &[Edit]) -> Vec<Piece> {
    edits.iter().map(|edit| Piece { span: edit.span, text: edit.text.clone() }).collect()
}

#[test]
fn an_edit_says_what_was_asked_touches_nothing_else_and_can_be_undone() {
    let cases = u32::try_from(setting("WRITING_CASES", 1_500)).expect("a number of cases");
    let seed = RngSeed::Fixed(setting("WRITING_SEED", 27_001));
    let mut runner = TestRunner::new(Config { cases, rng_seed: seed, failure_persistence: None, ..Config::default() });
    let done = std::cell::Cell::new(0);
    let refused = std::cell::RefCell::new(std::collections::BTreeMap::<String, usize>::new());
    let outcome = runner.run(&case(), |case| {
        let Some((edits, new)) = run(&case) else { return Ok(()) };
        let edits = match edits {
            Ok(edits) => edits,
            Err(reason) => {
                *refused.borrow_mut().entry(format!("{reason:?}")).or_default() += 1;
                // Comments alone are no front matter.
                let nothing = new == Data::Map(Vec::new());
                prop_assert!(reason == Reason::Comment || nothing, "refused: {reason:?}");
                return Ok(());
            }
        };
        done.set(done.get() + 1);
        let pieces = pieces(&edits);
        let made = apply_to(&case.text, &pieces).expect("its own edits fit");
        let read = tree(&made);
        prop_assert!(new.is_read_as(&read), "{made}\nasked {new:?}\nread {read:?}");
        let first = pieces.iter().map(|piece| piece.span.start).min().unwrap_or_default();
        let last = pieces.iter().map(|piece| piece.span.end).max().unwrap_or_default();
        prop_assert!(made.starts_with(&case.text[..first]) && made.ends_with(&case.text[last..]));
        if case.op != Op::Remove {
            prop_assert_eq!(comments(&made), comments(&case.text), "comments of\n{}", made);
        }
        prop_assert_eq!(made.contains("\r\n") || !case.text.contains("\r\n"), true);
        prop_assert!(!case.text.contains("\r\n") || !made.replace("\r\n", "").contains('\n'), "{made:?}");
        prop_assert_eq!(
            made.ends_with('\n'),
            case.text.ends_with('\n') || case.text.trim_start_matches('\u{feff}').is_empty()
        );
        let back = apply_to(&made, &undo(&case.text, &pieces)).expect("the way back fits");
        prop_assert_eq!(back, case.text);
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    let refused = refused.into_inner();
    assert!(refused.values().sum::<usize>() * 12 < done.get(), "{} done, refused {refused:?}", done.get());
}

/// What YAML is made of, and a little that it is not.
const LETTERS: [&str; 30] = [
    "a", "b", "c", ": ", ":", "- ", "-", "[", "]", "{", "}", ", ", ",", "\"", "'", " #", "#", "&x ", "*x", "!t ", "|",
    ">", "\n", "\n  ", "\n- ", "\t", "管", "\r\n", "~", "k: ",
];

#[test]
fn whatever_is_read_as_yaml_is_edited_as_asked_or_left_alone() {
    let cases = u32::try_from(setting("WRITING_CASES", 1_500)).expect("a number of cases");
    let seed = RngSeed::Fixed(setting("WRITING_SEED", 27_017));
    let mut runner = TestRunner::new(Config { cases, rng_seed: seed, failure_persistence: None, ..Config::default() });
    let letters = proptest::collection::vec(0..LETTERS.len(), 1..24);
    let done = std::cell::Cell::new(0);
    let outcome = runner.run(&(letters, new_data()), |(letters, data)| {
        let inner: String = letters.iter().map(|at| LETTERS[*at]).collect();
        let text = format!("---\nk: {inner}\nz: 1\n---\n");
        let path = FilePath::new("content/a.md");
        let Ok(front) = FrontMatter::read(&path, &text) else { return Ok(()) };
        if front.offset().is_none() {
            return Ok(());
        }
        let old = tree(&text);
        let mut found = Vec::new();
        paths(&old, &mut Vec::new(), &mut found);
        for path in found {
            let list = matches!(front.get(&path), Some(Data::List(_)));
            let tried = [
                (front.set(&path, &data), asked(&old, &path, &|_| Some(data.clone()))),
                (front.remove(&path), asked(&old, &path, &|_| None)),
                (
                    front.insert(&path, 1, &data),
                    asked(&old, &path, &|old| match old {
                        Data::List(items) => {
                            let mut items = items.clone();
                            items.insert(1.min(items.len()), data.clone());
                            Some(Data::List(items))
                        }
                        _ => None,
                    })
                    .filter(|_| list),
                ),
            ];
            for (edits, new) in tried {
                let (Ok(edits), Some(new)) = (edits, new) else { continue };
                let made = apply_to(&text, &pieces(&edits)).expect("its own edits fit");
                let read = tree(&made);
                prop_assert!(new.is_read_as(&read), "{text}\n{made}\nasked {new:?}\nread {read:?}");
                done.set(done.get() + 1);
            }
        }
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    assert!(done.get() > 500, "{}", done.get());
}

#[test]
fn what_one_value_says_for_several_and_what_a_comment_explains_is_refused_with_its_place() {
    for (front, reason) in ODD {
        let text = format!("---\n{front}\n---\n");
        let path = FilePath::new("content/a.md");
        let front = FrontMatter::read(&path, &text).expect("it can be read");
        let mut found = Vec::new();
        paths(&tree(&text), &mut Vec::new(), &mut found);
        let refusals: Vec<_> = found.iter().filter_map(|path| front.remove(path).err()).collect();
        assert!(refusals.iter().any(|refusal| refusal.reason == reason), "{text}: {refusals:?}");
        assert!(refusals.iter().all(|refusal| !refusal.place.span.is_empty()), "{refusals:?}");
    }
}

#[test]
fn a_front_matter_that_cannot_be_read_is_left_alone() {
    for text in ["---\nid: A\n", "---\nid: A: b\n---\n", "---\na:\n\t- b\n---\n"] {
        let path = FilePath::new("content/a.md");
        let refusal = FrontMatter::read(&path, text).map(|_| ()).expect_err("it is broken");
        assert_eq!(refusal.reason, Reason::Broken, "{text}");
    }
}

#[test]
fn front_matter_is_written_as_its_author_would() {
    let table: [(&str, &str, Data, &str); 13] = [
        ("---\nid: A\n---\nx\n", "owner", Data::text("ciso"), "---\nid: A\nowner: ciso\n---\nx\n"),
        ("---\nid: 'A'\n---\n", "id", Data::text("it's"), "---\nid: 'it''s'\n---\n"),
        ("---\nid: \"A\" # c\n---\n", "id", Data::text("say \"x\""), "---\nid: \"say \\\"x\\\"\" # c\n---\n"),
        ("---\ndue: # when\n---\n", "due", Data::Plain("2026-12-31".into()), "---\ndue: 2026-12-31 # when\n---\n"),
        ("---\r\nid: A\r\n---\r\n", "note", Data::text("a\nb"), "---\r\nid: A\r\nnote: |-\r\n  a\r\n  b\r\n---\r\n"),
        ("---\nc: [A.5.1]\n---\n", "c", Data::texts(["A.5.1", "A.5.2"]), "---\nc: [A.5.1, A.5.2]\n---\n"),
        ("---\n---\nx\n", "id", Data::text("A"), "---\nid: A\n---\nx\n"),
        ("x\n", "id", Data::text("A"), "---\nid: A\n---\n\nx\n"),
        ("", "id", Data::text("A"), "---\nid: A\n---\n"),
        ("\u{feff}\r\nx", "id", Data::text("A"), "\u{feff}---\r\nid: A\r\n---\r\n\r\nx"),
        ("---\na: |\n  x\n\nb: c\n---\n", "a", Data::text("why"), "---\na: why\n\nb: c\n---\n"),
        ("---\na:\n  b: c\n---\n", "a", Data::text("why"), "---\na: why\n---\n"),
        (
            "---\nid: A\n---\n",
            "decisions",
            Data::List(vec![Data::Map(vec![
                ("control".into(), Data::text("A.7.1")),
                ("applicable".into(), Data::Bool(false)),
                ("reasons".into(), Data::texts(["risk"])),
            ])]),
            "---\nid: A\ndecisions:\n  - control: A.7.1\n    applicable: false\n    reasons: [risk]\n---\n",
        ),
    ];
    for (text, key, data, expected) in table {
        let path = FilePath::new("content/a.md");
        let front = FrontMatter::read(&path, text).expect("it can be read");
        let edits = front.set(&[Step::key(key)], &data).unwrap_or_else(|refusal| panic!("{text:?}: {refusal:?}"));
        assert_eq!(apply_to(text, &pieces(&edits)).expect("they fit"), expected);
    }
}

#[test]
fn a_table_keeps_every_cell_that_nobody_changed() {
    let texts = ["plain", "", "a, b", "say \"x\"", "two\nlines", " lead", "資産；台帳", "=1+1"];
    let mut tried = 0;
    for eol in ["\n", "\r\n"] {
        for (bom, last) in [("", eol), ("\u{feff}", ""), ("", "")] {
            for comma in [",", "\t", ";"] {
                let rows = [
                    format!("id{comma}title{comma}note"),
                    format!("AST-001{comma}\"顧客{comma} \"\"db\"\"\"{comma}"),
                    format!("AST-002{comma}short"),
                    format!("AST-003{comma}\"x{eol}y\"{comma}z"),
                ];
                let text = format!("{bom}{}{last}", rows.join(eol));
                let table = Table::read(&text).expect("it is a table");
                let old: Vec<Vec<String>> =
                    table.rows().iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
                let check = |pieces: Vec<Piece>, asked: Vec<Vec<String>>| {
                    let made = apply_to(&text, &pieces).expect("it fits");
                    assert_eq!(Table::read(&made).expect("it is a table").rows(), asked, "{made:?}");
                    assert_eq!(made.ends_with('\n'), text.ends_with('\n'), "{made:?}");
                    assert_eq!(apply_to(&made, &undo(&text, &pieces)).expect("it fits"), text);
                };
                for new in texts {
                    for (row, column) in [(0, 0), (1, 1), (1, 2), (2, 2), (3, 1)] {
                        let mut asked = old.clone();
                        let width = asked[row].len().max(column + 1);
                        asked[row].resize(width, String::new());
                        asked[row][column] = new.to_owned();
                        check(table.set(row, column, new).expect("it can be set"), asked);
                        tried += 1;
                    }
                    for at in 0..=4 {
                        let mut asked = old.clone();
                        asked.insert(at, vec!["AST-004".to_owned(), new.to_owned()]);
                        check(table.add(at, &["AST-004", new]).expect("it can be added"), asked);
                    }
                }
                for row in 0..4 {
                    let mut asked = old.clone();
                    asked.remove(row);
                    check(table.remove(row).expect("it can go"), asked);
                }
            }
        }
    }
    assert_eq!(tried, 720);
    assert_eq!(Table::read("a,\"b\nc").map(|_| ()).expect_err("it is torn").reason, Reason::Broken);
}

#[test]
fn a_block_makes_no_heading_of_what_stands_above_it() {
    for (text, at, expected) in [
        ("# A\n\nText\n## B\n", 10, "# A\n\nText\n\n---\n\n## B\n"),
        ("Text", 4, "Text\n\n---"),
        ("Text\r\n", 6, "Text\r\n\r\n---\r\n"),
        ("", 0, "---\n"),
        ("# A\n\nText\n", 0, "---\n\n# A\n\nText\n"),
    ] {
        let pieces = markdown::insert_block(text, at, "---").expect("a line begins there");
        assert_eq!(apply_to(text, &pieces).expect("it fits"), expected, "{text:?}");
    }
    assert_eq!(markdown::insert_block("Text\n", 2, "x").map(|_| ()).expect_err("it is in a line").reason, Reason::Odd);
}
