//! One Markdown file read: its front matter with a place for every value, and the facts of its body.

pub mod front_matter;
pub mod markdown;
pub mod placeholder;
pub mod types;

use std::sync::Arc;

pub use markdown::{Body, Heading, Link, LinkKind, Run};

use crate::config::Config;
use crate::date::Date;
use crate::files::{File, FilePath, Problem};
use crate::finding::{Finding, Place};
use crate::id::Role;
use crate::language::{Language, Localized};
use crate::text::{Span, Spanned, decoded};
use crate::value::{Node, UnknownKey, Word};

/// One Markdown file. Several of them, a language each, make a document of the book.
#[derive(Debug, Clone)]
pub struct Manuscript {
    /// The file.
    pub path: FilePath,
    /// The text of the file.
    pub text: Arc<str>,
    /// What the front matter says.
    pub metadata: Metadata,
    /// The fields of its type.
    pub details: types::Details,
    /// The front matter as written; an empty map where there is none.
    pub front: Node,
    /// Where the front matter stands, fences included; empty where there is none.
    pub front_span: Span,
    /// The facts of the text below it.
    pub body: Body,
    /// What was found while reading.
    pub findings: Vec<Finding>,
    /// Front-matter keys that no type knows.
    pub unknown: Vec<UnknownKey>,
    /// What a template left for its user.
    pub placeholders: Vec<Span>,
    /// Who is named in the front matter, as written.
    pub people: Vec<Spanned<String>>,
}

/// The state of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Being written.
    Draft,
    /// Being reviewed.
    Review,
    /// In force.
    Approved,
    /// No longer in force.
    Retired,
}

impl Word for Status {
    const WORDS: &'static [(&'static str, Self)] =
        &[("draft", Self::Draft), ("review", Self::Review), ("approved", Self::Approved), ("retired", Self::Retired)];
}

/// How far a control is implemented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImplementationStatus {
    /// Fully at work.
    Implemented,
    /// Partly at work.
    Partial,
    /// Decided, not yet begun.
    Planned,
    /// Not at work.
    NotImplemented,
}

impl Word for ImplementationStatus {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("implemented", Self::Implemented),
        ("partial", Self::Partial),
        ("planned", Self::Planned),
        ("not-implemented", Self::NotImplemented),
    ];
}

/// The type of a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentType {
    /// A type without fields of its own, by its word: `policy`, `standard`, `procedure`, `guideline`, `manual`, `record`.
    Common(&'static str),
    /// The scope of the ISMS.
    Scope,
    /// A risk.
    Risk,
    /// A risk decision apart from a risk's own page.
    Decision,
    /// Explicit lines of the SoA.
    Applicability,
    /// A law or a contract.
    Obligation,
    /// An internal audit.
    Audit,
    /// An information security objective.
    Objective,
    /// A type of the user's own.
    Own(String),
}

impl DocumentType {
    /// The type that a word means in this book.
    pub fn from_word(word: &str, config: &Config) -> Option<Self> {
        let shipped = types::TYPES.iter().find(|of| of.word == word).map(|of| of.kind.clone());
        shipped.or_else(|| config.types.contains_key(word).then(|| Self::Own(word.to_owned())))
    }

    /// The word that stands for the type in front matter.
    pub fn word(&self) -> &str {
        match self {
            Self::Own(word) => word,
            shipped => types::TYPES.iter().find(|of| of.kind == *shipped).map_or("", |of| of.word),
        }
    }
}

