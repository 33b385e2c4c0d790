//! `calendar.ics`: everything that falls due, for the reader's own calendar (RFC 5545).

use std::collections::BTreeMap;

use crate::derive::Due;
use crate::files::hash_of;
use crate::language::Language;
use crate::project::Snapshot;
use crate::text::{hex, visible};
use crate::words::Words;

/// All that falls due as all-day events. The same thing has the same UID in every build, so that a calendar replaces it.
pub fn calendar(snapshot: &Snapshot, language: &Language) -> Vec<u8> {
    let words = Words::of(language);
    let stamp = compact(snapshot.derived.as_of());
    let mut text = String::new();
    let mut line = |content: &str| fold(&mut text, content);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//ismsbook//ismsbook//EN");
    line("CALSCALE:GREGORIAN");
    line("METHOD:PUBLISH");
    line(&format!("X-WR-CALNAME:{}", escape(snapshot.book.config.title.get(language))));
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for due in &snapshot.derived.due {
        let document = snapshot.book.document(due.document);
        let label = document.label();
        let kind = words.get(&format!("due.{}", due.kind.word())).to_owned();
        let what = due.what.get(language);
        let subject =
            if what.is_empty() { label.get(language).to_owned() } else { format!("{what} ({})", document.name()) };
        line("BEGIN:VEVENT");
        let uid = uid(due, document.name());
        let count = seen.entry(uid.clone()).or_default();
        *count += 1;
        line(&format!("UID:{uid}-{count}@ismsbook"));
        line(&format!("DTSTAMP:{stamp}T000000Z"));
        line(&format!("DTSTART;VALUE=DATE:{}", compact(due.date)));
        line(&format!("DTEND;VALUE=DATE:{}", compact(due.date.days_after(1))));
        line(&format!("SUMMARY:{}", escape(&format!("{kind}{}{subject}", words.get("due.separator")))));
        line(&format!("CATEGORIES:{}", escape(&kind)));
        if let Some(owner) = &due.owner {
            line(&format!("DESCRIPTION:{}", escape(snapshot.book.person(owner).get(language))));
        }
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    text.into_bytes()
}

/// What makes the thing itself: its kind, its document and its subject, not its date nor the reader's language.
fn uid(due: &Due, document: &str) -> String {
    let hash = hash_of(format!("{}\n{document}\n{}", due.kind.word(), due.subject).as_bytes());
    hex(&hash[..12])
}

fn compact(date: impl std::fmt::Display) -> String {
    date.to_string().replace('-', "")
}

fn escape(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n");
    visible(&escaped).replace('\t', " ")
}

/// A line of at most 75 bytes, the rest on lines that begin with a blank; never in the middle of a letter.
fn fold(text: &mut String, content: &str) {
    let mut room = 75;
    for letter in content.chars() {
        if letter.len_utf8() > room {
            text.push_str("\r\n ");
            room = 74;
        }
        room -= letter.len_utf8();
        text.push(letter);
    }
    text.push_str("\r\n");
}
