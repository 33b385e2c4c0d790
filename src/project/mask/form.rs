//! What may stand in an id's place without breaking what it stands in: words in a text, a plain name in an address.

use crate::text::Span;

/// What stands for an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The neutral words.
    Words,
    /// A name for files, without blanks and brackets.
    Name,
    /// A bare key of the settings.
    Key,
    /// The anchor of a heading with the neutral words.
    Anchor,
}

/// What may stand in the place of an id in a text. In settings, only what is quoted is a text.
pub(super) fn form(text: &str, span: Span, settings: bool) -> Form {
    let (before, after) = (text.get(..span.start).unwrap_or_default(), text.get(span.end..).unwrap_or_default());
    let start = before.rfind(ends_token).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let (around, lead) = before.split_at(start);
    let tail = &after[..after.find(ends_token).unwrap_or(after.len())];
    let address = OPENERS.iter().any(|opener| around.ends_with(opener));
    if lead.contains('#') && (address || lead == "#") || NAMES.iter().any(|opener| around.ends_with(opener)) {
        Form::Anchor
    } else if address || lead.contains('/') || tail.starts_with('/') || has_ending(tail) {
        Form::Name
    } else if settings && !is_quoted(before) {
        Form::Key
    } else {
        Form::Words
    }
}

/// What stands before an address.
const OPENERS: [&str; 8] = ["](", "](<", "]: ", "]: <", "src=\"", "src='", "href=\"", "href='"];

/// What stands before the name of a place on the page.
const NAMES: [&str; 4] = [" id=\"", " id='", " name=\"", " name='"];

fn ends_token(sign: char) -> bool {
    sign.is_whitespace()
        || matches!(sign, '"' | '\'' | '`' | '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | ',' | ';')
        || matches!(sign, '、' | '。' | '（' | '）' | '「' | '」' | '『' | '』' | '：' | '；')
}

/// Whether a name goes on with the ending of a file.
fn has_ending(tail: &str) -> bool {
    let ending = tail.rsplit_once('.').map(|(_, ending)| ending.trim_end_matches(['#', '?', ':']));
    ending.is_some_and(|ending| {
        (1..=8).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && ending.bytes().any(|byte| byte.is_ascii_alphabetic())
    })
}

/// Whether a quote is open at the end of the last line.
fn is_quoted(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let mut open = None;
    let mut escaped = false;
    for sign in line.chars() {
        match (open, sign) {
            _ if escaped => escaped = false,
            (Some('"'), '\\') => escaped = true,
            (None, '"' | '\'') => open = Some(sign),
            (Some(quote), _) if quote == sign => open = None,
            _ => {}
        }
    }
    open.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_an_id_fits_its_surroundings() {
        let cases = [
            ("see SEC-904 there", Form::Words),
            ("（SEC-904）", Form::Words),
            ("`SEC-904`", Form::Words),
            ("SEC-904. Then", Form::Words),
            ("[SEC-904](x.md)", Form::Words),
            ("[x](y.md \"SEC-904\")", Form::Words),
            ("[x](SEC-904.md)", Form::Name),
            ("![x](<SEC-904 a.png>)", Form::Name),
            ("[x](../risks/SEC-904)", Form::Name),
            ("[x]: SEC-904.md", Form::Name),
            ("<img alt=\"SEC-904\" src='SEC-904.png'>", Form::Words),
            ("path: SEC-904-scan.pdf", Form::Name),
            ("https://example.com/SEC-904", Form::Name),
            ("[x](#SEC-904-rules)", Form::Anchor),
            ("[x](y.md#SEC-904)", Form::Anchor),
            ("## Rules {#SEC-904}", Form::Anchor),
            ("<a id=\"SEC-904\">", Form::Anchor),
        ];
        for (text, expected) in cases {
            let at = text.find("SEC-904").expect("the id");
            assert_eq!(form(text, Span::new(at, at + 7), false), expected, "{text}");
        }
        for (text, expected) in [("title = \"SEC-904\"", Form::Words), ("SEC-904 = \"x\"", Form::Key)] {
            let at = text.find("SEC-904").expect("the id");
            assert_eq!(form(text, Span::new(at, at + 7), true), expected, "{text}");
        }
    }
}
