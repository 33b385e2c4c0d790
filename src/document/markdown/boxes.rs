//! Boxes whose closing fence stands right behind a list. The parser ends such a box and leaves what stands last in the list
//! unfinished: code, HTML and link definitions there are lost. A comment in front of the fence ends the list first, and is
//! taken out of the tree again with its line.

use comrak::nodes::{Node, NodeValue};

/// The comment: it ends on its line, and no list continues over it.
const END: &str = "<!-- -->";

/// The lines, from 1, of the fences that close a box while a list in it is open.
pub(super) fn cutting_fences(root: Node<'_>, text: &str) -> Vec<usize> {
    let lines: Vec<&str> = text.lines().collect();
    let boxes = root.descendants().filter(|node| matches!(node.data().value, NodeValue::BlockDirective(_)));
    let open = boxes.filter(|node| {
        std::iter::successors(node.last_child(), |node| node.last_child())
            .any(|node| matches!(node.data().value, NodeValue::List(_)))
    });
    let is_fence = |line: &usize| lines.get(*line - 1).is_some_and(|line| line[indent(line)..].starts_with(":::"));
    let mut fences: Vec<usize> =
        open.map(|node| node.data().sourcepos.end.line).filter(|line| *line > 0).filter(is_fence).collect();
    fences.sort_unstable();
    fences.dedup();
    fences
}

/// The text with the comment in front of each of some lines.
pub(super) fn with_ends(text: &str, fences: &[usize]) -> String {
    let mut out = String::with_capacity(text.len() + fences.len() * 16);
    for (at, line) in text.split_inclusive('\n').enumerate() {
        if fences.binary_search(&(at + 1)).is_ok() {
            out.extend([&line[..indent(line)], END, "\n"]);
        }
        out.push_str(line);
    }
    out
}

/// Takes the comments out of the tree, and gives every other node its line in the text without them.
pub(super) fn take_ends(root: Node<'_>, fences: &[usize]) {
    let added: Vec<usize> = fences.iter().enumerate().map(|(before, line)| line + before).collect();
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

/// Where a line begins behind its blanks and the marks of quotes.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t', '>']).len()
}
