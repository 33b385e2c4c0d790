//! Days on which something is due.

use crate::book::Document;
use crate::date::Date;

/// A day on which something is due, seen from the day that counts as today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline {
    /// The day; the last on which it is in time.
    pub date: Date,
    /// Whether it has passed and what is due is not done.
    pub overdue: bool,
}

impl Deadline {
    /// The deadline of something that is still to be done, seen from a day.
    pub(super) fn open(date: Date, today: Date) -> Self {
        Self { date, overdue: date < today }
    }
}

/// When a document is to be looked through again (ISO/IEC 27001 7.5.2); a retired one is never late.
pub(super) fn review(document: &Document, next: Option<Date>, today: Date) -> Option<Deadline> {
    next.map(|date| Deadline { date, overdue: document.is_living() && date < today })
}
