//! Finding the way: search data, glossary, drawings of links, and the home page.

use std::sync::Arc;

use ismsbook::project::shown_to;
use ismsbook::site::{Site, SiteOptions};
use serde_json::Value;

use crate::support::snapshot;

fn site(text: &str) -> Site {
    Site::new(Arc::new(snapshot(text)), SiteOptions::default())
}

fn page(site: &Site, path: &str) -> String {
    let route = site.route(path).unwrap_or_else(|| panic!("no route {path}"));
    String::from_utf8_lossy(&site.render(&route).bytes).into_owned()
}

/// The entries of a script of search data, and how many scripts it says there are.
fn entries(site: &Site, path: &str) -> (Vec<Value>, usize) {
    let script = page(site, path);
    let call =
        script.trim().strip_prefix("ismsbookSearch(").and_then(|rest| rest.strip_suffix(");")).expect("one call");
    let both: Value = serde_json::from_str(&format!("[{call}]")).expect("JSON");
    let entries = both[0].as_array().expect("a list").clone();
    (entries, both[1].as_u64().map_or(1, |count| usize::try_from(count).expect("few")))
}

fn entry<'a>(entries: &'a [Value], field: &str, value: &str) -> &'a Value {
    entries.iter().find(|entry| entry[field] == value).unwrap_or_else(|| panic!("no {field} {value}"))
}

const BOOK: &str = r#"
--- book.toml
[book]
languages = ["ja", "en"]
[glossary.tenant]
term = {en = "Tenant", ja = "テナント"}
yomi = "てなんと"
text = {en = "A customer's own part of the service.", ja = "サービスのうち顧客ごとに分かれた部分。"}
see = ["POL-003", "A.5.15", "NO-999"]
[glossary.risk-owner]
text = {en = "Our department heads.", ja = "当社では各部の長。"}
--- content/policies/access.md
---
id: POL-003
type: policy
title: {ja: アクセス規程, en: Access policy}
status: approved
version: "1.0"
owner: ciso
tags: [棚卸し]
controls: [A.5.15, A.5.16, A.5.17, A.5.18, A.8.2, A.8.3, A.8.5, A.8.4]
requirements: ["27001:5.2"]
related: [RSK-001]
---
## 特権の見直し

<table><tr><td>半期<b>ごと</b></td><td>監査&amp;記録</td></tr></table><!-- 内緒 -->

<details><summary>例外の扱い</summary>

本文。

</details>
--- content/risks/rsk-001.md
---
id: RSK-001
type: risk
title: 盗難
owner: ciso
assets: [給与台帳]
threat: 侵入者
affects: [confidentiality]
sources: [R.10]
likelihood: high
impact: high
treatment: modify
controls: [A.5.15, A.7.1]
residual: {likelihood: low, impact: high}
---
[[POL-003]]を見る。
"#;

#[test]
fn the_words_of_raw_html_and_of_the_front_matter_are_found() {
    let (entries, _) = entries(&site(BOOK), "search-data.js");
    let policy = entry(&entries, "id", "POL-003");
    let section = &policy["sections"][0];
    assert_eq!(section["title"], "特権の見直し");
    let text = section["text"].as_str().expect("a text");
    assert!(text.contains("半期ごと 監査&記録") && text.contains("例外の扱い"), "{text}");
    assert!(!text.contains("内緒") && !text.contains('<') && !text.contains("特権の見直し"), "{text}");
    assert!(policy["text"].as_str().is_some_and(|text| text.contains("棚卸し")));
    assert_eq!(policy["type"], "policy");
    let risk = entry(&entries, "id", "RSK-001")["text"].as_str().expect("a text").to_owned();
    assert!(risk.contains("給与台帳") && risk.contains("侵入者"), "{risk}");
}

#[test]
fn a_text_that_is_too_large_or_too_tangled_to_read_is_still_found() {
    let large = format!("# 大きな記録\n\n{}末尾の合言葉\n", "一行の記録。\n".repeat(70_000));
    let (entries, _) = entries(&site(&format!("--- book.toml\n--- content/large.md\n{large}")), "search-data.js");
    assert!(entries.iter().any(|entry| entry["text"].as_str().is_some_and(|text| text.contains("末尾の合言葉"))));
}

