//! The law of text: every word of a document stands on its page, in the search data and on paper, or a finding names its
//! place. The reader here knows nothing of the parser: it takes words out of the source by its own plain rules, and reads
//! pages as a browser does. `GENERATED_BOOKS=100 cargo test --test it law_of_text` tries more documents, `GENERATED_SEED=1` other ones.
#![expect(clippy::disallowed_methods, reason = "the test reads the repository itself")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use ismsbook::files::{File, FilePath, Files};
use ismsbook::project::Snapshot;
use ismsbook::site::parsed::Parsed;
use ismsbook::site::{Site, SiteOptions};
use ismsbook::text::LineIndex;
use regex_lite::Regex;

use crate::books::files_of;
use crate::every_fault;
use crate::own_book::own_files;
use crate::robust::Random;
use crate::support::{setting, snapshot, snapshot_of, today};

/// A construct of Markdown, the words that must be readable, and the codes that may speak for those that are not.
const CONSTRUCTS: [(&str, &[&str], &[&str]); 52] = [
    ("Alpha *beta* **gamma** ~~delta~~ `epsilon`", &["Alpha", "beta", "gamma", "delta", "epsilon"], &[]),
    ("# Alpha\n\n## beta {#x}\n\ngamma\n=====\n\ndelta\n", &["Alpha", "beta", "gamma", "delta"], &[]),
    ("- alpha\n- [ ] beta\n  1. gamma\n\n> delta\n> > epsilon", &["alpha", "beta", "gamma", "delta", "epsilon"], &[]),
    ("```excel\nalpha\n```\n\n    beta\n\n~~~\ngamma", &["alpha", "beta", "gamma"], &["TXT905"]),
    ("| alpha | beta |\n|---|---|\n| gamma | delta |", &["alpha", "beta", "gamma", "delta"], &[]),
    ("| alpha |\n|---|\n| beta | gamma | `delta|epsilon` |", &["beta", "gamma", "delta", "epsilon"], &["TXT908"]),
    ("> | alpha |\n> |---|\n> | beta | gamma |", &["beta", "gamma"], &["TXT908"]),
    (
        "[alpha](https://example.com/) [beta][r] <https://gamma.example/>\n\n[r]: https://example.com/",
        &["alpha", "beta", "gamma"],
        &[],
    ),
    ("![alpha](x.png)", &["alpha"], &["REF106"]),
    ("[備考]: 廃止した規程は保管する。", &["備考", "廃止した規程は保管する"], &["TXT909"]),
    ("> [備考]: 写しは除く。", &["備考", "写しは除く"], &["TXT909"]),
    ("- 一\n- [備考]: 写しは除く。", &["備考", "写しは除く"], &["TXT909"]),
    ("> [!メモ]\n> [備考]: 写しは除く。", &["備考", "写しは除く"], &["TXT909"]),
    ("[注1]:\n法務部の承認を要する。", &["法務部の承認を要する"], &["TXT909"]),
    ("alpha[^1] beta[^2]\n\n[^1]: gamma\n\n[^3]: delta", &["alpha", "beta", "gamma"], &["TXT910"]),
    ("alpha\n\n> [^1]: beta\n\n- [^2]: gamma", &["alpha"], &["TXT910"]),
    ("alpha[^1]\n\n[^1]: beta\n\n[^1]: gamma", &["alpha", "beta", "gamma"], &[]),
    ("alpha[^A] beta[^a]\n\n[^a]: gamma\n\n[^A]: delta", &["alpha", "beta", "gamma", "delta"], &[]),
    (":::note\n- alpha\n\n      beta\n:::\n\ngamma", &["alpha", "beta", "gamma"], &[]),
    ("> :::note\n> 1. ```text\n>    alpha\n> :::\n> beta\n\ngamma", &["alpha", "beta", "gamma"], &[]),
    (
        "::::note\n:::tip\n- <div>\n  alpha\n\n  - beta\n    ~~~\n    gamma\n::::\n\n[delta](x.md)",
        &["alpha", "beta", "gamma", "delta"],
        &["REF104"],
    ),
    (
        ":::\n:::note\nx\n:::\n\n- <textarea>\n\n  :::tip[alpha]\n  beta\n  :::\n\n  gamma\n",
        &["alpha", "beta", "gamma"],
        &["TXT901"],
    ),
    (":::note\n- alpha\n\n      beta\n  :::\n\ngamma", &["alpha", "beta", "gamma"], &[]),
    ("1. > [^n]: alpha\n2. > [^n]: beta\n\n[^n]: gamma\n\ndelta", &["alpha", "beta", "delta"], &["TXT910"]),
    ("alpha[^n]\n\n> [^n]: beta\n\n- [^n]: gamma", &["alpha", "beta", "gamma"], &[]),
    ("alpha\n\n[a]: https://example.com/ \"beta\"", &["alpha"], &["TXT910"]),
    ("[alpha][a]\n\n[A]: https://example.com/\n[a]: https://example.com/ \"beta\"", &["alpha"], &["TXT910"]),
    ("<svg>a</svg> ~~alpha~~ <b>beta</b>", &["alpha", "beta"], &[]),
    ("<svg></svg><details><summary>alpha</summary>beta</details>", &["alpha", "beta"], &[]),
    ("<svg><text>alpha</text>\n<text>beta</text><g><rect/></g></svg>\n\ngamma", &["alpha", "beta", "gamma"], &[]),
    ("alpha\n\n<!-- beta -->\n\ngamma", &["alpha", "gamma"], &[]),
    ("alpha\n\n<!-- beta\n\ngamma", &["alpha"], &["TXT907"]),
    ("alpha <!-- beta\n\ngamma", &["alpha", "beta", "gamma"], &[]),
    ("alpha\n\n<style>\n\nbeta", &["alpha"], &["TXT907", "TXT901"]),
    ("alpha\n\n<?xml\n\nbeta", &["alpha"], &["TXT907", "TXT901"]),
    ("alpha\n\n<textarea>\n\nbeta", &["alpha", "beta"], &["TXT901"]),
    (
        "<select><option>alpha</option>\n\nbeta\n\n<template>\n\ngamma\n\n</template>",
        &["alpha", "beta", "gamma"],
        &["TXT901"],
    ),
    (
        "<noscript>alpha</noscript> <object>beta</object> <xmp>gamma</xmp> <title>delta</title> <plaintext>epsilon",
        &["alpha", "beta", "gamma", "delta", "epsilon"],
        &["TXT901"],
    ),
    ("<svg><text>alpha</text></svg> beta", &["beta"], &["TXT901"]),
    ("<details><summary>alpha</summary>\n\nbeta\n\n</details>", &["alpha", "beta"], &[]),
    ("<table><tr><td>alpha</td></tr></table>", &["alpha"], &[]),
    ("a<beta and gamma>delta", &["beta", "gamma", "delta"], &[]),
    ("1 < 2 and alpha > beta & gamma", &["alpha", "beta", "gamma"], &[]),
    (
        "> [!NOTE]\n> alpha\n\n> [!faq]- beta\n> gamma\n\n> [!メモ]\n> delta",
        &["alpha", "beta", "gamma", "メモ", "delta"],
        &[],
    ),
    ("!!! note \"題名\" 本文\n\n    続き", &["題名", "本文", "続き"], &[]),
    (":::note[alpha]\nbeta\n:::\n\n:::warning gamma\ndelta\n:::", &["alpha", "beta", "gamma", "delta"], &[]),
    ("[[ ]] alpha [[_TOC_]] beta", &["alpha", "beta"], &[]),
    ("{{組織名}} {% alpha %}", &["組織名", "alpha"], &[]),
    ("+---+---+\n| alpha | beta |\n+---+---+\n| gamma | delta |\n+---+---+", &["alpha", "beta", "gamma", "delta"], &[]),
    ("---\n\nalpha is beta: gamma\n\n---\n\ndelta", &["alpha", "beta", "gamma", "delta"], &[]),
    ("<!-- x -->\n---\nid: alpha\ntitle: beta\n---\ngamma", &["alpha", "beta", "gamma"], &["DOC022"]),
    ("これは**「強調」**と`符号`、*斜体*である。", &["強調", "符号", "斜体"], &[]),
];

