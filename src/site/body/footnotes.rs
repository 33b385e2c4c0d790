//! What footnotes are called for those who hear the page: comrak knows English alone.

use crate::words::Words;

/// How comrak begins the section of the footnotes.
const SECTION: &str = "<section class=\"footnotes\" data-footnotes>";

/// What stands before the number of a note in the way back to the text.
const BACK: &str = " aria-label=\"Back to reference ";

/// The attributes of the way to a note, whose number follows.
const REFERENCE: &str = " data-footnote-ref>";

/// The page's HTML with footnotes called in the language of `words`. Text of the author cannot be taken for them, since its
/// quotation marks and brackets are escaped.
pub(super) fn labelled(html: String, words: &Words) -> String {
    if !html.contains(SECTION) {
        return html;
    }
    let section = format!("{} aria-label=\"{}\">", SECTION.trim_end_matches('>'), words.get("body.footnotes"));
    let html = html.replace(SECTION, &section);
    let html = before_number(&html, BACK, '"', |number| {
        format!(" aria-label=\"{}\"", words.fill("body.footnote-back", &[("n", number)]))
    });
    before_number(&html, REFERENCE, '<', |number| {
        let label = words.fill("body.footnote", &[("n", number)]);
        format!(" data-footnote-ref aria-label=\"{label}\">{number}<")
    })
}

/// Replaces `start`, the number after it and the `end` of that by what is made of the number.
fn before_number(html: &str, start: &str, end: char, said: impl Fn(&str) -> String) -> String {
    let mut parts = html.split(start);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let number = part.split_once(end).filter(|(number, _)| number.chars().all(|c| c.is_ascii_digit() || c == '-'));
        match number {
            Some((number, rest)) => {
                text.push_str(&said(number));
                text.push_str(rest);
            }
            None => {
                text.push_str(start);
                text.push_str(part);
            }
        }
    }
    text
}
