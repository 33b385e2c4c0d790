//! What can be saved of a front matter that is no YAML: all but the entry with the slip, so that one slip does not cost
//! the document its id and cause a hundred findings.

use super::fences::key_of;
use super::shift;
use crate::text::{Span, Spanned};
use crate::value::{Key, Node, Value};
use crate::yaml::{self, Fault};

/// The values of a broken front matter that stands at `offset` of its file, and what is wrong with each entry of a list that
/// is lost. The places of the faults count from the start of `inner`.
pub(super) fn salvage(inner: &str, offset: usize) -> (Node, Vec<Fault>) {
    let mut entries: Vec<(Key, Node)> = Vec::new();
    let mut faults = Vec::new();
    for (start, entry) in entries_of(inner, |line| key_of(line).is_some()).into_iter().take(MOST) {
        let saved = match yaml::parse(entry) {
            Ok(Node { value: Value::Map(found), .. }) => found,
            Ok(_) => plain(entry).into_iter().collect(),
            Err(_) => match list(entry) {
                Some((found, broken)) => {
                    faults.extend(broken.into_iter().map(|fault| fault.moved(start)));
                    vec![found]
                }
                None => plain(entry).into_iter().collect(),
            },
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
    (Node { value: Value::Map(entries), span: Span::new(offset, offset + inner.len()) }, faults)
}

/// A key with a list below it, of which some entries cannot be read: each stands for itself.
fn list(entry: &str) -> Option<((Key, Node), Vec<Fault>)> {
    let (key, value) = key_of(entry.lines().next()?)?;
    let head = entry.split_inclusive('\n').next()?.len();
    let below = &entry[head..];
    let first = below.lines().find(|line| !line.trim().is_empty())?;
    let indent = &first[..first.len() - first.trim_start().len()];
    let begins =
        |line: &str| line.strip_prefix(indent).is_some_and(|rest| rest.trim_end() == "-" || rest.starts_with("- "));
    if !value.trim().is_empty() || !begins(first) {
        return None;
    }
    let (mut nodes, mut faults) = (Vec::new(), Vec::new());
    for (start, text) in entries_of(below, begins).into_iter().take(MOST) {
        match yaml::parse(text) {
            Ok(Node { value: Value::List(found), .. }) => nodes.extend(found.into_iter().map(|mut node| {
                shift(&mut node, head + start);
                node
            })),
            Ok(_) => {}
            Err(fault) => faults.push(fault.moved(head + start)),
        }
    }
    let list = Node { value: Value::List(nodes), span: Span::new(head, entry.len()) };
    (!faults.is_empty()).then(|| ((Spanned::new(key.to_owned(), Span::new(0, key.len())), list), faults))
}

/// More entries than this no real front matter has; a hostile one is not to hold up the book.
const MOST: usize = 1_000;

/// Each entry with the lines below it, and where it begins: `begins` tells its first line.
fn entries_of(text: &str, begins: impl Fn(&str) -> bool) -> Vec<(usize, &str)> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if begins(line) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| (start, &text[start..end])).collect()
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
