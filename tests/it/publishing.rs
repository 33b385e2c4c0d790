//! Where a site stands: under any path, at a known address, on paper and in a PDF.
#![expect(clippy::disallowed_methods, reason = "a PDF is printed from files")]

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use ismsbook::cli::{self, Surroundings};
use ismsbook::config::BaseUrl;
use ismsbook::site::{Site, SiteOptions};
use tempfile::TempDir;

use crate::support::snapshot;

/// A book of two languages with documents that lead to each other.
const BOOK: &str = r#"
--- book.toml
[book]
title = {ja = "小さな文書体系", en = "A small book"}
organization = "Kumo"
languages = ["ja", "en"]
[isms]
controls = []
requirements = []
risk_sources = []
--- content/index.md
# 入口

[[POL-001]]から読む。
--- content/方針/access.md
---
id: POL-001
type: policy
title: {ja: アクセス方針, en: Access}
status: approved
version: "1.2"
owner: 情報システム部長
approver: 管理責任者
approved: 2026-04-01
classification: internal
revisions:
  - {version: "1.2", date: 2026-03-30, author: 担当者, summary: 改訂。}
---
[手順](../procedures/backup.md#restore)と[規格](https://www.iso.org/)、[表](#table)。

## 表 {#table}

| a | b |
|---|---|
| 1 | 2 |
--- content/procedures/backup.md
---
id: PRO-001
type: procedure
title: {ja: バックアップ手順, en: Backup}
status: draft
---
## 復元 {#restore}

[[POL-001]]による。
"#;

fn site(base_url: Option<&str>) -> Site {
    let base_url = base_url.map(|url| BaseUrl::parse(url).expect("an address"));
    Site::new(Arc::new(snapshot(BOOK)), SiteOptions { base_url, ..SiteOptions::default() })
}

fn page(site: &Site, path: &str) -> String {
    let route = site.route(path).unwrap_or_else(|| panic!("no route {path}"));
    String::from_utf8_lossy(&site.render(&route).bytes).into_owned()
}

#[test]
fn without_an_address_nothing_is_absolute() {
    let site = site(None);
    for path in ["404.html", "en/404.html", "sitemap.xml"] {
        assert!(site.route(path).is_none(), "{path}");
    }
    let html = page(&site, "index.html");
    assert!(!html.contains("rel=\"canonical\"") && !html.contains("rel=\"alternate\""), "{html}");
}

#[test]
fn a_known_address_gives_canonical_links_a_map_and_a_page_for_what_is_not_there() {
    let site = site(Some("https://docs.example.com/isms/"));
    let html = page(&site, "en/方針/access.html");
    let encoded = "%E6%96%B9%E9%87%9D/access.html";
    for link in [
        format!("<link rel=\"canonical\" href=\"https://docs.example.com/isms/en/{encoded}\">"),
        format!("<link rel=\"alternate\" hreflang=\"ja\" href=\"https://docs.example.com/isms/{encoded}\">"),
        format!("<link rel=\"alternate\" hreflang=\"en\" href=\"https://docs.example.com/isms/en/{encoded}\">"),
        format!("<link rel=\"alternate\" hreflang=\"x-default\" href=\"https://docs.example.com/isms/{encoded}\">"),
    ] {
        assert!(html.contains(&link), "{link}\n{html}");
    }
    let map = page(&site, "sitemap.xml");
    let pages = site.routes().into_iter().filter(|route| route.path.ends_with(".html")).count() - 2;
    assert_eq!(map.matches("<loc>https://docs.example.com/isms/").count(), pages);
    assert!(map.contains(&format!("/isms/{encoded}</loc>")) && !map.contains("404.html"), "{map}");
}

#[test]
fn the_page_for_what_is_not_there_works_at_any_depth() {
    for (base, root) in [("https://docs.example.com/isms", "/isms/"), ("https://docs.example.com", "/")] {
        let site = site(Some(base));
        for (path, title) in [("404.html", "ページが見つからない"), ("en/404.html", "Page not found")] {
            let html = page(&site, path);
            assert!(html.contains(title) && !html.contains("rel=\"canonical\""), "{html}");
            for attribute in [" href=\"", " src=\"", " data-root=\"", " data-search=\""] {
                for value in html.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
                    assert!(value.starts_with(root) || value.starts_with('#'), "{base} {path}: {value}");
                    let file = value.split('#').next().unwrap_or_default().strip_prefix(root).unwrap_or_default();
                    let there = file.is_empty() || file.ends_with('/') || site.route(&decoded(file)).is_some();
                    assert!(there, "{base} {path}: {value}");
                }
            }
        }
    }
}

