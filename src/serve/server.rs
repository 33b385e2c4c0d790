//! The only door to the HTTP library: requests in, answers and streams of events out. One thread tends all connections and
//! never waits for one of them: pages are made on threads of their own, and what a stream tells comes by a channel.
//!
//! The preview shows the whole manual to this machine's browser and to nobody else, so a request must name this machine and
//! must not come from a page of another origin. Whoever sends half a request, too long a one or reads no answer is let go.

mod door;
mod patient;

use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioTimer;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Semaphore, mpsc, watch};

use super::Patience;
use super::page::{self, Answer, Made};
use super::state::State;
use crate::disk::Failure;
use crate::site::SVG;
use crate::words::of_system;
use patient::Patient;

/// How often a stream says that it is alive, which is how a closed page is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The longest head of a request.
const HEAD_BYTES: usize = 64 << 10;

/// Connections at one time. Browsers keep six to a host, a hidden page none for its events.
const CONNECTIONS: usize = 512;

/// Pages that are made at one time. One that takes seconds must not hold the others.
const PAGES: usize = 64;

/// The stack on which a page is made.
const STACK: usize = 8 << 20;

/// What every answer says: nothing is kept, since what is shown follows each saved file, and no page of another origin
/// may read, frame or hold it.
const ALWAYS: [(HeaderName, &str); 6] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// An image of SVG that is opened by itself runs nothing and asks for nothing.
const STILL: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

/// The generation that is shown, and that of its theme.
type News = (u64, u64);

/// What a connection needs to answer.
#[derive(Clone)]
struct Door {
    host: Arc<str>,
    patience: Patience,
    state: Arc<State>,
    news: watch::Receiver<News>,
}

/// Takes the address and answers from then on.
pub(super) fn start(host: &str, port: u16, patience: Patience, state: Arc<State>) -> anyhow::Result<SocketAddr> {
    let failed =
        |error: io::Error| Failure::new("port").with("address", format!("{host}:{port}")).because(of_system(&error));
    let bare = host.trim_matches(['[', ']']);
    let addresses: Vec<SocketAddr> = (bare, port).to_socket_addrs().map_err(failed)?.collect();
    let listener = TcpListener::bind(&addresses[..]).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let runtime = Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .max_blocking_threads(PAGES)
        .thread_stack_size(STACK)
        .build()
        .map_err(failed)?;
    let host = Arc::from(bare);
    let news = follow(Arc::clone(&state));
    thread::spawn(move || run(runtime, listener, Door { host, patience, state, news }));
    Ok(address)
}

/// Hands what the state tells to all streams, by one thread. The channel closes when the preview is over.
fn follow(state: Arc<State>) -> watch::Receiver<News> {
    let shown = state.shown();
    let (sender, receiver) = watch::channel((shown.generation, shown.theme));
    drop(shown);
    thread::spawn(move || {
        while !state.is_stopped() {
            let since = sender.borrow().0;
            if let Some(news) = state.wait(since, HEARTBEAT) {
                sender.send_replace(news);
            }
        }
    });
    receiver
}

/// Answers until the preview is over.
fn run(runtime: Runtime, listener: TcpListener, door: Door) {
    let mut news = door.news.clone();
    runtime.block_on(async move {
        let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
        tokio::spawn(accept(listener, door));
        while news.changed().await.is_ok() {}
    });
    // A page that is still being made is nobody's any more.
    runtime.shutdown_background();
}

async fn accept(listener: tokio::net::TcpListener, door: Door) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        let Ok((stream, _)) = listener.accept().await else {
            // The system is short of something, or the other side has gone already.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        // Without this a short answer may wait for the one before it to be acknowledged.
        let _ = stream.set_nodelay(true);
        let door = door.clone();
        let patience = door.patience;
        tokio::spawn(async move {
            let service = service_fn(move |request| answer(request, door.clone()));
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(patience.request)
                .max_buf_size(HEAD_BYTES)
                .serve_connection(Patient::new(stream, patience.reader), service);
            // A page that has gone away meanwhile needs no answer, so failures to write one are nobody's.
            let _ = connection.await;
            drop(place);
        });
    }
}

async fn answer(request: Request<Incoming>, door: Door) -> Result<Response<Content>, Infallible> {
    let response = match refusal(&request, &door.host) {
        // What follows a request that is not answered is not read either.
        Some(status) => with(status_only(status), &[(header::CONNECTION, "close")]),
        None => shown(&request, door).await,
    };
    let is_drawing = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == SVG);
    let response = with(response, &ALWAYS);
    Ok(if is_drawing { with(response, &[(header::CONTENT_SECURITY_POLICY, STILL)]) } else { response })
}

