//! The text of a document on its page: what authors write, as readers see it.

use ismsbook::language::Language;
use ismsbook::site::body;
use ismsbook::site::links::Links;

use crate::support::snapshot;

/// The HTML of `content/page.md` with this text, among a policy and a picture.
fn html(text: &str) -> String {
    let others = "--- content/policies/access.md\n---\nid: POL-003\ntype: policy\ntitle: Access control\n---\n## Reviews {#reviews}\nText.\n--- content/図.png\nx\n";
    let snapshot = snapshot(&format!(
        "--- book.toml\n[book]\nlanguages = [\"ja\", \"en\"]\n{others}--- content/page.md\n{text}\n"
    ));
    let document = snapshot.book.documents.iter().find(|document| document.page == "page.html").expect("the page");
    let language = Language::japanese();
    let links =
        Links { page: "page.html".into(), language: language.clone(), default_language: language.clone(), root: None };
    body::document(&snapshot.book, document, &language, &links).html
}

fn has(text: &str, expected: &str) {
    let html = html(text);
    assert!(html.contains(expected), "expected {expected}\nin {html}");
}

fn has_not(text: &str, unwanted: &str) {
    let html = html(text);
    assert!(!html.contains(unwanted), "did not expect {unwanted}\nin {html}");
}

#[test]
fn bold_stands_beside_japanese_punctuation() {
    has("これは**「適用宣言書」**と呼ぶ", "これは<strong>「適用宣言書」</strong>と呼ぶ");
    has("**重要：**必ず守る", "<strong>重要：</strong>必ず守る");
}

#[test]
fn only_the_double_tilde_strikes_out() {
    has_not("A.5.24~A.5.28 と A.8.1~A.8.5", "<del>");
    has("10:00~18:00 と 19:00~20:00", "10:00~18:00 と 19:00~20:00");
    has("~~廃止~~", "<del>廃止</del>");
}

#[test]
fn lines_of_japanese_are_closed_up_and_of_english_are_not() {
    has("情報を\n守る", "情報を守る");
    has("keep\nsecret", "keep\nsecret");
}

#[test]
fn wiki_links_show_id_and_title_or_their_label() {
    has("[[POL-003]]", "href=\"policies/access.html\">POL-003 Access control</a>");
    has("[[POL-003|規程]]", "href=\"policies/access.html\" title=\"Access control\">規程</a>");
    has("[[POL-003|アクセス]]", ">アクセス</a>");
    has("[[POL-003#reviews]]", "href=\"policies/access.html#reviews\"");
    has("[[A.5.15]]", "href=\"controls/iso27001-2022/A.5.15.html\"");
    has("[[27017:9.2.3]]", "href=\"controls/iso27017-2015/9.2.3.html\"");
    has("[[_TOC_]]本文", "<p>本文</p>");
}

#[test]
fn relative_links_lead_to_pages_and_broken_ones_stay_words() {
    has("[規程](policies/access.md#reviews)", "href=\"policies/access.html#reviews\"");
    has("[規程](/policies/access)", "href=\"policies/access.html\"");
    has("[なし](nothing.md)", "<span class=\"no-link\">なし</span>");
    has("[悪](javascript:alert(1))", "<span class=\"no-link\">悪</span>");
    has("![図](図.png)", "<img src=\"");
    has("![図](https://example.com/a.png)", "<a class=\"remote\" href=\"https://example.com/a.png\">");
}

#[test]
fn headings_keep_their_anchors_and_the_page_keeps_one_title() {
    has("# 題\n\n## 5.1 方針（案）\n", "<h2 id=\"5-1-方針-案\"><span id=\"51-方針案\"></span>");
    has_not("# 題\n\n本文\n", "<h1");
    has("# 一\n\n# 二\n\n## 三\n", "<h3 id=\"三\"");
}

#[test]
fn tables_scroll_and_name_their_heads() {
    has(
        "| 役割 | 期限 |\n|---|--:|\n| 管理者 | 30日 |\n",
        "<th scope=\"col\">役割</th><th scope=\"col\" class=\"right\">期限</th>",
    );
    has("| a |\n|---|\n", "role=\"region\" tabindex=\"0\"");
}

