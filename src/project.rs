//! From files to a snapshot: the one way in which a book is read, for building, checking, previewing and testing alike.

mod audience;
mod mask;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use audience::{Shown, shown_before, shown_to};
pub use mask::{Mask, Outcome};

use crate::book::history::History;
use crate::book::{Book, Scanned, Sources, assemble, content_files};
use crate::catalog::{Catalogs, is_shipped, load, shipped};
use crate::config::{self, Config, TomlFault, parse_toml};
use crate::date::Date;
use crate::derive::{Derived, derive};
use crate::document::{self, Manuscript};
use crate::files::{FilePath, Files, Hash, Problem, hash_of};
use crate::finding::Finding;
use crate::rules::{self, Checked};

/// Everything that a snapshot is made from.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// Every file of the book.
    pub files: Files,
    /// The day that counts as today.
    pub today: Date,
    /// The commit that the files stand at, where git knows.
    pub commit: Option<String>,
    /// What git remembers of the files; empty without git.
    pub history: Arc<History>,
}

/// The whole model of a book at one moment. Never changes; shared by `Arc`.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The book.
    pub book: Book,
    /// What is computed from it.
    pub derived: Derived,
    /// What the rules found.
    pub checked: Checked,
}

/// Remembers what was read of each file, by content. Everything else is made anew each time.
#[derive(Debug, Default)]
pub struct Project {
    parsed: BTreeMap<FilePath, (Hash, Hash, Arc<Manuscript>)>,
    scanned: BTreeMap<FilePath, (Hash, Hash, Scanned)>,
    catalogs: Option<(Hash, Catalogs, Vec<Finding>)>,
    /// How many files the last snapshot had to parse.
    pub parsed_last: usize,
}

/// `book.toml` is no TOML: no command can go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenConfig {
    /// Where and why.
    pub fault: TomlFault,
    /// The text of `book.toml`.
    pub text: String,
}

impl Project {
    /// A project that remembers nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the snapshot of `inputs`. The same inputs give the same snapshot, whatever is remembered.
    ///
    /// # Errors
    /// [`BrokenConfig`] where `book.toml` is no TOML. Everything else is a finding.
    pub fn snapshot(&mut self, inputs: Inputs) -> Result<Snapshot, BrokenConfig> {
        let (config, mut findings) = read_config(&inputs.files)?;
        let (catalogs, catalog_findings) = self.catalogs(&inputs.files);
        findings.extend(catalog_findings);
        findings.extend(other_problems(&inputs.files));
        let manuscripts = self.manuscripts(&inputs.files, &config);
        let sources = Sources {
            config,
            catalogs,
            manuscripts,
            files: inputs.files,
            findings,
            commit: inputs.commit,
            history: inputs.history,
        };
        let book = self.assemble(sources);
        let derived = derive(&book, inputs.today);
        let checked = rules::check(&book, &derived);
        Ok(Snapshot { book, derived, checked })
    }

    /// The catalogs of the book; read again when a file below `catalogs/` has changed.
    fn catalogs(&mut self, files: &Files) -> (Catalogs, Vec<Finding>) {
        let hashes: Vec<u8> =
            files.under("catalogs/").flat_map(|(path, file)| [path.as_str().as_bytes(), &file.hash].concat()).collect();
        let hash = hash_of(&hashes);
        if let Some((of, catalogs, findings)) = &self.catalogs
            && *of == hash
        {
            return (catalogs.clone(), findings.clone());
        }
        let (catalogs, findings) = read_catalogs(files);
        self.catalogs = Some((hash, catalogs.clone(), findings.clone()));
        (catalogs, findings)
    }

    fn manuscripts(&mut self, files: &Files, config: &Config) -> Vec<Arc<Manuscript>> {
        use rayon::prelude::*;
        let settings = hash_of(format!("{:?}{:?}{:?}", config.aliases, config.defaults, config.types).as_bytes());
        let old = std::mem::take(&mut self.parsed);
        let wanted: Vec<_> = content_files(files).filter(|(path, _)| path.is_markdown()).collect();
        let read: Vec<(FilePath, Hash, Arc<Manuscript>, bool)> = wanted
            .par_iter()
            .map(|(path, file)| match old.get(path) {
                Some((hash, made_with, manuscript))
                    if *hash == file.hash && *made_with == settings && file.problem.is_none() =>
                {
                    ((*path).clone(), file.hash, Arc::clone(manuscript), false)
                }
                _ => ((*path).clone(), file.hash, Arc::new(document::parse(path, file, config)), true),
            })
            .collect();
        self.parsed_last = read.iter().filter(|(.., parsed)| *parsed).count();
        let manuscripts = read.iter().map(|(_, _, manuscript, _)| Arc::clone(manuscript)).collect();
        self.parsed =
            read.into_iter().map(|(path, hash, manuscript, _)| (path, (hash, settings, manuscript))).collect();
        manuscripts
    }

