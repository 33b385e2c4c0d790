//! What footnotes are called for those who hear the page: comrak knows English alone.

use std::collections::BTreeMap;

use comrak::nodes::{Node, NodeValue};

use crate::words::Words;

/// Calls each footnote by its number: what authors call them makes one anchor of two (`[^a-2]`, and the second `[^a]`). What
/// stands under one name twice is one footnote, since a number leads to one place.
pub(super) fn number(root: Node<'_>) {
    let mut numbers = BTreeMap::new();
    for node in root.descendants() {
        if let NodeValue::FootnoteReference(reference) = &mut node.data_mut().value {
            let name = std::mem::replace(&mut reference.name, reference.ix.to_string());
            numbers.insert(name, reference.ix);
        }
    }
    let is_note = |node: &Node<'_>| matches!(node.data().value, NodeValue::FootnoteDefinition(_));
    let mut of_number: BTreeMap<u32, Vec<Node<'_>>> = BTreeMap::new();
    for node in root.descendants().filter(is_note).collect::<Vec<_>>() {
        let number = match &mut node.data_mut().value {
            NodeValue::FootnoteDefinition(definition) => numbers.get(&definition.name).map(|number| {
                definition.name = number.to_string();
                *number
            }),
            _ => None,
        };
        match number {
            Some(number) => of_number.entry(number).or_default().push(node),
            // The parser leaves it where it stands: its words stay there.
            None => {
                while let Some(child) = node.first_child() {
                    node.insert_before(child);
                }
                node.detach();
            }
        }
    }
    for mut notes in of_number.into_values() {
        // The parser has brought one of them to the end of the text; that is the last.
        let Some(kept) = notes.pop() else { continue };
        for child in notes.iter().rev().flat_map(|note| note.reverse_children().collect::<Vec<_>>()) {
            kept.prepend(child);
        }
        for note in notes {
            note.detach();
        }
    }
}

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