/// Why a request is not answered: its method, its length, or where it comes from. Whatever will be written one day is
/// let in here, by its own method, with its own limit of length and its token.
fn refusal(request: &Request<Incoming>, host: &str) -> Option<StatusCode> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !door::is_own_name(request, host) || !door::is_own_page(request.headers()) {
        Some(StatusCode::FORBIDDEN)
    } else if !reads {
        Some(StatusCode::METHOD_NOT_ALLOWED)
    } else if !request.body().is_end_stream() {
        Some(StatusCode::PAYLOAD_TOO_LARGE)
    } else {
        None
    }
}

async fn shown(request: &Request<Incoming>, door: Door) -> Response<Content> {
    let url = request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let state = door.state;
    let made = tokio::task::spawn_blocking(move || page::answer(&state, &url)).await;
    match made {
        Ok(Answer::Made { status: 200, made }) => whole_or_part(request, made.content_type, shared(made)),
        Ok(Answer::Made { status, made }) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::NOT_FOUND);
            respond(status, made.content_type, shared(made))
        }
        Ok(Answer::Redirect(path)) => with(status_only(StatusCode::FOUND), &[(header::LOCATION, &path)]),
        Ok(Answer::Events(since)) if request.method() == Method::GET => events(since, door.news),
        Ok(Answer::Events(_)) => respond(StatusCode::OK, EVENTS, Bytes::new()),
        Err(_) => status_only(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

const EVENTS: &str = "text/event-stream";

/// What all readers of a page share.
struct Shared(Arc<Made>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0.bytes
    }
}

fn shared(made: Arc<Made>) -> Bytes {
    Bytes::from_owner(Shared(made))
}

/// The number of the status, which is all that a program or a foreign page needs.
fn status_only(status: StatusCode) -> Response<Content> {
    respond(status, "text/plain; charset=utf-8", Bytes::from(status.as_str().to_owned()))
}

fn respond(status: StatusCode, content_type: &str, bytes: Bytes) -> Response<Content> {
    let mut response = Response::new(Content::Whole(Some(bytes)));
    *response.status_mut() = status;
    with(response, &[(header::CONTENT_TYPE, content_type)])
}

fn with(mut response: Response<Content>, headers: &[(HeaderName, &str)]) -> Response<Content> {
    for (name, value) in headers {
        // All values are our own words or percent-encoded; what could not stand in a header is left out.
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// The part of a file that the request asks for, by which a player jumps within a recording; the whole without such.
fn whole_or_part(request: &Request<Incoming>, content_type: &str, bytes: Bytes) -> Response<Content> {
    let accepted = (header::ACCEPT_RANGES, "bytes");
    let length = bytes.len();
    match asked_part(request, length) {
        None => with(respond(StatusCode::OK, content_type, bytes), &[accepted]),
        Some(Part::Bytes(start, end)) => {
            let range = format!("bytes {start}-{}/{length}", end - 1);
            let part = respond(StatusCode::PARTIAL_CONTENT, content_type, bytes.slice(start..end));
            with(part, &[accepted, (header::CONTENT_RANGE, &range)])
        }
        Some(Part::Outside) => {
            let range = format!("bytes */{length}");
            let none = respond(StatusCode::RANGE_NOT_SATISFIABLE, content_type, Bytes::new());
            with(none, &[accepted, (header::CONTENT_RANGE, &range)])
        }
    }
}

fn asked_part(request: &Request<Incoming>, length: usize) -> Option<Part> {
    let headers: &HeaderMap = request.headers();
    let asked = headers.get(header::RANGE)?.to_str().ok()?;
    let usable = *request.method() == Method::GET && !headers.contains_key(header::IF_RANGE);
    usable.then(|| part(asked, length)).flatten()
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

/// Tells of every generation after `since`, the first one at once where it has come already.
fn events(since: u64, mut news: watch::Receiver<News>) -> Response<Content> {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        let mut since = since;
        let mut said = sender.send(Bytes::from_static(b"retry: 500\n\n")).await;
        while said.is_ok() {
            let (generation, theme) = *news.borrow_and_update();
            let line = if generation == since {
                match tokio::time::timeout(HEARTBEAT, news.changed()).await {
                    Ok(Ok(())) => continue,
                    Ok(Err(_)) => return,
                    Err(_) => ": \n\n".to_owned(),
                }
            } else {
                format!("data: {{\"generation\": {generation}, \"theme\": {theme}}}\n\n")
            };
            since = generation;
            said = sender.send(Bytes::from(line)).await;
        }
    });
    let mut response = Response::new(Content::Events(receiver));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(EVENTS));
    response
}

/// The content of an answer.
enum Content {
    /// All of it.
    Whole(Option<Bytes>),
    /// What comes when it comes.
    Events(mpsc::Receiver<Bytes>),
}

impl Body for Content {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let next = match &mut *self {
            Self::Whole(bytes) => Poll::Ready(bytes.take()),
            Self::Events(receiver) => receiver.poll_recv(context),
        };
        next.map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            Self::Events(_) => SizeHint::default(),
        }
    }
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
}
