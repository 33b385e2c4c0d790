//! The commands that write: decisions of the statement, approval and revision of documents, another id. What they ask for is
//! what the book says afterwards, and every other byte is as it was.
#![expect(clippy::disallowed_methods, reason = "commands work on the file system")]

use std::fs;
use std::path::Path;

use ismsbook::disk::read;
use ismsbook::edit::suggest;
use ismsbook::project::Snapshot;
use tempfile::TempDir;

use crate::support::run_program;

const BOOK: &str = "[book]\nlanguages = [\"en\"]\n[isms]\ncontrols = [\"iso27001-2022\", \"iso27017-2015\"]\nrequirements = []\nrisk_sources = []\n[check.rules]\nSCP401 = \"off\"\nAUD601 = \"off\"\nSOA201 = \"off\"\n";

const SOA: &str = "---\r\nid: SOA-001\r\ntype: applicability\r\ntitle: SoA\r\nowner: ciso\r\nclassification: internal\r\ndecisions:\r\n  # the office\r\n  - control: A.7.1   # walls\r\n    applicable: true\r\n    reasons: [business]\r\n    status: \"planned\"\r\n    due: 2027-01-31\r\n  - {control: A.7.2, applicable: true, reasons: [business]}\r\n  - control: 27017:13.1.3\r\n    roles: [customer]\r\n    applicable: true\r\n    reasons: [business]\r\n---\r\n\r\nText.";

fn run(folder: &Path, arguments: &[&str]) -> (u8, String, String) {
    let here = format!("--dir={}", folder.to_str().expect("a plain path"));
    run_program(false, arguments.iter().copied().chain([here.as_str()]))
}

fn book(files: &[(&str, &str)]) -> TempDir {
    let book = TempDir::new().expect("a temporary folder");
    for (path, text) in [("book.toml", BOOK)].iter().chain(files) {
        let path = book.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }
    book
}

fn text(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).expect("it is there")
}

/// Runs a command, and proves that its outcome is the text with some parts in the place of others.
fn writes(folder: &Path, path: &str, arguments: &[&str], changes: &[(&str, &str)]) {
    let old = text(folder, path);
    let mut expected = old.clone();
    for (from, to) in changes {
        assert_eq!(expected.matches(from).count(), 1, "{from}");
        expected = expected.replace(from, to);
    }
    let (status, out, err) = run(folder, &[arguments, &["--dry-run"]].concat());
    assert_eq!((status, text(folder, path)), (0, old), "{out}{err}");
    let (status, out, err) = run(folder, arguments);
    assert_eq!((status, text(folder, path)), (0, expected), "{out}{err}");
    let (status, out, _) = run(folder, arguments);
    assert!(status == 0 && out == "The book says so already; nothing was written.\n", "a second time: {out}");
}

#[test]
fn a_decision_is_changed_where_it_stands() {
    let book = book(&[("content/soa.md", SOA)]);
    let soa = |arguments: &[&str], changes: &[(&str, &str)]| {
        writes(book.path(), "content/soa.md", &[&["decide"], arguments].concat(), changes);
    };
    soa(
        &["A.7.1", "--status", "partial", "--due", "2027-03-31"],
        &[("\"planned\"", "\"partial\""), ("2027-01-31", "2027-03-31")],
    );
    soa(
        &["A.7.1", "--applicable", "no", "--justification", "No office: everybody works at home."],
        &[
            ("A.7.1   # walls\r\n    applicable: true", "A.7.1   # walls\r\n    applicable: false"),
            (
                "    reasons: [business]\r\n    status: \"partial\"\r\n    due: 2027-03-31\r\n",
                "    justification: \"No office: everybody works at home.\"\r\n",
            ),
        ],
    );
    soa(
        &["A.7.2", "--owner", "facility", "--reason", "legal,contractual"],
        &[(
            "applicable: true, reasons: [business]}",
            "applicable: true, reasons: [legal, contractual], owner: facility}",
        )],
    );
    soa(
        &["27017:13.1.3", "--role", "customer", "--status", "implemented"],
        &[("reasons: [business]\r\n---", "reasons: [business]\r\n    status: implemented\r\n---")],
    );
    soa(
        &["27017:13.1.3", "--role=provider", "--applicable=yes", "--reason=contractual"],
        &[(
            "    status: implemented\r\n---",
            "    status: implemented\r\n  - control: 27017:13.1.3\r\n    roles: [provider]\r\n    applicable: true\r\n    reasons: [contractual]\r\n---",
        )],
    );
    let added = "  - control: A.8.11-A.8.12\r\n    applicable: false\r\n    justification: We mask nothing.\r\n";
    soa(
        &["A.8.11-12", "--applicable=no", "--justification=We mask nothing."],
        &[("[contractual]\r\n---", &format!("[contractual]\r\n{added}---"))],
    );
    soa(&["A.8.11,A.8.12", "--justification=No such data."], &[("We mask nothing.", "No such data.")]);
    let listed = "  - control: [A.8.9-A.8.10, A.8.15]\r\n    applicable: true\r\n    reasons: [best-practice]\r\n";
    soa(
        &["A.8.9-10", "A.8.15", "--applicable=yes", "--reason=best-practice"],
        &[("No such data.\r\n---", &format!("No such data.\r\n{listed}---"))],
    );
    soa(
        &["A.8.15", "A.8.9-A.8.10", "--owner=it"],
        &[("[best-practice]\r\n---", "[best-practice]\r\n    owner: it\r\n---")],
    );
    let (status, _, err) = run(book.path(), &["decide", "A.8.15", "--owner=cto"]);
    assert!(
        status == 2 && err.contains("`A.8.15` is decided together with others or for other roles at content/soa.md:"),
        "{err}"
    );
    let rest = "  - control: [A.8.13, A.8.14]\r\n    applicable: true\r\n    reasons: [business]\r\n";
    soa(
        &["A.8.13", "A.8.14", "--applicable=yes", "--reason=business"],
        &[("    owner: it\r\n---", &format!("    owner: it\r\n{rest}---"))],
    );
}

