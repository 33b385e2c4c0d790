//! Bad input: each fault a finding with file, line and column, all in one run, and the rest of the site is built.

use std::sync::Arc;

use ismsbook::files::{File, FilePath, Files};
use ismsbook::project::{Inputs, Project};
use ismsbook::site::{Site, SiteOptions};

use crate::support::{files, place, snapshot_of, today};

fn found(files: Files, codes: &[&str]) -> Vec<String> {
    let snapshot = snapshot_of(files, today());
    let findings = snapshot.checked.findings.iter().filter(|finding| codes.contains(&finding.code));
    findings.map(|finding| place(&snapshot, finding)).collect()
}

#[test]
fn every_fault_of_a_book_is_found_in_one_run_and_the_rest_is_built() {
    let mut book = files(
        "--- book.toml\n[book]\ntitel = \"x\"\nlanguages = [\"en\"]\n--- content/broken.md\n---\nid: POL-001\ntitle: Access: control\n---\nText.\n--- content/date.md\n---\nid: POL-002\ntype: policy\ntitle: Policy\napproved: 2026/4/1\nownr: ciso\n---\nText.\n--- content/good.md\n---\nid: POL-003\ntype: policy\ntitle: Good\ncontrols: [A.5.15]\n---\nText.\n",
    );
    book.insert(FilePath::new("content/latin.md"), File::new(b"# Policy\n\nCaf\xe9 culture.\n".to_vec()));
    let expected = [
        "BOK002 book.toml:2:1",
        "DOC001 content/broken.md:3:8",
        "DOC003 content/date.md:5:11",
        "DOC002 content/date.md:6:1",
        "BOK001 content/latin.md:3:4",
    ];
    assert_eq!(found(book.clone(), &["BOK001", "BOK002", "DOC001", "DOC002", "DOC003"]), expected);
    let snapshot = Arc::new(snapshot_of(book, today()));
    assert_eq!(snapshot.book.document_with_id("POL-001").map(|document| document.page.as_str()), Some("broken.html"));
    let site = Site::new(snapshot, SiteOptions::default());
    let pages: Vec<String> = site.routes().iter().map(|route| route.path.clone()).collect();
    for page in ["broken.html", "date.html", "good.html", "latin.html", "soa.html"] {
        assert!(pages.iter().any(|path| path == page), "{page} in {pages:?}");
    }
    for route in site.routes() {
        assert!(!site.render(&route).bytes.is_empty() || route.path.ends_with(".md"), "{}", route.path);
    }
    assert!(site.findings().is_empty());
}

#[test]
fn a_book_toml_that_is_no_toml_stops_with_its_place() {
    let inputs = Inputs {
        files: files("--- book.toml\n[book\ntitle = 1\n"),
        today: today(),
        commit: None,
        history: std::sync::Arc::default(),
    };
    let broken = Project::new().snapshot(inputs).expect_err("no TOML");
    assert_eq!(ismsbook::text::LineIndex::new(&broken.text).position(&broken.text, broken.fault.span.start).line, 1);
}

#[test]
fn front_matter_without_its_end_leaves_the_rest_of_the_book() {
    let book = "--- content/a.md\n---\nid: POL-001\ntitle: A\n\nText without an end.\n--- content/b.md\n---\nid: POL-002\n---\nText.\n";
    assert_eq!(found(files(book), &["DOC001"]), ["DOC001 content/a.md:1:1"]);
}

#[test]
fn hostile_texts_end_in_findings() {
    let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n";
    let deep = format!("a: {}{}\n", "[".repeat(5_000), "]".repeat(5_000));
    for front in [bomb, &deep] {
        let mut book = Files::new();
        book.insert(FilePath::new("content/a.md"), File::new(format!("---\n{front}---\nText.\n").into_bytes()));
        assert_eq!(found(book, &["DOC001"]).len(), 1);
    }
    let texts = [
        format!("{}text", ">".repeat(50_000)),
        "[".repeat(50_000),
        format!("| {} |", "a|".repeat(20_000)),
        "*a **b ".repeat(20_000),
        format!("# {}\n", "あ".repeat(300_000)),
        "\u{202e}題\0名\u{0}".to_owned(),
    ];
    for text in texts {
        let mut book = Files::new();
        book.insert(FilePath::new("content/a.md"), File::new(text.into_bytes()));
        let site = Site::new(Arc::new(snapshot_of(book, today())), SiteOptions::default());
        let route = site.route("a.html").expect("the page");
        assert!(!site.render(&route).bytes.is_empty());
    }
}

