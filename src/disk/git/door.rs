//! The one door to the program `git`. A folder that somebody handed over brings git's settings with it, and many of them name
//! a command: nothing of that runs, nothing is fetched, nothing is written and nobody is asked for a password.

use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

use crate::book::history::{Cause, Unread};

/// Settings of the folder that name a command or change what is told; each by the value that does nothing.
const SETTINGS: [&str; 17] = [
    "core.alternateRefsCommand=false",
    "core.askPass=false",
    "core.fsmonitor=false",
    "core.gitProxy=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.sshCommand=false",
    "credential.helper=",
    // Files that git would read, whatever they are: a pipe among them never ends.
    "core.attributesFile=/dev/null",
    "diff.orderFile=/dev/null",
    "mailmap.file=/dev/null",
    "gpg.program=false",
    "gpg.ssh.program=false",
    "log.mailmap=false",
    "log.showRoot=true",
    "log.showSignature=false",
    // A folder that is a repository itself is one that came with a clone of another: its settings are nobody's choice.
    "safe.bareRepository=explicit",
];

/// The environment that git runs in. Versions before 2.45 do not know `GIT_NO_LAZY_FETCH`; they may fetch by no protocol.
const ENVIRONMENT: [(&str, &str); 7] = [
    ("GIT_ADVICE", "0"),
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_PAGER", "cat"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("LC_ALL", "C"),
];

/// git in a folder.
fn command(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("--no-pager").arg("-C").arg(root);
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    command.envs(ENVIRONMENT).env_remove("GIT_EXTERNAL_DIFF");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What git answers.
pub(super) fn ask(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, Unread> {
    ask_with(root, arguments, &[])
}

/// What git answers about what it is told on its standard input.
pub(super) fn ask_with(root: &Path, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, Unread> {
    // A check asks several times, and each silence would be waited for.
    let silent = || SILENT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((.., unread)) = silent().as_ref().filter(|(at, since, _)| at == root && since.elapsed() < TRUCE) {
        return Err(unread.clone());
    }
    let answer = answer_of(command(root).args(arguments), input, PATIENCE);
    if let Some(unread) = answer.as_ref().err().filter(|unread| unread.cause == Cause::Silent) {
        *silent() = Some((root.to_path_buf(), Instant::now(), unread.clone()));
    }
    answer
}

/// As long git may say nothing: it looks through a hundred thousand commits in that time.
const PATIENCE: Duration = Duration::from_secs(20);

/// As long a folder in which git said nothing is not asked again.
const TRUCE: Duration = Duration::from_mins(1);

/// Where git said nothing, since when, and what was made of it.
static SILENT: Mutex<Option<(PathBuf, Instant, Unread)>> = Mutex::new(None);

/// What a program answers; it is ended where it says nothing for too long: a folder may hold what is read for ever.
fn answer_of(command: &mut Command, input: &[u8], patience: Duration) -> Result<Vec<u8>, Unread> {
    let mut child = command.spawn().map_err(|error| not_run(&error))?;
    let (told, out, err) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    std::thread::scope(|scope| {
        // It answers while it is asked: with nobody reading, both would wait for ever. What it does not want to hear fails.
        scope.spawn(move || told.map(|mut told| told.write_all(input)));
        let (heard, hearing) = mpsc::channel::<Vec<u8>>();
        let reader = scope.spawn(move || out.map(|out| pass_on(out, &heard)));
        let complaints = scope.spawn(move || err.map(read_all).unwrap_or_default());
        let mut answer = Vec::new();
        let silent = loop {
            match hearing.recv_timeout(patience) {
                Ok(part) => answer.extend(part),
                Err(error) => break error == mpsc::RecvTimeoutError::Timeout,
            }
        };
        if silent {
            // Without it there is nothing to wait for; whether it can be ended is told by what follows.
            drop(child.kill());
        }
        let status = child.wait().map_err(|error| not_run(&error))?;
        drop(reader.join());
        let complaints = complaints.join().unwrap_or_default();
        if silent {
            Err(Unread { cause: Cause::Silent, words: format!("{} s", patience.as_secs()) })
        } else if status.success() {
            Ok(answer)
        } else {
            Err(refused(&String::from_utf8_lossy(&complaints)))
        }
    })
}

/// Passes on what is read, as it comes, until the end or until nobody listens.
fn pass_on(mut out: impl Read, to: &mpsc::Sender<Vec<u8>>) {
    let mut part = vec![0; 1 << 16];
    while let Ok(length @ 1..) = out.read(&mut part) {
        if to.send(part[..length].to_vec()).is_err() {
            break;
        }
    }
}

fn read_all(mut from: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What was read before an error is what there is to tell.
    drop(from.read_to_end(&mut bytes));
    bytes
}

fn not_run(error: &std::io::Error) -> Unread {
    let absent = error.kind() == std::io::ErrorKind::NotFound;
    Unread { cause: if absent { Cause::NotInstalled } else { Cause::Broken }, words: error.to_string() }
}

/// git's own words, of many the one line that says why.
fn refused(said: &str) -> Unread {
    let mut whys =
        said.lines().filter_map(|line| line.strip_prefix("fatal: ").or_else(|| line.strip_prefix("error: ")));
    let words = without_places(whys.next_back().or_else(|| said.lines().next()).unwrap_or_default().trim());
    let names = |parts: &[&str]| parts.iter().any(|part| said.contains(part));
    let cause = match () {
        () if names(&["dubious ownership"]) => Cause::Owner,
        () if names(&["lazy fetch", "promisor", "not allowed"]) => Cause::Objects,
        () => Cause::Broken,
    };
    Unread { cause, words }
}

/// Words in which a path of this machine keeps its last name alone: they are read where it is nobody's business.
fn without_places(words: &str) -> String {
    const ENDS: [char; 3] = [' ', '\'', '"'];
    let shortened = |part: &str| {
        let path = part.trim_end_matches(ENDS);
        let name = path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default();
        if Path::new(path).is_absolute() { format!("…/{name}{}", &part[path.len()..]) } else { part.to_owned() }
    };
    words.split_inclusive(ENDS).map(shortened).collect()
}

/// The folder that git keeps with this one in it: the nearest that holds a `.git` with something in it.
pub(super) fn top(root: &Path) -> Option<&Path> {
    let holds = |git: PathBuf| match std::fs::symlink_metadata(&git) {
        Ok(metadata) if metadata.is_dir() => std::fs::read_dir(&git).is_ok_and(|mut entries| entries.next().is_some()),
        found => found.is_ok(),
    };
    root.ancestors().find(|folder| holds(folder.join(".git")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_program_that_says_nothing_is_ended() {
        let piped = |name: &str| {
            let mut command = Command::new(name);
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
            command
        };
        assert_eq!(answer_of(&mut piped("cat"), b"told", PATIENCE).expect("it answers"), b"told");
        let silent = answer_of(piped("tail").args(["-f", "/dev/null"]), b"", Duration::from_millis(50));
        assert_eq!(silent.expect_err("it says nothing").cause, Cause::Silent);
    }

    #[test]
    fn the_last_reason_counts_and_names_no_place_of_the_machine() {
        let said =
            "error: something before\nfatal: detected dubious ownership in repository at '/home/sato/isms'\nTo add …\n";
        let Unread { cause, words } = refused(said);
        assert_eq!((cause, words.as_str()), (Cause::Owner, "detected dubious ownership in repository at '…/isms'"));
        assert_eq!(refused("").words, "");
        assert_eq!(without_places("not a git repository: /srv/a/.git/worktrees/b/"), "not a git repository: …/b");
    }
}