#[test]
fn a_book_without_a_statement_gets_one() {
    let book = book(&[]);
    let (status, out, err) =
        run(book.path(), &["decide", "A.7.1-A.7.3", "--applicable=no", "--justification=No office."]);
    assert_eq!((status, err.as_str()), (0, ""), "{out}");
    let soa = text(book.path(), "content/applicability.md");
    assert!(
        soa.starts_with("---\nid: SOA-001\ntype: applicability\n")
            && soa.contains(
                "\ndecisions:\n  - control: A.7.1-A.7.3\n    applicable: false\n    justification: No office.\n"
            ),
        "{soa}"
    );
}

#[test]
fn what_cannot_be_decided_is_said_and_nothing_is_written() {
    let together = SOA.replace(
        "  - {control: A.7.2",
        "  - control: 27017:6.1.1\r\n    applicable: true\r\n    reasons: [business]\r\n  - {control: A.7.2",
    );
    let anchored = "---\nid: SOA-002\ntype: applicability\ntitle: More\nowner: &who ciso\nclassification: internal\ndecisions:\n  - &one\n    control: A.8.1\n    applicable: true\n    reasons: [business]\n    owner: *who\n  - {control: A.8.2, applicable: true, reasons: [business], owner: *who}\n---\n";
    let book = book(&[("content/soa.md", &together), ("content/soa2.md", anchored)]);
    for (arguments, said) in [
        (&["A.7.1"][..], "nothing is decided"),
        (&["A.5.99", "--applicable=no"], "is no control of this book; did you mean one of: A.5.9"),
        (&["A.9.2.1", "--applicable=no"], "its successors: A.5.16"),
        (&["nonsense", "--applicable=no"], "`nonsense` is no control"),
        (&["A.7.1", "--role=provider", "--applicable=no"], "`A.7.1` has no line for the role `provider`"),
        (
            &["27017:6.1.1", "--role=customer", "--applicable=no"],
            "is decided together with others or for other roles at content/soa.md:14:14",
        ),
        (&["A.8.1-A.7.3", "--applicable=no"], "is no control of this book"),
        (&["A.7.1", "--status=done"], "`done` is no value"),
        (&["A.7.1", "--due=soon"], "`soon` is no value"),
    ] {
        let (status, out, err) = run(book.path(), &[&["decide"], arguments].concat());
        assert!(status == 2 && err.contains(said), "{arguments:?}: {out}{err}");
    }
    assert_eq!(
        (text(book.path(), "content/soa.md"), text(book.path(), "content/soa2.md")),
        (together, anchored.to_owned())
    );
    // An alias stands for its anchor: another word in its place leaves that as it is.
    let (status, _, err) = run(book.path(), &["decide", "A.8.2", "--owner=cto"]);
    assert_eq!(
        (status, text(book.path(), "content/soa2.md")),
        (0, anchored.replace("owner: *who}", "owner: cto}")),
        "{err}"
    );
}

const POLICY: &str = "---\nid: POL-001   # ours\ntype: policy\ntitle: Access\nversion: \"1.1\"\nstatus: review\nowner: it-manager\napprover: ciso\napproved: 2025-04-01\neffective: 2025-04-01\nnext_review: 2026-03-31\nclassification: internal\nrelated: [POL-002, RSK-001]\nrevisions:\n  - version: \"1.1\"   # newest\n    date: 2026-11-01\n    summary: Privileges.\n  - {version: \"1.0\", date: 2025-04-01, summary: First issue., approver: ciso}\n---\n\nSee [[POL-002#b|that]], POL-002 and POL-001.\n";
const OTHER: &str = "---\nid: POL-002\ntype: policy\ntitle: B\nowner: x\nclassification: internal\nrelated: POL-001\n---\n# B\n\nAs `POL-001` says. [[POL-001]] [it](a.md#x)\n";

