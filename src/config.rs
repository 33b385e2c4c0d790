//! `book.toml` as values. Every key has a default: an empty file is a whole configuration.

mod base_url;
mod color;
mod matrix;
mod pattern;
mod read;
mod toml_text;

use std::collections::BTreeMap;

pub use base_url::BaseUrl;
pub use color::Color;
pub use matrix::{Level, Matrix, MatrixRule, Step};
pub use pattern::IdPattern;
pub use read::{first_language, read};
pub use toml_text::{TomlFault, parse as parse_toml};

use crate::date::Date;
use crate::files::FilePath;
use crate::finding::Severity;
use crate::id::CatalogId;
use crate::language::{Language, Localized};
use crate::text::{Span, Spanned};

/// Everything that `book.toml` says or leaves to its default.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// `[book]`: the title in every language.
    pub title: Localized,
    /// `[book]`: the organization's name; empty where it is not given.
    pub organization: Localized,
    /// `[book]`: the languages, the default one first.
    pub languages: Vec<Language>,
    /// `[book]`: whether `content/en/policies/a.md` is the English edition of `policies/a`. Without it a folder that is named
    /// like a language is a folder like any other.
    pub language_folders: bool,
    /// `[book]`: what a document's id must look like.
    pub id_pattern: Option<IdPattern>,
    /// `[people]`: the names behind keys such as `ciso`.
    pub people: BTreeMap<String, Localized>,
    /// `[isms]`: the catalogs that the book uses.
    pub isms: Isms,
    /// `[risk]`: scales, levels and the acceptable score.
    pub risk: RiskCriteria,
    /// `[soa]`: which document it is, its columns and symbols.
    pub soa: SoaSettings,
    /// `[document_control]`: months from an approval or a review to the next review.
    pub review_every: i32,
    /// `[front_matter]`: foreign keys and what they mean here.
    pub aliases: BTreeMap<String, String>,
    /// `[[front_matter.defaults]]`: what documents below a path say without saying it.
    pub defaults: Vec<FrontMatterDefaults>,
    /// `[types.NAME]`: the user's own types.
    pub types: BTreeMap<String, OwnType>,
    /// `[glossary.ID]`: the book's own terms, and its own words for shipped ones.
    pub glossary: BTreeMap<String, Term>,
    /// `[audiences.NAME]`: which documents a build shows.
    pub audiences: BTreeMap<String, Audience>,
    /// `[check.rules]`: severities turned; `None` is off.
    pub severities: BTreeMap<String, Spanned<Option<Severity>>>,
    /// `[[check.accepted]]`: findings that somebody answers for.
    pub accepted: Vec<Accepted>,
    /// `[build]`: output, theme and links.
    pub build: BuildSettings,
}

/// `[isms]`: which catalogs the book is measured by, in the order given.
#[derive(Debug, Clone, PartialEq)]
pub struct Isms {
    /// The catalogs whose controls the SoA lists.
    pub controls: Vec<Spanned<CatalogId>>,
    /// The catalogs whose requirements are to be proven.
    pub requirements: Vec<Spanned<CatalogId>>,
    /// The catalogs whose risk sources are to be considered.
    pub risk_sources: Vec<Spanned<CatalogId>>,
}

/// `[risk]`: how risks are rated and which residual score needs no acceptance (ISO/IEC 27001 6.1.2 a).
#[derive(Debug, Clone, PartialEq)]
pub struct RiskCriteria {
    /// Scales, rule and levels.
    pub matrix: Matrix,
    /// The highest residual score that needs no acceptance.
    pub acceptable: i64,
}

/// `[soa]`.
#[derive(Debug, Clone, PartialEq)]
pub struct SoaSettings {
    /// The id of the document whose version and approval stand on the SoA.
    pub document: Option<Spanned<String>>,
    /// The columns that the book asks for, in order; empty where it asks for none.
    pub columns: Vec<String>,
    /// What stands for applicable, excluded and undecided, where the book says so.
    pub symbols: BTreeMap<String, Localized>,
}

impl SoaSettings {
    /// The columns of the pages, in order: those that the book asks for, else the default ones.
    pub fn page_columns(&self) -> Vec<&str> {
        if self.columns.is_empty() { SOA_COLUMNS.to_vec() } else { self.columns.iter().map(String::as_str).collect() }
    }
}

