//! What columns are called and what stands in them: the tables of `vocabulary.yaml`, ready to be looked up.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Kind, fold};
use crate::language::Language;
use crate::text::bare;
use crate::value::Node;
use crate::words::Words;
use crate::yaml;

/// The words of one kind of table.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// The fields in the order in which they are told.
    pub(super) fields: Vec<String>,
    /// Fields of which a table must have one, again and again.
    pub(super) needs: Vec<Vec<String>>,
    /// By heading with its strokes; what a heading without them may stand for, too.
    by_heading: BTreeMap<String, Vec<usize>>,
    strokeless: BTreeMap<String, Vec<usize>>,
    values: BTreeMap<String, Meanings>,
}

/// What the values of a field mean.
#[derive(Debug, Default)]
pub(super) struct Meanings {
    words: BTreeMap<String, String>,
    /// Signs that mean this only beside another sign in their column.
    beside: BTreeMap<String, String>,
}

/// The field of columns that are known and mean no field.
pub(super) const OTHER: &str = "other";

/// What the outputs of this product write: the field, the key of its words, and what they mean.
const OWN: [(&str, &str, &str); 12] = [
    ("applicable", "applicability.applicable", "yes"),
    ("applicable", "applicability.excluded", "no"),
    ("applicable", "applicability.undecided", "none"),
    ("status", "implementation.implemented", "implemented"),
    ("status", "implementation.partial", "partial"),
    ("status", "implementation.planned", "planned"),
    ("status", "implementation.not-implemented", "not-implemented"),
    ("reasons", "reason.risk", "risk"),
    ("reasons", "reason.legal", "legal"),
    ("reasons", "reason.contractual", "contractual"),
    ("reasons", "reason.business", "business"),
    ("reasons", "reason.best-practice", "best-practice"),
];

static SOURCE: LazyLock<Node> =
    LazyLock::new(|| yaml::parse(include_str!("vocabulary.yaml")).expect("the vocabulary is YAML; a test proves it"));
static SOA: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::read(&SOURCE, Kind::Soa));

/// The words of a kind of table.
pub(super) fn of(kind: Kind) -> &'static Vocabulary {
    match kind {
        Kind::Soa => &SOA,
    }
}

impl Vocabulary {
    fn read(source: &Node, kind: Kind) -> Self {
        let mut made = Self::default();
        let Some(own) = source.get(kind.word()) else { return made };
        made.needs = own.get("needs").map(Node::items).unwrap_or_default().iter().map(Node::texts).collect();
        for (key, words) in own.get("fields").map(Node::entries).unwrap_or_default() {
            let at = made.fields.len();
            made.fields.push(key.value.clone());
            for word in words.texts() {
                let (stroked, plain) = (fold::stroked(&word), bare(&word));
                for (map, form) in [(&mut made.by_heading, stroked), (&mut made.strokeless, plain)] {
                    let fields = map.entry(form).or_default();
                    if !fields.contains(&at) {
                        fields.push(at);
                    }
                }
            }
        }
        for (key, meanings) in own.get("values").map(Node::entries).unwrap_or_default() {
            let mut read = Meanings::default();
            for (meaning, words) in meanings.entries() {
                let beside = meaning.value == "beside";
                let inner = if beside { words.entries() } else { &[] };
                for (meaning, words) in inner {
                    read.beside.extend(words.texts().iter().map(|word| (fold::value(word), meaning.value.clone())));
                }
                if !beside {
                    read.words.extend(words.texts().iter().map(|word| (fold::value(word), meaning.value.clone())));
                }
            }
            let labels = OWN.iter().filter(|(field, ..)| *field == key.value);
            for (_, label, meaning) in labels {
                let labels =
                    [Language::english(), Language::japanese()].map(|language| Words::of(&language).get(label));
                read.words.extend(labels.map(|label| (fold::value(label), (*meaning).to_owned())));
            }
            made.values.insert(key.value.clone(), read);
        }
        made
    }

    /// The fields that a heading names: as it is written, else without the strokes in it.
    pub(super) fn named(&self, heading: &str) -> impl Iterator<Item = &str> {
        let strokeless = || self.strokeless.get(&bare(heading));
        let fields = self.by_heading.get(&fold::stroked(heading)).or_else(strokeless);
        let fields = fields.map(Vec::as_slice).unwrap_or_default();
        fields.iter().map(|at| self.fields[*at].as_str())
    }

    /// The meanings of a field's values; none where any words may stand in it.
    pub(super) fn meanings(&self, field: &str) -> Option<&Meanings> {
        let kind = if field.ends_with("-mark") { "mark" } else { field };
        self.values.get(kind)
    }

    /// Whether some fields are enough for a table of this kind.
    pub(super) fn is_met(&self, fields: &[&str]) -> bool {
        self.needs.iter().all(|need| need.iter().any(|field| fields.contains(&field.as_str())))
    }
}

/// Signs that a column may hold in the place of words.
const SIGNS: [&str; 3] = ["○", "✓", "△"];

impl Meanings {
    /// What a folded value means in a column that holds `all` of these.
    pub(super) fn of<'m>(&'m self, value: &str, all: impl Fn(&str) -> bool) -> Option<&'m str> {
        let signed = SIGNS.iter().any(|sign| *sign != value && all(sign));
        let beside = self.beside.get(value).filter(|_| signed);
        beside.or_else(|| self.words.get(value)).map(String::as_str)
    }

    /// The meaning that a word has by itself.
    pub(super) fn word(&self, value: &str) -> Option<&str> {
        self.words.get(value).map(String::as_str)
    }

    /// Every meaning there is, in the order of letters.
    pub(super) fn all(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.words.values().map(String::as_str).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary_is_whole() {
        for kind in Kind::ALL {
            let own = of(kind);
            assert!(own.fields.len() > 10 && own.fields.last().is_some_and(|last| last == OTHER), "{kind:?}");
            for need in own.needs.iter().flatten() {
                assert!(own.fields.contains(need), "{need}");
            }
            for name in own.values.keys() {
                assert!(name == "mark" || own.fields.contains(name), "{name}");
            }
        }
        let applicable = of(Kind::Soa).meanings("applicable").expect("it has meanings");
        assert_eq!(applicable.of("x", |sign| sign == "○"), Some("no"));
        assert_eq!(applicable.of("x", |_| false), None);
        let mark = of(Kind::Soa).meanings("legal-mark").expect("it has meanings");
        assert_eq!(mark.of("x", |_| false), Some("yes"));
    }
}
