//! `ismsbook init`: a new book with every document that the standard asks for, as a starting text.

use std::path::{Path, PathBuf};

use super::{Outcome, Session};
use crate::date::Date;
use crate::disk::{Failure, argument, file};
use crate::language::Language;

/// The arguments of `init`; the language is the common `--language`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    #[arg(long, value_name = "NAME")]
    organization: Option<String>,
    #[arg(long, value_name = "ROLE", value_enum)]
    role: Option<Part>,
}

/// The part that the organization has in cloud services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    Customer,
    Provider,
    Both,
}

impl Part {
    /// As the scope names it.
    fn roles(self) -> &'static str {
        match self {
            Self::Customer => "[customer]",
            Self::Provider => "[provider]",
            Self::Both => "[customer, provider]",
        }
    }
}

/// A path and its text in English and Japanese.
macro_rules! texts {
    ($($path:literal),+ $(,)?) => {
        [$(($path, include_str!(concat!("init/en/", $path)), include_str!(concat!("init/ja/", $path)))),+]
    };
}

/// The starting book.
const TEXTS: [(&str, &str, &str); 31] = texts![
    "book.toml",
    "content/index.md",
    "content/isms-scope.md",
    "content/applicability.md",
    "content/policies/information-security-policy.md",
    "content/policies/access-control.md",
    "content/policies/asset-management.md",
    "content/policies/cryptography.md",
    "content/policies/suppliers-and-cloud.md",
    "content/policies/operations.md",
    "content/policies/logging-and-monitoring.md",
    "content/policies/network-security.md",
    "content/policies/secure-development.md",
    "content/policies/incident-management.md",
    "content/policies/business-continuity.md",
    "content/policies/people.md",
    "content/policies/physical-security.md",
    "content/policies/remote-work-and-devices.md",
    "content/policies/privacy-and-compliance.md",
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
    let folders = TEXTS.iter().flat_map(|(path, ..)| Path::new(path).ancestors().skip(1));
    if let Some(taken) = folders.map(|path| folder.join(path)).find(|path| file::exists(path) && !file::is_folder(path))
    {
        return Err(Failure::new("exists").at(&taken).into());
    }
    let today = session.day();
    for (path, english, japanese) in TEXTS {
        let text = if language == Language::japanese() { japanese } else { english };
        file::create(&folder.join(path), filled(&dated(text, today), arguments).as_bytes())?;
    }
    session.language = Some(language);
    let ignored = folder.join(".gitignore");
    if !file::exists(&ignored) {
        file::create(&ignored, b"/site/\n")?;
    }
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

/// The text with what is known of the organization.
fn filled(text: &str, arguments: &Arguments) -> String {
    let mut text = text.to_owned();
    if let Some(name) = arguments.organization.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
        // In double quotes, JSON and TOML write a text alike.
        let name = &name.replace(char::is_control, " ");
        let quoted = serde_json::to_string(name).expect("a text is always JSON");
        let lines = text.split_inclusive('\n').map(|line| {
            if line.starts_with("# organization = ") {
                format!("organization = {quoted}\n")
            } else {
                line.replace("{{組織名}}", name).replace("{{organization}}", name)
            }
        });
        text = lines.collect();
    }
    match arguments.role {
        Some(part) => text.replace("roles: [customer]", &format!("roles: {}", part.roles())),
        None => text,
    }
}

/// The text with its days: what is to be done is due some time from now.
fn dated(text: &str, today: Date) -> String {
    text.replace("@in-3-months@", &today.days_after(91).to_string())
        .replace("@in-1-year@", &today.days_after(365).to_string())
}
