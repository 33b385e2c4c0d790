//! Phrases around an id: `ISO/IEC 27001:2013 A.9.2.1`, `Annex A 8.23`, `箇条 6.1.3 d)`.

use super::meaning::Scope;
use super::scan::{Hit, Scan, Step};
use super::standard::Standard;
use super::words::{self, blanks, digit, numbers, whole_word, word};
use crate::catalog::ItemKind;

/// What stands between a standard and an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// A colon without a blank: the id is qualified.
    Qualifier,
    /// Blanks, a dash or の: one phrase.
    Phrase,
    /// A comma or a bracket: the standard decides what the id means, but only the id is a link.
    Loose,
}

impl Scan<'_, '_> {
    /// A standard and what is named of it.
    pub(super) fn standard_phrase(&self, at: usize) -> Option<Step> {
        let standard = self.standard(at)?;
        let (gap, body) = self.gap(standard.end)?;
        if standard.scope.catalogs.is_empty() {
            return self.foreign(&standard, body).filter(|_| gap != Gap::Loose);
        }
        let start = if gap == Gap::Loose { body } else { at };
        if let Some(letter) = self.annex_letter(body) {
            let scope = Scope { groups: true, ..standard.scope };
            return self.behind_annex(start, letter, &scope);
        }
        if let Some(number) = self.behind_word(body, &words::CLAUSE) {
            return self.numbered(start, number, &["", "A."], &standard.scope, None);
        }
        if let Some(number) = self.behind_word(body, &words::CONTROL)
            && digit(self.text, number)
        {
            return self.numbered(start, number, &["", "A."], &standard.scope, Some(ItemKind::Control));
        }
        let body = self.behind_word(body, &words::CONTROL).unwrap_or(body);
        let qualified = gap == Gap::Qualifier;
        let scope = Scope { groups: qualified || self.text[body..].starts_with('A'), ..standard.scope.clone() };
        let mut hit = self.id_at(&scope, body)?;
        if !qualified && digit(self.text, body) && !self.stands_alone(&standard, &hit) {
            return None;
        }
        hit.start = start;
        self.series(hit, &scope)
    }

    /// Whether a bare number behind a standard's name is an id: `ISO/IEC 27017 9.2.3`, but not `ISO/IEC 27001 6.1`.
    fn stands_alone(&self, standard: &Standard, hit: &Hit) -> bool {
        let vocabulary = &self.knowledge.vocabulary;
        let Some(spot) = hit.spot else { return hit.id.contains('.') };
        let own = vocabulary.catalogs[spot.catalog].catalog.place.is_some()
            && !standard.name.bytes().all(|byte| byte.is_ascii_digit());
        hit.id.contains(|sign: char| !sign.is_ascii_digit())
            && (own || vocabulary.item(spot).kind != ItemKind::Requirement)
    }

    /// A phrase about a standard that is no catalog here: it is passed over, so that its ids are not taken for others.
    fn foreign(&self, standard: &Standard, body: usize) -> Option<Step> {
        // ISO/IEC 27002 has no ids of its own: `A.5.15` of it means the annex.
        if standard.name == "27002" {
            return None;
        }
        let letter = self.annex_letter(body);
        let body =
            letter.map_or(body, |letter| word(self.text, letter, &["."]).unwrap_or_else(|| blanks(self.text, letter)));
        let number =
            self.behind_word(body, &words::CLAUSE).or_else(|| self.behind_word(body, &words::CONTROL)).unwrap_or(body);
        let dotted = word(self.text, number, &["A.", "A "]);
        let (end, count) = numbers(self.text, dotted.unwrap_or(number))?;
        (count >= 2 || dotted.is_some() || letter.is_some()).then(|| Step { end, hits: Vec::new() })
    }

    /// `Annex A 8.23`, `附属書A 5.15`, `Annex A: A.5.9`, `Annex A.12`.
    pub(super) fn annex_phrase(&self, at: usize) -> Option<Step> {
        let letter = self.annex_letter(at)?;
        let scope = Scope { groups: true, ..self.annex_scope()? };
        self.behind_annex(at, letter, &scope)
    }

