//! What can be saved of a front matter that is no YAML: all but the entry with the slip, so that one slip does not cost
//! the document its id and cause a hundred findings.

use super::{key_of, shift};
use crate::text::{Span, Spanned};
use crate::value::{Key, Node, Value};
use crate::yaml;

/// The values of a broken front matter that stands at `offset` of its file.
pub(super) fn salvage(inner: &str, offset: usize) -> Node {
    let mut entries: Vec<(Key, Node)> = Vec::new();
    for (start, entry) in entries_of(inner).into_iter().take(MOST) {
        let saved = match yaml::parse(entry) {
            Ok(Node { value: Value::Map(found), .. }) => found,
            _ => plain(entry).into_iter().collect(),
        };
        for (mut key, mut node) in saved {
            if entries.iter().any(|(name, _)| name.value == key.value) {
                continue;
            }
            key.span = key.span.moved(offset + start);
            shift(&mut node, offset + start);
            entries.push((key, node));
        }
    }
    Node { value: Value::Map(entries), span: Span::new(offset, offset + inner.len()) }
}

/// More entries than this no real front matter has; a hostile one is not to hold up the book.
const MOST: usize = 1_000;

/// Each key at the margin with the lines below it, and where it begins.
fn entries_of(inner: &str) -> Vec<(usize, &str)> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in inner.split_inclusive('\n') {
        if key_of(line).is_some() {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([inner.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| (start, &inner[start..end])).collect()
}

/// The value of an entry with a slip, taken as it stands, for the keys that a document is known by.
fn plain(entry: &str) -> Option<(Key, Node)> {
    const KEPT: [&str; 10] =
        ["id", "type", "title", "status", "version", "owner", "approver", "approved", "next_review", "classification"];
    let line = entry.lines().next()?;
    let (key, value) = key_of(line).filter(|(key, _)| KEPT.contains(key))?;
    let bare = value.trim().trim_matches(['"', '\'']);
    if bare.is_empty() || bare.starts_with(['[', '{', '&', '*', '|', '>']) {
        return None;
    }
    let start = line.len() - value.len() + value.find(bare)?;
    let node = Node { value: Value::Text(bare.to_owned()), span: Span::new(start, start + bare.len()) };
    Some((Spanned::new(key.to_owned(), Span::new(0, key.len())), node))
}
