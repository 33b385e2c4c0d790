//! Which file translates which: by suffix (`name.en.md`), by `en.md` beside `ja.md`, or by folders of languages
//! (`content/en/name.md`) where book.toml says so.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::Config;
use crate::document::Manuscript;
use crate::files::{FilePath, MARKDOWN};
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
    /// Where the original of an orphan would have to stand.
    pub(super) missing: String,
    /// The file that has this one's place in its document already (`access.zh-TW.md` beside `access.zh-tw.md`).
    pub(super) twin: Option<FilePath>,
}

/// A file and the language that its name says.
type LanguageFile = (Option<Language>, Arc<Manuscript>);

/// Groups the files of the book into documents, in the order of their paths.
pub(super) fn pair(manuscripts: &[Arc<Manuscript>], config: &Config) -> Vec<Edition> {
    let mut by_stem: BTreeMap<String, Vec<LanguageFile>> = BTreeMap::new();
    let language_files = language_files(manuscripts, config);
    for manuscript in manuscripts {
        let (stem, language) = stem_of(&manuscript.path, config, &language_files);
        by_stem.entry(stem).or_default().push((language, Arc::clone(manuscript)));
    }
    by_stem.into_iter().flat_map(|(stem, files)| editions(&stem, files, config)).collect()
}

/// The document of some files, and one of its own for each file that has no place in it.
fn editions(stem: &str, mut files: Vec<LanguageFile>, config: &Config) -> Vec<Edition> {
    // The plain file comes first, then the usual way to write a language and the usual ending.
    files.sort_by_key(|(language, file)| {
        let suffix = language.as_ref().map(|language| format!(".{language}")).unwrap_or_default();
        (language.is_some(), !file.path.as_str().ends_with(&format!("{suffix}.{}", MARKDOWN[0])))
    });
    let default = config.default_language();
    let plain = files.iter().any(|(language, _)| language.is_none());
    let mut taken: BTreeMap<Option<Language>, FilePath> = BTreeMap::new();
    let mut apart = Vec::new();
    files.retain(|(language, file)| {
        // Beside a plain file, which is in the default language, one that names this language would hide it.
        let place = language.clone().filter(|language| !plain || language != default);
        if let Some(twin) = taken.get(&place) {
            apart.push(Edition {
                language: language.clone().unwrap_or_else(|| default.clone()),
                original: Arc::clone(file),
                translations: BTreeMap::new(),
                stem: stem.to_owned(),
                orphan: false,
                missing: String::new(),
                twin: Some(twin.clone()),
            });
            return false;
        }
        taken.insert(place, file.path.clone());
        true
    });
    std::iter::once(edition(stem.to_owned(), files, config)).chain(apart).collect()
}

fn edition(stem: String, files: Vec<LanguageFile>, config: &Config) -> Edition {
    let default = config.default_language();
    let plain = files.iter().position(|(language, _)| language.is_none());
    let in_default = files.iter().position(|(language, _)| language.as_ref() == Some(default));
    let folder_page = folder_of_languages(&stem, &files);
    let first = plain.or(in_default).unwrap_or(0);
    let orphan = plain.is_none() && in_default.is_none() && !folder_page;
    let language = files[first].0.clone().unwrap_or_else(|| default.clone());
    let original = Arc::clone(&files[first].1);
    let translations = files
        .into_iter()
        .enumerate()
        .filter(|(at, _)| *at != first)
        .filter_map(|(_, (language, manuscript))| Some((language?, manuscript)))
        .collect();
    let foldered = original.path.as_str().strip_prefix("content/").and_then(|below| in_language_folder(below, config));
    let missing = match foldered {
        Some(_) => format!("content/{default}/{stem}.md"),
        None => format!("content/{stem}.md"),
    };
    Edition { original, language, translations, stem, orphan, missing, twin: None }
}

/// `ja.md` beside `en.md`: the stem is the folder's page.
fn folder_of_languages(stem: &str, files: &[LanguageFile]) -> bool {
    let is_index = stem == "index" || stem.ends_with("/index");
    is_index
        && files.iter().all(|(language, file)| {
            let name = file.path.name().split('.').next();
            language.as_ref().is_some_and(|language| name == Some(language.code()))
        })
}

/// The stem of a file and the language that its name says.
fn stem_of(path: &FilePath, config: &Config, language_files: &BTreeSet<FilePath>) -> (String, Option<Language>) {
    let stem = path.markdown_stem().unwrap_or(path.as_str());
    let stem = stem.strip_prefix("content/").unwrap_or(stem);
    if let Some((language, below)) = in_language_folder(stem, config) {
        return (below.to_owned(), Some(language));
    }
    let (folder, name) = stem.rsplit_once('/').map_or(("", stem), |(folder, name)| (folder, name));
    if let Some((base, suffix)) = name.rsplit_once('.')
        && !base.is_empty()
        && let Some(language) = written(suffix, config)
    {
        return (join(folder, base), Some(language));
    }
    if language_files.contains(path) {
        return (join(folder, "index"), Some(Language::new(name)));
    }
    (stem.to_owned(), None)
}

/// A path below the folder of a language, and that language.
pub(super) fn in_language_folder<'p>(below: &'p str, config: &Config) -> Option<(Language, &'p str)> {
    let (folder, rest) = below.split_once('/').filter(|_| config.language_folders)?;
    Some((written(folder, config)?, rest))
}

/// The language of the book that a file's or folder's name says; `zh-tw` is `zh-TW`.
fn written(code: &str, config: &Config) -> Option<Language> {
    config.languages.iter().find(|language| language.code().eq_ignore_ascii_case(code)).cloned()
}

/// `LANG.md` beside `LANG2.md`, with one id in both, or with none in either where book.toml lists the language, is a pair.
fn language_files(manuscripts: &[Arc<Manuscript>], config: &Config) -> BTreeSet<FilePath> {
    let mut by_folder: BTreeMap<_, Vec<(&str, &FilePath)>> = BTreeMap::new();
    for manuscript in manuscripts {
        let path = &manuscript.path;
        let stem = path.markdown_stem().map(|stem| stem.rsplit('/').next().unwrap_or(stem));
        let Some(code) = stem.filter(|code| Language::is_code(code)) else { continue };
        let id = manuscript.metadata.id.as_ref().map(|id| id.value.as_str());
        by_folder.entry((path.folder(), id)).or_default().push((code, path));
    }
    let listed = |code: &str| config.languages.iter().any(|language| language.code() == code);
    let mut files = BTreeSet::new();
    for ((_, id), found) in by_folder.iter().filter(|(_, found)| found.len() > 1) {
        files.extend(found.iter().filter(|(code, _)| id.is_some() || listed(code)).map(|(_, path)| (*path).clone()));
    }
    files
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