#[test]
fn a_file_over_a_mebibyte_is_shown_as_it_stands() {
    let mut book = Files::new();
    book.insert(FilePath::new("content/big.md"), File::new("管理策 A.5.15 <b>\n".repeat(100_000).into_bytes()));
    assert_eq!(found(book.clone(), &["BOK004"]), ["BOK004 content/big.md:1:1"]);
    let site = Site::new(Arc::new(snapshot_of(book, today())), SiteOptions::default());
    let html =
        String::from_utf8(site.render(&site.route("big.html").expect("the page")).bytes.to_vec()).expect("UTF-8");
    assert!(html.contains("管理策 A.5.15 &lt;b&gt;"));
}

#[test]
fn pages_that_would_share_a_name_keep_one_each() {
    let book = "--- content/soa.md\n# Mine\n--- content/Access.md\n# One\n--- content/access.md\n# Two\n--- content/CON.md\n# Three\n";
    let snapshot = snapshot_of(files(book), today());
    let mut pages: Vec<&str> = snapshot.book.documents.iter().map(|document| document.page.as_str()).collect();
    pages.sort_unstable();
    assert_eq!(pages, ["Access.html", "CON-.html", "access-document.html", "soa-document.html"]);
    let clashes = snapshot.checked.findings.iter().filter(|finding| finding.code == "BOK005").count();
    assert_eq!(clashes, 2);
}

#[test]
fn nothing_is_written_outside_the_output() {
    let book = "--- book.toml\n[book]\nlanguages = [\"ja\", \"en\"]\n[front_matter.aliases]\n\"../x\" = \"id\"\n[[front_matter.defaults]]\npath = \"../**\"\ntype = \"policy\"\n--- content/a.md\n---\nid: ../../etc/passwd\ntitle: ../../../x\nrelated: [../../b]\n---\n[hin](../../../etc/passwd) [x](/../../y.md) ![z](../../../z.png)\n--- content/規程 /b .md\n# B\n--- content/aux/nul.md\n# C\n--- content/dots./d.md\n# D\n--- catalogs/x.yaml\nid: ../x\nkind: controls\ntitle: X\nitems:\n  - {id: ../../y, title: Y}\n  - {id: 'a/../../z', title: Z}\n";
    let text =
        format!("{book}--- content/use.md\n---\nid: POL-001\ntype: policy\ncontrols: ['../x:../../y']\n---\nText.\n");
    let site = Site::new(Arc::new(snapshot_of(files(&text), today())), SiteOptions::default());
    for route in site.routes() {
        let unsafe_part =
            route.path.split('/').any(|part| part == ".." || part.is_empty() || part.ends_with([' ', '.']));
        assert!(!unsafe_part && !route.path.contains(['\\', ':', '\0']), "{}", route.path);
    }
    assert!(site.route("規程-/b-.html").is_some() && site.route("aux-/nul-.html").is_some());
}

#[test]
fn a_line_of_ten_megabytes_and_marks_that_turn_the_text_are_read() {
    let mut book = Files::new();
    book.insert(FilePath::new("content/long.md"), File::new("あ".repeat(10 * 1024 * 1024 / 3).into_bytes()));
    let turned = "---\nid: POL-001\ntitle: \"\u{202e}方針\u{2066}\"\n---\nText \u{202e}gnp.exe\0.\n";
    book.insert(FilePath::new("content/turned.md"), File::new(turned.as_bytes().to_vec()));
    assert_eq!(found(book.clone(), &["BOK004"]), ["BOK004 content/long.md:1:1"]);
    let site = Site::new(Arc::new(snapshot_of(book, today())), SiteOptions::default());
    assert!(site.render(&site.route("long.html").expect("the page")).bytes.len() > 10 * 1024 * 1024);
    assert!(site.route("turned.html").is_some());
}

/// One line for each depth.
fn stairs(times: usize, line: impl Fn(usize) -> String) -> String {
    (0..times.min(1_200)).map(line).collect::<Vec<_>>().concat()
}

