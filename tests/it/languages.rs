//! Languages: which files are editions of one document, and books in languages without words of their own.

use std::sync::Arc;

use ismsbook::project::Snapshot;
use ismsbook::site::{Site, SiteOptions};

use crate::support::snapshot;

/// `page: language, language` of every document, the original's language first.
fn editions(snapshot: &Snapshot) -> Vec<String> {
    let documents = snapshot.book.documents.iter();
    documents
        .map(|document| {
            let codes: Vec<&str> = std::iter::once(&document.language)
                .chain(document.translations.keys())
                .map(ismsbook::language::Language::code)
                .collect();
            format!("{}: {}", document.page, codes.join(", "))
        })
        .collect()
}

fn codes(snapshot: &Snapshot) -> Vec<&str> {
    let findings = snapshot.checked.findings.iter().map(|finding| finding.code);
    findings.filter(|code| code.starts_with("TRN")).collect()
}

#[test]
fn a_suffix_names_the_language() {
    let snapshot = snapshot(
        "--- book.toml\n[book]\nlanguages = [\"ja\", \"en\"]\n--- content/a.md\n# 甲\n--- content/a.en.md\n# A\n",
    );
    assert_eq!(editions(&snapshot), ["a.html: ja, en"]);
}

#[test]
fn files_named_by_their_language_with_one_id_are_one_document() {
    let snapshot = snapshot(
        "--- book.toml\n[book]\nlanguages = [\"de\", \"en\"]\n--- content/p/de.md\n---\nid: POL-001\n---\n# D\n--- content/p/en.md\n---\nid: POL-001\n---\n# E\n",
    );
    assert_eq!(editions(&snapshot), ["p/index.html: de, en"]);
}

#[test]
fn folders_of_languages_hold_editions_where_the_book_says_so() {
    let files = "--- content/ja/policies/a.md\n---\nid: POL-001\n---\n# 甲\n[次](b.md)\n--- content/en/policies/a.md\n# A\n[next](b.md) [root](/policies/b)\n--- content/ja/policies/b.md\n# 乙\n--- content/en/policies/b.md\n# B\n--- content/en/only.md\n# Only\n--- content/notes.md\n# 記\n";
    let book = |setting: &str| format!("--- book.toml\n[book]\nlanguages = [\"ja\", \"en\"]\n{setting}{files}");
    let with = snapshot(&book("language_folders = true\n"));
    let mut pages = editions(&with);
    pages.sort();
    assert_eq!(pages, ["notes.html: ja", "only.html: en", "policies/a.html: ja, en", "policies/b.html: ja, en"]);
    let broken: Vec<&str> =
        with.checked.findings.iter().map(|finding| finding.code).filter(|code| code.starts_with("REF10")).collect();
    assert!(broken.is_empty(), "{broken:?}");
    assert!(codes(&with).contains(&"TRN703"), "the orphan");
    let without = snapshot(&book(""));
    assert!(editions(&without).contains(&"ja/policies/a.html: ja".to_owned()));
    let site = Site::new(Arc::new(with), SiteOptions::default());
    for page in ["policies/a.html", "en/policies/a.html"] {
        assert!(site.route(page).is_some(), "{page}");
    }
}

#[test]
fn a_book_in_another_language_has_english_labels() {
    for languages in ["\"de\"", "\"ko\", \"en\""] {
        let book =
            format!("--- book.toml\n[book]\nlanguages = [{languages}]\n--- content/a.md\n# A\n> [!NOTE]\n> Text\n");
        let site = Site::new(Arc::new(snapshot(&book)), SiteOptions::default());
        let bytes = site.render(&site.route("a.html").expect("the page")).bytes.to_vec();
        let html = String::from_utf8(bytes).expect("UTF-8");
        assert!(html.contains("<p class=\"alert-title\">Note</p>"), "{html}");
        assert!(site.route("soa.html").is_some());
        assert!(site.findings().is_empty());
    }
}
