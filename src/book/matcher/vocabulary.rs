//! The ids that texts are searched for, in a table that finds the longest one at a place.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::fold::fold;
use super::words;
use crate::book::DocumentKey;
use crate::book::resolve::Resolver;
use crate::catalog::{Catalog, Item, ItemKind};

/// All ids and names, sorted, and what they mean.
#[derive(Debug)]
pub(super) struct Vocabulary<'a> {
    /// Every catalog, those that the book uses first.
    pub(super) catalogs: Vec<Listed<'a>>,
    words: Vec<Word<'a>>,
    meanings: Vec<Meaning>,
    /// A bit for each first three bytes with which something may begin.
    starts: Vec<u64>,
    /// The shapes of the bare ids of controls, and the longest number in each.
    shapes: BTreeMap<String, usize>,
    /// The shapes of all controls, by catalog.
    own_shapes: BTreeSet<(usize, String)>,
    /// One letter and the first number behind it, of every control (`A.5`).
    heads: BTreeSet<String>,
    /// Whether some id holds no digit.
    pub(super) without_digits: bool,
}

/// A catalog, and how the book stands to it.
#[derive(Debug)]
pub(super) struct Listed<'a> {
    /// The catalog.
    pub(super) catalog: &'a Arc<Catalog>,
    active: [bool; 3],
    /// Whether a catalog with the same prefix is used.
    related: [bool; 3],
    /// The theme of each item, as a number of this catalog alone.
    pub(super) themes: Vec<usize>,
}

#[derive(Debug)]
struct Word<'a> {
    text: Cow<'a, str>,
    /// The first of its meanings; the next word's first ends them.
    first: usize,
    /// The longest other word with which this one begins.
    shorter: Option<usize>,
}

/// An item by the places of its catalog and of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    /// The place among the catalogs.
    pub(super) catalog: usize,
    /// The place among the catalog's items.
    pub(super) item: usize,
}

/// What a word means.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meaning {
    /// A document.
    Document(DocumentKey),
    /// An item whose id links without a prefix.
    Bare(Spot),
    /// An item whose id needs a prefix.
    Qualified(Spot),
    /// The id of a catalog.
    Edition(usize),
    /// The prefix of catalogs.
    Prefix,
}

impl Meaning {
    /// The item.
    pub(super) fn spot(self) -> Option<Spot> {
        match self {
            Self::Bare(spot) | Self::Qualified(spot) => Some(spot),
            _ => None,
        }
    }
}

/// Longer ids are no running text: they would only slow the search down.
const LONGEST: usize = 120;

