//! The first hour of somebody who reads Japanese, on a machine whose locale names no language: whatever is asked for or
//! mistaken, no English word comes back that was not typed, or that names a file, a format or a value.
#![expect(clippy::disallowed_methods, reason = "the program works on the file system")]

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// Names of standards, formats and programs, which are the same in Japanese.
const NAMES: &str = "br ismsbook ISO IEC JIS JIP ISMS ISMS-JIP JIP-ISMS CLD ENISA VIRT OS ICT PII git Markdown TOML YAML JSON PDF URL Ctrl \
                     Chromium Chrome Edge csv json xlsx md ics text sarif junit github";

/// What the contract fixes: commands, languages, types of documents, roles, exports.
const FIXED: &str = "init new build check diff serve soa export pdf publish explain catalog schema theme decide \
                     approve review revise retire rename suggest import ja en \
                     policy standard procedure guideline manual record scope risk decision applicability obligation audit \
                     objective customer provider risk-register treatment-plan acceptances requirements documents evidence \
                     audits checklist calendar objectives obligations all virtualization";

/// A text without what stands in backticks, the places of files and ids.
fn english(said: &str) -> Vec<String> {
    let is_source = |line: &&str| line.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit()).starts_with('│');
    let own: Vec<&str> = said.lines().filter(|line| !is_source(line)).collect();
    let outside: String = own.join("\n").split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let words = outside.split(|c: char| !(c.is_ascii_alphanumeric() || "-_./:".contains(c)));
    let is_path = |word: &str| word.contains(['/', '.', ':', '_']);
    let is_id = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    words
        .map(|word| word.trim_end_matches(['.', ':', '-']))
        .filter(|word| !is_path(word) && !is_id(word) && !word.starts_with("--"))
        .map(|word| word.trim_matches('-'))
        .filter(|word| word.len() > 1)
        .filter(|word| !NAMES.split(' ').chain(FIXED.split(' ')).any(|known| known == *word))
        .map(str::to_owned)
        .collect()
}

struct Hour {
    home: TempDir,
    transcript: String,
}

impl Hour {
    /// Runs a command in a folder below home and notes what it said.
    fn run(&mut self, folder: &str, arguments: &[&str], status: i32) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ismsbook"));
        command
            .current_dir(self.home.path().join(folder))
            .args(arguments)
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES");
        command.env("LANG", "C.UTF-8").env("SOURCE_DATE_EPOCH", "1795305600").stdin(Stdio::null());
        let output = command.output().expect("the program runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let said = format!("{}{}", text(&output.stdout), text(&output.stderr));
        self.transcript.push_str(&format!("{folder}$ ismsbook {}\n{said}\n", arguments.join(" ")));
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {said}");
        said
    }

    /// Runs a command and finds no English word in what it said, but those that were typed.
    fn hear(&mut self, folder: &str, arguments: &[&str], status: i32) -> String {
        let said = self.run(folder, arguments, status);
        let typed: Vec<&str> = arguments.iter().flat_map(|argument| argument.split([' ', '/', '=', '.'])).collect();
        let words: Vec<String> = english(&said).into_iter().filter(|word| !typed.contains(&word.as_str())).collect();
        assert!(words.is_empty(), "{arguments:?} says {words:?}:\n{said}");
        said
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.home.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }
}

fn begun() -> Hour {
    let home = TempDir::new().expect("a temporary folder");
    fs::create_dir(home.path().join("empty")).expect("a folder");
    let mut hour = Hour { home, transcript: String::new() };
    hour.hear("", &["init", "--language", "ja", "isms"], 0);
    hour
}

#[test]
fn the_first_commands_speak_japanese() {
    let mut hour = begun();
    hour.hear("isms", &["check"], 0);
    hour.hear("isms", &["check", "--verbose"], 0);
    hour.hear("isms", &["build"], 0);
    hour.hear("isms", &["new", "risk", "--title", "委託先からの漏えい"], 0);
    hour.hear("isms", &["explain", "A.8.11"], 0);
    hour.hear("isms", &["explain", "27017:9.2.3"], 0);
    hour.hear("isms", &["soa"], 0);
    hour.hear("isms", &["soa", "--format", "csv", "--output", "soa.csv"], 0);
    hour.hear("isms", &["export", "all", "--output", "out"], 0);
    hour.hear("isms", &["publish", "../our manual"], 0);
    hour.hear("isms", &["publish", "../our manual", "--verify"], 0);
    hour.write("our manual/index.html", "changed");
    hour.hear("isms", &["publish", "../our manual", "--verify"], 1);
    hour.hear("isms", &["publish", "../nothing", "--verify"], 2);
    hour.hear("isms", &["theme", "eject", "page.html"], 0);
    hour.hear("isms", &["theme", "eject", "page.html"], 2);
    hour.hear("isms", &["check", "--write-baseline", "known.json"], 0);
    hour.hear("isms", &["check", "--baseline", "known.json"], 0);
}