const SETTINGS: &str = "[isms]\ncontrols = []\nrequirements = []\nrisk_sources = []\n";

/// The findings that may speak for words that stand nowhere.
const TELL: [&str; 6] = ["TXT901", "TXT903", "TXT907", "TXT908", "TXT909", "TXT910"];

/// What no browser shows of a page.
const UNSHOWN: [&str; 9] =
    ["script", "style", "template", "title", "noscript", "select", "textarea", "iframe", "object"];

/// What a reader sees of the texts of documents on a page, without blanks: their words, and what stands for an image. What
/// the layout says around them, findings among it, is no part of it.
fn shown(html: &str) -> String {
    let page = Parsed::new(html);
    let mut text = String::new();
    for (at, node) in page.nodes() {
        let is_text = |around: &ismsbook::site::parsed::Node| around.is("h1") || around.has_class("text");
        let hidden = page.around(at).any(|around| UNSHOWN.iter().any(|tag| around.is(tag)));
        if hidden || !page.around(at).any(is_text) && !page.around(at).any(|around| around.has_class("document-title"))
        {
            continue;
        }
        text.push_str(&node.text);
        text.push_str(node.attribute("alt").filter(|_| node.is("img")).unwrap_or_default());
    }
    without_blanks(&text)
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Everything that the search of a language looks through.
fn searched(site: &Site, folder: &str) -> String {
    let mut texts = String::new();
    for part in site.routes().iter().filter(|route| route.path.strip_prefix(folder).is_some_and(is_search)) {
        let script = String::from_utf8_lossy(&site.render(part).bytes).into_owned();
        for line in script.lines().filter(|line| line.starts_with('{')) {
            let entry: serde_json::Value = serde_json::from_str(line.trim_end_matches(',')).expect("an entry");
            collect(&entry, &mut texts);
        }
    }
    without_blanks(&texts)
}

fn is_search(path: &str) -> bool {
    path.starts_with("search-data") && !path.contains('/')
}

fn collect(value: &serde_json::Value, texts: &mut String) {
    match value {
        serde_json::Value::String(text) => texts.push_str(text),
        serde_json::Value::Array(values) => values.iter().for_each(|value| collect(value, texts)),
        serde_json::Value::Object(values) => values.values().for_each(|value| collect(value, texts)),
        _ => {}
    }
}

/// The words of a source with the lines they stand on: what is written to be read, by rules of its own. Destinations, tags,
/// comments, anchors and the front matter are not.
fn words(source: &str) -> Vec<(usize, String)> {
    static UNREAD: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        let rules = [
            r"\A\x{feff}?---\r?\n(?s:.*?)\n---[ \t]*(\r?\n|\z)",
            r"(?s)<!--.*?-->",
            r"(?m)^[ >]*(```|~~~).*$",
            r"(?m)^[ >]*\d{1,9}[.)] ",
            r"(?m)^ {0,3}\[[^\]^]+\]:[ \t]*[^\s\p{Hiragana}\p{Katakana}\p{Han}].*$",
            r"\]\([^)\s]*(\s+\x22[^\x22\n]*\x22)?\)",
            r"\[\[[^\]\n]*\]\]",
            r"\{[^}\n]*\}",
            r"</?[A-Za-z][^>]*>",
            r"&#?\w+;",
            r"(https?|mailto):[^\s)>]*",
            r"\[\^[^\]\n]*\]",
            r"(?m)^[ >]*\[!\w+\]|^ *:::.*$|^ *(!!!|\?\?\?\+?) \w+",
        ];
        rules
            .iter()
            .map(|rule| Regex::new(&rule.replace(r"\p{Hiragana}\p{Katakana}\p{Han}", "ぁ-ヿ㐀-鿿")).expect("a rule"))
            .collect()
    });
    let mut text = source.to_owned();
    for rule in UNREAD.iter() {
        // The lines keep their numbers.
        text = rule
            .replace_all(&text, |found: &regex_lite::Captures<'_>| {
                " ".to_owned() + &found[0].matches('\n').collect::<String>()
            })
            .into_owned();
    }
    let of_line = |(line, text): (usize, &str)| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(move |word| (line + 1, word.to_owned())).collect::<Vec<_>>()
    };
    text.lines().enumerate().flat_map(of_line).collect()
}

