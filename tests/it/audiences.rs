//! Audiences: of a document that is left out nothing reaches the output, whatever names it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use ismsbook::derive::Applicability;
use ismsbook::export::EXPORTS;
use ismsbook::language::Language;
use ismsbook::project::{Snapshot, shown_to};
use ismsbook::site::{Site, SiteOptions};

use crate::support::{render, snapshot};

/// Everything that must not be seen holds the word CANARY: ids, titles, texts, file and folder names, people.
const BOOK: &str = "--- book.toml
[book]
languages = [\"ja\", \"en\"]
[people]
boss = \"社長\"
CANARYPERSON = \"CANARY様\"
[isms]
controls = [\"iso27001-2022\", \"iso27017-2015\"]
[soa]
document = \"CANARY-SOA\"
[audiences.auditor]
status = [\"approved\"]
classification = [\"public\"]
[[check.accepted]]
code = \"RSK312\"
path = \"content/canaryfolder/risk.md\"
reason = \"CANARY-001 waits.\"
by = \"boss\"
until = 2027-01-31
--- content/canaryfolder/risk.md
---
id: CANARY-001
type: risk
title: {ja: CANARY題名, en: CANARY title}
summary: CANARY要約
owner: CANARYPERSON
status: approved
classification: confidential
tags: [CANARYTAG]
affects: [confidentiality]
assets: [CANARY資産]
threat: CANARY脅威
vulnerability: CANARYぜい弱性
likelihood: high
impact: high
treatment: modify
controls: [{id: A.5.15, note: CANARYNOTE}, A.5.16]
residual: {likelihood: high, impact: high}
accepted_by: CANARYPERSON
acceptance_expires: 2027-02-28
actions:
  - {what: CANARY対応, owner: CANARYPERSON, due: 2026-10-31}
next_review: 2027-03-31
evidence:
  - {title: CANARY証拠, path: canary-proof.txt, valid_until: 2027-01-31}
revisions:
  - {version: '1.0', date: 2026-04-01, author: CANARYPERSON, summary: CANARY改訂}
related: [POL-001]
---
## CANARY見出し

CANARY本文 A.5.18 ![CANARY画像](canary.png) <img src=\"canary-html.png\" alt=\"CANARY\">
--- content/canaryfolder/risk.en.md
---
title: CANARY translated
---
CANARY text.
--- content/canaryfolder/canary.png
CANARYBYTES
--- content/canaryfolder/canary-html.png
CANARYBYTES
--- content/canaryfolder/canary-proof.txt
CANARYBYTES
--- content/canaryfolder/sub/canary-unlinked.txt
CANARYBYTES
--- content/canary-draft.md
---
id: CANARY-002
type: policy
title: CANARY草案
owner: CANARYPERSON
status: draft
classification: public
controls:
  - {id: A.5.17, section: canary, note: CANARYNOTE, evidence: [{title: CANARY証拠2, url: 'https://canary.example/CANARY'}]}
requirements: [5.2]
---
## CANARY {#canary}
--- content/canary-audit.md
---
id: CANARY-003
type: audit
title: CANARY監査
classification: confidential
status: approved
auditor: CANARYPERSON
audited_on: 2026-09-01
scope: CANARY範囲
controls: [A.5.15]
nonconformities:
  - {id: CANARY-NC, control: A.5.15, grade: major, text: CANARY不適合, owner: CANARYPERSON, due: 2026-10-31}
---
CANARY
--- content/canary-soa.md
---
id: CANARY-SOA
type: applicability
title: CANARY宣言書
status: approved
version: CANARY9
classification: confidential
decisions:
  - {control: A.7.4, applicable: false, justification: CANARY理由}
  - {control: A.7.5, applicable: true, reasons: [business], justification: CANARY理由2, owner: CANARYPERSON, evidence: [{title: CANARY証拠3, date: 2026-01-01}]}
---
CANARY
--- content/canary-objective.md
---
id: CANARY-004
type: objective
title: CANARY目的
measure: CANARY指標
due: 2027-03-31
---
CANARY
--- content/canary-plain.md
# CANARY見出し

A.9.2.1 CANARY
--- content/shown.md
---
id: POL-001
type: policy
title: 方針
owner: boss
status: approved
classification: public
controls: [A.5.16]
related: [CANARY-001, REC-001]
evidence:
  - {title: 評価の記録, path: canaryfolder/risk.md}
  - {title: 議事録, path: minutes.txt}
---
単独[[CANARY-001]]と、語つき[[CANARY-001|そのリスク]]と、節つき[[CANARY-001#canary|その節]]。

裸のCANARY-001も、[CANARY題名](canaryfolder/risk.md)も、[対応の記録](canaryfolder/risk.md \"CANARY\")も残らない。

## CANARY-002の扱い

| 列 | 列 |
|---|---|
| [[CANARY-001\\|表の語]] | CANARY-003 |

[記録](record.md)は残る。
--- content/shown.en.md
---
title: Policy
---
See [[CANARY-001]] and CANARY-002, [the title](canaryfolder/risk.md).
--- content/record.md
---
id: REC-001
type: record
title: 記録
status: approved
classification: public
---
本文。
--- content/decision.md
---
id: DEC-001
type: decision
title: 決定
status: approved
classification: public
risks: [CANARY-001]
treatment: retain
decided_by: boss
decided_on: 2026-05-01
expires: 2027-05-01
---
本文。
--- content/minutes.txt
minutes
";

fn cut() -> (Snapshot, Snapshot) {
    let whole = snapshot(BOOK);
    let audience = whole.book.config.audiences.get("auditor").expect("it is defined").clone();
    let cut = shown_to(&whole, &audience).snapshot;
    (whole, cut)
}

/// The files in a ZIP file, unpacked.
pub(crate) fn unzipped(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP file");
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a file");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("readable");
        files.insert(file.name().expect("a name").into_owned(), content);
    }
    files
}

/// Where a word stands in bytes, with what is around it.
fn found(word: &str, bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let (before, after) = text.split_once(word)?;
    let before: Vec<char> = before.chars().rev().take(120).collect();
    Some(before.iter().rev().chain(&after.chars().take(120).collect::<Vec<_>>()).collect())
}

fn traces(path: &str, bytes: &[u8]) -> Vec<String> {
    let mut wrong = Vec::new();
    if path.ends_with(".xlsx") {
        for (name, content) in unzipped(bytes) {
            wrong.extend(found("canary", &content).map(|around| format!("{path}/{name}: {around}")));
        }
    }
    wrong.extend(found("canary", bytes).map(|around| format!("{path}: {around}")));
    wrong
}

#[test]
fn a_canary_in_a_left_out_document_is_found_nowhere() {
    let (whole, cut) = cut();
    assert_eq!((whole.book.documents.len(), cut.book.documents.len()), (9, 3));
    let site = Site::new(Arc::new(cut), SiteOptions { audience: Some("auditor".to_owned()), ..SiteOptions::default() });
    let mut wrong = Vec::new();
    for route in site.routes() {
        let rendered = site.render(&route);
        if route.path.to_lowercase().contains("canary") {
            wrong.push(route.path.clone());
        }
        wrong.extend(traces(&route.path, &rendered.bytes));
    }
    assert!(wrong.is_empty(), "{} places:\n{}", wrong.len(), wrong.join("\n---\n"));
}

#[test]
fn a_canary_is_found_in_no_export_either() {
    let (whole, cut) = cut();
    let mut seen = 0;
    for export in EXPORTS {
        for format in export.formats() {
            for language in [Language::japanese(), Language::english()] {
                let name = export.file(format);
                let wrong = traces(&name, &export.write(&cut, &language, format));
                assert!(wrong.is_empty(), "{}", wrong.join("\n"));
                seen += traces(&name, &export.write(&whole, &language, format)).len();
            }
        }
    }
    assert!(seen > 60, "the whole book shows the canary in its exports: {seen}");
}

#[test]
fn links_to_what_is_left_out_are_plain_text() {
    let (_, cut) = cut();
    let page = render(&cut, "shown.html");
    let text = page.split("<h2").next().expect("the text before the heading");
    for words in [
        "単独（配布対象外の文書）と、語つきそのリスクと、節つきその節。",
        "（配布対象外の文書）も、対応の記録も残らない",
    ] {
        assert!(page.contains(words), "{words} is not in {text}");
    }
    assert!(
        page.contains("<td>表の語</td>") && page.contains("（配布対象外の文書）の扱い"),
        "{}",
        page.split("id=\"content\"").nth(1).unwrap_or_default()
    );
    assert!(page.contains("href=\"record.html\""));
    assert!(
        render(&cut, "en/shown.html")
            .contains("See (a document not included) and (a document not included), the title.")
    );
}

#[test]
fn what_is_left_out_stays_decided_and_attachments_of_the_rest_stay() {
    let (_, cut) = cut();
    let line = |id: &str| cut.derived.soa.lines.iter().find(|line| &*line.item.id.id == id).expect("a line");
    assert_eq!(line("A.5.15").applicability, Applicability::Applicable);
    assert_eq!(line("A.7.4").applicability, Applicability::Excluded);
    assert_eq!(line("A.5.17").applicability, Applicability::Applicable);
    let site = Site::new(Arc::new(cut), SiteOptions::default());
    assert!(site.route("minutes.txt").is_some());
}

#[test]
fn what_a_front_matter_that_cannot_be_read_would_say_is_not_taken_for_public() {
    let settings = "--- book.toml\n[[front_matter.defaults]]\npath = \"**\"\nclassification = \"public\"\n[audiences.all]\nclassification = [\"public\"]\n";
    for (text, shown) in [
        ("---\nid: A\n---\nCanary.\n", true),
        ("---\nid: A\nclassification: secret\n---\nCanary.\n", false),
        ("---\n\tid: A\n\tclassification: secret\n---\nCanary.\n", false),
        (" ---\n id: A\n classification: secret\n ---\nCanary.\n", false),
        ("---\rid: A\rclassification: secret\r---\rCanary.\r", false),
        ("\u{200b}---\nid: A\nclassification: secret\n---\nCanary.\n", false),
        ("<!-- x -->\n---\nid: A\nclassification: secret\n---\nCanary.\n", false),
        ("---\nid: A\nclassification: secret: no\n---\nCanary.\n", false),
    ] {
        let snapshot = snapshot(&format!("{settings}--- content/b.md\n# B\n--- content/a.md\n{text}"));
        let audience = snapshot.book.config.audiences.values().next().expect("an audience").clone();
        let cut = shown_to(&snapshot, &audience).snapshot;
        assert_eq!(cut.book.documents.len(), 1 + usize::from(shown), "{text:?}");
    }
}

#[test]
fn findings_of_what_is_shown_keep_their_place() {
    let text = BOOK.replace("[記録](record.md)は残る。", "[記録](record.md)は残る。[なし](nowhere.md)");
    let whole = snapshot(&text);
    let audience = whole.book.config.audiences.get("auditor").expect("it is defined").clone();
    let cut = shown_to(&whole, &audience).snapshot;
    let finding = cut.checked.findings.iter().find(|finding| finding.code == "REF104").expect("the broken link");
    let shown = cut.book.text(&finding.place.path).expect("the text");
    assert_eq!(finding.place.span.of(shown), "nowhere.md");
}
