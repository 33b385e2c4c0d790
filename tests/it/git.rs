//! What git remembers: a repository is made, grown, renamed in and cloned, and the book is told of it.
#![expect(clippy::disallowed_methods, reason = "the test makes repositories in a folder of its own")]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use ismsbook::book::history::History;
use ismsbook::cli::{self, Surroundings};
use ismsbook::date::Date;
use ismsbook::disk::{git, read};
use ismsbook::files::FilePath;
use ismsbook::project::{Inputs, Project};
use ismsbook::site::{Site, SiteOptions};

use crate::support::{place, today};

pub(crate) fn run(folder: &Path, day: &str, arguments: &[&str]) {
    let time = format!("{day}T12:00:00+0900");
    let set = [
        "-c",
        "user.name=佐藤",
        "-c",
        "user.email=sato@example.com",
        "-c",
        "commit.gpgsign=false",
        "-c",
        "init.defaultBranch=main",
    ];
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(folder)
        .args(set)
        .args(arguments)
        .env("GIT_AUTHOR_DATE", &time)
        .env("GIT_COMMITTER_DATE", &time);
    let output = command.output().expect("git is installed");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn policy(approved: &str, text: &str) -> String {
    format!(
        "---\nid: POL-001\ntype: policy\ntitle: 方針\nstatus: approved\nversion: \"1.0\"\napproved: {approved}\n---\n{text}\n"
    )
}

fn commit(folder: &Path, day: &str, path: &str, text: &str) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(file, text).expect("written");
    run(folder, day, &["add", "-A"]);
    run(folder, day, &["commit", "-q", "-m", "change"]);
}

fn history(root: &Path) -> History {
    git::history(root, &read::read(root).files)
}

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

/// A book below the top of its repository, changed after its approval and renamed then.
fn grown(folder: &Path) -> std::path::PathBuf {
    let root = folder.join("文書");
    run(folder, "2026-01-01", &["init", "-q"]);
    commit(
        folder,
        "2026-03-01",
        "文書/content/古い名前.md",
        &policy("2026-04-01", "四半期ごとに見直す。\n\n記録を残す。\n\n部長が確かめる。"),
    );
    commit(
        folder,
        "2026-05-10",
        "文書/content/古い名前.md",
        &policy("2026-04-01", "毎年見直す。\n\n記録を残す。\n\n部長が確かめる。"),
    );
    fs::rename(root.join("content/古い名前.md"), root.join("content/新しい名前.md")).expect("renamed");
    commit(folder, "2026-06-01", "文書/content/new.md", "# New\n\nText.\n");
    root
}

#[test]
fn a_change_after_the_approval_is_told_with_its_author() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = grown(folder.path());
    let known = history(&root);
    let file = &known.files[&FilePath::new("content/新しい名前.md")];
    assert_eq!((file.last.day, file.last.author.as_str(), file.last.commit.len()), (day("2026-06-01"), "佐藤", 10));
    assert!(
        file.on(day("2026-04-01")).is_some_and(|text| text.contains("四半期")),
        "the text before the renaming is found"
    );
    assert_eq!(file.on(day("2026-02-01")), None);
    let inputs = Inputs { files: read::read(&root).files, today: today(), commit: None, history: Arc::new(known) };
    let snapshot = Project::new().snapshot(inputs).expect("TOML");
    let found: Vec<String> = snapshot
        .checked
        .findings
        .iter()
        .map(|finding| place(&snapshot, finding))
        .filter(|place| place.starts_with("DOC020"))
        .collect();
    assert_eq!(found, ["DOC020 content/新しい名前.md:7:11"]);
}

