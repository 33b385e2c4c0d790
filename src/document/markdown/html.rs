//! Raw HTML in a text: which tags stay, and finding the tags and attributes of a piece of it.

use crate::text::{Span, Spanned};

/// The tags of raw HTML that stay on the page, in lower case. What is not here is left out; its content stays, but for
/// scripts and styles.
pub const SAFE_TAGS: [&str; 70] = [
    "a",
    "abbr",
    "address",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rb",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
    "article",
    "aside",
];

/// The tags of a drawing in SVG that stay, as they are written there: shapes and words, nothing that moves, fetches or holds
/// other markup.
pub const SVG_TAGS: [&str; 17] = [
    "svg",
    "g",
    "defs",
    "desc",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "marker",
    "linearGradient",
    "radialGradient",
    "stop",
];

/// One opening tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its name in lower case.
    pub name: String,
    /// From `<` to `>`, counted from the beginning of the piece.
    pub span: Span,
    /// Its attributes in order.
    pub attributes: Vec<Attribute>,
}

/// One attribute of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its name in lower case, and its place.
    pub name: Spanned<String>,
    /// Its value without quotes, and its place; empty where there is none.
    pub value: Spanned<String>,
}

impl Tag {
    /// Whether the tag stays on the page.
    pub fn is_safe(&self) -> bool {
        is_safe(&self.name)
    }

    /// The attribute with this name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name.value == name)
    }

    /// The attribute that makes the tag's place one that links lead to: its id, or the old name of an `a`.
    pub fn anchor(&self) -> Option<&Attribute> {
        let name = || if self.name == "a" { self.attribute("name") } else { None };
        self.attribute("id").or_else(name).filter(|_| self.is_safe())
    }
}

impl Attribute {
    /// Whether leaving it out changes what the author meant: it runs a script, styles, or names what is to be fetched.
    /// Other attributes that the page does not know go in silence.
    pub fn is_dropped(&self) -> bool {
        let name = self.name.value.as_str();
        let fetches = || ["background", "xlink:href"].contains(&name) || self.leads_out();
        name == "style" || name.len() > 2 && name.starts_with("on") || fetches()
    }

    /// Whether its value names by `url(…)` something that is not a part of the same drawing.
    fn leads_out(&self) -> bool {
        let mut named = self.value.value.split("url(").skip(1);
        named.any(|name| !name.trim_start_matches([' ', '\'', '"']).starts_with('#'))
    }
}

/// Whether a tag, opening or closing, stays on the page.
fn is_safe(name: &str) -> bool {
    SAFE_TAGS.iter().chain(&SVG_TAGS).any(|tag| tag.eq_ignore_ascii_case(name))
}

/// The opening tags of a piece of raw HTML, and declarations such as `<?php` by their first word. Comments, closing tags
/// and what stands inside a script or a style are passed over.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |end| start + end + 3);
            continue;
        }
        let Some(tag) = tag_at(html, start) else {
            at = start + 1;
            continue;
        };
        at = tag.span.end;
        if matches!(tag.name.as_str(), "script" | "style") {
            at = closing(html, at, &tag.name);
        }
        tags.push(tag);
    }
    tags
}

/// A piece of raw HTML without what no page holds: tags beside the safe list, comments, declarations, scripts and styles.
/// Tags such as `<select>`, `<template>` or `<textarea>` change how a browser reads what follows: they must not reach it.
pub fn kept(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        kept.push_str(&html[at..start]);
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |end| start + end + 3);
        } else if let Some(inner) = rest.strip_prefix("</") {
            at = rest.find('>').map_or(html.len(), |end| start + end + 1);
            let name = inner.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            if is_safe(name) {
                kept.push_str(&html[start..at]);
            }
        } else if let Some(tag) = tag_at(html, start) {
            at = tag.span.end;
            if tag.is_safe() {
                kept.push_str(tag.span.of(html));
            } else if matches!(tag.name.as_str(), "script" | "style") {
                at = closing(html, at, &tag.name);
            }
        } else {
            kept.push_str("&lt;");
            at = start + 1;
        }
    }
    kept.push_str(&html[at..]);
    kept
}

