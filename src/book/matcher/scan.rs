//! Walking a text from one possible beginning of an id to the next.

use std::cell::OnceCell;

use super::meaning::{Knowledge, Scope};
use super::standard::Mention;
use super::vocabulary::{Meaning, Spot};
use super::words::{Ending, ending, goes_on, numbers};
use crate::book::resolve::Target;
use crate::catalog::ItemKind;
use crate::id::ItemId;

/// One text and what is found in it.
#[derive(Debug)]
pub(super) struct Scan<'s, 'a> {
    /// What is known of the book.
    pub(super) knowledge: &'s Knowledge<'a>,
    /// The text, folded.
    pub(super) text: &'s str,
    /// The standards that the text names; looked for once something asks.
    pub(super) mentions: OnceCell<Vec<Mention>>,
}

/// One id, by offsets in the folded text.
#[derive(Debug)]
pub(super) struct Hit {
    /// Where the linked words begin.
    pub(super) start: usize,
    /// Just after them.
    pub(super) end: usize,
    /// What they mean.
    pub(super) target: Target,
    /// The item, where they mean one.
    pub(super) spot: Option<Spot>,
    /// The id itself.
    pub(super) id: String,
    /// Whether a hyphen and more follow.
    pub(super) ending: Ending,
    /// The items between it and the next.
    pub(super) between: Vec<ItemId>,
}

/// Words that were understood: what they link to, and where to read on.
#[derive(Debug)]
pub(super) struct Step {
    /// Just after the words.
    pub(super) end: usize,
    /// The links, in order; none in a phrase about a standard that the book does not have.
    pub(super) hits: Vec<Hit>,
}

impl<'s, 'a> Scan<'s, 'a> {
    /// The search of a text.
    pub(super) fn new(knowledge: &'s Knowledge<'a>, text: &'s str) -> Self {
        Self { knowledge, text, mentions: OnceCell::new() }
    }

