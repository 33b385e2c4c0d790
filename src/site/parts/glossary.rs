//! The terms of the glossary: the shipped ones with the book's own words laid over them, for a reader of one language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Serialize;

use crate::address::View;
use crate::config::Term;
use crate::language::{Language, Localized};
use crate::site::context::Context;
use crate::site::view::Link;
use crate::value::{Node, Value};
use crate::yaml;

/// A term for a reader.
#[derive(Debug, Serialize)]
pub(in crate::site) struct TermView {
    /// Its anchor on the page.
    pub(in crate::site) anchor: String,
    /// What it is called.
    pub(in crate::site) title: String,
    /// The language of the title, where it is not the page's.
    pub(in crate::site) title_lang: String,
    /// How it is read.
    pub(in crate::site) yomi: String,
    /// What it is called in the other language.
    pub(in crate::site) other: Link,
    /// What it means.
    pub(in crate::site) text: String,
    /// The language of the text, where it is not the page's.
    pub(in crate::site) text_lang: String,
    /// The page that shows the matter, and the items and documents that say more.
    pub(in crate::site) see: Vec<Link>,
    /// The letter under which it stands.
    pub(in crate::site) letter: Letter,
}

/// A letter of the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::site) struct Letter {
    /// Its anchor on the page.
    pub(in crate::site) anchor: String,
    /// What stands over its terms.
    pub(in crate::site) text: String,
}

/// A shipped term, and the generated page that shows the matter.
#[derive(Debug, Clone, Default)]
struct Shipped {
    term: Term,
    view: Option<View>,
}

static SHIPPED: LazyLock<BTreeMap<String, Shipped>> = LazyLock::new(|| {
    let text = include_str!("../../../themes/default/words/glossary.yaml");
    let node = yaml::parse(text).expect("the glossary is YAML; a test proves it");
    node.entries().iter().map(|(id, node)| (id.value.clone(), shipped(node))).collect()
});

fn shipped(node: &Node) -> Shipped {
    let text = |key: &str| node.get(key).and_then(Node::scalar).unwrap_or_default().to_owned();
    let localized = |key: &str| {
        let mut text = Localized::default();
        for (language, part) in node.get(key).map(Node::entries).unwrap_or_default() {
            text.insert(Language::new(&language.value), part.scalar().unwrap_or_default());
        }
        text
    };
    let see = match node.get("see").map(|node| &node.value) {
        Some(Value::List(ids)) => ids.iter().filter_map(Node::scalar).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let term = Term { term: localized("term"), yomi: text("yomi"), text: localized("text"), see };
    Shipped { term, view: View::named(&text("view")) }
}

/// A shipped term with the book's own words laid over it.
fn overlaid(shipped: Shipped, own: &Term) -> Shipped {
    let or = |own: &Localized, shipped: Localized| if own.is_empty() { shipped } else { own.clone() };
    let base = shipped.term;
    // A reading belongs to the words that are read.
    let yomi = if own.yomi.is_empty() && own.term.is_empty() { base.yomi } else { own.yomi.clone() };
    let term = Term {
        term: or(&own.term, base.term),
        yomi,
        text: or(&own.text, base.text),
        see: if own.see.is_empty() { base.see } else { own.see.clone() },
    };
    Shipped { term, view: shipped.view }
}

/// Every term, in the order of the reader's language.
pub(in crate::site) fn terms(context: &Context<'_>) -> Vec<TermView> {
    let mut all = SHIPPED.clone();
    for (id, own) in &context.book().config.glossary {
        let base = all.remove(id).unwrap_or_default();
        all.insert(id.clone(), overlaid(base, own));
    }
    let japanese = *context.language == Language::japanese();
    let mut keyed: Vec<((String, String), TermView)> = all
        .iter()
        .filter(|(_, shipped)| !shipped.term.term.is_empty())
        .map(|(id, shipped)| {
            let view = term_view(context, id, shipped, japanese);
            (sort_key(&view, japanese), view)
        })
        .collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.anchor.cmp(&b.1.anchor)));
    keyed.into_iter().map(|(_, view)| view).collect()
}

