//! Decisions of the Statement of Applicability, written into the document that holds them.

use std::collections::{BTreeMap, BTreeSet};

use super::front_matter::FrontMatter;
use super::yaml::Step;
use super::{Data, Denied, Draft};
use crate::book::{Book, Document, Target};
use crate::catalog::ItemKind;
use crate::date::Date;
use crate::derive::soa::decision;
use crate::derive::{Explicit, SoaLine};
use crate::document::types::{ApplicabilityEntry, Reason};
use crate::document::{DocumentType, ImplementationStatus};
use crate::files::FilePath;
use crate::finding::Place;
use crate::id::{ItemId, Role};
use crate::project::Snapshot;
use crate::text::Span;
use crate::value::word_of;

/// What is decided. What is none here stays as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decision {
    /// For which role; none for every role that the control has a line for.
    pub role: Option<Role>,
    /// Whether the controls apply.
    pub applicable: Option<bool>,
    /// Why, typed.
    pub reasons: Vec<Reason>,
    /// Why, in words of the book's first language.
    pub justification: Option<String>,
    /// How far they are implemented.
    pub status: Option<ImplementationStatus>,
    /// By when they will be.
    pub due: Option<Date>,
    /// Who answers for them.
    pub owner: Option<String>,
}

/// The keys of a decision in the order in which people write them.
const KEYS: [&str; 9] =
    ["control", "roles", "applicable", "reasons", "justification", "status", "due", "owner", "evidence"];

impl Decision {
    /// Whether nothing is decided.
    pub fn is_empty(&self) -> bool {
        self.applicable.is_none()
            && self.reasons.is_empty()
            && self.justification.is_none()
            && self.status.is_none()
            && self.due.is_none()
            && self.owner.is_none()
    }

    /// Its fields as they are written.
    pub fn fields(&self) -> Vec<(&'static str, Data)> {
        let reasons =
            (!self.reasons.is_empty()).then(|| Data::texts(self.reasons.iter().map(|reason| word_of(*reason))));
        let fields = [
            ("applicable", self.applicable.map(Data::Bool)),
            ("reasons", reasons),
            ("justification", self.justification.as_deref().map(Data::text)),
            ("status", self.status.map(|status| Data::text(word_of(status)))),
            ("due", self.due.map(Data::date)),
            ("owner", self.owner.as_deref().map(Data::text)),
        ];
        fields.into_iter().filter_map(|(key, data)| Some((key, data?))).collect()
    }

    /// Whether an entry says all of it.
    pub fn is_said_by(&self, entry: &ApplicabilityEntry, book: &Book) -> bool {
        let language = book.config.default_language();
        let reasons: Vec<Reason> = entry.reasons.iter().map(|reason| reason.value).collect();
        let justified = entry.justification.as_ref().map(|text| text.value.get(language).trim());
        self.applicable.is_none_or(|asked| entry.applicable.as_ref().is_some_and(|own| own.value == asked))
            && (self.reasons.is_empty() || self.reasons == reasons)
            && self.justification.as_deref().is_none_or(|asked| justified == Some(asked.trim()))
            && self.status.is_none_or(|asked| entry.status.as_ref().is_some_and(|own| own.value == asked))
            && self.due.is_none_or(|asked| entry.due.as_ref().is_some_and(|own| own.value == asked))
            && self
                .owner
                .as_deref()
                .is_none_or(|asked| entry.owner.as_ref().is_some_and(|own| own.value == asked.trim()))
    }
}

/// The controls that a word names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// As it is written in a decision: an id, or a range.
    pub written: String,
    /// The controls.
    pub items: Vec<ItemId>,
}

/// The controls that some words name: each an id, ids parted by commas, or a range within one group (`A.7.1-A.7.4`).
///
/// # Errors
/// Where one of them names no control, or several.
pub fn controls(book: &Book, words: &[String]) -> Result<Vec<Named>, Denied> {
    let words = words.iter().flat_map(|word| word.split([',', '、', '，'])).map(str::trim);
    words.filter(|word| !word.is_empty()).map(|word| named(book, word)).collect()
}

