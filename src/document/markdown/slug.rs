//! Anchors of headings: ours, readable in Japanese, and those that other engines would have made.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::Heading;

/// What the layout calls its own parts, and the writer its footnotes: nothing of a text has such an anchor.
const RESERVED: [&str; 3] = ["page-", "fn-", "fnref-"];

/// Whether an anchor is one that no text may have.
pub fn is_reserved(anchor: &str) -> bool {
    RESERVED.iter().any(|prefix| anchor.starts_with(prefix))
}

/// Gives each heading its anchor, and those that other engines would have given it, so that each stands once on the page:
/// first those that the author wrote, in headings and in raw HTML, then the headings' own, then the other styles, which
/// never take one that is given. The outcome are the anchors of raw HTML that stand.
pub(super) fn give(headings: &mut [Heading], explicit: &[Option<String>], html: Vec<String>) -> BTreeSet<String> {
    let mut own = Names::default();
    for (heading, explicit) in headings.iter_mut().zip(explicit) {
        let Some(name) = explicit else { continue };
        heading.id = own.free(name);
        heading.aliases.extend(Some(name.clone()).filter(|name| is_reserved(name)));
    }
    let stands: BTreeSet<String> =
        html.into_iter().filter(|name| !is_reserved(name) && own.taken.insert(name.clone())).collect();
    for heading in headings.iter_mut().filter(|heading| heading.id.is_empty()) {
        heading.id = own.free(&anchor_of(&heading.text));
    }
    let mut styles =
        [(Names::default(), github as Style), (Names::default(), dots_kept), (Names::default(), vitepress)];
    for heading in headings.iter_mut() {
        for (names, style) in &mut styles {
            let slug = style(&heading.text);
            let alias = if slug.is_empty() { continue } else { names.next(&slug) };
            if own.taken.insert(alias.clone()) {
                heading.aliases.push(alias);
            }
        }
    }
    stands
}

type Style = fn(&str) -> String;

/// Names that are given once each; equal ones are numbered as GitHub numbers them.
#[derive(Debug, Default)]
struct Names {
    taken: BTreeSet<String>,
    counts: BTreeMap<String, usize>,
}

impl Names {
    /// The name, in a form that the layout does not claim.
    fn free(&mut self, name: &str) -> String {
        if is_reserved(name) { self.next(&format!("section-{name}")) } else { self.next(name) }
    }

    fn next(&mut self, name: &str) -> String {
        if self.taken.insert(name.to_owned()) {
            return name.to_owned();
        }
        let count = self.counts.entry(name.to_owned()).or_default();
        loop {
            *count += 1;
            let numbered = format!("{name}-{count}");
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

/// The anchor of a heading with these words: letters, digits and kana stay, all between them becomes one hyphen.
pub fn anchor_of(text: &str) -> String {
    let normal: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = normal.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "section".to_owned() } else { words.join("-") }
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

    fn given(headings: &[(&str, Option<&str>)], html: &[&str]) -> Vec<(String, Vec<String>)> {
        let heading = |text: &str| Heading { text: text.to_owned(), ..Heading::default() };
        let mut made: Vec<Heading> = headings.iter().map(|(text, _)| heading(text)).collect();
        let explicit: Vec<Option<String>> = headings.iter().map(|(_, id)| id.map(str::to_owned)).collect();
        let _ = give(&mut made, &explicit, html.iter().map(|id| (*id).to_owned()).collect());
        made.into_iter().map(|heading| (heading.id, heading.aliases)).collect()
    }

    #[test]
    fn a_japanese_heading_keeps_its_letters() {
        let made = given(&[("5.1 方針（案）", None), ("5.1 方針（案）", None), ("何か", Some("reviews"))], &[]);
        assert_eq!(made[0].0, "5-1-方針-案");
        assert!(made[0].1.contains(&"51-方針案".to_owned()), "{made:?}");
        assert!(made[0].1.contains(&"5.1-方針案".to_owned()), "{made:?}");
        assert_eq!(made[1].0, "5-1-方針-案-1");
        assert_eq!(made[2].0, "reviews");
    }

    #[test]
    fn each_anchor_is_given_once_and_the_authors_own_first() {
        let ids = |headings: &[(&str, Option<&str>)], html: &[&str]| -> Vec<String> {
            given(headings, html).into_iter().map(|(id, _)| id).collect()
        };
        assert_eq!(ids(&[("Scope", None), ("Scope", None), ("Scope", None)], &[]), ["scope", "scope-1", "scope-2"]);
        assert_eq!(ids(&[("Scope 1", None), ("Scope", None), ("Scope", None)], &[]), ["scope-1", "scope", "scope-2"]);
        assert_eq!(ids(&[("Review", None), ("X", Some("review"))], &[]), ["review-1", "review"]);
        assert_eq!(ids(&[("Review", None)], &["review"]), ["review-1"]);
        assert_eq!(ids(&[("A", Some("x")), ("B", Some("x"))], &["x"]), ["x", "x-1"]);
        assert_eq!(ids(&[("Page content", None), ("（）", None)], &[]), ["section-page-content", "section"]);
        for (id, aliases) in given(&[("A.1", None), ("A1", None), ("A 1", None), ("a.1", None)], &[]) {
            assert!(!aliases.contains(&id), "{id} {aliases:?}");
        }
    }
}