#[test]
fn two_tables_under_one_heading_are_told_apart() {
    let tables = "## 期限\n\n| a |\n|---|\n\n文\n\n| b |\n|---|\n";
    has(tables, "aria-label=\"表：期限\"");
    has(tables, "aria-label=\"表：期限（2）\"");
}

#[test]
fn raw_html_keeps_what_is_safe() {
    has("前<sup>注</sup>後", "<sup>注</sup>");
    has_not("<script>alert(1)</script>\n\n本文", "alert");
    has_not("<a href=\"#\" onclick=\"x()\">a</a>", "onclick");
    has("<details><summary>開く</summary>\n\n本文\n\n</details>", "<summary>開く</summary>");
    has_not("<img src=\"https://example.com/x.png\">", "<img");
    has("<img src=\"https://example.com/x.png\">", "<a class=\"remote\" href=\"https://example.com/x.png\">");
    has_not("本文<!-- 秘密 -->後", "秘密");
    has("<a href=\"policies/access.md#reviews\">規程</a>", "href=\"policies/access.html#reviews\">規程</a>");
    has("<p><img src=\"図.png\" alt=\"図\"></p>", "<img src=\"%E5%9B%B3.png\" alt=\"図\">");
    has("<a href=\"nothing.md\">なし</a>", "<a>なし</a>");
}

#[test]
fn placeholders_are_text() {
    has("{{組織名}}は{% if %}を定める", "{{組織名}}は{% if %}を定める");
}

#[test]
fn boxes_are_read_as_boxes() {
    has("> [!NOTE]\n> 本文", "<p class=\"alert-title\">注記</p>");
    has(":::warning\n本文\n:::\n", "<div class=\"alert alert-warning\" role=\"note\">");
}

#[test]
fn tasks_are_boxes_that_say_their_state() {
    has("- [x] 済\n- [ ] 未\n", "<input type=\"checkbox\" disabled checked aria-label=\"完了\"> 済");
}

#[test]
fn bare_addresses_are_links_where_no_link_and_no_code_is() {
    let link = "<a href=\"https://example.com/a\">https://example.com/a</a>";
    for text in [
        "詳細はhttps://example.com/aを参照",
        "**https://example.com/a**。",
        "| https://example.com/a |\n|---|",
        "- （https://example.com/a）",
        "<https://example.com/a>",
        "<b>x</b> https://example.com/a",
        "[^1]\n\n[^1]: https://example.com/a",
        "<code>x</code> https://example.com/a",
    ] {
        has(text, link);
    }
    has("ciso@example.com へ", "<a href=\"mailto:ciso@example.com\">ciso@example.com</a>");
    has(
        "[窓口 ciso@example.com](https://example.com/a)",
        "<a href=\"https://example.com/a\">窓口 ciso@example.com</a>",
    );
    has("<a href=\"https://example.com/b\">https://example.com/a</a>", ">https://example.com/a</a>");
    for text in [
        "`https://example.com/a`",
        "```\nhttps://example.com/a\n```",
        "<code>https://example.com/a</code>",
        "<a href=\"https://example.com/b\">https://example.com/a と A.5.15</a>",
        "javascript://example.com/a",
    ] {
        has_not(text, link);
        has_not(text, "id-link");
    }
    // An id in an address belongs to the address.
    has(
        "https://example.com/A.5.15 と A.5.15",
        "<a href=\"https://example.com/A.5.15\">https://example.com/A.5.15</a> と <a class=\"id-link\"",
    );
}

#[test]
fn brackets_before_a_destination_are_words_of_a_link() {
    has("[[1]](https://example.com/a)、[[2]](#x)", "<a href=\"https://example.com/a\">[1]</a>、<a href=\"#x\">[2]</a>");
    has("[[1]](https://example.com/a_(b) \"題\")。", "<a href=\"https://example.com/a_(b)\" title=\"題\">[1]</a>。");
    has(
        "| [[POL-001]](./policies/access.md) |\n|---|",
        "<a href=\"policies/access.html\" data-id=\"POL-003\">[POL-001]</a>",
    );
    has("[[POL-001]](改訂版)", "(改訂版)");
    has("[[POL-001]](v1.2)", "(v1.2)");
    has("様式の[[+]]と[[ ]]", "様式の[[+]]と[[ ]]");
    has_not("[[1]](javascript:alert(1))", "href=\"javascript");
}
