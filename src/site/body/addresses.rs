//! Bare addresses in running text: `https://…` and `name@example.com` become links. What follows in Japanese is no part of
//! them, as it would be percent-encoded there.

/// The schemes that an address in running text may begin with.
const SCHEMES: [&str; 3] = ["https", "http", "ftp"];

/// An address: where it stands in the text, and where it leads.
pub(super) type Bare = (std::ops::Range<usize>, String);

/// The addresses of a text, in order.
pub(super) fn addresses(text: &str) -> Vec<Bare> {
    let mut found: Vec<Bare> = Vec::new();
    let mut at = 0;
    while let Some(mark) = text[at..].find([':', '@']).map(|mark| at + mark) {
        let address = if text[mark..].starts_with(':') { of_host(text, mark) } else { of_person(text, mark) };
        let address = address.filter(|(range, _)| found.last().is_none_or(|(last, _)| last.end <= range.start));
        at = address.as_ref().map_or(mark + 1, |(range, _)| range.end);
        found.extend(address);
    }
    found
}

/// `https://…` around the colon at `mark`.
fn of_host(text: &str, mark: usize) -> Option<Bare> {
    let before = &text[..mark];
    let scheme = SCHEMES.iter().find(|scheme| {
        before
            .len()
            .checked_sub(scheme.len())
            .and_then(|at| before.get(at..))
            .is_some_and(|end| end.eq_ignore_ascii_case(scheme))
    })?;
    let start = mark - scheme.len();
    let from = mark + "://".len();
    let rest = text[mark..].strip_prefix("://")?;
    let length = rest.find(|c: char| !c.is_ascii_graphic() || "<>\"`{}|\\^".contains(c)).unwrap_or(rest.len());
    // `https://{host}/` is a pattern, not an address.
    if is_within_word(before, start)
        || rest[length..].starts_with('{')
        || !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
    {
        return None;
    }
    let range = start..from + without_marks(&rest[..length]).len();
    Some((range.clone(), text[range].to_owned()))
}

/// An address without the marks of the sentence that it ends.
fn without_marks(address: &str) -> &str {
    let mut address = address;
    while let Some(last) = address.chars().next_back() {
        let count = |mark: char| address.matches(mark).count();
        let is_mark = match last {
            ')' => count(')') > count('('),
            ']' => count(']') > count('['),
            last => ".,;:!?'*_~".contains(last),
        };
        if !is_mark {
            break;
        }
        address = &address[..address.len() - 1];
    }
    address
}

/// `name@example.com` around the sign at `mark`.
fn of_person(text: &str, mark: usize) -> Option<Bare> {
    let of_name = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let of_host = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
    let (before, after) = (&text[..mark], &text[mark + 1..]);
    let name = &before[before.trim_end_matches(of_name).len()..];
    let host = &after[..after.find(|c: char| !of_host(c)).unwrap_or(after.len())];
    let host = host.trim_end_matches(['.', '-']);
    let labels: Vec<&str> = host.split('.').collect();
    let last = labels.last()?;
    let whole = labels.len() > 1 && labels.iter().all(|label| !label.is_empty() && !label.starts_with('-'));
    let top = last.len() > 1 && last.bytes().all(|byte| byte.is_ascii_alphabetic());
    // `git@example.com:book` names a place on a host, `user@host@host` nobody.
    let rest = &after[host.len()..];
    let goes_on =
        rest.starts_with(['@', '/', '_']) || rest.strip_prefix(':').is_some_and(|rest| rest.starts_with(of_host));
    let lead = &before[..before.len() - name.len()];
    if name.is_empty() || name.starts_with('.') || !whole || !top || goes_on || lead.ends_with(['/', '@']) {
        return None;
    }
    let start = if lead.to_ascii_lowercase().ends_with("mailto:") { lead.len() - "mailto:".len() } else { lead.len() };
    Some((start..mark + 1 + host.len(), format!("mailto:{name}@{host}")))
}

/// Whether a letter or digit of ASCII stands right before a place.
fn is_within_word(text: &str, at: usize) -> bool {
    text[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_where_its_sentence_goes_on() {
        let cases = [
            ("詳細はhttps://example.com/a?b=1&c=2#dを参照。", "https://example.com/a?b=1&c=2#d"),
            ("（https://example.com/）", "https://example.com/"),
            ("See https://example.com/a_(b). Then", "https://example.com/a_(b)"),
            ("(see https://example.com/a)", "https://example.com/a"),
            ("「HTTP://EXAMPLE.COM」", "HTTP://EXAMPLE.COM"),
            ("https://example.com、次", "https://example.com"),
            ("連絡先：ciso@example.co.jpまで", "ciso@example.co.jp"),
            ("a.b+c@mail.example.com.", "a.b+c@mail.example.com"),
            ("mailto:ciso@example.com", "mailto:ciso@example.com"),
            ("https://user@example.com/x@y", "https://user@example.com/x@y"),
        ];
        for (text, address) in cases {
            let found = addresses(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(&text[found[0].0.clone()], address, "{text}");
        }
        assert_eq!(addresses("ciso@example.com")[0].1, "mailto:ciso@example.com");
        assert_eq!(addresses("https://a.example と http://b.example、c@d.example").len(), 3);
    }

    #[test]
    fn what_only_looks_like_an_address_is_text() {
        for text in [
            "https://",
            "https://{host}/x",
            "xhttps://example.com",
            "javascript://example.com",
            "data:text/html",
            "a:b",
            "@",
            "a@b",
            "@example.com",
            "user@host@example.com",
            "git@example.com:book",
            "a@example.1",
            "注：",
            "10:30",
            "a@.com",
            "file:///etc",
            "https://。",
        ] {
            assert_eq!(addresses(text), [], "{text}");
        }
    }
}