fn decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}

#[test]
fn a_folder_that_is_named_like_a_language_does_not_take_the_pages_of_that_language() {
    for file in ["index", "soa", "procedures/backup", "procedures/index", "procedures/other"] {
        let book = format!("{BOOK}--- content/en/{file}.md\n# Foreign\n");
        let snapshot = snapshot(&book);
        let found = snapshot.checked.findings.iter().filter(|finding| finding.code == "BOK005").count();
        assert!(found > 0, "{file}");
        let site = Site::new(Arc::new(snapshot), SiteOptions::default());
        assert!(page(&site, "en/index.html").contains("<html lang=\"en\""), "{file}");
        assert!(page(&site, "en/procedures/backup.html").contains("Backup"), "{file}");
        assert!(page(&site, "en/procedures/index.html").contains("<html lang=\"en\""), "{file}");
        let text = site.routes().into_iter().filter(|route| route.path.ends_with(".html"));
        let shown = text.filter(|route| page(&site, &route.path).contains(">Foreign</h1>")).count();
        assert_eq!(shown, 2, "{file}: once in each language");
    }
    let clean = snapshot(&format!("{BOOK}--- content/english/index.md\n# Fine\n"));
    assert!(clean.checked.findings.iter().all(|finding| finding.code != "BOK005"));
}

#[test]
fn a_document_prints_with_its_head_its_boxes_and_its_history() {
    let site = site(None);
    let html = page(&site, "方針/access.html");
    assert!(html.contains("data-running=\"POL-001 アクセス方針 · 第1.2版 · 社外秘\""), "{html}");
    assert!(html.contains("data-notice=\"印刷物は管理対象外とする。\""));
    let boxes = html.split("<table class=\"approval print-only\">").nth(1).expect("boxes").split("</table>").next();
    let boxes = boxes.expect("their end");
    for words in ["作成", "審査", "承認", "担当者", "管理責任者", "2026-04-01"] {
        assert!(boxes.contains(words), "{words}: {boxes}");
    }
    assert!(html.contains("data-id=\"PRO-001\""), "the id of a link stands behind its words on paper");
    let draft = page(&site, "en/procedures/backup.html");
    assert!(draft.contains("data-running=\"PRO-001 Backup · Draft\""), "{draft}");
    assert!(draft.contains("data-notice=\"Uncontrolled when printed.\""));
    assert!(html.contains("href=\"../print.css\" media=\"print\""));
    let register = page(&site, "documents.html");
    assert!(register.contains("data-running=\"文書管理台帳 · 小さな文書体系 · 2026-11-22現在\""), "{register}");
    let options = SiteOptions { audience: Some("auditor".to_owned()), ..SiteOptions::default() };
    let edition = page(&Site::new(Arc::new(snapshot(BOOK)), options), "en/方針/access.html");
    assert!(
        edition.contains("data-running=\"POL-001 Access · Version 1.2 · Internal · Edition for: auditor\""),
        "{edition}"
    );
}

#[test]
fn the_manual_as_a_whole_leads_within_itself() {
    let site = site(None);
    for (path, toc, title) in [("print.html", "目次", "アクセス方針"), ("en/print.html", "Contents", "Access")]
    {
        let html = page(&site, path);
        assert!(html.contains(&format!("<h2 id=\"page-contents-title\">{toc}</h2>")), "{html}");
        assert!(html.contains(title) && html.contains("<table class=\"revisions\">"), "{html}");
        let text = html.split("<nav class=\"contents\"").nth(1).expect("contents");
        let anchor = |id: &str| {
            let before = text.split(id).next().expect("the contents name it");
            before.rsplit("href=\"#").next().and_then(|rest| rest.split('"').next()).expect("an anchor").to_owned()
        };
        let (policy, procedure) = (anchor("POL-001"), anchor("PRO-001"));
        assert!(html.contains(&format!("href=\"#{procedure}-restore\"")), "to a heading of another document: {html}");
        assert!(html.contains(&format!("id=\"{procedure}-restore\"")));
        assert!(html.contains(&format!("href=\"#{policy}-table\"")), "to its own heading");
        assert!(html.contains(&format!("class=\"id-link\" href=\"#{policy}\"")), "to another document: {html}");
        assert!(html.contains("href=\"https://www.iso.org/\""));
    }
}

