//! TXT901: raw HTML that is left out of the page.

use crate::book::Book;
use crate::derive::Derived;
use crate::document::markdown::html::{Tag, tags};
use crate::finding::{Change, Finding, Place, Remedy, Severity};
use crate::rules::{Findings, Rule, words};
use crate::text::Span;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "TXT901", name: "dropped-html", severity: Severity::Warning, words: words!("dropped_html"), check };

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for document in &book.documents {
        for (_, manuscript) in document.manuscripts() {
            for (_, span) in &manuscript.body.html {
                let at = |within: Span| RULE.on(document, Place::new(&manuscript.path, within.moved(span.start)));
                let html = span.of(&manuscript.text);
                for tag in tags(html) {
                    for finding in of_tag(html, &tag, &at) {
                        findings.add(finding);
                    }
                }
            }
        }
    }
}

/// What is left out of a tag: all of it, or some of its attributes.
fn of_tag(html: &str, tag: &Tag, at: &impl Fn(Span) -> Finding) -> Vec<Finding> {
    if !tag.is_safe() {
        let finding = at(tag.span).with("tag", tag.name.as_str());
        if HTML.contains(&tag.name.as_str()) {
            return vec![finding];
        }
        let bracket = at(Span::new(tag.span.start, tag.span.start + 1)).place;
        let remedy = Remedy::doubtful(Change::Write("&lt;".to_owned()), bracket);
        return vec![finding.variant("unknown").remedy(remedy)];
    }
    let dropped = tag.attributes.iter().filter(|attribute| attribute.is_dropped());
    let of_attribute = |attribute: &crate::document::markdown::html::Attribute| {
        let gone = Remedy::safe(Change::Write(String::new()), at(whole(html, attribute.name.span)).place);
        at(attribute.name.span)
            .variant("attribute")
            .with("attribute", attribute.name.value.as_str())
            .with("tag", tag.name.as_str())
            .remedy(gone)
    };
    dropped.map(of_attribute).collect()
}

/// An attribute with its value and the blanks before it.
fn whole(html: &str, name: Span) -> Span {
    let start = html[..name.start].trim_end().len();
    let rest = &html[name.end..];
    let Some(value) = rest.trim_start().strip_prefix('=').map(str::trim_start) else {
        return Span::new(start, name.end);
    };
    let length = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].find(quote).map_or(value.len(), |at| at + 2),
        _ => value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len()),
    };
    Span::new(start, name.end + (rest.len() - value.len()) + length)
}

/// Tags of HTML that do not stay. What is neither here nor safe is more likely a word in angle brackets.
const HTML: [&str; 57] = [
    "script", "style", "iframe", "frame", "frameset", "noframes", "object", "embed", "applet", "param", "form",
    "input", "button", "select", "option", "optgroup", "textarea", "label", "fieldset", "legend", "datalist", "output",
    "progress", "meter", "video", "audio", "source", "track", "picture", "canvas", "svg", "math", "path", "map",
    "area", "link", "meta", "base", "html", "head", "body", "title", "main", "header", "footer", "nav", "template",
    "slot", "dialog", "noscript", "menu", "font", "center", "big", "nobr", "marquee", "hgroup",
];
