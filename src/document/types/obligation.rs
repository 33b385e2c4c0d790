//! A law or a contract that asks for controls (ISO/IEC 27001 4.2, A.5.31).

use crate::language::Localized;
use crate::text::Spanned;
use crate::value::{Fields, Word};

/// What a document of type obligation says; its `controls` are what it asks for.
#[derive(Debug, Clone, Default)]
pub struct Obligation {
    /// Law or contract.
    pub kind: Option<Spanned<ObligationKind>>,
    /// Who watches over it.
    pub authority: Localized,
}

/// Law or contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObligationKind {
    /// A law.
    Legal,
    /// A contract.
    Contractual,
}

impl Word for ObligationKind {
    const WORDS: &'static [(&'static str, Self)] = &[("legal", Self::Legal), ("contractual", Self::Contractual)];
}

impl Obligation {
    pub(super) fn read(fields: &Fields<'_>) -> Self {
        Self { kind: fields.choice("kind"), authority: fields.localized("authority").unwrap_or_default() }
    }
}
