//! Where links lead, however they are written, and what is told of those that lead nowhere.

use crate::support::{place, snapshot};

/// The findings about links and raw HTML, as `CODE path:line:column`.
fn told(text: &str) -> Vec<String> {
    let snapshot = snapshot(text);
    let asked = |code: &str| ["REF10", "REF112", "TXT", "BOK00"].iter().any(|family| code.starts_with(family));
    snapshot
        .checked
        .findings
        .iter()
        .filter(|finding| asked(finding.code))
        .map(|finding| place(&snapshot, finding))
        .collect()
}

/// A book in which a document of a folder has one line of text.
fn of_line(line: &str) -> Vec<String> {
    told(&format!(
        "--- book.toml\n[book]\nlanguages = [\"ja\", \"en\"]\n[build]\nstrip_link_prefix = \"/docs/\"\n\
         --- content/policies/access.md\n{line}\n\
         --- content/procedures/index.md\n# P\n\n## Reviews {{#reviews}}\n\n<a id=\"old\"></a>\n\
         --- content/records/README.md\n# R\n\
         --- content/procedures.md\n# All\n\
         --- content/規程 第3版/a b.md\n# 規程\n\n## 5.1 方針（案）\n\
         --- content/logs/2026.md\n# L\n\
         --- content/plan.svg\n<svg/>\n"
    ))
}

#[test]
fn every_usual_way_to_write_a_link_arrives() {
    let links = [
        "[a](../procedures/index.md)",
        "[a](../procedures/)",
        "[a](../procedures)",
        "[a](../procedures/index.html#reviews)",
        "[a](../procedures/index#old)",
        "[a](../procedures.md)",
        "[a](/procedures/)",
        "[a](/docs/procedures/)",
        "[a](/docs)",
        "[a](../records/index.html)",
        "[a](../records/README.md)",
        "[a](../logs/)",
        "[a](/)",
        "[a](<../規程 第3版/a b.md#51-方針案>)",
        "[a](../%E8%A6%8F%E7%A8%8B%20%E7%AC%AC3%E7%89%88/a%20b#5-1-方針-案)",
        "[a](access.md?x=1)",
        "[a](?x=1)",
        "[a](#)",
        "[a](../soa.html)",
        "[a](/en/soa.html)",
        "[a](../soa.xlsx)",
        "[a](../controls/iso27001-2022/A.5.15.html)",
        "[a](../controls/iso27001-2022/index.html)",
        "[a](../requirements/iso27001-2022/6.1.3.html)",
        "[a](../plan.svg)",
        "[a](mailto:ciso@example.com)",
        "[a]({{url}})",
        "![a](../plan.svg)",
        "[![a](../plan.svg)](../procedures/)",
        "<a href=\"../procedures/\">a</a> <img src='../plan.svg' alt=\"\">",
    ];
    for link in links {
        assert_eq!(of_line(link), Vec::<String>::new(), "{link}");
    }
}

#[test]
fn what_leads_nowhere_is_told_at_the_destination() {
    let cases = [
        ("[a](gone.md)", "REF104 content/policies/access.md:1:5"),
        ("[a](<gone too.md> \"title\")", "REF104 content/policies/access.md:1:6"),
        ("見よ[a][r]\n\n[r]: gone.md", "REF104 content/policies/access.md:1:3"),
        ("<a href='gone.md'>a</a>", "REF104 content/policies/access.md:1:10"),
        ("[a](../controls/iso27001-2022/A.9.99.html)", "REF104 content/policies/access.md:1:5"),
        ("[a](../procedures/#gone)", "REF105 content/policies/access.md:1:5"),
        ("[a](#gone)", "REF105 content/policies/access.md:1:5"),
        ("![a](gone.svg)", "REF106 content/policies/access.md:1:6"),
        ("<p><img alt=a src=gone.svg></p>", "REF106 content/policies/access.md:1:19"),
        ("[a](../../README.md)", "BOK006 content/policies/access.md:1:5"),
        ("![a](../../../x.png)", "BOK006 content/policies/access.md:1:6"),
        ("[a](file:///c:/x.doc)", "REF112 content/policies/access.md:1:5"),
        ("[a](JavaScript:alert)", "TXT902 content/policies/access.md:1:5"),
        ("[a](java&#115;cript:alert)", "TXT902 content/policies/access.md:1:5"),
        ("<a href=\"&#106;avascript:alert(1)\">a</a>", "TXT902 content/policies/access.md:1:10"),
        ("![a](data:image/png;base64,AAAA)", "TXT902 content/policies/access.md:1:6"),
        ("![a](//example.com/a.png)", "TXT903 content/policies/access.md:1:6"),
        ("<img alt=\"a\" src=\"https://example.com/a.png\">", "TXT903 content/policies/access.md:1:19"),
        ("<img src=\"../plan.svg\">", "TXT904 content/policies/access.md:1:11"),
        ("> text <b onclick=\"x()\">a</b>", "TXT901 content/policies/access.md:1:11"),
    ];
    for (line, expected) in cases {
        assert_eq!(of_line(line), [expected], "{line}");
    }
}

#[test]
fn an_anchor_is_looked_for_in_the_language_of_the_link() {
    let text = "--- book.toml\n[book]\nlanguages = [\"ja\", \"en\"]\n\
        --- content/a.md\n# A\n\n[b](b.md#見直し) [[B-1#見直し]]\n\
        --- content/a.en.md\n# A\n\n[b](b.md#review) [[B-1#見直し]]\n\
        --- content/b.md\n---\nid: B-1\n---\n## 見直し\n\
        --- content/b.en.md\n## Review\n";
    assert_eq!(told(text), ["REF105 content/a.en.md:3:20"]);
}

#[test]
fn a_file_that_a_page_hides_is_told() {
    let text = "--- content/controls/a.md\n# A\n--- content/controls/a.html\n<p>\n--- content/soa.html\n<p>\n--- content/other.html\n<p>\n--- content/coverage.md\n# C\n";
    assert_eq!(
        told(text),
        ["BOK005 content/controls/a.html:1:1", "BOK005 content/coverage.md:1:1", "BOK005 content/soa.html:1:1"]
    );
}