/// What front matter says, common to all types (design section 3.2).
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    /// The document's id.
    pub id: Option<Spanned<String>>,
    /// Its type.
    pub kind: Option<Spanned<DocumentType>>,
    /// Its title.
    pub title: Option<Localized>,
    /// Who answers for it.
    pub owner: Option<Spanned<String>>,
    /// Who approved it.
    pub approver: Option<Spanned<String>>,
    /// Its state.
    pub status: Option<Spanned<Status>>,
    /// Its version, a text.
    pub version: Option<Spanned<String>>,
    /// When it was approved.
    pub approved: Option<Spanned<Date>>,
    /// From when it is in force.
    pub effective: Option<Spanned<Date>>,
    /// When it was last reviewed without a change.
    pub reviewed: Option<Spanned<Date>>,
    /// When it is to be reviewed next.
    pub next_review: Option<Spanned<Date>>,
    /// Its classification.
    pub classification: Option<Spanned<String>>,
    /// What it says, in a sentence.
    pub summary: Option<Localized>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Its place among its neighbours.
    pub order: Option<i64>,
    /// The controls that it implements.
    pub controls: Vec<ControlEntry>,
    /// The requirements that it proves.
    pub requirements: Vec<Spanned<String>>,
    /// Documents that belong to it.
    pub related: Vec<Spanned<String>>,
    /// What shows that it is lived.
    pub evidence: Vec<Evidence>,
    /// Its history, newest first as written.
    pub revisions: Vec<Revision>,
}

/// One control that a document implements, or that a risk's treatment needs.
#[derive(Debug, Clone)]
pub struct ControlEntry {
    /// The id as written.
    pub id: Spanned<String>,
    /// For which roles; empty for every role that the control has a line for.
    pub roles: Vec<Spanned<Role>>,
    /// How far it is implemented.
    pub status: Option<Spanned<ImplementationStatus>>,
    /// By when it will be.
    pub due: Option<Spanned<Date>>,
    /// The heading that does it.
    pub section: Option<Spanned<String>>,
    /// A remark.
    pub note: Option<Localized>,
    /// What shows it at work.
    pub evidence: Vec<Evidence>,
}

/// A file, record or URL that shows a control at work.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// What it is.
    pub title: Localized,
    /// A file of the book, or a place in words.
    pub path: Option<Spanned<String>>,
    /// Where it is on a network.
    pub url: Option<Spanned<String>>,
    /// Who keeps it.
    pub owner: Option<String>,
    /// When it was made.
    pub date: Option<Spanned<Date>>,
    /// Until when it counts.
    pub valid_until: Option<Spanned<Date>>,
    /// Its place.
    pub span: Span,
}

/// One line of a revision table.
#[derive(Debug, Clone)]
pub struct Revision {
    /// The version.
    pub version: Option<Spanned<String>>,
    /// Its day.
    pub date: Option<Spanned<Date>>,
    /// Who wrote it.
    pub author: Option<String>,
    /// What changed.
    pub summary: Localized,
    /// Who approved it.
    pub approver: Option<String>,
}

/// Reads one Markdown file. Never fails: what is wrong is a finding, and what can be saved is saved.
pub fn parse(path: &FilePath, file: &File, config: &Config) -> Manuscript {
    let problem = unreadable(path, file);
    let text: Arc<str> = if file.problem.is_some() { "".into() } else { String::from_utf8_lossy(&file.bytes).into() };
    if text.len() > MAX_MARKDOWN {
        return oversized(path, text, problem);
    }
    let mut read = front_matter::read(path, &text, config);
    read.findings.extend(problem);
    let body_start = read.body_start;
    let body = markdown::parse(&text, body_start);
    let mut manuscript = Manuscript {
        path: path.clone(),
        metadata: read.metadata,
        details: read.details,
        front: read.node,
        front_span: read.span,
        body,
        findings: read.findings,
        unknown: read.unknown,
        people: read.people,
        placeholders: Vec::new(),
        text,
    };
    manuscript.placeholders = placeholder::of(&manuscript);
    manuscript
}

/// The largest Markdown file that is parsed, in bytes.
pub const MAX_MARKDOWN: usize = 1 << 20;

