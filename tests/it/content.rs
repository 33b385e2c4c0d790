//! The law of files: each file below `content/` is a page, an attachment or a finding, and no good manual gives way to a
//! poorer one.
#![expect(clippy::disallowed_methods, reason = "these tests are about the file system")]

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use ismsbook::cli::{self, Surroundings};
use ismsbook::disk::read;
use ismsbook::files::{File, FilePath, Files};
use ismsbook::language::Language;
use ismsbook::project::Snapshot;
use ismsbook::site::{Site, SiteOptions};
use tempfile::TempDir;

use crate::support::{place, render, snapshot, snapshot_of, today};

const SETTINGS: &str = "[isms]\ncontrols = []\nrequirements = []\nrisk_sources = []\n";

/// The findings of some codes, each by its place.
fn told(snapshot: &Snapshot, codes: &[&str]) -> Vec<String> {
    let found = snapshot.checked.findings.iter().filter(|finding| codes.contains(&finding.code));
    found.map(|finding| place(snapshot, finding)).collect()
}

fn is_route(snapshot: &Snapshot, path: &str) -> bool {
    Site::new(Arc::new(snapshot.clone()), SiteOptions::default()).route(path).is_some()
}

struct Book(TempDir);

impl Book {
    /// A book with one document, published and built.
    fn new() -> Self {
        let book = Self(TempDir::new().expect("a temporary folder"));
        book.put("book/book.toml", SETTINGS);
        book.put("book/content/access.md", "# Access\n");
        assert_eq!(book.run(&["publish", "@/out", "@/book"]).0, 0);
        assert_eq!(book.run(&["build", "@/book", "--output", "@/site"]).0, 0);
        book
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.0.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    fn run(&self, arguments: &[&str]) -> (u8, String) {
        let here = self.0.path().to_str().expect("a plain path");
        let arguments = std::iter::once("ismsbook").chain(arguments.iter().copied()).chain(["--language", "en"]);
        let arguments = arguments.map(|argument| OsString::from(argument.replace('@', here)));
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let status = cli::run(arguments, &Surroundings::default(), &mut out, &mut err);
        (status, String::from_utf8_lossy(&[out, err].concat()).into_owned())
    }

    fn found(&self) -> Vec<String> {
        let snapshot = snapshot_of(read::read(&self.path("book")).files, today());
        told(&snapshot, &["BOK001", "BOK006", "BOK010"])
    }

    fn stands(&self) -> bool {
        self.path("out/access.html").exists() && self.path("site/access.html").exists()
    }
}

fn remove(path: &Path) {
    let done = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    done.expect("removed");
}

#[test]
fn no_empty_manual_takes_the_place_of_a_good_one() {
    type Harm = fn(&Book);
    let harms: [(Harm, &str); 4] = [
        (|_| {}, "BOK010 book.toml:1:1"),
        (|book| book.put("book/content", "a file"), "BOK010 book.toml:1:1"),
        (|book| book.put("book/content/.gitkeep", ""), "BOK010 book.toml:1:1"),
        (|book| book.put("book/content/_draft.md", "# Draft"), "BOK010 book.toml:1:1"),
    ];
    for (at, (harm, finding)) in harms.iter().enumerate() {
        let book = Book::new();
        remove(&book.path("book/content"));
        harm(&book);
        assert_eq!(book.found(), [*finding], "{at}");
        for arguments in [&["publish", "@/out", "@/book"][..], &["build", "@/book", "--output", "@/site"]] {
            let (status, said) = book.run(arguments);
            assert!(status == 2 && said.contains("no document"), "{at} {arguments:?}: {status} {said}");
        }
        assert!(book.stands(), "{at}: what stood there stays");
        assert_eq!(book.run(&["publish", "@/out", "@/book", "--allow-empty"]).0, 0);
        assert!(!book.path("out/access.html").exists());
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_published_while_something_is_missing_unless_it_is_asked_for() {
    use std::os::unix::fs::symlink;
    type Harm = fn(&Book);
    let harms: [(Harm, &str); 11] = [
        (
            |book| symlink("../../elsewhere/x.md", book.path("book/content/x.md")).expect("a link"),
            "BOK006 content/x.md:1:1",
        ),
        (
            |book| {
                book.put("book/.git/config", "secret");
                symlink("../.git", book.path("book/content/x")).expect("a link");
            },
            "BOK006 content/x:1:1",
        ),
        (
            |book| {
                book.put("book/.env", "secret");
                symlink("../.env", book.path("book/content/x.txt")).expect("a link");
            },
            "BOK006 content/x.txt:1:1",
        ),
        (
            |book| {
                assert_eq!(book.run(&["build", "@/book"]).0, 0);
                symlink("../site", book.path("book/content/x")).expect("a link");
            },
            "BOK006 content/x:1:1",
        ),
        (|book| symlink("nowhere.md", book.path("book/content/x.md")).expect("a link"), "BOK001 content/x.md:1:1"),
        (|book| symlink("../elsewhere", book.path("book/catalogs")).expect("a link"), "BOK006 catalogs:1:1"),
        (|book| symlink("../elsewhere", book.path("book/themes")).expect("a link"), "BOK006 themes:1:1"),
        (
            |book| {
                fs::create_dir_all(book.path("book/catalogs")).expect("a folder");
                symlink("../../elsewhere", book.path("book/catalogs/more")).expect("a link");
            },
            "BOK006 catalogs/more:1:1",
        ),
        (|book| pipe(&book.path("book/themes/t/page.html")), "BOK001 themes/t/page.html:1:1"),
        (|book| pipe(&book.path("book/catalogs/own.yaml")), "BOK001 catalogs/own.yaml:1:1"),
        (
            |book| {
                fs::create_dir_all(book.path("book/themes/t")).expect("a folder");
                symlink("../../../elsewhere/x.md", book.path("book/themes/t/home.html")).expect("a link");
            },
            "BOK006 themes/t/home.html:1:1",
        ),
    ];
    for (harm, finding) in harms {
        let book = Book::new();
        book.put("elsewhere/x.md", "secret");
        book.put("book/book.toml", &format!("{SETTINGS}[build]\ntheme = \"t\"\n"));
        harm(&book);
        assert_eq!(book.found(), [finding]);
        let (status, said) = book.run(&["publish", "@/out", "@/book"]);
        assert!(status == 2 && said.contains("--allow-incomplete"), "{finding}: {said}");
        assert!(!book.run(&["check", "@/book"]).1.contains("secret"), "{finding}");
        assert_eq!(book.run(&["publish", "@/out", "@/book", "--allow-incomplete"]).0, 0, "{finding}");
        let home = fs::read_to_string(book.path("out/access.html")).expect("a page");
        assert!(home.contains("<h1") && !home.contains("secret"), "{finding}: the shipped theme serves");
    }
}

#[cfg(unix)]
#[test]
fn a_content_that_leads_out_of_the_book_is_no_content() {
    let book = Book::new();
    fs::rename(book.path("book/content"), book.path("elsewhere")).expect("moved");
    std::os::unix::fs::symlink("../elsewhere", book.path("book/content")).expect("a link");
    assert_eq!(book.found(), ["BOK006 content:1:1"]);
    assert_eq!(book.run(&["publish", "@/out", "@/book"]).0, 2);
    assert_eq!(book.run(&["build", "@/book", "--output", "@/site"]).0, 2);
    assert!(book.stands());
}

#[cfg(unix)]
#[test]
fn settings_that_lead_out_of_the_book_or_are_no_file_are_not_read() {
    for harm in [link_out as fn(&Path), pipe] {
        let book = Book::new();
        book.put("elsewhere.toml", "[book]\ntitle = \"secret\"\n");
        remove(&book.path("book/book.toml"));
        harm(&book.path("book/book.toml"));
        assert_eq!(book.found().len(), 1, "{:?}", book.found());
        assert!(!book.run(&["check", "@/book"]).1.contains("secret"));
        assert_eq!(book.run(&["build", "@/book", "--output", "@/site"]).0, 2);
        assert_eq!(book.run(&["publish", "@/out", "@/book"]).0, 2);
        assert!(book.stands());
    }
}

#[cfg(unix)]
fn link_out(path: &Path) {
    std::os::unix::fs::symlink("../elsewhere.toml", path).expect("a link");
}

#[cfg(unix)]
fn pipe(path: &Path) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    assert!(std::process::Command::new("mkfifo").arg(path).status().is_ok_and(|status| status.success()));
}

#[test]
fn a_folder_of_markdown_that_is_no_book_is_told_what_to_do() {
    let book = Book(TempDir::new().expect("a temporary folder"));
    book.put("docs/policies/access.md", "# Access\n");
    let (status, said) = book.run(&["build", "@/docs"]);
    assert!(status == 2 && said.contains("docs/content") && said.contains("init"), "{said}");
    book.put("empty/x.txt", "x");
    assert!(book.run(&["build", "@/empty"]).1.contains("is no book"));
}

#[test]
fn build_counts_what_is_kept_back() {
    let book = Book::new();
    book.put("book/content/_draft.md", "# Draft\n");
    book.put("book/content/_old/a.md", "# Old\n");
    book.put("book/content/_index.md", "# Index\n");
    let (status, said) = book.run(&["build", "@/book", "--output", "@/site"]);
    assert!(status == 0 && said.contains("begins with `_`: 2"), "{said}");
}

#[test]
fn markdown_is_markdown_by_either_ending_in_letters_of_either_size() {
    let shown = snapshot(&format!(
        "--- book.toml\n{SETTINGS}--- content/one.MD\n# One\n\n[two](two.markdown) [two](two) [three](three.Md)\n\
         --- content/two.markdown\n# Two\n--- content/three.Md\n# Three\n"
    ));
    assert_eq!(told(&shown, &["REF104", "DOC023", "BOK005"]), Vec::<String>::new());
    for page in ["one.html", "two.html", "three.html"] {
        assert!(is_route(&shown, page), "{page}");
    }
    assert!(render(&shown, "one.html").contains("href=\"two.html\""));
}

#[test]
fn letters_may_be_composed_or_not_in_names_links_and_settings() {
    let (apart, whole) = ("ハ\u{3099}ックアッフ\u{309a}規程", "バックアップ規程");
    assert_ne!(apart, whole);
    for (name, written) in [(apart, whole), (whole, apart), (apart, apart)] {
        let shown = snapshot(&format!(
            "--- book.toml\n[book]\nlanguages = [\"ja\", \"en\"]\n{SETTINGS}\
             [[front_matter.defaults]]\npath = \"{written}/**\"\ntype = \"policy\"\n\
             [[check.accepted]]\ncode = \"DOC005\"\npath = \"content/{written}/{written}.md\"\nreason = \"r\"\n\
             --- content/index.md\n# 表紙\n\n[a]({written}/{written}.md) [b]({written}/) ![c]({written}.png)\n\
             --- content/{name}/{name}.md\n# 規程\n--- content/{name}/{written}.en.md\n# Backup\n--- content/{name}.png\nx\n"
        ));
        let found = told(&shown, &["REF104", "REF106", "BOK008", "TRN703", "BOK005", "DOC021"]);
        assert_eq!(found, Vec::<String>::new());
        assert_eq!(shown.book.documents.len(), 2, "the translation is paired");
        assert_eq!(shown.checked.accepted.len(), 1);
        assert!(is_route(&shown, &format!("{whole}/{whole}.html")));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn two_names_that_fall_on_one_are_two_pages_and_a_finding() {
    let book = Book::new();
    let pairs = [("ハ\u{3099}.md", "バ.md"), ("a\\b.md", "a-b.md"), ("x.md", "x.markdown")];
    for (one, other) in pairs {
        book.put(&format!("book/content/{one}"), "# Eins\n");
        book.put(&format!("book/content/{other}"), "# Zwei\n");
    }
    let shown = snapshot_of(read::read(&book.path("book")).files, today());
    assert_eq!(shown.book.documents.len(), 7);
    assert_eq!(told(&shown, &["BOK005"]).len(), 3, "{:?}", told(&shown, &["BOK005"]));
    let fresh = Book::new();
    fresh.put("book/content/バ.md", "# Zwei\n");
    let root = fs::canonicalize(fresh.path("book")).expect("a folder");
    let before = read::read(&root);
    fresh.put("book/content/ハ\u{3099}.md", "# Eins\n");
    let changed = [root.join("content/ハ\u{3099}.md")].into_iter().collect();
    assert!(read::read_again(&root, &before, &changed).is_none(), "the new file is not the old one");
}

#[test]
fn a_language_may_be_written_in_letters_of_either_size_and_once() {
    let text = format!(
        "--- book.toml\n[book]\nlanguages = [\"en\", \"zh-TW\"]\n{SETTINGS}--- content/access.md\n# Access\n\
         --- content/access.zh-tw.md\n# 存取\n"
    );
    let shown = snapshot(&text);
    assert_eq!(shown.book.documents.len(), 1);
    assert!(render(&shown, "zh-TW/access.html").contains("存取"));
    let twice = snapshot(&format!("{text}--- content/access.zh-TW.md\n# 存取權\n"));
    assert!(render(&twice, "zh-TW/access.html").contains("存取權"));
    assert_eq!(told(&twice, &["BOK005"]), ["BOK005 content/access.zh-tw.md:1:1"]);
    assert!(render(&twice, "access-document.html").contains("存取"));
    let hidden = snapshot(&format!("{text}--- content/access.en.md\n# Again\n"));
    assert!(render(&hidden, "access.html").contains("Access"), "a second English text hides no first one");
    assert_eq!(told(&hidden, &["BOK005"]), ["BOK005 content/access.en.md:1:1"]);
}

#[test]
fn a_link_to_what_is_not_built_says_so() {
    let shown = snapshot(&format!(
        "--- book.toml\n{SETTINGS}--- content/a.md\n# A\n\n[1](_draft.md) [2](_draft) [3](_off/b.md) [4](.hidden/c.md) \
         ![5](_images/x.png) [6](_none.md)\n--- content/_draft.md\n--- content/_off/b.md\n--- content/_images/x.png\n"
    ));
    let variants = shown.checked.findings.iter().filter(|finding| ["REF104", "REF106"].contains(&finding.code));
    let variants: Vec<&str> = variants.map(|finding| finding.variant).collect();
    assert_eq!(variants, ["unbuilt", "unbuilt", "unbuilt", "unbuilt", "unbuilt", ""]);
    let rule = ismsbook::rules::rule("REF104").expect("a rule");
    let of_link = shown.checked.findings.iter().find(|finding| finding.code == "REF104").expect("a finding");
    let message = rule.wording(&Language::english()).message(of_link, &Language::english());
    assert!(message.contains("not built"), "{message}");
}

#[test]
fn a_file_of_the_theme_that_is_no_text_is_told() {
    let mut files = Files::new();
    let mut put = |path: &str, bytes: &[u8]| files.insert(FilePath::new(path), File::new(bytes.to_vec()));
    put("book.toml", SETTINGS.as_bytes());
    put("content/a.md", b"# A\n");
    put("themes/t/page.html", b"\x93");
    put("themes/t/logo.png", b"\x93");
    assert_eq!(told(&snapshot_of(files, today()), &["BOK001"]), ["BOK001 themes/t/page.html:1:1"]);
}
