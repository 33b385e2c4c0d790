//! What the preview answers to those who mean it ill, or who know no better; and that the next request is answered.
#![expect(clippy::disallowed_methods, reason = "a preview watches the file system")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use ismsbook::serve::Patience;

use crate::serve::{Running, connect, preview_with, small_book, write};

/// The next request is answered, and soon.
fn assert_answers(running: &Running, after: &str) {
    let begin = Instant::now();
    let answer = exchange(running.preview.address, &request("GET /records/a.html", "Host: localhost\r\n"));
    assert!(answer.starts_with("HTTP/1.1 200"), "after {after}: {answer}");
    assert!(begin.elapsed() < Duration::from_secs(5), "after {after} it took {:?}", begin.elapsed());
}

const LONG: usize = 16 << 20;

/// A preview of one page and one long file.
fn running(patience: Patience) -> Running {
    let book = small_book();
    write(&book, "content/records/long.mp4", &"x".repeat(LONG));
    preview_with(book, false, patience)
}

/// What is answered until the connection ends; who is let go may find it closed while still sending.
fn exchange(address: SocketAddr, request: &[u8]) -> String {
    let mut stream = connect(address);
    let _ = stream.write_all(request);
    rest(&mut stream)
}

fn rest(stream: &mut TcpStream) -> String {
    let (mut answer, mut part) = (Vec::new(), vec![0; 64 << 10]);
    loop {
        match stream.read(&mut part) {
            Ok(0) => break,
            Ok(length) => answer.extend_from_slice(&part[..length]),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => panic!("it is left open"),
            Err(_) => break,
        }
    }
    String::from_utf8_lossy(&answer).into_owned()
}

/// A request that ends its connection, with header lines of its own.
fn request(line: &str, headers: &str) -> Vec<u8> {
    format!("{line} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").into_bytes()
}

#[test]
fn whatever_is_sent_gets_its_answer_and_so_does_the_next_request() {
    const HERE: &str = "Host: localhost\r\n";
    let running = running(Patience::default());
    let get = |headers: &str| request("GET /", &format!("{HERE}{headers}"));
    let to = |host: &str| request("GET /", &format!("Host: {host}\r\n"));
    let mut table: Vec<(String, Vec<u8>, &str)> = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>, status| table.push((name.to_owned(), bytes, status));
    for length in ["30000000000", "99999999999", "9223372036854775807", "5"] {
        add("a body of a page", request("GET /", &format!("{HERE}Content-Length: {length}\r\n")), "413");
        add("a body", request("POST /", &format!("{HERE}Content-Length: {length}\r\n")), "405");
        add("a foreign body", request("POST /", &format!("Host: evil.example\r\nContent-Length: {length}\r\n")), "403");
    }
    for length in ["18446744073709551616", "-1", "+5", "5, 6", "five"] {
        add("no length", get(&format!("Content-Length: {length}\r\n")), "400");
    }
    add("a body in pieces", get("Transfer-Encoding: chunked\r\n"), "413");
    add("two lengths", get("Content-Length: 4\r\nContent-Length: 5\r\n"), "400");
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"] {
        add(method, request(&format!("{method} /"), HERE), "405");
    }
    add("CONNECT", request("CONNECT localhost:80", HERE), "405");
    let long = "a".repeat(1 << 20);
    add("a header line without end", [b"GET / HTTP/1.1\r\nHost: localhost\r\nA: ", long.as_bytes()].concat(), "431");
    add("a path without end", [b"GET /", long.as_bytes()].concat(), "4");
    add("a thousand headers", get(&"A: b\r\n".repeat(1000)), "431");
    for host in ["localhost", "127.0.0.1:4000", "[::1]:4000", "LOCALHOST"] {
        add("an own name", to(host), "200");
    }
    let foreign =
        ["evil.example", "127.0.0.1.evil.example", "[::1].evil.example", "[::1]evil", "192.168.0.1", "", "a@localhost"];
    for host in foreign {
        add("a foreign name", to(host), "403");
    }
    add("no name", request("GET /", ""), "403");
    add("two names", get("Host: localhost\r\n"), "403");
    add("an own name in the line", request("GET http://localhost:3000/records/a.html", HERE), "200");
    add("a foreign name in the line", request("GET http://evil.example/records/a.html", HERE), "403");
    add("a foreign name beside", request("GET http://localhost/records/a.html", "Host: evil.example\r\n"), "403");
    for (site, status) in
        [("cross-site", "403"), ("same-site", "403"), ("", "403"), ("same-origin", "200"), ("none", "200")]
    {
        add(&format!("a page that is {site}"), get(&format!("Sec-Fetch-Site: {site}\r\n")), status);
    }
    add("two pages", get("Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site\r\n"), "403");
    for (origin, status) in
        [("http://evil.example", "403"), ("null", "403"), ("http://localhost:81", "403"), ("http://localhost", "200")]
    {
        add(&format!("a page of {origin}"), get(&format!("Origin: {origin}\r\n")), status);
    }
    add("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n".to_vec(), "400");
    add("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), "none");
    add("a header that goes on", get("A: b\r\n c\r\n"), "400");
    add("a path out of the site", request("GET /../book.toml", HERE), "404");
    add("a path out of the site, hidden", request("GET /%2e%2e%2fbook.toml", HERE), "404");
    add("a path that is no text", request("GET /%ff%00%0d%0a", HERE), "404");
    add("a part without end", get("Range: bytes=0-18446744073709551615\r\n"), "206");
    for (name, bytes, status) in table {
        let begin = String::from_utf8_lossy(&bytes[..bytes.len().min(120)]).into_owned();
        let answer = exchange(running.preview.address, &bytes);
        // Who is let go while sending may not see the answer.
        let unanswered = answer.is_empty() && (bytes.len() > 64 << 10 || status == "none");
        assert!(unanswered || answer.starts_with(&format!("HTTP/1.1 {status}")), "{name}: {begin:?}\n{answer:.300}");
        assert_answers(&running, &name);
    }
}

