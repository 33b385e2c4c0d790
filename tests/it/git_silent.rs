//! git in a folder that somebody handed over: it runs nothing of that folder's settings and fetches nothing; and where it does
//! not answer, the book says so.
#![expect(clippy::disallowed_methods, reason = "the test makes repositories in a folder of its own")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rayon::prelude::*;
use tempfile::TempDir;

use crate::git::run as git;

/// What a test sees of a run of the program.
struct Said {
    status: Option<i32>,
    all: String,
}

/// Runs the program itself, so that it has an environment of its own.
fn program(root: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ismsbook"));
    command.args(arguments).args(["--today", "2026-11-22"]).current_dir(root).envs(environment.iter().copied());
    let output = command.output().expect("the program runs");
    let all = [output.stdout, output.stderr].concat();
    Said { status: output.status.code(), all: String::from_utf8_lossy(&all).into_owned() }
}

/// Settings of a book of few pages.
const SMALL: &str = "[isms]\ncontrols = []\nrequirements = []\nrisk_sources = []\n";

/// A book in two commits: approved, and changed afterwards.
fn book() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let root = folder.path().join("book");
    fs::create_dir_all(root.join("content")).expect("a folder");
    fs::write(root.join("book.toml"), SMALL).expect("written");
    git(&root, "2026-03-01", &["init", "-q"]);
    let policy = |text: &str| {
        format!("---\nid: POL-001\ntype: policy\ntitle: Keys\nstatus: approved\napproved: 2026-04-01\n---\n{text}\n")
    };
    for (day, text) in [("2026-04-01", "Old."), ("2026-05-01", "New.")] {
        fs::write(root.join("content/keys.md"), policy(text)).expect("written");
        git(&root, day, &["add", "-A"]);
        git(&root, day, &["commit", "-q", "-m", "change"]);
    }
    folder
}

/// Takes the object that holds the text of the approval out of the repository; gives its name.
fn lose_the_old_text(root: &Path) {
    let output = Command::new("git").arg("-C").arg(root).args(["rev-parse", "HEAD~1:content/keys.md"]).output();
    let name = String::from_utf8(output.expect("git runs").stdout).expect("a name");
    let (folder, file) = name.trim().split_at(2);
    fs::remove_file(root.join(".git/objects").join(folder).join(file)).expect("a loose object");
}

/// A clone that would fetch what it lacks, from where a remote says.
fn make_partial(root: &Path, url: &str) {
    lose_the_old_text(root);
    for (key, value) in [
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", url),
    ] {
        git(root, "2026-06-01", &["config", key, value]);
    }
}

/// A setting that names a command, and a plain command of git that sets it off, so that the trap is known to be one.
struct Trap {
    key: &'static str,
    /// `@` stands for a command that leaves a file.
    value: &'static str,
    /// The address of the remote that a part of the objects would have to come from.
    partial: Option<&'static str>,
    sets_off: &'static [&'static str],
}

const FETCHED: &[&str] = &["cat-file", "-p", "HEAD~1:content/keys.md"];
const SSH: Option<&str> = Some("ssh://example.invalid/r");

const TRAPS: [Trap; 14] = [
    Trap { key: "core.fsmonitor", value: "@", partial: None, sets_off: &["status"] },
    Trap { key: "core.hooksPath", value: "hooks", partial: None, sets_off: &["commit", "--allow-empty", "-qm", "x"] },
    Trap { key: "core.pager", value: "@", partial: None, sets_off: &[] },
    Trap { key: "pager.log", value: "@", partial: None, sets_off: &[] },
    Trap { key: "diff.external", value: "@", partial: None, sets_off: &["diff", "HEAD~1", "HEAD"] },
    Trap { key: "diff.trap.command", value: "@", partial: None, sets_off: &["diff", "HEAD~1", "HEAD"] },
    Trap { key: "diff.trap.textconv", value: "@", partial: None, sets_off: &["log", "-p"] },
    Trap { key: "filter.trap.clean", value: "@", partial: None, sets_off: &["hash-object", "content/keys.md"] },
    Trap {
        key: "filter.trap.smudge",
        value: "@",
        partial: None,
        sets_off: &["cat-file", "--filters", "HEAD:content/keys.md"],
    },
    Trap { key: "gpg.program", value: "program", partial: None, sets_off: &["log", "--show-signature"] },
    Trap { key: "core.sshCommand", value: "@", partial: SSH, sets_off: FETCHED },
    Trap { key: "remote.origin.uploadpack", value: "@", partial: Some("file:///nowhere"), sets_off: &["fetch"] },
    Trap { key: "protocol.ext.allow", value: "always", partial: Some("ext::@"), sets_off: FETCHED },
    Trap { key: "core.gitProxy", value: "program", partial: Some("git://example.invalid/r"), sets_off: FETCHED },
];

