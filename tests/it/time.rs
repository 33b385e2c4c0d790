//! A year passes over the repository's own book: only what falls due may change, and it stays until somebody acts.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use ismsbook::date::Date;
use ismsbook::export::EXPORTS;
use ismsbook::language::Language;
use ismsbook::project::{Inputs, Project};
use ismsbook::site::{Site, SiteOptions};

use crate::own_book::own_files;
use crate::support::{files, place, snapshot_of, today};

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

/// Days at which a library's calendar ends, or Excel's begins.
const EXTREMES: [&str; 8] =
    ["0000-01-01", "0001-01-01", "1582-10-10", "1899-12-30", "1899-12-31", "1900-02-28", "9999-12-30", "9999-12-31"];

/// A document, a risk and an audit of a day.
fn dated(number: usize, named: &str) -> String {
    format!(
        "--- content/p{number}.md
---
id: POL-00{number}
type: policy
title: T
owner: a
approver: b
status: approved
version: \"1\"
approved: {named}
effective: {named}
reviewed: {named}
next_review: {named}
controls: [{{id: M.{number}, status: planned, due: {named}}}]
evidence:
  - {{control: M.{number}, title: E, date: {named}}}
revisions:
  - {{version: \"1\", date: {named}, summary: S}}
---
T.
--- content/r{number}.md
---
id: RSK-00{number}
type: risk
title: R
owner: a
treatment: modify
controls: [M.{number}]
due: {named}
accepted_by: a
accepted_on: {named}
accepted_until: {named}
actions:
  - {{what: W, owner: a, due: {named}}}
---
T.
--- content/a{number}.md
---
id: AUD-00{number}
type: audit
title: A
audited_on: {named}
nonconformities:
  - {{id: N{number}, what: W, due: {named}, clause: \"9.2\"}}
---
T.
"
    )
}

#[test]
fn every_output_is_made_on_every_day_and_of_every_day() {
    let items: Vec<String> = (1..=EXTREMES.len()).map(|number| format!("{{id: M.{number}, title: One}}")).collect();
    let mut book = format!(
        "--- book.toml\n[isms]\ncontrols = [\"m\"]\nrequirements = []\nrisk_sources = []\n--- catalogs/m.yaml\nid: m\nkind: controls\ntitle: M\nitems: [{}]\n",
        items.join(", ")
    );
    book.extend(EXTREMES.iter().enumerate().map(|(index, named)| dated(index + 1, named)));
    for today in EXTREMES {
        let snapshot = Arc::new(snapshot_of(files(&book), Date::parse(today).expect("a day")));
        assert_eq!(snapshot.book.documents.len(), 3 * EXTREMES.len());
        let site = Site::new(Arc::clone(&snapshot), SiteOptions::default());
        for route in site.routes() {
            assert!(!site.render(&route).bytes.is_empty(), "{}", route.path);
        }
        for export in EXPORTS {
            for format in export.formats() {
                assert!(!export.write(&snapshot, &Language::japanese(), format).is_empty());
            }
        }
    }
}
