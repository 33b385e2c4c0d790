//! The words for readers: every text that a page, an export or a message shows, by language.

use std::collections::BTreeMap;
use std::io::{Error, ErrorKind};
use std::sync::{Arc, LazyLock};

use crate::language::{Language, Localized};
use crate::value::{Node, Value};
use crate::yaml;

/// The words of one language.
#[derive(Debug, Clone)]
pub struct Words {
    language: Language,
    by_key: Arc<BTreeMap<String, String>>,
}

/// The words files of the default theme, by language code.
pub const SHIPPED: [(&str, &str); 2] =
    [("en", include_str!("../themes/default/words/en.yaml")), ("ja", include_str!("../themes/default/words/ja.yaml"))];

static ENGLISH: LazyLock<Words> = LazyLock::new(|| embedded(SHIPPED[0]));
static JAPANESE: LazyLock<Words> = LazyLock::new(|| embedded(SHIPPED[1]));

fn embedded((code, text): (&str, &str)) -> Words {
    let node = yaml::parse(text).expect("the words are YAML; a test proves it");
    Words { language: Language::new(code), by_key: Arc::new(flatten(&node)) }
}

/// Nested maps become dotted keys: `soa: {title: …}` is `soa.title`.
fn flatten(node: &Node) -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    collect(node, "", &mut words);
    words
}

fn collect(node: &Node, prefix: &str, words: &mut BTreeMap<String, String>) {
    for (key, node) in node.entries() {
        let key = if prefix.is_empty() { key.value.clone() } else { format!("{prefix}.{}", key.value) };
        match &node.value {
            Value::Map(_) => collect(node, &key, words),
            Value::Text(text) | Value::Literal(text) => {
                words.insert(key, text.trim_end_matches('\n').to_owned());
            }
            Value::Bool(value) => {
                words.insert(key, value.to_string());
            }
            Value::Null | Value::List(_) => {}
        }
    }
}

impl Words {
    /// The words for a reader of `language`: Japanese for Japanese, English for all others.
    pub fn of(language: &Language) -> &'static Self {
        if language.code() == "ja" { &JAPANESE } else { &ENGLISH }
    }

    /// These words with those of a theme laid over them. Keys that are no words here are added.
    #[must_use]
    pub fn overlaid(&self, node: &Node) -> Self {
        let mut by_key = BTreeMap::clone(&self.by_key);
        by_key.extend(flatten(node));
        Self { language: self.language.clone(), by_key: Arc::new(by_key) }
    }

    /// Which language the words are in.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// The words under a dotted key; the key itself where there are none, so that a gap is seen and not hidden.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.by_key.get(key).map_or(key, String::as_str)
    }

    /// The words under a key with its placeholders filled: `{n}` by the value named `n`.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.get(key).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// Several things in one line: `A, B` or `A、B`.
    pub fn join(&self, parts: &[String]) -> String {
        parts.join(self.get("list.separator"))
    }

    /// All words, by key.
    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.by_key
    }
}

/// One key in English and Japanese.
pub fn localized(key: &str) -> Localized {
    Localized::both(ENGLISH.get(key), JAPANESE.get(key))
}

/// The kinds of errors of the system that have words of their own.
const SYSTEM: [(ErrorKind, &str); 15] = [
    (ErrorKind::NotFound, "not-found"),
    (ErrorKind::PermissionDenied, "permission-denied"),
    (ErrorKind::AlreadyExists, "already-exists"),
    (ErrorKind::AddrInUse, "address-in-use"),
    (ErrorKind::AddrNotAvailable, "address-not-available"),
    (ErrorKind::NotADirectory, "not-a-folder"),
    (ErrorKind::IsADirectory, "a-folder"),
    (ErrorKind::DirectoryNotEmpty, "folder-not-empty"),
    (ErrorKind::ReadOnlyFilesystem, "read-only"),
    (ErrorKind::StorageFull, "storage-full"),
    (ErrorKind::QuotaExceeded, "quota-exceeded"),
    (ErrorKind::InvalidFilename, "invalid-name"),
    (ErrorKind::ResourceBusy, "busy"),
    (ErrorKind::InvalidData, "not-utf8"),
    (ErrorKind::TimedOut, "timed-out"),
];

/// What the system says of an error: in English in its own words, since those are what people look up.
pub fn of_system(error: &Error) -> Localized {
    let kind = SYSTEM.iter().find(|(kind, _)| *kind == error.kind()).map_or("other", |(_, key)| *key);
    let what = JAPANESE.get(&format!("system.{kind}")).to_owned();
    let japanese = match error.raw_os_error() {
        Some(code) => JAPANESE.fill("system.with-code", &[("what", &what), ("code", &code.to_string())]),
        None => what,
    };
    Localized::both(&error.to_string(), &japanese)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_keys_and_placeholders() {
        let placeholders = |text: &str| {
            let mut names: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}'))
                .map(|(name, _)| name.to_owned())
                .collect();
            names.sort();
            names
        };
        let keys = |words: &Words| {
            words.all().iter().map(|(key, text)| (key.clone(), placeholders(text))).collect::<BTreeMap<_, _>>()
        };
        assert_eq!(keys(&ENGLISH), keys(&JAPANESE));
    }
}
