//! What other engines add to Markdown: boxes, grid tables, footnotes, comments; the page and the search text agree.

use ismsbook::language::Language;
use ismsbook::site::body;
use ismsbook::site::links::Links;

use crate::support::snapshot;

/// The HTML and the search text of a page.
fn read(text: &str) -> (String, String) {
    let snapshot = snapshot(&format!("--- book.toml\n[book]\nlanguages = [\"ja\"]\n--- content/page.md\n{text}\n"));
    let document = &snapshot.book.documents[0];
    let language = Language::japanese();
    let links =
        Links { page: "page.html".into(), language: language.clone(), default_language: language.clone(), root: None };
    let html = body::document(&snapshot.book, document, &language, &links).html;
    let sections = document.original.body.sections.iter().map(|(_, text)| text.as_str());
    (html, sections.collect())
}

fn has(text: &str, expected: &[&str]) {
    let (html, _) = read(text);
    for part in expected {
        assert!(html.contains(part), "expected {part}\nin {html}");
    }
}

#[test]
fn alerts_are_named_in_japanese_and_in_any_letters() {
    let kinds = [
        ("注", "note"),
        ("注記", "note"),
        ("メモ", "note"),
        ("補足", "note"),
        ("ヒント", "tip"),
        ("重要", "important"),
        ("警告", "warning"),
        ("注意", "caution"),
        ("NOTE", "note"),
        ("Tip", "tip"),
        ("warning", "warning"),
    ];
    for (word, kind) in kinds {
        let (html, _) = read(&format!("> [!{word}]\n> 本文"));
        assert!(html.contains(&format!("<div class=\"alert alert-{kind}\"")), "{word}: {html}");
        assert!(html.contains("<p>本文</p>") && !html.contains("[!"), "{word}: {html}");
    }
    has("> [!重要] 独自の題\n> 本文", &["<p class=\"alert-title\">独自の題</p>", "<p>本文</p>"]);
    has("- 項目\n  > [!警告]\n  >\n  > 本文", &["alert-warning", "<p>本文</p>"]);
    has("> [!何か]\n> 本文", &["<blockquote>", "[!何か]"]);
    assert!(read("> [!重要] 独自の題\n> 本文").1.contains("独自の題\n本文"));
}

#[test]
fn boxes_of_mkdocs_are_boxes_with_all_their_text() {
    let text = "!!! warning \"持出し\"\n    一段目\n\n    二段目\n\n    - 項目 A.5.15\n\n本文\n";
    has(
        text,
        &[
            "alert-warning",
            "<p class=\"alert-title\">持出し</p>",
            "<p>一段目</p>",
            "<p>二段目</p>",
            "<li>項目",
            "</div>\n<p>本文</p>",
        ],
    );
    assert!(!read(text).0.contains("<blockquote>"));
    has("??? note\n\t本文\n", &["alert-note", "<p>本文</p>"]);
    has("???+ 何か \"題\"\n    本文\n", &["本文"]);
    has("!!! policy\n    本文\n", &["alert-note", "<p class=\"alert-title\">policy</p>"]);
    has("```\n!!! note\n    x\n```\n", &["!!! note\n    x"]);
    has("!!! note\n    ```\n    a\n\n    b\n    ```\n", &["!!! note", "a"]);
}

#[test]
fn directives_stand_in_each_other() {
    let (html, words) = read("::::caution 外の題\n外\n\n:::note\n内\n:::\n::::\n");
    assert_eq!(html.matches("<div class=\"alert").count(), 2, "{html}");
    assert_eq!(html.matches("</div>").count(), 2, "{html}");
    assert!(words.contains("外の題"), "{words}");
}

#[test]
fn grid_tables_keep_their_drawing() {
    let grid = "+---+---+\n| 役 | 期 |\n+===+===+\n| a | b |\n+---+---+";
    has(&format!("前\n\n{grid}\n\n後"), &[&format!("<pre tabindex=\"0\"><code>{grid}\n</code></pre>"), "<p>後</p>"]);
}

#[test]
fn unknown_fences_are_captioned_sources() {
    has("```mermaid\ngraph TD\n```\n", &["<figcaption>mermaid</figcaption>", "graph TD"]);
    has("```\n閉じない\n", &["閉じない"]);
}

#[test]
fn comments_are_neither_shown_nor_searched() {
    let (html, words) = read("前<!-- 秘密 -->後\n\n<!-- 秘密\n二行 -->\n\n本文\n");
    assert!(!html.contains("秘密") && !words.contains("秘密"), "{html}\n{words}");
    assert!(words.contains("本文"));
}

#[test]
fn lines_of_japanese_are_closed_up_in_the_search_text_too() {
    assert!(read("情報を\n守る").1.contains("情報を守る"));
    assert!(read("情報を\n[守る](x.md)").1.contains("情報を守る"));
    assert!(read("keep\nsecret").1.contains("keep secret"));
    has("情報を  \n守る\\\n者", &["情報を<br />\n守る<br />\n者"]);
}

#[test]
fn footnotes_lead_to_and_fro() {
    has(
        "本文[^a] と[^b]\n\n[^a]: 一\n[^b]: 二\n",
        &["href=\"#fn-1\"", "id=\"fn-1\"", "href=\"#fnref-1\"", "id=\"fnref-1\"", "id=\"fn-2\""],
    );
}

#[test]
fn wide_tables_nested_tasks_and_raw_tables_are_kept() {
    let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(19));
    let (html, _) = read(&format!("{}{}{}", row("題"), row("--"), row("値")));
    assert_eq!(html.matches("<th ").count(), 19, "{html}");
    assert_eq!(html.matches("<td>").count(), 19, "{html}");
    let (html, _) = read("- [x] 済\n  - [ ] 未\n");
    assert_eq!(html.matches("<li class=\"task\">").count(), 2, "{html}");
    has("<table><tr><td colspan=\"2\">値</td></tr></table>\n", &["<td colspan=\"2\">値</td>"]);
}
