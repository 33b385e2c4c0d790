//! `ismsbook catalog`: the catalogs, their items, and whether a file is one.

use std::path::{Path, PathBuf};

use super::{Outcome, Session};
use crate::catalog::{Catalog, Catalogs, Item, ItemKind, is_shipped, load, shipped};
use crate::disk::{Failure, file};
use crate::files::{File, FilePath, Files};
use crate::finding::{Finding, Place, Severity};
use crate::language::Language;
use crate::project::{Inputs, Project};
use crate::report::{Report, text};
use crate::value::word_of;

/// The arguments of `catalog`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    List {
        #[arg(value_name = "DIR")]
        dir: Option<PathBuf>,
    },
    Show {
        #[arg(value_name = "ID")]
        id: String,
        #[arg(value_name = "DIR")]
        dir: Option<PathBuf>,
    },
    Check {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    match &arguments.command {
        Command::List { dir } => list(dir.as_deref(), session),
        Command::Show { id, dir } => show(id, dir.as_deref(), session),
        Command::Check { file } => check(file, session),
    }
}

/// The shipped catalogs, and those of the book where there is one.
fn catalogs(dir: Option<&Path>, session: &mut Session<'_>) -> anyhow::Result<Catalogs> {
    let opened = session.open_some(dir)?;
    Ok(opened.map_or_else(|| shipped().clone(), |opened| opened.snapshot.book.catalogs.clone()))
}

fn list(dir: Option<&Path>, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let catalogs = catalogs(dir, session)?;
    let language = session.labels();
    for catalog in catalogs.iter() {
        let kinds = [ItemKind::Control, ItemKind::Requirement, ItemKind::RiskSource];
        let counted = kinds.map(|kind| (kind, catalog.items_of(kind).count()));
        let counts: Vec<String> = counted
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(kind, count)| {
                session.words().fill(&format!("cli.catalog.count.{}", word_of(kind)), &[("n", &count.to_string())])
            })
            .collect();
        let counts = session.words().join(&counts);
        writeln!(session.out, "{:<16} {:<8} {} ({counts})", catalog.id, catalog.prefix, catalog.title.get(&language))?;
    }
    Ok(Outcome::Done)
}

fn show(id: &str, dir: Option<&Path>, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let catalogs = catalogs(dir, session)?;
    if let Some(catalog) = catalogs.get(id) {
        show_items(catalog, &catalog.items.iter().map(AsRef::as_ref).collect::<Vec<_>>(), session)?;
        return Ok(Outcome::Done);
    }
    let (qualifier, bare) = id.split_once(':').map_or((None, id), |(qualifier, id)| (Some(qualifier), id));
    let named = |catalog: &&Catalog| qualifier.is_none_or(|name| name == catalog.prefix || name == catalog.id);
    let all = catalogs.iter().map(AsRef::as_ref).filter(named);
    let found: Vec<(&Catalog, &Item)> = all.filter_map(|catalog| Some((catalog, &**catalog.item(bare)?))).collect();
    if found.is_empty() {
        let ids: Vec<&str> = catalogs.iter().map(|catalog| catalog.id.as_str()).collect();
        return Err(Failure::new("unknown-catalog").with("id", id).with_list("known", &ids).into());
    }
    for (catalog, item) in &found {
        show_items(catalog, &[item], session)?;
        let summary = item.summary.get(&session.labels());
        writeln!(session.out, "{:<13}{summary}", "")?;
    }
    Ok(Outcome::Done)
}

/// A catalog's name and source, and items of it under their groups.
fn show_items(catalog: &Catalog, items: &[&Item], session: &mut Session<'_>) -> anyhow::Result<()> {
    let language = session.labels();
    writeln!(session.out, "{} {}", catalog.id, catalog.full_title.get(&language))?;
    let source = catalog.source.get(&language);
    if !source.is_empty() {
        writeln!(session.out, "{source}")?;
    }
    let mut group = "";
    for item in items {
        if item.group != group {
            group = &item.group;
            let title = catalog.group(group).map_or("", |group| group.title.get(&language));
            writeln!(session.out, "\n{group} {title}")?;
        }
        writeln!(session.out, "  {:<10} {}{}", item.id.id, item.title.get(&language), roles(catalog, item))?;
    }
    Ok(())
}

/// The roles that an item has guidance for: ` [CSC, CSP]`.
fn roles(catalog: &Catalog, item: &Item) -> String {
    let given = catalog.roles.iter().filter(|definition| item.guidance.contains_key(&definition.role));
    let labels: Vec<&str> = given.map(|definition| definition.label.get(&Language::english())).collect();
    if labels.is_empty() { String::new() } else { format!(" [{}]", labels.join(", ")) }
}

fn check(path: &Path, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let source = file::read_text(path)?;
    let name = FilePath::new(&path.to_string_lossy());
    let (catalog, mut findings) = load(&name, &source, shipped());
    if catalog.is_some() && !is_shipped(&source) {
        findings = by_rules(&source, &name, session)?;
    }
    let mut files = Files::new();
    files.insert(name, File::new(source.into_bytes()));
    let report = Report::new(&findings, &files, shipped(), &session.labels(), session.day());
    if let Some(catalog) = &catalog {
        session.say("cli.catalog.read", &[("id", &catalog.id), ("n", &catalog.items.len().to_string())])?;
    }
    let printed = text::render(&report, session.look(true));
    session.out.coloured(&printed)?;
    let wrong = catalog.is_none() || report.reaches(Severity::Error);
    Ok(if wrong { Outcome::Found } else { Outcome::Done })
}

/// What the rules find in a catalog that stands in an otherwise empty book: of the languages of the book here or above,
/// else of both.
fn by_rules(source: &str, name: &FilePath, session: &mut Session<'_>) -> anyhow::Result<Vec<Finding>> {
    let opened = session.open_some(None)?;
    let languages = opened.map_or_else(
        || vec![Language::english(), Language::japanese()],
        |opened| opened.snapshot.book.config.languages.clone(),
    );
    let languages: Vec<String> = languages.iter().map(|language| format!("\"{language}\"")).collect();
    let settings = format!("[book]\nlanguages = [{}]\n", languages.join(", "));
    let place = FilePath::new("catalogs/catalog.yaml");
    let mut files = Files::new();
    files.insert(FilePath::new("book.toml"), File::new(settings.into_bytes()));
    files.insert(place.clone(), File::new(source.as_bytes().to_vec()));
    let inputs = Inputs { files, today: session.day(), commit: None, history: std::sync::Arc::default() };
    let snapshot = Project::new().snapshot(inputs).expect("these settings are TOML");
    let found = snapshot.checked.findings.into_iter().filter(|finding| finding.place.path == place);
    // The catalog stood at another place for the rules than it does for the person.
    let moved = |other: Place| if other.path == place { Place::new(name, other.span) } else { other };
    let findings = found
        .map(|finding| Finding {
            place: moved(finding.place),
            related: finding.related.into_iter().map(moved).collect(),
            ..finding
        })
        .collect();
    Ok(findings)
}
