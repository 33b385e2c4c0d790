//! The published site: every link arrives, every page reads alone, and a theme may change how it looks.

use std::collections::BTreeSet;
use std::sync::Arc;

use ismsbook::site::{Rendered, Site, SiteOptions};
use percent_encoding::percent_decode_str;
use rayon::prelude::*;

use crate::own_book::own_files;
use crate::support::{snapshot, snapshot_of, today};

/// A small book with all that links can stumble over: two languages, blanks and Japanese in paths, a slash in an id, a
/// folder without a page, a document without a translation, an attachment.
const BOOK: &str = r#"
--- book.toml
[book]
title = {ja = "小さな文書体系", en = "A small book"}
languages = ["ja", "en"]
[isms]
controls = ["mini"]
requirements = ["mini"]
risk_sources = ["mini"]
--- catalogs/mini.yaml
id: mini
prefix: MINI
kind: controls
title: Mini
roles:
  - {id: customer, title: {en: Customer, ja: カスタマ}, label: CSC}
  - {id: provider, title: {en: Provider, ja: プロバイダ}, label: CSP}
groups:
  - {id: M, title: {en: Group, ja: 区分}}
items:
  - {id: M.1, group: M, kind: control, title: {en: First, ja: 一つめ}, guidance: {customer: {en: Ask., ja: 求める。}, provider: {en: Tell., ja: 示す。}}}
  - {id: M/2, group: M, kind: control, title: {en: Second, ja: 二つめ}, guidance: {provider: {en: Do., ja: 行う。}}}
  - {id: "4.1", group: M, kind: requirement, title: {en: Scope, ja: 適用範囲}, documented_information: [{kind: document, explicit: true, title: {en: the scope, ja: 適用範囲}}]}
  - {id: S.1, group: M, kind: risk-source, title: {en: Theft, ja: 盗難}}
--- content/index.md
# 入口

[図](図 1.png)と[[POL-001]]と[手順](procedures/)。
--- content/図 1.png
png
--- content/policies/アクセス 規程.md
---
id: POL-001
type: policy
title: アクセス規程
status: approved
version: "1.0"
owner: ciso
controls: [{id: M.1, section: 見直し, roles: [customer]}]
requirements: ["4.1"]
revisions: [{version: "1.0", date: 2026-01-01, author: ciso, summary: 制定。}]
---
M.1に従う。[表](#見直し)

## 見直し

| a | b |
|---|---|
| [[RSK-001]] | 2 |
--- content/procedures/backup.md
---
id: PRO-001
type: procedure
title: {ja: 控え, en: Backup}
status: draft
---
[規程](../policies/アクセス 規程.md#見直し)を見る。
--- content/procedures/backup.en.md
---
title: Backup
---
See [[POL-001]].
--- content/risks/rsk-001.md
---
id: RSK-001
type: risk
title: 盗難 <b>
owner: ciso
affects: [confidentiality]
sources: [S.1]
likelihood: high
impact: high
treatment: modify
controls: [M/2]
residual: {likelihood: low, impact: high}
accepted_by: ciso
actions: [{what: 鍵を掛ける, due: 2026-12-01, status: open}]
---
本文。
"#;

fn site_of(text: &str) -> Site {
    Site::new(Arc::new(snapshot(text)), SiteOptions::default())
}

fn text_of(rendered: &Rendered) -> String {
    String::from_utf8_lossy(&rendered.bytes).into_owned()
}

fn page(site: &Site, path: &str) -> String {
    let route = site.route(path).unwrap_or_else(|| panic!("no route {path}"));
    text_of(&site.render(&route))
}

/// Path and text of every page.
fn pages(site: &Site) -> Vec<(String, String)> {
    pages_but(site, |_| false)
}

/// Path and text of every page that is not left out.
fn pages_but(site: &Site, left_out: fn(&str) -> bool) -> Vec<(String, String)> {
    let routes: Vec<_> =
        site.routes().into_iter().filter(|route| route.path.ends_with(".html") && !left_out(&route.path)).collect();
    routes.par_iter().map(|route| (route.path.clone(), text_of(&site.render(route)))).collect()
}

/// The values of an attribute in a page.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().replace("&amp;", "&")
}

/// The path that a relative link on a page leads to.
fn arrives(from: &str, href: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." | "" => {}
            part => parts.push(part),
        }
    }
    decoded(&parts.join("/"))
}

