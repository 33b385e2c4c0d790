//! Anchors of headings: ours, readable in Japanese, and those that other engines would have made.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

/// Gives each heading of a text its anchor; equal ones are numbered.
#[derive(Debug, Default)]
pub struct Slugs {
    ours: BTreeMap<String, usize>,
    github: BTreeMap<String, usize>,
    dots: BTreeMap<String, usize>,
    vitepress: BTreeMap<String, usize>,
}

impl Slugs {
    /// The anchor of the next heading, and its anchors in the styles of GitHub, with dots kept, and of VitePress.
    pub fn next(&mut self, text: &str, explicit: Option<&str>) -> (String, Vec<String>) {
        let own = explicit.map_or_else(|| ours(text), str::to_owned);
        let own = if own.is_empty() { "section".to_owned() } else { own };
        let id = numbered(&mut self.ours, own, 2);
        let mut aliases = vec![
            numbered(&mut self.github, github(text), 1),
            numbered(&mut self.dots, dots_kept(text), 1),
            numbered(&mut self.vitepress, vitepress(text), 1),
        ];
        aliases.retain(|alias| !alias.is_empty() && *alias != id);
        aliases.dedup();
        (id, aliases)
    }
}

/// The second of equal anchors gets `-first`, the third the next number.
fn numbered(seen: &mut BTreeMap<String, usize>, slug: String, first: usize) -> String {
    let count = seen.entry(slug.clone()).or_default();
    *count += 1;
    if *count == 1 {
        return slug;
    }
    let next = format!("{slug}-{}", *count - 2 + first);
    seen.entry(next.clone()).or_insert(1);
    next
}

/// Letters, digits and kana stay; all between them becomes one hyphen.
fn ours(text: &str) -> String {
    let normal: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = normal.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// As GitHub: punctuation goes, blanks become hyphens.
fn github(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let kept = lower.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn dots_kept(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let kept = lower.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// As VitePress: runs of ASCII punctuation become one hyphen, and a digit in front gets an underscore.
fn vitepress(text: &str) -> String {
    const SPECIAL: &str = "~`!@#$%^&*()-_+=[]{}|\\;:\"'“”‘’<>,.?/";
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| c.is_whitespace() || SPECIAL.contains(c)).filter(|word| !word.is_empty()).collect();
    let slug = words.join("-");
    if slug.starts_with(|c: char| c.is_ascii_digit()) { format!("_{slug}") } else { slug }
}

/// Whether two anchors are one, however their letters are composed.
pub fn same_anchor(left: &str, right: &str) -> bool {
    left == right || left.nfkc().eq(right.nfkc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_japanese_heading_keeps_its_letters() {
        let mut slugs = Slugs::default();
        let (id, aliases) = slugs.next("5.1 方針（案）", None);
        assert_eq!(id, "5-1-方針-案");
        assert!(aliases.contains(&"51-方針案".to_owned()), "{aliases:?}");
        assert!(aliases.contains(&"5.1-方針案".to_owned()), "{aliases:?}");
        assert_eq!(slugs.next("5.1 方針（案）", None).0, "5-1-方針-案-2");
        assert_eq!(slugs.next("何か", Some("reviews")).0, "reviews");
    }
}