/// Whether a piece of raw HTML opens a comment, a declaration, a script, a style or a tag and does not close it, so that
/// nothing shows of what follows.
pub fn is_unclosed(html: &str) -> bool {
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start..];
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|end| end + 3)
        } else if rest.starts_with("<?") {
            rest.find("?>").map(|end| end + 2)
        } else if rest.starts_with("<![CDATA[") {
            rest.find("]]>").map(|end| end + 3)
        } else if let Some(tag) = tag_at(html, start) {
            let whole = tag.span.of(html).ends_with('>');
            let ended = match tag.name.as_str() {
                name @ ("script" | "style") => Some(closing(html, tag.span.end, name)).filter(|end| *end < html.len()),
                _ => Some(tag.span.end),
            };
            ended.filter(|_| whole).map(|end| end - start)
        } else {
            Some(1)
        };
        match end {
            Some(end) => at = start + end,
            None => return true,
        }
    }
    false
}

/// The tags that stand within a word; any other leaves a blank between what is before and behind it.
const WITHIN_WORDS: [&str; 31] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "rb",
    "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// The words of a piece of raw HTML as a reader sees them, for the search: no tags, comments, scripts or styles.
pub fn words(html: &str) -> String {
    let mut words = String::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        words.push_str(&unescape(&html[at..start]));
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |end| start + end + 3);
        } else if let Some(inner) = rest.strip_prefix("</") {
            at = rest.find('>').map_or(html.len(), |end| start + end + 1);
            let name = inner.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            part(&mut words, &name.to_ascii_lowercase());
        } else if let Some(tag) = tag_at(html, start) {
            at = tag.span.end;
            if matches!(tag.name.as_str(), "script" | "style") {
                at = closing(html, at, &tag.name);
            }
            part(&mut words, &tag.name);
        } else {
            words.push('<');
            at = start + 1;
        }
    }
    words.push_str(&unescape(&html[at..]));
    words
}

/// Parts the words on both sides of a tag, unless it stands within one.
fn part(words: &mut String, tag: &str) {
    if !WITHIN_WORDS.contains(&tag) {
        words.push(' ');
    }
}

/// Elements that end where the next of their kind begins, or hold nothing: left open they nest nothing.
const FLAT: [&str; 27] = [
    "p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "caption", "colgroup", "col", "rb", "rp", "rt",
    "rtc", "option", "a", "br", "hr", "img", "input", "wbr", "link", "meta", "source",
];

/// The most tags that stand open at once in a piece of raw HTML, where `open` do at its beginning; then how many at its end.
pub(super) fn most_open(html: &str, open: &mut usize) -> usize {
    let mut most = *open;
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        let (closing, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = rest[..length.min(16)].to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || FLAT.contains(&name.as_str()) {
            continue;
        }
        *open = if closing { open.saturating_sub(1) } else { *open + 1 };
        most = most.max(*open);
    }
    most
}

/// The value of an attribute with its entities resolved.
pub fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(after.len());
        match character(&after[..end]) {
            Some(c) => {
                text.push(c);
                rest = after[end..].strip_prefix(';').unwrap_or(&after[end..]);
            }
            None => {
                text.push('&');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

fn character(entity: &str) -> Option<char> {
    let number = |digits: &str, base| u32::from_str_radix(digits, base).ok().and_then(char::from_u32);
    match entity {
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "colon" => Some(':'),
        "Tab" => Some('\t'),
        "NewLine" => Some('\n'),
        _ => match entity.strip_prefix('#')? {
            hex if hex.starts_with(['x', 'X']) => number(&hex[1..], 16),
            decimal => number(decimal, 10),
        },
    }
}

/// Where the closing tag of `name` begins; the end where there is none.
fn closing(html: &str, from: usize, name: &str) -> usize {
    let is_closing =
        |at: usize| html.get(at + 2..at + 2 + name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name));
    html[from..].match_indices("</").map(|(at, _)| from + at).find(|at| is_closing(*at)).unwrap_or(html.len())
}

fn tag_at(html: &str, start: usize) -> Option<Tag> {
    let inner = start + 1;
    if !html[inner..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '?' | '!')) {
        return None;
    }
    let name_end =
        inner + html[inner..].find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(html.len() - inner);
    let name = html[inner..name_end].to_ascii_lowercase();
    let mut tag = Tag { name, span: Span::new(start, html.len()), attributes: Vec::new() };
    let mut at = name_end;
    loop {
        at += html[at..].find(|c: char| !c.is_whitespace() && c != '/').unwrap_or(html.len() - at);
        match html[at..].chars().next() {
            None => return Some(tag),
            Some('>') => {
                tag.span.end = at + 1;
                return Some(tag);
            }
            Some(_) => {
                let attribute = attribute_at(html, at);
                at = attribute.value.span.end.max(attribute.name.span.end);
                at += html[at..].chars().next().filter(|c| matches!(c, '"' | '\'')).map_or(0, char::len_utf8);
                tag.attributes.push(attribute);
            }
        }
    }
}