#[test]
fn a_large_book_has_several_scripts_and_each_document_is_in_one() {
    let text = "a line of the log. ".repeat(5_000);
    let documents: Vec<String> =
        (0..60).map(|at| format!("--- content/logs/log-{at}.md\n# Log {at}\n\n{text}\n")).collect();
    let documents = documents.concat();
    let site = site(&format!("--- book.toml\n{documents}"));
    let (first, count) = entries(&site, "search-data.js");
    assert!(count > 2, "{count}");
    let mut all = first;
    for part in 2..=count {
        let (more, _) = entries(&site, &format!("search-data-{part}.js"));
        all.extend(more);
    }
    assert!(site.route(&format!("search-data-{}.js", count + 1)).is_none());
    let logs = all.iter().filter(|entry| entry["url"].as_str().is_some_and(|url| url.starts_with("logs/log-")));
    assert_eq!(logs.count(), 60);
}

#[test]
fn what_an_audience_may_not_see_is_in_no_script() {
    let book = format!(
        "{BOOK}--- content/secret.md\n---\nid: POL-999\ntype: policy\ntitle: 合併の計画\nstatus: draft\n---\n## 相手方\n極秘の名称。\n"
    );
    let book = book.replace("[glossary.tenant]", "[audiences.all]\nstatus = [\"approved\"]\n[glossary.tenant]");
    let audience = snapshot(&book);
    let config = audience.book.config.audiences["all"].clone();
    let cut = shown_to(&audience, &config).snapshot;
    let site = Site::new(Arc::new(cut), SiteOptions::default());
    let script = page(&site, "search-data.js");
    assert!(!["POL-999", "合併の計画", "極秘の名称", "RSK-001"].iter().any(|word| script.contains(word)));
    assert!(script.contains("POL-003"));
}

#[test]
fn the_search_offers_the_types_of_the_book() {
    let site = site(BOOK);
    let html = page(&site, "index.html");
    assert!(html.contains("<option value=\"policy\">– 方針・規程</option>"));
    assert!(html.contains("<option value=\"risk\">– リスク</option>") && !html.contains("value=\"audit\""));
}

#[test]
fn the_glossary_has_our_terms_and_the_books_own_in_the_order_of_the_language() {
    let site = site(BOOK);
    let ja = page(&site, "glossary.html");
    let place = |html: &str, id: &str| html.find(&format!("id=\"term-{id}\"")).unwrap_or_else(|| panic!("no {id}"));
    assert!(place(&ja, "risk-owner") > place(&ja, "tenant") && place(&ja, "tenant") > place(&ja, "residual-risk"));
    assert!(ja.contains("<h2 id=\"kana-ta\">た</h2>") && ja.contains("当社では各部の長。"));
    assert!(ja.contains("<dfn>残留リスク</dfn> <span class=\"quiet\" lang=\"en\">Residual risk</span>"));
    assert!(ja.contains("サービスのうち顧客ごとに分かれた部分。") && !ja.contains("NO-999"));
    let tenant = &ja[place(&ja, "tenant")..];
    let tenant = &tenant[..tenant.find("</div>").expect("its end")];
    assert!(tenant.contains("policies/access.html") && tenant.contains("controls/iso27001-2022/A.5.15.html"));
    let en = page(&site, "en/glossary.html");
    assert!(place(&en, "tenant") > place(&en, "risk-owner") && en.contains("<h2 id=\"letter-t\">T</h2>"));
    assert!(en.contains("Our department heads."));
    let (entries, _) = entries(&site, "search-data.js");
    let found = entry(&entries, "title", "残留リスク");
    assert_eq!((&found["kind"], &found["url"]), (&"term".into(), &"glossary.html#term-residual-risk".into()));
}

#[test]
fn a_misspelt_key_of_a_term_is_a_finding() {
    let snapshot = snapshot("--- book.toml\n[glossary.tenant]\nterms = \"Tenant\"\n");
    let found: Vec<_> = snapshot.checked.findings.iter().filter(|finding| finding.code == "BOK002").collect();
    assert_eq!(found.len(), 1);
}

