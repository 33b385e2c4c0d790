//! Languages, and texts that exist in several of them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A language by its code (`ja`, `en`, `de`, `pt-BR`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(Arc<str>);

/// The languages whose usual script runs from right to left.
const RIGHT_TO_LEFT: [&str; 14] =
    ["ar", "arc", "ckb", "dv", "fa", "he", "nqo", "pnb", "ps", "sd", "syr", "ug", "ur", "yi"];

/// The scripts that run from right to left, for languages that say which one they are written in.
const RIGHT_TO_LEFT_SCRIPTS: [&str; 7] = ["Adlm", "Arab", "Aran", "Hebr", "Nkoo", "Syrc", "Thaa"];

impl Language {
    /// The language with this code.
    pub fn new(code: &str) -> Self {
        Self(code.into())
    }

    /// English.
    pub fn english() -> Self {
        Self::new("en")
    }

    /// Japanese.
    pub fn japanese() -> Self {
        Self::new("ja")
    }

    /// The code as it is written in `book.toml` and in file names.
    pub fn code(&self) -> &str {
        &self.0
    }

    /// Whether `code` has the shape of a language code: two or three letters, perhaps with a script (`Hans`) or a region (`BR`, `419`).
    pub fn is_code(code: &str) -> bool {
        let mut parts = code.split('-');
        let primary = parts.next().unwrap_or_default();
        (2..=3).contains(&primary.len())
            && primary.bytes().all(|byte| byte.is_ascii_lowercase())
            && parts.all(|part| match part.len() {
                2 | 4 => part.bytes().all(|byte| byte.is_ascii_alphabetic()),
                3 => part.bytes().all(|byte| byte.is_ascii_digit()),
                _ => false,
            })
    }

    /// Whether it is written from right to left: its script says so, else the one that it is usually written in.
    pub fn is_right_to_left(&self) -> bool {
        let mut parts = self.code().split('-');
        let primary = parts.next().unwrap_or_default();
        match parts.find(|part| part.len() == 4) {
            Some(script) => RIGHT_TO_LEFT_SCRIPTS.iter().any(|known| script.eq_ignore_ascii_case(known)),
            None => RIGHT_TO_LEFT.contains(&primary),
        }
    }

    /// The language in which labels and messages are shown to a reader of this one: Japanese or English.
    #[must_use]
    pub fn of_labels(&self) -> Self {
        if self.code() == "ja" { Self::japanese() } else { Self::english() }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text in the languages in which it is given; a plain one serves all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Localized {
    plain: Option<Arc<str>>,
    by_language: BTreeMap<Language, Arc<str>>,
}

impl Localized {
    /// One text for every language.
    pub fn plain(text: &str) -> Self {
        Self { plain: Some(text.into()), by_language: BTreeMap::new() }
    }

    /// An English and a Japanese text.
    pub fn both(en: &str, ja: &str) -> Self {
        let mut text = Self::default();
        text.insert(Language::english(), en);
        text.insert(Language::japanese(), ja);
        text
    }

    /// What is said in each language of labels.
    pub fn said(say: impl Fn(&Language) -> String) -> Self {
        Self::both(&say(&Language::english()), &say(&Language::japanese()))
    }

    /// Adds or replaces the text of one language.
    pub fn insert(&mut self, language: Language, text: &str) {
        self.by_language.insert(language, text.into());
    }

    /// Whether there is a text for exactly this language.
    pub fn has(&self, language: &Language) -> bool {
        self.by_language.contains_key(language)
    }

    /// Whether a reader of this language is given a text meant for him: one in it, or one that serves all.
    pub fn serves(&self, language: &Language) -> bool {
        self.plain.is_some() || self.has(language)
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.values().all(str::is_empty)
    }

    /// The text for a reader of `language`: in it, else the one that serves all, else English, else any.
    pub fn get(&self, language: &Language) -> &str {
        self.by_language
            .get(language)
            .or(self.plain.as_ref())
            .or_else(|| self.by_language.get(&Language::english()))
            .or_else(|| self.by_language.values().next())
            .map_or("", |text| text)
    }

    /// Every text, the plain one first.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.plain.iter().chain(self.by_language.values()).map(|text| &**text)
    }

    /// Adds the texts of another language edition of the same value: what `other` says plainly is said in `language`.
    pub fn translate(&mut self, language: &Language, other: &Self) {
        if let Some(text) = &other.plain {
            self.by_language.insert(language.clone(), Arc::clone(text));
        }
        for (language, text) in &other.by_language {
            self.by_language.insert(language.clone(), Arc::clone(text));
        }
    }

    /// Keeps the texts of which `keep` holds, unless it holds of none.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        if self.values().any(&keep) {
            self.plain = self.plain.take().filter(|text| keep(text));
            self.by_language.retain(|_, text| keep(text));
        }
    }

    /// The text made from each language's text by `change`.
    #[must_use]
    pub fn map(&self, change: impl Fn(&str) -> String) -> Self {
        Self {
            plain: self.plain.as_deref().map(|text| change(text).into()),
            by_language: self.by_language.iter().map(|(key, text)| (key.clone(), change(text).into())).collect(),
        }
    }
}

impl From<&str> for Localized {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

impl From<String> for Localized {
    fn from(text: String) -> Self {
        Self::plain(&text)
    }
}
