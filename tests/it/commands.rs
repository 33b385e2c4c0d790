//! The commands as a person runs them: what they print, what they write, and their exit status.
#![expect(clippy::disallowed_methods, reason = "commands work on the file system")]

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use ismsbook::cli::{self, Surroundings};
use ismsbook::language::Language;
use tempfile::TempDir;

/// What came of a command.
struct Output {
    status: i32,
    out: String,
    err: String,
}

/// Runs a command in this process; `@` in an argument stands for the folder. No locale says which language to use.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    run_in(folder, None, arguments)
}

fn run_in(folder: &Path, locale: Option<&str>, arguments: &[&str]) -> Output {
    let here = folder.to_str().expect("a plain path");
    let arguments = arguments.iter().map(|argument| {
        argument.strip_prefix('@').map_or_else(|| (*argument).to_owned(), |rest| format!("{here}{rest}"))
    });
    let arguments = ["ismsbook".to_owned()]
        .into_iter()
        .chain(arguments)
        .chain(["--today=2026-11-22".to_owned()])
        .map(OsString::from);
    let around = Surroundings { locale: locale.map(Language::new), width: 100, ..Surroundings::default() };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = cli::run(arguments, &around, &mut out, &mut err);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Output { status: status.into(), out: text(&out), err: text(&err) }
}

fn status(output: &Output) -> i32 {
    output.status
}

fn printed(output: &Output) -> String {
    output.out.clone()
}

fn complaint(output: &Output) -> String {
    output.err.clone()
}

fn folder() -> TempDir {
    TempDir::new().expect("a temporary folder")
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("written");
}

/// A book with one undecided control and nothing else to find.
fn small_book() -> TempDir {
    let book = folder();
    write(
        book.path(),
        "book.toml",
        "[book]\nlanguages = [\"ja\"]\n[isms]\ncontrols = [\"mini\"]\nrequirements = []\nrisk_sources = []\n[check.rules]\nSCP401 = \"off\"\nAUD601 = \"off\"\n",
    );
    write(
        book.path(),
        "catalogs/mini.yaml",
        "id: mini\nkind: controls\ntitle: {en: Mini, ja: 小}\nitems:\n  - {id: M.1, title: {en: First, ja: 一つめ}}\n",
    );
    write(book.path(), "content/index.md", "# 表紙\n");
    book
}

fn decide(book: &TempDir) {
    write(
        book.path(),
        "content/policy.md",
        "---\nid: REC-001\ntype: record\ntitle: 記録\nowner: a\ncontrols: [M.1]\n---\n本文。\n",
    );
}

#[test]
fn check_tells_by_its_status_whether_errors_stand() {
    let book = small_book();
    let found = run(book.path(), &["check", "@"]);
    assert_eq!(status(&found), 1, "{}", printed(&found));
    assert!(printed(&found).contains("エラー[SOA201]"), "the book's own language: {}", printed(&found));
    decide(&book);
    let clean = run(book.path(), &["check", "@"]);
    assert_eq!((status(&clean), printed(&clean).as_str()), (0, "指摘なし\n"));
    let nowhere = folder();
    assert_eq!(status(&run(nowhere.path(), &["check", "@"])), 2);
    assert_eq!(status(&run(book.path(), &["check", "@/missing"])), 2);
}

#[test]
fn deny_moves_the_line_between_clean_and_not() {
    let book = small_book();
    decide(&book);
    write(book.path(), "content/note.md", "A text without a type.\n");
    let of = |deny: &[&str]| status(&run(book.path(), &[&["check", "@"], deny].concat()));
    assert_eq!((of(&[]), of(&["--deny", "info"])), (0, 1));
}

#[test]
fn messages_follow_the_argument_then_the_book_then_the_locale() {
    let book = small_book();
    let says = |locale: Option<&str>, arguments: &[&str], words: &str| {
        let output = run_in(book.path(), locale, &[&["check", "@"], arguments].concat());
        assert!(printed(&output).contains(words), "{locale:?} {arguments:?}: {}", printed(&output));
    };
    says(None, &[], "エラー1件");
    says(Some("en"), &[], "エラー1件");
    says(Some("ja"), &["--language=en"], "1 error");
    let settings = fs::read_to_string(book.path().join("book.toml")).expect("it is there");
    write(book.path(), "book.toml", &settings.replace("languages = [\"ja\"]\n", ""));
    says(None, &[], "1 error");
    says(Some("ja"), &[], "エラー1件");
    says(Some("ja"), &["--language", "en"], "1 error");
}