/// Sets a trap in a book; gives the file that a command of it would leave.
fn set(trap: &Trap, root: &Path) -> PathBuf {
    let left = root.with_file_name("left");
    let script = root.with_file_name("script");
    executable(&script, &format!("#!/bin/sh\ntouch '{}'\n", left.display()));
    let command = script.to_str().expect("a plain path");
    let value = match trap.value {
        "@" | "program" => command.to_owned(),
        "hooks" => {
            let hooks = root.with_file_name("hooks");
            fs::create_dir_all(&hooks).expect("a folder");
            for hook in ["post-commit", "pre-commit", "post-index-change", "reference-transaction", "post-checkout"] {
                fs::copy(&script, hooks.join(hook)).expect("copied");
            }
            hooks.to_str().expect("a plain path").to_owned()
        }
        value => value.to_owned(),
    };
    fs::write(root.join(".git/info/attributes"), "*.md diff=trap filter=trap\n").expect("written");
    if trap.key == "gpg.program" {
        sign_the_last_commit(root);
        git(root, "2026-06-01", &["config", "log.showSignature", "true"]);
    }
    if let Some(url) = trap.partial {
        make_partial(root, &url.replace('@', command));
    }
    git(root, "2026-06-01", &["config", trap.key, &value]);
    left
}

/// Puts a signature into the last commit that a program would have to look at.
fn sign_the_last_commit(root: &Path) {
    let shell = "git cat-file commit HEAD | sed 's/^committer .*/&\\ngpgsig -----BEGIN PGP SIGNATURE-----\\n \\n AAAA\\n -----END PGP SIGNATURE-----/' | git hash-object -t commit -w --stdin | xargs git update-ref HEAD";
    let done = Command::new("sh").args(["-c", shell]).current_dir(root).status();
    assert!(done.is_ok_and(|status| status.success()), "the commit is signed");
}

fn executable(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::write(path, text).expect("written");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("made executable");
}

/// A `git` that knows nothing of `GIT_NO_LAZY_FETCH`, as before 2.45, in a folder that is looked in first.
fn old_git(folder: &Path) -> String {
    let programs = folder.join("programs");
    fs::create_dir_all(&programs).expect("a folder");
    let path = std::env::var("PATH").expect("a search path");
    executable(&programs.join("git"), &format!("#!/bin/sh\nunset GIT_NO_LAZY_FETCH\nPATH='{path}' exec git \"$@\"\n"));
    format!("{}:{path}", programs.display())
}

#[test]
fn nothing_of_a_folders_settings_runs() {
    let model = book();
    TRAPS.par_iter().for_each(|trap| {
        let folder = TempDir::new().expect("a folder");
        let root = folder.path().join("book");
        let copied = Command::new("cp").arg("-a").arg(model.path().join("book")).arg(&root).status();
        assert!(copied.is_ok_and(|status| status.success()), "the book is copied");
        let left = set(trap, &root);
        if !trap.sets_off.is_empty() {
            let plain = Command::new("git")
                .arg("-C")
                .arg(&root)
                .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
                .args(trap.sets_off)
                .output();
            assert!(plain.is_ok() && left.exists(), "{}: the trap is one: {plain:?}", trap.key);
            fs::remove_file(&left).expect("removed");
        }
        let path = std::env::var("PATH").expect("a search path");
        let old = trap.partial.map(|_| old_git(folder.path()));
        for path in [Some(path), old].into_iter().flatten() {
            for arguments in [&["check"][..], &["build", "--output", "../site"], &["diff", "HEAD~1"]] {
                let said = program(&root, arguments, &[("PATH", &path)]);
                assert!(!left.exists(), "{}: {arguments:?} ran the command: {}", trap.key, said.all);
                let whole = trap.partial.is_none();
                assert!(
                    !whole || said.status.is_some_and(|status| status < 2),
                    "{}: {arguments:?}: {}",
                    trap.key,
                    said.all
                );
                assert_eq!(arguments == ["check"] && !whole, said.all.contains("BOK011"), "{}: {}", trap.key, said.all);
            }
        }
    });
}

