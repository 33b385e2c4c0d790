//! What changed between two states of a book, as git has them: exactly that, in every format, and nothing touched.
#![expect(clippy::disallowed_methods, reason = "the test makes repositories in a folder of its own")]

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use ismsbook::cli::{self, Surroundings};
use serde_json::Value;
use tempfile::TempDir;

use crate::git::run as git;

fn diff(folder: &Path, arguments: &[&str]) -> (u8, String, String) {
    command(folder, &[&["diff"], arguments].concat())
}

/// Runs a command; `@` stands for the folder.
fn command(folder: &Path, arguments: &[&str]) -> (u8, String, String) {
    let here = folder.to_str().expect("a plain path");
    let given = arguments.iter().map(|argument| argument.replace('@', here));
    let all = ["ismsbook".to_owned(), "--today=2026-11-22".to_owned()].into_iter().chain(given).map(OsString::from);
    let around = Surroundings { width: 100, ..Surroundings::default() };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = cli::run(all, &around, &mut out, &mut err);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (status, text(&out), text(&err))
}

/// Writes the files of a text in which `--- path` heads a file; an empty one is taken away.
fn write(root: &Path, text: &str) {
    for part in text.split("\n=== ").map(|part| part.trim_start_matches("=== ")) {
        let (path, content) = part.split_once('\n').expect("a path and a text");
        let file = root.join(path);
        if content.trim().is_empty() {
            fs::remove_file(file).expect("it was there");
            continue;
        }
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, format!("{}\n", content.trim_end())).expect("written");
    }
}

fn commit(root: &Path, day: &str, text: &str, tag: &str) {
    write(root, text);
    git(root, day, &["add", "-A"]);
    git(root, day, &["commit", "-q", "-m", "change"]);
    git(root, day, &["tag", tag]);
}

const BEFORE: &str = r#"=== 文書/book.toml
[book]
languages = ["ja", "en"]
[people]
ciso = { ja = "情報セキュリティ責任者", en = "CISO" }
it = { ja = "情報システム部長", en = "IT manager" }
[isms]
controls = ["mini"]
requirements = []
risk_sources = []
[audiences.public]
classification = ["public"]
=== 文書/catalogs/mini.yaml
id: mini
kind: controls
title: { en: Mini, ja: 小規格 }
items:
  - { id: M.1, title: { en: First, ja: 一つめ } }
  - { id: M.2, title: { en: Second, ja: 二つめ } }
  - { id: M.3, title: { en: Third, ja: 三つめ } }
=== 文書/content/policies/a.md
---
id: POL-001
type: policy
title: アクセス制御方針
owner: it
approver: ciso
status: approved
version: "1.0"
approved: 2026-01-10
next_review: 2027-01-10
classification: public
controls: [M.1]
---
前書き。

## 原則

必要な者に限る。

## 見直し

毎年見直す。
=== 文書/content/policies/a.en.md
---
title: Access control policy
---
Preface.

## Principle

Need to know.

## Review

Every year.
=== 文書/content/policies/b.md
---
id: POL-002
type: policy
title: 移動する方針
classification: public
---
そのまま。
=== 文書/content/policies/c.md
---
id: POL-003
type: policy
title: 消える方針
classification: public
---
消える。
=== 文書/content/policies/d.md
---
id: POL-004
type: policy
title: 廃止する方針
status: approved
version: "2.0"
classification: public
---
廃止する。
=== 文書/content/same.md
# 変わらない文書

同じ。
=== 文書/content/soa.md
---
id: SOA-001
type: applicability
title: 適用宣言書
classification: public
decisions:
  - { control: M.2, applicable: false, justification: 該当する業務がない。 }
---
=== 文書/content/risks/one.md
---
id: RSK-001
type: risk
title: 不正アクセス
owner: it
classification: public
likelihood: 3
impact: 4
treatment: modify
controls: [M.1]
residual: { likelihood: 2, impact: 4 }
---
=== 文書/content/risks/two.md
---
id: RSK-002
type: risk
title: 消えるリスク
owner: it
classification: public
likelihood: 2
impact: 2
---"#;

const AFTER: &str = r#"=== 文書/content/policies/a.md
---
id: POL-001
type: policy
title: アクセス制御方針
owner: ciso
approver: ciso
status: approved
version: "1.1"
approved: 2026-01-10
next_review: 2027-01-10
classification: public
controls: [M.1, M.2]
---
前書き。

## 原則

必要な者に限る。

## 見直し

半年ごとに見直す。
=== 文書/content/policies/b.md

=== 文書/content/standards/b.md
---
id: POL-002
type: policy
title: 移動する方針
classification: public
---
そのまま。
=== 文書/content/policies/c.md