#[test]
fn a_book_file_that_is_no_toml_stops_every_command_with_its_place() {
    let book = folder();
    write(book.path(), "book.toml", "[book]\ntitle = 方針\n");
    for command in [
        &["check", "@"][..],
        &["build", "@"],
        &["soa", "@"],
        &["new", "policy", "@", "--title", "x"],
        &["explain", "A.5.1", "@"],
        &["publish", "@/out", "@"],
        &["serve", "@", "--port", "0"],
    ] {
        let output = run(book.path(), command);
        assert_eq!(status(&output), 2, "{command:?}");
        assert!(complaint(&output).contains("book.toml:2:9"), "{command:?}: {}", complaint(&output));
    }
}

#[test]
fn mistakes_and_help_speak_the_language_of_the_book_that_they_are_about() {
    let book = small_book();
    let path = book.path().to_str().expect("a plain path");
    for (here, arguments) in [
        (Some(book.path().join("content/below")), &["chek"][..]),
        (Some(book.path().to_path_buf()), &["check", "--formt", "json"]),
        (Some(book.path().to_path_buf()), &["check", "--today", "2026-13-01"]),
        (Some(book.path().to_path_buf()), &["explain", "SOA999"]),
        (Some(book.path().to_path_buf()), &["theme", "eject", "pag.html"]),
        (Some(book.path().to_path_buf()), &["explain", "SOA201"]),
        (None, &["check", path, "--bogus"]),
        (None, &["serve", path, "--port", "x"]),
        (None, &["check", path, "--help"]),
    ] {
        let arguments: Vec<OsString> = ["ismsbook"].iter().chain(arguments).map(OsString::from).collect();
        let around = Surroundings { here, locale: Some(Language::english()), width: 100, ..Surroundings::default() };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        cli::run(arguments.clone(), &around, &mut out, &mut err);
        let said = String::from_utf8([out, err].concat()).expect("UTF-8");
        assert!(said.contains(['い', 'る', 'か']), "{arguments:?}: {said}");
        assert!(!said.contains("error:") && !said.contains("Usage"), "{arguments:?}: {said}");
    }
}

#[test]
fn a_book_file_that_is_no_toml_is_told_in_the_language_that_it_names() {
    let book = folder();
    write(book.path(), "book.toml", "[book]\nlanguages = [\"ja\"] # 既定\ntitle = 方針\n");
    let output = run_in(book.path(), Some("en"), &["check", "@"]);
    assert!(complaint(&output).contains("TOMLとして読めない"), "{}", complaint(&output));
}

#[test]
fn a_new_book_has_nothing_open_but_true_work() {
    for language in ["ja", "en"] {
        let here = folder();
        assert_eq!(status(&run(here.path(), &["init", "@/book", "--language", language])), 0);
        let book = here.path().join("book");
        let check = run(&book, &["check", "@"]);
        let lines = printed(&check);
        assert!(lines.lines().count() < 15, "{language}:\n{lines}");
        let json = run(&book, &["check", "@", "--format", "json"]);
        let document: serde_json::Value = serde_json::from_str(&printed(&json)).expect("it is JSON");
        let mut codes: Vec<&str> = document["findings"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|finding| finding["code"].as_str())
            .collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes, ["AUD601", "DOC014", "REQ502", "RSK315"], "{language}");
        assert_eq!(status(&run(here.path(), &["init", "@/book"])), 2, "what is there is never overwritten");
    }
}

#[test]
fn build_writes_the_site_once_and_strict_tells_of_errors() {
    let book = small_book();
    let first = run(book.path(), &["build", "@"]);
    assert_eq!(status(&first), 0);
    assert!(book.path().join("site/index.html").exists());
    let second = run(book.path(), &["build", "@"]);
    assert!(printed(&second).contains("新規・変更0、削除0"), "{}", printed(&second));
    assert_eq!(status(&run(book.path(), &["build", "@", "--strict"])), 1);
    decide(&book);
    assert_eq!(status(&run(book.path(), &["build", "@", "--strict"])), 0);
    write(book.path(), "other/mine.txt", "mine");
    let foreign = run(book.path(), &["build", "@", "--output", "@/other"]);
    assert_eq!(status(&foreign), 2);
    assert!(!book.path().join("other/index.html").exists() && complaint(&foreign).contains("other"));
}