/// Every kind of node that may stand in another of its kind, nested so many times around `text`.
fn nested(times: usize) -> Vec<(&'static str, String)> {
    let around = |open: &str, close: &str| format!("{}text{}", open.repeat(times), close.repeat(times));
    let lists =
        |mark: &str| stairs(times.min(500), |depth| format!("{}{mark} text\n", " ".repeat((mark.len() + 1) * depth)));
    vec![
        ("quotes", around("> ", "")),
        ("quotes on many lines", stairs(times.min(500), |depth| format!("{}>text\n", ">".repeat(depth)))),
        ("emphasis", around("**a ", " b**")),
        ("struck out", around("~~a *b ", " b* a~~")),
        ("boxes", around(":::note\n", "\n:::\n")),
        ("alerts", stairs(times.min(500), |depth| format!("{}> [!NOTE]\n", "> ".repeat(depth))) + "text"),
        ("lists", lists("-")),
        ("numbers", lists("1.")),
        ("images", around("![a ", "](b.png)")),
        ("links around images", around("[a ![b ", "](b.png)](c.md)")),
        ("raw HTML", around("<div>\n\n", "\n\n</div>\n\n").replace("<div>", &"<div>".repeat(12))),
        ("HTML within a line", around("a <b>", "</b>").replace("<b>", &"<b>".repeat(12))),
    ]
}

#[test]
fn what_is_nested_without_end_is_shown_as_it_stands_with_a_finding() {
    for (kind, text) in nested(3_000) {
        let mut book = Files::new();
        book.insert(FilePath::new("content/a.md"), File::new(format!("# Deep\n\n{text}\n").into_bytes()));
        let snapshot = Arc::new(snapshot_of(book, today()));
        let codes: Vec<&str> = snapshot.checked.findings.iter().map(|finding| finding.code).collect();
        assert!(codes.contains(&"TXT911"), "{kind}: {codes:?}");
        let site = Site::new(snapshot, SiteOptions::default());
        let html = String::from_utf8_lossy(&site.render(&site.route("a.html").expect("the page")).bytes).into_owned();
        assert!(html.contains("<pre class=\"plain\"") && html.contains("text"), "{kind}");
        assert!(!site.render(&site.route("print.html").expect("the manual")).bytes.is_empty());
    }
}

#[test]
fn what_is_nested_as_people_do_is_read() {
    for (kind, text) in nested(30) {
        let mut book = Files::new();
        book.insert(FilePath::new("content/a.md"), File::new(format!("# Deep\n\n{text}\n").into_bytes()));
        let snapshot = Arc::new(snapshot_of(book, today()));
        assert!(snapshot.checked.findings.iter().all(|finding| finding.code != "TXT911"), "{kind}");
        let site = Site::new(snapshot, SiteOptions::default());
        let html = String::from_utf8_lossy(&site.render(&site.route("a.html").expect("the page")).bytes).into_owned();
        assert!(!html.contains("<pre class=\"plain\"") && html.contains("text"), "{kind}");
    }
}

#[test]
fn yaml_and_toml_that_nest_without_end_end_in_findings() {
    let deep = |open: &str, close: &str, times: usize| format!("{}x{}", open.repeat(times), close.repeat(times));
    for times in [90, 400, 1_200, 60_000] {
        let values = [deep("[", "]", times), deep("{a: ", "}", times), deep("- ", "", times), deep("? ", "", times)];
        for value in values.iter().chain([&stairs(times, |depth| format!("{}a:\n", " ".repeat(depth)))]) {
            let mut book = Files::new();
            book.insert(
                FilePath::new("content/a.md"),
                File::new(format!("---\nid: A-1\ncontrols:\n  {value}\n---\nText.\n").into_bytes()),
            );
            book.insert(
                FilePath::new("catalogs/c.yaml"),
                File::new(format!("id: c\ntitle: C\nitems:\n  {value}\n").into_bytes()),
            );
            book.insert(FilePath::new("themes/own/words/en.yaml"), File::new(format!("a:\n  {value}\n").into_bytes()));
            book.insert(
                FilePath::new("book.toml"),
                File::new(
                    b"[build]\ntheme = \"own\"\n[isms]\ncontrols = []\nrequirements = []\nrisk_sources = []\n".to_vec(),
                ),
            );
            let site = Site::new(Arc::new(snapshot_of(book, today())), SiteOptions::default());
            let page = site.render(&site.route("a.html").expect("the page"));
            assert!(String::from_utf8_lossy(&page.bytes).contains("Text."));
        }
        let tables = [
            deep("a = [", "]", times),
            deep("a = {a=", "}", times),
            format!("a{} = 1", ".a".repeat(times)),
            format!("[a{}]", ".a".repeat(times)),
        ];
        for toml in tables {
            let inputs = Inputs {
                files: files(&format!("--- book.toml\n{toml}\n")),
                today: today(),
                commit: None,
                history: std::sync::Arc::default(),
            };
            if let Ok(snapshot) = Project::new().snapshot(inputs) {
                assert!(snapshot.checked.findings.iter().any(|finding| finding.code == "BOK002"), "{times}");
            }
        }
    }
}
