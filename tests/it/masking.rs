//! An id of a left-out document stands nowhere in what an audience is given, whatever it stood in.

use std::fmt::Write as _;
use std::sync::Arc;

use ismsbook::export::EXPORTS;
use ismsbook::files::{File, FilePath};
use ismsbook::language::Language;
use ismsbook::project::{Outcome, Shown, Snapshot, shown_to};
use ismsbook::site::{Site, SiteOptions};
use ismsbook::text::percent_encoded;
use serde_json::{Value, json};

use crate::audiences::unzipped;
use crate::fields::{Leaf, leaves, types, value};
use crate::support::{files, render, snapshot_of, today};

/// The ways in which an id may be written, and still be read as one.
const WAYS: [&str; 8] =
    ["SEC-904", "sec-904", "ＳＥＣ－９０４", "SEC\\-904", "SEC&#45;904", "SEC-<b>904</b>", "SEC-**904**", "SEC%2D904"];

/// Settings and a catalog whose every word has the id; it is a key, a name and an address, too.
const SETTINGS: &str = r#"[book]
title = {ja = "手引 SEC-904", en = "Manual SEC-904"}
organization = "KumoLine SEC-904"
languages = ["ja", "en"]
[people]
boss = "社長 SEC-904"
SEC-904 = "鍵 SEC-904"
[isms]
controls = ["iso27001-2022", "own"]
risk_sources = ["threats"]
[soa]
document = "SEC-904"
symbols = { applicable = "○ SEC-904" }
[audiences.auditor]
status = ["approved"]
classification = ["public"]
[types.own]
label = "様式 SEC-904"
required = ["SEC-904"]
[[front_matter.defaults]]
path = "SEC-904/**"
owner = "boss"
[glossary.term]
ja = "用語 SEC-904"
[[check.accepted]]
code = "DOC010"
path = "content/f0.md"
reason = "SEC-904 を待つ"
by = "boss"
until = 2027-01-31
[build]
"#;

const CATALOGS: &str = "--- catalogs/own.yaml
id: own
title: 自社 SEC-904
edition: '1 SEC-904'
prefix: O
groups: [{id: G, title: 群 SEC-904}]
items:
  - {id: O.1, kind: control, group: G, title: 策 SEC-904, summary: 要約 SEC-904, note: 注 SEC-904, text: 本文 SEC-904}
--- catalogs/threats.yaml
id: threats
title: 脅威 SEC-904
edition: '1'
prefix: T
items:
  - {id: T.1, kind: risk-source, title: 脅威 SEC-904, summary: SEC-904}
";

/// A text with the id in everything that Markdown has.
fn body(id: &str) -> String {
    format!(
        "# 題 {id}\n\n## 見出し {id} の扱い\n\n### 節 {{#SEC-904}}\n\n本文の{id}を。[[{id}]]、[[SEC-904|語 {id}]]、[語 {id}](SEC-904/secret.md \"{id}\")。\n\n\
         `code {id}`\n\n```{id}\nblock {id}\n```\n\n    indented {id}\n\n| {id} | 列 |\n|---|---|\n| {id} | `{id}` |\n\n\
         > [!NOTE] 箱 {id}\n> 中 {id}\n\n:::note 箱 {id}\n中 {id}\n:::\n\n- [ ] 項目 {id}\n\n1. {id}\n\n\
         <div title=\"{id}\" id=\"SEC-904\">{id}</div>\n\n<details><summary>{id}</summary>{id}</details>\n\n<!-- {id} -->\n\n\
         ![図 {id}](SEC-904-figure.png \"{id}\") [別]( <SEC-904/notes.txt> ) <a href=\"SEC-904/secret.md\">{id}</a>\n\n\
         [定義][d] [飛ぶ](#見出し-sec-904-の扱い) https://example.com/{id} <https://example.com/SEC-904>\n\n\
         脚注[^1] ~~{id}~~ **{id}** *{id}*\n\n[^1]: 注 {id}\n\n[d]: SEC-904/secret.md \"{id}\"\n"
    )
}