/// The words of all documents that are missing somewhere, and of which no finding names the place.
fn missing(snapshot: &Snapshot, words: impl Fn(&FilePath, &str) -> Vec<(usize, String)>) -> (usize, Vec<String>) {
    let site = Site::new(Arc::new(snapshot.clone()), SiteOptions::default());
    let render = |path: &str| {
        let route = site.route(path).unwrap_or_else(|| panic!("a page at {path}"));
        String::from_utf8_lossy(&site.render(&route).bytes).into_owned()
    };
    let (mut read, mut missing) = (0, Vec::new());
    for language in &snapshot.book.config.languages {
        let folder =
            if language == snapshot.book.config.default_language() { String::new() } else { format!("{language}/") };
        let paper = shown(&render(&format!("{folder}print.html")));
        let search = searched(&site, &folder);
        for document in &snapshot.book.documents {
            let (manuscript, own) = document.manuscript(language);
            if own != language {
                continue;
            }
            let page = shown(&render(&format!("{folder}{}", document.page)));
            let path = &manuscript.path;
            let bytes = &snapshot.book.files.get(path).expect("a file of the book").bytes;
            let source = String::from_utf8_lossy(bytes);
            let lines = LineIndex::new(&source);
            let found =
                snapshot.checked.findings.iter().filter(|one| one.place.path == *path && TELL.contains(&one.code));
            let told: Vec<(usize, usize)> = found
                .map(|one| {
                    let [first, last] =
                        [one.place.span.start, one.place.span.end].map(|at| lines.position(&source, at).line);
                    // What is never closed hides the rest; a footnote takes the indented lines below it with it.
                    let below = |line: &&str| line.trim().is_empty() || line.starts_with("    ");
                    let more = match one.code {
                        "TXT907" => usize::MAX - last,
                        "TXT910" => source.lines().skip(last).take_while(below).count(),
                        _ => 0,
                    };
                    (first, last + more)
                })
                .collect();
            let mut everywhere = BTreeSet::new();
            for (line, word) in words(path, &source) {
                read += 1;
                if everywhere.contains(&word) {
                    continue;
                }
                let is_told = |&(first, last): &(usize, usize)| first <= line && line <= last;
                for (place, text) in [("the page", &page), ("paper", &paper), ("the search", &search)] {
                    if !text.contains(&word) && !told.iter().any(is_told) {
                        missing.push(format!("{path}:{line}: {word:?} is missing from {place}"));
                    }
                }
                everywhere.insert(word);
            }
        }
    }
    (read, missing)
}