fn term_view(context: &Context<'_>, id: &str, shipped: &Shipped, japanese: bool) -> TermView {
    let Shipped { term, view } = shipped;
    let title = context.text(&term.term);
    let other = if japanese { Language::english() } else { Language::japanese() };
    let other_title = if term.term.has(&other) { term.term.get(&other) } else { "" };
    let mut see: Vec<Link> = view.map(|view| context.to_view(view)).into_iter().collect();
    see.extend(term.see.iter().filter_map(|id| named(context, id)));
    TermView {
        anchor: format!("term-{}", id.replace(char::is_whitespace, "-")),
        title_lang: context.lang_of(&term.term),
        letter: letter(context, if japanese && !term.yomi.is_empty() { &term.yomi } else { &title }),
        yomi: if japanese { term.yomi.clone() } else { String::new() },
        other: Link { lang: other.to_string(), ..Link::text(if other_title == title { "" } else { other_title }) },
        text: context.text(&term.text),
        text_lang: context.lang_of(&term.text),
        see,
        title,
    }
}

/// A link to an item or a document; none where the book does not have it.
fn named(context: &Context<'_>, id: &str) -> Option<Link> {
    let target = context.book().resolver().wiki(id);
    let item = target.item().map(|item| context.to_item(item)).filter(|link| !link.href.is_empty());
    item.or_else(|| target.document().map(|key| context.to_document(key)))
}

fn sort_key(view: &TermView, japanese: bool) -> (String, String) {
    let read = if japanese && !view.yomi.is_empty() { &view.yomi } else { &view.title };
    (kana(read), view.title.clone())
}

/// What a reading is sorted by: voiced, small and katakana signs as the plain hiragana that they stand beside in an index.
fn kana(text: &str) -> String {
    const VOICED: &str = "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽぁぃぅぇぉっゃゅょゎゔ";
    const PLAIN: &str = "かきくけこさしすせそたちつてとはひふへほはひふへほあいうえおつやゆよわう";
    let hiragana = |c: char| match c {
        '\u{30a1}'..='\u{30f6}' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        c => c,
    };
    let plain = |c: char| {
        let place = VOICED.chars().position(|voiced| voiced == c);
        place.and_then(|place| PLAIN.chars().nth(place)).unwrap_or(c)
    };
    text.to_lowercase().chars().filter(|c| *c != 'ー').map(|c| plain(hiragana(c))).collect()
}

/// The row of the syllabary, the letter of the alphabet, or the rest.
fn letter(context: &Context<'_>, read: &str) -> Letter {
    const ROWS: [(char, &str); 10] = [
        ('あ', "a"),
        ('か', "ka"),
        ('さ', "sa"),
        ('た', "ta"),
        ('な', "na"),
        ('は', "ha"),
        ('ま', "ma"),
        ('や', "ya"),
        ('ら', "ra"),
        ('わ', "wa"),
    ];
    let first = kana(read).chars().next().unwrap_or_default();
    if ('あ'..='ん').contains(&first) {
        let row = ROWS.iter().rev().find(|(head, _)| *head <= first).unwrap_or(&ROWS[0]);
        return Letter { anchor: format!("kana-{}", row.1), text: row.0.to_string() };
    }
    if first.is_ascii_alphabetic() {
        return Letter { anchor: format!("letter-{first}"), text: first.to_uppercase().to_string() };
    }
    Letter { anchor: "letter-other".to_owned(), text: context.say("glossary.other") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_term_is_whole_in_both_languages() {
        assert!(SHIPPED.len() > 60);
        for (id, Shipped { term, .. }) in &*SHIPPED {
            for language in [Language::english(), Language::japanese()] {
                assert!(term.term.has(&language) && term.text.has(&language), "{id} in {language}");
            }
            assert!(
                term.yomi.chars().all(|c| ('ぁ'..='ー').contains(&c) || c.is_ascii_alphabetic()),
                "{id}: {}",
                term.yomi
            );
        }
    }

    #[test]
    fn japanese_sorts_by_reading_whatever_the_sign() {
        let mut words = ["ログ", "がくしゅう", "かいてい", "ガイド", "きろく", "バックアップ", "はいふさき"];
        words.sort_by_key(|word| kana(word));
        assert_eq!(words, ["かいてい", "ガイド", "がくしゅう", "きろく", "はいふさき", "バックアップ", "ログ"]);
    }
}