=== 文書/content/policies/d.md
---
id: POL-004
type: policy
title: 廃止する方針
status: retired
version: "2.0"
classification: public
---
廃止する。
=== 文書/content/policies/e.md
---
id: POL-005
type: policy
title: 新しい方針
status: draft
version: "0.1"
classification: public
---
新しい。
=== 文書/content/soa.md
---
id: SOA-001
type: applicability
title: 適用宣言書
classification: public
decisions:
  - { control: M.2, applicable: true, justification: クラウドの利用を始めた。, due: 2027-03-31 }
---
=== 文書/content/risks/one.md
---
id: RSK-001
type: risk
title: 不正アクセス
owner: ciso
classification: public
likelihood: 3
impact: 4
treatment: modify
controls: [M.1]
residual: { likelihood: 1, impact: 4 }
---
=== 文書/content/risks/two.md

=== 文書/content/risks/three.md
---
id: RSK-003
type: risk
title: 新しいリスク
owner: it
classification: public
likelihood: 3
impact: 3
treatment: modify
controls: [M.3]
---"#;

/// A repository whose book lies in a folder of it, at two tags.
fn repository() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    git(folder.path(), "2026-01-01", &["init", "-q"]);
    commit(folder.path(), "2026-01-15", BEFORE, "v1.0");
    commit(folder.path(), "2026-06-01", AFTER, "v1.1");
    folder
}

fn words(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(words).collect::<Vec<_>>().join(","),
        Value::Object(entries) if entries.contains_key("score") => words(&entries["score"]),
        Value::Object(entries) => words(&entries["id"]),
        other => other.to_string(),
    }
}

/// Each thing that differs as one line: `changed POL-001 version 1.0>1.1 text 見直し`.
fn told(things: &Value) -> Vec<String> {
    let field = |field: &Value| {
        let name = words(&field["field"]);
        let (key, separator, other) = match name.as_str() {
            "text" => ("language", ":", "headings"),
            "entries" => return format!("{name} {}", words(&field["keys"])),
            _ if field.get("removed").is_some() => ("removed", "/", "added"),
            _ => ("old", ">", "new"),
        };
        format!("{name} {}{separator}{}", words(&field[key]), words(&field[other]))
    };
    let thing = |thing: &Value| {
        let fields: Vec<String> = thing["fields"].as_array().expect("a list").iter().map(field).collect();
        let role = thing.get("role").filter(|role| role.is_string()).map(words).unwrap_or_default();
        format!("{} {}{role}: {}", words(&thing["change"]), words(&thing["id"]), fields.join("; ")).trim().to_owned()
    };
    things.as_array().expect("a list").iter().map(thing).collect()
}

#[test]
fn exactly_what_changed_between_two_commits_is_told() {
    let folder = repository();
    let root = folder.path().join("文書");
    let (status, out, err) = diff(&root, &["v1.0", "v1.1", "@", "--format", "json"]);
    assert_eq!((status, err.as_str()), (0, ""), "{out}");
    let json: Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!((&json["version"], &json["old"]["revision"]), (&Value::from(1), &Value::from("v1.0")));
    assert_eq!(json["old"]["date"], "2026-01-15");
    assert_eq!(
        told(&json["documents"]),
        [
            "added POL-005: type ->policy; version ->0.1; status ->draft",
            "added RSK-003: type ->risk; owner ->it",
            "changed SOA-001: entries decisions",
            "changed POL-001: version 1.0>1.1; owner it>ciso; text ja:見直し; entries controls",
            "changed RSK-001: owner it>ciso; entries residual",
            "changed POL-002: file content/policies/b.md>content/standards/b.md",
            "retired POL-004: status approved>retired",
            "removed POL-003:",
            "removed RSK-002:",
        ]
    );
    assert_eq!(
        told(&json["lines"]),
        [
            "changed M.1: owner it>ciso",
            "changed M.2: applicability excluded>applicable; justification 該当する業務がない。>クラウドの利用を始めた。; \
             status ->implemented; due ->2027-03-31; owner ->ciso; documents /POL-001",
            "changed M.3: applicability undecided>applicable; reasons /risk; justification ->RSK-003への対応に必要なため。; risks /RSK-003",
        ]
    );
    assert_eq!(
        told(&json["risks"]),
        [
            "added RSK-003: inherent ->6; treatment ->modify; owner ->it; state ->open; controls /M.3",
            "changed RSK-001: residual 6>5; owner it>ciso",
            "removed RSK-002:",
        ]
    );
    assert_eq!(json["summary"]["documents"]["changed"], 4);
    assert_eq!(json["settings"], Value::Array(Vec::new()));
    let same = diff(&root, &["v1.1..v1.1", "@"]);
    assert_eq!((same.0, same.1.lines().nth(1)), (0, Some("変更はない。")));
}

