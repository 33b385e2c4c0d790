//! What a request gets: a page with the news of the preview in it, any other file of the site as it is, or the events.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, Weak};

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

/// What stands for a page that is not there where the site has none for that.
const BARE: &str = "<!DOCTYPE html><html><head><title>404</title></head><body><main><h1>404</h1></main></body></html>";

/// The answer to a request.
pub(super) enum Answer {
    /// These bytes.
    Made {
        /// The HTTP status.
        status: u16,
        /// What was made.
        made: Arc<Made>,
    },
    /// Another path, encoded.
    Redirect(String),
    /// The events after this generation.
    Events(u64),
}

/// What was made for an answer.
#[derive(Debug)]
pub(super) struct Made {
    /// What the bytes are.
    pub(super) content_type: &'static str,
    /// The bytes.
    pub(super) bytes: Arc<[u8]>,
}

/// The pages of one generation that somebody is still reading, by path: however many read one, it is held once.
#[derive(Debug, Default)]
pub(super) struct InReading(Mutex<BTreeMap<String, Weak<Made>>>);

impl InReading {
    fn shared(&self, path: &str, make: impl FnOnce() -> Made) -> Arc<Made> {
        let read = || self.0.lock().expect("no thread panics while it holds the lock");
        let known = read().get(path).and_then(Weak::upgrade);
        known.unwrap_or_else(|| {
            let made = Arc::new(make());
            let mut pages = read();
            // Another thread may have made it meanwhile.
            if let Some(known) = pages.get(path).and_then(Weak::upgrade) {
                return known;
            }
            pages.insert(path.to_owned(), Arc::downgrade(&made));
            made
        })
    }
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
    let found = |status, content_type, text: &str| Answer::Made {
        status,
        made: Arc::new(Made { content_type, bytes: Arc::from(text.as_bytes()) }),
    };
    match name {
        "events" => {
            let since = query.split('&').find_map(|pair| pair.strip_prefix("since="));
            Answer::Events(since.and_then(|since| since.parse().ok()).unwrap_or_default())
        }
        "reload.js" => found(200, "text/javascript; charset=utf-8", SCRIPT),
        "panel.css" => found(200, "text/css; charset=utf-8", STYLE),
        _ => found(404, "text/plain; charset=utf-8", "404"),
    }
}

fn page(shown: &Shown, path: &str, state: &State) -> Answer {
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    if let Some(route) = shown.site.route(&file) {
        let made = shown.in_reading.shared(&file, || {
            let Rendered { bytes, content_type } = shown.site.render(&route);
            let is_page = content_type.starts_with("text/html");
            let bytes = if is_page { panel::insert(shown, Some(&route), &bytes, state.language()) } else { bytes };
            Made { content_type, bytes }
        });
        return Answer::Made { status: 200, made };
    }
    // A folder without its slash would break the relative links of its page.
    if shown.site.route(&format!("{file}/index.html")).is_some() {
        return Answer::Redirect(format!("/{}/", percent_encoded(&file)));
    }
    // It listens as well: the page that was asked for may come with the next change.
    let made = shown.in_reading.shared("", || {
        let rendered = shown.site.route("404.html").map(|route| shown.site.render(&route).bytes);
        let page = rendered.unwrap_or_else(|| Arc::from(BARE.as_bytes()));
        let bytes = panel::insert(shown, None, &page, state.language());
        Made { content_type: "text/html; charset=utf-8", bytes }
    });
    Answer::Made { status: 404, made }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_held_once_however_many_read_it_and_not_longer() {
        let pages = InReading::default();
        let make = || Made { content_type: "text/html", bytes: Arc::from(&b"page"[..]) };
        let readers: Vec<Arc<Made>> = (0..3).map(|_| pages.shared("a.html", make)).collect();
        assert!(readers.iter().all(|made| Arc::ptr_eq(made, &readers[0])));
        assert!(!Arc::ptr_eq(&pages.shared("b.html", make), &readers[0]));
        let held = Arc::downgrade(&readers[0].bytes);
        drop(readers);
        assert!(held.upgrade().is_none());
    }
}
