//! What changes in a file, line by line, for a person at a terminal.

use similar::{ChangeTag, TextDiff};

use super::text::Look;
use crate::files::{FilePath, Files};
use crate::text::{visible, visible_name};

/// Lines shown around a change.
const AROUND: usize = 2;

const BOLD: &str = "1";
const GREEN: &str = "32";
const RED: &str = "31";
const CYAN: &str = "36";

/// What changes between two states of some files, one after the other.
pub fn render(before: &Files, after: &Files, look: Look) -> String {
    changed(before, after).map(|path| of_file(before, after, path, look)).collect()
}

/// The files whose content is another.
pub fn changed<'a>(before: &'a Files, after: &'a Files) -> impl Iterator<Item = &'a FilePath> {
    let differs = |path: &FilePath, hash: &crate::files::Hash| before.get(path).is_none_or(|old| old.hash != *hash);
    after.iter().filter(move |(path, file)| differs(path, &file.hash)).map(|(path, _)| path)
}

fn of_file(before: &Files, after: &Files, path: &FilePath, look: Look) -> String {
    let (old, new) = (before.text(path).unwrap_or_default(), after.text(path).unwrap_or_default());
    let diff = TextDiff::from_lines(old, new);
    let mut text = painted(BOLD, &visible_name(path.as_str()), look) + "\n";
    for group in diff.grouped_ops(AROUND) {
        let line = group.first().map_or(1, |op| op.old_range().start + 1);
        text.push_str(&(painted(CYAN, &format!("@@ {line}"), look) + "\n"));
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let (mark, color) = match change.tag() {
                ChangeTag::Equal => (' ', None),
                ChangeTag::Delete => ('-', Some(RED)),
                ChangeTag::Insert => ('+', Some(GREEN)),
            };
            let line = format!("{mark} {}", visible(change.value().trim_end_matches(['\n', '\r'])));
            let line = color.map_or_else(|| line.clone(), |color| painted(color, &line, look));
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    text + "\n"
}

fn painted(color: &str, text: &str, look: Look) -> String {
    if look.styled { format!("\u{1b}[{color}m{text}\u{1b}[0m") } else { text.to_owned() }
}