fn named(book: &Book, word: &str) -> Result<Named, Denied> {
    let items = book.resolver().items(word, ItemKind::Control).into_iter().map(|target| match target {
        Target::Item { item, .. } => Ok(item),
        other => Err(unnamed(book, word, &other)),
    });
    let items: Vec<ItemId> = items.collect::<Result<_, _>>()?;
    let written = match &items[..] {
        [first, .., last] => format!("{}-{}", book.short_id(first), book.short_id(last)),
        items => items.iter().map(|item| book.short_id(item)).collect(),
    };
    Ok(Named { written, items })
}

/// Why a word names no controls.
fn unnamed(book: &Book, word: &str, target: &Target) -> Denied {
    let ids = |items: &[ItemId]| items.iter().map(|item| book.short_id(item)).collect::<Vec<_>>().join(", ");
    match target {
        Target::Ambiguous(ways) => Denied::because("ambiguous", &[("subject", word), ("ways", &ways.join(", "))]),
        Target::Superseded { item, successors } => {
            let values = [("subject", &*book.short_id(item)), ("nearest", &*ids(successors))];
            Denied::because("superseded-subject", &values)
        }
        Target::Unknown { nearest, .. } if !nearest.is_empty() => {
            Denied::because("unknown-control-near", &[("subject", word), ("nearest", &ids(nearest))])
        }
        Target::Backwards { from, to } => {
            let range = format!("{}-{}", book.short_id(from), book.short_id(to));
            Denied::because("unknown-control-near", &[("subject", word), ("nearest", &range)])
        }
        _ => Denied::because("unknown-control", &[("subject", word)]),
    }
}

/// Where a new document for decisions would begin, with its text.
#[derive(Debug, Clone)]
pub struct NewDocument {
    /// Its path.
    pub path: FilePath,
    /// Its text, without decisions.
    pub text: String,
}

/// The files with some controls decided. What stands already for a control and role is changed where it stands; what is new
/// goes into the document that holds the statement, or into a new one where the book has none.
///
/// # Errors
/// Where a control has no line for the role, is decided together with others, or its file cannot be edited.
pub fn decide(
    snapshot: &Snapshot,
    controls: &[Named],
    asked: &Decision,
    begun: impl FnOnce() -> NewDocument,
) -> Result<Draft, Denied> {
    let book = &snapshot.book;
    let mut draft = Draft::new(&book.files);
    let mut known: BTreeSet<(FilePath, Vec<Step>)> = BTreeSet::new();
    let mut new: BTreeMap<Vec<Role>, Vec<&ItemId>> = BTreeMap::new();
    let items: Vec<&ItemId> = controls.iter().flat_map(|named| &named.items).collect();
    let of_each = items.iter().map(|item| Ok((*item, lines(snapshot, item, asked.role.as_ref())?)));
    let of_each: Vec<(&ItemId, Vec<&SoaLine>)> = of_each.collect::<Result<_, Denied>>()?;
    let ours = of_each.iter().flat_map(|(_, lines)| lines).map(|line| (&line.item.id, line.role.as_ref())).collect();
    for (item, lines) in &of_each {
        for explicit in lines.iter().filter_map(|line| line.explicit.first()) {
            known.insert(entry_of(snapshot, explicit, &ours)?);
        }
        let open = lines.iter().filter(|line| line.explicit.is_empty());
        let mut roles: Vec<Role> = open.clone().filter_map(|line| line.role.clone()).collect();
        // Where no role is named and none is decided yet, one entry serves all.
        if asked.role.is_none() && open.clone().count() == lines.len() {
            roles.clear();
        }
        if open.count() > 0 {
            new.entry(roles).or_default().push(item);
        }
    }
    for (path, steps) in &known {
        change(&mut draft, path, steps, asked, book)?;
    }
    if !new.is_empty() {
        let entries = new.iter().map(|(roles, items)| entry(book, controls, items, roles, asked)).collect();
        add(&mut draft, snapshot, entries, begun)?;
    }
    Ok(draft)
}

