//! What differs between two states of a book, in the terms in which an auditor asks: documents, lines of the SoA, risks,
//! findings. Both states are looked at on one day, so that nothing differs but what somebody wrote.

mod documents;
mod findings;
mod lines;
mod pairs;
mod risks;
mod settings;
mod texts;
mod value;

pub use findings::{FindingChanges, RuleChange};
pub use value::{Entry, Field, What};

use std::sync::{Arc, OnceLock};

use crate::book::DocumentKey;
use crate::date::Date;
use crate::derive::AsOf;
use crate::files::FilePath;
use crate::id::{ItemId, Role};
use crate::language::{Language, Localized};
use crate::project::Snapshot;

/// Everything that differs between two states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The day on which both were looked at.
    pub as_of: AsOf,
    /// The older state.
    pub old: State,
    /// The newer state.
    pub new: State,
    /// The languages of the newer book.
    pub languages: Vec<Language>,
    /// The documents: added, changed, retired, removed; each in the order of the navigation.
    pub documents: Vec<Changed>,
    /// The lines of the SoA, in its order.
    pub lines: Vec<Changed>,
    /// The risks, in the order of the register.
    pub risks: Vec<Changed>,
    /// How many findings came and went.
    pub findings: FindingChanges,
    /// What differs beside the documents: keys of `book.toml` and files of `catalogs/`.
    pub settings: Vec<String>,
}

/// One of the two states.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The revision as it was asked for; none for the files as they stand.
    pub revision: Option<String>,
    /// The short name of the commit, where there is one.
    pub commit: Option<String>,
    /// The day of the commit.
    pub day: Option<Date>,
}

/// What the book is compared with. What differs is worked out when somebody asks for it: the preview makes a new generation
/// with every change, and few of them are looked at on that page.
#[derive(Debug)]
pub struct Comparison {
    /// The revision as `[build] compare_with` has it.
    pub with: String,
    states: Result<Both, Localized>,
    changes: OnceLock<Changes>,
}

/// The two states that are to be compared.
#[derive(Debug)]
pub struct Both {
    /// The older one.
    pub old: (Arc<Snapshot>, State),
    /// The newer one.
    pub new: (Arc<Snapshot>, State),
    /// Whether the keys of `book.toml` may be told.
    pub settings: bool,
}

impl Comparison {
    /// The comparison of two states, or why there is none, for a reader.
    pub fn new(with: String, states: Result<Both, Localized>) -> Self {
        Self { with, states, changes: OnceLock::new() }
    }

    /// Why there is nothing to compare with.
    pub fn failure(&self) -> Option<&Localized> {
        self.states.as_ref().err()
    }

    /// What differs.
    pub fn changes(&self) -> Option<&Changes> {
        let states = self.states.as_ref().ok()?;
        Some(self.changes.get_or_init(|| states.compare()))
    }
}

impl Both {
    fn compare(&self) -> Changes {
        let ((old, old_state), (new, new_state)) = (&self.old, &self.new);
        let changes = compare((old, old_state.clone()), (new, new_state.clone()));
        let settings = if self.settings { changes.settings } else { Vec::new() };
        Changes { settings, ..changes }
    }
}

/// What became of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It was not there before.
    Added,
    /// It is another than before.
    Changed,
    /// It was in force and is so no more.
    Retired,
    /// It is there no more.
    Removed,
}

impl Change {
    /// Every one, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Added, Self::Changed, Self::Retired, Self::Removed];

    /// The word in machine formats and word keys.
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Retired => "retired",
            Self::Removed => "removed",
        }
    }
}

/// A document, a line of the SoA or a risk that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// What became of it.
    pub change: Change,
    /// What it is.
    pub subject: Subject,
    /// What differs about it; what is worth knowing about one that was added.
    pub fields: Vec<Field>,
}

/// What differs, by its name of today, or its last one where it is there no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A document; a risk is one, too.
    Document {
        /// Its id.
        id: Option<String>,
        /// Its title.
        title: Localized,
        /// The word of its type.
        kind: Option<String>,
        /// The file of its original.
        path: FilePath,
        /// The document in the newer book.
        now: Option<DocumentKey>,
    },
    /// A line of the SoA.
    Line {
        /// The control.
        item: ItemId,
        /// Its id as people write it.
        id: String,
        /// Its title.
        title: Localized,
        /// The title of its catalog.
        catalog: Localized,
        /// The role, and what it is called.
        role: Option<(Role, Localized)>,
        /// Whether it is there in the newer book.
        now: bool,
    },
}

impl Subject {
    /// Its id, where it has one.
    pub fn id(&self) -> &str {
        match self {
            Self::Document { id, .. } => id.as_deref().unwrap_or_default(),
            Self::Line { id, .. } => id,
        }
    }

    /// Its title.
    pub fn title(&self) -> &Localized {
        match self {
            Self::Document { title, .. } | Self::Line { title, .. } => title,
        }
    }

    /// What its role is called; empty without one.
    pub fn role(&self, language: &Language) -> &str {
        match self {
            Self::Line { role: Some((_, title)), .. } => title.get(language),
            _ => "",
        }
    }
}

impl Changes {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
            && self.lines.is_empty()
            && self.risks.is_empty()
            && self.settings.is_empty()
            && self.findings.rules.is_empty()
    }
}

/// How many of some are what.
pub fn count(changed: &[Changed], change: Change) -> usize {
    changed.iter().filter(|changed| changed.change == change).count()
}

/// What differs between an older and a newer state of a book.
pub fn compare(old: (&Snapshot, State), new: (&Snapshot, State)) -> Changes {
    let ((old, old_state), (new, new_state)) = (old, new);
    let pairs = pairs::pair(&old.book, &new.book);
    let states = States { old, new, pairs: &pairs };
    Changes {
        as_of: new.derived.as_of(),
        old: old_state,
        new: new_state,
        languages: new.book.config.languages.clone(),
        documents: sorted(documents::compare(&states)),
        lines: sorted(lines::compare(&states)),
        risks: sorted(risks::compare(&states)),
        findings: findings::compare(&states),
        settings: settings::compare(&old.book.files, &new.book.files),
    }
}

/// Both states, and which document of one is which of the other.
struct States<'a> {
    old: &'a Snapshot,
    new: &'a Snapshot,
    pairs: &'a pairs::Pairs,
}

/// By what became of them; the order of the book stays within.
fn sorted(mut changed: Vec<Changed>) -> Vec<Changed> {
    changed.sort_by_key(|changed| changed.change);
    changed
}
