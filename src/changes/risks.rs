//! The risks that differ in what the register says of them.

use super::value::{Entry, Field, Fields};
use super::{Change, Changed, States, documents};
use crate::book::Book;
use crate::derive::{Acceptance, Rated, RiskEntry};
use crate::id::Role;
use crate::language::Localized;
use crate::phrase;
use crate::value::word_of;

pub(super) fn compare(states: &States<'_>) -> Vec<Changed> {
    let (old, new) = (&states.old.book, &states.new.book);
    let mut changed: Vec<Changed> = Vec::new();
    for risk in &states.new.derived.risks {
        let before = states.pairs.old_of(risk.document).and_then(|key| states.old.derived.risk(key));
        let fields = differences(before.map(|before| (old, before)), (new, risk));
        let change = match before {
            None => Change::Added,
            Some(before) if before.is_living() && !risk.is_living() => Change::Retired,
            Some(_) => Change::Changed,
        };
        if before.is_none() || !fields.is_empty() {
            let subject = documents::subject(new.document(risk.document), Some(risk.document));
            changed.push(Changed { change, subject, fields });
        }
    }
    let is_gone =
        |risk: &&RiskEntry| states.pairs.new_of(risk.document).and_then(|key| states.new.derived.risk(key)).is_none();
    let gone = states.old.derived.risks.iter().filter(is_gone);
    changed.extend(gone.map(|risk| Changed {
        change: Change::Removed,
        subject: documents::subject(old.document(risk.document), states.pairs.new_of(risk.document)),
        fields: Vec::new(),
    }));
    changed
}

fn differences(old: Option<(&Book, &RiskEntry)>, new: (&Book, &RiskEntry)) -> Vec<Field> {
    let mut fields = Fields::default();
    let mut one = |name, value: &dyn Fn(&Book, &RiskEntry) -> Option<Entry>| {
        fields.one(name, old.and_then(|(book, risk)| value(book, risk)), value(new.0, new.1));
    };
    one("inherent", &|book, risk| risk.inherent.map(|rated| level(book, rated)));
    one("treatment", &|_, risk| risk.treatment.map(|treatment| Entry::word("treatment", word_of(treatment))));
    one("residual", &|book, risk| risk.residual.map(|rated| level(book, rated)));
    one("owner", &|book, risk| {
        let owner = book.document(risk.document).metadata().owner.as_ref()?;
        Some(Entry::person(book, &owner.value))
    });
    one("due", &|_, risk| risk.due.map(|due| Entry::plain(&due.date.to_string())));
    one("state", &|_, risk| Some(Entry::word("risk-state", risk.state.word())));
    let mut many = |name, values: &dyn Fn(&Book, &RiskEntry) -> Vec<Entry>| {
        fields.many(name, &old.map(|(book, risk)| values(book, risk)).unwrap_or_default(), &values(new.0, new.1));
    };
    many("controls", &controls);
    many("acceptances", &|book, risk| risk.acceptances.iter().map(|accepted| acceptance(book, accepted)).collect());
    fields.0
}

fn level(book: &Book, rated: Rated) -> Entry {
    let level = book.config.risk.matrix.levels.get(rated.level).map(|level| level.id.clone()).unwrap_or_default();
    Entry::Level { score: rated.score, level, text: phrase::score(book, rated) }
}

/// The controls that the treatment needs, each with the roles that are meant.
fn controls(book: &Book, risk: &RiskEntry) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for (item, roles) in &risk.controls {
        let text = phrase::in_roles(book, &Localized::plain(&book.short_id(item)), item, roles);
        let mut roles: Vec<Role> = roles.clone();
        roles.sort();
        let entry = Entry::Item { item: item.clone(), roles, text };
        if !entries.iter().any(|known| known.same(&entry)) {
            entries.push(entry);
        }
    }
    entries
}

/// Who accepted it, when and until when.
fn acceptance(book: &Book, acceptance: &Acceptance) -> Entry {
    let days: Vec<String> = [acceptance.on, acceptance.expires].iter().flatten().map(ToString::to_string).collect();
    let days = days.join(" – ");
    Entry::Text(book.person(&acceptance.by).map(|name| format!("{name} {days}").trim().to_owned()))
}
