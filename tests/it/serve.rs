//! The live preview, over real sockets: what is shown, to whom, and that no change is missed.
#![expect(clippy::disallowed_methods, reason = "a preview watches the file system")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::Duration;

use ismsbook::serve::{Options, Patience, Preview, Told, start};
use ismsbook::workspace::Workspace;
use tempfile::TempDir;

use crate::git::run as git;
use crate::support::today;

pub(crate) fn write(book: &TempDir, path: &str, text: &str) {
    let path = book.path().join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("written");
}

fn policy(text: &str) -> String {
    format!("---\nid: REC-001\ntype: record\ntitle: 記録\nowner: a\n---\n{text}\n")
}

/// A book in a folder, and its preview, which ends with the test.
pub(crate) struct Running {
    pub(crate) book: TempDir,
    pub(crate) preview: Preview,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.preview.stopper.stop();
    }
}

fn running(poll: bool) -> Running {
    preview_of(small_book(), poll)
}

pub(crate) fn small_book() -> TempDir {
    let book = TempDir::new().expect("a temporary folder");
    write(
        &book,
        "book.toml",
        "[book]\nlanguages = [\"ja\"]\n[isms]\ncontrols = []\nrequirements = []\nrisk_sources = []\n",
    );
    write(&book, "content/records/a.md", &policy("はじめの文。"));
    book
}

fn preview_of(book: TempDir, poll: bool) -> Running {
    preview_with(book, poll, Patience::default())
}

pub(crate) fn preview_with(book: TempDir, poll: bool, patience: Patience) -> Running {
    let workspace = Workspace::find(Some(book.path())).expect("a book");
    let host = "127.0.0.1".to_owned();
    let options = Options { workspace, host, port: 0, poll, language: None, patience, today: Box::new(today) };
    let preview = start(options).unwrap_or_else(|_| panic!("the preview starts"));
    Running { book, preview }
}

pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time");
    stream
}

