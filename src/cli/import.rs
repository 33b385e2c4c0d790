//! `ismsbook import`: a table of other people becomes part of the book. Without `--write` it only tells what it understood.

mod proposal;
mod telling;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::session::{Broken, Opened};
use super::writing::{begun, denied};
use super::{Outcome, Session};
use crate::address::safe_name;
use crate::disk::{Failure, file};
use crate::edit::Draft;
use crate::edit::decide::add;
use crate::files::{FilePath, Files};
use crate::import::{self, Kind, Mapping, Plan, Source, Unreadable, WrongMapping};
use crate::project::Snapshot;

/// The arguments of `import`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[arg(long = "as", value_name = "KIND", value_parser = kind())]
    kind: Option<Kind>,
    #[arg(long, value_name = "COLUMN=FIELD")]
    map: Vec<String>,
    #[arg(long, value_name = "FIELD:WORD=MEANING")]
    word: Vec<String>,
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    #[arg(long, value_name = "ID")]
    catalog: Option<String>,
    #[arg(long)]
    write: bool,
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

fn kind() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.map(Kind::word)).map(|word| {
        let known = Kind::ALL.into_iter().find(|kind| kind.word() == word);
        known.expect("only the words of the list pass")
    })
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let mut opened = session.open(arguments.dir.as_deref())?;
    let mapping = mapping(arguments, &opened)?;
    let before = opened.snapshot.book.files.clone();
    let mut snapshot = Arc::clone(&opened.snapshot);
    let mut done = Vec::new();
    let mut asked = 0;
    for path in &arguments.files {
        let plan = read(path, &mapping, &snapshot)?;
        telling::tell(&plan, session)?;
        asked += plan.questions.len();
        // What follows is read against the book as it would be by then.
        if plan.questions.is_empty() {
            let (files, written) = made(&plan, &snapshot, &opened, session)?;
            snapshot = Arc::new(opened.workspace.snapshot_of(files, session.day()).map_err(Broken)?);
            prove(&plan, &snapshot)?;
            done.push(written);
        }
        if let Some(path) = arguments.mapping.as_deref().filter(|path| !file::exists(path)) {
            file::create(path, proposal::text(&plan, session.words()).as_bytes())?;
            session.say("cli.import.mapping", &[("path", &path.display().to_string())])?;
        }
    }
    if asked > 0 {
        session.say("cli.import.asked", &[("n", &asked.to_string())])?;
        return Ok(Outcome::Found);
    }
    if arguments.write {
        opened.workspace.write(&before, &snapshot.book.files)?;
    }
    finish(&done, &snapshot, arguments.write, session)
}

/// What is written for one file: what is decided where, and what is kept where.
struct Written {
    decided: usize,
    document: Option<FilePath>,
    kept: Option<(FilePath, usize)>,
}

fn mapping(arguments: &Arguments, opened: &Opened) -> anyhow::Result<Mapping> {
    let mut mapping = Mapping { kind: arguments.kind, catalog: arguments.catalog.clone(), ..Mapping::default() };
    for written in &arguments.map {
        mapping.map(written).map_err(wrong)?;
    }
    for written in &arguments.word {
        mapping.word(written).map_err(wrong)?;
    }
    if let Some(path) = arguments.mapping.as_deref().filter(|path| file::exists(path)) {
        mapping.read(&String::from_utf8_lossy(&file::read_bytes(path)?)).map_err(|why| wrong(why).at(path))?;
    }
    mapping.check(mapping.kind.unwrap_or(Kind::Soa)).map_err(wrong)?;
    let catalogs = &opened.snapshot.book.catalogs;
    if let Some(id) = mapping.catalog.as_deref().filter(|id| catalogs.get(id).is_none()) {
        let known: Vec<&str> = catalogs.iter().map(|catalog| catalog.id.as_str()).collect();
        return Err(Failure::new("unknown-catalog").with("id", id).with_list("known", &known).into());
    }
    Ok(mapping)
}

fn wrong(why: WrongMapping) -> Failure {
    match why {
        WrongMapping::NoToml(fault) => Failure::new("mapping-no-toml").because(fault.words),
        WrongMapping::NoPair(written) => Failure::new("mapping-no-pair").with("written", written),
        WrongMapping::UnknownField(field) => {
            Failure::new("mapping-field").with("field", field).with_list("known", import::fields(Kind::Soa))
        }
        WrongMapping::UnknownMeaning { field, written } => {
            let known = import::meanings(Kind::Soa, &field);
            Failure::new("mapping-meaning").with("field", field).with("written", written).with_list("known", &known)
        }
        WrongMapping::UnknownKey(key) => Failure::new("mapping-key").with("key", key),
    }
}

