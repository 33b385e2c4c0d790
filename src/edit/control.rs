//! Document control: approval, review, revision, retirement and another id, as edits of front matters.

use std::collections::BTreeSet;

use super::decide::own_key;
use super::fix::edits;
use super::front_matter::FrontMatter;
use super::yaml::Step;
use super::{Data, Denied, Draft, Edit};
use crate::book::{Book, Document, Target};
use crate::date::Date;
use crate::document::{Revision, Status};
use crate::files::FilePath;
use crate::finding::{Change, Place, Remedy};
use crate::id::compare_versions;
use crate::text::{Span, near};
use crate::value::word_of;

/// The fields of documents in the order in which people write them.
pub const KEYS: [&str; 15] = [
    "id",
    "type",
    "title",
    "version",
    "status",
    "owner",
    "approver",
    "approved",
    "effective",
    "reviewed",
    "next_review",
    "classification",
    "summary",
    "controls",
    "revisions",
];

/// The documents that some words name: by id, or by the path of a file.
///
/// # Errors
/// Where there is no such document.
pub fn documents<'b>(book: &'b Book, names: &[String]) -> Result<Vec<&'b Document>, Denied> {
    let find = |name: &String| {
        let path = FilePath::new(name);
        let by_path = book.document_at(&path).or_else(|| book.document_at(&FilePath::new(&format!("content/{path}"))));
        book.document_with_id(name).or(by_path).ok_or_else(|| {
            let ids = book.documents.iter().filter_map(|document| document.id.as_deref());
            match near(name, ids) {
                Some(near) => Denied::because("unknown-document-near", &[("name", name), ("nearest", near.name)]),
                None => Denied::because("unknown-document", &[("name", name)]),
            }
        })
    };
    names.iter().map(find).collect()
}

/// The fields of one document that are to be changed.
struct Fields<'d, 'b> {
    draft: &'d mut Draft,
    book: &'b Book,
    path: &'b FilePath,
}

impl Fields<'_, '_> {
    fn set(&mut self, key: &'static str, data: &Data) -> Result<(), Denied> {
        let own = own_key(self.book, self.path, key);
        let set = |front: &FrontMatter<'_>| match &own[..] {
            [Step::Key(name)] if name == key => front.set_ordered(&[], key, data, &KEYS),
            path => front.set(path, data),
        };
        Ok(self.draft.change(self.path, set)?)
    }
}

/// Documents approved by somebody on a day, with their next review.
///
/// # Errors
/// Where nobody is named as the approver, a text still holds places to fill, or a front matter cannot be edited.
pub fn approve(book: &Book, documents: &[&Document], by: Option<&str>, on: Date) -> Result<Draft, Denied> {
    let mut draft = Draft::new(&book.files);
    for document in documents {
        let metadata = document.metadata();
        let path = &document.original.path;
        let known = metadata.approver.as_ref().map(|approver| approver.value.as_str());
        let approver = by.or(known).ok_or_else(|| Denied::because("no-approver", &[("name", document.name())]))?;
        // Nobody approves what is still to be written.
        if let Some(open) = document.original.placeholders.first() {
            let written = open.of(&document.original.text);
            let values = [("name", document.name()), ("written", written)];
            return Err(Denied::because("unfinished", &values).at(Place::new(path, *open)));
        }
        let mut fields = Fields { draft: &mut draft, book, path };
        fields.set("status", &Data::text("approved"))?;
        if known != Some(approver) {
            fields.set("approver", &Data::text(approver))?;
        }
        fields.set("approved", &Data::date(on))?;
        // Nothing takes effect before it is approved.
        if metadata.effective.as_ref().is_some_and(|effective| effective.value < on) {
            fields.set("effective", &Data::date(on))?;
        }
        fields.set("next_review", &Data::date(next_review(book, on)))?;
        if let Some(at) = unapproved(document) {
            let row = [own_key(book, path, "revisions"), vec![Step::At(at)]].concat();
            let order = ["version", "date", "author", "summary", "approver"];
            draft.change(path, |front| front.set_ordered(&row, "approver", &Data::text(approver), &order))?;
        }
    }
    Ok(draft)
}

/// The row of the present version, where nobody approved it yet.
fn unapproved(document: &Document) -> Option<usize> {
    let metadata = document.metadata();
    let version = &metadata.version.as_ref()?.value;
    let own = |revision: &Revision| revision.version.as_ref().is_some_and(|of| of.value == *version);
    let at = metadata.revisions.iter().position(own)?;
    metadata.revisions[at].approver.is_none().then_some(at)
}