/// A new entry that decides some controls: a range where all of it is open, else their ids.
fn entry(book: &Book, controls: &[Named], items: &[&ItemId], roles: &[Role], asked: &Decision) -> Data {
    let written = controls.iter().flat_map(|named| {
        if named.items.iter().all(|item| items.contains(&item)) {
            return vec![named.written.clone()];
        }
        named.items.iter().filter(|item| items.contains(item)).map(|item| book.short_id(item)).collect()
    });
    let control = match &written.collect::<Vec<_>>()[..] {
        [one] => Data::text(one),
        many => Data::texts(many),
    };
    let mut entry = vec![("control".to_owned(), control)];
    if !roles.is_empty() {
        entry.push(("roles".to_owned(), Data::texts(roles.iter().map(Role::as_str))));
    }
    entry.extend(asked.fields().into_iter().map(|(key, data)| (key.to_owned(), data)));
    Data::Map(entry)
}

/// The lines of a control that a decision is about.
fn lines<'s>(snapshot: &'s Snapshot, control: &ItemId, role: Option<&Role>) -> Result<Vec<&'s SoaLine>, Denied> {
    let all: Vec<&SoaLine> = snapshot.derived.soa.lines_of(control).collect();
    let own: Vec<&SoaLine> = all.iter().copied().filter(|line| role.is_none() || line.role.as_ref() == role).collect();
    let subject = snapshot.book.short_id(control);
    match (own.is_empty(), role) {
        (false, _) => Ok(own),
        (true, Some(role)) => {
            Err(Denied::because("no-line-for-role", &[("subject", &subject), ("role", role.as_str())]))
        }
        (true, None) => Err(Denied::because("no-line", &[("subject", &subject)])),
    }
}

/// The entry of an explicit decision, where it decides nothing but our lines.
fn entry_of(
    snapshot: &Snapshot,
    explicit: &Explicit,
    ours: &BTreeSet<(&ItemId, Option<&Role>)>,
) -> Result<(FilePath, Vec<Step>), Denied> {
    let book = &snapshot.book;
    let Place { path, span } = &explicit.place;
    let written = book.text(path).map_or("", |text| span.of(text));
    let together = || Denied::because("decided-together", &[("subject", written)]).at(explicit.place.clone());
    let same = |other: &&Explicit| other.document == explicit.document && other.entry == explicit.entry;
    let mut decided = snapshot.derived.soa.lines.iter().filter(|line| line.explicit.iter().any(|other| same(&other)));
    if decided.any(|line| !ours.contains(&(&line.item.id, line.role.as_ref()))) {
        return Err(together());
    }
    let front = FrontMatter::read(path, book.text(path).unwrap_or_default())?;
    let offset = front.offset().unwrap_or_default();
    let own = Span::new(span.start.saturating_sub(offset), span.end.saturating_sub(offset));
    let steps = front.yaml().at(own).map(|(steps, _)| steps).unwrap_or_default();
    let control = steps.iter().rposition(|step| *step == Step::key("control")).ok_or_else(together)?;
    Ok((path.clone(), steps[..control].to_vec()))
}

/// What speaks for one answer only: it goes with the answer, unless it is given anew.
const OF_ANSWER: [&str; 5] = ["reasons", "justification", "status", "due", "evidence"];

/// Changes an entry that is there.
fn change(draft: &mut Draft, path: &FilePath, entry: &[Step], asked: &Decision, book: &Book) -> Result<(), Denied> {
    let text = draft.text(path).unwrap_or_default().to_owned();
    let answer = FrontMatter::read(path, &text)?.get(&[entry, &[Step::key("applicable")]].concat());
    let turned = asked.applicable.is_some_and(|asked| answer.map_or(!asked, |answer| answer != Data::Bool(asked)));
    if turned {
        for key in OF_ANSWER {
            let field = [entry, &[Step::key(key)]].concat();
            draft.change(path, |front| match front.get(&field) {
                Some(_) => front.remove(&field),
                None => Ok(Vec::new()),
            })?;
        }
    }
    for (key, data) in asked.fields() {
        draft.change(path, |front| {
            let field = [entry, &[Step::key(key)]].concat();
            match front.get(&field) {
                // A justification in several languages keeps those that nobody spoke of.
                Some(Data::Map(_)) => {
                    let language = book.config.default_language().code();
                    front.set(&[&field[..], &[Step::key(language)]].concat(), &data)
                }
                _ => front.set_ordered(entry, key, &data, &KEYS),
            }
        })?;
    }
    Ok(())
}

