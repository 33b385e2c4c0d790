//! Nothing that an author, a file name or an argument says steers a terminal, a log or a table: letters that would are shown.
#![expect(clippy::disallowed_methods, reason = "commands work on the file system")]

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use ismsbook::cli::{self, Surroundings};
use tempfile::TempDir;

use crate::git::run as git;

/// Hides what follows, turns it round, and sets the title of the window, with one letter of C1.
const EVIL: &str = "\u{1b}[8m\u{202e}\u{1b}]0;x\u{7}\u{9b}2J\u{2066}";

/// The same as YAML writes it.
const IN_YAML: &str = r"\e[8m\u202e\e]0;x\a\u009b2J\u2066";

fn book() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let root = folder.path();
    let put = |path: &str, text: String| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    };
    let document = |id: &str, of: &str, more: &str, text: &str| {
        format!("---\nid: {id}\ntype: {of}\ntitle: \"{id} {IN_YAML}\"\nowner: \"o{IN_YAML}\"\n{more}---\n{text}\n")
    };
    put(
        "book.toml",
        "[book]\ntitle = \"B\\u001b[8m\\u202E\"\n[isms]\ncontrols = [\"m\"]\nrequirements = []\nrisk_sources = []\n"
            .to_owned(),
    );
    put(
        "catalogs/m.yaml",
        format!(
            "id: m\nprefix: M\nkind: controls\ntitle: \"Mini {IN_YAML}\"\nitems:\n  - {{id: M.1, title: \"One {IN_YAML}\"}}\n  - {{id: M.2, title: Two}}\n"
        ),
    );
    put(
        "content/a.md",
        document("POL-001", "policy", "controls: [M.1]\n", &format!("See [[M.9]] and [x](nowhere.md) {EVIL}.")),
    );
    put(&format!("content/{EVIL}.md"), document("POL-002", "policy", "status: approved\n", "Text."));
    put("content/two\nlines.md", document("POL-003", "policy", "nonsense: x\n", "Text."));
    put("content/r.md", document("RSK-001", "risk", "treatment: modify\ncontrols: [M.1]\n", "Text."));
    git(root, "2026-03-01", &["init", "-q"]);
    git(root, "2026-03-01", &["add", "-A"]);
    git(root, "2026-03-01", &["-c", &format!("user.name=N{EVIL}"), "commit", "-q", "-m", "one"]);
    put("content/b.md", document("POL-004", "policy", "", EVIL));
    folder
}

fn said(folder: &Path, styled: bool, arguments: &[&str]) -> (String, String) {
    let here = folder.to_str().expect("a plain path");
    let arguments = ["ismsbook", "--today=2026-11-22"].iter().chain(arguments);
    let arguments = arguments.map(|argument| OsString::from(argument.replace('@', here)));
    let around = Surroundings { width: 100, styled, ..Surroundings::default() };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    cli::run(arguments, &around, &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(out), text(err))
}

/// Takes away the colours that findings and changes are given.
fn without_colours(text: &str) -> String {
    let colours = ["0", "1", "31", "32", "33", "91", "94"];
    colours.iter().fold(text.to_owned(), |plain, colour| plain.replace(&format!("\u{1b}[{colour}m"), ""))
}

fn steers(letter: char) -> bool {
    letter != '\n' && letter != '\t' && letter != '\r' && letter.is_control()
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn no_command_and_no_format_sends_what_steers() {
    let book = book();
    let evil = EVIL;
    let commands: &[&[&str]] = &[
        &["check", "@"],
        &["check", "@", "--verbose"],
        &["check", "@", "--verbose", "--language", "ja"],
        &["check", "@", "--format", "json"],
        &["check", "@", "--format", "sarif"],
        &["check", "@", "--format", "junit"],
        &["check", "@", "--format", "github"],
        &["check", "@", "--write-baseline", "@/base.json"],
        &["check", "@", "--baseline", "@/base.json"],
        &["build", "@", "--output", "@/site"],
        &["publish", "@/out", "@"],
        &["publish", "@/out", "--verify"],
        &["soa", "@", "--format", "md"],
        &["soa", "@", "--format", "csv"],
        &["soa", "@", "--format", "json"],
        &["export", "documents", "@", "--format", "md"],
        &["export", "documents", "@", "--format", "csv"],
        &["export", "documents", "@", "--format", "json"],
        &["export", "risks", "@", "--format", "csv"],
        &["diff", "HEAD", "@"],
        &["diff", "HEAD", "@", "--format", "md"],
        &["diff", "HEAD", "@", "--format", "json"],
        &["diff", evil, "@"],
        &["explain", "M.1", "@"],
        &["explain", evil, "@"],
        &["catalog", "list", "@"],
        &["catalog", "show", "m", "@"],
        &["catalog", "check", "@/catalogs/m.yaml"],
        &["new", "policy", "@", "--title", evil],
        &["new", evil, "@", "--title", "x"],
        &["check", evil],
        &["build", "@", "--audience", evil],
        &[evil],
        &["check", "--format", evil],
        &["--language", evil, "check"],
        &["--today", evil, "check"],
    ];
    for styled in [false, true] {
        for arguments in commands {
            let (out, err) = said(book.path(), styled, arguments);
            for text in [without_colours(&out), without_colours(&err)] {
                let steering = text.chars().find(|letter| steers(*letter));
                assert!(steering.is_none(), "{arguments:?} sends {steering:?}: {text:?}");
            }
            if arguments[0] == "publish" {
                fs::write(book.path().join("out").join(EVIL), "added").expect("written");
            }
        }
    }
}

#[test]
fn what_steers_is_shown_in_its_place() {
    let book = book();
    let (shown, _) = said(book.path(), false, &["check", "@", "--format", "github"]);
    assert!(shown.contains(r"\u{1b}[8m\u{202e}\u{1b}]0;x\u{7}\u{9b}2J\u{2066}"), "{shown}");
    let (json, _) = said(book.path(), false, &["check", "@", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let paths: Vec<&str> =
        json["findings"].as_array().expect("a list").iter().filter_map(|found| found["path"].as_str()).collect();
    assert!(paths.iter().any(|path| path.contains(EVIL)), "a path stays what it is: {paths:?}");
    let (table, _) = said(book.path(), false, &["export", "documents", "@", "--format", "csv"]);
    assert!(table.contains(r"POL-001 \u{1b}[8m\u{202e}"), "{table}");
}
