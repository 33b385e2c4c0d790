//! Document control of each language edition: a translation has its own state, approval, version and classification where it
//! says one, and takes everything else from the original.

use std::collections::BTreeMap;

use super::translation::Edition;
use crate::config::Config;
use crate::document::front_matter::glob_matches;
use crate::document::{ControlEntry, Evidence, Manuscript, Metadata};
use crate::files::FilePath;
use crate::language::Language;

/// The front matter as each language edition has it; empty where there are no translations.
pub(super) fn editions(edition: &Edition, config: &Config) -> BTreeMap<Language, Metadata> {
    if edition.translations.is_empty() {
        return BTreeMap::new();
    }
    let mut original = edition.original.metadata.clone();
    for (language, translation) in &edition.translations {
        translate(&mut original, language, &translation.metadata);
    }
    let of_translation = |(language, translation): (&Language, &std::sync::Arc<Manuscript>)| {
        let says = |key: &str| says(translation, key, &edition.original.path, config);
        (language.clone(), own(&original, &translation.metadata, says))
    };
    let mut editions: BTreeMap<Language, Metadata> = edition.translations.iter().map(of_translation).collect();
    editions.insert(edition.language.clone(), original);
    editions
}

/// The original's front matter with what a translation says of itself.
fn own(original: &Metadata, translation: &Metadata, says: impl Fn(&str) -> bool) -> Metadata {
    let mut own = original.clone();
    macro_rules! take {
        ($($field:ident),*) => { $(if says(stringify!($field)) { own.$field.clone_from(&translation.$field); })* };
    }
    take!(status, version, approver, approved, classification, tags, revisions);
    own
}

/// Whether a translation says something of itself under a key. A default that applies to the original, too, is the
/// original's affair.
pub(super) fn says(translation: &Manuscript, key: &str, original: &FilePath, config: &Config) -> bool {
    let Some(node) = translation.front.get(key).filter(|node| !node.is_empty()) else { return false };
    let relative = |path: &FilePath| path.as_str().strip_prefix("content/").unwrap_or(path.as_str()).to_owned();
    let (own, original) = (relative(&translation.path), relative(original));
    let of_translation = |pattern: &str| glob_matches(pattern, &own) && !glob_matches(pattern, &original);
    let mut defaults = config.defaults.iter().filter(|defaults| defaults.values.iter().any(|(name, _)| name == key));
    !node.span.is_empty() || defaults.any(|defaults| of_translation(&defaults.path))
}

/// Adds the words of a translation to what both editions share: the titles of evidence, and remarks on controls.
fn translate(original: &mut Metadata, language: &Language, translation: &Metadata) {
    titles(&mut original.evidence, language, &translation.evidence);
    for entry in &mut original.controls {
        let same = |other: &&ControlEntry| other.id.value == entry.id.value && roles(other).eq(roles(entry));
        let Some(other) = translation.controls.iter().find(same) else { continue };
        if let (Some(note), Some(other)) = (&mut entry.note, &other.note) {
            note.translate(language, other);
        }
        titles(&mut entry.evidence, language, &other.evidence);
    }
}

fn roles(entry: &ControlEntry) -> impl Iterator<Item = &str> {
    entry.roles.iter().map(|role| role.value.as_str())
}

/// Evidence has no id: its place in the list tells which is which.
fn titles(original: &mut [Evidence], language: &Language, translation: &[Evidence]) {
    for (own, other) in original.iter_mut().zip(translation) {
        own.title.translate(language, &other.title);
    }
}
