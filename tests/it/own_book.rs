//! The repository's own book: complete, decided, and free of findings that nobody answers for.
#![expect(clippy::disallowed_methods, reason = "the test reads the repository itself")]

use std::path::Path;

use ismsbook::files::{File, FilePath, Files};
use ismsbook::finding::Severity;

use crate::support::{place, snapshot_of, today};

pub(crate) fn own_files() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Files::new();
    let mut folders = vec![root.join("content")];
    let book = std::fs::read(root.join("book.toml")).expect("the repository is a book");
    files.insert(FilePath::new("book.toml"), File::new(book));
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(root).expect("below the root").to_string_lossy().into_owned();
            files.insert(FilePath::new(&name), File::new(std::fs::read(&path).expect("a file")));
        }
    }
    files
}

#[test]
fn every_control_is_decided_once_a_role() {
    let snapshot = snapshot_of(own_files(), today());
    let soa = &snapshot.derived.soa;
    let of = |catalog: &str| soa.lines.iter().filter(|line| line.item.id.catalog.as_str() == catalog).count();
    assert_eq!((of("iso27001-2022"), of("iso27017-2015")), (93, 79));
    assert_eq!(soa.totals.undecided, 0);
    assert_eq!(soa.totals.all(), 172);
}

#[test]
fn nothing_is_found_that_nobody_answers_for() {
    let snapshot = snapshot_of(own_files(), today());
    let found = snapshot.checked.findings.iter().filter(|finding| finding.severity >= Severity::Info);
    let found: Vec<String> = found
        .map(|finding| {
            let language = snapshot.book.config.default_language();
            let message = ismsbook::rules::wording::of(finding.code, language).message(finding, language);
            format!("{} {message}", place(&snapshot, finding))
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert_eq!(snapshot.checked.accepted.len(), snapshot.book.config.accepted.len());
}