#[test]
fn every_answer_keeps_pages_of_others_away() {
    let running = running(Patience::default());
    let here = "Host: localhost\r\n";
    for (line, headers) in [
        ("GET /", here),
        ("HEAD /", here),
        ("GET /records/a.html", here),
        ("GET /search-data.js", here),
        ("GET /style.css", here),
        ("GET /records/long.mp4", "Host: localhost\r\nRange: bytes=0-1\r\n"),
        ("GET /no-such-page.html", here),
        ("GET /__ismsbook/reload.js", here),
        ("HEAD /__ismsbook/events", here),
        ("POST /", here),
        ("GET /", "Host: evil.example\r\n"),
    ] {
        let answer = exchange(running.preview.address, &request(line, headers)).to_ascii_lowercase();
        let head = answer.split("\r\n\r\n").next().expect("a head");
        for header in [
            "cross-origin-resource-policy: same-origin",
            "cross-origin-opener-policy: same-origin",
            "x-frame-options: deny",
            "content-security-policy: frame-ancestors 'none'",
            "x-content-type-options: nosniff",
            "cache-control: no-store",
        ] {
            assert!(head.contains(header), "{line}: {header}\n{head}");
        }
    }
}

#[test]
fn who_sends_half_a_request_or_reads_no_answer_is_let_go() {
    let patience = Patience { request: Duration::from_millis(300), reader: Duration::from_millis(300) };
    let running = running(patience);
    for half in ["", "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: localhost\r\nA: "] {
        exchange(running.preview.address, half.as_bytes());
        assert_answers(&running, half);
    }
    // A connection that is kept open for another request.
    let answer = exchange(running.preview.address, b"GET /records/a.html HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert!(answer.contains("</html>"), "{answer:.300}");
    let mut reader = connect(running.preview.address);
    reader.write_all(b"GET /records/long.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
    // The preview has closed the connection once nothing but what the system holds is left of the answer.
    let mut lines = BufReader::new(reader.try_clone().expect("the same"));
    let mut first = String::new();
    lines.read_line(&mut first).expect("a status line");
    assert!(first.starts_with("HTTP/1.1 200"), "{first}");
    // Another reader who takes nothing is let go later than this one.
    exchange(running.preview.address, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    exchange(running.preview.address, b"");
    assert!(rest(&mut reader).len() < LONG, "the whole was sent to who did not read");
    assert_answers(&running, "a reader who takes nothing");
}

#[test]
fn two_hundred_slow_readers_and_streams_hold_nobody() {
    let running = running(Patience::default());
    let ask = |path: &str| {
        let mut stream = connect(running.preview.address);
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
        let mut first = [0; 12];
        stream.read_exact(&mut first).expect("a status line");
        assert_eq!(&first, b"HTTP/1.1 200", "{path}");
        stream
    };
    let slow: Vec<TcpStream> =
        (0..200).map(|at| ask(if at % 2 == 0 { "/records/long.mp4" } else { "/style.css" })).collect();
    assert_answers(&running, "two hundred slow readers");
    drop(slow);
    let page = exchange(running.preview.address, &request("GET /records/a.html", "Host: localhost\r\n"));
    let since = page.split("generation=").nth(1).expect("the script").split('"').next().expect("its end");
    let streams: Vec<TcpStream> = (0..200).map(|_| ask(&format!("/__ismsbook/events?since={since}"))).collect();
    assert_answers(&running, "two hundred streams");
    write(&running.book, "content/records/a.md", "# 文書\n\nつぎの文。\n");
    for stream in streams {
        let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
        assert!(lines.any(|line| line.starts_with("data: {\"generation\"")), "each stream tells of the change");
    }
}
