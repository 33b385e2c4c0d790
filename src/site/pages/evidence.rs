//! `evidence.html`: the evidence register (ISO/IEC 27001 7.5.3, 9.1): what shows the controls at work, and whether it still counts.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::address::View;
use crate::derive::{EvidenceEntry, EvidenceState};
use crate::id::{ItemId, Role};
use crate::site::context::Context;
use crate::site::links::Links;
use crate::site::page::{Page, downloads, top_page};
use crate::site::parts::line::{self, evidence_view};
use crate::site::theme::Values;
use crate::site::view::{Badge, Choice, Link};

#[derive(Debug, Serialize)]
struct EvidenceRegisterView {
    lead: String,
    exports: Vec<Link>,
    owners: Vec<Choice>,
    states: Vec<Choice>,
    /// How many pieces there are in each state that wants something done.
    wanting: Vec<Badge>,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    link: Link,
    /// Where it is, where that is no link of the book.
    place: String,
    owner: String,
    /// The owner as it stands in an address: its key, without blanks.
    owner_word: String,
    date: String,
    valid_until: String,
    state: Badge,
    documents: Vec<Link>,
    /// The lines of the SoA that it shows at work.
    lines: Vec<Link>,
    search: String,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let entries = &context.derived().evidence;
    let rows: Vec<Row> = entries.iter().map(|entry| row(context, entry)).collect();
    let owners: BTreeMap<&str, &str> = rows.iter().map(|row| (row.owner_word.as_str(), row.owner.as_str())).collect();
    let owners = owners.into_iter().filter(|(word, _)| !word.is_empty());
    let owners = owners.map(|(word, owner)| Choice { value: word.to_owned(), text: owner.to_owned() }).collect();
    let count = |state: EvidenceState| entries.iter().filter(|entry| entry.state == state).count();
    let present = || EvidenceState::ALL.into_iter().filter(|state| count(*state) > 0);
    let wanting = present().filter(|state| *state != EvidenceState::Valid).map(|state| {
        let badge = badge(context, state);
        let text = context.fill("evidence.counted", &[("state", &badge.text), ("n", &count(state).to_string())]);
        Badge { text, ..badge }
    });
    let view = EvidenceRegisterView {
        lead: context.say("evidence.lead"),
        exports: downloads(context, "evidence"),
        owners,
        states: present()
            .map(|state| Choice { value: state.word().to_owned(), text: badge(context, state).text })
            .collect(),
        wanting: wanting.collect(),
        rows,
    };
    top_page(context, View::Evidence, Values::new(&view))
}

fn badge(context: &Context<'_>, state: EvidenceState) -> Badge {
    Badge::new(state.word(), &context.word(&format!("evidence-state.{}", state.word())))
}

fn row(context: &Context<'_>, entry: &EvidenceEntry) -> Row {
    let evidence = &entry.evidence;
    let link = entry.documents.first().map(|from| evidence_view(context, *from, evidence).link).unwrap_or_default();
    let written = evidence.url.as_ref().or(evidence.path.as_ref()).map(|place| place.value.clone()).unwrap_or_default();
    let date = |date: &Option<crate::text::Spanned<crate::date::Date>>| {
        date.as_ref().map(|date| date.value.to_string()).unwrap_or_default()
    };
    let owner = context.person(entry.owner.as_deref());
    let documents = context.to_documents(&entry.documents);
    let lines: Vec<Link> = entry.lines.iter().map(|(item, role)| to_line(context, item, role.as_ref())).collect();
    let named = documents.iter().chain(&lines).map(|link| format!("{} {}", link.id, link.text));
    Row {
        search: std::iter::once(format!("{} {written} {owner}", link.text))
            .chain(named)
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase(),
        place: if written == link.text { String::new() } else { written },
        owner_word: entry.owner.as_deref().unwrap_or_default().replace(char::is_whitespace, "-"),
        owner,
        date: date(&evidence.date),
        valid_until: date(&evidence.valid_until),
        state: badge(context, entry.state),
        documents,
        lines,
        link,
    }
}

/// A link to a line of the SoA: the control by its id, with the role's label where it has one.
fn to_line(context: &Context<'_>, item: &ItemId, role: Option<&Role>) -> Link {
    let found = context.derived().soa.line(item, role);
    let anchor = found.map(|line| line::anchor(context, line)).unwrap_or_default();
    let link = context.to_item(item);
    let catalog = context.book().catalogs.get(item.catalog.as_str());
    let label = role.zip(catalog).map(|(role, catalog)| format!(" {}", context.role(catalog, role).1));
    let href = format!("{}#{}", context.links.view(View::Soa), Links::encode_fragment(&anchor));
    Link { href, id: format!("{}{}", link.id, label.unwrap_or_default()), ..link }
}
