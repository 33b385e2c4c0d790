//! Boxes whose closing fence stands right behind a list. The parser ends such a box and leaves what stands last in the list
//! unfinished: code, HTML and link definitions there are lost. A comment in front of the fence ends the list first, and is
//! taken out of the tree again with its line.

use comrak::nodes::{Node, NodeValue};

/// The comment: it ends on its line, and no list continues over it.
const END: &str = "<!-- -->";

/// A fence that closes a box while a list in it is open.
pub(super) struct Fence {
    /// Its line, from 1.
    line: usize,
    /// What a line of the box begins with: the marks of quotes, and blanks in the place of those of lists. A fence that stands
    /// further in would have the comment stand in the list.
    prefix: String,
}

/// The fences that close a box while a list in it is open, in the order of their lines.
pub(super) fn cutting_fences(root: Node<'_>, text: &str) -> Vec<Fence> {
    let lines: Vec<&str> = text.lines().collect();
    let boxes = root.descendants().filter(|node| matches!(node.data().value, NodeValue::BlockDirective(_)));
    let open = boxes.filter(|node| {
        std::iter::successors(node.last_child(), |node| node.last_child())
            .any(|node| matches!(node.data().value, NodeValue::List(_)))
    });
    let is_fence = |line: &str| line.trim_start_matches([' ', '\t', '>']).starts_with(":::");
    let fence = |node: Node<'_>| {
        let place = node.data().sourcepos;
        let line = place.end.line;
        lines.get(line.checked_sub(1)?).filter(|line| is_fence(line))?;
        let before = lines.get(place.start.line.checked_sub(1)?)?.get(..place.start.column.checked_sub(1)?)?;
        let prefix = before.chars().map(|c| if matches!(c, '>' | '\t') { c } else { ' ' }).collect();
        Some(Fence { line, prefix })
    };
    let mut fences: Vec<Fence> = open.filter_map(fence).collect();
    fences.sort_by_key(|fence| fence.line);
    fences.dedup_by_key(|fence| fence.line);
    fences
}

/// The text with the comment in front of each of some fences.
pub(super) fn with_ends(text: &str, fences: &[Fence]) -> String {
    let mut out = String::with_capacity(text.len() + fences.len() * 16);
    let mut fences = fences.iter().peekable();
    for (at, line) in text.split_inclusive('\n').enumerate() {
        if let Some(fence) = fences.next_if(|fence| fence.line == at + 1) {
            out.extend([fence.prefix.as_str(), END, "\n"]);
        }
        out.push_str(line);
    }
    out
}

/// Takes the comments out of the tree, and gives every other node its line in the text without them.
pub(super) fn take_ends(root: Node<'_>, fences: &[Fence]) {
    let added: Vec<usize> = fences.iter().enumerate().map(|(before, fence)| fence.line + before).collect();
    let is_added = |node: &Node<'_>| {
        let data = node.data();
        matches!(data.value, NodeValue::HtmlBlock(_)) && added.binary_search(&data.sourcepos.start.line).is_ok()
    };
    let comments: Vec<Node<'_>> = root.descendants().filter(is_added).collect();
    for comment in comments {
        comment.detach();
    }
    for node in root.descendants() {
        let place = &mut node.data_mut().sourcepos;
        for line in [&mut place.start.line, &mut place.end.line] {
            *line -= added.partition_point(|added| *added < *line);
        }
    }
}
