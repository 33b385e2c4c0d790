//! What differs beside the documents: keys of `book.toml`, files of `catalogs/`.

use super::documents::same;
use crate::config::parse_toml;
use crate::files::{FilePath, Files};
use crate::value::{Node, Value};

/// The keys as `SECTION.KEY`, in the order of the newer file, then the catalog files.
pub(super) fn compare(old: &Files, new: &Files) -> Vec<String> {
    let book = |files: &Files| {
        let text = files.text(&FilePath::new("book.toml")).unwrap_or_default();
        parse_toml(text).ok()
    };
    let mut names = Vec::new();
    if let (Some(old), Some(new)) = (book(old), book(new)) {
        keys("", Some(&old), Some(&new), 2, &mut names);
    }
    // How lines end is a matter of the system that the files were checked out on.
    let same = |path: &FilePath| match (old.text(path), new.text(path)) {
        (Some(old), Some(new)) => old.lines().eq(new.lines()),
        _ => false,
    };
    let mut paths: Vec<&FilePath> =
        new.under("catalogs/").chain(old.under("catalogs/")).map(|(path, _)| path).collect();
    paths.sort_unstable();
    paths.dedup();
    names.extend(paths.into_iter().filter(|path| !same(path)).map(ToString::to_string));
    names
}

/// The names of the keys that differ, down to a depth.
fn keys<'a>(prefix: &str, old: Option<&'a Node>, new: Option<&'a Node>, depth: usize, names: &mut Vec<String>) {
    if old.zip(new).is_some_and(|(old, new)| same(old, new)) {
        return;
    }
    let is_map = |node: Option<&Node>| node.is_none_or(|node| matches!(node.value, Value::Map(_)));
    if depth == 0 || !is_map(old) || !is_map(new) {
        names.push(prefix.to_owned());
        return;
    }
    let entries = |node: Option<&'a Node>| node.map(Node::entries).unwrap_or_default();
    let gone = entries(old).iter().filter(|(key, _)| new.is_none_or(|new| new.get(&key.value).is_none()));
    for (key, _) in entries(new).iter().chain(gone) {
        let key = &key.value;
        let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        keys(&name, old.and_then(|old| old.get(key)), new.and_then(|new| new.get(key)), depth - 1, names);
    }
}
