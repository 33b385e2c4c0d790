//! The ids of left-out documents, found in any text as a reader would make them out: behind escapes and entities, in
//! full-width letters, split by markup, in addresses and file names.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use crate::document::markdown::html;
use crate::text::Span;

/// The ids that must not be seen, and those that may, as a tree of their letters.
#[derive(Debug, Default)]
pub(in crate::project) struct Ids {
    /// The first is the root.
    nodes: Vec<Node>,
    /// Ids that are words or numbers like any other.
    pub(super) plain: Vec<String>,
}

#[derive(Debug, Default)]
struct Node {
    /// By the next letter, in small letters.
    next: BTreeMap<char, usize>,
    /// The ids that end here.
    ids: Vec<Id>,
}

#[derive(Debug)]
struct Id {
    written: String,
    /// Its number among the hidden ones; none for an id that may be seen.
    hidden: Option<usize>,
}

/// One place at which a hidden id stands.
#[derive(Debug)]
pub(in crate::project) struct Found<'i> {
    /// The id.
    pub(super) id: &'i str,
    /// Its number among the hidden ones.
    pub(super) number: usize,
    /// What is written of it, markup in between left out.
    pub(super) pieces: Vec<Span>,
}

impl Found<'_> {
    /// From its first to its last letter.
    pub(super) fn span(&self) -> Span {
        let end = self.pieces.last().map_or(0, |piece| piece.end);
        Span::new(self.pieces.first().map_or(0, |piece| piece.start), end)
    }
}

impl Ids {
    /// The ids that are hidden; `shown` are those that are not, as far as they begin with a hidden one or are the same.
    pub(in crate::project) fn new(hidden: &BTreeSet<String>, shown: &BTreeSet<&str>) -> Self {
        let mut ids = Self { nodes: vec![Node::default()], ..Self::default() };
        let hidden = hidden.iter().filter(|id| !shown.contains(id.as_str()));
        let (telling, plain): (Vec<&String>, Vec<&String>) = hidden.partition(|id| tells(id));
        ids.plain = plain.into_iter().cloned().collect();
        for (number, id) in telling.iter().enumerate() {
            ids.add(id, Some(number + 1));
        }
        let longer = |id: &str| {
            telling.iter().any(|hidden| {
                id.get(..hidden.len()).is_some_and(|start| start.eq_ignore_ascii_case(hidden))
                    || id.ends_with(&***hidden)
            })
        };
        for id in shown.iter().filter(|id| longer(id)) {
            ids.add(id, None);
        }
        ids
    }

    fn add(&mut self, written: &str, hidden: Option<usize>) {
        let mut at = 0;
        for letter in written.chars() {
            let new = self.nodes.len();
            at = *self.nodes[at].next.entry(fold(letter).to_ascii_lowercase()).or_insert(new);
            if at == new {
                self.nodes.push(Node::default());
            }
        }
        self.nodes[at].ids.push(Id { written: written.to_owned(), hidden });
    }

    /// Every hidden id in a text.
    pub(in crate::project) fn find(&self, text: &str) -> Vec<Found<'_>> {
        let mut found = Vec::new();
        let signs = if self.nodes.len() > 1 { signs_of(text) } else { Vec::new() };
        let mut at = 0;
        while at < signs.len() {
            let Some((id, used)) = self.longest(&signs, at) else {
                at += 1;
                continue;
            };
            at = used.last().map_or(at, |last| *last) + 1;
            if let Some(number) = id.hidden {
                found.push(Found { id: &id.written, number, pieces: pieces(&signs, &used) });
            }
        }
        found
    }

    /// The longest id that stands alone at a place, and its signs.
    fn longest(&self, signs: &[Sign], start: usize) -> Option<(&Id, Vec<usize>)> {
        let joins = |one: Option<&Sign>, other: Option<&Sign>| {
            one.zip(other)
                .is_some_and(|(one, other)| one.letter.is_ascii_alphanumeric() && other.letter.is_ascii_alphanumeric())
        };
        let mut node = self.nodes.first().filter(|root| root.next.contains_key(&signs[start].small()))?;
        if start > 0 && joins(signs.get(start - 1), signs.get(start)) {
            return None;
        }
        let (mut used, mut best) = (Vec::new(), None);
        let mut at = start;
        while let Some(sign) = signs.get(at) {
            if let Some(next) = node.next.get(&sign.small()) {
                node = &self.nodes[*next];
                used.push(at);
                at += 1;
                if !joins(Some(sign), signs.get(at)) {
                    let id = node.ids.iter().find(|id| id.is(signs, &used));
                    best = id.map(|id| (id, used.len())).or(best);
                }
            } else if let Some(behind) = sign.skip {
                while signs.get(at).is_some_and(|sign| sign.span.start < behind) {
                    at += 1;
                }
            } else {
                break;
            }
        }
        let (id, length) = best?;
        used.truncate(length);
        Some((id, used))
    }

    /// Whether a hidden id stands in a text.
    pub(in crate::project) fn are_in(&self, text: &str) -> bool {
        !self.find(text).is_empty()
    }
}