#[test]
fn a_person_and_a_pull_request_are_told_the_same() {
    let folder = repository();
    let root = folder.path().join("文書");
    let (_, text, _) = diff(&root, &["v1.0", "v1.1", "@", "--language", "en"]);
    for line in [
        "Documents: 2 added, 4 changed, 1 retired, 2 removed",
        "  + POL-005 新しい方針",
        "      Version: 1.0 → 1.1",
        "      Text, Japanese: 見直し",
        "  × POL-004 廃止する方針",
        "Statement of Applicability: 3 changed",
        "  ~ M.2 Second",
        "      Applicability: Excluded → Applicable",
        "      Documents: + POL-001",
        "      Residual risk: 6 (High risk) → 5 (Medium risk)",
        "      Risk owner: IT manager → CISO",
        "  − RSK-002 消えるリスク",
    ] {
        assert!(text.lines().any(|told| told == line), "{line}\n{text}");
    }
    let (_, japanese, _) = diff(&root, &["v1.0", "v1.1", "@", "--language", "ja"]);
    for line in [
        "文書：追加2件、変更4件、廃止1件、削除2件",
        "適用宣言書：変更3件",
        "      適用：除外 → 適用",
        "      リスク所有者：情報システム部長 → 情報セキュリティ責任者",
    ] {
        assert!(japanese.lines().any(|told| told == line), "{line}\n{japanese}");
    }
    let file = folder.path().join("変更.md");
    let (status, out, _) = diff(&root, &["v1.0", "v1.1", "@", "--output", file.to_str().expect("plain")]);
    assert_eq!((status, out.as_str()), (0, ""));
    let markdown = fs::read_to_string(file).expect("written");
    assert!(markdown.starts_with("# 変更点：v1.0（"), "the book's own language: {markdown}");
    assert!(markdown.contains("| M.2 二つめ | 適用 | 除外 | 適用 |\n|  | 理由 | 該当する業務がない。 |"), "{markdown}");
    assert!(markdown.contains("|  | 関連文書 |  | + POL-001 |"), "{markdown}");
}

#[test]
fn one_revision_is_compared_with_the_files_as_they_stand_and_nothing_is_touched() {
    let folder = repository();
    let root = folder.path().join("文書");
    let state = || {
        let output = Command::new("git").arg("-C").arg(folder.path()).args(["status", "--porcelain", "-z"]).output();
        let index = fs::read(folder.path().join(".git/index")).expect("an index");
        (output.expect("git is installed").stdout, index)
    };
    write(
        &root,
        "=== content/policies/e.md\n---\nid: POL-005\ntype: policy\ntitle: 書きかけの方針\n---\n途中。\n=== content/new.md\n# 追跡されていない文書\n",
    );
    git(folder.path(), "2026-06-02", &["add", "文書/content/new.md"]);
    let before = state();
    let (status, out, err) = diff(&root, &["v1.1", "@", "--format", "json"]);
    assert_eq!((status, err.as_str()), (0, ""));
    let json: Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!(json["new"]["revision"], Value::Null);
    assert_eq!(
        told(&json["documents"]),
        [
            "added -:",
            "changed POL-005: title 新しい方針>書きかけの方針; status draft>-; version 0.1>-; classification public>-; \
             text -:",
        ]
    );
    assert_eq!(diff(&root, &["v1.1", "@", "--format", "json"]).1, out, "the same twice");
    assert_eq!(state(), before, "neither files nor index were touched");
}

#[test]
fn what_cannot_be_compared_is_said_kindly() {
    let folder = repository();
    let root = folder.path().join("文書");
    let said = |arguments: &[&str]| {
        let (status, out, err) = diff(&root, arguments);
        assert_eq!((status, out.as_str()), (2, ""), "{arguments:?}");
        err
    };
    assert!(said(&["v1.2", "@", "--language", "en"]).contains("did you mean `v1.0`?"));
    assert!(said(&["nothing-like-it", "@", "--language", "ja"]).contains("`nothing-like-it`というリビジョンがない"));
    assert!(said(&["--language=en", "--", "-x", "@"]).contains("no revision `-x`"));
    git(folder.path(), "2026-07-01", &["checkout", "-q", "--orphan", "empty"]);
    git(folder.path(), "2026-07-01", &["rm", "-rq", "--cached", "."]);
    git(folder.path(), "2026-07-01", &["commit", "-q", "--allow-empty", "-m", "empty"]);
    assert!(said(&["empty", "@", "--language", "en"]).contains("there was no book at `empty`"));
    let plain = TempDir::new().expect("a folder");
    write(plain.path(), "=== content/a.md\n# A\n");
    let (status, _, err) = diff(plain.path(), &["v1.0", "@", "--language", "en"]);
    assert!(status == 2 && err.contains("is in no git repository"), "{err}");
}

