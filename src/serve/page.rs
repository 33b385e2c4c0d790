//! What a request gets: a page with the news of the preview in it, any other file of the site as it is, or the events.

use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::panel;
use super::state::{Shown, State};
use crate::site::Rendered;
use crate::text::percent_encoded;

/// The path below which the preview's own files stand; no page of a book can have it.
const OWN: &str = "__ismsbook/";

/// The script that brings changes into an open page.
const SCRIPT: &str = include_str!("reload.js");

/// The look of the panel.
const STYLE: &str = include_str!("panel.css");

/// The answer to a request.
pub(super) enum Answer {
    /// These bytes.
    Bytes {
        /// The HTTP status.
        status: u16,
        /// What they are.
        content_type: &'static str,
        /// The bytes.
        bytes: Arc<[u8]>,
    },
    /// Another path, encoded.
    Redirect(String),
    /// The events after this generation.
    Events(u64),
}

/// The answer to a request for `url`, a path with perhaps a query.
pub(super) fn answer(state: &State, url: &str) -> Answer {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let path = percent_decode_str(path).decode_utf8_lossy();
    let path = path.trim_start_matches('/');
    if let Some(own) = path.strip_prefix(OWN) {
        return own_file(own, query);
    }
    page(&state.shown(), path, state)
}

fn own_file(name: &str, query: &str) -> Answer {
    let found =
        |content_type, text: &str| Answer::Bytes { status: 200, content_type, bytes: Arc::from(text.as_bytes()) };
    match name {
        "events" => {
            let since = query.split('&').find_map(|pair| pair.strip_prefix("since="));
            Answer::Events(since.and_then(|since| since.parse().ok()).unwrap_or_default())
        }
        "reload.js" => found("text/javascript; charset=utf-8", SCRIPT),
        "panel.css" => found("text/css; charset=utf-8", STYLE),
        _ => {
            Answer::Bytes { status: 404, content_type: "text/plain; charset=utf-8", bytes: Arc::from("404".as_bytes()) }
        }
    }
}

fn page(shown: &Shown, path: &str, state: &State) -> Answer {
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    if let Some(route) = shown.site.route(&file) {
        let Rendered { bytes, content_type } = shown.site.render(&route);
        let bytes = if content_type.starts_with("text/html") {
            panel::insert(shown, Some(&route), &bytes, state.language())
        } else {
            bytes
        };
        return Answer::Bytes { status: 200, content_type, bytes };
    }
    // A folder without its slash would break the relative links of its page.
    if shown.site.route(&format!("{file}/index.html")).is_some() {
        return Answer::Redirect(format!("/{}/", percent_encoded(&file)));
    }
    let rendered = shown.site.route("404.html").map(|route| shown.site.render(&route).bytes);
    let bytes = rendered.unwrap_or_else(|| {
        Arc::from(
            "<!DOCTYPE html><html><head><title>404</title></head><body><main><h1>404</h1></main></body></html>"
                .as_bytes(),
        )
    });
    // It listens as well: the page that was asked for may come with the next change.
    Answer::Bytes {
        status: 404,
        content_type: "text/html; charset=utf-8",
        bytes: panel::insert(shown, None, &bytes, state.language()),
    }
}