/// What is wrong with a text file as a file (BOK001, BOK006).
pub fn unreadable(path: &FilePath, file: &File) -> Option<Finding> {
    let place = |span| Place::new(path, span);
    let unread = |variant| Finding::new("BOK001", place(Span::default())).variant(variant);
    match &file.problem {
        Some(Problem::Unreadable(words)) => Some(unread("system").with("words", words.clone())),
        Some(Problem::Special) => Some(unread("special")),
        Some(Problem::NoFolder) => Some(unread("folder")),
        Some(Problem::OutsideBook) => Some(Finding::new("BOK006", place(Span::default())).variant("symlink")),
        None => {
            let zero = || file.bytes.iter().position(|byte| *byte == 0);
            let at = file.text().err().or_else(zero)?;
            // The bytes that are no text stand in the text as one replacement character.
            let span = Span::new(at, at + '\u{fffd}'.len_utf8());
            let byte = file.bytes.get(at).copied().unwrap_or_default();
            Some(
                Finding::new("BOK001", place(span))
                    .variant(told_encoding(&file.bytes).unwrap_or_default())
                    .with("byte", format!("0x{byte:02X}"))
                    .with("offset", (at + 1).to_string()),
            )
        }
    }
}

/// How a text that is not UTF-8 is written, where that shows.
fn told_encoding(bytes: &[u8]) -> Option<&'static str> {
    let is_kana = |c: char| matches!(c, '\u{3041}'..='\u{30fe}');
    let (encoding, text) = decoded(bytes)?;
    match encoding {
        "UTF-16LE" | "UTF-16BE" => Some("utf-16"),
        "Shift_JIS" if text.contains(is_kana) => Some("shift-jis"),
        _ => None,
    }
}

fn oversized(path: &FilePath, text: Arc<str>, problem: Option<Finding>) -> Manuscript {
    let size = text.len().div_ceil(1024).to_string();
    let finding = Finding::new("BOK004", Place::new(path, Span::default())).with("size", size);
    Manuscript {
        path: path.clone(),
        metadata: Metadata::default(),
        details: types::Details::None,
        front: front_matter::empty_map(),
        front_span: Span::default(),
        body: Body { oversized: true, ..Body::default() },
        findings: std::iter::once(finding).chain(problem).collect(),
        unknown: Vec::new(),
        people: Vec::new(),
        placeholders: Vec::new(),
        text,
    }
}

impl Manuscript {
    /// Whether what its front matter says is not known, or not whole: it cannot be read, or stands where it does not count.
    pub fn is_front_unread(&self) -> bool {
        self.findings.iter().any(|finding| ["DOC001", "DOC022"].contains(&finding.code))
    }

    /// The title: of the front matter, else the first heading, else the first bold line, else the file's name.
    pub fn title(&self, language: &Language) -> String {
        if let Some(title) = &self.metadata.title {
            return title.get(language).to_owned();
        }
        self.body.title.clone().unwrap_or_else(|| file_title(&self.path))
    }

    /// The span that stands for the whole document: its id, else its title, else its first line.
    pub fn head_span(&self) -> Span {
        let of_key = |key| self.front.get(key).filter(|node| !node.is_empty()).map(|node| node.span);
        of_key("id").or_else(|| of_key("title")).unwrap_or_else(|| {
            let start = self.text.len() - self.text.trim_start_matches('\u{feff}').len();
            let end = self.text[start..].find(['\n', '\r']).map_or(self.text.len(), |at| start + at);
            Span::new(start, end)
        })
    }

    /// The place of a front-matter key's value, else the document's head.
    pub fn field_place(&self, key: &str) -> Place {
        let span = self.front.get(key).map_or_else(
            || self.head_span(),
            |node| if node.span.end > node.span.start { node.span } else { self.key_span(key) },
        );
        Place::new(&self.path, span)
    }

    fn key_span(&self, key: &str) -> Span {
        let found = self.front.entries().iter().find(|(name, _)| name.value == key);
        found.map_or_else(|| self.head_span(), |(name, _)| name.span)
    }
}

fn file_title(path: &FilePath) -> String {
    let stem = path.markdown_stem().unwrap_or(path.as_str());
    stem.rsplit('/').next().unwrap_or(stem).replace(['_', '-'], " ").trim().to_owned()
}