#[test]
fn lines_that_come_with_a_role_are_told_together() {
    let folder = TempDir::new().expect("a folder");
    let scope = |roles: &str| {
        format!(
            "=== book.toml\n[book]\nlanguages = [\"en\"]\n[isms]\ncontrols = [\"iso27017-2015\"]\nrequirements = []\nrisk_sources = []\n\
             === content/scope.md\n---\nid: SCP-001\ntype: scope\ntitle: Scope\ncloud_services: [{{ name: Kumo, roles: [{roles}] }}]\n---\n"
        )
    };
    git(folder.path(), "2026-01-01", &["init", "-q"]);
    commit(folder.path(), "2026-01-15", &scope("customer"), "one");
    commit(folder.path(), "2026-02-15", &scope("customer, provider"), "two");
    let (_, text, _) = diff(folder.path(), &["one", "two", "@"]);
    assert!(text.contains("Statement of Applicability: 40 added\n"), "{text}");
    assert!(text.contains(": 40 lines, 27017:5.1.1 to CLD.13.1.4\n"), "{text}");
    let (_, json, _) = diff(folder.path(), &["one", "two", "@", "--format", "json"]);
    let json: Value = serde_json::from_str(&json).expect("it is JSON");
    let lines = json["lines"].as_array().expect("a list");
    assert!(lines.len() == 40 && lines.iter().all(|line| line["role"] == "provider"), "each stands by itself there");
}

#[test]
fn lines_of_which_the_same_is_to_be_said_stand_together() {
    let folder = TempDir::new().expect("a folder");
    let items: Vec<String> = (1..7).map(|n| format!("  - {{ id: M.{n}, title: Item {n} }}\n")).collect();
    let items = items.concat();
    let catalog = format!("=== catalogs/mini.yaml\nid: mini\nkind: controls\ntitle: Mini\nitems:\n{items}");
    let policy = |owner: &str| {
        format!(
            "=== content/a.md\n---\nid: POL-001\ntype: policy\ntitle: A\nowner: {owner}\ncontrols: [M.1, M.2, M.4, M.5]\n---\nText.\n"
        )
    };
    let book = "=== book.toml\n[book]\nlanguages = [\"en\"]\n[isms]\ncontrols = [\"mini\"]\nrequirements = []\nrisk_sources = []\n";
    git(folder.path(), "2026-01-01", &["init", "-q"]);
    commit(folder.path(), "2026-01-15", &format!("{book}{catalog}{}", policy("Ann")), "one");
    commit(folder.path(), "2026-02-15", &policy("Ben"), "two");
    let (_, text, _) = diff(folder.path(), &["one", "two", "@"]);
    let expected =
        "Statement of Applicability: 4 changed\n  ~ M.1  M.2  M.4  M.5\n      Owner: Ann → Ben\n\nRisks: no change\n";
    assert!(text.contains(expected), "{text}");
}

fn built(root: &Path, arguments: &[&str]) -> (TempDir, String) {
    let out = TempDir::new().expect("a folder");
    let folder = out.path().join("site");
    let output = folder.to_str().expect("plain");
    let (status, _, err) = command(root, &[&["build", "@", "--output", output], arguments].concat());
    assert_eq!(status, 0, "{err}");
    (out, err)
}

fn page(built: &TempDir, path: &str) -> String {
    fs::read_to_string(built.path().join("site").join(path)).unwrap_or_default()
}

fn compare_with(root: &Path, revision: &str) {
    let book = fs::read_to_string(root.join("book.toml")).expect("it is there");
    let book = book.split("[build]").next().unwrap_or_default().to_owned();
    fs::write(root.join("book.toml"), format!("{book}[build]\ncompare_with = \"{revision}\"\n")).expect("written");
}

