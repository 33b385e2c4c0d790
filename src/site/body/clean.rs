//! Raw HTML in a text: a safe list stays, the rest goes. Our own markup is on the list too, as the whole text is cleaned.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

use crate::book::link::SAFE_SCHEMES;
use crate::document::markdown::SAFE_TAGS;

/// The tags that our own writing uses beside the safe list.
const OWN_TAGS: [&str; 8] = ["section", "input", "figure", "figcaption", "div", "span", "a", "img"];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    let tags: HashSet<&str> = SAFE_TAGS.iter().chain(&OWN_TAGS).copied().collect();
    let of_tag: HashMap<&str, HashSet<&str>> = HashMap::from([
        (
            "a",
            HashSet::from([
                "href",
                "data-id",
                "data-footnote-ref",
                "data-footnote-backref",
                "data-footnote-backref-idx",
            ]),
        ),
        ("img", HashSet::from(["src", "alt", "width", "height"])),
        ("input", HashSet::from(["type", "checked", "disabled"])),
        ("ol", HashSet::from(["start", "type"])),
        ("li", HashSet::from(["value"])),
        ("td", HashSet::from(["colspan", "rowspan", "headers"])),
        ("th", HashSet::from(["colspan", "rowspan", "scope"])),
        ("section", HashSet::from(["data-footnotes"])),
        ("details", HashSet::from(["open"])),
    ]);
    let generic = HashSet::from(["id", "class", "title", "lang", "dir", "role", "tabindex", "aria-label"]);
    // Ours are the boxes of tasks; whatever else comes to stand here asks for nothing.
    let inert = HashMap::from([("input", HashMap::from([("type", "checkbox"), ("disabled", "")]))]);
    builder
        .tags(tags)
        .set_tag_attribute_values(inert)
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(of_tag)
        .generic_attributes(generic)
        .url_schemes(HashSet::from(SAFE_SCHEMES))
        .link_rel(None)
        .strip_comments(true)
        .attribute_filter(attribute);
    builder
});

/// No address that leads nowhere, and no image of another host.
fn attribute<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let remote = value.trim_start().starts_with("//") || value.contains(':');
    match (element, attribute) {
        ("img", "src") if remote => None,
        ("img", "src") | ("a", "href") if value.is_empty() => None,
        _ => Some(value.into()),
    }
}

/// Whether our own writing uses a tag.
pub(in crate::site) fn is_own_tag(tag: &str) -> bool {
    OWN_TAGS.contains(&tag)
}

/// The text with its raw HTML cut down to the safe list.
pub(super) fn clean(html: &str) -> String {
    CLEANER.clean(html).to_string()
}