#[test]
fn a_file_that_is_made_again_under_an_old_name_begins_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    run(root, "2026-01-01", &["init", "-q"]);
    commit(root, "2026-03-01", "content/a.md", &policy("2026-04-01", "一。"));
    fs::remove_file(root.join("content/a.md")).expect("removed");
    commit(root, "2026-03-15", "content/b.md", "# B\n\n長い別の文書である。\n");
    commit(root, "2026-05-01", "content/a.md", &policy("2026-04-01", "二。"));
    let known = history(root);
    assert_eq!(known.files[&FilePath::new("content/a.md")].on(day("2026-04-01")), None);
}

#[test]
fn shallow_clones_and_plain_folders_tell_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = grown(folder.path());
    assert!(!git::is_shallow(&root));
    assert_eq!(git::within(&root).as_deref(), Some("文書/"));
    assert_eq!(git::within(folder.path()).as_deref(), Some(""));
    let clone = tempfile::tempdir().expect("a folder");
    let from = format!("file://{}", folder.path().display());
    run(clone.path(), "2026-07-01", &["clone", "-q", "--depth", "1", &from, "clone"]);
    let shallow = clone.path().join("clone/文書");
    assert!(git::is_shallow(&shallow));
    assert_eq!(history(&shallow), History::default());
    let plain = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(plain.path().join("content")).expect("a folder");
    assert_eq!((history(plain.path()), git::within(plain.path())), (History::default(), None));
}

#[test]
fn the_page_of_a_document_says_when_and_by_whom_it_was_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = grown(folder.path());
    fs::write(root.join("book.toml"), "[book]\nlanguages = [\"ja\", \"en\"]\n").expect("written");
    let files = read::read(&root).files;
    let page = |history: History, path: &str| {
        let inputs = Inputs { files: files.clone(), today: today(), commit: None, history: Arc::new(history) };
        let snapshot = Project::new().snapshot(inputs).expect("TOML");
        let site = Site::new(Arc::new(snapshot), SiteOptions::default());
        let route = site.route(path).expect("a page");
        String::from_utf8(site.render(&route).bytes.to_vec()).expect("UTF-8")
    };
    let commit = history(&root).files[&FilePath::new("content/新しい名前.md")].last.commit.clone();
    let told = page(history(&root), "新しい名前.html");
    assert!(told.contains(&format!("最終変更：2026-06-01　佐藤（コミット{commit}）")), "{told}");
    let told = page(history(&root), "en/新しい名前.html");
    assert!(told.contains(&format!("Last changed 2026-06-01 by 佐藤 (commit {commit})")), "{told}");
    assert!(!page(History::default(), "新しい名前.html").contains("最終変更"));
}

#[test]
fn a_shallow_clone_is_told_of_once_and_nothing_is_guessed() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = grown(folder.path());
    let clone = tempfile::tempdir().expect("a folder");
    let from = format!("file://{}", folder.path().display());
    run(clone.path(), "2026-07-01", &["clone", "-q", "--depth", "1", &from, "clone"]);
    let shallow = clone.path().join("clone/文書");
    let said = |root: &Path, command: &str, language: &str| {
        let output = clone.path().join("site");
        let mut arguments = vec!["ismsbook", command, "--language", language, "--today", "2026-11-22"];
        if command == "build" {
            arguments.extend(["--output", output.to_str().expect("a plain path")]);
        }
        arguments.push(root.to_str().expect("a plain path"));
        let arguments = arguments.into_iter().map(std::ffi::OsString::from);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        cli::run(arguments, &Surroundings { width: 100, ..Surroundings::default() }, &mut out, &mut err);
        String::from_utf8(out).expect("UTF-8")
    };
    for (command, language, words) in
        [("check", "en", "shallow clone"), ("build", "en", "shallow clone"), ("check", "ja", "浅いクローン")]
    {
        let told = said(&shallow, command, language);
        assert_eq!(told.matches(words).count(), 1, "{command}: {told}");
        assert!(!told.contains("[DOC020]"), "{told}");
        assert!(!said(&root, command, language).contains(words));
    }
    assert!(said(&root, "check", "en").contains("DOC020"));
}