/// A folder with the book in it, and a browser that prints what it is given.
struct Works {
    folder: TempDir,
}

struct Output {
    status: u8,
    out: String,
    err: String,
}

impl Works {
    fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        for (path, file) in crate::support::files(BOOK).iter() {
            let path = folder.path().join("book").join(path.as_str());
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, &file.bytes).expect("written");
        }
        Self { folder }
    }

    /// A script in the place of a browser: `body` sees the PDF's place as `$pdf` and the page's address as `$page`.
    #[cfg(unix)]
    fn browser(&self, body: &str) -> String {
        use std::os::unix::fs::PermissionsExt as _;
        let path = self.folder.path().join("browser");
        let script = format!(
            "#!/bin/sh\nfor word in \"$@\"; do\ncase \"$word\" in\n--print-to-pdf=*) pdf=${{word#--print-to-pdf=}};;\nfile://*) page=${{word#file://}};;\nesac\ndone\n{body}\n"
        );
        fs::write(&path, script).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("made a program");
        path.to_str().expect("a plain path").to_owned()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let book = self.folder.path().join("book");
        let here = self.folder.path().to_str().expect("a plain path");
        let arguments = arguments.iter().map(|argument| match *argument {
            "BOOK" => book.to_str().expect("a plain path").to_owned(),
            other => other.replace('@', here),
        });
        let arguments = ["ismsbook".to_owned(), "pdf".to_owned()].into_iter().chain(arguments);
        let arguments = arguments.chain(["--today=2026-11-22".to_owned()]).map(OsString::from);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let status = cli::run(arguments, &Surroundings::default(), &mut out, &mut err);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Output { status, out: text(out), err: text(err) }
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

/// What the script prints: the page itself behind the mark of a PDF.
#[cfg(unix)]
const PRINTS: &str =
    "{ printf '%%PDF-1.4\n'; find \"$(dirname \"$pdf\")/../site\" -name access.html -exec cat {} +; } > \"$pdf\"";

#[test]
fn without_a_browser_the_way_by_hand_is_told() {
    let works = Works::new();
    for (language, words) in [("en", "Install one, or name it with `--browser"), ("ja", "ブラウザで印刷して作る")]
    {
        let output = works.run(&["POL-001", "BOOK", "--language", language]);
        assert_eq!(output.status, 2, "{}", output.out);
        assert!(output.err.contains(words) && output.err.contains("access.html"), "{}", output.err);
    }
}

#[cfg(unix)]
#[test]
fn a_document_is_printed_by_id_by_file_and_by_page() {
    let works = Works::new();
    let browser = works.browser("printf '%%PDF-1.4 page' > \"$pdf\"");
    for (name, file) in [
        ("POL-001", "POL-001.pdf"),
        ("pol-001", "POL-001.pdf"),
        ("content/方針/access.md", "POL-001.pdf"),
        ("soa", "soa.pdf"),
        ("risk-register.html", "risk-register.pdf"),
        ("print", "小さな文書体系.pdf"),
    ] {
        let output = works.run(&[name, "BOOK", "--browser", &browser, "--output", "@/out/"]);
        assert_eq!(output.status, 0, "{name}: {}", output.err);
        let path = works.folder.path().join("out").join(file);
        assert!(path.exists(), "{name}: {}", output.out);
        fs::remove_dir_all(works.folder.path().join("out")).expect("removed");
    }
    let output = works.run(&["POL-01", "BOOK", "--browser", &browser]);
    assert!(output.status == 2 && output.err.contains("`POL-001`"), "{}", output.err);
    let output = works.run(&["POL-001", "BOOK", "--browser", &browser, "--language", "fr"]);
    assert!(output.status == 2 && output.err.contains("ja, en"), "{}", output.err);
    let output = works.run(&["POL-001", "BOOK", "--browser", &browser, "--output", "@/named.pdf"]);
    assert!(output.status == 0 && works.read("named.pdf").starts_with("%PDF-"), "{}", output.err);
}

#[cfg(unix)]
#[test]
fn all_documents_and_the_manual_are_printed_each_for_itself() {
    let works = Works::new();
    let browser = works.browser("printf '%%PDF-1.4 page' > \"$pdf\"");
    let left = works.folder.path().join("out/ismsbook-pdf-a1B2c3/site");
    fs::create_dir_all(&left).expect("what a run that was cut off has left");
    let output = works.run(&["--all", "BOOK", "--browser", &browser, "--output", "@/out", "--language", "en"]);
    assert_eq!(output.status, 0, "{}", output.err);
    for file in ["index.pdf", "方針/POL-001.pdf", "procedures/PRO-001.pdf", "A small book.pdf"] {
        assert!(works.read(&format!("out/{file}")).starts_with("%PDF-"), "{file}");
    }
    let left = fs::read_dir(works.folder.path().join("out")).expect("a folder").count();
    assert_eq!(left, 4, "what the browser worked with is gone");
}

#[cfg(unix)]
#[test]
fn what_is_printed_has_no_scripts_and_leads_nowhere_on_this_machine() {
    let works = Works::new();
    let browser = works.browser(PRINTS);
    let output = works.run(&["POL-001", "BOOK", "--browser", &browser, "--output", "@/a.pdf"]);
    assert_eq!(output.status, 0, "{}", output.err);
    let html = works.read("a.pdf");
    assert!(html.contains("アクセス方針") && html.contains("print.css"), "{html}");
    assert!(!html.contains("<script") && !html.contains("<a class=\"brand\" href"), "{html}");
    assert!(html.contains("href=\"https://www.iso.org/\"") && html.contains("href=\"#table\""), "{html}");
    let book = works.read("book/book.toml");
    let with_address = format!("{book}[build]\nbase_url = \"https://docs.example.com/isms\"\n");
    fs::write(works.folder.path().join("book/book.toml"), with_address).expect("written");
    works.run(&["POL-001", "BOOK", "--browser", &browser, "--output", "@/b.pdf"]);
    let html = works.read("b.pdf");
    assert!(html.contains("href=\"https://docs.example.com/isms/procedures/backup.html#restore\""), "{html}");
}

#[cfg(unix)]
#[test]
fn a_browser_that_fails_or_hangs_leaves_what_was_there() {
    let works = Works::new();
    fs::write(works.folder.path().join("a.pdf"), "old").expect("written");
    for (body, words) in [
        ("echo 'cannot open display' >&2; exit 1", "cannot open display"),
        ("printf 'no PDF' > \"$pdf\"", "printed nothing"),
        ("exec sleep 600", "more than 1 seconds"),
    ] {
        let browser = works.browser(body);
        let arguments = ["POL-001", "BOOK", "--browser", &browser, "--output", "@/a.pdf", "--timeout", "1"];
        let output = works.run(&[&arguments[..], &["--language", "en"]].concat());
        assert!(output.status == 2 && output.err.contains(words), "{body}: {}", output.err);
        assert_eq!(works.read("a.pdf"), "old");
    }
    let nowhere = works.run(&["POL-001", "BOOK", "--browser", "@/none", "--output", "@/a.pdf", "--language", "en"]);
    assert!(nowhere.status == 2 && nowhere.err.contains("cannot be started"), "{}", nowhere.err);
}

#[test]
fn an_address_that_is_none_is_refused_with_an_example() {
    let works = Works::new();
    let book = works.folder.path().join("book");
    for (language, words) in [("en", "no address"), ("ja", "サイトのURLとして読めない")] {
        let arguments = ["ismsbook", "build", book.to_str().expect("a plain path"), "--base-url", "docs.example.com"];
        let arguments = arguments.into_iter().chain(["--language", language]).map(OsString::from);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        assert_eq!(cli::run(arguments, &Surroundings::default(), &mut out, &mut err), 2);
        let said = String::from_utf8(err).expect("UTF-8");
        assert!(said.contains(words) && said.contains("https://docs.example.com/isms"), "{said}");
    }
    assert!(!Path::new(&book).join("site").exists());
}
