//! Raw HTML in a text: a safe list stays, the rest goes. Our own markup is on the list too, as the whole text is cleaned.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

use crate::book::link::SAFE_SCHEMES;
use crate::document::markdown::{SAFE_TAGS, SVG_TAGS};
use crate::site::rewrite;

/// The tags that our own writing uses beside the safe list.
const OWN_TAGS: [&str; 8] = ["section", "input", "figure", "figcaption", "div", "span", "a", "img"];

/// How a shape of SVG is drawn, and where.
const SVG_ATTRIBUTES: [&str; 57] = [
    "cx",
    "cy",
    "d",
    "dominant-baseline",
    "dx",
    "dy",
    "fill",
    "fill-opacity",
    "fill-rule",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "fx",
    "fy",
    "gradientTransform",
    "gradientUnits",
    "height",
    "letter-spacing",
    "marker-end",
    "marker-mid",
    "marker-start",
    "markerHeight",
    "markerUnits",
    "markerWidth",
    "offset",
    "opacity",
    "orient",
    "paint-order",
    "pathLength",
    "points",
    "preserveAspectRatio",
    "r",
    "refX",
    "refY",
    "rx",
    "ry",
    "stop-color",
    "stop-opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "textLength",
    "transform",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
    "aria-hidden",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    let tags: HashSet<&str> = SAFE_TAGS.iter().chain(&OWN_TAGS).chain(&SVG_TAGS).copied().collect();
    let mut of_tag: HashMap<&str, HashSet<&str>> = HashMap::from([
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
    of_tag.extend(SVG_TAGS.map(|tag| (tag, HashSet::from(SVG_ATTRIBUTES))));
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
        (_, name) if !is_still(name, value) => None,
        ("img", "src") | ("a", "href") if value.is_empty() => None,
        _ => Some(value.into()),
    }
}

/// Whether our own writing uses a tag.
pub(in crate::site) fn is_own_tag(tag: &str) -> bool {
    OWN_TAGS.contains(&tag)
}

/// Whether a paint or a marker of a drawing is a colour or stands in the drawing itself: others are fetched.
pub(in crate::site) fn is_still(attribute: &str, value: &str) -> bool {
    let value = value.trim().to_ascii_lowercase();
    let own = usize::from(value.starts_with("url(#"));
    let is_paint = matches!(attribute, "fill" | "stroke" | "marker-start" | "marker-mid" | "marker-end");
    !is_paint || !value.contains('\\') && value.matches("url").count() == own
}

/// The text with its raw HTML cut down to the safe list.
pub(super) fn clean(html: &str) -> String {
    let mut cleaned = CLEANER.clean(html).to_string();
    // A browser may read the outcome of odd nesting as another tree: what is published is what it reads itself again.
    for _ in 0..MAX_READINGS {
        let again = CLEANER.clean(&cleaned).to_string();
        if again == cleaned {
            break;
        }
        cleaned = again;
    }
    with_ids_once(&cleaned)
}

const MAX_READINGS: usize = 8;

/// A tag that is never closed is begun anew in each block that follows, with its id: the first keeps it.
fn with_ids_once(html: &str) -> String {
    let mut seen = HashSet::new();
    rewrite::tags(html, |tag| {
        let id = rewrite::value(tag, "id")?;
        if seen.insert(id.to_owned()) { None } else { Some(rewrite::without(tag, "id")) }
    })
}