/// A book in which every field of every type has the id, once in each way.
fn book(autolink: bool) -> (Snapshot, usize) {
    let mut text = format!("--- book.toml\n{SETTINGS}autolink = {autolink}\n{CATALOGS}");
    text.push_str(
        "--- content/SEC-904/secret.md\n---\nid: SEC-904\ntype: policy\ntitle: 合併\nstatus: draft\nclassification: secret\n---\n本文。\n\
         --- content/SEC-904/open.md\n---\nid: POL-1\ntype: policy\ntitle: 公開\nstatus: approved\nclassification: public\n---\n本文。\n\
         --- content/SEC-904/notes.txt\nSEC-904\n--- content/SEC-904-figure.png\nSEC-904\n--- content/data.csv\nid,SEC-904\n",
    );
    let mut count = 0;
    let mut number = 0;
    for (kind, fields) in types() {
        for way in WAYS {
            let mut front = serde_json::Map::new();
            for (key, field) in &fields {
                let filled = value(field, key, 0, &|path, leaf| canary(path, leaf, way));
                count += leaves(&filled);
                front.insert(key.clone(), filled);
            }
            front.insert("id".into(), json!(format!("F-{number}")));
            front.insert("type".into(), json!(kind));
            front.insert("status".into(), json!("approved"));
            front.insert("classification".into(), json!("public"));
            let front = Value::Object(front);
            let _ = write!(text, "--- content/f{number}.md\n---\n{front}\n---\n{}", body(way));
            let _ =
                write!(text, "--- content/f{number}.en.md\n---\ntitle: T {way}\nsummary: S {way}\n---\n{}", body(way));
            number += 1;
        }
    }
    (snapshot_of(files(&text), today()), count)
}

fn canary(path: &str, leaf: Leaf, way: &str) -> Value {
    match leaf {
        Leaf::Text if path == "controls.id" || path.ends_with(".control") => json!("A.5.15"),
        Leaf::Text if path == "related" || path == "risks" => json!("SEC-904"),
        Leaf::Text if path.ends_with("path") => json!("SEC-904/notes.txt"),
        Leaf::Text if path.ends_with("url") => json!(format!("https://example.com/{way}")),
        Leaf::Text => json!(format!("文 {way}")),
        Leaf::Words => json!({"ja": format!("語 {way} 。"), "en": format!("words {way}.")}),
        Leaf::Date => json!("2026-04-01"),
        Leaf::Number => json!(1),
        Leaf::Flag => json!(true),
    }
}

/// What a reader or a program makes of some bytes: as they are, without tags, and with what stands for letters read.
fn readings(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let mut plain = String::new();
    let mut tag = false;
    for sign in text.chars() {
        match sign {
            '<' => tag = true,
            '>' => tag = false,
            _ if !tag => plain.push(sign),
            _ => {}
        }
    }
    let folded = text
        .replace('－', "-")
        .replace("ｓｅｃ", "sec")
        .replace("９０４", "904")
        .replace("%2d", "-")
        .replace("&#45;", "-");
    vec![text, plain.replace("**", ""), folded.replace('\\', "")]
}

fn hits(path: &str, bytes: &[u8], wrong: &mut Vec<String>) -> usize {
    let mut parts = vec![(path.to_owned(), bytes.to_vec())];
    if path.ends_with(".xlsx") {
        parts.extend(unzipped(bytes).into_iter().map(|(name, content)| (format!("{path}/{name}"), content)));
    }
    for (name, content) in &parts {
        for text in readings(content).into_iter().chain(readings(name.as_bytes())) {
            if let Some(at) = text.find("sec-904") {
                let around: String = text[..at].chars().rev().take(150).collect::<Vec<_>>().into_iter().rev().collect();
                let after: String = text[at..].chars().take(80).collect();
                wrong.push(format!("{name}: {around}{after}"));
                break;
            }
        }
    }
    parts.iter().map(|(_, content)| content.len()).sum()
}