#[test]
fn document_control_is_one_command_each() {
    let book = book(&[("content/a.md", POLICY), ("content/b.md", OTHER)]);
    let a = |arguments: &[&str], changes: &[(&str, &str)]| writes(book.path(), "content/a.md", arguments, changes);
    a(
        &["approve", "POL-001"],
        &[
            ("status: review", "status: approved"),
            ("approved: 2025-04-01", "approved: 2026-11-22"),
            ("effective: 2025-04-01", "effective: 2026-11-22"),
            ("next_review: 2026-03-31", "next_review: 2027-11-22"),
            ("    summary: Privileges.\n", "    summary: Privileges.\n    approver: ciso\n"),
        ],
    );
    a(
        &["review", "content/a.md", "--on=2026-11-22"],
        &[("effective: 2026-11-22\n", "effective: 2026-11-22\nreviewed: 2026-11-22\n")],
    );
    a(&["retire", "POL-001"], &[("status: approved", "status: retired")]);
    let (status, _, err) = run(book.path(), &["approve", "POL-001", "--on=2026-11-23"]);
    assert!(status == 2 && err.contains("2026-11-23 is still to come"), "{err}");
    let revised = &["revise", "POL-001", "--summary=Remote work: new", "--minor", "--by=ciso"];
    let (status, _, err) = run(book.path(), &["review", "POL-001"]);
    assert!(status == 2 && err.contains("`POL-001` is not approved (content/a.md:6:9: `retired`)"), "{err}");
    let (status, out, err) = run(book.path(), revised);
    assert_eq!(status, 0, "{out}{err}");
    let (status, _, err) = run(book.path(), revised);
    assert!(status == 2 && err.contains("`POL-001` is at work already"), "not twice: {err}");
    let made = text(book.path(), "content/a.md");
    assert!(made.contains("version: \"1.2\"\nstatus: review\n"), "{made}");
    assert!(made.contains("revisions:\n  - version: \"1.2\"\n    date: 2026-11-22\n    author: ciso\n    summary: \"Remote work: new\"\n  - version: \"1.1\"   # newest\n"), "{made}");
    let (status, out, err) = run(book.path(), &["approve", "POL-002"]);
    assert!(status == 2 && err.contains("nobody is named as the approver of `POL-002`"), "{out}{err}");
    let (status, out, err) = run(book.path(), &["approve", "POL-002", "--by=ciso", "--on=2026-11-20"]);
    assert_eq!(status, 0, "{out}{err}");
    assert!(text(book.path(), "content/b.md").contains("title: B\nstatus: approved\nowner: x\napprover: ciso\napproved: 2026-11-20\nnext_review: 2027-11-20\nclassification"), "{}", text(book.path(), "content/b.md"));
    fs::write(book.path().join("content/c.md"), "---\nid: POL-005\napprover: ciso\n---\n# C\n\nOf {{company}}.\n")
        .expect("written");
    let (status, _, err) = run(book.path(), &["approve", "ＰＯＬ－００５"]);
    assert!(
        status == 2 && err.contains("`POL-005` still has places to fill (`{{company}}` at content/c.md:7:4"),
        "{err}"
    );
    fs::write(book.path().join("content/d.md"), "---\nid: POL-005\n---\n# D\n").expect("written");
    let (status, _, err) = run(book.path(), &["rename", "POL-005", "POL-006"]);
    assert!(status == 2 && err.contains("several documents have the id `POL-005`"), "{err}");
    fs::remove_file(book.path().join("content/c.md")).expect("removed");
    fs::remove_file(book.path().join("content/d.md")).expect("removed");
    let (status, _, err) = run(book.path(), &["retire", "POL-003"]);
    assert!(status == 2 && err.contains("no document or page `POL-003`; did you mean `POL-001`?"), "{err}");
}

