//! The commands as a person types them: `tests/cmd/NAME.md` is read and run, in a copy of the book `NAME.in/`, and what
//! `NAME.out/` names is compared with what stands in the copy afterwards. `TRYCMD=overwrite cargo test --test it transcripts`
//! writes down what is printed now.
#![expect(clippy::disallowed_methods, reason = "the test reads the repository itself")]

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use ismsbook::cli::{self, Surroundings};

#[test]
fn every_transcript_is_what_the_program_prints() {
    let path = std::env::var_os("PATH").expect("a search path");
    let git = std::env::split_paths(&path).map(|folder| folder.join("git")).find(|git| git.is_file());
    let cases = trycmd::TestCases::new();
    cases
        .register_bin("ismsbook", Path::new(env!("CARGO_BIN_EXE_ismsbook")))
        .register_bin("git", git.expect("git is installed"))
        .env("LC_ALL", "C")
        .env("SOURCE_DATE_EPOCH", "1795305600")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .case("tests/cmd/*.md");
    for who in ["AUTHOR", "COMMITTER"] {
        cases.env(format!("GIT_{who}_NAME"), "佐藤").env(format!("GIT_{who}_EMAIL"), "sato@example.com");
        cases.env(format!("GIT_{who}_DATE"), "2026-11-01T12:00:00+0900");
    }
}

#[test]
fn every_command_has_a_transcript_in_both_languages() {
    let mut help = Vec::new();
    let asked = ["ismsbook", "--help", "--language", "en"].map(OsString::from);
    cli::run(asked, &Surroundings { width: 100, ..Surroundings::default() }, &mut help, &mut Vec::new());
    let help = String::from_utf8(help).expect("UTF-8");
    let listed = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("the commands");
    let commands: Vec<&str> = listed
        .lines()
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(commands.len() >= 14, "{commands:?}");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd");
    for command in commands {
        let text = fs::read_to_string(folder.join(format!("{command}.md"))).unwrap_or_default();
        let typed = format!("$ ismsbook {command} ");
        let (japanese, english): (Vec<&str>, Vec<&str>) =
            text.lines().filter(|line| line.starts_with(&typed)).partition(|line| line.contains("--language ja"));
        assert!(!japanese.is_empty() && !english.is_empty(), "tests/cmd/{command}.md lacks a language");
    }
}
