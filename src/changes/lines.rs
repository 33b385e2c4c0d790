//! The lines of the SoA that differ, control by control and role by role.

use super::value::{Entry, Field, Fields};
use super::{Change, Changed, States, Subject};
use crate::book::{Book, DocumentKey};
use crate::catalog::Catalog;
use crate::derive::{Implementation, SoaLine};
use crate::language::Localized;
use crate::phrase;
use crate::value::word_of;
use crate::words::Words;

pub(super) fn compare(states: &States<'_>) -> Vec<Changed> {
    let (old, new) = (&states.old.derived.soa, &states.new.derived.soa);
    let mut changed: Vec<Changed> = Vec::new();
    for line in &new.lines {
        let before = old.line(&line.item.id, line.role.as_ref());
        let fields = before.map_or_else(|| of_added(line), |before| differences(states, before, line));
        let change = if before.is_some() { Change::Changed } else { Change::Added };
        if before.is_none() || !fields.is_empty() {
            changed.push(Changed { change, subject: subject(&states.new.book, line, true), fields });
        }
    }
    let gone = old.lines.iter().filter(|line| new.line(&line.item.id, line.role.as_ref()).is_none());
    changed.extend(gone.map(|line| Changed {
        change: Change::Removed,
        subject: subject(&states.old.book, line, false),
        fields: Vec::new(),
    }));
    changed
}

fn subject(book: &Book, line: &SoaLine, now: bool) -> Subject {
    let catalog = book.catalogs.get(line.item.id.catalog.as_str());
    let role = line.role.as_ref().map(|role| {
        let definition = catalog.and_then(|catalog| Catalog::role(catalog, role));
        (role.clone(), definition.map_or_else(|| Localized::plain(role.as_str()), |role| role.title.clone()))
    });
    Subject::Line {
        item: line.item.id.clone(),
        id: book.short_id(&line.item.id),
        title: line.item.title.clone(),
        catalog: catalog.map(|catalog| catalog.title.clone()).unwrap_or_default(),
        role,
        now,
    }
}

fn applicability(line: &SoaLine) -> Entry {
    Entry::word("applicability", line.applicability.word())
}

fn status(line: &SoaLine) -> Option<Entry> {
    line.status.map(|status| Entry::word("implementation", word_of(status)))
}

fn of_added(line: &SoaLine) -> Vec<Field> {
    let mut fields = Fields::default();
    fields.one("applicability", None, Some(applicability(line)));
    fields.one("status", None, status(line));
    fields.0
}

fn differences(states: &States<'_>, old: &SoaLine, new: &SoaLine) -> Vec<Field> {
    let (before, after) = (&states.old.book, &states.new.book);
    let mut fields = Fields::default();
    fields.one("applicability", Some(applicability(old)), Some(applicability(new)));
    let reasons =
        |line: &SoaLine| line.reasons.iter().map(|reason| Entry::word("reason", word_of(*reason))).collect::<Vec<_>>();
    fields.many("reasons", &reasons(old), &reasons(new));
    // Both are told in the languages of the newer book: one more language is no other justification.
    let justification = |book: &Book, line: &SoaLine| {
        let mut text = Localized::default();
        for language in &after.config.languages {
            text.insert(language.clone(), &phrase::justification(book, line, Words::of(language), language));
        }
        (!text.is_empty()).then_some(Entry::Text(text))
    };
    fields.one("justification", justification(before, old), justification(after, new));
    fields.one("status", status(old), status(new));
    let due = |line: &SoaLine| line.due.map(|due| Entry::plain(&due.to_string()));
    fields.one("due", due(old), due(new));
    let owner = |book: &Book, line: &SoaLine| line.owner.as_deref().map(|owner| Entry::person(book, owner));
    fields.one("owner", owner(before, old), owner(after, new));
    let now_of_old = |key| states.pairs.new_of(key);
    fields.many("documents", &implementing(before, old, now_of_old), &implementing(after, new, Some));
    fields.many("risks", &documents(before, &old.risks, now_of_old), &documents(after, &new.risks, Some));
    fields.many(
        "obligations",
        &documents(before, &old.obligations, now_of_old),
        &documents(after, &new.obligations, Some),
    );
    fields.0
}

fn implementing(book: &Book, line: &SoaLine, now: impl Fn(DocumentKey) -> Option<DocumentKey>) -> Vec<Entry> {
    let entry = |implementation: &Implementation| {
        document(book, implementation.document, implementation.section.clone(), now(implementation.document))
    };
    line.documents.iter().map(entry).collect()
}

fn documents(book: &Book, keys: &[DocumentKey], now: impl Fn(DocumentKey) -> Option<DocumentKey>) -> Vec<Entry> {
    keys.iter().map(|key| document(book, *key, None, now(*key))).collect()
}

fn document(book: &Book, key: DocumentKey, section: Option<String>, now: Option<DocumentKey>) -> Entry {
    let document = book.document(key);
    Entry::Document {
        id: document.id.clone(),
        path: document.original.path.clone(),
        title: document.title.clone(),
        section,
        now,
    }
}
