//! An information security objective (ISO/IEC 27001 6.2).

use crate::date::Date;
use crate::language::{Language, Localized};
use crate::text::Spanned;
use crate::value::Fields;

/// What a document of type objective says.
#[derive(Debug, Clone, Default)]
pub struct Objective {
    /// What is measured.
    pub measure: Localized,
    /// What is to be reached.
    pub target: Localized,
    /// Where it stands.
    pub actual: Localized,
    /// By when.
    pub due: Option<Spanned<Date>>,
}

impl Objective {
    pub(super) fn read(fields: &Fields<'_>) -> Self {
        Self {
            measure: fields.localized("measure").unwrap_or_default(),
            target: fields.localized("target").unwrap_or_default(),
            actual: fields.localized("actual").unwrap_or_default(),
            due: fields.date("due"),
        }
    }

    pub(super) fn translate(&mut self, language: &Language, other: &Self) {
        self.measure.translate(language, &other.measure);
        self.target.translate(language, &other.target);
        self.actual.translate(language, &other.actual);
    }
}