    fn behind_annex(&self, start: usize, letter: usize, scope: &Scope) -> Option<Step> {
        if let Some(number) = word(self.text, letter, &["."]) {
            let (end, _) = numbers(self.text, number)?;
            let hit = self.hit(scope, &format!("A.{}", &self.text[number..end]), start, end)?;
            return self.series(hit, scope);
        }
        let blank = blanks(self.text, letter);
        let sign = word(self.text, blank, &[":", ",", "–", "-"]);
        let particle = word(self.text, blank, &["の", "、"]);
        let body = blanks(self.text, sign.or(particle).unwrap_or(blank));
        let control = self.behind_word(body, &words::CONTROL);
        let body = control.unwrap_or(body);
        if body == letter {
            return None;
        }
        if digit(self.text, body) {
            // Behind a sign a bare number belongs to another sentence: `Anhang A: 5.1 Ziele`.
            let bound = sign.is_none() || control.is_some();
            return self.numbered(start, body, &["A."], scope, None).filter(|_| bound);
        }
        if !self.text[body..].starts_with("A.") && !self.text[body..].starts_with("A ") {
            return None;
        }
        let mut hit = self.id_at(scope, body)?;
        hit.start = start;
        self.series(hit, scope)
    }

    /// `Clause 6.1.3`, with the standard named nearby.
    pub(super) fn clause_phrase(&self, at: usize) -> Option<Step> {
        let number = self.behind_word(at, &words::CLAUSE)?;
        let (end, _) = numbers(self.text, number)?;
        let standard = self.nearest(at, end, false)?.standard.as_ref()?;
        self.numbered(at, number, &[""], &standard.scope, Some(ItemKind::Requirement))
    }

    /// `Controls 6.4, 6.5`, with ISO/IEC 27001 or its Annex A named nearby.
    pub(super) fn control_phrase(&self, at: usize) -> Option<Step> {
        let number = self.behind_word(at, &words::CONTROL)?;
        let (end, _) = numbers(self.text, number)?;
        let near = self.nearest(at, end, true)?;
        let scope = match &near.standard {
            Some(standard) if standard.name == words::ANNEX_PREFIX => standard.scope.clone(),
            Some(standard) if standard.name != "27002" => return None,
            _ => self.annex_scope()?,
        };
        self.numbered(at, number, &["A."], &scope, Some(ItemKind::Control))
    }

    /// An item by its numbers, and those that follow; the first of `letters` that makes an id counts.
    fn numbered(
        &self,
        start: usize,
        number: usize,
        letters: &[&str],
        scope: &Scope,
        kind: Option<ItemKind>,
    ) -> Option<Step> {
        let (end, count) = numbers(self.text, number)?;
        if count < 2 {
            return None;
        }
        let vocabulary = &self.knowledge.vocabulary;
        let fits = |hit: &Hit| kind.is_none_or(|kind| hit.spot.is_some_and(|spot| vocabulary.item(spot).kind == kind));
        for before in letters {
            let found = if before.is_empty() {
                self.id_at(scope, number)
            } else {
                self.hit(scope, &format!("{before}{}", &self.text[number..end]), start, end)
            };
            if let Some(mut hit) = found.filter(fits) {
                hit.start = start;
                return self.series(hit, scope);
            }
        }
        None
    }

    /// Annex A of the editions that the book knows, where it uses one.
    pub(super) fn annex_scope(&self) -> Option<Scope> {
        let vocabulary = &self.knowledge.vocabulary;
        let catalogs = vocabulary.with_prefix(words::ANNEX_PREFIX);
        let used = catalogs.first().is_some_and(|catalog| vocabulary.is_used(*catalog, ItemKind::Control));
        used.then(|| Scope { catalogs, ..Scope::default() })
    }

    /// Where the number begins behind a word such as `Clause` at `at`.
    fn behind_word(&self, at: usize, words: &[&str]) -> Option<usize> {
        let end = whole_word(self.text, at, words)?;
        let number = blanks(self.text, end);
        let joined = number == end && self.text[at..end].is_ascii();
        (!joined).then_some(number)
    }

    /// What stands behind a standard's name, and where the id or the next word begins.
    fn gap(&self, at: usize) -> Option<(Gap, usize)> {
        let blank = blanks(self.text, at);
        let next = self.text[blank..].chars().next()?;
        let after = blanks(self.text, blank + next.len_utf8());
        let gap = match next {
            ':' if blank == at && after == at + 1 => (Gap::Qualifier, after),
            ':' | '–' | 'の' => (Gap::Phrase, after),
            '-' if blank > at && after > blank + 1 => (Gap::Phrase, after),
            ',' | '、' | '(' => (Gap::Loose, after),
            _ if blank > at || !next.is_ascii() => (Gap::Phrase, blank),
            _ => return None,
        };
        Some(gap)
    }
}
