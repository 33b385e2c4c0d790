//! TXT903: an image, a frame or a font from another host.

use crate::book::Book;
use crate::book::link::{LinkTarget, resolve};
use crate::derive::Derived;
use crate::document::LinkKind;
use crate::document::markdown::html::tags;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "TXT903",
    name: "remote-resource",
    severity: Severity::Warning,
    words: words!("remote_resource"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for link in
        book.links.iter().filter(|link| link.link.kind == LinkKind::Image && link.target == LinkTarget::External)
    {
        let finding = RULE.on(book.document(link.from), Place::new(&link.path, link.link.span));
        findings.add(finding.with("address", link.link.destination.as_str()));
    }
    for document in &book.documents {
        for (_, manuscript) in document.manuscripts() {
            for (_, span) in &manuscript.body.html {
                let tags = tags(span.of(&manuscript.text)).into_iter();
                let sources = tags.filter_map(|tag| Some(tag.attribute(source_of(&tag.name)?)?.value.clone()));
                for source in
                    sources.filter(|source| resolve(book, &manuscript.path, &source.value) == LinkTarget::External)
                {
                    let place = Place::new(&manuscript.path, source.span.moved(span.start));
                    findings.add(RULE.on(document, place).with("address", source.value));
                }
            }
        }
    }
}

/// The attribute by which a tag fetches something; images are links of the book.
fn source_of(tag: &str) -> Option<&'static str> {
    match tag {
        "iframe" | "frame" | "embed" | "video" | "audio" | "source" | "track" | "script" | "input" => Some("src"),
        "link" => Some("href"),
        "object" => Some("data"),
        _ => None,
    }
}