/// Whether an id is told from a word or a number wherever it stands.
fn tells(id: &str) -> bool {
    let mark = |sign: char| sign.is_ascii_digit() || sign.is_ascii_punctuation();
    let letters = id.chars().any(char::is_alphabetic);
    let capitals = id.len() >= 3 && id.chars().all(|sign| sign.is_ascii_uppercase());
    letters && (id.chars().any(mark) || capitals)
}

impl Id {
    /// Whether signs are the id. Without a digit it might be a word: then only the very same letters are the id.
    fn is(&self, signs: &[Sign], used: &[usize]) -> bool {
        let has_digit = self.written.bytes().any(|byte| byte.is_ascii_digit());
        has_digit || self.written.chars().map(fold).eq(used.iter().map(|at| signs[*at].letter))
    }
}

/// The spans of signs, those side by side as one.
fn pieces(signs: &[Sign], used: &[usize]) -> Vec<Span> {
    let mut pieces: Vec<Span> = Vec::new();
    for span in used.iter().map(|at| signs[*at].span) {
        match pieces.last_mut() {
            Some(last) if last.end >= span.start => last.end = last.end.max(span.end),
            _ => pieces.push(span),
        }
    }
    pieces
}

/// A letter as a reader sees it, and what is written for it.
#[derive(Debug)]
struct Sign {
    letter: char,
    span: Span,
    /// Where a reader goes on who sees nothing of it, since it may be markup.
    skip: Option<usize>,
}

impl Sign {
    fn small(&self) -> char {
        self.letter.to_ascii_lowercase()
    }
}

/// What is no letter at all.
const NOTHING: char = '\0';

fn signs_of(text: &str) -> Vec<Sign> {
    let mut signs = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(sign) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = &text[at..];
        let (read, length) = match sign {
            '\\' => escaped(rest),
            '&' => entity(rest),
            '%' => in_address(rest),
            _ => None,
        }
        .unwrap_or((if is_invisible(sign) { NOTHING } else { sign }, sign.len_utf8()));
        let skipped = match read {
            '<' => tag(rest),
            ']' => link_end(rest).or(Some(length)),
            NOTHING | '*' | '_' | '~' | '`' | '[' | '\\' => Some(length),
            _ => None,
        };
        let skip = skipped.map(|skipped| at + skipped);
        signs.push(Sign { letter: fold(read), span: Span::new(at, at + length), skip });
        at += length;
    }
    signs
}

/// `\-` of Markdown; `\x2D`, `\u002D` and the broken line of YAML and TOML.
fn escaped(rest: &str) -> Option<(char, usize)> {
    let next = rest[1..].chars().next()?;
    let digits = match next {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        '\n' | '\r' => {
            let blank = rest[1..].len() - rest[1..].trim_start().len();
            return Some((NOTHING, 1 + blank));
        }
        _ => return next.is_ascii_punctuation().then_some((next, 2)),
    };
    let code = u32::from_str_radix(rest.get(2..2 + digits)?, 16).ok()?;
    Some((char::from_u32(code)?, 2 + digits))
}

fn entity(rest: &str) -> Option<(char, usize)> {
    let end = rest.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';')? + 1;
    let written = rest.get(..end)?;
    if let Some((_, sign)) = ENTITIES.iter().find(|(name, _)| written[1..end - 1] == **name) {
        return Some((*sign, end));
    }
    let read = html::unescape(written);
    let mut signs = read.chars();
    let sign = signs.next().filter(|_| signs.next().is_none())?;
    Some((if is_invisible(sign) { NOTHING } else { sign }, end))
}

const LONGEST_ENTITY: usize = 32;