/// One `[[front_matter.defaults]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontMatterDefaults {
    /// A path below `content/`, with `*` and `**`.
    pub path: String,
    /// The keys and their values.
    pub values: Vec<(String, crate::value::Node)>,
}

/// One `[types.NAME]`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OwnType {
    /// What the type is called.
    pub label: Localized,
    /// The fields that a document of this type must have.
    pub required: Vec<String>,
    /// The headings that it must have.
    pub headings: Vec<String>,
}

/// One `[glossary.ID]`. What it does not say is the shipped term's, where one has the same id.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Term {
    /// What it is called.
    pub term: Localized,
    /// How it is read, by which Japanese sorts.
    pub yomi: String,
    /// What it means here, in a sentence or two.
    pub text: Localized,
    /// Ids of items and documents that say more.
    pub see: Vec<String>,
}

/// One `[audiences.NAME]`; an empty list admits everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Audience {
    /// The statuses shown.
    pub status: Vec<String>,
    /// The classifications shown.
    pub classification: Vec<String>,
}

/// One `[[check.accepted]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// The rule's code.
    pub code: Spanned<String>,
    /// The file, or all files.
    pub path: Option<FilePath>,
    /// The item (`CATALOG:ID` or as written in documents), or all items.
    pub item: Option<String>,
    /// Why it is accepted.
    pub reason: Localized,
    /// Who accepts it.
    pub by: Option<String>,
    /// The last day on which it is accepted.
    pub until: Option<Date>,
    /// Its place in `book.toml`.
    pub span: Span,
}

/// `[build]`.
#[derive(Debug, Clone, PartialEq)]
pub struct BuildSettings {
    /// The folder that the site is written to.
    pub output: String,
    /// The theme's name.
    pub theme: Spanned<String>,
    /// Whether bare ids become links.
    pub autolink: bool,
    /// What root-relative links begin with in the author's other engine.
    pub strip_link_prefix: String,
    /// The colour of links and marks, where the book has one of its own.
    pub accent: Option<Color>,
    /// Where the site will stand, for canonical links and the site map.
    pub base_url: Option<BaseUrl>,
    /// The revision with which `changes.html` compares.
    pub compare_with: Option<String>,
}

impl Config {
    /// The language at the site's root.
    pub fn default_language(&self) -> &Language {
        &self.languages[0]
    }

    /// The name of a person or role in every language; a name that `[people]` does not know stands for itself.
    pub fn person(&self, key: &str) -> Localized {
        self.people.get(key).cloned().unwrap_or_else(|| Localized::plain(key))
    }
}

impl Default for Config {
    fn default() -> Self {
        let catalogs = |ids: &[&str]| ids.iter().map(|id| Spanned::new(CatalogId::new(id), Span::default())).collect();
        Self {
            title: Localized::both("ISMS Manual", "ISMSマニュアル"),
            organization: Localized::default(),
            languages: vec![Language::english()],
            language_folders: false,
            id_pattern: None,
            people: BTreeMap::new(),
            isms: Isms {
                controls: catalogs(&["iso27001-2022", "iso27017-2015"]),
                requirements: catalogs(&["iso27001-2022", "jip-isms517"]),
                risk_sources: catalogs(&["enisa-2009"]),
            },
            risk: RiskCriteria { matrix: Matrix::sum_0_to_8(), acceptable: 2 },
            soa: SoaSettings { document: None, columns: Vec::new(), symbols: BTreeMap::new() },
            aliases: BTreeMap::new(),
            defaults: Vec::new(),
            types: BTreeMap::new(),
            glossary: BTreeMap::new(),
            audiences: BTreeMap::new(),
            review_every: 12,
            severities: BTreeMap::new(),
            accepted: Vec::new(),
            build: BuildSettings {
                output: "site".to_owned(),
                theme: Spanned::new("default".to_owned(), Span::default()),
                autolink: true,
                strip_link_prefix: String::new(),
                accent: None,
                base_url: None,
                compare_with: None,
            },
        }
    }
}

/// The columns of the SoA, in their default order.
pub const SOA_COLUMNS: [&str; 9] =
    ["id", "title", "role", "applicability", "justification", "status", "documents", "risks", "owner"];
