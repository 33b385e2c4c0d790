//! `ismsbook init`: a new book with every document that the standard asks for, as a starting text.

use std::path::PathBuf;

use super::{Outcome, Session};
use crate::date::Date;
use crate::disk::{Failure, argument, file};
use crate::language::Language;

/// The arguments of `init`; the language is the common `--language`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// A path and its text in English and Japanese.
macro_rules! texts {
    ($($path:literal),+ $(,)?) => {
        [$(($path, include_str!(concat!("init/en/", $path)), include_str!(concat!("init/ja/", $path)))),+]
    };
}

/// The starting book.
const TEXTS: [(&str, &str, &str); 17] = texts![
    "book.toml",
    "content/index.md",
    "content/isms-scope.md",
    "content/applicability.md",
    "content/policies/information-security-policy.md",
    "content/procedures/risk-assessment.md",
    "content/procedures/document-control.md",
    "content/procedures/internal-audit.md",
    "content/procedures/management-review.md",
    "content/procedures/corrective-action.md",
    "content/risks/rsk-001.md",
    "content/objectives/obj-001.md",
    "content/records/competence.md",
    "content/records/operation.md",
    "content/records/measurement.md",
    "content/records/management-review.md",
    "content/records/corrective-actions.md",
];

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let folder = arguments.dir.clone().unwrap_or_else(|| PathBuf::from("."));
    let language = language(session)?;
    // All or nothing: half a book beside somebody's own files would be worse than none.
    if let Some((path, ..)) = TEXTS.iter().find(|(path, ..)| file::exists(&folder.join(path))) {
        return Err(Failure::new("exists").at(&folder.join(path)).into());
    }
    let today = session.day();
    for (path, english, japanese) in TEXTS {
        let text = if language == Language::japanese() { japanese } else { english };
        file::create(&folder.join(path), dated(text, today).as_bytes())?;
    }
    session.language = Some(language);
    let (path, argument) = (folder.display().to_string(), argument(&folder));
    let values = [("path", path.as_str()), ("argument", &argument), ("n", &TEXTS.len().to_string())];
    session.say("cli.init.done", &values)?;
    Ok(Outcome::Done)
}

/// The language of the new book: asked for, else the locale's, else English.
fn language(session: &Session<'_>) -> anyhow::Result<Language> {
    match &session.asked {
        Some(asked) if *asked != asked.of_labels() => Err(Failure::new("init-language").with("language", asked).into()),
        Some(asked) => Ok(asked.clone()),
        None => Ok(session.labels()),
    }
}

/// The text with its days: what is to be done is due some time from now.
fn dated(text: &str, today: Date) -> String {
    text.replace("@in-3-months@", &today.days_after(91).to_string())
        .replace("@in-1-year@", &today.days_after(365).to_string())
}