/// Status line and body of an answer.
fn request(address: SocketAddr, method: &str, path: &str, host: &str) -> (String, String) {
    exchange(address, &format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
}

/// Head, its names in small letters, and body of the answer to a request as written.
fn exchange(address: SocketAddr, request: &str) -> (String, String) {
    let mut stream = connect(address);
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let (head, body) = answer.split_once("\r\n\r\n").expect("head and body");
    let (status, headers) = head.split_once("\r\n").expect("a status line");
    let headers = headers.lines().map(|line| {
        let (name, value) = line.split_once(':').expect("a header");
        format!("\n{}:{value}", name.to_ascii_lowercase())
    });
    (format!("{status}{}", headers.collect::<String>()), body.to_owned())
}

fn get(address: SocketAddr, path: &str) -> String {
    request(address, "GET", path, "localhost").1
}

fn generation(page: &str) -> u64 {
    let rest = page.split("reload.js?generation=").nth(1).expect("the script is there");
    rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().expect("a number")
}

/// The next event after a generation.
fn next_event(address: SocketAddr, since: u64) -> String {
    let mut stream = connect(address);
    write!(stream, "GET /__ismsbook/events?since={since} HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
    let lines = BufReader::new(stream).lines();
    lines.map_while(Result::ok).find(|line| line.starts_with("data: ")).expect("an event")
}

const PAGE: &str = "/records/a.html";

#[test]
fn a_saved_file_is_told_to_the_open_page_and_shown() {
    let running = running(false);
    let address = running.preview.address;
    let page = get(address, PAGE);
    assert!(page.contains("はじめの文。"), "{page}");
    write(&running.book, "content/records/a.md", &policy("つぎの文。"));
    let event = next_event(address, generation(&page));
    let page = get(address, PAGE);
    assert!(page.contains("つぎの文。"), "{page}");
    assert!(event.contains(&format!("\"generation\": {}", generation(&page))), "{event}");
}

#[test]
fn a_change_made_while_the_page_loads_is_told_at_once() {
    let running = running(false);
    let address = running.preview.address;
    let page = get(address, PAGE);
    write(&running.book, "content/records/b.md", &policy("もう一つ。"));
    assert!(
        matches!(running.preview.next(), Some(Told::Changed { .. })),
        "the change has come before anybody asks for it"
    );
    next_event(address, generation(&page));
    assert!(get(address, "/records/b.html").contains("もう一つ。"));
}

#[test]
fn saving_by_renaming_new_folders_and_removals_are_seen() {
    let running = running(false);
    let address = running.preview.address;
    let root = running.book.path();
    let mut since = generation(&get(address, PAGE));
    let mut changed = |change: &dyn Fn(&Path)| {
        change(root);
        next_event(address, since);
        since = generation(&get(address, "/"));
    };
    changed(&|root| {
        fs::write(root.join("content/records/.a.tmp"), policy("別の名前から。")).expect("written");
        fs::rename(root.join("content/records/.a.tmp"), root.join("content/records/a.md")).expect("renamed");
    });
    assert!(get(address, PAGE).contains("別の名前から。"));
    changed(&|root| {
        fs::create_dir_all(root.join("content/new/deep")).expect("made");
        fs::write(root.join("content/new/deep/c.md"), policy("新しいフォルダ。")).expect("written");
    });
    assert!(get(address, "/new/deep/c.html").contains("新しいフォルダ。"));
    changed(&|root| fs::write(root.join("content/new/deep/c.md"), policy("その続き。")).expect("written"));
    assert!(get(address, "/new/deep/c.html").contains("その続き。"));
    changed(&|root| fs::remove_dir_all(root.join("content/new")).expect("removed"));
    assert!(request(address, "GET", "/new/deep/c.html", "localhost").0.starts_with("HTTP/1.1 404"));
}

#[test]
fn a_finding_of_the_open_document_stands_on_its_page_and_goes_when_it_is_mended() {
    let running = running(false);
    let address = running.preview.address;
    let panel = |page: &str| {
        page.split("id=\"preview-findings\"")
            .nth(1)
            .expect("a panel")
            .split("</aside>")
            .next()
            .expect("its end")
            .to_owned()
    };
    let page = get(address, PAGE);
    assert!(panel(&page).contains("hidden"), "{}", panel(&page));
    write(&running.book, "content/records/a.md", "---\nid: REC-001\ntype: record\ntitle: \"記録\n\n本文は残る。\n");
    next_event(address, generation(&page));
    let page = get(address, PAGE);
    assert!(panel(&page).contains("[DOC001]") && panel(&page).contains("content/records/a.md:"), "{}", panel(&page));
    write(&running.book, "content/records/a.md", &policy("直した。"));
    next_event(address, generation(&page));
    let page = get(address, PAGE);
    assert!(panel(&page).contains("hidden") && page.contains("直した。"), "{}", panel(&page));
}

#[test]
fn a_broken_template_is_said_on_the_page_which_stands_in_the_shipped_theme() {
    let book = small_book();
    let settings = fs::read_to_string(book.path().join("book.toml")).expect("it is there");
    write(&book, "book.toml", &format!("{settings}[build]\ntheme = \"mine\"\n"));
    write(&book, "themes/mine/document.html", "{{ view.no_such }}");
    let running = preview_of(book, false);
    let page = get(running.preview.address, PAGE);
    assert!(page.contains("[BOK009]") && page.contains("themes/mine/document.html:1:"), "{page}");
    assert!(page.contains("はじめの文。"), "{page}");
}

#[test]
fn a_broken_book_file_leaves_the_pages_and_says_so_on_them() {
    let running = running(false);
    let address = running.preview.address;
    let page = get(address, PAGE);
    let good = fs::read_to_string(running.book.path().join("book.toml")).expect("it is there");
    write(&running.book, "book.toml", "[book]\ntitle = 方針\n");
    next_event(address, generation(&page));
    let page = get(address, PAGE);
    assert!(page.contains("はじめの文。") && page.contains("book.toml:2"), "{page}");
    write(&running.book, "book.toml", &good);
    next_event(address, generation(&page));
    assert!(!get(address, PAGE).contains("book.toml:2"));
}

#[test]
fn only_names_of_this_machine_and_reading_are_answered() {
    let running = running(false);
    let address = running.preview.address;
    let head = |method: &str, path: &str, host: &str| request(address, method, path, host).0;
    for host in ["localhost", "127.0.0.1:4000", "[::1]:4000"] {
        assert!(head("GET", "/", host).starts_with("HTTP/1.1 200"), "{host}");
    }
    for host in ["evil.example", "127.0.0.1.evil.example", "192.168.0.1", ""] {
        assert!(head("GET", "/", host).starts_with("HTTP/1.1 403"), "{host}");
    }
    assert!(head("POST", "/", "localhost").starts_with("HTTP/1.1 405"));
    let (status, body) = request(address, "HEAD", "/", "localhost");
    assert!(status.starts_with("HTTP/1.1 200") && body.is_empty());
    for path in ["/../book.toml", "/%2e%2e/book.toml", "/content/records/a.md", "/__ismsbook/other"] {
        assert!(head("GET", path, "localhost").starts_with("HTTP/1.1 404"), "{path}");
    }
    let redirect = head("GET", "/records", "localhost");
    assert!(redirect.starts_with("HTTP/1.1 302") && redirect.contains("location: /records/"), "{redirect}");
}

/// Head and body of the answer to a request for a part of a file.
fn part(address: SocketAddr, path: &str, range: &str) -> (String, String) {
    exchange(address, &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nRange: {range}\r\nConnection: close\r\n\r\n"))
}

#[test]
fn a_player_may_ask_for_a_part_of_a_recording_and_nothing_is_kept() {
    let running = running(false);
    let address = running.preview.address;
    let page = get(address, PAGE);
    write(&running.book, "content/records/drill.mp4", "0123456789");
    next_event(address, generation(&page));
    let (head, body) = part(address, "/records/drill.mp4", "bytes=2-5");
    assert!(head.starts_with("HTTP/1.1 206") && head.contains("content-range: bytes 2-5/10"), "{head}");
    assert_eq!(body, "2345");
    assert_eq!(part(address, "/records/drill.mp4", "bytes=-3").1, "789");
    let (head, _) = part(address, "/records/drill.mp4", "bytes=10-");
    assert!(head.starts_with("HTTP/1.1 416") && head.contains("content-range: bytes */10"), "{head}");
    let (head, body) = request(address, "GET", "/records/drill.mp4", "localhost");
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("accept-ranges: bytes"), "{head}");
    assert!(head.contains("cache-control: no-store") && body == "0123456789", "{head}");
}

#[test]
fn a_page_that_is_not_there_is_a_page_of_the_manual() {
    let running = running(false);
    let (head, body) = request(running.preview.address, "GET", "/no/such/page.html", "localhost");
    assert!(head.starts_with("HTTP/1.1 404"), "{head}");
    assert!(body.contains("ページが見つからない") && body.contains("href=\"/style.css\""), "{body}");
}

#[test]
fn without_events_of_the_system_files_are_looked_at() {
    let running = running(true);
    let address = running.preview.address;
    let page = get(address, PAGE);
    write(&running.book, "content/records/a.md", &policy("見に行った。"));
    next_event(address, generation(&page));
    assert!(get(address, PAGE).contains("見に行った。"));
}

#[test]
fn a_commit_made_while_the_preview_runs_is_seen() {
    let book = small_book();
    let approved = |more: &str, text: &str| {
        format!(
            "---\nid: POL-001\ntype: policy\ntitle: 方針\nstatus: approved\nversion: \"1.0\"\napproved: 2026-04-01\n{more}---\n{text}\n"
        )
    };
    let settings = fs::read_to_string(book.path().join("book.toml")).expect("it is there");
    write(&book, "book.toml", &format!("{settings}[build]\ncompare_with = \"v1\"\n"));
    write(&book, "content/records/a.md", &approved("", "はじめの文。"));
    let commit = |folder: &Path, day: &str| {
        git(folder, day, &["add", "-A"]);
        git(folder, day, &["commit", "-q", "-m", "change"]);
    };
    git(book.path(), "2026-03-01", &["init", "-q"]);
    commit(book.path(), "2026-03-01");
    git(book.path(), "2026-03-01", &["tag", "v1"]);
    let running = preview_of(book, false);
    let address = running.preview.address;
    let page = get(address, PAGE);
    assert!(page.contains("最終変更：2026-03-01") && get(address, "/changes.html").contains("変更はない"), "{page}");
    write(&running.book, "content/records/a.md", &approved("", "つぎの文。"));
    next_event(address, generation(&page));
    let page = get(address, PAGE);
    assert!(!page.contains("DOC020"), "nobody has committed to the change yet: {page}");
    assert!(get(address, "/changes.html").contains("冒頭"), "{}", get(address, "/changes.html"));
    commit(running.book.path(), "2026-05-10");
    next_event(address, generation(&page));
    let page = get(address, PAGE);
    assert!(page.contains("DOC020") && page.contains("最終変更：2026-05-10"), "{page}");
    write(&running.book, "content/records/a.md", &approved("reviewed: 2026-05-10\n", "つぎの文。"));
    next_event(address, generation(&page));
    assert!(!get(address, PAGE).contains("DOC020"), "who reviews the text confirms it");
}

#[test]
fn attachments_that_might_run_are_handed_over_and_drawings_run_nothing() {
    let book = small_book();
    write(&book, "content/records/a.md", &policy("[a](att.html) ![p](pic.svg)"));
    for name in ["att.html", "run.js", "odd.xml"] {
        write(&book, &format!("content/records/{name}"), "<script>x</script>");
    }
    write(&book, "content/records/pic.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let running = preview_of(book, false);
    let address = running.preview.address;
    for name in ["att.html", "run.js", "odd.xml"] {
        let (head, body) = request(address, "GET", &format!("/records/{name}"), &address.to_string());
        assert!(head.contains("content-type: application/octet-stream"), "{name}: {head}");
        assert_eq!(body, "<script>x</script>");
    }
    let (head, _) = request(address, "GET", "/records/pic.svg", &address.to_string());
    assert!(head.contains("content-type: image/svg+xml") && head.contains("; sandbox;"), "{head}");
    assert!(get(address, "/records/a.html").contains("download=\"att.html\""));
}
