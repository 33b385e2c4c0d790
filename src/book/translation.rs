//! Which file translates which: by suffix (`name.en.md`), or by `en.md` beside `ja.md`.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Config;
use crate::document::Manuscript;
use crate::files::FilePath;
use crate::language::Language;

/// The files of one document.
#[derive(Debug)]
pub(super) struct Edition {
    pub(super) original: Arc<Manuscript>,
    pub(super) language: Language,
    pub(super) translations: BTreeMap<Language, Arc<Manuscript>>,
    /// The path below `content/` without language and ending (`policies/access`).
    pub(super) stem: String,
    /// A translation whose original is missing stands for itself.
    pub(super) orphan: bool,
}

/// Groups the files of the book into documents, in the order of their paths.
pub(super) fn pair(manuscripts: &[Arc<Manuscript>], config: &Config) -> Vec<Edition> {
    let mut by_stem: BTreeMap<String, Vec<(Option<Language>, Arc<Manuscript>)>> = BTreeMap::new();
    for manuscript in manuscripts {
        let (stem, language) = stem_of(&manuscript.path, config, manuscripts);
        by_stem.entry(stem).or_default().push((language, Arc::clone(manuscript)));
    }
    by_stem.into_iter().map(|(stem, files)| edition(stem, files, config)).collect()
}

fn edition(stem: String, files: Vec<(Option<Language>, Arc<Manuscript>)>, config: &Config) -> Edition {
    let default = config.default_language();
    let plain = files.iter().position(|(language, _)| language.is_none());
    let in_default = files.iter().position(|(language, _)| language.as_ref() == Some(default));
    let folder_page = folder_of_languages(&stem, &files);
    let first = plain.or(in_default).unwrap_or(0);
    let orphan = plain.is_none() && !folder_page;
    let language = files[first].0.clone().unwrap_or_else(|| default.clone());
    let original = Arc::clone(&files[first].1);
    let translations = files
        .into_iter()
        .enumerate()
        .filter(|(at, _)| *at != first)
        .filter_map(|(_, (language, manuscript))| Some((language?, manuscript)))
        .collect();
    Edition { original, language, translations, stem, orphan }
}

/// `ja.md` beside `en.md`: the stem is the folder's page.
fn folder_of_languages(stem: &str, files: &[(Option<Language>, Arc<Manuscript>)]) -> bool {
    let is_index = stem == "index" || stem.ends_with("/index");
    is_index && files.iter().all(|(language, file)| language.as_ref().is_some_and(|language| file.path.name() == format!("{language}.md")))
}

/// The stem of a file and the language that its name says.
fn stem_of(path: &FilePath, config: &Config, all: &[Arc<Manuscript>]) -> (String, Option<Language>) {
    let below = path.as_str().strip_prefix("content/").unwrap_or(path.as_str());
    let stem = below.strip_suffix(".md").unwrap_or(below);
    let (folder, name) = stem.rsplit_once('/').map_or(("", stem), |(folder, name)| (folder, name));
    if let Some((base, suffix)) = name.rsplit_once('.')
        && !base.is_empty()
        && config.languages.iter().any(|language| language.code() == suffix)
    {
        return (join(folder, base), Some(Language::new(suffix)));
    }
    if is_language_file(path, config, all) {
        return (join(folder, "index"), Some(Language::new(name)));
    }
    (stem.to_owned(), None)
}

/// `LANG.md` beside `LANG2.md`, with one id in both or none in either, is a pair.
fn is_language_file(path: &FilePath, config: &Config, all: &[Arc<Manuscript>]) -> bool {
    let code = |path: &FilePath| path.name().strip_suffix(".md").map(str::to_owned).filter(|code| Language::is_code(code));
    let Some(own) = code(path) else { return false };
    let neighbours: Vec<&Arc<Manuscript>> = all
        .iter()
        .filter(|other| other.path.folder() == path.folder() && other.path != *path)
        .filter(|other| code(&other.path).is_some())
        .collect();
    let id = |manuscript: &Manuscript| manuscript.metadata.id.as_ref().map(|id| id.value.clone());
    let Some(this) = all.iter().find(|other| other.path == *path) else { return false };
    let listed = config.languages.iter().any(|language| language.code() == own);
    neighbours.iter().any(|other| id(other) == id(this) && (listed || id(this).is_some()))
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
