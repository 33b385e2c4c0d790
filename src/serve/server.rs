//! The only door to the HTTP library: requests in, answers and streams of events out. For this machine's browser only, so
//! there are no limits and no timeouts here; what stands before readers is a published folder.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tiny_http::{Header, Method, Request, Response, Server};

use super::page::{self, Answer};
use super::state::State;
use crate::disk::Failure;
use crate::words::of_system;

/// How often a stream says that it is alive, which is how a closed page is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Takes the address and answers from then on.
pub(super) fn start(host: &str, port: u16, state: Arc<State>) -> anyhow::Result<SocketAddr> {
    let failed =
        |error: io::Error| Failure::new("port").with("address", format!("{host}:{port}")).because(of_system(&error));
    let bare = host.trim_matches(['[', ']']);
    let addresses: Vec<SocketAddr> = (bare, port).to_socket_addrs().map_err(failed)?.collect();
    let listener = TcpListener::bind(&addresses[..]).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let host = bare.to_owned();
    let server = Server::from_listener(listener, None).map_err(|error| failed(io::Error::other(error)))?;
    thread::spawn(move || listen(server, address, &host, &state));
    Ok(address)
}

/// Answers until the preview is over. An error of the system ends the library's loop for ever, so the address is taken anew.
fn listen(mut server: Server, address: SocketAddr, host: &str, state: &Arc<State>) {
    while !state.is_stopped() {
        match server.recv_timeout(Duration::from_millis(250)) {
            Ok(None) => {}
            Ok(Some(request)) => {
                let (host, state) = (host.to_owned(), Arc::clone(state));
                // One thread a request: a stream of events stays open, and a page takes milliseconds.
                thread::spawn(move || answer(request, &host, &state));
            }
            Err(_) => match again(server, address, state) {
                Some(new) => server = new,
                None => return,
            },
        }
    }
}

fn again(old: Server, address: SocketAddr, state: &State) -> Option<Server> {
    drop(old);
    while !state.is_stopped() {
        if let Ok(server) = Server::http(address) {
            return Some(server);
        }
        thread::sleep(Duration::from_millis(50));
    }
    None
}

fn answer(request: Request, host: &str, state: &State) {
    // A page that has gone away meanwhile needs no answer, so failures to write one are nobody's.
    let _ = match *request.method() {
        Method::Get | Method::Head if !is_own_name(&request, host) => plain(request, 403, "403"),
        Method::Get | Method::Head => match page::answer(state, request.url()) {
            Answer::Bytes { status: 200, content_type, bytes } => whole_or_part(request, content_type, &bytes),
            Answer::Bytes { status, content_type, bytes } => respond(request, status, content_type, &bytes),
            Answer::Redirect(path) => {
                let response = Response::empty(302)
                    .with_header(header("Location", &path))
                    .with_header(header("Cache-Control", "no-store"));
                request.respond(response)
            }
            Answer::Events(since) => events(request, since, state),
        },
        _ => plain(request, 405, "405"),
    };
}

/// Whether the request was sent to a name of this machine. Another name in it means that a foreign page has had its own
/// name point here, to read what only this machine may.
fn is_own_name(request: &Request, host: &str) -> bool {
    let found = request.headers().iter().find(|header| header.field.equiv("Host"));
    let Some(name) = found.map(|header| host_name(header.value.as_str()).to_ascii_lowercase()) else { return false };
    if matches!(name.as_str(), "127.0.0.1" | "localhost" | "::1") {
        return true;
    }
    let loopback = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    !loopback && (name == host.to_ascii_lowercase() || name.parse::<IpAddr>().is_ok())
}

/// `localhost:4000` and `[::1]:4000` without their ports.
fn host_name(host: &str) -> &str {
    match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    }
}

fn respond(request: Request, status: u16, content_type: &str, bytes: &[u8]) -> io::Result<()> {
    respond_with(request, status, content_type, bytes, Vec::new())
}

fn respond_with(
    request: Request,
    status: u16,
    content_type: &str,
    bytes: &[u8],
    mut headers: Vec<Header>,
) -> io::Result<()> {
    headers.push(header("Content-Type", content_type));
    // What is shown follows each saved file, so a browser keeps nothing: there is no tag to compare.
    headers.push(header("Cache-Control", "no-store"));
    headers.push(header("X-Content-Type-Options", "nosniff"));
    request.respond(Response::new(status.into(), headers, bytes, Some(bytes.len()), None))
}