impl<'a> Vocabulary<'a> {
    /// The vocabulary of a book.
    pub(super) fn new(resolver: Resolver<'a>) -> Self {
        let mut vocabulary = Self {
            catalogs: listed(resolver),
            words: Vec::new(),
            meanings: Vec::new(),
            starts: vec![0; 1024],
            shapes: BTreeMap::new(),
            own_shapes: BTreeSet::new(),
            heads: BTreeSet::new(),
            without_digits: false,
        };
        let mut entries: Vec<(Cow<'a, str>, Meaning)> = Vec::new();
        for (id, key) in resolver.documents {
            let text = fold(id).text;
            if links(&text) {
                entries.push((text, Meaning::Document(*key)));
            }
        }
        for at in 0..vocabulary.catalogs.len() {
            vocabulary.add_catalog(at, &mut entries);
        }
        entries.retain(|(text, _)| !text.is_empty() && text.len() <= LONGEST);
        entries.sort_by(|left, right| left.0.cmp(&right.0));
        vocabulary.without_digits = entries.iter().any(|(text, meaning)| {
            matches!(meaning, Meaning::Document(_) | Meaning::Bare(_))
                && !text.bytes().any(|byte| byte.is_ascii_digit())
        });
        vocabulary.fill(entries);
        for word in words::STARTS {
            vocabulary.may_begin_with(word);
        }
        vocabulary
    }

    fn add_catalog(&mut self, at: usize, entries: &mut Vec<(Cow<'a, str>, Meaning)>) {
        let catalog = self.catalogs[at].catalog;
        entries.push((Cow::Borrowed(&catalog.id), Meaning::Edition(at)));
        entries.push((Cow::Borrowed(&catalog.prefix), Meaning::Prefix));
        if catalog.prefix.len() == 2 {
            self.may_begin_with(&format!("{}:", catalog.prefix));
            self.may_begin_with(&format!("{} ", catalog.prefix));
        }
        for (item, place) in catalog.items.iter().zip(0..) {
            let spot = Spot { catalog: at, item: place };
            if item.kind == ItemKind::Control {
                self.own_shapes.insert((at, shape_of(&item.id.id).0));
            }
            let known = self.is_used(at, item.kind) || item.id.id.starts_with(words::CLOUD);
            for text in std::iter::once(&*item.id.id).chain(item.aliases.iter().map(String::as_str)) {
                let bare = known && links_bare(text, catalog.place.is_some());
                if bare && item.kind == ItemKind::Control {
                    self.add_shape(text);
                }
                entries.push((fold(text).text, if bare { Meaning::Bare(spot) } else { Meaning::Qualified(spot) }));
            }
        }
    }

    /// Notes what an unknown id looks like that is meant for a control of this catalog.
    fn add_shape(&mut self, id: &str) {
        if !id.starts_with(|first: char| first.is_ascii_alphabetic()) {
            return;
        }
        let (shape, digits) = shape_of(id);
        let longest = self.shapes.entry(shape).or_insert(2);
        *longest = digits.max(*longest);
        let letters = letters_of(id);
        if let Some(head) = single_letter_head(id) {
            self.heads.insert(head.to_owned());
        } else if letters.len() == 2 {
            (0..=9).for_each(|digit| self.may_begin_with(&format!("{letters}{digit}")));
        } else {
            self.may_begin_with(letters);
        }
    }

    fn fill(&mut self, entries: Vec<(Cow<'a, str>, Meaning)>) {
        let mut open: Vec<usize> = Vec::new();
        for (text, meaning) in entries {
            if !matches!(meaning, Meaning::Qualified(_)) {
                self.may_begin_with(&text);
            }
            if self.words.last().is_none_or(|last| last.text != text) {
                while open.last().is_some_and(|last| !text.starts_with(&*self.words[*last].text)) {
                    open.pop();
                }
                let shorter = open.last().copied();
                open.push(self.words.len());
                self.words.push(Word { text, first: self.meanings.len(), shorter });
            }
            self.meanings.push(meaning);
        }
    }

    fn may_begin_with(&mut self, text: &str) {
        if let [first, second, third, ..] = *text.as_bytes() {
            let key = start_key(first, second, third);
            self.starts[key / 64] |= 1 << (key % 64);
        }
    }

    /// Whether anything known may begin with these bytes; a quick no for nearly every place of a text.
    pub(super) fn may_start(&self, bytes: &[u8]) -> bool {
        let [first, second, third, ..] = *bytes else { return false };
        let key = start_key(first, second, third);
        self.starts[key / 64] & (1 << (key % 64)) != 0
    }

    /// The words with which a text begins, the longest first: length and meanings.
    pub(super) fn longest(&self, text: &str) -> impl Iterator<Item = (usize, &[Meaning])> {
        let after = self.words.partition_point(|word| word.text.as_bytes() <= text.as_bytes());
        let first = after.checked_sub(1);
        std::iter::successors(first, |at| self.words[*at].shorter)
            .filter(move |at| text.starts_with(&*self.words[*at].text))
            .map(|at| (self.words[at].text.len(), self.meanings_of(at)))
    }

    /// The meanings of a word.
    pub(super) fn exactly(&self, text: &str) -> &[Meaning] {
        self.words.binary_search_by(|word| (*word.text).cmp(text)).map_or(&[], |at| self.meanings_of(at))
    }

    fn meanings_of(&self, at: usize) -> &[Meaning] {
        let end = self.words.get(at + 1).map_or(self.meanings.len(), |next| next.first);
        &self.meanings[self.words[at].first..end]
    }

    /// The item at a spot.
    pub(super) fn item(&self, spot: Spot) -> &'a Arc<Item> {
        &self.catalogs[spot.catalog].catalog.items[spot.item]
    }

    /// Whether the book uses a catalog for a kind of item.
    pub(super) fn is_active(&self, catalog: usize, kind: ItemKind) -> bool {
        self.catalogs[catalog].active[kind as usize]
    }

    /// Whether the book uses a catalog or another edition of it.
    pub(super) fn is_used(&self, catalog: usize, kind: ItemKind) -> bool {
        self.catalogs[catalog].related[kind as usize]
    }

    /// The catalogs with the same prefix, those in use first.
    pub(super) fn related(&self, catalog: usize) -> Vec<usize> {
        self.with_prefix(&self.catalogs[catalog].catalog.prefix)
    }

    /// The catalogs with a prefix, those in use first.
    pub(super) fn with_prefix(&self, prefix: &str) -> Vec<usize> {
        (0..self.catalogs.len()).filter(|at| self.catalogs[*at].catalog.prefix == prefix).collect()
    }

    /// Whether an id that a catalog does not have is made like its controls' ids.
    pub(super) fn has_shape(&self, catalog: usize, id: &str) -> bool {
        let (shape, digits) = shape_of(id);
        digits <= 2 && self.own_shapes.contains(&(catalog, shape))
    }

    /// Whether an id that nothing has looks like a control's.
    pub(super) fn looks_like_control(&self, id: &str) -> bool {
        let (shape, digits) = shape_of(id);
        self.shapes.get(&shape).is_some_and(|longest| digits <= *longest)
            && single_letter_head(id).is_none_or(|head| self.heads.contains(head))
    }
}

fn start_key(first: u8, second: u8, third: u8) -> usize {
    let [first, second, third] = [first, second, third].map(usize::from);
    (first.wrapping_mul(961) ^ second.wrapping_mul(31) ^ third) & 0xffff
}

/// The catalogs: for each kind in the order of `[isms]`, then the rest, the newest edition first.
fn listed(resolver: Resolver<'_>) -> Vec<Listed<'_>> {
    let isms = &resolver.config.isms;
    let lists = [&isms.controls, &isms.requirements, &isms.risk_sources];
    let place = |id: &str| {
        lists.iter().flat_map(|list| list.iter()).position(|listed| listed.value.as_str() == id).unwrap_or(usize::MAX)
    };
    let mut catalogs: Vec<&Arc<Catalog>> = resolver.catalogs.iter().collect();
    catalogs.sort_by_key(|catalog| (place(&catalog.id), catalog.replaced_by.is_some()));
    let used = |test: &dyn Fn(&Catalog) -> bool| {
        lists.map(|list| {
            list.iter().any(|id| resolver.catalogs.get(id.value.as_str()).is_some_and(|catalog| test(catalog)))
        })
    };
    catalogs
        .into_iter()
        .map(|catalog| Listed {
            catalog,
            active: used(&|other| other.id == catalog.id),
            related: used(&|other| other.prefix == catalog.prefix),
            themes: themes(catalog),
        })
        .collect()
}

/// The theme of each item: the topmost group that holds it; without groups, what its id has before the last number.
fn themes(catalog: &Catalog) -> Vec<usize> {
    let mut tops: BTreeMap<&str, usize> = BTreeMap::new();
    for (group, own) in catalog.groups.iter().zip(0..) {
        let top = group.parent.as_deref().and_then(|parent| tops.get(parent)).copied().unwrap_or(own);
        tops.insert(&group.id, top);
    }
    let mut heads: BTreeMap<String, usize> = BTreeMap::new();
    let mut theme = |item: &'_ Item| -> usize {
        if let Some(top) = tops.get(item.group.as_str()) {
            return *top;
        }
        let next = catalog.groups.len() + heads.len();
        let head = item.id.id.trim_end_matches(|sign: char| sign.is_ascii_digit());
        *heads.entry(head.to_owned()).or_insert(next)
    };
    catalog.items.iter().map(|item| theme(item)).collect()
}

/// Whether a document's id is told from a word or a number when it stands in a text.
fn links(id: &str) -> bool {
    let telling = |sign: char| sign.is_ascii_digit() || sign.is_ascii_punctuation();
    id.trim() == id && id.chars().count() >= 3 && id.chars().any(char::is_alphabetic) && id.chars().any(telling)
}

/// Whether an item's id links without a prefix. Numbers alone never do: they are everyone's section numbers.
fn links_bare(id: &str, own: bool) -> bool {
    let letter = if own {
        id.chars().any(char::is_alphabetic)
    } else {
        id.starts_with(|first: char| first.is_ascii_alphabetic())
    };
    letter && links(id) && !id.contains(' ') && id.contains(|sign: char| sign.is_ascii_digit() || sign == '-')
}

/// An id with `#` for each number, and the length of its longest number.
fn shape_of(id: &str) -> (String, usize) {
    let mut shape = String::new();
    let mut digits = 0;
    let mut longest = 0;
    for sign in id.chars() {
        digits = if sign.is_ascii_digit() { digits + 1 } else { 0 };
        longest = digits.max(longest);
        match digits {
            0 => shape.push(sign),
            1 => shape.push('#'),
            _ => {}
        }
    }
    (shape, longest)
}

/// What stands before the first number of an id: `A.` of `A.5.15`.
pub(super) fn letters_of(id: &str) -> &str {
    id.find(|sign: char| sign.is_ascii_digit()).map_or(id, |at| &id[..at])
}

/// One letter and the first number, `A.5` of `A.5.15`; other ids have more letters to tell what they are.
fn single_letter_head(id: &str) -> Option<&str> {
    let letters = letters_of(id);
    if letters.bytes().filter(u8::is_ascii_alphabetic).count() != 1 {
        return None;
    }
    let number = &id[letters.len()..];
    let end = number.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(number.len());
    Some(&id[..letters.len() + end])
}
