//! Findings as they are printed, for people and for machines.

use ismsbook::language::Language;
use ismsbook::project::{Inputs, Project, Snapshot};
use ismsbook::report::baseline::Baseline;
use ismsbook::report::text::{Look, broken_config, render};
use ismsbook::report::{Report, github, json, junit, sarif};
use ismsbook::words::Words;

use crate::support::{files, snapshot, today};

const MINI: &str = "--- book.toml
[book]
languages = [\"ja\"]
[isms]
controls = [\"mini\"]
requirements = []
risk_sources = []
[check.rules]
SCP401 = \"off\"
AUD601 = \"off\"
--- catalogs/mini.yaml
id: mini
kind: controls
title: {en: Mini, ja: 小さなカタログ}
items:
  - {id: M.1, title: {en: First, ja: 一つめ}}
  - {id: M.2, title: {en: Second, ja: 二つめ}}
  - {id: M.3, title: {en: Third, ja: 三つめ}}
  - {id: M.4, title: {en: Fourth, ja: 四つめ}}
  - {id: M.5, title: {en: Fifth, ja: 五つめ}}
--- content/index.md
# 表紙
";

/// One unknown control behind Japanese text; every other control is decided.
fn one_fault() -> Snapshot {
    snapshot(&format!(
        "{MINI}--- content/policy.md\n---\nid: POL-001\ntype: record\ntitle: 方針\nowner: a\ncontrols: [M.1, M.2, M.3, M.4, M.5]\n---\n本文。管理策[[M.9]]を参照、と100%書く。\n"
    ))
}

fn look(verbose: bool) -> Look {
    Look { styled: false, width: 100, verbose }
}

fn text(snapshot: &Snapshot, language: &Language, verbose: bool) -> String {
    render(&Report::of(snapshot, &[], language), look(verbose))
}

#[test]
fn the_marks_stand_right_under_japanese_text() {
    let snapshot = one_fault();
    let printed = text(&snapshot, &Language::japanese(), false);
    let lines: Vec<&str> = printed.lines().collect();
    let head = lines.iter().position(|line| line.contains("[REF101]")).expect("the finding is printed");
    assert_eq!(lines[head + 1], "  ╭▸ content/policy.md:8:9");
    assert_eq!(lines[head + 2], "8 │ 本文。管理策[[M.9]]を参照、と100%書く。");
    assert_eq!(lines[head + 3], "  │               ━━━");
    assert!(lines[head + 4..].iter().any(|line| line.starts_with("  ╰ 対処: ")), "{printed}");
    assert!(lines[head].starts_with("エラー[REF101]: "), "{printed}");
    assert!(printed.ends_with("`ismsbook explain REF101`などで確認できる。\n"), "{printed}");
}

#[test]
fn the_same_finding_reads_in_english_and_without_colours() {
    let printed = text(&one_fault(), &Language::english(), false);
    assert!(printed.contains("error[REF101]: "), "{printed}");
    assert!(printed.contains("╰ help: "), "{printed}");
    assert!(!printed.contains('\u{1b}'), "{printed}");
    let styled = Look { styled: true, ..look(false) };
    assert!(render(&Report::of(&one_fault(), &[], &Language::english()), styled).contains('\u{1b}'));
}

#[test]
fn many_findings_without_a_place_are_one_list_of_ranges_and_verbose_lists_each() {
    let snapshot = snapshot(MINI);
    let printed = text(&snapshot, &Language::japanese(), false);
    assert!(printed.contains("エラー[SOA201]: 未定の管理策（5件） M.1–M.5\n ╰ 対処: 実施する文書"), "{printed}");
    assert!(printed.contains("（`ismsbook decide`）（根拠：ISO/IEC 27001 6.1.3 c), d)"), "{printed}");
    assert!(printed.contains("エラー5件。まず`ismsbook explain SOA201`"), "{printed}");
    let verbose = text(&snapshot, &Language::japanese(), true);
    assert_eq!(verbose.matches("[SOA201]").count(), 5, "{verbose}");
}

#[test]
fn a_hole_in_a_range_shows() {
    let source = format!(
        "{MINI}--- content/policy.md\n---\nid: POL-001\ntype: record\ntitle: 方針\nowner: a\ncontrols: [M.3]\n---\n本文。\n"
    );
    let printed = text(&snapshot(&source), &Language::english(), false);
    assert!(printed.contains("(4) M.1, M.2, M.4, M.5\n"), "{printed}");
}

#[test]
fn a_clean_book_says_so_in_one_line() {
    let source = format!(
        "{MINI}--- content/policy.md\n---\nid: POL-001\ntype: record\ntitle: 方針\nowner: a\ncontrols: [M.1, M.2, M.3, M.4, M.5]\n---\n本文。\n"
    );
    let clean = snapshot(&source);
    assert_eq!(text(&clean, &Language::japanese(), false), "指摘なし\n");
    assert_eq!(text(&clean, &Language::english(), false), "No findings\n");
}

#[test]
fn json_has_every_key_of_the_contract() {
    let snapshot = one_fault();
    let report = Report::of(&snapshot, &[], &Language::english());
    let document: serde_json::Value = serde_json::from_str(&json::render(&report)).expect("it is JSON");
    assert_eq!(document["version"], 1);
    assert_eq!(document["today"], "2026-11-22");
    assert_eq!(document["summary"]["error"], 1);
    let finding = &document["findings"][0];
    let keys: Vec<&str> = finding.as_object().expect("an object").keys().map(String::as_str).collect();
    let mut wanted = [
        "code",
        "name",
        "severity",
        "message",
        "path",
        "line",
        "column",
        "end_line",
        "end_column",
        "note",
        "help",
        "item",
        "role",
        "document",
        "related",
        "fixes",
    ];
    wanted.sort_unstable();
    assert_eq!(keys, wanted);
    assert_eq!(
        (finding["line"].as_u64(), finding["column"].as_u64(), finding["end_column"].as_u64()),
        (Some(8), Some(9), Some(12))
    );
    assert_eq!(finding["path"], "content/policy.md");
    assert!(finding["item"].is_null() && finding["role"].is_null());
    let undecided = self::snapshot(MINI);
    let document: serde_json::Value =
        serde_json::from_str(&json::render(&Report::of(&undecided, &[], &Language::english()))).expect("it is JSON");
    assert_eq!(document["findings"][0]["item"], "mini:M.1");
    assert_eq!((&document["findings"][0]["path"], &document["findings"][0]["line"]), (&"book.toml".into(), &1.into()));
}

#[test]
fn github_annotations_are_escaped_and_stand_at_the_characters() {
    let snapshot = one_fault();
    let printed = github::render(&Report::of(&snapshot, &[], &Language::japanese()));
    assert!(
        printed.starts_with(
            "::error file=content/policy.md,line=8,endLine=8,col=9,endColumn=12,title=REF101 unknown-control::"
        ),
        "{printed}"
    );
    assert_eq!(printed.lines().count(), 1, "{printed}");
}

#[test]
fn sarif_names_rules_places_and_stable_fingerprints() {
    let snapshot = one_fault();
    let parsed = |snapshot: &Snapshot| -> serde_json::Value {
        serde_json::from_str(&sarif::render(&Report::of(snapshot, &[], &Language::english()))).expect("it is JSON")
    };
    let document = parsed(&snapshot);
    let run = &document["runs"][0];
    let result = &run["results"][0];
    assert_eq!(document["version"], "2.1.0");
    assert_eq!(result["ruleId"], "REF101");
    let at = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("small");
    assert_eq!(run["tool"]["driver"]["rules"][at]["id"], "REF101");
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startColumn"], 9);
    let source = "本文。\n\n管理策[[M.9]]を参照、と100%書く。\n";
    let moved = self::snapshot(&format!(
        "{MINI}--- content/policy.md\n---\nid: POL-001\ntype: record\ntitle: 方針\nowner: a\ncontrols: [M.1, M.2, M.3, M.4, M.5]\n---\n{source}"
    ));
    assert_eq!(parsed(&moved)["runs"][0]["results"][0]["partialFingerprints"], result["partialFingerprints"]);
}

/// One decision made twice, in two files.
fn decided_twice() -> Snapshot {
    let soa = "type: applicability\ntitle: S\ndecisions:\n  - {control: M.1, applicable: false, justification: None of it.}\n";
    snapshot(&format!("{MINI}--- content/a.md\n---\n{soa}---\n--- content/文書 b.md\n---\n{soa}---\n"))
}

#[test]
fn the_other_places_of_a_finding_stand_in_json_and_sarif_with_what_is_there() {
    let snapshot = decided_twice();
    for (language, says) in [
        (Language::english(), "the first decision, which counts"),
        (Language::japanese(), "先にある決定（こちらが有効）"),
    ] {
        let report = Report::of(&snapshot, &[], &language);
        let parsed = |text: String| -> serde_json::Value { serde_json::from_str(&text).expect("it is JSON") };
        let json = parsed(json::render(&report));
        let findings = json["findings"].as_array().expect("a list");
        let (twice, others): (Vec<_>, Vec<_>) = findings.iter().partition(|found| found["code"] == "SOA215");
        let expected = serde_json::json!([{
            "path": "content/a.md", "line": 5, "column": 15, "end_line": 5, "end_column": 18, "message": says,
        }]);
        let title = if language == Language::english() { "take it out" } else { "取り除く" };
        let fix = serde_json::json!([{ "title": title, "safe": true, "edits": [{
            "path": "content/文書 b.md", "line": 4, "column": 11, "end_line": 5, "end_column": 66, "text": " []",
        }] }]);
        assert_eq!((&twice[0]["related"], &twice[0]["fixes"]), (&expected, &fix));
        let both_empty = |found: &&serde_json::Value| found["related"] == found["fixes"];
        assert!(!others.is_empty() && others.iter().any(both_empty), "{json}");
        let sarif = parsed(sarif::render(&report));
        let results = sarif["runs"][0]["results"].as_array().expect("a list");
        let result = results.iter().find(|result| result["ruleId"] == "SOA215").expect("the second decision is found");
        let related = &result["relatedLocations"][0];
        assert_eq!(related["message"]["text"], says);
        assert_eq!(related["physicalLocation"]["artifactLocation"]["uri"], "content/a.md");
        assert_eq!(related["physicalLocation"]["region"]["startLine"], 5);
        let fix = &result["fixes"][0];
        assert_eq!(fix["description"]["text"], title);
        let change = &fix["artifactChanges"][0];
        assert_eq!(change["artifactLocation"]["uri"], "content/%E6%96%87%E6%9B%B8%20b.md");
        let replacement = &change["replacements"][0];
        assert_eq!(
            (&replacement["deletedRegion"]["startLine"], &replacement["insertedContent"]["text"]),
            (&4.into(), &" []".into())
        );
    }
}

#[test]
fn annotations_and_sarif_name_paths_from_the_root_of_the_repository() {
    let snapshot = decided_twice();
    let mut report = Report::of(&snapshot, &[], &Language::english());
    report.within = Some("docs/isms 1/".to_owned());
    assert!(github::render(&report).contains("file=docs/isms 1/content/文書 b.md,"), "{}", github::render(&report));
    let sarif = sarif::render(&report);
    assert!(sarif.contains("\"uri\": \"docs/isms%201/content/a.md\"") && sarif.contains("\"%SRCROOT%\": {"), "{sarif}");
    assert!(!sarif.contains("\"BOOK\""), "{sarif}");
    assert!(json::render(&report).contains("\"path\": \"content/a.md\""), "JSON is relative to the book");
}

#[test]
fn junit_fails_what_is_denied_and_skips_the_rest() {
    let snapshot = one_fault();
    let report = Report::of(&snapshot, &[], &Language::japanese());
    let xml = junit::render(&report, ismsbook::finding::Severity::Error);
    assert!(xml.contains("<testsuites name=\"ismsbook check\" tests=\"1\" failures=\"1\">"), "{xml}");
    assert!(xml.contains("<failure type=\"REF101\""), "{xml}");
    let all = self::snapshot(MINI);
    let mut report = Report::of(&all, &[], &Language::japanese());
    report.entries.clear();
    assert!(junit::render(&report, ismsbook::finding::Severity::Error).contains("failures=\"0\""));
}

#[test]
fn a_baseline_knows_findings_when_lines_move_and_tells_fixed_ones() {
    let before = one_fault();
    let baseline =
        Baseline::read(&Baseline::of(&Report::of(&before, &[], &Language::english())).write()).expect("a baseline");
    let source = "新しい段落。\n\n管理策[[M.9]]と[[M.8]]を参照。\n";
    let after = snapshot(&format!(
        "{MINI}--- content/policy.md\n---\nid: POL-001\ntype: record\ntitle: 方針\nowner: a\ncontrols: [M.1, M.2, M.3, M.4, M.5]\n---\n{source}"
    ));
    let mut report = Report::of(&after, &[], &Language::japanese());
    let compared = baseline.apply(&mut report);
    assert_eq!((compared.known, compared.fixed.len(), report.entries.len()), (1, 0, 1));
    assert!(report.entries[0].message.contains("M.8"));
    let mended = snapshot(&format!(
        "{MINI}--- content/policy.md\n---\nid: POL-001\ntype: record\ntitle: 方針\nowner: a\ncontrols: [M.1, M.2, M.3, M.4, M.5]\n---\n本文。\n"
    ));
    let mut report = Report::of(&mended, &[], &Language::japanese());
    let compared = baseline.apply(&mut report);
    assert_eq!(compared.fixed, [("REF101".to_owned(), "content/policy.md".to_owned(), 1)]);
}

#[test]
fn a_book_file_that_is_no_toml_is_shown_with_its_line() {
    let inputs = Inputs {
        files: files("--- book.toml\n[book]\ntitle = 方針\n"),
        today: today(),
        commit: None,
        history: std::sync::Arc::default(),
    };
    let broken = Project::new().snapshot(inputs).expect_err("no TOML");
    let printed = broken_config(&broken, Words::of(&Language::japanese()), look(false));
    assert!(printed.starts_with("エラー: `book.toml`がTOMLとして読めない"), "{printed}");
    assert!(printed.contains("book.toml:2:9") && printed.contains("2 │ title = 方針"), "{printed}");
}

#[test]
fn nothing_that_an_author_wrote_steers_the_terminal() {
    let source = format!(
        "{MINI}--- content/policy.md\n---\nid: POL-001\ntype: record\ntitle: 方針\nowner: a\ncontrols: [M.1, M.2, M.3, M.4, M.5]\n---\n[[M.9\u{1b}[31m]] [[\u{202e}M.8]]\n"
    );
    for verbose in [false, true] {
        let printed = text(&snapshot(&source), &Language::english(), verbose);
        assert!(!printed.contains(['\u{1b}', '\u{202e}']), "{printed:?}");
    }
}

#[test]
fn findings_with_next_steps_of_their_own_say_them_when_they_are_told_in_one() {
    let document = |key: &&str| format!("--- content/{key}.md\n---\nid: D-{key}\n{key}: x\n---\nText.\n");
    let documents: Vec<String> = ["ower", "aprover", "contorls", "状態"].iter().map(document).collect();
    let printed = text(&snapshot(&documents.concat()), &Language::english(), false);
    for near in ["`owner`", "`approver`", "`controls`", "`status`"] {
        assert!(printed.contains(&format!("(did you mean {near}?)")), "{near} in {printed}");
    }
}

#[test]
fn junit_names_paths_from_the_root_of_the_repository() {
    let snapshot = one_fault();
    let mut report = Report::of(&snapshot, &[], &Language::english());
    report.within = Some("docs/isms/".to_owned());
    let xml = ismsbook::report::junit::render(&report, ismsbook::finding::Severity::Info);
    assert!(xml.contains("file=\"docs/isms/"), "{xml}");
}
