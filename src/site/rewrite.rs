//! Changing the tags of finished HTML: for a text that moves to another page, or to paper.

/// The HTML with each tag in the form that `change` gives it; a tag that it gives nothing for stays as it is. What stands
/// between the tags is never touched.
pub(super) fn tags(html: &str, mut change: impl FnMut(&str) -> Option<String>) -> String {
    let mut changed = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        changed.push_str(before);
        let end = end_of(tag);
        let (tag, after) = tag.split_at(end);
        match change(tag) {
            Some(other) => changed.push_str(&other),
            None => changed.push_str(tag),
        }
        rest = after;
    }
    changed.push_str(rest);
    changed
}

/// Where the tag that a text begins with ends; right behind its `<` where it is none.
fn end_of(text: &str) -> usize {
    if !text[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
        return 1;
    }
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The value of a tag's attribute, as it is written.
pub(super) fn value<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// The tag with another value of an attribute that it has.
pub(super) fn with_value(tag: &str, name: &str, new: &str) -> String {
    let start = format!(" {name}=\"");
    match tag.split_once(&start).and_then(|(before, rest)| Some((before, rest.split_once('"')?.1))) {
        Some((before, after)) => format!("{before}{start}{new}\"{after}"),
        None => tag.to_owned(),
    }
}

/// The tag without an attribute.
pub(super) fn without(tag: &str, name: &str) -> String {
    match tag.split_once(&format!(" {name}=\"")).and_then(|(before, rest)| Some((before, rest.split_once('"')?.1))) {
        Some((before, after)) => format!("{before}{after}"),
        None => tag.to_owned(),
    }
}

/// The HTML with a prefix before each of its anchors, and links to them that follow: it stands among anchors of others.
pub(super) fn anchors_behind(html: &str, prefix: &str) -> String {
    tags(html, |tag| {
        let id = value(tag, "id").map(|id| with_value(tag, "id", &format!("{prefix}{id}")));
        let tag = id.as_deref().unwrap_or(tag);
        let anchor = value(tag, "href").and_then(|href| href.strip_prefix('#')).filter(|anchor| !anchor.is_empty());
        Some(anchor.map_or_else(|| tag.to_owned(), |anchor| with_value(tag, "href", &format!("#{prefix}{anchor}"))))
    })
}

/// Whether a tag opens an element of this name.
pub(super) fn opens(tag: &str, name: &str) -> bool {
    let rest = tag.strip_prefix('<').and_then(|tag| tag.strip_prefix(name));
    rest.is_some_and(|rest| rest.starts_with([' ', '>', '\n', '/']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_changed_and_texts_are_not() {
        let html = "1 < 2 <a title=\"x>y\" href=\"a.html\">says href=\"a.html\"</a><br>";
        let changed = tags(html, |tag| opens(tag, "a").then(|| with_value(tag, "href", "b.html")));
        assert_eq!(changed, "1 < 2 <a title=\"x>y\" href=\"b.html\">says href=\"a.html\"</a><br>");
        let bare = tags(html, |tag| opens(tag, "a").then(|| without(tag, "href")));
        assert_eq!(bare, "1 < 2 <a title=\"x>y\">says href=\"a.html\"</a><br>");
        assert_eq!(tags("a <b", |_| None), "a <b");
        assert!(opens("<a>", "a") && !opens("<abbr>", "a") && !opens("</a>", "a"));
    }
}