/// A book of Markdown files without front matter.
fn of_texts(texts: &[String]) -> Files {
    let mut files = Files::new();
    files.insert(FilePath::new("book.toml"), File::new(SETTINGS.as_bytes().to_vec()));
    for (number, text) in texts.iter().enumerate() {
        files.insert(FilePath::new(&format!("content/d{number}.md")), File::new(text.clone().into_bytes()));
    }
    files
}

#[test]
fn every_word_of_every_construct_is_read_on_page_and_paper_and_found_or_told() {
    for (text, words, codes) in CONSTRUCTS {
        let snapshot = snapshot(&format!("--- book.toml\n{SETTINGS}--- content/a.md\n{text}\n"));
        let findings: BTreeSet<&str> = snapshot
            .checked
            .findings
            .iter()
            .filter(|one| one.place.path.as_str() == "content/a.md")
            .map(|one| one.code)
            .collect();
        // HTML that is dropped and images that are missing may be told as well; what hides words must be.
        for code in codes.iter().filter(|code| ["TXT907", "TXT908", "TXT909", "TXT910", "DOC022"].contains(code)) {
            assert!(findings.contains(code), "{code} for {text:?}: {findings:?}");
        }
        let site = Site::new(Arc::new(snapshot), SiteOptions::default());
        let render =
            |path: &str| String::from_utf8_lossy(&site.render(&site.route(path).expect("a page")).bytes).into_owned();
        let texts = [shown(&render("a.html")), shown(&render("print.html")), searched(&site, "")];
        for word in words {
            for (place, shown) in ["the page", "paper", "the search"].iter().zip(&texts) {
                assert!(shown.contains(word), "{word} is missing from {place} of {text:?}:\n{shown}");
            }
        }
    }
}

#[test]
fn every_word_of_every_book_here_is_read_or_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books");
    let entries = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    let mut books: Vec<(String, Files)> = entries
        .filter(|path| path.join("book.toml").is_file())
        .map(|path| (path.display().to_string(), files_of(&path)))
        .collect();
    books.push(("the repository".to_owned(), own_files()));
    let snapshots = books.into_iter().map(|(name, files)| (name, snapshot_of(files, today())));
    let faults = [false, true].map(|mended| (format!("every-fault, mended: {mended}"), every_fault::book(mended)));
    let snapshots: Vec<(String, Snapshot)> = snapshots.chain(faults).collect();
    assert!(snapshots.len() > 10);
    for (name, snapshot) in snapshots {
        let (read, missing) = missing(&snapshot, |_, source| words(source));
        assert!(read >= 10, "{read} words of {name}");
        assert!(missing.is_empty(), "{name}, of {read} words:\n{}", missing.join("\n"));
    }
}