/// Every file of a site and every export: how many bytes, and where the id stands. A search ends after `enough` places.
fn searched(snapshot: &Snapshot, enough: usize) -> (usize, Vec<String>) {
    let mut wrong = Vec::new();
    let mut bytes = 0;
    let options = SiteOptions { audience: Some("auditor".to_owned()), ..SiteOptions::default() };
    let site = Site::new(Arc::new(snapshot.clone()), options);
    for route in site.routes() {
        bytes += hits(&route.path, &site.render(&route).bytes, &mut wrong);
        if wrong.len() >= enough {
            return (bytes, wrong);
        }
    }
    for export in EXPORTS {
        for format in export.formats() {
            for language in [Language::japanese(), Language::english()] {
                bytes += hits(&export.file(format), &export.write(snapshot, &language, format), &mut wrong);
            }
        }
    }
    (bytes, wrong)
}

fn shown(whole: &Snapshot) -> Shown {
    shown_to(whole, whole.book.config.audiences.get("auditor").expect("it is defined"))
}

#[test]
fn the_id_of_a_left_out_document_stands_nowhere() {
    for autolink in [true, false] {
        let (whole, fields) = book(autolink);
        let shown = shown(&whole);
        assert_eq!(whole.book.documents.len() - shown.snapshot.book.documents.len(), 1);
        let (bytes, wrong) = searched(&shown.snapshot, usize::MAX);
        let documents = shown.snapshot.book.documents.len();
        assert!(wrong.is_empty(), "{} places:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n---\n"));
        assert!(documents > 100 && fields > 3000 && bytes > 10_000_000, "{documents}, {fields}, {bytes}");
        let (_, before) = searched(&whole, documents + 1);
        assert!(before.len() > documents, "the whole book shows it: {}", before.len());
    }
}

#[test]
fn what_is_masked_stays_whole() {
    let (whole, _) = book(true);
    let shown = shown(&whole);
    let page = render(&shown.snapshot, "f0.html");
    for words in [
        "題 （配布対象外の文書）",
        "<code>code （配布対象外の文書）</code>",
        "block （配布対象外の文書）",
        "語 （配布対象外の文書）",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let site = Site::new(Arc::new(shown.snapshot), SiteOptions::default());
    let named = |name: &str| site.routes().iter().any(|route| route.path == name);
    assert!(named("配布対象外-1/open.html") && named("配布対象外-1/notes.txt") && named("配布対象外-1-figure.png"));
    for (attribute, path) in [("src", "配布対象外-1-figure.png"), ("href", "配布対象外-1/notes.txt")] {
        let address = format!("{attribute}=\"{}\"", percent_encoded(path));
        assert!(page.contains(&address), "{address}");
    }
    assert!(
        page.contains("href=\"#見出し-配布対象外の文書-の扱い\"") || page.contains("%E9%85%8D%E5%B8%83"),
        "the anchor is that of the masked heading"
    );
}

#[test]
fn what_a_program_cannot_decide_is_told() {
    let text = "--- book.toml\n[audiences.auditor]\nstatus = [\"approved\"]\n\
         --- content/secret.md\n---\nid: SEC-904\ntype: policy\ntitle: Merger\nstatus: draft\n---\n\
         --- content/word.md\n---\nid: handbook\ntype: manual\ntitle: Staff\nstatus: draft\n---\n\
         --- content/open.md\n---\nid: POL-1\ntype: policy\ntitle: Open\nstatus: approved\n---\nThe Merger is SEC-904 (secret.md) and SEC-9041; see [[handbook]] and the handbook. ![x](scan.bin)\n";
    let mut files = files(text);
    files.insert(FilePath::new("content/scan.bin"), File::new(b"\xff\xfeSEC-904".to_vec()));
    let shown = shown(&snapshot_of(files, today()));
    let told: Vec<(Outcome, &str)> = shown.masks.iter().map(|mask| (mask.outcome, mask.words.as_str())).collect();
    for one in [
        (Outcome::Name, "Merger"),
        (Outcome::Name, "secret.md"),
        (Outcome::Masked, "SEC-904"),
        (Outcome::Masked, "handbook"),
        (Outcome::Plain, "handbook"),
        (Outcome::Attachment, "SEC-904"),
    ] {
        assert!(told.contains(&one), "{one:?} is not in {told:?}");
    }
    let page = render(&shown.snapshot, "open.html");
    assert!(page.contains(
        "The Merger is (a document not included) (secret.md) and SEC-9041; see (a document not included) and the handbook."
    ));
}
