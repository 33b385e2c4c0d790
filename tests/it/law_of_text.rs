//! The law of text: every word of a document stands on its page, in the search data and on paper, or a finding names its
//! place. The reader here knows nothing of the parser: it takes words out of the source by its own plain rules.

use std::collections::BTreeSet;

use crate::support::{render, snapshot};

/// A construct of Markdown, the words that must be readable, and the codes that may speak for those that are not.
const CONSTRUCTS: [(&str, &[&str], &[&str]); 34] = [
    ("Alpha *beta* **gamma** ~~delta~~ `epsilon`", &["Alpha", "beta", "gamma", "delta", "epsilon"], &[]),
    ("# Alpha\n\n## beta {#x}\n\ngamma\n=====\n\ndelta\n", &["Alpha", "beta", "gamma", "delta"], &[]),
    ("- alpha\n- [ ] beta\n  1. gamma\n\n> delta\n> > epsilon", &["alpha", "beta", "gamma", "delta", "epsilon"], &[]),
    ("```excel\nalpha\n```\n\n    beta\n\n~~~\ngamma", &["alpha", "beta", "gamma"], &["TXT905"]),
    ("| alpha | beta |\n|---|---|\n| gamma | delta |", &["alpha", "beta", "gamma", "delta"], &[]),
    ("| alpha |\n|---|\n| beta | gamma | `delta|epsilon` |", &["beta", "gamma", "delta", "epsilon"], &["TXT908"]),
    ("> | alpha |\n> |---|\n> | beta | gamma |", &["beta", "gamma"], &["TXT908"]),
    (
        "[alpha](https://example.com/) [beta][r] <https://gamma.example/>\n\n[r]: https://example.com/",
        &["alpha", "beta", "gamma"],
        &[],
    ),
    ("![alpha](x.png)", &["alpha"], &["REF106"]),
    ("[備考]: 廃止した規程は保管する。", &["備考", "廃止した規程は保管する"], &["TXT909"]),
    ("[注1]:\n法務部の承認を要する。", &["法務部の承認を要する"], &["TXT909"]),
    ("alpha[^1] beta[^2]\n\n[^1]: gamma\n\n[^3]: delta", &["alpha", "beta", "gamma"], &["TXT910"]),
    ("alpha\n\n<!-- beta -->\n\ngamma", &["alpha", "gamma"], &[]),
    ("alpha\n\n<!-- beta\n\ngamma", &["alpha"], &["TXT907"]),
    ("alpha <!-- beta\n\ngamma", &["alpha", "beta", "gamma"], &[]),
    ("alpha\n\n<style>\n\nbeta", &["alpha"], &["TXT907", "TXT901"]),
    ("alpha\n\n<?xml\n\nbeta", &["alpha"], &["TXT907", "TXT901"]),
    ("alpha\n\n<textarea>\n\nbeta", &["alpha", "beta"], &["TXT901"]),
    (
        "<select><option>alpha</option>\n\nbeta\n\n<template>\n\ngamma\n\n</template>",
        &["alpha", "beta", "gamma"],
        &["TXT901"],
    ),
    (
        "<noscript>alpha</noscript> <object>beta</object> <xmp>gamma</xmp> <title>delta</title> <plaintext>epsilon",
        &["alpha", "beta", "gamma", "delta", "epsilon"],
        &["TXT901"],
    ),
    ("<svg><text>alpha</text></svg> beta", &["beta"], &["TXT901"]),
    ("<details><summary>alpha</summary>\n\nbeta\n\n</details>", &["alpha", "beta"], &[]),
    ("<table><tr><td>alpha</td></tr></table>", &["alpha"], &[]),
    ("a<beta and gamma>delta", &["beta", "gamma", "delta"], &[]),
    ("1 < 2 and alpha > beta & gamma", &["alpha", "beta", "gamma"], &[]),
    (
        "> [!NOTE]\n> alpha\n\n> [!faq]- beta\n> gamma\n\n> [!メモ]\n> delta",
        &["alpha", "beta", "gamma", "メモ", "delta"],
        &[],
    ),
    ("!!! note \"題名\" 本文\n\n    続き", &["題名", "本文", "続き"], &[]),
    (":::note[alpha]\nbeta\n:::\n\n:::warning gamma\ndelta\n:::", &["alpha", "beta", "gamma", "delta"], &[]),
    ("[[ ]] alpha [[_TOC_]] beta", &["alpha", "beta"], &[]),
    ("{{組織名}} {% alpha %}", &["組織名", "alpha"], &[]),
    ("+---+---+\n| alpha | beta |\n+---+---+\n| gamma | delta |\n+---+---+", &["alpha", "beta", "gamma", "delta"], &[]),
    ("---\n\nalpha is beta: gamma\n\n---\n\ndelta", &["alpha", "beta", "gamma", "delta"], &[]),
    ("<!-- x -->\n---\nid: alpha\ntitle: beta\n---\ngamma", &["alpha", "beta", "gamma"], &["DOC022"]),
    ("これは**「強調」**と`符号`、*斜体*である。", &["強調", "符号", "斜体"], &[]),
];

/// The text of a page without its tags.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = after.split_once('>').map_or("", |(_, tail)| tail);
    }
    text.push_str(rest);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&quot;", "\"").replace("&#39;", "'")
}

#[test]
fn every_word_of_every_construct_is_read_on_page_and_paper_and_found_or_told() {
    for (text, words, codes) in CONSTRUCTS {
        let book = format!(
            "--- book.toml\n[isms]\ncontrols = []\nrequirements = []\nrisk_sources = []\n--- content/a.md\n{text}\n"
        );
        let snapshot = snapshot(&book);
        let findings: BTreeSet<&str> = snapshot
            .checked
            .findings
            .iter()
            .filter(|one| one.place.path.as_str() == "content/a.md")
            .map(|one| one.code)
            .collect();
        // HTML that is dropped and images that are missing may be told as well; what hides words must be.
        for code in codes.iter().filter(|code| ["TXT907", "TXT908", "TXT909", "TXT910", "DOC022"].contains(code)) {
            assert!(findings.contains(code), "{code} for {text:?}: {findings:?}");
        }
        let [page, paper] = ["a.html", "print.html"].map(|path| {
            let html = render(&snapshot, path);
            let alternatives: String = html.split("alt=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            text_of(html.split_once("<main").map_or(&*html, |(_, main)| main)) + &alternatives
        });
        let search = render(&snapshot, "search-data.js");
        for word in words {
            assert!(page.contains(word), "{word} is not on the page of {text:?}:\n{page}");
            assert!(paper.contains(word), "{word} is not on paper of {text:?}");
            assert!(
                search.to_lowercase().contains(&word.to_lowercase()),
                "{word} is not in the search data of {text:?}"
            );
        }
    }
}
