//! The mini books of `tests/books/`: real folders, each showing one thing and named by it. What the SoA, the findings and the
//! levels of the risks must be stands beside each book.
//!
//! A new book is a folder with `book.toml` and `content/`. Its expected files are made by hand or printed once and read:
//!
//! ```text
//! ismsbook soa tests/books/NAME --format md --today 2026-11-22 | grep -v -e '^- Commit' -e '^- コミット' > tests/books/NAME/expected-soa.md
//! ```
//!
//! `expected-findings.txt` has a line `CODE path:line:column` a finding; it is there only where something is found.
//! `expected-risks.txt` has a line `RSK-001 6 (High risk) → 2 (Low risk)` a risk; it is there only where the matrix is what the
//! book shows. The first language of the book counts.
#![expect(clippy::disallowed_methods, reason = "the test reads the repository itself")]

use std::fs;
use std::path::{Path, PathBuf};

use ismsbook::files::{File, FilePath, Files};
use ismsbook::project::Snapshot;
use ismsbook::{export, phrase};

use crate::support::{place, snapshot_of, today};

/// The books of the SoA; others may stand beside them.
const BOOKS: [&str; 7] =
    ["customer-only", "edition-2013", "own-catalog", "own-grid", "product-5x5", "two-editions", "全て日本語"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books")
}

/// The files of a book: what the program reads, and nothing that it writes.
pub(crate) fn files_of(root: &Path) -> Files {
    let mut files = Files::new();
    let mut paths = vec![root.join("book.toml"), root.join("catalogs"), root.join("content"), root.join("themes")];
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            paths.extend(fs::read_dir(&path).expect("a folder").flatten().map(|entry| entry.path()));
        } else if path.is_file() {
            let name = path.strip_prefix(root).expect("below the book").to_string_lossy().replace('\\', "/");
            files.insert(FilePath::new(&name), File::new(fs::read(&path).expect("a file")));
        }
    }
    files
}

fn expected(book: &Path, file: &str) -> String {
    fs::read_to_string(book.join(file)).unwrap_or_default().replace("\r\n", "\n")
}

/// The lines of two texts that differ, as a pull request shows them.
fn difference(expected: &str, found: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("- {line}\n"));
    let added = new.iter().filter(|line| !old.contains(line)).map(|line| format!("+ {line}\n"));
    let lines: String = gone.chain(added).collect();
    if lines.is_empty() { "the same lines in another order or number\n".to_owned() } else { lines }
}

fn findings(snapshot: &Snapshot) -> String {
    let lines: Vec<String> = snapshot.checked.findings.iter().map(|finding| place(snapshot, finding) + "\n").collect();
    lines.concat()
}

fn risks(snapshot: &Snapshot) -> String {
    let book = &snapshot.book;
    let level = |rated| phrase::score(book, rated).get(book.config.default_language()).to_owned();
    let line = |entry: &ismsbook::derive::RiskEntry| {
        let levels = [entry.inherent, entry.residual].map(|rated| rated.map(level).unwrap_or_default());
        format!("{} {}\n", book.document(entry.document).name(), levels.join(" → "))
    };
    snapshot.derived.risks.iter().map(line).collect()
}

#[test]
fn every_mini_book_gives_what_stands_beside_it() {
    let mut wrong = String::new();
    let mut seen = Vec::new();
    let mut books: Vec<PathBuf> =
        fs::read_dir(folder()).expect("a folder").flatten().map(|entry| entry.path()).collect();
    books.sort();
    for book in books.iter().filter(|book| book.join("expected-soa.md").is_file()) {
        let name = book.file_name().expect("a name").to_string_lossy().into_owned();
        let snapshot = snapshot_of(files_of(book), today());
        let statement = export::soa::markdown(&snapshot, snapshot.book.config.default_language());
        let mut compare = |file: &str, found: &str| {
            let expected = expected(book, file);
            if expected != found {
                wrong.push_str(&format!("tests/books/{name}/{file}\n{}\n", difference(&expected, found)));
            }
        };
        compare("expected-soa.md", &String::from_utf8(statement).expect("UTF-8"));
        compare("expected-findings.txt", &findings(&snapshot));
        if book.join("expected-risks.txt").is_file() {
            compare("expected-risks.txt", &risks(&snapshot));
        }
        seen.push(name);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    let missing: Vec<&&str> = BOOKS.iter().filter(|name| !seen.iter().any(|seen| seen == *name)).collect();
    assert!(missing.is_empty(), "no expected SoA beside {missing:?}");
}