/// How many documents are written by seed.
const GENERATED: usize = 150;

/// Writes documents out of every construct, one in another, and knows the words it wrote.
struct Writer {
    random: Random,
    /// How many words there are: each stands once in the whole book.
    count: usize,
    text: String,
    words: Vec<String>,
}

impl Writer {
    fn word(&mut self) -> String {
        self.count += 1;
        let word = match self.random.below(3) {
            0 => format!("w{}x", self.count),
            1 => format!("規程{}号", self.count),
            _ => format!("Wort{}ß", self.count),
        };
        self.words.push(word.clone());
        word
    }

    fn inline(&mut self, depth: usize) -> String {
        let word = self.word();
        let inner = if depth == 0 { self.word() } else { self.inline(depth - 1) };
        let sign = ["*", "**", "~~", "_", "`", "``", "***", "==", "^", "~", "$"][self.random.below(11)];
        match self.random.below(24) {
            0 => format!("{word} {sign}{inner}{sign}"),
            1 => format!("{word}{sign}{inner}{sign}{}", self.word()),
            2 => format!("{word} {sign}{inner}"),
            3 => format!("[{inner}](https://example.com/a_b) {word}"),
            4 => format!("![{word}](missing.png \"title\") {inner}"),
            5 => format!("[{inner}][ref] {word}"),
            6 => format!("[[{word}]] {inner}"),
            7 => format!("[[1 {word}]](https://example.com/) {inner}"),
            8 => format!("<b>{inner}</b> {word}"),
            9 => format!("<unknown>{inner}</unknown> {word}"),
            10 => format!("a<{word} and c>{inner}"),
            11 => format!("{word} <{inner}"),
            12 => format!("{word}\\\n{inner}"),
            13 => format!("{word}  \n{inner}"),
            14 => format!("{{{{{word}}}}} {inner}"),
            15 => format!("[{word}] {inner} [ ] ]"),
            16 => format!("{word} <!-- unseen --> {inner}"),
            17 => format!("{word} &amp; &nbsp; &unknown; \\* {inner}"),
            18 => format!("<select><option>{word}</option> {inner}"),
            19 => format!("「{word}」**「{inner}」**と"),
            20 => format!("{word}[^f] {inner}"),
            21 => format!("<a name=\"x\"></a>{word} <span title=\"t\">{inner}"),
            22 => format!("https://example.com/{word} {inner}"),
            _ => format!("{word} | {inner} \" ' -- ..."),
        }
    }

    /// A block; its lines end with a line break.
    fn block(&mut self, depth: usize) -> String {
        let line = self.inline(depth.min(2));
        if depth == 0 {
            return line + "\n";
        }
        let inner = self.block(depth - 1);
        let second = self.block(depth - 1);
        let kind = ["note", "WARNING", "メモ", "faq", "unknown"][self.random.below(5)];
        match self.random.below(28) {
            0 => format!("{line}\n\n{inner}"),
            1 => format!("{} {line}\n\n{inner}", "#".repeat(1 + self.random.below(6))),
            2 => format!("{}\n===\n\n{inner}", self.word()),
            3 => format!("- {}{}", behind("  ", &inner), prefixed("- ", "  ", &second)),
            4 => prefixed("1. ", "   ", &inner) + &prefixed("7) ", "   ", &second),
            5 => prefixed("- [x] ", "  ", &inner),
            6 => prefixed("> ", "> ", &inner) + "\n" + &second,
            7 => format!("> [!{kind}] {}\n{}", self.word(), prefixed("> ", "> ", &inner)),
            8 => format!("> [!{kind}]- {}\n{}", self.word(), prefixed("> ", "> ", &inner)),
            9 => format!(":::{kind}[{}]\n{inner}:::\n\n{second}", self.word()),
            10 => format!("::: {kind} {}\n{inner}:::\n\n{second}", self.word()),
            11 => format!(
                "!!! {} \"{}\" {}\n\n{}",
                ["note", "own"][self.random.below(2)],
                self.word(),
                self.word(),
                prefixed("    ", "    ", &inner)
            ),
            12 => format!("??? tip {}\n{}", self.word(), prefixed("    ", "    ", &inner)),
            13 => format!("```text\n{inner}```\n\n{second}"),
            14 => format!("\n{}\n{second}", prefixed("    ", "    ", &inner)),
            15 | 16 => self.table(),
            17 => format!("<details>\n<summary>{}</summary>\n\n{inner}\n</details>\n\n{second}", self.word()),
            18 => format!("<div>\n{line}\n</div>\n\n{inner}"),
            19 => format!("[{}]: {}。\n\n{inner}", self.word(), self.word()),
            20 => format!("<!-- unseen\n\nunseen -->\n\n{inner}"),
            21 => format!("{inner}\n---\n\n{second}"),
            22 => format!("{}\n: {}\n\n{inner}", self.word(), self.word()),
            23 => format!("<template>\n\n{inner}\n</template>\n\n<textarea>\n\n{second}"),
            24 => format!("+---+---+\n| {} | {} |\n+---+---+\n\n{inner}", self.word(), self.word()),
            25 => format!("[^n{depth}]: {}\n\n{inner}", self.word()),
            26 => format!("$$\n{}\n$$\n\n{inner}", self.word()),
            _ => format!("<table><tr><td>{line}<td>{}</table>\n\n{inner}", self.word()),
        }
    }

