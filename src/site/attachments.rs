//! Attachments of a book that a browser would run rather than show: every link to one offers it as a download by its name.

use percent_encoding::percent_decode_str;

use crate::document::markdown::html::unescape;
use crate::site::body::escape;
use crate::site::links::{landing, relative};
use crate::site::rewrite::{opens, tags, value};

/// The endings of what a browser shows or plays without running anything in it, and of what it hands to other programs.
const SHOWN: [&str; 31] = [
    "avif", "bmp", "csv", "doc", "docx", "gif", "gz", "ico", "ics", "jpeg", "jpg", "json", "log", "m4a", "m4v", "mp3",
    "mp4", "odp", "ods", "odt", "ogg", "pdf", "png", "ppt", "pptx", "txt", "wav", "webm", "webp", "xls", "xlsx",
];

/// Whether a browser might run the file when it is opened: what is not known to be harmless might.
pub(super) fn may_run(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    !SHOWN.contains(&ending.as_str())
}

/// The page at `path` with its links to attachments that might run as downloads. `name` gives the name of the attachment at
/// a path of the site, where there is one that might.
pub(super) fn as_downloads(path: &str, html: &str, name: impl Fn(&str) -> Option<String>) -> String {
    let page = relative("", path);
    tags(html, |tag| {
        let href = value(tag, "href").filter(|_| opens(tag, "a") && value(tag, "download").is_none())?;
        let target = landing(&page, &unescape(href))?;
        let file = target.split(['#', '?']).next().unwrap_or_default();
        let name = name(&percent_decode_str(file).decode_utf8().ok()?)?;
        Some(tag.replacen(" href=", &format!(" download=\"{}\" href=", escape(&name)), 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_to_be_harmless_might_run() {
        for path in [
            "a.html",
            "a.HTM",
            "図.svg",
            "a.xhtml",
            "x.js",
            "a.mhtml",
            "a.xml",
            "a.swf",
            "LICENSE",
            "a.pdf.html",
            "a.b/c",
        ] {
            assert!(may_run(path), "{path}");
        }
        for path in ["a.png", "a.PDF", "b/c.xlsx", "a.html.txt"] {
            assert!(!may_run(path), "{path}");
        }
    }

    #[test]
    fn a_link_to_what_might_run_is_a_download() {
        let name = |path: &str| (path == "図/a&b.html").then(|| "a&b.html".to_owned());
        let html = "<link href=\"%E5%9B%B3/a&amp;b.html\"><a class=\"ref\" href=\"../%E5%9B%B3/a&amp;b.html#x\">x</a><a href=\"b.html\">y</a>";
        assert_eq!(
            as_downloads("en/p.html", html, name),
            "<link href=\"%E5%9B%B3/a&amp;b.html\"><a class=\"ref\" download=\"a&amp;b.html\" href=\"../%E5%9B%B3/a&amp;b.html#x\">x</a><a href=\"b.html\">y</a>"
        );
    }
}