#[test]
fn equal_books_give_equal_bytes() {
    let book = small_book();
    for output in ["@/one", "@/two"] {
        assert_eq!(status(&run(book.path(), &["build", "@", "--output", output])), 0);
    }
    let manifest =
        |name: &str| fs::read_to_string(book.path().join(name).join(".ismsbook-manifest")).expect("a manifest");
    assert_eq!(manifest("one"), manifest("two"));
}

#[test]
fn soa_is_a_workbook_in_a_folder() {
    let book = small_book();
    assert_eq!(status(&run(book.path(), &["soa", "@", "--format", "xlsx", "--output", "@/out/"])), 0);
    assert!(fs::read(book.path().join("out/soa.xlsx")).expect("written").starts_with(b"PK"));
}

#[test]
fn every_register_goes_to_files() {
    let book = small_book();
    assert_eq!(status(&run(book.path(), &["export", "all", "@", "--format", "csv,xlsx", "--output", "@/out"])), 0);
    for name in ["soa", "risk-register", "evidence", "audits", "requirements", "checklist"] {
        assert!(book.path().join(format!("out/{name}.csv")).exists(), "{name}");
        assert!(book.path().join(format!("out/{name}.xlsx")).exists(), "{name}");
    }
}

#[test]
fn publish_and_verify_have_their_statuses() {
    let book = small_book();
    assert_eq!(status(&run(book.path(), &["publish", "@/out", "--verify"])), 2);
    assert_eq!(status(&run(book.path(), &["publish", "@/out", "@"])), 0);
    assert_eq!(status(&run(book.path(), &["publish", "@/out", "--verify"])), 0);
    write(book.path(), "out/soa.html", "changed");
    let changed = run(book.path(), &["publish", "@/out", "--verify"]);
    assert_eq!((status(&changed), printed(&changed).as_str()), (1, "changed: soa.html\n"));
    assert_eq!(status(&run(book.path(), &["publish", "@/content/out", "@"])), 2);
}

#[test]
fn facts_of_shipped_catalogs_need_no_book() {
    let nowhere = folder();
    assert_eq!(status(&run(nowhere.path(), &["explain", "CLD.9.5.1", "--role", "provider"])), 0);
    assert_eq!(status(&run(nowhere.path(), &["explain", "CLD.9.5.1", "--role", "guest"])), 2);
    assert!(printed(&run(nowhere.path(), &["catalog", "show", "iso27001-2022"])).contains("A.8.34"));
}