#[test]
fn a_rule_is_explained_in_japanese_but_for_its_name_and_its_example() {
    let mut hour = begun();
    let said = hour.run("isms", &["explain", "SOA201"], 0);
    let words: Vec<&str> = said.lines().skip(1).take_while(|line| !line.starts_with("例：")).collect();
    assert!(english(&words.join("\n")).is_empty() && words.len() > 8, "{said}");
}

#[test]
fn mistakes_are_told_in_japanese() {
    let mut hour = begun();
    for arguments in [
        &["chek"][..],
        &["check", "--formt", "json"],
        &["check", "--format", "jso"],
        &["check", "--today", "2026-13-01"],
        &["check", "--deny", "error", "--deny", "info"],
        &["check", "--baseline", "a", "--write-baseline", "b"],
        &["check", "nowhere"],
        &["check", "a", "b"],
        &["check", "--baseline", "none.json"],
        &["new", "risc", "--title", "x"],
        &["new", "zzzzzzzz", "--title", "x"],
        &["new", "risk"],
        &["new", "risk", "--title", ""],
        &["explain", "SOA999"],
        &["explain", "ZZZ"],
        &["explain", "A.8.11", "--role", "customer"],
        &["soa", "--format", "xlsx,csv"],
        &["soa", "--format", "doc"],
        &["export", "alll"],
        &["export", "all"],
        &["publish", "content"],
        &["publish", ".."],
        &["build", "--output", "content"],
        &["build", "--audience", "auditor"],
        &["build", "--base-url", "nowhere"],
        &["diff", "v1.0"],
        &["pdf", "nothing", "--browser", "nobrowser"],
        &["theme", "ejec"],
        &["theme", "eject", "pag.html"],
        &["catalog", "show", "iso"],
        &["serve", "--port", "x"],
        &["init"],
    ] {
        hour.hear("isms", arguments, 2);
    }
    hour.hear("empty", &["check", "--language", "ja"], 2);
    hour.hear("", &["check", "--language", "ja", "empty"], 2);
}

#[test]
fn a_busy_port_is_told_in_japanese() {
    let mut hour = begun();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("its address").port().to_string();
    let said = hour.hear("isms", &["serve", "--port", &port], 2);
    assert!(said.contains("使用中のアドレスである：OSのエラー"), "{said}");
}

#[test]
fn broken_files_are_told_in_japanese() {
    let mut hour = begun();
    let settings = fs::read_to_string(hour.home.path().join("isms/book.toml")).expect("it is there");
    for broken in [
        "[[[",
        "key",
        "a = ",
        "a = 1\na = 2\n",
        "b = [1 2]",
        "b = [1,,2]",
        "c = \"x",
        "c = 方針",
        "d = 2026-13-01",
        "f = {a = 1",
        "[g\n",
        "h = 1 2",
        "= 1",
        "i = tru",
        "[j]\n[j]\n",
        "k = \"\\q\"",
        "l.m = 1\nl = 2\n",
        "n = '''",
        "o == 1",
        "p = {a 1}",
        "q = 1.2.3",
        "r = [1, 2",
        "\u{1}",
        "s = \"\u{1}\"",
    ] {
        hour.write("isms/book.toml", &format!("{settings}\n{broken}\n"));
        let said = hour.run("isms", &["check"], 2);
        // The line of the file is the author's.
        let first = said.lines().next().unwrap_or_default();
        assert!(english(first).is_empty() && first.contains("TOMLとして読めない（"), "{broken}: {said}");
    }
    hour.write("isms/book.toml", &settings);
    for (at, broken) in [
        "a: [1",
        "a: \"x",
        "\ta: 1",
        "a: b: c",
        "a: 1\na: 2",
        "a\nb: 1",
        "a: *x",
        "a: @x",
        "a: {{x}}",
        "a: \"x\" y",
        "a: \"\\q\"",
        "a：1",
        "- x\na: 1",
        "a: &x 1\nb: *y",
        "%TAG",
        "a: !!int x",
        "? a\n: b\nc",
        "a: |\nb",
        "a: }",
        "a: 1\n b: 2",
    ]
    .iter()
    .enumerate()
    {
        hour.write(&format!("isms/content/broken-{at}.md"), &format!("---\n{broken}\n---\n本文\n"));
    }
    let said = hour.run("isms", &["check", "--verbose"], 1);
    let told: Vec<&str> = said.lines().filter(|line| line.contains("[DOC001]") || line.contains("対処: ")).collect();
    assert!(told.len() > 20, "{said}");
    let words = english(&told.join("\n"));
    assert!(words.is_empty(), "{words:?}\n{}", told.join("\n"));
}

#[test]
fn help_needs_no_book_to_speak_the_language_asked_for() {
    let mut hour = begun();
    hour.hear("isms", &["--help"], 0);
    let said = hour.run("empty", &["--help", "--language", "ja"], 0);
    assert!(said.contains("使い方"), "{said}");
    assert!(Path::new(&hour.home.path().join("empty")).is_dir() && hour.transcript.contains("使い方"));
}