/// The links on some pages of a site that lead nowhere.
fn astray(site: &Site, pages: &[(String, String)]) -> Vec<String> {
    let anchors: BTreeSet<(String, String)> = pages
        .iter()
        .flat_map(|(path, html)| values(html, "id").into_iter().map(move |id| (path.clone(), decoded(id))))
        .collect();
    let mut wrong = Vec::new();
    for (path, html) in pages {
        for href in values(html, "href").into_iter().chain(values(html, "src")).chain(values(html, "data-search")) {
            if href.starts_with("https://") || href.starts_with("http://") || href.starts_with("mailto:") {
                continue;
            }
            let (file, anchor) =
                href.split_once('#').map_or((href, None), |(file, anchor)| (file, Some(decoded(anchor))));
            let target = if file.is_empty() { path.clone() } else { arrives(path, file) };
            let there = site.route(&target).is_some();
            // The state of a filter stands behind `#` as well.
            let at = anchor.is_none_or(|anchor| anchor.contains('=') || anchors.contains(&(target.clone(), anchor)));
            if !there || !at {
                wrong.push(format!("{path}: {href}"));
            }
        }
    }
    wrong
}

#[test]
fn every_link_arrives_from_any_folder_in_any_language() {
    let site = site_of(BOOK);
    let wrong = astray(&site, &pages(&site));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_link_of_the_own_book_arrives() {
    let site = Site::new(Arc::new(snapshot_of(own_files(), today())), SiteOptions::default());
    // The pages of items are many and alike; the small book shows theirs.
    let of_item = |path: &str| {
        let kind = ["controls/", "requirements/", "risk-sources/"].iter().any(|folder| path.contains(folder));
        kind && !path.ends_with("/index.html")
    };
    let wrong = astray(&site, &pages_but(&site, of_item));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_page_reads_alone_and_loads_nothing_foreign() {
    let mut wrong = Vec::new();
    for (path, html) in pages(&site_of(BOOK)) {
        let mut check = |fault: &str, right: bool| {
            if !right {
                wrong.push(format!("{path}: {fault}"));
            }
        };
        check("one first-level heading", html.matches("<h1").count() == 1);
        check("one main", html.matches("<main").count() == 1);
        check("a title", html.contains("<title>") && !html.contains("<title></title>"));
        check(
            "a policy",
            html.contains("http-equiv=\"Content-Security-Policy\"") && html.contains("default-src 'none'"),
        );
        check("no inline style", !html.contains(" style=\"") && !html.contains("<style"));
        check("no inline script", html.matches("<script").count() == html.matches("<script src=\"").count());
        check("no handler", !html.contains(" onclick") && !html.contains("javascript:"));
        check("nothing from elsewhere", !values(&html, "src").iter().any(|src| src.contains("//")));
        check("no gap in the words", !html.contains("site.") && !html.contains("export.column."));
        check(
            "its own language",
            html.contains(if path.starts_with("en/") { "<html lang=\"en\"" } else { "<html lang=\"ja\"" }),
        );
        let ids = values(&html, "id");
        check("ids are one each", ids.iter().collect::<BTreeSet<_>>().len() == ids.len());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let bytes = || {
        let site = site_of(BOOK);
        site.routes().iter().map(|route| (route.path.clone(), site.render(route).bytes)).collect::<Vec<_>>()
    };
    assert_eq!(bytes(), bytes());
}

#[test]
fn every_page_exists_in_every_language_and_the_switch_leads_to_it() {
    let site = site_of(BOOK);
    let paths: BTreeSet<String> =
        site.routes().into_iter().map(|route| route.path).filter(|path| path.ends_with(".html")).collect();
    let missing: Vec<&String> =
        paths.iter().filter(|path| !path.starts_with("en/") && !paths.contains(&format!("en/{path}"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(page(&site, "risks/rsk-001.html").contains("href=\"../en/risks/rsk-001.html\" lang=\"en\""));
    for file in ["soa.csv", "en/soa.csv", "soa.json", "en/soa.xlsx", "search-data.js", "en/search-data.js", "図 1.png"]
    {
        assert!(site.route(file).is_some(), "{file}");
    }
}

#[test]
fn a_document_without_a_translation_shows_its_own_text_and_says_so() {
    let site = site_of(BOOK);
    let html = page(&site, "en/policies/アクセス 規程.html");
    assert!(html.contains("There is no translation of this text yet. It is shown in its own language: Japanese."));
    assert!(html.contains("<h1 lang=\"ja\">アクセス規程</h1>"));
    assert!(html.contains("<div class=\"text\" lang=\"ja\">"));
    assert!(!page(&site, "en/procedures/backup.html").contains("no translation"));
}

#[test]
fn the_soa_has_a_row_for_each_line_in_order() {
    let small = snapshot(BOOK);
    let lines = small.derived.soa.lines.len();
    let html = page(&Site::new(Arc::new(small), SiteOptions::default()), "soa.html");
    assert_eq!(values(&html, "data-applicability").len(), lines);
    let empty = page(&site_of("--- book.toml\n"), "soa.html");
    let rows = values(&empty, "data-applicability");
    assert_eq!(rows.len(), 93 + 79);
    assert!(rows.iter().all(|row| *row == "undecided"));
    let roles: Vec<&str> = values(&empty, "data-role").into_iter().take(2).collect();
    assert_eq!(roles, ["customer", "provider"]);
}

#[test]
fn a_book_without_anything_says_how_to_begin() {
    let site = site_of("--- book.toml\n");
    let html = page(&site, "index.html");
    assert!(html.contains("Declare the scope") && html.contains("Enter the risks"));
    assert!(pages(&site).into_iter().all(|(_, html)| html.contains("</html>")));
    assert!(site.findings().is_empty(), "{:?}", site.findings());
}

#[test]
fn a_folder_without_a_page_gets_one() {
    let html = page(&site_of(BOOK), "procedures/index.html");
    assert!(html.contains("<h1>手順</h1>") && html.contains("href=\"backup.html\""));
}

#[test]
fn a_folder_is_called_by_its_page_else_as_folders_of_its_name_are_else_by_its_name() {
    for (languages, folder, index, title) in [
        ("ja", "policies", "", "方針"),
        ("ja", "records", "", "記録"),
        ("en", "records", "", "Records"),
        ("ja", "risks", "--- content/risks/index.md\n# 当社のリスク\n", "当社のリスク"),
        ("ja", "guides", "", "guides"),
        ("ja", "規程", "", "規程"),
    ] {
        let book =
            format!("--- book.toml\n[book]\nlanguages = [\"{languages}\"]\n--- content/{folder}/a.md\n# A\n{index}");
        let site = site_of(&book);
        let places = ["index.html", &format!("{folder}/a.html"), &format!("{folder}/index.html")];
        for place in places {
            let html = page(&site, place);
            let named = format!(">{title}</");
            assert!(html.contains(&named), "{title} at {place}");
            assert!(title == folder || !html.contains(&format!(">{folder}</")), "{folder} at {place}");
        }
        assert!(page(&site, places[1]).contains(&format!(">{title}</a></li>")), "the way to it: {title}");
    }
}

#[test]
fn a_text_written_from_right_to_left_says_so_wherever_it_stands() {
    for (code, right_to_left) in
        [("ar", true), ("he", true), ("fa", true), ("ur", true), ("az-Arab", true), ("de", false), ("ar-Latn", false)]
    {
        let book = format!(
            "--- book.toml\n[book]\nlanguages = [\"{code}\", \"en\"]\n--- content/a.md\n---\ntitle: T\nsummary: S\n---\nText\n--- content/a.en.md\nText\n"
        );
        let site = site_of(&book);
        let html = page(&site, "a.html");
        let marked = format!("lang=\"{code}\" dir=\"rtl\"");
        assert_eq!(html.contains(&format!("<div class=\"text\" {marked}>")), right_to_left, "{code}");
        let all = html.matches(&format!(" lang=\"{code}\"")).count();
        let with = html.matches(&format!(" {marked}")).count();
        assert!(all > 1 && with == if right_to_left { all } else { 0 }, "{code}: {with} of {all}");
    }
}

#[test]
fn footnotes_are_called_in_the_language_of_the_text() {
    let text = "One[^a], two[^b], again[^a].\n\n`aria-label=\"Back to reference 1\"`\n\n[^a]: first\n[^b]: second\n";
    for (language, section, reference, back) in [
        ("ja", "脚注", "脚注2", "本文の脚注1-2の位置に戻る"),
        ("en", "Footnotes", "Footnote 2", "Back to footnote 1-2 in the text"),
    ] {
        let book = format!("--- book.toml\n[book]\nlanguages = [\"{language}\"]\n--- content/a.md\n{text}");
        let html = page(&site_of(&book), "a.html");
        for label in [section, reference, back] {
            assert!(html.contains(&format!("aria-label=\"{label}\"")), "{label}: {html}");
        }
        assert_eq!(html.matches("Back to reference").count(), 1, "the author's own words stay");
    }
}

#[test]
fn a_large_folder_is_not_in_each_of_its_pages() {
    let documents: Vec<String> = (0..300).map(|at| format!("--- content/logs/log-{at}.md\n# Log {at}\n")).collect();
    let documents = documents.concat();
    let html = page(&site_of(&format!("--- book.toml\n{documents}")), "logs/log-150.html");
    assert!(html.contains("Log 149") && html.contains("Log 151") && !html.contains("Log 10<"));
    assert!(html.contains("All 300"));
    assert!(html.len() < 20_000, "{}", html.len());
}

#[test]
fn the_search_data_is_one_call_that_no_text_can_break() {
    let script = page(&site_of(BOOK), "search-data.js");
    let json =
        script.trim().strip_prefix("ismsbookSearch(").and_then(|rest| rest.strip_suffix(");")).expect("one call");
    let entries: Vec<serde_json::Value> = serde_json::from_str(json).expect("JSON");
    let found = entries.iter().find(|entry| entry["id"] == "RSK-001").expect("the risk");
    assert_eq!(found["title"], "盗難 <b>");
    assert_eq!(found["url"], "risks/rsk-001.html");
    assert!(!script.contains('<'));
    assert!(
        entries.iter().any(|entry| entry["id"] == "MINI:4.1") && entries.iter().any(|entry| entry["url"] == "soa.html")
    );
}

#[test]
fn a_conflict_stands_on_the_soa_and_on_the_controls_page() {
    let excluded = "--- content/soa.md\n---\nid: SOA-001\ntype: applicability\ntitle: SoA\ndecisions: [{control: M/2, applicable: false, justification: none}]\n---\nText.\n";
    let site = site_of(&format!("{BOOK}{excluded}"));
    for path in ["soa.html", "controls/mini/M-2.html"] {
        let html = page(&site, path);
        assert!(html.contains("除外しているが、RSK-001への対応で必要としている。"), "{path}");
    }
}

#[test]
fn findings_stand_on_the_pages_that_they_concern() {
    let site = site_of(BOOK);
    let all = page(&site, "findings.html");
    assert!(all.contains("id=\"DOC007\""), "the draft procedure has no owner");
    let document = page(&site, "procedures/backup.html");
    assert!(document.contains("findings.html#DOC007"));
    assert!(document.contains("この文書は草案であり、効力をもたない。"));
}

#[test]
fn a_theme_overrides_templates_words_and_colours() {
    let theme = "--- themes/house/folder.html\n{% extends \"!default/folder.html\" %}{% block body_class %}house{% endblock %}\n\
                 --- themes/house/words/ja.yaml\nsite: {skip: 飛ばす}\n\
                 --- themes/house/custom.css\n:root { --accent: #070; }\n";
    let book = BOOK.replace("[isms]", "[build]\ntheme = \"house\"\n[isms]");
    let site = site_of(&format!("{book}{theme}"));
    let html = page(&site, "procedures/index.html");
    assert!(
        html.contains("<body class=\"house\">") && html.contains("飛ばす") && html.contains("href=\"../custom.css\"")
    );
    assert!(site.route("custom.css").is_some() && site.route("style.css").is_some());
    assert!(site.findings().is_empty());
}

#[test]
fn a_document_loads_no_style_of_the_views() {
    let site = site_of(BOOK);
    assert!(!page(&site, "procedures/backup.html").contains("views.css"));
    assert!(page(&site, "en/soa.html").contains("href=\"../views.css\""));
    assert!(site.route("views.css").is_some());
}

#[test]
fn a_page_whose_template_is_wrong_stands_in_the_shipped_theme_and_the_rest_is_built() {
    let theme = "--- themes/house/folder.html\n{% extends \"page.html\" %}\n{% block content %}\n<h1>{{ view.no_such_field }}</h1>\n{% endblock %}\n";
    let book = BOOK.replace("[isms]", "[build]\ntheme = \"house\"\n[isms]");
    let site = site_of(&format!("{book}{theme}"));
    assert_eq!(page(&site, "procedures/index.html"), page(&site_of(BOOK), "procedures/index.html"));
    assert!(page(&site, "soa.html").contains("適用宣言書"));
    let findings = site.findings();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].place.path.as_str(), "themes/house/folder.html");
}

#[test]
fn a_broken_frame_still_gives_a_page() {
    let theme = "--- themes/house/page.html\n{% if %}\n--- themes/house/macros.html\n{{ broken\n";
    let book = BOOK.replace("[isms]", "[build]\ntheme = \"house\"\n[isms]");
    let site = site_of(&format!("{book}{theme}"));
    assert_eq!(page(&site, "soa.html"), page(&site_of(BOOK), "soa.html"));
    assert!(!site.findings().is_empty());
}

#[test]
fn every_file_of_the_default_theme_is_embedded() {
    let shipped = include_str!("../../src/site/theme/shipped.rs");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    #[expect(clippy::disallowed_methods, reason = "the test reads the repository itself")]
    let entries = std::fs::read_dir(folder).expect("the default theme");
    let names =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).filter(|name| name != "words");
    let missing: Vec<String> = names.filter(|name| !shipped.contains(&format!("\"{name}\""))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