#[test]
fn the_site_says_what_changed_where_the_book_asks_for_it() {
    let folder = repository();
    let root = folder.path().join("文書");
    let (without, _) = built(&root, &[]);
    assert!(page(&without, "changes.html").is_empty() && !page(&without, "index.html").contains("changes.html"));
    compare_with(&root, "v1.0");
    let (site, err) = built(&root, &[]);
    assert_eq!(err, "");
    assert!(page(&site, "index.html").contains("href=\"changes.html\""));
    let (japanese, english) = (page(&site, "changes.html"), page(&site, "en/changes.html"));
    for words in ["<h1>変更点</h1>", "除外", "見直し", "POL-005", "消える方針", "build.compare_with"] {
        assert!(japanese.contains(words), "{words}\n{japanese}");
    }
    assert!(english.contains("<h1>Changes</h1>") && english.contains("Access control policy"), "{english}");
    compare_with(&root, "v0.9");
    let (site, err) = built(&root, &["--language", "en"]);
    assert!(err.starts_with("warning: ") && err.contains("did you mean `v1.0`?"), "{err}");
    assert!(page(&site, "changes.html").contains("「v0.9」と比較できなかった"));
}

#[test]
fn an_audience_is_told_of_nothing_that_it_may_not_see() {
    let folder = repository();
    let root = folder.path().join("文書");
    // Public before, confidential now; confidential before and gone now; confidential before, public now.
    write(
        &root,
        "=== content/policies/b.md\n---\nid: POL-007\ntype: policy\ntitle: CANARYONE\nclassification: public\n---\nCANARYTWO\n\n## CANARYTHREE\n\nx\n=== content/policies/g.md\n---\nid: POL-008\ntype: policy\ntitle: CANARYFOUR\nclassification: secret\n---\nx\n=== content/policies/h.md\n---\nid: POL-009\ntype: policy\ntitle: CANARYFIVE\nclassification: secret\n---\nx\n=== content/risks/four.md\n---\nid: RSK-777\ntype: risk\ntitle: CANARYSIX\nclassification: public\nlikelihood: 2\nimpact: 2\ncontrols: [M.3]\n---\nx\n",
    );
    git(folder.path(), "2026-07-01", &["add", "-A"]);
    git(folder.path(), "2026-07-01", &["commit", "-q", "-m", "canaries"]);
    git(folder.path(), "2026-07-01", &["tag", "v1.2"]);
    write(
        &root,
        "=== content/policies/b.md\n---\nid: POL-007\ntype: policy\ntitle: CANARYSEVEN\nclassification: secret\n---\nx\n=== content/policies/g.md\n\n=== content/policies/h.md\n---\nid: POL-009\ntype: policy\ntitle: 公開する方針\nclassification: public\n---\nx\n=== content/risks/four.md\n---\nid: RSK-777\ntype: risk\ntitle: CANARYSIX\nclassification: secret\nlikelihood: 4\nimpact: 2\ncontrols: [M.3]\n---\nx\n",
    );
    compare_with(&root, "v1.2");
    let (whole, _) = built(&root, &[]);
    assert!(page(&whole, "changes.html").contains("CANARYSEVEN") && page(&whole, "changes.html").contains("RSK-777"));
    let (cut, _) = built(&root, &["--audience", "public"]);
    for file in ["changes.html", "en/changes.html"] {
        let told = page(&cut, file);
        assert!(told.contains("公開する方針"), "{told}");
        for secret in ["CANARY", "POL-007", "POL-008", "RSK-777", "audiences"] {
            assert!(!told.contains(secret), "{secret} in {file}");
        }
    }
}

#[test]
fn links_and_submodules_of_the_past_do_no_harm() {
    let folder = TempDir::new().expect("a folder");
    git(folder.path(), "2026-01-01", &["init", "-q"]);
    fs::write(folder.path().join("outside.md"), "outside").expect("written");
    let root = &folder.path().join("book");
    write(
        root,
        "=== content/a.md\n---\nid: POL-001\ntype: policy\ntitle: A\n---\nText.\n=== content/pictures/a.png\nversion https://git-lfs.github.com/spec/v1\n",
    );
    let link = |target: &str, name: &str| {
        let name = root.join("content").join(name);
        #[cfg(unix)]
        std::os::unix::fs::symlink(target, name).expect("a link");
        #[cfg(not(unix))]
        fs::write(name, target).expect("written");
    };
    link("../../outside.md", "out.md");
    link("pictures", "more");
    link("a.md", "same.md");
    link("nowhere.md", "broken.md");
    git(root, "2026-01-02", &["add", "-A"]);
    let object = "0123456789012345678901234567890123456789";
    git(root, "2026-01-02", &["update-index", "--add", "--cacheinfo", &format!("160000,{object},book/content/module")]);
    git(root, "2026-01-02", &["commit", "-q", "-m", "links"]);
    let (status, out, err) = diff(root, &["HEAD", "@", "--language", "en"]);
    assert_eq!((status, out.lines().nth(1), err.as_str()), (0, Some("Nothing differs."), ""), "{out}");
}
