//! The small values that templates are given: every string and link is ready, nothing is left to work out.

use serde::Serialize;

use crate::date::Date;

/// A text that may lead somewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Link {
    /// Where it leads; empty for a text that is no link.
    pub(super) href: String,
    /// The id, which stands before the text.
    pub(super) id: String,
    /// The text.
    pub(super) text: String,
    /// The language of the text, where it is not the page's.
    pub(super) lang: String,
}

impl Link {
    /// A link with a text alone.
    pub(super) fn new(href: String, text: &str) -> Self {
        Self { href, text: text.to_owned(), ..Self::default() }
    }

    /// A text without a link.
    pub(super) fn text(text: &str) -> Self {
        Self::new(String::new(), text)
    }

    /// The link with something behind its text.
    #[must_use]
    pub(super) fn at(mut self, anchor: &str) -> Self {
        self.href = format!("{}#{anchor}", self.href);
        self
    }
}

/// A state as a word in a box: its shape and text say it, its colour only repeats it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Badge {
    /// The word that the style sheet knows.
    pub(super) kind: String,
    /// What stands in the box.
    pub(super) text: String,
    /// What it means, where the text is a mere symbol.
    pub(super) meaning: String,
}

impl Badge {
    /// A box with a word.
    pub(super) fn new(kind: &str, text: &str) -> Self {
        Self { kind: kind.to_owned(), text: text.to_owned(), meaning: String::new() }
    }
}

/// A name and its value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Fact {
    /// The name.
    pub(super) label: String,
    /// The value as text, where it is one.
    pub(super) text: String,
    /// The value as a state, where it is one.
    pub(super) badge: Option<Badge>,
    /// The value as links, where it is that.
    pub(super) links: Vec<Link>,
    /// The value as lines, where it is several.
    pub(super) lines: Vec<String>,
    /// The language of the value, where it is not the page's.
    pub(super) lang: String,
    /// What is to be noticed about it, such as that a day has passed.
    pub(super) remark: String,
    /// Whether it is a day, which is not broken over lines.
    pub(super) day: bool,
}

impl Fact {
    /// A fact with a text.
    pub(super) fn text(label: &str, text: &str) -> Self {
        Self { label: label.to_owned(), text: text.to_owned(), day: Date::parse(text).is_some(), ..Self::default() }
    }

    /// A fact with a state.
    pub(super) fn badge(label: &str, badge: Badge) -> Self {
        Self { label: label.to_owned(), badge: Some(badge), ..Self::default() }
    }

    /// A fact with links.
    pub(super) fn links(label: &str, links: Vec<Link>) -> Self {
        Self { label: label.to_owned(), links, ..Self::default() }
    }

    /// The value of a cell: a text.
    pub(super) fn cell(text: &str) -> Self {
        Self::text("", text)
    }

    /// A fact with several lines.
    pub(super) fn lines(label: &str, lines: Vec<String>) -> Self {
        Self { label: label.to_owned(), lines, ..Self::default() }
    }

    /// Whether it says anything.
    pub(super) fn says(&self) -> bool {
        !self.text.is_empty() || self.badge.is_some() || !self.links.is_empty() || !self.lines.is_empty()
    }
}

/// A table whose cells are facts without names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Table {
    /// Its anchor on the page.
    pub(super) anchor: String,
    /// What it is called.
    pub(super) title: String,
    /// The heads of its columns.
    pub(super) columns: Vec<String>,
    /// Its rows.
    pub(super) rows: Vec<Vec<Fact>>,
}

/// One choice of a filter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Choice {
    /// The word that rows carry.
    pub(super) value: String,
    /// What it is called.
    pub(super) text: String,
}

/// One part of a bar.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Segment {
    /// The word that the style sheet knows.
    pub(super) kind: String,
    /// What it is called.
    pub(super) text: String,
    /// How many.
    pub(super) count: usize,
    /// Where it begins, in hundredths.
    pub(super) x: f64,
    /// How wide it is, in hundredths.
    pub(super) width: f64,
}

/// A bar of counted parts; parts of nothing are left out.
#[expect(clippy::cast_precision_loss, reason = "counts of lines on a page")]
pub(super) fn bar(parts: &[(&str, &str, usize)]) -> Vec<Segment> {
    let all: usize = parts.iter().map(|(_, _, count)| count).sum();
    let mut before = 0;
    let mut segments = Vec::new();
    for (kind, text, count) in parts.iter().filter(|(_, _, count)| *count > 0) {
        let share = |count: usize| (count as f64 * 10_000.0 / all as f64).round() / 100.0;
        let (x, end) = (share(before), share(before + count));
        let width = ((end - x) * 100.0).round() / 100.0;
        segments.push(Segment { kind: (*kind).to_owned(), text: (*text).to_owned(), count: *count, x, width });
        before += count;
    }
    segments
}

/// A heading in the page's own table of contents.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct TocLink {
    /// The level, from 2.
    pub(super) level: u8,
    /// The anchor as it stands behind `#`.
    pub(super) anchor: String,
    /// The words.
    pub(super) text: String,
}
