//! A year passes over the repository's own book: only what falls due may change, and it stays until somebody acts.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use ismsbook::date::Date;
use ismsbook::project::{Inputs, Project};

use crate::own_book::own_files;
use crate::support::{place, today};

/// The rules that look at the day.
const OF_TIME: [&str; 10] =
    ["BOK007", "BOK008", "DOC009", "DOC010", "SOA211", "RSK311", "RSK312", "AUD601", "AUD602", "AUD603"];

/// The findings of each month of the year; one project reads the files once.
static YEAR: LazyLock<Vec<(Date, BTreeSet<String>)>> = LazyLock::new(|| {
    let files = own_files();
    let mut project = Project::new();
    let mut found = |today: Date| {
        let inputs = Inputs { files: files.clone(), today, commit: None, history: Arc::default() };
        let snapshot = project.snapshot(inputs).expect("book.toml is TOML");
        snapshot.checked.findings.iter().map(|finding| place(&snapshot, finding)).collect()
    };
    (0..=12).map(|month| today().months_before(-month)).map(|day| (day, found(day))).collect()
});

#[test]
fn only_what_falls_due_changes_in_a_year() {
    let (_, now) = &YEAR[0];
    let changed: BTreeSet<&str> =
        YEAR.iter().flat_map(|(_, found)| found.symmetric_difference(now)).map(|place| &place[..6]).collect();
    let others: Vec<&&str> = changed.iter().filter(|code| !OF_TIME.contains(code)).collect();
    assert!(others.is_empty(), "{others:?}");
    assert!(changed.len() >= 4, "a year without an act leaves reviews, treatments and audits overdue: {changed:?}");
}

#[test]
fn what_is_overdue_stays_overdue() {
    for months in YEAR.windows(2) {
        let [(_, before), (day, now)] = months else { continue };
        // An approval that lies in the future ends by itself, and so does an idle acceptance.
        let gone: Vec<&String> = before
            .difference(now)
            .filter(|place| !place.starts_with("DOC009") && !place.starts_with("BOK008"))
            .collect();
        assert!(gone.is_empty(), "on {day}: {gone:?}");
    }
}