#[test]
fn new_documents_get_the_next_id_and_a_safe_name() {
    let book = small_book();
    decide(&book);
    assert_eq!(status(&run(book.path(), &["new", "record", "@", "--title", "訓練: 2026/上期 \"A\""])), 0);
    let text = fs::read_to_string(book.path().join("content/訓練-2026-上期-a.md")).expect("written");
    assert!(text.contains("id: REC-002\n") && text.contains("title: \"訓練: 2026/上期 \\\"A\\\"\"\n"), "{text}");
    assert_eq!(status(&run(book.path(), &["new", "risk", "@", "--title", "../../up"])), 0);
    assert!(book.path().join("content/risks/up.md").exists());
    assert_eq!(status(&run(book.path(), &["new", "plicy", "@", "--title", "x"])), 2);
    let check = run(book.path(), &["check", "@", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&printed(&check)).expect("it is JSON");
    let broken = document["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .any(|finding| matches!(finding["code"].as_str(), Some("DOC001" | "DOC002" | "DOC003")));
    assert!(!broken, "{}", printed(&check));
}

#[test]
fn every_type_can_be_begun_without_a_fault_of_form() {
    let book = small_book();
    for kind in [
        "policy",
        "standard",
        "procedure",
        "guideline",
        "manual",
        "record",
        "scope",
        "risk",
        "decision",
        "applicability",
        "obligation",
        "audit",
        "objective",
    ] {
        for language in ["ja", "en"] {
            assert_eq!(status(&run(book.path(), &["new", kind, "@", "--title", kind, "--language", language])), 0);
        }
    }
    let check = run(book.path(), &["check", "@", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&printed(&check)).expect("it is JSON");
    for finding in document["findings"].as_array().expect("a list") {
        assert!(
            !matches!(finding["code"].as_str(), Some("DOC001" | "DOC002" | "DOC003" | "DOC004" | "BOK005")),
            "{finding}"
        );
    }
}

#[test]
fn schemas_are_json_in_both_languages_and_know_the_books_own_types() {
    let book = small_book();
    for (language, word) in [("ja", "承認日"), ("en", "Day of approval")] {
        let output = run(book.path(), &["schema", "front-matter", "@", "--language", language]);
        let schema: serde_json::Value = serde_json::from_str(&printed(&output)).expect("it is JSON");
        assert_eq!(schema["properties"]["approved"]["description"], word);
    }
    let settings = fs::read_to_string(book.path().join("book.toml")).expect("it is there");
    write(book.path(), "book.toml", &format!("{settings}[types.checklist]\nlabel = \"Checklist\"\n"));
    assert!(printed(&run(book.path(), &["schema", "front-matter", "@"])).contains("\"checklist\""));
    assert_eq!(status(&run(book.path(), &["schema", "book"])), 0);
}

#[test]
fn a_baseline_lets_a_grown_book_begin() {
    let book = small_book();
    assert_eq!(status(&run(book.path(), &["check", "@", "--write-baseline", "@/known.json"])), 0);
    let known = run(book.path(), &["check", "@", "--baseline", "@/known.json"]);
    assert_eq!(status(&known), 0, "{}", printed(&known));
    write(
        book.path(),
        "content/a.md",
        "---\nid: REC-001\ntype: record\ntitle: 記録\nowner: a\ncontrols: [M.7]\n---\n本文。\n",
    );
    let new = run(book.path(), &["check", "@", "--baseline", "@/known.json"]);
    assert!(
        status(&new) == 1 && printed(&new).contains("REF101") && !printed(&new).contains("[SOA201]"),
        "{}",
        printed(&new)
    );
    assert_eq!(status(&run(book.path(), &["check", "@", "--baseline", "@/none.json"])), 2);
}

#[test]
fn the_program_itself_finds_the_book_above_and_reads_the_locale() {
    let book = small_book();
    decide(&book);
    let program = |folder: &Path, locale: &str, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ismsbook"));
        command
            .current_dir(folder)
            .args(arguments)
            .env_remove("LC_MESSAGES")
            .env_remove("LANG")
            .env("LC_ALL", locale)
            .env("SOURCE_DATE_EPOCH", "1795305600");
        let output = command.output().expect("the program runs");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let inside = book.path().join("content");
    assert_eq!(program(&inside, "en_US.UTF-8", &["check"]), (Some(0), "指摘なし\n".to_owned()));
    let nowhere = folder();
    assert!(program(nowhere.path(), "ja_JP.UTF-8", &["--help"]).1.contains("使い方"));
    assert!(program(nowhere.path(), "C.UTF-8", &["--help"]).1.contains("Usage"));
    let (status, json) = program(&inside, "C.UTF-8", &["check", "--format", "json"]);
    assert!(status == Some(0) && json.contains("\"today\": \"2026-11-22\""), "{json}");
    assert_eq!(program(TempDir::new().expect("a folder").path(), "C", &["check"]).0, Some(2));
}

#[test]
fn nothing_of_a_left_out_document_reaches_an_audience_and_what_it_decided_stays() {
    let book = small_book();
    let settings = fs::read_to_string(book.path().join("book.toml")).expect("it is there");
    write(
        book.path(),
        "book.toml",
        &format!("{settings}[audiences.auditor]\nstatus = [\"approved\"]\nclassification = [\"public\"]\n"),
    );
    let front = |id: &str, kind: &str, title: &str, rest: &str| {
        format!("---\nid: {id}\ntype: {kind}\ntitle: {title}\nowner: a\n{rest}---\n")
    };
    let secret = front(
        "RSK-777",
        "risk",
        "CANARYTITLE",
        "status: approved\nclassification: confidential\ncontrols: [M.1]\nthreat: CANARYTHREAT\ntreatment: modify\nactions: [{what: CANARYACTION, due: 2027-01-01}]\n",
    );
    write(book.path(), "content/risks/canaryfile.md", &format!("{secret}CANARYBODY ![CANARYALT](canary.png)\n"));
    write(book.path(), "content/risks/canary.png", "CANARYIMAGE");
    let open = front("REC-001", "record", "公開", "status: approved\nclassification: public\n");
    write(book.path(), "content/open.md", &format!("{open}[リスク](risks/canaryfile.md)を参照。\n"));
    let built = run(book.path(), &["build", "@", "--audience", "auditor"]);
    assert_eq!(status(&built), 0, "{}", complaint(&built));
    assert!(printed(&built).contains("2文書を除いた"), "{}", printed(&built));
    let mut open = vec![book.path().join("site")];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).expect("a folder").flatten().map(|entry| entry.path()));
            continue;
        }
        let text = String::from_utf8_lossy(&fs::read(&path).expect("a file")).into_owned();
        for trace in
            ["CANARYTITLE", "CANARYTHREAT", "CANARYACTION", "CANARYBODY", "CANARYALT", "CANARYIMAGE", "RSK-777"]
        {
            assert!(
                !text.contains(trace) && !path.to_string_lossy().contains("canary"),
                "{trace} in {}",
                path.display()
            );
        }
    }
    let json = fs::read_to_string(book.path().join("site/soa.json")).expect("it is there");
    let statement: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(statement["lines"][0]["applicability"], "applicable");
    assert_eq!(status(&run(book.path(), &["build", "@", "--audience", "nobody"])), 2);
}