    /// Assembles the book; the bare ids of an unchanged file are remembered as long as the vocabulary stays.
    fn assemble(&mut self, sources: Sources) -> Book {
        let hashes: BTreeMap<FilePath, Hash> =
            self.parsed.iter().map(|(path, (hash, ..))| (path.clone(), *hash)).collect();
        let old = std::mem::take(&mut self.scanned);
        let new = std::sync::Mutex::new(BTreeMap::new());
        let autolink = sources.config.build.autolink;
        let book = assemble(sources, |manuscript, matcher, words| {
            let hash = hashes.get(&manuscript.path).copied().unwrap_or_default();
            let scanned = match old.get(&manuscript.path) {
                Some((of_text, of_words, scanned)) if *of_text == hash && of_words == words => Arc::clone(scanned),
                _ if !autolink => Scanned::default(),
                _ => {
                    let runs = manuscript.body.runs.iter().enumerate();
                    Arc::new(
                        runs.flat_map(|(at, run)| matcher.find(&run.text).into_iter().map(move |found| (at, found)))
                            .collect(),
                    )
                }
            };
            let entry = (hash, *words, Arc::clone(&scanned));
            new.lock().expect("no scan panics while it holds the lock").insert(manuscript.path.clone(), entry);
            scanned
        });
        self.scanned = new.into_inner().expect("no scan panics while it holds the lock");
        book
    }
}

fn read_config(files: &Files) -> Result<(Config, Vec<Finding>), BrokenConfig> {
    let path = FilePath::new("book.toml");
    let Some(file) = files.get(&path) else { return Ok((Config::default(), Vec::new())) };
    let text = String::from_utf8_lossy(&file.bytes).into_owned();
    match parse_toml(&text) {
        Ok(node) => {
            let (config, mut findings) = config::read(&node);
            findings.extend(document::unreadable(&path, file));
            Ok((config, findings))
        }
        Err(fault) => Err(BrokenConfig { fault, text }),
    }
}

/// What is wrong with the files that nobody reads as documents, catalogs or settings: images, the files of a theme, folders
/// that cannot be read or that lead out of the book.
fn other_problems(files: &Files) -> impl Iterator<Item = Finding> {
    let is_text = |path: &FilePath| {
        let theme = path.as_str().starts_with("themes/");
        theme && [".html", ".yaml"].iter().any(|ending| path.as_str().ends_with(ending))
    };
    let read_elsewhere = |path: &FilePath| {
        let document = path.as_str().starts_with("content/") && path.is_markdown() && !path.is_unbuilt();
        // Where no content is, BOK010 says why.
        document || is_catalog(path) || matches!(path.as_str(), "book.toml" | "content")
    };
    let content = files.get(&FilePath::new("content")).filter(|file| file.problem != Some(Problem::NoFolder));
    let content = content.and_then(|file| document::unreadable(&FilePath::new("content"), file));
    let others =
        files.iter().filter(move |(path, file)| !read_elsewhere(path) && (file.problem.is_some() || is_text(path)));
    content.into_iter().chain(others.filter_map(|(path, file)| document::unreadable(path, file)))
}

fn is_catalog(path: &FilePath) -> bool {
    path.as_str().starts_with("catalogs/") && [".yaml", ".yml"].iter().any(|ending| path.as_str().ends_with(ending))
}

/// The shipped catalogs, and the book's own in the order of their paths; an overlay may extend any that came before.
fn read_catalogs(files: &Files) -> (Catalogs, Vec<Finding>) {
    let mut catalogs = shipped().clone();
    let mut findings = Vec::new();
    for (path, file) in files.under("catalogs/").filter(|(path, _)| is_catalog(path)) {
        if let Some(finding) = document::unreadable(path, file) {
            findings.push(finding);
            continue;
        }
        let text = file.text().unwrap_or_default();
        if is_shipped(text) {
            continue;
        }
        let (catalog, found) = load(path, text, &catalogs);
        findings.extend(found);
        if let Some(catalog) = catalog {
            catalogs.insert(Arc::new(catalog));
        }
    }
    (catalogs, findings)
}
