//! `check --fix` as a person runs it: what it shows, what it writes, what it leaves alone, and how it ends.
#![expect(clippy::disallowed_methods, reason = "fixes are written to the file system")]

use std::fs;
use std::path::Path;

use ismsbook::disk::{Failure, read, rewrite};
use ismsbook::files::{File, FilePath};
use tempfile::TempDir;

use crate::support::run_program;

const BOOK: &str = "[book]\nlanguages = [\"en\"]\n[isms]\ncontrols = [\"mini\"]\nrequirements = []\nrisk_sources = []\n[check.rules]\nSCP401 = \"off\"\nAUD601 = \"off\"\nSOA201 = \"off\"\n";
const CATALOG: &str = "id: mini\nkind: controls\ntitle: {en: Mini, ja: 小}\nitems:\n  - {id: M.1, title: {en: First, ja: 一つめ}}\n  - {id: N.200, title: {en: Other, ja: 他}}\n";

/// Four slips that are mended safely (one only once another is), one that somebody must look at, one that nobody can guess.
const SLIPS: &str = "---\r\nid: POL-001\r\ntitle: Access: who may\r\ntype: policy\r\nownr: ciso # once\r\nstatus: draf\r\nnext_review: 2027/4/1\r\nclassification: internal\r\ncontrols: [M.1, 'N.201']\r\nrelated: [POL-999]\r\n---\r\n\r\nText with a <name>.";
const MENDED: &str = "---\r\nid: POL-001\r\ntitle: \"Access: who may\"\r\ntype: policy\r\nowner: ciso # once\r\nstatus: draft\r\nnext_review: 2027-04-01\r\nclassification: internal\r\ncontrols: [M.1, 'N.200']\r\nrelated: [POL-999]\r\n---\r\n\r\nText with a <name>.";

fn run(folder: &Path, styled: bool, arguments: &[&str]) -> (u8, String, String) {
    let here = folder.to_str().expect("a plain path");
    run_program(styled, ["check", here].into_iter().chain(arguments.iter().copied()))
}

fn book(files: &[(&str, &str)]) -> TempDir {
    let book = TempDir::new().expect("a temporary folder");
    for (path, text) in [("book.toml", BOOK), ("catalogs/mini.yaml", CATALOG)].iter().chain(files) {
        let path = book.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }
    book
}

fn text(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).expect("it is there")
}

#[test]
fn safe_fixes_are_shown_and_written_and_the_rest_is_told() {
    let book = book(&[("content/a.md", SLIPS)]);
    let (status, out, err) = run(book.path(), false, &["--fix", "--dry-run"]);
    assert_eq!((status, err.as_str(), text(book.path(), "content/a.md").as_str()), (1, "", SLIPS), "{out}");
    assert!(out.contains("\n- title: Access: who may\n") && out.contains("\n+ title: \"Access: who may\"\n"), "{out}");
    assert!(out.contains("Would be fixed (nothing was written): 5\n"), "{out}");
    assert!(!out.contains('\u{1b}') && !out.contains("\\u{d}"), "{out}");

    let (status, out, _) = run(book.path(), true, &["--fix", "--language=ja"]);
    assert_eq!((status, text(book.path(), "content/a.md").as_str()), (1, MENDED), "{out}");
    for part in [
        "\u{1b}[32m+ owner: ciso # once\u{1b}[0m",
        "修正した指摘：5件",
        "DOC002 content/a.md: 項目名を`owner`にする",
        "REF101 content/a.md: `N.200`と書く",
        "ほかに1件は`--unsafe`を付けると修正できる。",
        "REF103",
    ] {
        assert!(out.contains(part), "{part}\n{out}");
    }
    assert!(!out.contains("DOC002\u{1b}"), "{out}");

    let (status, out, _) = run(book.path(), false, &["--fix"]);
    assert!(status == 1 && out.starts_with("Nothing could be fixed.\n"), "{out}");
    let (status, out, _) = run(book.path(), false, &["--fix", "--unsafe"]);
    assert_eq!((status, text(book.path(), "content/a.md")), (1, MENDED.replace('<', "&lt;")), "{out}");
}

#[test]
fn what_a_program_reads_is_the_outcome_alone() {
    let book = book(&[("content/a.md", SLIPS)]);
    let before: serde_json::Value = serde_json::from_str(&run(book.path(), false, &["--format=json"]).1).expect("JSON");
    let fixes = |found: &serde_json::Value| found["fixes"].as_array().map_or(0, Vec::len);
    assert_eq!(before["findings"].as_array().expect("a list").iter().map(fixes).sum::<usize>(), 2, "{before}");
    let (status, out, err) = run(book.path(), false, &["--fix", "--format=json"]);
    let after: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let codes: Vec<&str> =
        after["findings"].as_array().expect("a list").iter().filter_map(|found| found["code"].as_str()).collect();
    assert_eq!((status, codes), (1, vec!["REF103", "TXT901"]));
    assert!(err.contains("Fixed: 5\n") && err.contains("+ status: draft\n"), "{err}");
}

#[test]
fn an_anchor_is_left_alone_and_its_place_is_told() {
    let text_of = "---\nid: POL-001\ntitle: A\ntype: policy\nowner: &who ciso\napprover: *who\nstatus: draft\nclassification: internal\ncontrols: &own [N.201]\nrelated: *own\n---\nText.\n";
    let book = book(&[("content/a.md", text_of)]);
    let (_, out, _) = run(book.path(), false, &["--fix"]);
    assert_eq!(text(book.path(), "content/a.md"), text_of);
    assert!(out.contains("not fixed: content/a.md:5:8: an anchor, an alias or a merged map stands here"), "{out}");
}

