//! Translations: what they say for themselves, what must be what the original says, and who may see them.

use std::sync::Arc;

use ismsbook::language::Language;
use ismsbook::project::{Shown, Snapshot, shown_to};
use ismsbook::site::{Site, SiteOptions};
use serde_json::{Value, json};

use crate::audiences::unzipped;
use crate::fields::{Leaf, types, value};
use crate::support::{place, render, snapshot};

const SETTINGS: &str = "--- book.toml
[book]
languages = [\"ja\", \"en\"]
[audiences.auditor]
status = [\"approved\"]
classification = [\"public\"]
";

fn findings(snapshot: &Snapshot, code: &str) -> Vec<String> {
    snapshot.checked.findings.iter().filter(|finding| finding.code == code).map(|one| place(snapshot, one)).collect()
}

/// A value of one field; its words for readers differ by `words`, everything else in it by `rest`.
fn filled(field: &Value, key: &str, words: usize, rest: usize) -> Value {
    value(field, key, rest, &|_, leaf| match leaf {
        Leaf::Words => json!(format!("words {words}")),
        Leaf::Text => json!(format!("A.5.{}", 15 + rest)),
        Leaf::Date => json!(format!("2026-04-0{}", 1 + rest)),
        Leaf::Number => json!(rest),
        Leaf::Flag => json!(rest == 0),
    })
}

/// What a translation has for itself (design, 3.2).
const OWN: [&str; 9] =
    ["title", "summary", "tags", "version", "revisions", "status", "approver", "approved", "classification"];

#[test]
fn a_translation_says_of_every_field_what_its_original_says_or_is_told() {
    let mut tried = 0;
    for (kind, fields) in types() {
        for (key, field) in fields.iter().filter(|(key, _)| *key != "type") {
            for (words, rest) in [(1, 0), (0, 1)] {
                let (original, translated) = (filled(field, key, 0, 0), filled(field, key, words, rest));
                let text = format!(
                    "{SETTINGS}--- content/a.md\n---\n{}\n---\n--- content/a.en.md\n---\n{}\n---\n",
                    json!({"type": kind, key.as_str(): original}),
                    json!({key.as_str(): translated}),
                );
                let found = findings(&snapshot(&text), "TRN704");
                let differs = rest == 1 && original != translated;
                let expected = usize::from(differs && !OWN.contains(&key.as_str()));
                assert_eq!(found.len(), expected, "{kind}.{key}: {original} and {translated}: {found:?}");
                tried += 1;
            }
        }
    }
    assert!(tried > 400, "{tried}");
}

#[test]
fn the_page_of_a_translation_shows_its_own_control() {
    let book = format!(
        "{SETTINGS}--- content/a.md\n---\nid: POL-1\ntype: policy\ntitle: 題\nstatus: approved\nversion: '2.0'\napprover: 社長\napproved: 2026-04-01\nclassification: public\nevidence: [{{title: 議事録, date: 2026-01-01}}]\ncontrols: [A.5.15]\n---\n本文。\n\
         --- content/a.en.md\n---\ntitle: T\nstatus: draft\nversion: '2.1'\napprover: CEO\napproved: 2026-03-03\nclassification: confidential\nevidence: [{{title: Minutes}}]\n---\nText.\n"
    );
    let snapshot = snapshot(&book);
    let (ja, en) = (render(&snapshot, "a.html"), render(&snapshot, "en/a.html"));
    for (own, foreign, page) in [
        (["承認済み", "2.0", "社長", "2026-04-01", "議事録"], ["2.1", "CEO", "2026-03-03", "Minutes", "草案"], &ja),
        (["Draft", "2.1", "CEO", "2026-03-03", "Minutes"], ["2.0", "社長", "2026-04-01", "議事録", "Public"], &en),
    ] {
        let main = page.split("<main").nth(1).expect("the content");
        for word in own {
            assert!(main.contains(word), "{word}");
        }
        for word in foreign {
            assert!(!main.contains(word), "{word} is of the other edition");
        }
    }
    // What counts for the controls is the original.
    let line = snapshot.derived.soa.lines.iter().find(|line| &*line.item.id.id == "A.5.15").expect("a line");
    assert_eq!(line.status.map(ismsbook::value::word_of), Some("implemented"));
    assert!(
        render(&snapshot, "en/documents.html").contains("CEO") && render(&snapshot, "documents.html").contains("社長")
    );
}

#[test]
fn rules_of_approval_look_at_the_translations_own_values() {
    let original = "id: POL-1\ntype: policy\ntitle: 題\nstatus: approved\nversion: '2.0'\napprover: 社長\napproved: 2026-04-01\nrevisions: [{version: '2.0', date: 2026-04-01}]";
    for (translation, expected) in [
        ("title: T", vec![]),
        ("title: T\napproved: 2026-12-24", vec!["DOC009 content/a.en.md:3:11"]),
        (
            "title: T\nversion: '2.1'\nrevisions: [{version: '2.0', date: 2026-04-01}]",
            vec!["DOC012 content/a.en.md:3:11"],
        ),
        ("title: T\nrevisions: [{version: '2.0', date: 2026-05-01}]", vec!["DOC013 content/a.en.md:3:36"]),
        ("title: T\nversion: '1.9'\napproved: 2026-03-01", vec![]),
        ("title: T\nstatus: draft\nrevisions: [{version: '2.0', date: 2026-05-01}]", vec![]),
    ] {
        let book = format!(
            "{SETTINGS}--- content/a.md\n---\n{original}\n---\n本文。\n--- content/a.en.md\n---\n{translation}\n---\nText.\n"
        );
        let snapshot = snapshot(&book);
        let found: Vec<String> =
            ["DOC008", "DOC009", "DOC012", "DOC013"].iter().flat_map(|code| findings(&snapshot, code)).collect();
        assert_eq!(found, expected, "{translation}");
    }
    let book = format!(
        "{SETTINGS}--- content/a.md\n---\nid: P\ntype: policy\nstatus: draft\n---\n--- content/a.en.md\n---\nstatus: approved\n---\n"
    );
    assert_eq!(findings(&snapshot(&book), "DOC008"), ["DOC008 content/a.en.md:2:9"]);
}

#[test]
fn a_default_for_both_is_the_originals_affair() {
    let book = |path: &str| {
        let defaults = format!("[[front_matter.defaults]]\npath = \"{path}\"\nstatus = \"draft\"\ntype = \"record\"\n");
        let book = format!(
            "{SETTINGS}{defaults}--- content/a.md\n---\ntype: policy\nstatus: approved\n---\n--- content/a.en.md\n---\ntitle: T\n---\n"
        );
        let snapshot = snapshot(&book);
        assert!(findings(&snapshot, "TRN704").is_empty());
        let document = &snapshot.book.documents[0];
        let status = &document.control(&ismsbook::language::Language::english()).status;
        status.as_ref().map(|status| ismsbook::value::word_of(status.value))
    };
    assert_eq!(book("**"), Some("approved"));
    assert_eq!(book("**/*.en.md"), Some("draft"));
}

fn shown(whole: &Snapshot) -> Shown {
    shown_to(whole, whole.book.config.audiences.get("auditor").expect("it is defined"))
}

/// The files of a site that have a word of the canary, at most `enough`, the page that tells of findings included.
fn traces(snapshot: &Snapshot, enough: usize) -> Vec<String> {
    let site = Site::new(Arc::new(snapshot.clone()), SiteOptions::default());
    let has = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase().contains("canary");
    let holds = |path: &str, bytes: &[u8]| {
        has(path.as_bytes())
            || has(bytes)
            || path.ends_with(".xlsx") && unzipped(bytes).values().any(|content| has(content))
    };
    let routes = site.routes().into_iter();
    let told = routes.filter(|route| holds(&route.path, &site.render(route).bytes)).map(|route| route.path);
    told.take(enough).collect()
}

/// Everything that one edition says for itself, with a word that must not be seen.
const CANARY: &str = "title: CANARY題\nsummary: CANARY要約\ntags: [CANARYTAG]\nversion: CANARY9\napprover: CANARY氏\n\
     revisions: [{version: CANARY9, date: 2026-04-01, author: CANARY, summary: CANARY改訂}]\nevidence: [{title: CANARY証拠}]\n";

#[test]
fn a_translation_that_may_not_be_seen_is_left_out_alone_and_an_original_with_its_translations() {
    let plain = "title: T\nevidence: [{title: Minutes}]\n";
    let head = "id: POL-1\ntype: policy\ncontrols: [A.5.15]\n";
    for (open, secret) in [
        ("status: approved\nclassification: public\n", "status: draft\n"),
        ("status: approved\nclassification: public\n", "classification: secret\n"),
    ] {
        let body = "## CANARY\n\nCANARY ![CANARY](canary.png) [CANARY](none.md)\n";
        let rest = "--- content/canary.png\nCANARY\n--- content/b.md\n---\nid: POL-2\ntype: policy\nstatus: approved\nclassification: public\n---\n";
        let of_translation = format!(
            "{SETTINGS}--- content/a.md\n---\n{head}{open}{plain}---\nText.\n--- content/a.en.md\n---\n{secret}{CANARY}---\n{body}{rest}[[POL-1]]\n"
        );
        let whole = snapshot(&of_translation);
        let seen = shown(&whole);
        assert_eq!((seen.snapshot.book.documents.len(), seen.translations), (2, 1));
        assert_eq!(traces(&seen.snapshot, usize::MAX), Vec::<String>::new());
        assert!(traces(&whole, 11).len() > 10);
        let page = render(&seen.snapshot, "en/a.html");
        assert!(page.contains("Text.") && page.contains("POL-1"), "the original stands in for it");
        let own = seen.snapshot.checked.findings.iter().filter(|finding| finding.place.path.as_str() == "content/a.md");
        assert!(own.count() > 0, "what is found in the original stays");

        let of_original = format!(
            "{SETTINGS}--- content/a.md\n---\n{head}{open}{secret}{CANARY}---\n{body}--- content/a.en.md\n---\n{open}title: CANARY en\n---\nCANARY\n{rest}[[POL-1]]\n"
        );
        let of_original = of_original.replace(
            &format!("{open}{secret}"),
            if secret.starts_with("status") {
                "status: draft\nclassification: public\n"
            } else {
                "status: approved\nclassification: secret\n"
            },
        );
        let seen = shown(&snapshot(&of_original));
        assert_eq!((seen.snapshot.book.documents.len(), seen.translations), (1, 0));
        assert_eq!(traces(&seen.snapshot, usize::MAX), Vec::<String>::new());
    }
}

#[test]
fn a_missing_translation_is_asked_for_under_the_name_that_its_pair_would_have() {
    for (languages, files, wanted) in [
        ("\"ja\", \"en\"", "--- content/access.md\n# アクセス\n", "access.en.md"),
        ("\"en\", \"ja\"", "--- content/access.md\n# Access\n", "access.ja.md"),
        (
            "\"ja\", \"en\"",
            "--- content/access/ja.md\n---\nid: POL-1\n---\n# アクセス\n--- content/b/ja.md\n---\nid: B\n---\n--- content/b/en.md\n---\nid: B\n---\n",
            "en.md",
        ),
    ] {
        let snapshot = snapshot(&format!("--- book.toml\n[book]\nlanguages = [{languages}]\n{files}"));
        let mut missing = snapshot.checked.findings.iter().filter(|finding| finding.code == "TRN702");
        let found = missing.next().expect("one language is missing");
        assert_eq!(found.values["wanted"].get(&Language::english()), wanted, "{files}");
        assert_eq!(missing.count(), 0, "{files}");
    }
}