/// The part of a file that the request asks for, by which a player jumps within a recording; the whole without such.
fn whole_or_part(request: Request, content_type: &str, bytes: &[u8]) -> io::Result<()> {
    let find = |name: &'static str| request.headers().iter().find(|header| header.field.equiv(name));
    let asked = find("Range").filter(|_| find("If-Range").is_none() && *request.method() == Method::Get);
    let accepted = header("Accept-Ranges", "bytes");
    match asked.and_then(|header| part(header.value.as_str(), bytes.len())) {
        None => respond_with(request, 200, content_type, bytes, vec![accepted]),
        Some(Part::Bytes(start, end)) => {
            let range = header("Content-Range", &format!("bytes {start}-{}/{}", end - 1, bytes.len()));
            respond_with(request, 206, content_type, &bytes[start..end], vec![accepted, range])
        }
        Some(Part::Outside) => {
            let range = header("Content-Range", &format!("bytes */{}", bytes.len()));
            respond_with(request, 416, content_type, &[], vec![accepted, range])
        }
    }
}

/// A part of a file.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// From the first byte to just before the second.
    Bytes(usize, usize),
    /// The file is shorter.
    Outside,
}

/// The part that a `Range` names: `bytes=0-99`, `bytes=100-`, `bytes=-20`; none for several parts and for what cannot be read,
/// which get the whole.
fn part(range: &str, length: usize) -> Option<Part> {
    let (first, last) = range.trim().strip_prefix("bytes=")?.split_once('-')?;
    let (start, end) = match (first.trim(), last.trim()) {
        ("", last) => (length.saturating_sub(last.parse().ok()?), length),
        (first, "") => (first.parse().ok()?, length),
        (first, last) => {
            let (first, last) = (first.parse().ok()?, last.parse::<usize>().ok()?);
            if last < first {
                return None;
            }
            (first, last.saturating_add(1).min(length))
        }
    };
    Some(if start < end { Part::Bytes(start, end) } else { Part::Outside })
}

fn plain(request: Request, status: u16, text: &str) -> io::Result<()> {
    respond(request, status, "text/plain; charset=utf-8", text.as_bytes())
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("headers are made of our own ASCII words")
}

/// Tells of every generation after `since`, the first one at once where it has come already.
fn events(request: Request, since: u64, state: &State) -> io::Result<()> {
    let mut stream = request.into_writer();
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\nretry: 500\n\n";
    stream.write_all(head.as_bytes())?;
    stream.flush()?;
    let mut since = since;
    while !state.is_stopped() {
        match state.wait(since, HEARTBEAT) {
            Some((generation, theme)) => {
                write!(stream, "data: {{\"generation\": {generation}, \"theme\": {theme}}}\n\n")?;
                since = generation;
            }
            None => write!(stream, ": \n\n")?,
        }
        stream.flush()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_lies_within_the_file() {
        assert_eq!(part("bytes=0-99", 1000), Some(Part::Bytes(0, 100)));
        assert_eq!(part("bytes=990-2000", 1000), Some(Part::Bytes(990, 1000)));
        assert_eq!(part("bytes=990-", 1000), Some(Part::Bytes(990, 1000)));
        assert_eq!(part("bytes=-20", 1000), Some(Part::Bytes(980, 1000)));
        assert_eq!(part("bytes=-2000", 1000), Some(Part::Bytes(0, 1000)));
        for outside in ["bytes=1000-", "bytes=-0", "bytes=18446744073709551615-"] {
            assert_eq!(part(outside, 1000), Some(Part::Outside), "{outside}");
        }
        assert_eq!(part("bytes=0-", 0), Some(Part::Outside));
        for whole in ["bytes=0-1,5-6", "bytes=5-4", "bytes=a-b", "items=0-1", "bytes=-", ""] {
            assert_eq!(part(whole, 1000), None, "{whole}");
        }
    }

    #[test]
    fn a_port_is_no_part_of_a_name() {
        assert_eq!(host_name("localhost:4000"), "localhost");
        assert_eq!(host_name("[::1]:4000"), "::1");
        assert_eq!(host_name("127.0.0.1"), "127.0.0.1");
    }
}
