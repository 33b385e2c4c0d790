//! Folding text to the width of a terminal: between words, and between any two kanji or kana.

use crate::text::display_width;

/// The text in lines of at most `width` columns, each after `indent`. Lines that the author made stay lines.
pub(super) fn fold(text: &str, indent: &str, width: usize) -> String {
    let width = width.saturating_sub(display_width(indent)).max(20);
    let mut folded = String::new();
    for line in text.lines() {
        for part in fold_line(line, width) {
            folded.push_str(format!("{indent}{part}").trim_end());
            folded.push('\n');
        }
    }
    folded
}

fn fold_line(line: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(line) {
        let current = lines.last_mut().expect("there is always a line");
        if !current.is_empty() && display_width(current) + display_width(piece.trim_end()) > width {
            lines.push(piece.trim_start().to_owned());
        } else {
            current.push_str(piece);
        }
    }
    lines
}

/// What must stay together: a word with the blanks behind it, one wide letter with the punctuation behind it.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in line.char_indices() {
        let breakable = before.is_some_and(|before| {
            before == ' ' && c != ' ' || (is_wide(before) || is_wide(c)) && !closes(c) && !opens(before)
        });
        if breakable && c != ' ' {
            pieces.push(&line[start..at]);
            start = at;
        }
        before = Some(c);
    }
    pieces.push(&line[start..]);
    pieces
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

/// What may not begin a line.
fn closes(c: char) -> bool {
    "、。，．」』）〉》】・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ）：；？！〜)]},.;:`".contains(c)
}

/// What may not end a line.
fn opens(c: char) -> bool {
    "「『（〈《【([{`".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_between_kanji_but_not_before_a_full_stop() {
        assert_eq!(fold("one two three four five six", "  ", 22), "  one two three four\n  five six\n");
        assert_eq!(fold("適用宣言書の管理策を決める。", "", 20), "適用宣言書の管理策を\n決める。\n");
        assert_eq!(fold("適用宣言書の管理策決。める", "", 20), "適用宣言書の管理策\n決。める\n");
    }
}
