//! What a rule reports, as plain data. Its words live beside its rule and are joined to it on printing.

use std::collections::BTreeMap;

use crate::files::FilePath;
use crate::id::{ItemId, Role};
use crate::language::Localized;
use crate::text::{Near, Span};

/// The code of a rule, such as `SOA201`.
pub type Code = &'static str;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// An auditor would ask.
    Warning,
    /// The book contradicts itself or a clause.
    Error,
}

impl Severity {
    /// The word used in `book.toml` and in machine formats.
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Where a finding stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub path: FilePath,
    /// The bytes in it.
    pub span: Span,
}

impl Place {
    /// A span of a file.
    pub fn new(path: &FilePath, span: Span) -> Self {
        Self { path: path.clone(), span }
    }

    /// `book.toml` 1:1, where what has no place of its own stands.
    pub fn book() -> Self {
        Self { path: FilePath::new("book.toml"), span: Span::default() }
    }
}

/// One fault that a rule reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's code.
    pub code: Code,
    /// Its weight; `rules::check` settles it from the rule and from `[check.rules]`.
    pub severity: Severity,
    /// Where it stands.
    pub place: Place,
    /// Which of the rule's wordings fits; empty for the common one.
    pub variant: &'static str,
    /// What fills the placeholders of the rule's words.
    pub values: BTreeMap<&'static str, Localized>,
    /// Other halves of the matter: the risk that selects an excluded control, the first of two decisions.
    pub related: Vec<Place>,
    /// The item that the finding is about.
    pub item: Option<ItemId>,
    /// The role that the finding is about.
    pub role: Option<Role>,
    /// The id of the document that the finding is about, or its page where it has none.
    pub document: Option<String>,
    /// What a machine may do about it, the likeliest first.
    pub remedies: Vec<Remedy>,
}

/// What a machine may do about a finding. `edit` makes edits of it, or refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// What is to be changed, and where.
    pub changes: Vec<(Change, Place)>,
    /// Whether nobody needs to look at the outcome.
    pub safe: bool,
}

/// A change at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The value, or the part of a text, at the place says this.
    Say(String),
    /// The key at the place is called this.
    Rename(String),
    /// These letters stand at the place.
    Write(String),
    /// The value at the place goes, with its key or dash.
    Remove,
    /// The map that holds the value at the place goes.
    RemoveMap,
    /// The front matter of the file moves to its top.
    Lift,
}

impl Remedy {
    /// A change that nobody needs to look at.
    pub fn safe(change: Change, place: Place) -> Self {
        Self { changes: vec![(change, place)], safe: true }
    }

    /// A change that somebody must look at.
    pub fn doubtful(change: Change, place: Place) -> Self {
        Self { changes: vec![(change, place)], safe: false }
    }
}

impl Finding {
    /// A finding of `code` at `place`, without values yet.
    pub fn new(code: Code, place: Place) -> Self {
        Self {
            code,
            severity: Severity::Error,
            place,
            variant: "",
            values: BTreeMap::new(),
            related: Vec::new(),
            item: None,
            role: None,
            document: None,
            remedies: Vec::new(),
        }
    }

    /// Says what a machine may do about it.
    #[must_use]
    pub fn remedy(mut self, remedy: Remedy) -> Self {
        self.remedies.push(remedy);
        self
    }

    /// Says what a machine may do about it, where there is something.
    #[must_use]
    pub fn remedy_some(self, remedy: Option<Remedy>) -> Self {
        match remedy {
            Some(remedy) => self.remedy(remedy),
            None => self,
        }
    }

    /// Says that this is to stand at its place.
    #[must_use]
    pub fn say(self, text: &str) -> Self {
        let place = self.place.clone();
        self.remedy(Remedy::safe(Change::Say(text.to_owned()), place))
    }

    /// Says that a name is to stand at its place, where there is one.
    #[must_use]
    pub fn say_some(self, near: Option<Near<'_>>) -> Self {
        match near {
            Some(near) => self.say(near.name),
            None => self,
        }
    }

    /// Names what was likely meant. Where nothing else is as near, a machine may write it.
    #[must_use]
    pub fn near(self, near: Option<Near<'_>>) -> Self {
        let Some(near) = near else { return self };
        let finding = self.with("nearest", near.name);
        if near.alone { finding.say(near.name) } else { finding }
    }

    /// Fills a placeholder of the rule's words.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Localized>) -> Self {
        self.values.insert(name, value.into());
        self
    }

    /// Fills a placeholder where there is something to fill it with.
    #[must_use]
    pub fn with_some(self, name: &'static str, value: Option<impl Into<Localized>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Chooses a wording of the rule.
    #[must_use]
    pub fn variant(mut self, variant: &'static str) -> Self {
        self.variant = variant;
        self
    }

    /// Points at the other half of the matter.
    #[must_use]
    pub fn related(mut self, place: Place) -> Self {
        self.related.push(place);
        self
    }

    /// Names the item, and the role, that the finding is about.
    #[must_use]
    pub fn about(mut self, item: &ItemId, role: Option<&Role>) -> Self {
        self.item = Some(item.clone());
        self.role = role.cloned();
        self
    }

    /// Names the document that the finding is about.
    #[must_use]
    pub fn document(mut self, id: Option<&str>) -> Self {
        self.document = id.map(str::to_owned);
        self
    }
}