#[test]
fn a_control_and_a_document_show_what_they_are_joined_to() {
    let site = site(BOOK);
    let control = page(&site, "controls/iso27001-2022/A.5.15.html");
    let drawing = &control[control.find("class=\"graph\"").expect("a drawing")..];
    let drawing = &drawing[..drawing.find("</svg>").expect("its end")];
    assert!(drawing.contains("実施する文書") && drawing.contains("href=\"../../policies/access.html\""));
    assert!(drawing.contains("対応に必要とするリスク") && drawing.contains("href=\"../../risks/rsk-001.html\""));
    assert!(drawing.contains("<desc") && !drawing.contains("style=") && !drawing.contains("<script"));
    let policy = page(&site, "policies/access.html");
    let drawing = &policy[policy.find("class=\"graph\"").expect("a drawing")..];
    let drawing = &drawing[..drawing.find("</svg>").expect("its end")];
    assert!(drawing.contains("ほか3件") && drawing.contains("href=\"#page-implements\""), "{drawing}");
    assert!(drawing.matches("<a ").count() <= 14 && drawing.len() < 4_000, "{}", drawing.len());
}

#[test]
fn what_stands_alone_has_no_drawing() {
    let site = site("--- book.toml\n--- content/a.md\n# A\n\nText.\n");
    assert!(!page(&site, "a.html").contains("class=\"graph\""));
}

#[test]
fn every_figure_of_the_home_page_leads_to_where_it_can_be_mended() {
    let html = page(&site(BOOK), "index.html");
    for target in [
        "soa.html#applicability=undecided",
        "soa.html#status=implemented",
        "soa.html#role=provider",
        "soa.html#group=iso27001-2022-A.5",
        "risk-register.html#state=unaccepted",
        "documents.html#status=approved",
        "findings.html#SOA201",
        "requirements.html#iso27001-2022-9",
    ] {
        assert!(html.contains(&format!("href=\"{target}\"")), "{target}");
    }
}

#[test]
fn what_proves_a_clause_is_two_clicks_from_home() {
    let site = site(BOOK);
    let home = page(&site, "index.html");
    assert!(home.contains("パフォーマンス評価") || home.contains("requirements.html#iso27001-2022-9"));
    let requirements = page(&site, "requirements.html");
    assert!(requirements.contains("id=\"iso27001-2022-9\""));
    assert!(requirements.contains("href=\"requirements/iso27001-2022/9.2.2.html\""));
}

#[test]
fn the_last_changes_are_those_that_are_written_else_the_approvals() {
    let book = "--- book.toml\n[book]\nlanguages = [\"ja\"]\n\
        --- content/a.md\n---\nid: POL-001\ntype: policy\ntitle: 甲\nversion: \"1.1\"\napproved: 2026-05-01\nrevisions: [{version: \"1.1\", date: 2026-04-20, summary: 用語を直した。}, {version: \"2.0\", date: 2027-01-01, summary: 先の話。}]\n---\n本文。\n\
        --- content/b.md\n---\nid: POL-002\ntype: policy\ntitle: 乙\nversion: \"3\"\napproved: 2026-06-01\n---\n本文。\n";
    let html = page(&site(book), "index.html");
    let place = |text: &str| html.find(text).unwrap_or_else(|| panic!("no {text}"));
    assert!(place("datetime=\"2026-06-01\"") < place("datetime=\"2026-04-20\""));
    assert!(html.contains("用語を直した。") && html.contains("承認。") && !html.contains("先の話"));
}

#[test]
fn an_empty_book_says_what_to_do() {
    let html = page(&site("--- book.toml\n[book]\nlanguages = [\"ja\"]\n"), "index.html");
    for text in [
        "はじめに行うこと",
        "リスクがまだ登録されていない",
        "90日以内に期限を迎えるものはない",
        "管理対象の文書がまだない",
        "改訂の記録がまだない",
    ] {
        assert!(html.contains(text), "{text}");
    }
}