fn read(path: &Path, mapping: &Mapping, snapshot: &Snapshot) -> anyhow::Result<Plan> {
    let bytes = file::read_bytes(path)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let plan = import::plan(Source { name: &name, bytes: &bytes }, mapping, snapshot);
    let plan = plan.map_err(|why| match why {
        Unreadable::Damaged => Failure::new("import-damaged"),
        Unreadable::DamagedSheet(sheet) => Failure::new("import-damaged-sheet").with("sheet", sheet),
        Unreadable::TooLarge => Failure::new("import-too-large"),
        Unreadable::Encoding => Failure::new("import-encoding"),
    });
    Ok(plan.map_err(|failure| failure.at(path))?)
}

/// The files of the book with what a plan adds to them.
fn made(plan: &Plan, snapshot: &Snapshot, opened: &Opened, session: &Session<'_>) -> anyhow::Result<(Files, Written)> {
    let book = &snapshot.book;
    let mut draft = Draft::new(&book.files);
    if !plan.decided.is_empty() {
        let entries = plan.decided.iter().map(|decided| import::entry(decided, book)).collect();
        let begun = || {
            let mut begun = begun(book);
            // An example of a decision is of no use beside real ones.
            begun.text =
                begun.text.lines().filter(|line| !line.starts_with('#')).flat_map(|line| [line, "\n"]).collect();
            begun
        };
        add(&mut draft, snapshot, entries, begun).map_err(|why| denied(why, &book.files))?;
    }
    let kept = match plan.kept() {
        0 => None,
        cells => {
            let path = beside(plan, opened, &book.files, session);
            let text = import::leftover(plan, session.day()).ok_or_else(|| Failure::new("import-unkept"))?;
            draft.create(&path, &text);
            Some((path, cells))
        }
    };
    let files = draft.files();
    let changed = |(path, file): &(&FilePath, &crate::files::File)| {
        path.as_str().starts_with("content/") && book.files.get(path).is_none_or(|old| old.hash != file.hash)
    };
    let document = files.iter().find(changed).map(|(path, _)| path.clone());
    Ok((files, Written { decided: plan.decided.len(), document, kept }))
}

/// Where what has no field is kept: beside `content/`, at a path where nothing stands.
fn beside(plan: &Plan, opened: &Opened, files: &Files, session: &Session<'_>) -> FilePath {
    // With its ending and a number, a name takes 255 bytes on most systems.
    let mut name = safe_name(&plan.file);
    while name.len() > 180 {
        name.pop();
    }
    let stem = format!("imports/{}-{name}", session.day());
    let mut paths = std::iter::once(format!("{stem}.yaml")).chain((2..).map(|number| format!("{stem}-{number}.yaml")));
    let free = |path: &String| files.get(&FilePath::new(path)).is_none() && !file::exists(&opened.root().join(path));
    FilePath::new(&paths.find(free).expect("one number of all is free"))
}

/// Refuses what the book would not say afterwards.
fn prove(plan: &Plan, after: &Snapshot) -> anyhow::Result<()> {
    let unsaid = plan.decided.iter().filter(|decided| !import::said(decided, after));
    let unsaid: Vec<String> = unsaid.map(|decided| after.book.short_id(&decided.item)).collect();
    if unsaid.is_empty() { Ok(()) } else { Err(Failure::new("unmet").with_list("what", &unsaid).into()) }
}

fn finish(done: &[Written], after: &Snapshot, wrote: bool, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let mut decisions: BTreeMap<&FilePath, usize> = BTreeMap::new();
    for written in done {
        if let Some(path) = &written.document {
            *decisions.entry(path).or_default() += written.decided;
        }
    }
    let key = |done: &'static str, would: &'static str| if wrote { done } else { would };
    for (path, count) in decisions {
        let values = [("path", path.as_str()), ("n", &count.to_string())];
        session.say(key("cli.import.decided", "cli.import.would-decide"), &values)?;
    }
    for (path, cells) in done.iter().filter_map(|written| written.kept.as_ref()) {
        let values = [("path", path.as_str()), ("n", &cells.to_string())];
        session.say(key("cli.import.kept", "cli.import.would-keep"), &values)?;
    }
    let open = after.derived.soa.totals.undecided.to_string();
    session.say(key("cli.import.next", "cli.import.would-next"), &[("n", &open)])?;
    Ok(Outcome::Done)
}