#[test]
fn an_unreadable_source_date_epoch_stops_every_command_that_was_given_no_day() {
    let book = small_book();
    let here = book.path().to_str().expect("a plain path");
    let around = Surroundings { epoch: Some("tomorrow".to_owned()), ..Surroundings::default() };
    for (more, language, said) in [
        (&[][..], "en", Some("SOURCE_DATE_EPOCH is `tomorrow`")),
        (&[], "ja", Some("SOURCE_DATE_EPOCHが`tomorrow`になっている")),
        (&["--today=2026-11-22"], "en", None),
    ] {
        let arguments = ["ismsbook", "check", here, "--language", language].into_iter().chain(more.iter().copied());
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let status = cli::run(arguments.map(OsString::from), &around, &mut out, &mut err);
        let err = String::from_utf8_lossy(&err).into_owned();
        assert_eq!(status == 2, said.is_some(), "{err}");
        assert!(said.is_none_or(|said| err.contains(said)), "{err}");
    }
}

#[test]
fn a_new_document_gets_an_id_after_the_highest_number_that_can_be_counted_on_from() {
    for (known, next) in [
        ("REC-18446744073709551615", "REC-001"),
        ("REC-18446744073709551614", "REC-001"),
        ("REC-99999999999999999999999", "REC-001"),
        ("REC-1000000000000000000", "REC-001"),
        ("REC-999999999999999999", "REC-1000000000000000000"),
        ("REC-20261122", "REC-20261123"),
        ("REC-099", "REC-100"),
    ] {
        let book = small_book();
        write(book.path(), "content/x.md", &format!("---\nid: {known}\ntype: record\ntitle: X\n---\nText.\n"));
        let made = run(book.path(), &["new", "record", "@", "--title", "New"]);
        assert!(status(&made) == 0 && printed(&made).contains(next), "{known}: {}{}", printed(&made), complaint(&made));
    }
}

#[test]
fn every_failure_has_its_words_and_every_words_its_failure() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open = ["cli", "cli.rs", "disk", "edit", "serve", "workspace"].map(|name| root.join(name)).to_vec();
    let mut named = std::collections::BTreeSet::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).expect("a folder").flatten().map(|entry| entry.path()));
            continue;
        }
        let source = String::from_utf8_lossy(&fs::read(&path).expect("a file")).into_owned();
        // What a denial says has values of its own in the same call.
        for call in source.split("Denied::because(").skip(1) {
            named.extend(call.split('"').nth(1).map(str::to_owned));
        }
        for start in ["Failure::new(", "about("] {
            for call in source.split(start).skip(1) {
                let inside = call.lines().next().and_then(|line| line.split(").").next()).unwrap_or_default();
                named.extend(inside.split('"').skip(1).step_by(2).map(str::to_owned));
            }
        }
    }
    let words = ismsbook::words::Words::of(&Language::japanese()).all();
    let said: std::collections::BTreeSet<String> =
        words.keys().filter_map(|key| key.strip_prefix("cli.failure.")).map(str::to_owned).collect();
    assert_eq!(named, said);
}

/// A disk without room.
struct Full;

impl std::io::Write for Full {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_result_that_cannot_be_written_is_said_in_the_readers_language() {
    for (language, said) in [("en", "the output cannot be written"), ("ja", "出力を書き込めない（空き容量がない")]
    {
        let arguments = ["ismsbook", "explain", "REF101", "--language", language].map(OsString::from);
        let mut err = Vec::new();
        let status = cli::run(arguments, &Surroundings::default(), &mut Full, &mut err);
        let err = String::from_utf8_lossy(&err).into_owned();
        assert!(status == 2 && err.contains(said), "{err}");
    }
}