/// Refuses a document in one of some states.
fn not_in(
    document: &Document,
    states: &[Status],
    denied: impl FnOnce(&[(&'static str, &str)]) -> Denied,
) -> Result<(), Denied> {
    let status = document.metadata().status.as_ref().filter(|status| states.contains(&status.value));
    status.map_or(Ok(()), |status| {
        let values = [("name", document.name()), ("status", word_of(status.value))];
        Err(denied(&values).at(Place::new(&document.original.path, status.span)))
    })
}

/// Documents reviewed on a day without a change.
///
/// # Errors
/// Where a document is not approved, or its front matter cannot be edited.
pub fn review(book: &Book, documents: &[&Document], on: Date) -> Result<Draft, Denied> {
    let mut draft = Draft::new(&book.files);
    for document in documents {
        let states = [Status::Draft, Status::Review, Status::Retired];
        not_in(document, &states, |values| Denied::because("unapproved-review", values))?;
        let mut fields = Fields { draft: &mut draft, book, path: &document.original.path };
        fields.set("reviewed", &Data::date(on))?;
        fields.set("next_review", &Data::date(next_review(book, on)))?;
    }
    Ok(draft)
}

/// Documents that do not count any more.
///
/// # Errors
/// Where a front matter cannot be edited.
pub fn retire(book: &Book, documents: &[&Document]) -> Result<Draft, Denied> {
    let mut draft = Draft::new(&book.files);
    for document in documents {
        let mut fields = Fields { draft: &mut draft, book, path: &document.original.path };
        fields.set("status", &Data::text("retired"))?;
    }
    Ok(draft)
}

/// A revision of a document that is to be approved.
#[derive(Debug, Clone)]
pub struct Revised<'a> {
    /// What is new.
    pub summary: &'a str,
    /// Whether only the second number of the version goes up.
    pub minor: bool,
    /// Who wrote it; none for the document's owner.
    pub author: Option<&'a str>,
    /// When.
    pub on: Date,
}

/// A document with its next version, a row that says what is new, and its approval to come.
///
/// # Errors
/// Where it is at work already, its version cannot be counted on, or its front matter cannot be edited.
pub fn revise(book: &Book, document: &Document, revised: &Revised<'_>) -> Result<Draft, Denied> {
    not_in(document, &[Status::Review], |values| Denied::because("unapproved-revision", values))?;
    let metadata = document.metadata();
    let path = &document.original.path;
    let written = metadata.version.as_ref().map(|version| version.value.as_str());
    let version = next_version(written, revised.minor).ok_or_else(|| {
        Denied::because("uncounted-version", &[("name", document.name()), ("version", written.unwrap_or_default())])
    })?;
    let mut draft = Draft::new(&book.files);
    let mut fields = Fields { draft: &mut draft, book, path };
    fields.set("version", &Data::text(&version))?;
    if metadata.status.as_ref().is_none_or(|status| status.value != Status::Draft) {
        fields.set("status", &Data::text("review"))?;
    }
    let owner = metadata.owner.as_ref().map(|owner| owner.value.as_str());
    let author = revised.author.or(owner).map(|author| ("author".to_owned(), Data::text(author)));
    let mut row = vec![("version".to_owned(), Data::text(&version)), ("date".to_owned(), Data::date(revised.on))];
    row.extend(author);
    row.push(("summary".to_owned(), Data::text(revised.summary)));
    let rows = own_key(book, path, "revisions");
    let at = if is_newest_last(&metadata.revisions) { usize::MAX } else { 0 };
    draft.change(path, |front| match front.get(&rows) {
        Some(_) => front.insert(&rows, at, &Data::Map(row)),
        None => front.set_ordered(&[], "revisions", &Data::List(vec![Data::Map(row)]), &KEYS),
    })?;
    Ok(draft)
}

/// Whether a table of revisions begins with the oldest.
fn is_newest_last(revisions: &[Revision]) -> bool {
    let (Some(first), Some(last)) = (revisions.first(), revisions.last()) else { return false };
    let versions = first.version.as_ref().zip(last.version.as_ref());
    let dates = first.date.as_ref().zip(last.date.as_ref());
    dates.is_some_and(|(first, last)| first.value < last.value)
        || versions.is_some_and(|(first, last)| compare_versions(&first.value, &last.value).is_lt())
}

/// The version after one of two numbers; the first where there is none.
pub fn next_version(version: Option<&str>, minor: bool) -> Option<String> {
    let Some(version) = version else { return Some(if minor { "0.1" } else { "1.0" }.to_owned()) };
    let numbers: Vec<u64> = version.trim().split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let (major, second) = match numbers[..] {
        [major] => (major, 0),
        [major, second] | [major, second, _] => (major, second),
        _ => return None,
    };
    let next = if minor { (major, second.checked_add(1)?) } else { (major.checked_add(1)?, 0) };
    Some(match numbers.len() {
        1 if !minor => next.0.to_string(),
        3 => format!("{}.{}.0", next.0, next.1),
        _ => format!("{}.{}", next.0, next.1),
    })
}

/// The next review after one on a day.
pub fn next_review(book: &Book, on: Date) -> Date {
    on.months_before(-book.config.review_every)
}

/// The files with another id for a document, wherever its own is written.
///
/// # Errors
/// Where the new id is taken, or a place cannot be edited.
pub fn rename(book: &Book, document: &Document, old: &str, new: &str) -> Result<Draft, Denied> {
    if new.is_empty() || new.chars().any(|c| c.is_control() || c.is_whitespace() || "[]|#,;{}\"'".contains(c)) {
        return Err(Denied::because("odd-id", &[("id", new)]));
    }
    let bears = |document: &&Document| document.original.metadata.id.as_ref().is_some_and(|id| id.value == old);
    if book.documents.iter().filter(bears).count() > 1 {
        return Err(Denied::because("shared-id", &[("id", old)]));
    }
    if book.document_with_id(new).is_some() || !matches!(book.resolver().wiki(new), Target::UnknownDocument) {
        return Err(Denied::because("taken-id", &[("id", new)]));
    }
    let mut places: Vec<Place> = document
        .manuscripts()
        .filter_map(|(_, manuscript)| Some(Place::new(&manuscript.path, manuscript.metadata.id.as_ref()?.span)))
        .collect();
    // A link leads to the file, which keeps its name.
    let links: BTreeSet<(&FilePath, Span)> = book.links.iter().map(|link| (&link.path, link.link.span)).collect();
    let references = book.references_to_document(document.key).map(|reference| &reference.place);
    places.extend(references.filter(|place| !links.contains(&(&place.path, place.span))).cloned());
    let named = book.config.soa.document.as_ref().filter(|id| id.value == old);
    places.extend(named.map(|id| Place::new(&FilePath::new("book.toml"), id.span)));
    places.sort();
    places.dedup();
    let mut made: Vec<Edit> = Vec::new();
    for place in places {
        let written = book.text(&place.path).map_or("", |text| place.span.of(text));
        if !written.starts_with(old) {
            return Err(Denied::because("unnamed-reference", &[("id", old), ("written", written)]).at(place));
        }
        let start = place.span.start;
        let own = Place::new(&place.path, Span::new(start, start + old.len()));
        made.extend(edits(&book.files, &Remedy::safe(Change::Say(new.to_owned()), own))?);
    }
    let mut draft = Draft::new(&book.files);
    draft.edit(&made)?;
    Ok(draft)
}

/// Where letters like an id still stand in texts that nothing reads as a reference.
pub fn mentions(book: &Book, id: &str) -> Vec<Place> {
    let mut places = Vec::new();
    for document in &book.documents {
        for (_, manuscript) in document.manuscripts() {
            let whole = |at: &usize| {
                let part = |c: char| c.is_ascii_alphanumeric() || c == '_';
                let (before, after) = (&manuscript.text[..*at], &manuscript.text[*at + id.len()..]);
                !before.ends_with(|c| part(c) || c == '-') && !after.starts_with(part)
            };
            let found = manuscript.text.match_indices(id).map(|(at, _)| at).filter(whole);
            places.extend(found.map(|at| Place::new(&manuscript.path, Span::new(at, at + id.len()))));
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_version_counts_as_its_author_does() {
        let table = [
            (Some("2.1"), true, Some("2.2")),
            (Some("2.9"), true, Some("2.10")),
            (Some("2.1"), false, Some("3.0")),
            (Some("0.1"), false, Some("1.0")),
            (Some("3"), false, Some("4")),
            (Some("3"), true, Some("3.1")),
            (Some("1.2.3"), true, Some("1.3.0")),
            (None, false, Some("1.0")),
            (Some("第2版"), true, None),
            (Some("18446744073709551615.0"), false, None),
        ];
        for (version, minor, next) in table {
            assert_eq!(next_version(version, minor).as_deref(), next, "{version:?}");
        }
    }
}