#[test]
fn an_id_is_renamed_wherever_it_is_a_reference() {
    let book = book(&[("content/a.md", POLICY), ("content/b.md", OTHER)]);
    let (status, out, err) = run(book.path(), &["rename", "POL-001", "ISMS-P-01"]);
    assert_eq!(status, 0, "{out}{err}");
    assert_eq!(text(book.path(), "content/a.md"), POLICY.replace("POL-001", "ISMS-P-01"));
    let other = OTHER.replace("related: POL-001", "related: ISMS-P-01").replace("[[POL-001]]", "[[ISMS-P-01]]");
    assert_eq!(text(book.path(), "content/b.md"), other);
    assert!(
        out.contains("`POL-001` still stands at content/b.md:11:5, where nothing reads it as a reference."),
        "{out}"
    );
    for (new, said) in [("POL-002", "means something"), ("A.5.15", "means something"), ("a b", "cannot be an id")] {
        let (status, _, err) = run(book.path(), &["rename", "ISMS-P-01", new]);
        assert!(status == 2 && err.contains(said), "{new}: {err}");
    }
    let (status, out, err) = run(book.path(), &["rename", "POL-002", "POL-020"]);
    assert_eq!(status, 0, "{out}{err}");
    assert!(
        text(book.path(), "content/a.md").contains("related: [POL-020, RSK-001]")
            && text(book.path(), "content/a.md").contains("See [[POL-020#b|that]], POL-020 and")
    );
}

#[test]
fn what_spoke_for_the_other_answer_goes_with_it() {
    let soa = "---\nid: SOA-001\ntype: applicability\ntitle: SoA\ndecisions:\n  - control: A.7.4\n    applicable: true\n    reasons: [risk]\n    justification: {ja: 夜間の監視, en: Watch at night}\n    owner: ciso\n    evidence:\n      - {title: Log, path: a.md}\n---\n\nText.\n";
    let book = book(&[("content/soa.md", soa)]);
    let (status, _, err) = run(book.path(), &["decide", "A.7.4", "--applicable=no", "--justification=No site."]);
    assert_eq!((status, err.as_str()), (0, ""));
    let expected =
        "decisions:\n  - control: A.7.4\n    applicable: false\n    justification: No site.\n    owner: ciso\n---\n";
    let written = text(book.path(), "content/soa.md");
    assert!(written.contains(expected), "{written}");
}

#[test]
fn every_proposal_for_the_books_here_can_be_accepted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let begun = TempDir::new().expect("a temporary folder");
    for language in ["ja", "en"] {
        let folder = begun.path().join(language);
        let (status, _, err) =
            run_program(false, ["init", "--language", language, folder.to_str().expect("a plain path")]);
        assert_eq!(status, 0, "{err}");
    }
    let mut proposed = 0;
    let here = ["", "tests/books/two-editions", "tests/books/全て日本語"].map(|name| root.join(name));
    for folder in here.into_iter().chain(["ja", "en"].map(|name| begun.path().join(name))) {
        let files = read::read(&folder).files;
        let before = super::support::snapshot_of(files, super::support::today());
        let all = suggest::proposals(&before);
        let all: Vec<&suggest::Proposal> = all.iter().collect();
        let draft = suggest::accept(&before, &all).unwrap_or_else(|why| panic!("{}: {why:?}", folder.display()));
        let after = super::support::snapshot_of(draft.files(), super::support::today());
        assert_eq!(suggest::unmet(&after, &before, &all), Vec::<String>::new(), "{}", folder.display());
        let contradictions = |snapshot: &Snapshot| {
            snapshot
                .checked
                .findings
                .iter()
                .filter(|finding| ["SOA206", "SOA207", "SOA208"].contains(&finding.code))
                .count()
        };
        assert_eq!(contradictions(&after), contradictions(&before), "{}", folder.display());
        proposed += all.len();
    }
    assert!(proposed > 20, "{proposed}");
}

#[test]
fn the_next_review_comes_when_the_settings_say() {
    let settings = format!("{BOOK}[document_control]\nreview_every = 6\n");
    let book = book(&[("content/a.md", "---\nid: POL-001\napprover: ciso\n---\n# A\n")]);
    fs::write(book.path().join("book.toml"), settings).expect("written");
    assert_eq!(run(book.path(), &["approve", "POL-001"]).0, 0);
    assert!(
        text(book.path(), "content/a.md").contains("next_review: 2027-05-22"),
        "{}",
        text(book.path(), "content/a.md")
    );
}

#[test]
fn no_statement_is_begun_beside_one_that_cannot_be_read() {
    let hidden = "<!-- licence -->\n---\nid: SOA-001\ntype: applicability\ntitle: SoA\n---\n\nText.\n";
    let book = book(&[("content/soa.md", hidden)]);
    let (status, _, err) = run(book.path(), &["decide", "A.7.4", "--applicable=no", "--justification=No site."]);
    assert!(status == 2 && err.contains("content/soa.md seems to be the Statement of Applicability"), "{err}");
    assert_eq!(fs::read_dir(book.path().join("content")).expect("a folder").count(), 1);
    // Nor are keys put above those that stand lower.
    fs::write(book.path().join("content/soa.md"), hidden.replace("applicability", "policy") + "As A.5.15 says.\n")
        .expect("written");
    let before = text(book.path(), "content/soa.md");
    let (status, out, err) = run(book.path(), &["suggest", "--write"]);
    assert!(status == 2 && text(book.path(), "content/soa.md") == before, "{out}{err}");
}
