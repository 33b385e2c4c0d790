//! The types of documents that have fields of their own.

mod applicability;
mod audit;
mod objective;
mod obligation;
mod risk;
mod scope;

pub use applicability::{Applicability, ApplicabilityEntry, Reason};
pub use audit::{Audit, Grade, Nonconformity};
pub use objective::Objective;
pub use obligation::{Obligation, ObligationKind};
pub(super) use risk::roles;
pub use risk::{Action, ActionStatus, Decision, Effect, Rating, Risk, Treatment};
pub use scope::{CloudService, IsmsRelation, Scope, ScopeExclusion, ServiceModel};

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::DocumentType;
use super::front_matter::{common_fields, empty_map};
use crate::language::Language;
use crate::value::{Asked, Fields, Report};

/// The fields of a document's type.
#[derive(Debug, Clone, Default)]
pub enum Details {
    /// A type without fields of its own, or no type.
    #[default]
    None,
    /// A scope.
    Scope(Box<Scope>),
    /// A risk.
    Risk(Box<Risk>),
    /// A risk decision.
    Decision(Box<Decision>),
    /// Explicit lines of the SoA.
    Applicability(Applicability),
    /// A law or contract.
    Obligation(Obligation),
    /// An internal audit.
    Audit(Box<Audit>),
    /// An objective.
    Objective(Objective),
}

impl Details {
    /// Reads the fields of one type.
    pub fn read(kind: &DocumentType, fields: &Fields<'_>) -> Self {
        TYPES.iter().find(|of| of.kind == *kind).map_or(Self::None, |of| (of.read)(fields))
    }

    /// Adds the texts of a translation; lists match by their order.
    pub fn translate(&mut self, language: &Language, other: &Self) {
        match (self, other) {
            (Self::Scope(scope), Self::Scope(other)) => scope.translate(language, other),
            (Self::Risk(risk), Self::Risk(other)) => risk.translate(language, other),
            (Self::Objective(objective), Self::Objective(other)) => objective.translate(language, other),
            (Self::Obligation(obligation), Self::Obligation(other)) => {
                obligation.authority.translate(language, &other.authority);
            }
            (Self::Audit(audit), Self::Audit(other)) => audit.translate(language, other),
            (Self::Applicability(applicability), Self::Applicability(other)) => {
                applicability.translate(language, other);
            }
            _ => {}
        }
    }
}

/// One type of document.
#[derive(Debug)]
pub struct Type {
    /// Its word in front matter, and among the words: `document-type.WORD`.
    pub word: &'static str,
    /// What its ids begin with, where the book has none of the type yet.
    pub stem: &'static str,
    /// The folder of its documents, where the book has none of the type yet.
    pub folder: &'static str,
    /// What it is.
    pub kind: DocumentType,
    /// Reads the fields of its own.
    read: fn(&Fields<'_>) -> Details,
}

impl Type {
    const fn common(word: &'static str, stem: &'static str, folder: &'static str) -> Self {
        Self { word, stem, folder, kind: DocumentType::Common(word), read: |_| Details::None }
    }

    /// The fields that it has beside the common ones, as its reader asks for them.
    pub fn fields(&self) -> Vec<Asked> {
        let report = Report::noting();
        let nothing = empty_map();
        let fields = Fields::new("front matter", &nothing, &report);
        (self.read)(&fields);
        fields.finish(&[]);
        report.asked()
    }
}

/// Every type that comes with the program.
pub static TYPES: [Type; 13] = [
    Type::common("policy", "POL-", "policies"),
    Type::common("standard", "STD-", "standards"),
    Type::common("procedure", "PRO-", "procedures"),
    Type::common("guideline", "GDL-", "guidelines"),
    Type::common("manual", "MAN-", "manuals"),
    Type::common("record", "REC-", "records"),
    Type {
        word: "scope",
        stem: "SCP-",
        folder: "",
        kind: DocumentType::Scope,
        read: |fields| Details::Scope(Box::new(Scope::read(fields))),
    },
    Type {
        word: "risk",
        stem: "RSK-",
        folder: "risks",
        kind: DocumentType::Risk,
        read: |fields| Details::Risk(Box::new(Risk::read(fields))),
    },
    Type {
        word: "decision",
        stem: "DEC-",
        folder: "decisions",
        kind: DocumentType::Decision,
        read: |fields| Details::Decision(Box::new(Decision::read(fields))),
    },
    Type {
        word: "applicability",
        stem: "SOA-",
        folder: "",
        kind: DocumentType::Applicability,
        read: |fields| Details::Applicability(Applicability::read(fields)),
    },
    Type {
        word: "obligation",
        stem: "OBL-",
        folder: "obligations",
        kind: DocumentType::Obligation,
        read: |fields| Details::Obligation(Obligation::read(fields)),
    },
    Type {
        word: "audit",
        stem: "AUD-",
        folder: "audits",
        kind: DocumentType::Audit,
        read: |fields| Details::Audit(Box::new(Audit::read(fields))),
    },
    Type {
        word: "objective",
        stem: "OBJ-",
        folder: "objectives",
        kind: DocumentType::Objective,
        read: |fields| Details::Objective(Objective::read(fields)),
    },
];

/// The words of the types that come with the program.
pub fn type_words<'a>() -> impl Iterator<Item = &'a str> + Clone {
    TYPES.iter().map(|of| of.word)
}

/// Whether a key is a field of some type.
pub fn is_field(key: &str) -> bool {
    static KEYS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
        let own = TYPES.iter().flat_map(Type::fields);
        own.chain(common_fields()).map(|asked| asked.key).collect()
    });
    KEYS.contains(key)
}
