//! Which language a person reads: asked for by `--language`, else the one that the book names first, else the locale's.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::{Surroundings, browsers};
use crate::config;
use crate::disk::{file, read};
use crate::language::Language;

/// A language as `--language` names it.
pub(super) fn parse(text: &str) -> Result<Language, String> {
    if Language::is_code(text) { Ok(Language::new(text)) } else { Err(text.to_owned()) }
}

/// The language of the messages, before the arguments are parsed: mistakes in them are told in it, too.
pub(super) fn reader(arguments: &[OsString], around: &Surroundings) -> Option<Language> {
    asked(arguments)
        .or_else(|| book(arguments, around.here.as_deref()).as_deref().and_then(of_book))
        .or_else(|| around.locale.clone())
}

/// The folder of the book that the arguments name, else of the one at `here` or above.
fn book(arguments: &[OsString], here: Option<&Path>) -> Option<PathBuf> {
    let is_book = |folder: &&Path| folder.join("book.toml").is_file();
    let named = arguments.iter().skip(1).map(Path::new).find(is_book);
    named.map(Path::to_path_buf).or_else(|| here.and_then(read::book_above))
}

/// The language that a book names first.
pub(super) fn of_book(folder: &Path) -> Option<Language> {
    config::first_language(&file::read_text(&folder.join("book.toml")).ok()?)
}

/// The language of `--language`.
fn asked(arguments: &[OsString]) -> Option<Language> {
    let texts: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let at = texts.iter().position(|text| *text == "--language" || text.starts_with("--language="))?;
    let value = texts[at].strip_prefix("--language=").or_else(|| texts.get(at + 1).copied())?;
    parse(value).ok()
}

/// The language of a locale such as `ja_JP.UTF-8`; `C` and `POSIX` name none.
pub(super) fn of_locale(locale: &str) -> Option<Language> {
    let name = locale.split(['.', '@']).next().unwrap_or_default();
    let code = name.split(['_', '-']).next().unwrap_or_default();
    (!matches!(name, "" | "C" | "POSIX") && Language::is_code(code)).then(|| Language::new(code))
}

impl Surroundings {
    /// Those of this process.
    pub fn of_process() -> Self {
        use std::io::IsTerminal as _;
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let terminal = std::io::stdout().is_terminal();
        let dumb = variable("TERM").is_some_and(|term| term == "dumb");
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable);
        let programs: Vec<_> = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"]
            .into_iter()
            .filter_map(std::env::var_os)
            .map(PathBuf::from)
            .collect();
        Self {
            here: std::env::current_dir().ok(),
            locale: locale.as_deref().and_then(of_locale),
            epoch: std::env::var_os("SOURCE_DATE_EPOCH")
                .filter(|value| !value.is_empty())
                .map(|value| value.to_string_lossy().into_owned()),
            terminal,
            styled: terminal && !dumb && std::env::var_os("NO_COLOR").is_none_or(|value| value == OsStr::new("")),
            width: variable("COLUMNS")
                .and_then(|columns| columns.parse().ok())
                .filter(|columns| *columns >= 40)
                .unwrap_or(100),
            browsers: browsers::usual_places(std::env::var_os("PATH").as_deref(), &programs),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_a_language_or_none() {
        assert_eq!(of_locale("ja_JP.UTF-8"), Some(Language::japanese()));
        assert_eq!(of_locale("en"), Some(Language::english()));
        for none in ["C", "POSIX", "C.UTF-8", ""] {
            assert_eq!(of_locale(none), None, "{none}");
        }
    }
}