#[test]
fn arguments_that_need_fix_say_so() {
    let book = book(&[]);
    for arguments in [&["--dry-run"][..], &["--unsafe"], &["--fix", "--write-baseline=x"]] {
        assert_eq!(run(book.path(), false, arguments).0, 2, "{arguments:?}");
    }
}

#[test]
fn of_two_that_write_at_once_one_is_refused() {
    for _ in 0..40 {
        let book = book(&[("content/a.md", "# A\n")]);
        let before = read::read(book.path()).files;
        let start = std::sync::Barrier::new(2);
        let written: Vec<bool> = std::thread::scope(|scope| {
            let write = |text: &'static str| {
                let (before, start, book) = (&before, &start, &book);
                scope.spawn(move || {
                    let mut after = before.clone();
                    after.insert(FilePath::new("content/a.md"), File::new(text.as_bytes().to_vec()));
                    start.wait();
                    rewrite::rewrite(book.path(), before, &after).is_ok()
                })
            };
            let writers = [write("# One\n"), write("# Two\n")];
            writers.map(|writer| writer.join().expect("no panic")).to_vec()
        });
        let expected = if written[0] { "# One\n" } else { "# Two\n" };
        assert_eq!((written[0] != written[1], text(book.path(), "content/a.md").as_str()), (true, expected));
    }
}

#[test]
fn what_stands_behind_an_escaped_bar_in_a_cell_is_mended_at_its_place() {
    for (cell, mended) in [
        (r"\| x \| [y](Z.md)", r"\| x \| [y](z.md)"),
        (r"`\|` [[a.5.1\|x]] A.9.2.1 \| [[A.9.2.1\|q]]", r"`\|` [[a.5.1\|x]] A.5.16 \| [[A.5.16\|q]]"),
        (r"「\|」は[[A.9.2.1\|旧]]", r"「\|」は[[A.5.16\|旧]]"),
    ] {
        let head = "| a |\n|--|\n";
        let book =
            book(&[("book.toml", ""), ("content/b.md", &format!("{head}| {cell} |\n")), ("content/z.md", "# z\n")]);
        run(book.path(), false, &["--fix", "--unsafe"]);
        assert_eq!(text(book.path(), "content/b.md"), format!("{head}| {mended} |\n"), "{cell}");
    }
}

#[test]
fn a_file_that_changed_meanwhile_is_never_overwritten() {
    let book = book(&[("content/a.md", "# A\n"), ("content/b.md", "# B\n")]);
    let before = read::read(book.path()).files;
    let mut after = before.clone();
    for path in ["content/a.md", "content/b.md", "content/new/c.md"] {
        after.insert(FilePath::new(path), File::new(b"# Edited\n".to_vec()));
    }
    fs::write(book.path().join("content/b.md"), "# Somebody else\n").expect("written");
    let error = rewrite::rewrite(book.path(), &before, &after).expect_err("it has changed");
    assert_eq!(error.downcast_ref::<Failure>().map(Failure::key), Some("changed-meanwhile"));
    assert_eq!(
        (text(book.path(), "content/a.md"), text(book.path(), "content/b.md")),
        ("# A\n".into(), "# Somebody else\n".into())
    );
    assert!(!book.path().join("content/new").exists());

    let before = read::read(book.path()).files;
    let mut after = before.clone();
    after.insert(FilePath::new("content/new/c.md"), File::new(b"# New\n".to_vec()));
    assert_eq!(
        rewrite::rewrite(book.path(), &before, &after).expect("it is free"),
        [FilePath::new("content/new/c.md")]
    );
    assert!(rewrite::rewrite(book.path(), &before, &after).is_err(), "by now it is there");
    assert_eq!(
        fs::read_dir(book.path().join("content/new")).expect("a folder").count(),
        1,
        "nothing is left beside it"
    );
}

#[cfg(unix)]
#[test]
fn links_rights_and_names_of_the_disk_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let decomposed = "content/ハ\u{3099}ック.md";
    let book = book(&[("content/real/a.md", SLIPS), (decomposed, "---\nid: POL-002\ntitle: A: b\n---\nText.\n")]);
    let real = book.path().join("content/real/a.md");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("rights");
    fs::create_dir_all(book.path().join("content/linked")).expect("a folder");
    fs::rename(&real, book.path().join("content/linked/_a.md")).expect("moved");
    symlink("../linked/_a.md", &real).expect("a link");
    run(book.path(), false, &["--fix"]);
    assert!(fs::symlink_metadata(&real).expect("it is there").is_symlink());
    assert_eq!(text(book.path(), "content/linked/_a.md"), MENDED);
    assert_eq!(fs::metadata(&real).expect("it is there").permissions().mode() & 0o777, 0o640);
    assert_eq!(text(book.path(), decomposed), "---\nid: POL-002\ntitle: \"A: b\"\n---\nText.\n");
    assert_eq!(fs::read_dir(book.path().join("content")).expect("a folder").count(), 3, "no twin was written");

    fs::write(book.path().join("content/c.md"), SLIPS.replace("POL-001", "POL-003")).expect("written");
    fs::set_permissions(book.path().join("content/c.md"), fs::Permissions::from_mode(0o444)).expect("rights");
    let (status, _, err) = run(book.path(), false, &["--fix"]);
    assert!(status == 2 && err.contains("c.md"), "{err}");
}