    fn table(&mut self) -> String {
        let columns = 1 + self.random.below(3);
        let mut table = String::new();
        for row in 0..3 {
            let cells = if row == 0 { columns } else { 1 + self.random.below(4) };
            let cells: Vec<String> = (0..cells)
                .map(|_| match self.random.below(4) {
                    0 => format!("`{}|{}`", self.word(), self.word()).replace('|', if row == 0 { "-" } else { "|" }),
                    1 => format!("{} \\| **{}**", self.word(), self.word()),
                    _ => self.word(),
                })
                .collect();
            let _ = writeln!(table, "| {} |", cells.join(" | "));
            if row == 0 {
                let _ = writeln!(table, "|{}", "---|".repeat(columns));
            }
        }
        table + "\n"
    }

    fn document(&mut self) -> String {
        self.text.clear();
        for _ in 0..=self.random.below(4) {
            let depth = self.random.below(4);
            let block = self.block(depth);
            self.text.push_str(&block);
            self.text.push('\n');
        }
        let last = match self.random.below(6) {
            0 => "<!-- ",
            1 => "<style>\n",
            2 => "```\n",
            _ => "",
        };
        let (note, word) = (self.word(), self.word());
        format!("{}\n[ref]: https://example.com/\n\n[^f]: {note}\n\n{last}{word}\n", self.text)
    }
}

fn prefixed(first: &str, rest: &str, block: &str) -> String {
    let prefix = |(at, line)| if at == 0 { format!("{first}{line}\n") } else { format!("{rest}{line}\n") };
    block.lines().enumerate().map(prefix).collect()
}

fn behind(indent: &str, block: &str) -> String {
    prefixed("", indent, block)
}

#[test]
fn every_word_of_generated_documents_is_read_or_told() {
    for book in 0..setting("GENERATED_BOOKS", 1) {
        every_word_is_read_or_told(setting("GENERATED_SEED", 27_017).wrapping_add(book));
    }
}

fn every_word_is_read_or_told(seed: u64) {
    let random = Random::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut writer = Writer { random, count: 1000, text: String::new(), words: Vec::new() };
    let texts: Vec<String> = (0..GENERATED).map(|_| writer.document()).collect();
    let written: BTreeSet<String> = writer.words.into_iter().collect();
    let of_line = |(line, text): (usize, &str)| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| written.contains(*word));
        words.map(move |word| (line + 1, word.to_owned())).collect::<Vec<_>>()
    };
    let (read, missing) = missing(&snapshot_of(of_texts(&texts), today()), |_, source| {
        source.lines().enumerate().flat_map(of_line).collect()
    });
    assert!(read > 40 * GENERATED / 10, "{read} words");
    let number = missing.first().and_then(|first| first.strip_prefix("content/d")?.split('.').next()?.parse().ok());
    let first = number.map_or("", |number: usize| &texts[number]);
    let count = missing.len();
    assert!(missing.is_empty(), "seed {seed}, {count} of {read} words:\n{}\n\n{first}", missing.join("\n"));
}
