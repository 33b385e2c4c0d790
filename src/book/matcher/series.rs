//! Ranges and lists: what follows an id and is short for another (`A.5.15-18`, `A.6.4, 6.5`).

use super::meaning::Scope;
use super::scan::{Hit, Scan, Step};
use super::vocabulary::letters_of;
use super::words::{self, Ending, blanks, digit, numbers, whole_word, word};
use crate::book::resolve::Target;

/// How a range is written, which decides how short its second end may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// A sign without blanks: one number will do (`A.5.15-18`).
    Tight,
    /// With blanks or a word: at least two numbers (`A.5.15 – 5.18`).
    Wide,
    /// から: one number will do where まで follows.
    From,
}

impl Scan<'_, '_> {
    /// An id with all that follows it in a range or a list; none where the id turns out to be part of a longer one.
    pub(super) fn series(&self, first: Hit, scope: &Scope) -> Option<Step> {
        let mut hits = vec![first];
        while let Some(last) = hits.last_mut() {
            if let Some(end) = self.range_end(last, scope) {
                if let (Some(from), Some(to)) = (last.spot, end.spot) {
                    last.between = self.knowledge.between(from, to);
                }
                hits.push(end);
            } else if let Some(next) = self.list_member(last, scope) {
                hits.push(next);
            } else {
                break;
            }
        }
        while hits.last().is_some_and(|last| last.ending == Ending::Hyphen) {
            hits.pop();
            if let Some(last) = hits.last_mut() {
                last.between.clear();
            }
        }
        let end = hits.last()?.end;
        Some(Step { end, hits })
    }

    /// The second end of a range that begins with `last`.
    fn range_end(&self, last: &Hit, scope: &Scope) -> Option<Hit> {
        let (link, at) = self.range_link(last)?;
        if !self.is_short(last, at) {
            return self.id_at(scope, at);
        }
        let (end, count) = numbers(self.text, at)?;
        let number = &self.text[at..end];
        let from = last.spot?;
        let full = match count {
            1 => {
                let until = word(self.text, blanks(self.text, end), &words::UNTIL).is_some();
                let head = last.id.trim_end_matches(|sign: char| sign.is_ascii_digit());
                let short = link == Link::Tight || link == Link::From && until;
                (short && head.len() < last.id.len()).then(|| format!("{head}{number}"))?
            }
            _ => format!("{}{number}", letters_of(&last.id)),
        };
        let ordered = |hit: &Hit| hit.spot.is_some_and(|to| to.catalog == from.catalog && to.item > from.item);
        self.hit(scope, &full, at, end).filter(ordered)
    }

    /// What joins two ends of a range, and where the second begins.
    fn range_link(&self, last: &Hit) -> Option<(Link, usize)> {
        let text = self.text;
        let tight = word(text, last.end, &["-", "–", "~"]);
        if let Some(at) = tight.filter(|at| blanks(text, *at) == *at) {
            return Some((Link::Tight, at));
        }
        if last.ending == Ending::Hyphen {
            return None;
        }
        let blank = blanks(text, last.end);
        if let Some(after) = word(text, blank, &words::FROM) {
            return Some((Link::From, blanks(text, after)));
        }
        let after = match word(text, blank, &["-", "–", "~"]) {
            Some(after) => after,
            None => whole_word(text, blank, &words::RANGE).filter(|_| blank > last.end)?,
        };
        let at = blanks(text, after);
        let spaced = !text[blank..].starts_with('-') || blank > last.end && at > after;
        (spaced && (at > after || blank > last.end)).then_some((Link::Wide, at))
    }

    /// The next member of a list behind `last`.
    fn list_member(&self, last: &Hit, scope: &Scope) -> Option<Hit> {
        if last.ending != Ending::Clean {
            return None;
        }
        let at = self.list_joint(last.end)?;
        if !self.is_short(last, at) {
            let known = |hit: &Hit| {
                hit.spot.is_some()
                    || matches!(hit.target, Target::Group { .. })
                    || !scope.explicit && !letters_of(&hit.id).is_empty()
            };
            return self.id_at(scope, at).filter(known);
        }
        let (end, count) = numbers(self.text, at)?;
        if count < 2 || count != count_of(&last.id) || self.text[end..].trim_start().starts_with(['%', '℃']) {
            return None;
        }
        let own = |target: &Target| matches!(target, Target::Unknown { parent: Some(_), .. });
        let hit = self.hit(scope, &format!("{}{}", letters_of(&last.id), &self.text[at..end]), at, end)?;
        (hit.spot.is_some() || own(&last.target) && own(&hit.target)).then_some(hit)
    }

    /// Where the next member begins behind a comma, a slash or a word.
    fn list_joint(&self, end: usize) -> Option<usize> {
        let text = self.text;
        if let Some(after) = word(text, end, &["/"]) {
            return Some(after);
        }
        let blank = blanks(text, end);
        if let Some(after) = whole_word(text, blank, &words::AND).filter(|_| blank > end) {
            return Some(blanks(text, after));
        }
        let after = blanks(text, word(text, blank, &words::JOINTS)?);
        Some(whole_word(text, after, &words::AND).map_or(after, |and| blanks(text, and)))
    }

    /// Whether what stands at `at` is a number that is short for an id like `last`.
    fn is_short(&self, last: &Hit, at: usize) -> bool {
        digit(self.text, at)
            && (!letters_of(&last.id).is_empty() || numbers(self.text, at).is_some_and(|(_, count)| count == 1))
    }
}

/// How many numbers an id holds.
fn count_of(id: &str) -> usize {
    id.split(|sign: char| !sign.is_ascii_digit()).filter(|number| !number.is_empty()).count()
}