#[test]
fn no_pipe_that_a_folder_names_is_waited_for() {
    for (pipe, key) in [
        (".mailmap", None),
        ("pipe", Some("mailmap.file")),
        ("pipe", Some("diff.orderFile")),
        ("pipe", Some("core.attributesFile")),
    ] {
        let folder = book();
        let root = folder.path().join("book");
        git(&root, "2026-06-01", &["mv", "content/keys.md", "content/doors.md"]);
        git(&root, "2026-06-01", &["commit", "-q", "-m", "moved"]);
        let made = Command::new("mkfifo").arg(root.join(pipe)).status();
        assert!(made.is_ok_and(|status| status.success()), "a pipe");
        if let Some(key) = key {
            git(&root, "2026-06-01", &["config", key, "pipe"]);
        }
        // Where it were waited for, git would be ended in the end, and that would be told.
        let said = program(&root, &["check"], &[]);
        assert!(said.status == Some(1) && !said.all.contains("BOK011"), "{pipe} {key:?}: {}", said.all);
    }
}

#[test]
fn a_repository_that_does_not_answer_is_found_with_gits_words_and_the_cure() {
    let found = |root: &Path, environment: &[(&str, &str)], language: &str| {
        program(root, &["check", "--language", language], environment).all
    };
    let says = |folder: &TempDir, environment: &[(&str, &str)], words: [&str; 3]| {
        let root = folder.path().join("book");
        let english = found(&root, environment, "en");
        assert!(english.contains("[BOK011]") && words[..2].iter().all(|part| english.contains(part)), "{english}");
        assert!(!english.contains("[DOC020]") && !english.contains(&root.display().to_string()), "{english}");
        let japanese = found(&root, environment, "ja");
        assert!(japanese.contains("[BOK011]") && japanese.contains(words[2]), "{japanese}");
    };
    let whole = book();
    assert!(found(&whole.path().join("book"), &[], "en").contains("[DOC020]"), "git is asked");
    says(&whole, &[("PATH", "/nonexistent")], ["there is no `git` here", "install git", "gitをインストール"]);
    // git's own switch for its tests, which stands for a folder that belongs to somebody else.
    let other = [("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")];
    says(&whole, &other, ["dubious ownership", "safe.directory", "所有者が別の利用者"]);
    let absent = book();
    lose_the_old_text(&absent.path().join("book"));
    says(&absent, &[], ["missing", "git fetch --refetch --no-filter", "過去の本文の一部"]);
    let broken = book();
    fs::write(broken.path().join("book/.git/HEAD"), "nonsense\n").expect("written");
    says(&broken, &[], ["not a git repository", "git fsck", "git fsck"]);
    let gone = book();
    fs::remove_dir_all(gone.path().join("book/.git")).expect("removed");
    fs::write(gone.path().join("book/.git"), "gitdir: /srv/isms/.git/worktrees/book\n").expect("written");
    says(&gone, &[], ["not a git repository: …/book", "git fsck", "git fsck"]);
    let torn = book();
    let (branch, none) = (torn.path().join("book/.git/refs/heads/main"), "0123456789".repeat(4));
    fs::write(branch, format!("{none}\n")).expect("written");
    says(&torn, &[], ["bad object", "git fsck", "git fsck"]);
}

#[test]
fn a_folder_without_git_and_one_without_a_commit_are_no_findings() {
    let plain = TempDir::new().expect("a folder");
    fs::write(plain.path().join("book.toml"), "").expect("written");
    let said = |environment: &[(&str, &str)]| program(plain.path(), &["check"], environment).all;
    assert!(!said(&[]).contains("BOK011"));
    fs::create_dir_all(plain.path().join(".git")).expect("a folder");
    assert!(!said(&[]).contains("BOK011"), "an empty .git keeps nothing");
    git(plain.path(), "2026-03-01", &["init", "-q"]);
    assert!(!said(&[]).contains("BOK011"), "{}", said(&[]));
    assert!(said(&[("PATH", "/nonexistent")]).contains("BOK011"), "without git nobody knows that there is no commit");
}
