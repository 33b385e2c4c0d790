//! What different hands write alike: headings, values and titles in one form, for comparing only.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use crate::text::bare;

/// The same, but with the strokes that part one thing from another: `適用/除外の理由` is not `適用除外の理由`.
pub(super) fn stroked(text: &str) -> String {
    let stroke = |letter: char| if matches!(letter, '/' | '・' | '\\' | '|') { '/' } else { letter };
    let kept = text.nfkc().flat_map(char::to_lowercase).map(stroke).filter(|c| c.is_alphanumeric() || *c == '/');
    kept.collect::<String>().trim_matches('/').to_owned()
}

/// A heading without what stands in brackets.
pub(super) fn unbracketed(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for letter in text.nfkc() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(letter),
            _ => {}
        }
    }
    kept
}

/// The parts of a heading that names several things.
pub(super) fn parts(text: &str) -> impl Iterator<Item = String> {
    let normal: String = text.nfkc().collect();
    let parts: Vec<String> = normal.split(['/', '・', ',', '、', '\n', '(', ')', '&']).map(bare).collect();
    parts.into_iter().filter(|part| !part.is_empty())
}

/// A value in one form: signs that look alike are one sign, and a sign in front of a word goes.
pub(super) fn value(text: &str) -> String {
    let normal: String = text.nfkc().filter(|c| !matches!(c, '*' | '\u{fe0f}' | '\u{200b}')).collect();
    let words: Vec<&str> = normal.split_whitespace().collect();
    let joined = words.join(" ").to_lowercase();
    let bare = joined.trim_end_matches(['.', '。', ':', '!']).trim();
    let mut letters = bare.chars();
    if let (Some(first), rest) = (letters.next(), letters.as_str()) {
        match (sign(first), rest.trim_start()) {
            (Some(sign), "") => return sign.to_owned(),
            (Some(_), word) if !first.is_alphanumeric() && first != '-' && rest.starts_with(' ') => {
                return word.to_owned();
            }
            _ => {}
        }
    }
    bare.to_owned()
}

/// One sign for all that look like it.
fn sign(letter: char) -> Option<&'static str> {
    Some(match letter {
        'o' | '○' | '〇' | '◯' | '⭕' | 'ο' | 'о' => "○",
        'x' | '×' | '✕' | '✖' | '✗' | '✘' | '❌' | 'χ' | 'х' | '╳' => "x",
        '✓' | '✔' | '☑' | '✅' | '●' | '■' | '√' => "✓",
        '△' | '▲' | '⚠' => "△",
        '-' | '–' | '—' | '―' | 'ー' | '−' | '➖' | '─' => "-",
        _ => return None,
    })
}

/// How much two titles have in common, from 0 to 100: pairs of letters that both have.
pub(super) fn likeness(one: &str, other: &str) -> usize {
    if one == other {
        return 100;
    }
    let pairs = |text: &str| -> BTreeSet<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (one, other) = (pairs(one), pairs(other));
    let both = one.intersection(&other).count();
    (2 * both * 100).checked_div(one.len() + other.len()).unwrap_or(0).min(99)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_is_alike() {
        for (text, folded) in [
            ("○", "○"),
            ("〇", "○"),
            ("O", "○"),
            ("Ｘ", "x"),
            ("Χ", "x"),
            ("×", "x"),
            ("☑", "✓"),
            ("✅ Implemented", "implemented"),
            ("Partially  Implemented ", "partially implemented"),
            ("**Excluded:**", "excluded"),
            ("適用\nする", "適用 する"),
            ("－", "-"),
            ("No.", "no"),
            ("- none", "- none"),
        ] {
            assert_eq!(value(text), folded, "{text}");
        }
        assert_eq!(bare("適用／ 除外の\n理由"), "適用除外の理由");
        assert_eq!(unbracketed("Applicable (Yes/No)"), "Applicable ");
        assert_eq!(parts("Policy / Reason for Exclusion").collect::<Vec<_>>(), ["policy", "reasonforexclusion"]);
        assert!(likeness("policiesforinformationsecurity", "policyforinformationsecurity") > 80);
        assert!(likeness("threatintelligence", "privacyandprotectionofpii") < 30);
    }
}
