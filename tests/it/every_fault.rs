//! A book with one fault of every kind that can stand together: each is found once, at its place, and nothing else.

use std::collections::BTreeSet;

use ismsbook::files::{File, FilePath};
use ismsbook::project::Snapshot;
use ismsbook::rules::RULES;

use crate::support::{files, place, snapshot_of, today};

/// `⟦wrong¦right⟧` marks each fault; a file that is right when it is empty is not there at all.
const BOOK: &str = include_str!("../books/every-fault.txt");

/// Rules whose fault cannot stand in this book, and why. Their own examples prove them.
const APART: [(&str, &str); 10] = [
    ("BOK009", "is found while a page is rendered, and the rules look at no page"),
    ("BOK010", "needs a book without documents"),
    ("BOK011", "needs git; tests/it/git_silent.rs makes repositories that do not answer"),
    ("DOC020", "needs git; tests/it/git.rs makes a repository"),
    ("REF102", "needs two editions of one catalog, and with ISO's all its controls"),
    ("SOA219", "needs every control implemented, which SOA210 forbids"),
    ("SCP401", "needs a book without a scope, where no other fault of a scope can be"),
    ("SCP402", "needs a scope without cloud services, and SCP404 to SCP406 are about one"),
    ("SCP403", "needs the customer role to be absent, and SOA213 and AUD602 need it"),
    ("AUD601", "needs a year without an audit, and AUD602 one with an audit"),
];

pub(crate) fn book(mended: bool) -> Snapshot {
    let mut text = String::new();
    let mut rest = BOOK;
    while let Some((before, marked)) = rest.split_once('⟦') {
        let (choice, after) = marked.split_once('⟧').expect("every mark is closed");
        let (wrong, right) = choice.split_once('¦').expect("every mark has two sides");
        text.push_str(before);
        text.push_str(if mended { right } else { wrong });
        rest = after;
    }
    text.push_str(rest);
    let mut files = files(&text);
    let empty: Vec<_> =
        files.iter().filter(|(_, file)| file.bytes.trim_ascii().is_empty()).map(|(path, _)| path.clone()).collect();
    for path in &empty {
        files.remove(path);
    }
    if !mended {
        // What a text cannot hold: bytes that are no text, and more of it than is parsed.
        let head =
            "---\nid: POL-900\ntype: policy\ntitle: Bytes\nowner: ciso\nstatus: draft\nclassification: internal\n---\n";
        files.insert(
            FilePath::new("content/bok001.md"),
            File::new([head.as_bytes(), b"Need to know\x94 applies.\n"].concat()),
        );
        files
            .insert(FilePath::new("content/log.md"), File::new("2026-04-01 door 3 open\n".repeat(50_000).into_bytes()));
    }
    snapshot_of(files, today())
}

fn found(snapshot: &Snapshot) -> Vec<String> {
    let mut found: Vec<String> = snapshot.checked.findings.iter().map(|finding| place(snapshot, finding)).collect();
    found.sort();
    found
}

#[test]
fn each_fault_is_found_once_and_at_its_place() {
    let found = found(&book(false));
    let expected: Vec<&str> = include_str!("../books/every-fault-findings.txt").lines().collect();
    assert_eq!(found, expected, "found:\n{}", found.join("\n"));
    let codes: BTreeSet<&str> = found.iter().map(|place| &place[..6]).collect();
    assert_eq!(codes.len(), found.len());
}

#[test]
fn the_mended_book_has_no_fault() {
    assert_eq!(found(&book(true)), Vec::<String>::new());
}

#[test]
fn every_rule_is_in_the_book_or_cannot_be() {
    let found = found(&book(false));
    let there: BTreeSet<&str> = found.iter().map(|place| &place[..6]).chain(APART.map(|(code, _)| code)).collect();
    let missing: Vec<&str> = RULES.iter().map(|rule| rule.code).filter(|code| !there.contains(code)).collect();
    assert_eq!(missing, Vec::<&str>::new());
    assert_eq!(there.len(), found.len() + APART.len(), "what stands apart is not in the book");
}
