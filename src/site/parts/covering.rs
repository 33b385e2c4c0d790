//! How far the lines of the SoA are covered by documents: by one in force, by drafts only, by none.

use serde::Serialize;

use crate::book::DocumentKey;
use crate::catalog::{Catalog, Item};
use crate::derive::{Applicability, SoaLine};
use crate::site::context::Context;
use crate::site::view::{Badge, Link, Segment, bar};

/// How far a line is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) enum Covering {
    /// By an approved document.
    InForce,
    /// Only by documents that are not approved.
    Drafts,
    /// By none.
    Nothing,
    /// The control does not apply.
    Excluded,
    /// Nothing decides whether it applies.
    Undecided,
}

const ALL: [Covering; 5] =
    [Covering::InForce, Covering::Drafts, Covering::Nothing, Covering::Excluded, Covering::Undecided];

impl Covering {
    /// The word that the style sheet knows.
    fn kind(self) -> &'static str {
        match self {
            Self::InForce => "proven",
            Self::Drafts => "drafts-only",
            Self::Nothing => "not-implemented",
            Self::Excluded => "excluded",
            Self::Undecided => "undecided",
        }
    }

    fn text(self, context: &Context<'_>) -> String {
        match self {
            Self::InForce => context.say("coverage.in-force"),
            Self::Drafts => context.say("coverage.drafts"),
            Self::Nothing => context.say("coverage.none"),
            Self::Excluded => context.word("applicability.excluded"),
            Self::Undecided => context.word("applicability.undecided"),
        }
    }

    /// How far it is covered, in a box.
    pub(in crate::site) fn badge(self, context: &Context<'_>) -> Badge {
        Badge::new(self.kind(), &self.text(context))
    }
}

/// How far some lines are covered.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Coverage {
    /// What they have in common.
    label: Link,
    all: usize,
    /// How many are covered how far, in the order of the heads.
    counts: Vec<usize>,
    bar: Vec<Segment>,
    /// The bar in words.
    text: String,
}

/// How far a line is covered.
pub(in crate::site) fn covering(context: &Context<'_>, line: &SoaLine) -> Covering {
    match line.applicability {
        Applicability::Excluded => return Covering::Excluded,
        Applicability::Undecided => return Covering::Undecided,
        Applicability::Applicable => {}
    }
    let mut living = line.documents.iter().map(|entry| entry.document).filter(|key| lives(context, *key)).peekable();
    if living.peek().is_none() {
        return Covering::Nothing;
    }
    let approved = living.any(|key| context.document(key).is_approved());
    if approved { Covering::InForce } else { Covering::Drafts }
}

fn lives(context: &Context<'_>, key: DocumentKey) -> bool {
    context.document(key).is_living()
}

/// Counts lines by how far they are covered.
pub(in crate::site) fn coverage(context: &Context<'_>, label: Link, lines: &[&SoaLine]) -> Coverage {
    let mut counts = [0_usize; ALL.len()];
    for line in lines {
        let found = covering(context, line);
        counts[ALL.iter().position(|one| *one == found).unwrap_or_default()] += 1;
    }
    let texts = ALL.map(|one| one.text(context));
    let parts: Vec<(&str, &str, usize)> =
        ALL.iter().zip(&texts).zip(counts).map(|((one, text), count)| (one.kind(), text.as_str(), count)).collect();
    let bar = bar(&parts);
    let said: Vec<String> = bar.iter().map(|segment| format!("{} {}", segment.text, segment.count)).collect();
    Coverage { label, all: lines.len(), counts: counts.into(), text: context.words.join(&said), bar }
}

/// The heads above the counts.
pub(in crate::site) fn heads(context: &Context<'_>) -> Vec<String> {
    ALL.map(|one| one.text(context)).into()
}

/// The lines of a catalog by theme, in the order of the catalog.
pub(in crate::site) fn by_theme(context: &Context<'_>, catalog: &Catalog, lines: &[&SoaLine]) -> Vec<Coverage> {
    let mut themes: Vec<(String, Vec<&SoaLine>)> = Vec::new();
    for line in lines {
        let theme = theme(context, catalog, &line.item);
        match themes.iter_mut().find(|(title, _)| *title == theme) {
            Some((_, of_theme)) => of_theme.push(line),
            None => themes.push((theme, vec![line])),
        }
    }
    themes.into_iter().map(|(title, of_theme)| coverage(context, Link::text(&title), &of_theme)).collect()
}

/// The theme of a control, by number and title.
pub(in crate::site) fn theme(context: &Context<'_>, catalog: &Catalog, item: &Item) -> String {
    let Some(group) = catalog.top_group(&item.group) else { return context.say("catalog.loose") };
    let title = context.text(&group.title);
    if group.id.contains(|c: char| c.is_ascii_digit()) { format!("{} {title}", group.id) } else { title }
}

/// The lines by each attribute of the catalog that any of them has: its title, and the coverage by value.
pub(in crate::site) fn by_attribute(
    context: &Context<'_>,
    catalog: &Catalog,
    lines: &[&SoaLine],
) -> Vec<(String, Vec<Coverage>)> {
    let mut attributes = Vec::new();
    for attribute in &catalog.attributes {
        let with = |value: &String| -> Vec<&SoaLine> {
            let has = |line: &&&SoaLine| line.item.attributes.get(&attribute.id).is_some_and(|all| all.contains(value));
            lines.iter().filter(has).copied().collect()
        };
        let values = attribute.values.iter().map(|(value, title)| (context.text(title), with(value)));
        let values: Vec<Coverage> = values
            .filter(|(_, lines)| !lines.is_empty())
            .map(|(title, lines)| coverage(context, Link::text(&title), &lines))
            .collect();
        if !values.is_empty() {
            attributes.push((context.text(&attribute.title), values));
        }
    }
    attributes
}
