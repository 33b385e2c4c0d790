//! Translations: stale, missing, or without their original.

pub(super) mod conflicting_translation;
pub(super) mod missing_translation;
pub(super) mod orphan_translation;
pub(super) mod stale_translation;

use crate::language::{Language, Localized};
use crate::words;

/// What a language is called; its code where the words do not know it.
fn named(language: &Language) -> Localized {
    match language.code() {
        "en" => words::localized("language.en"),
        "ja" => words::localized("language.ja"),
        code => Localized::plain(code),
    }
}