fn attribute_at(html: &str, start: usize) -> Attribute {
    let first = html[start..].chars().next().map_or(0, char::len_utf8);
    let length = html[start + first..]
        .find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))
        .unwrap_or(html.len() - start - first);
    let name_end = start + first + length;
    let name = Spanned::new(html[start..name_end].to_ascii_lowercase(), Span::new(start, name_end));
    let after = html[name_end..].trim_start();
    let Some(value) = after.strip_prefix('=') else {
        return Attribute { name, value: Spanned::new(String::new(), Span::new(name_end, name_end)) };
    };
    let value = value.trim_start();
    let begin = html.len() - value.len();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let span = match quote {
        Some(quote) => {
            let end = value[1..].find(quote).map_or(html.len(), |end| begin + 1 + end);
            Span::new(begin + 1, end)
        }
        None => {
            let end = value.find(|c: char| c.is_whitespace() || c == '>').map_or(html.len(), |end| begin + end);
            Span::new(begin, end)
        }
    };
    Attribute { name, value: Spanned::new(span.of(html).to_owned(), span) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(html: &str) -> Vec<(String, Vec<(String, String)>)> {
        let pairs = |tag: Tag| {
            tag.attributes.into_iter().map(|attribute| (attribute.name.value, attribute.value.value)).collect()
        };
        tags(html).into_iter().map(|tag| (tag.name.clone(), pairs(tag))).collect()
    }

    #[test]
    fn tags_and_attributes_are_found_and_comments_and_scripts_passed_over() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            summary("<!-- <b> --><TD style=\"a>b\" OnClick='x' colspan=2 hidden>1 < 2</td><br/>"),
            [
                (
                    "td".to_owned(),
                    vec![pair("style", "a>b"), pair("onclick", "x"), pair("colspan", "2"), pair("hidden", "")]
                ),
                ("br".to_owned(), Vec::new()),
            ]
        );
        assert_eq!(summary("<script>if (a<b) {}</script><p>").len(), 2);
    }

    #[test]
    fn the_words_of_raw_html_are_what_a_reader_sees() {
        assert_eq!(
            words("<td>特<b>権</b></td><td>a &amp; b<br>c</td><!-- x --><script>y</script>").trim(),
            "特権  a & b c"
        );
        assert_eq!(words("1 < 2 </"), "1 < 2  ");
        for beginning in ["<", "</", "<a ", "<!--", "<script>", "<script></"] {
            let _ = words(&beginning.repeat(20_000));
        }
    }

    #[test]
    fn entities_are_resolved_and_others_stay() {
        assert_eq!(unescape("a?b=1&amp;c&d&#106;ava&#x73;cript&colon;&copy;&"), "a?b=1&c&djavascript:&copy;&");
    }

    #[test]
    fn a_piece_of_nothing_but_beginnings_takes_no_time() {
        for beginning in ["<", "<a ", "<!--", "<script>", "<a b=\"", "<script></"] {
            assert!(tags(&beginning.repeat(20_000)).len() <= 20_000, "{beginning}");
        }
    }

    #[test]
    fn torn_html_ends_without_a_panic() {
        for html in [
            "<",
            "<a",
            "<a href",
            "<a href=",
            "<a href=\"",
            "<a '",
            "<!--",
            "<script>",
            "<é>",
            "<a =",
            "<a/",
            "<?",
            "<a \"\">",
        ] {
            let _ = tags(html);
        }
    }
}