/// The names of signs that ids are written with, and of those that show nothing.
const ENTITIES: [(&str, char); 17] = [
    ("hyphen", '-'),
    ("dash", '-'),
    ("minus", '-'),
    ("lowbar", '_'),
    ("UnderBar", '_'),
    ("period", '.'),
    ("sol", '/'),
    ("bsol", '\\'),
    ("colon", ':'),
    ("num", '#'),
    ("plus", '+'),
    ("shy", NOTHING),
    ("zwj", NOTHING),
    ("zwnj", NOTHING),
    ("lrm", NOTHING),
    ("NoBreak", NOTHING),
    ("ZeroWidthSpace", NOTHING),
];

/// `%2D` of an address, and the several bytes of one letter.
fn in_address(rest: &str) -> Option<(char, usize)> {
    (1..=4).find_map(|bytes| {
        let written = rest.get(..3 * bytes)?;
        let read = percent_decode_str(written).decode_utf8().ok()?;
        let mut signs = read.chars();
        let sign = signs.next().filter(|_| signs.next().is_none())?;
        Some((sign, 3 * bytes))
    })
}

/// A tag or a comment in the middle of a word.
fn tag(rest: &str) -> Option<usize> {
    let next = rest.chars().nth(1)?;
    if !(next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')) {
        return None;
    }
    let end = if rest.starts_with("<!--") { rest.find("-->")? + 3 } else { rest.find('>')? + 1 };
    (end <= LONGEST_TAG).then_some(end)
}

/// `](destination)` behind the words of a link.
fn link_end(rest: &str) -> Option<usize> {
    let end = rest.strip_prefix("](")?.find([')', '\n'])? + 3;
    (end <= LONGEST_TAG && rest[..end].ends_with(')')).then_some(end)
}

const LONGEST_TAG: usize = 400;

fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(sign, '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{34f}')
}

/// A full-width sign as the plain one, and any dash as a hyphen.
fn fold(sign: char) -> char {
    match sign {
        '\u{ff01}'..='\u{ff5e}' => u8::try_from(u32::from(sign) - 0xff01 + 0x21).map_or(sign, char::from),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        '\u{3000}' | '\u{a0}' | '\u{202f}' => ' ',
        _ => sign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids() -> Ids {
        let hidden = ["SEC-904", "HANDBOOK", "SEC_7", "規程-3", "A.5", "12", "policy", "方針"];
        Ids::new(&hidden.map(str::to_owned).into(), &["SEC-904-B", "X-SEC-904", "A.5.15", "POL-1"].into())
    }

    fn written(text: &str) -> String {
        let ids = ids();
        let found = ids.find(text);
        let pieces = found.iter().map(|one| one.pieces.iter().map(|piece| piece.of(text)).collect::<String>());
        pieces.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_id_is_found_however_it_is_written() {
        let same = [
            "SEC-904",
            "sec-904",
            "ＳＥＣ－９０４",
            "SEC‑904",
            "SEC\\-904",
            "SEC&#45;904",
            "SEC&hyphen;904",
            "SEC%2D904",
            "\\x53EC-904",
            "\\u0053EC-904",
            "SEC_7",
            "SEC\\_7",
            "規程-3",
            "規程%2D3",
            "%E8%A6%8F程-3",
            "HANDBOOK",
            "A.5",
        ];
        for id in same {
            for text in [id.to_owned(), format!("（{id}）"), format!("管理策{id}を"), format!("[[{id}|x]] y/{id}.md")]
            {
                let times = text.matches(id).count();
                let expected = vec![id; times].join(" ");
                assert_eq!(written(&text), expected, "{text}");
            }
        }
        for split in [
            "SEC-**904**",
            "S*E*C-904",
            "SEC-<b>904</b>",
            "SEC-<!-- x -->904",
            "SEC-`904`",
            "SEC-\u{200b}904",
            "SEC-&shy;904",
            "[SEC-](x.md)904",
        ] {
            assert_eq!(written(split).replace(' ', "").len(), "SEC-904".len(), "{split}");
        }
    }

    #[test]
    fn another_id_and_a_word_stay() {
        let other =
            ["SEC-9041", "XSEC-904", "SEC-904-B", "X-SEC-904", "A.5.15", "SEC-90", "handbook", "12", "policy", "方針"];
        for text in other {
            assert_eq!(written(text), "", "{text}");
        }
        assert_eq!(ids().plain, ["12", "policy", "方針"]);
    }
}