    /// Every id, in order.
    pub(super) fn hits(&self) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut at = 0;
        let mut slash = usize::MAX;
        while let Some(place) = self.next_place(at, slash) {
            at = place + 1;
            if let Some(step) = self.step(place) {
                at = step.end.max(at);
                slash = at;
                hits.extend(step.hits);
            }
        }
        hits
    }

    /// The next place from `at` on where something may begin.
    pub(super) fn next_place(&self, mut at: usize, slash: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(at) {
            if *byte == b':' && bytes[at..].starts_with(b"://") {
                let address = |byte: &&u8| byte.is_ascii_graphic() && !b"<>\"`".contains(*byte);
                at += bytes[at..].iter().take_while(address).count();
                continue;
            }
            let begins = byte.is_ascii_alphanumeric() || *byte >= 0xc0;
            if begins && self.knowledge.vocabulary.may_start(&bytes[at..]) && !goes_on(self.text, at, slash) {
                return Some(at);
            }
            at += 1;
        }
        None
    }

    fn step(&self, at: usize) -> Option<Step> {
        self.literal(at)
            .or_else(|| self.standard_phrase(at))
            .or_else(|| self.annex_phrase(at))
            .or_else(|| self.clause_phrase(at))
            .or_else(|| self.control_phrase(at))
            .or_else(|| self.bare(at))
    }

    /// An id as it stands in a catalog or on a document, the longest first.
    fn literal(&self, at: usize) -> Option<Step> {
        let vocabulary = &self.knowledge.vocabulary;
        for (length, meanings) in vocabulary.longest(&self.text[at..]) {
            let end = at + length;
            let ending = ending(self.text, end);
            let document = meanings.iter().find_map(|meaning| match meaning {
                Meaning::Document(key) => Some(*key),
                _ => None,
            });
            if let (Some(key), Ending::Clean) = (document, ending) {
                let target = Target::Document(key);
                let hit = Hit { start: at, end, target, spot: None, id: String::new(), ending, between: Vec::new() };
                return Some(Step { end, hits: vec![hit] });
            }
            let bare = meanings.iter().filter(|meaning| matches!(meaning, Meaning::Bare(_)));
            let bare: Vec<Meaning> = bare.copied().collect();
            if bare.is_empty() || ending == Ending::Inside {
                continue;
            }
            if let Some(step) = self.bare_item(at, end, &bare) {
                return Some(step);
            }
        }
        None
    }

    /// Of equal ids of several kinds a control counts first, then a requirement.
    fn bare_item(&self, start: usize, end: usize, meanings: &[Meaning]) -> Option<Step> {
        let vocabulary = &self.knowledge.vocabulary;
        let scope = |catalogs| Scope { catalogs, ..Scope::default() };
        let spots = meanings.iter().filter_map(|meaning| meaning.spot());
        let first = spots.min_by_key(|spot| {
            let kind = vocabulary.item(*spot).kind;
            (!vocabulary.is_active(spot.catalog, kind), kind, spot.catalog)
        })?;
        let scope = scope(vocabulary.related(first.catalog));
        let spot = self.knowledge.spot(&scope, meanings)?;
        let mut hit = self.item_hit(&scope, spot, start, end);
        if let Some(ways) = self.knowledge.ambiguous(meanings, spot) {
            if vocabulary.item(spot).kind != ItemKind::Control {
                return None;
            }
            hit.target = Target::Ambiguous(ways);
        }
        self.series(hit, &scope)
    }

    /// `A 5.15`, or an id that looks like a control's and is none.
    fn bare(&self, at: usize) -> Option<Step> {
        let vocabulary = &self.knowledge.vocabulary;
        if let Some((end, _)) = self.spaced(at) {
            let scope = self.annex_scope()?;
            let id = format!("A.{}", &self.text[at + 2..end]);
            let hit = self.hit(&scope, &id, at, end).filter(|hit| hit.spot.is_some())?;
            return self.series(hit, &scope);
        }
        let (end, id) = self.lettered(at)?;
        let literal = |head: &str| vocabulary.exactly(head).iter().find_map(|meaning| meaning.spot());
        let parent = id.rsplit_once('.').and_then(|(head, _)| literal(head));
        let catalogs = parent.map_or_else(Vec::new, |spot| vocabulary.related(spot.catalog));
        let scope = Scope { catalogs, ..Scope::default() };
        let hit = self.hit(&scope, id, at, end)?;
        self.series(hit, &scope)
    }

    /// An id of the scope's catalogs at `at`: as they write it, or as `A 5.15`.
    pub(super) fn id_at(&self, scope: &Scope, at: usize) -> Option<Hit> {
        for (length, meanings) in self.knowledge.vocabulary.longest(self.text.get(at..)?) {
            if ending(self.text, at + length) == Ending::Inside {
                continue;
            }
            if let Some(spot) = self.knowledge.spot(scope, meanings) {
                return Some(self.item_hit(scope, spot, at, at + length));
            }
        }
        if let Some((end, _)) = self.spaced(at) {
            return self.hit(scope, &format!("A.{}", &self.text[at + 2..end]), at, end);
        }
        if let Some((end, id)) = self.lettered(at) {
            return self.hit(scope, id, at, end);
        }
        let (end, _) = numbers(self.text, at)?;
        self.hit(scope, &self.text[at..end], at, end)
    }

    /// What an id means that stands from `start` to `end`, perhaps with words around it.
    pub(super) fn hit(&self, scope: &Scope, id: &str, start: usize, end: usize) -> Option<Hit> {
        let ending = ending(self.text, end);
        if ending == Ending::Inside {
            return None;
        }
        if let Some(spot) = self.knowledge.spot(scope, self.knowledge.vocabulary.exactly(id)) {
            return Some(self.item_hit(scope, spot, start, end));
        }
        let target = self.knowledge.group(scope, id).or_else(|| self.knowledge.unknown(scope, id))?;
        Some(Hit { start, end, target, spot: None, id: id.to_owned(), ending, between: Vec::new() })
    }

    /// A hit on an item; of a requirement with its part (`6.1.3 d)`).
    fn item_hit(&self, scope: &Scope, spot: Spot, start: usize, end: usize) -> Hit {
        let item = self.knowledge.vocabulary.item(spot);
        let mut target = self.knowledge.target(scope, spot);
        let mut whole = end;
        if let (ItemKind::Requirement, Target::Item { part, .. }) = (item.kind, &mut target)
            && let Some((after, letter)) = self.part(end)
            && !item.id.id.ends_with(')')
        {
            whole = after;
            *part = Some(letter.to_string());
        }
        let ending = ending(self.text, whole);
        Hit { start, end: whole, target, spot: Some(spot), id: item.id.id.to_string(), ending, between: Vec::new() }
    }

    /// ` d)`, `d)` or `(d)` behind a requirement.
    fn part(&self, at: usize) -> Option<(usize, char)> {
        let rest = &self.text[at..];
        let bare = rest.strip_prefix(' ').unwrap_or(rest);
        let bare = bare.strip_prefix('(').unwrap_or(bare);
        let letter = bare.chars().next().filter(char::is_ascii_lowercase)?;
        let after = bare[1..].strip_prefix(')')?;
        Some((self.text.len() - after.len(), letter))
    }

    /// `A 5.15`: the letter, one blank and at least two numbers.
    fn spaced(&self, at: usize) -> Option<(usize, usize)> {
        let digits = self.text.get(at..)?.strip_prefix("A ")?;
        numbers(self.text, self.text.len() - digits.len()).filter(|(_, count)| *count >= 2)
    }

    /// Letters with their signs, then numbers: `A.5.99`, `CC9.9`, `AC-99`.
    fn lettered(&self, at: usize) -> Option<(usize, &'s str)> {
        let sign = |byte: &&u8| byte.is_ascii_alphabetic() || matches!(byte, b'.' | b'-' | b'_');
        let length = self.text.as_bytes().iter().skip(at).take(MOST_LETTERS).take_while(sign).count();
        let number = at + length;
        let letters = self
            .text
            .get(at..number)
            .filter(|letters| letters.starts_with(|first: char| first.is_ascii_alphabetic()))?;
        // `A5.15` is as likely a size of paper.
        if letters == "A" {
            return None;
        }
        let (end, _) = numbers(self.text, number)?;
        Some((end, &self.text[at..end]))
    }
}

const MOST_LETTERS: usize = 16;
