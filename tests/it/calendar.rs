//! `calendar.ics`: valid for other calendars, and the same thing keeps its UID.

use std::collections::BTreeSet;

use ismsbook::export::ics::calendar;
use ismsbook::language::Language;

use crate::support::snapshot;

const BOOK: &str = "--- content/p.md\n---\nid: POL-001\ntype: policy\ntitle: とても長い題名の情報セキュリティ方針及び個別方針の管理に関する規程, 第一部\nowner: ciso\nnext_review: 2027-03-31\nevidence:\n  - {title: 記録, valid_until: 2027-01-31}\n  - {title: 記録, valid_until: 2027-02-28}\n---\n本文。\n";

fn text(book: &str) -> String {
    String::from_utf8(calendar(&snapshot(book), &Language::japanese())).expect("UTF-8")
}

fn uids(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.starts_with("UID:")).collect()
}

#[test]
fn lines_end_as_the_format_asks_and_are_short() {
    let text = text(BOOK);
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 3);
    assert!(text.replace("\r\n ", "").contains("SUMMARY:文書の見直し：POL-001 とても長い"), "{text}");
    assert!(text.contains("DTSTART;VALUE=DATE:20270331\r\nDTEND;VALUE=DATE:20270401"));
}

#[test]
fn each_event_has_a_uid_of_its_own_that_a_new_date_does_not_change() {
    let first = text(BOOK);
    let later = text(&BOOK.replace("2027-03-31", "2027-06-30"));
    assert_eq!(uids(&first).iter().collect::<BTreeSet<_>>().len(), 3);
    assert_eq!(uids(&first).iter().collect::<BTreeSet<_>>(), uids(&later).iter().collect::<BTreeSet<_>>());
}
