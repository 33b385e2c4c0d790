//! Names of standards in a text: `ISO/IEC 27001:2013`, `JIS Q 27001:2014`, `27017`, `ENISA`.

use super::meaning::Scope;
use super::scan::Scan;
use super::vocabulary::Meaning;
use super::words::{self, Ending, blanks, ending, whole_word, word};

/// A standard, named.
#[derive(Debug, Clone)]
pub(super) struct Standard {
    /// Just after its name and year.
    pub(super) end: usize,
    /// Its number, or its catalog's prefix.
    pub(super) name: String,
    /// Its catalogs; none where the book knows no such standard or edition.
    pub(super) scope: Scope,
}

/// A standard or an Annex A somewhere in the text.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    start: usize,
    end: usize,
    /// The standard; none for an Annex A.
    pub(super) standard: Option<Standard>,
}

/// How far from a clause its standard may be named, in characters.
const NEARBY: usize = 60;

impl Scan<'_, '_> {
    /// The standard named at `at`.
    pub(super) fn standard(&self, at: usize) -> Option<Standard> {
        self.publication(at).or_else(|| self.named_catalog(at))
    }

    /// `ISO/IEC 27001:2022`, `JIS Q 27001:2023`, also of standards that are no catalog here.
    fn publication(&self, at: usize) -> Option<Standard> {
        let text = self.text;
        let start = match word(text, at, &["ISO", "JIS"])? {
            end if text[at..].starts_with("ISO") => {
                word(text, end, &["/IEC", "-IEC", " IEC", "/ IEC", " / IEC"]).unwrap_or(end)
            }
            end => word(text, end, &[" Q", "-Q", "Q"])?,
        };
        let start = word(text, start, &["-", "/"]).unwrap_or_else(|| blanks(text, start));
        let digits = text.as_bytes()[start..].iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
        (4..=5).contains(&digits).then(|| self.edition(start, start + digits)).flatten()
    }

    /// A catalog by its id or its prefix: `27017`, `ENISA`, `iso27001-2013`.
    fn named_catalog(&self, at: usize) -> Option<Standard> {
        let vocabulary = &self.knowledge.vocabulary;
        let rest = &self.text[at..];
        for (name, prefix) in words::NAMES {
            let end = at + name.len();
            if rest.starts_with(name) && ending(self.text, end) == Ending::Clean {
                let scope = Scope {
                    catalogs: vocabulary.with_prefix(prefix),
                    qualifier: Some(prefix.to_owned()),
                    ..Scope::default()
                };
                return Some(Standard { end, name: prefix.to_owned(), scope });
            }
        }
        for (length, meanings) in vocabulary.longest(rest) {
            let end = at + length;
            let numeric = rest[..length].bytes().all(|byte| byte.is_ascii_digit());
            for meaning in meanings {
                match (*meaning, ending(self.text, end)) {
                    (Meaning::Edition(catalog), Ending::Clean) => {
                        let listed = vocabulary.catalogs[catalog].catalog;
                        let scope = Scope {
                            catalogs: vec![catalog],
                            qualifier: Some(listed.id.clone()),
                            explicit: true,
                            groups: false,
                        };
                        return Some(Standard { end, name: listed.prefix.clone(), scope });
                    }
                    (Meaning::Prefix, Ending::Clean | Ending::Hyphen) if numeric => return self.edition(at, end),
                    (Meaning::Prefix, Ending::Clean) => {
                        let name = rest[..length].to_owned();
                        let scope = Scope {
                            catalogs: vocabulary.with_prefix(&name),
                            qualifier: Some(name.clone()),
                            ..Scope::default()
                        };
                        return Some(Standard { end, name, scope });
                    }
                    _ => {}
                }
            }
        }
        None
    }

    /// The standard with the number from `start` to `end`, and the year behind it.
    fn edition(&self, start: usize, end: usize) -> Option<Standard> {
        let vocabulary = &self.knowledge.vocabulary;
        let number = &self.text[start..end];
        let catalogs = vocabulary.with_prefix(number);
        let Some((after, year)) = self.year(end) else {
            let scope = Scope { catalogs, qualifier: Some(number.to_owned()), ..Scope::default() };
            return (ending(self.text, end) == Ending::Clean).then(|| Standard { end, name: number.to_owned(), scope });
        };
        let adopted = words::EDITIONS.iter().find(|(of, adoption, _)| *of == number && *adoption == year);
        let year = adopted.map_or(year, |(_, _, edition)| *edition);
        let catalog = catalogs.into_iter().find(|at| vocabulary.catalogs[*at].catalog.edition == year);
        let qualifier = catalog.map(|at| vocabulary.catalogs[at].catalog.id.clone());
        let scope = Scope { catalogs: catalog.into_iter().collect(), qualifier, explicit: true, groups: false };
        Some(Standard { end: after, name: number.to_owned(), scope })
    }

    /// `:2022` or `-2022`; `:2022.1` and `:20221` are no years.
    fn year(&self, at: usize) -> Option<(usize, &str)> {
        let after = word(self.text, at, &[":", "-"])?;
        let year = self.text.get(after..after + 4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?;
        (ending(self.text, after + 4) == Ending::Clean).then_some((after + 4, year))
    }

    /// The end of `Annex A` and the like at `at`, just behind the letter.
    pub(super) fn annex_letter(&self, at: usize) -> Option<usize> {
        let after = whole_word(self.text, at, &words::ANNEX)?;
        let letter = blanks(self.text, after);
        let end = word(self.text, letter, &["A"])?;
        let more = self.text[end..].starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_');
        (!more).then_some(end)
    }

    /// The standard named nearest to the words from `start` to `end`, where it is near enough.
    pub(super) fn nearest(&self, start: usize, end: usize, annex: bool) -> Option<&Mention> {
        let mentions = self.mentions.get_or_init(|| self.all_mentions());
        let counts = |mention: &&Mention| annex || mention.standard.is_some();
        let split = mentions.partition_point(|mention| mention.start < start);
        let before = mentions[..split].iter().rev().take(NEARBY).find(counts);
        let after = mentions[split..].iter().take(NEARBY).find(counts);
        let near = before.map(|mention| (self.distance(mention.end, start), mention));
        let far = after.map(|mention| (self.distance(end, mention.start), mention));
        let nearest = near.into_iter().chain(far).min_by_key(|(distance, _)| *distance);
        nearest.filter(|(distance, _)| *distance <= NEARBY).map(|(_, mention)| mention)
    }

    fn distance(&self, from: usize, to: usize) -> usize {
        self.text.get(from..to).map_or(0, |between| between.chars().take(NEARBY + 1).count())
    }

    fn all_mentions(&self) -> Vec<Mention> {
        let mut mentions = Vec::new();
        let mut at = 0;
        while let Some(start) = self.next_place(at, usize::MAX) {
            let standard = self.standard(start);
            let end = standard.as_ref().map(|standard| standard.end).or_else(|| self.annex_letter(start));
            if let Some(end) = end {
                mentions.push(Mention { start, end, standard });
            }
            at = end.unwrap_or(start + 1);
        }
        mentions
    }
}
