//! DOC014: a placeholder of a template that nobody filled.

use crate::book::Book;
use crate::derive::Derived;
use crate::document::{LinkKind, Manuscript, placeholder};
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};
use crate::text::Span;
use crate::value::{Node, Value};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "DOC014",
    name: "unfilled-placeholder",
    severity: Severity::Warning,
    words: words!("unfilled_placeholder"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for document in super::living(book) {
        for (_, manuscript) in document.manuscripts() {
            for span in placeholders(manuscript) {
                let found = span.of(&manuscript.text).split_whitespace().collect::<Vec<_>>().join(" ");
                findings.add(RULE.on(document, Place::new(&manuscript.path, span)).with("found", found));
            }
        }
    }
}

/// Every placeholder of a file: in the values of its front matter, in its running text, and where links lead.
fn placeholders(manuscript: &Manuscript) -> Vec<Span> {
    let mut spans = Vec::new();
    in_values(&manuscript.front, &manuscript.text, &mut spans);
    // What is no date or no known word because it is a placeholder is told once, as a wrong value.
    let wrong =
        |span: &Span| manuscript.findings.iter().any(|finding| finding.code == "DOC003" && finding.place.span == *span);
    spans.retain(|span| !wrong(span));
    for run in &manuscript.body.runs {
        spans.extend(placeholder::find(&run.text).into_iter().map(|span| run.span(span.start, span.end)));
    }
    for link in manuscript.body.links.iter().filter(|link| link.kind != LinkKind::Wiki) {
        spans.extend(
            placeholder::find(link.span.of(&manuscript.text)).into_iter().map(|span| span.moved(link.span.start)),
        );
    }
    spans.sort_unstable();
    spans.dedup();
    spans
}

fn in_values(node: &Node, text: &str, spans: &mut Vec<Span>) {
    match &node.value {
        // A default of book.toml has no place in the file.
        Value::Text(value) if node.span.end > node.span.start => {
            let found = placeholder::find(value);
            if node.span.of(text) == value {
                spans.extend(found.into_iter().map(|span| span.moved(node.span.start)));
            } else if !found.is_empty() {
                spans.push(node.span);
            }
        }
        Value::List(nodes) => nodes.iter().for_each(|node| in_values(node, text, spans)),
        Value::Map(entries) => entries.iter().for_each(|(_, node)| in_values(node, text, spans)),
        _ => {}
    }
}