/// Adds entries to the document that holds the statement, or to a new one where the book has none.
///
/// # Errors
/// Where its file cannot be edited.
pub fn add(
    draft: &mut Draft,
    snapshot: &Snapshot,
    entries: Vec<Data>,
    begun: impl FnOnce() -> NewDocument,
) -> Result<(), Denied> {
    let book = &snapshot.book;
    let path = match holder(snapshot) {
        Some(document) => document.original.path.clone(),
        None => {
            // One that is there and cannot be read would stand beside the new one.
            if let Some(document) = book.documents.iter().find(|document| is_unread_statement(document)) {
                let path = &document.original.path;
                return Err(Denied::because("unread-statement", &[("path", path.as_str())]));
            }
            let NewDocument { path, text } = begun();
            draft.create(&path, &text);
            path
        }
    };
    let key = own_key(book, &path, "decisions");
    let none = |front: &FrontMatter<'_>| {
        matches!(front.get(&key), None | Some(Data::Null)) || front.get(&key) == Some(Data::List(Vec::new()))
    };
    // The first entries of a list are written at once, each on lines of its own.
    let text = draft.text(&path).unwrap_or_default().to_owned();
    if FrontMatter::read(&path, &text).is_ok_and(|front| none(&front)) {
        return Ok(draft.change(&path, |front| front.set(&key, &Data::List(entries)))?);
    }
    for entry in entries {
        draft.change(&path, |front| front.insert(&key, usize::MAX, &entry))?;
    }
    Ok(())
}

/// Whether a document whose front matter cannot be read seems to be the statement.
fn is_unread_statement(document: &Document) -> bool {
    let original = &document.original;
    let no_text = || original.text.contains(['\0', '\u{fffd}']);
    let says = || original.text.replace(['\0', '\u{fffd}'], "").contains("applicability");
    document.kind.is_none() && (original.is_front_unread() || no_text()) && says()
}

/// The document that holds the statement: the one that the settings name, else the first living one of its type.
fn holder(snapshot: &Snapshot) -> Option<&Document> {
    let book = &snapshot.book;
    let of_type = |document: &&Document| document.kind == Some(DocumentType::Applicability);
    let named = snapshot.derived.soa.document.map(|key| book.document(key)).filter(of_type);
    named.or_else(|| book.living_of(&DocumentType::Applicability).next())
}

/// The path of a field in a file, by the name that the file has for it.
pub fn own_key(book: &Book, path: &FilePath, key: &str) -> Vec<Step> {
    let steps = |path: &str| path.split('.').map(Step::key).collect::<Vec<_>>();
    let front = book.text(path).and_then(|text| FrontMatter::read(path, text).ok());
    let there = |path: &[Step]| front.as_ref().is_some_and(|front| front.get(path).is_some());
    let plain = vec![Step::key(key)];
    if there(&plain) {
        return plain;
    }
    let aliases = book.config.aliases.iter().filter(|(_, name)| *name == key);
    aliases.flat_map(|(alias, _)| [vec![Step::key(alias)], steps(alias)]).find(|path| there(path)).unwrap_or(plain)
}

/// The controls and roles that are not decided as was asked.
pub fn unmet(snapshot: &Snapshot, controls: &[Named], asked: &Decision) -> Vec<String> {
    let book = &snapshot.book;
    let items = controls.iter().flat_map(|named| &named.items);
    let lines = items.flat_map(|item| snapshot.derived.soa.lines_of(item));
    let ours = lines.filter(|line| asked.role.is_none() || line.role == asked.role);
    let said = |line: &&SoaLine| {
        let entry = line.explicit.first().and_then(|explicit| decision(book, explicit));
        entry.is_some_and(|entry| asked.is_said_by(entry, book))
    };
    let mut unmet: Vec<String> = ours.filter(|line| !said(line)).map(|line| book.short_id(&line.item.id)).collect();
    unmet.dedup();
    unmet
}
