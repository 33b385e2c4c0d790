//! TXT901: raw HTML that is left out of the page.

use crate::book::Book;
use crate::derive::Derived;
use crate::document::markdown::html::{Tag, tags};
use crate::finding::{Finding, Place, Severity};
use crate::rules::{Findings, Rule, words};
use crate::text::Span;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "TXT901", name: "dropped-html", severity: Severity::Warning, words: words!("dropped_html"), check };

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for document in &book.documents {
        for (_, manuscript) in document.manuscripts() {
            for (_, span) in &manuscript.body.html {
                let at = |within: Span| RULE.on(document, Place::new(&manuscript.path, within.moved(span.start)));
                for tag in tags(span.of(&manuscript.text)) {
                    for finding in of_tag(&tag, &at) {
                        findings.add(finding);
                    }
                }
            }
        }
    }
}

/// What is left out of a tag: all of it, or some of its attributes.
fn of_tag(tag: &Tag, at: &impl Fn(Span) -> Finding) -> Vec<Finding> {
    if !tag.is_safe() {
        let finding = at(tag.span).with("tag", tag.name.as_str());
        return vec![if HTML.contains(&tag.name.as_str()) { finding } else { finding.variant("unknown") }];
    }
    let dropped = tag.attributes.iter().filter(|attribute| attribute.is_dropped());
    let of_attribute = |attribute: &crate::document::markdown::html::Attribute| {
        at(attribute.name.span)
            .variant("attribute")
            .with("attribute", attribute.name.value.as_str())
            .with("tag", tag.name.as_str())
    };
    dropped.map(of_attribute).collect()
}

/// Tags of HTML that do not stay. What is neither here nor safe is more likely a word in angle brackets.
const HTML: [&str; 57] = [
    "script", "style", "iframe", "frame", "frameset", "noframes", "object", "embed", "applet", "param", "form",
    "input", "button", "select", "option", "optgroup", "textarea", "label", "fieldset", "legend", "datalist", "output",
    "progress", "meter", "video", "audio", "source", "track", "picture", "canvas", "svg", "math", "path", "map",
    "area", "link", "meta", "base", "html", "head", "body", "title", "main", "header", "footer", "nav", "template",
    "slot", "dialog", "noscript", "menu", "font", "center", "big", "nobr", "marquee", "hgroup",
];
