//! One state a thing: what one page says of an action, a source, a piece of evidence or a nonconformity, all others say.

use ismsbook::export::{Export, Format};
use ismsbook::language::Language;
use ismsbook::project::Snapshot;

use crate::support::{place, render, snapshot};

/// Looked at on 2026-11-22.
const BOOK: &str = "--- book.toml
[isms]
controls = [\"iso27001-2022\"]
requirements = [\"iso27001-2022\"]
risk_sources = [\"enisa-2009\"]
--- content/risk.md
---
id: RSK-001
type: risk
title: Theft
owner: it
sources: [R.1]
likelihood: high
impact: high
treatment: modify
controls: [A.7.8]
treated_on: 2026-10-01
due: 2026-09-30
actions:
  - {what: Encrypt the laptops, due: 2026-09-01, status: open}
  - {what: Order locks, due: 2026-09-15}
---
--- content/late.md
---
id: RSK-002
type: risk
title: Fire
owner: it
likelihood: high
impact: high
treatment: modify
controls: [A.7.5]
due: 2026-10-31
actions:
  - {what: Install detectors}
  - {what: Buy blankets, owner: ga, due: 2027-01-31, status: in-progress}
---
--- content/old.md
---
id: RSK-003
type: risk
title: Old
status: retired
sources: [R.2, R.3]
---
R.4 was looked at.
--- content/record.md
---
id: REC-001
type: record
title: Sources that do not concern us
related: [R.5]
evidence: [{title: Log, url: 'https://example.com/log', valid_until: 2026-12-10}]
---
[[ENISA:R.3]] does not concern us.
--- content/again.md
---
id: REC-002
type: record
title: Log
evidence: [{title: Log, url: 'https://example.com/log', valid_until: 2026-11-01}]
---
--- content/audit.md
---
id: AUD-001
type: audit
title: Audit
audited_on: 2026-06-01
nonconformities:
  - {id: NC-1, control: A.7.8, text: One, due: 2026-08-31, closed_on: 2026-12-24, owner: it}
  - {id: NC-2, control: A.7.5, text: Two, due: 2026-08-31, closed_on: 2026-09-01, owner: it}
---
";

/// The findings as code and place.
fn findings(snapshot: &Snapshot) -> Vec<String> {
    snapshot.checked.findings.iter().map(|finding| place(snapshot, finding)).collect()
}

/// An export's rows as text.
fn csv(snapshot: &Snapshot, name: &str) -> String {
    let export = Export::named(name).expect("an export of this name");
    String::from_utf8(export.write(snapshot, &Language::english(), Format::Csv)).expect("text")
}

/// The first row of a table on a page that holds a text.
fn row<'a>(page: &'a str, text: &str) -> &'a str {
    let rows = page.split("<tr").skip(1).filter_map(|row| row.split("</tr>").next());
    rows.into_iter().find(|row| row.contains(text)).unwrap_or_else(|| panic!("no row with {text}"))
}

#[test]
fn an_action_says_its_own_state_in_every_output() {
    let snapshot = snapshot(BOOK);
    let export = csv(&snapshot, "treatment-plan");
    let of = |what: &str| export.lines().find(|line| line.contains(what)).unwrap_or_default().to_owned();
    for (what, state, late) in [
        ("Encrypt the laptops", "Open", false),
        ("Order locks", "Done", false),
        ("Install detectors", "Open", true),
        ("Buy blankets", "In progress", false),
    ] {
        assert!(of(what).contains(state), "{what}: {}", of(what));
        for page in ["treatment-plan.html", "risk.html", "late.html"] {
            let page = render(&snapshot, page);
            if !page.contains(what) {
                continue;
            }
            let row = row(&page, what);
            assert!(row.contains(&format!("</span>{state}")) || row.contains(&format!(">{state}<")), "{what}: {row}");
            assert_eq!(row.contains("Overdue"), late, "{what}: {row}");
        }
    }
    assert!(of("Install detectors").contains("2026-10-31"), "an action without a day is due with the treatment");
    assert!(of("Buy blankets").contains("ga"), "{}", of("Buy blankets"));
    let codes: Vec<String> = findings(&snapshot).into_iter().filter(|line| line.contains("RSK31")).collect();
    assert!(codes.iter().any(|line| line.starts_with("RSK317 content/risk.md")), "{codes:?}");
    assert!(codes.iter().any(|line| line.starts_with("RSK312 content/late.md")), "{codes:?}");
    assert!(!codes.iter().any(|line| line.starts_with("RSK312 content/risk.md")), "{codes:?}");
}

#[test]
fn a_source_is_considered_where_a_living_document_names_it_and_nowhere_else() {
    let snapshot = snapshot(BOOK);
    let page = render(&snapshot, "risk-sources.html");
    let unconsidered: Vec<String> = findings(&snapshot).into_iter().filter(|line| line.starts_with("RSK315")).collect();
    for (id, state) in [
        ("R.1", "considered"),
        ("R.2", "unconsidered"),
        ("R.3", "mentioned"),
        ("R.4", "unconsidered"),
        ("R.5", "mentioned"),
    ] {
        let row = row(&page, &format!(">{id}<"));
        assert!(row.contains(&format!("badge-{state}")), "{id}: {row}");
        let own = render(&snapshot, &format!("risk-sources/enisa-2009/{id}.html"));
        let panel = own
            .split("<h2 id=\"risks-title\">")
            .nth(1)
            .and_then(|rest| rest.split("</section>").next())
            .expect("the risks");
        for (document, considers) in [("risk", id == "R.1"), ("record", state == "mentioned"), ("old", false)] {
            assert_eq!(panel.contains(&format!("/{document}.html")), considers, "{id}, {document}: {panel}");
        }
    }
    assert_eq!(unconsidered.len(), 32, "35 sources, three of them considered: {unconsidered:?}");
}

#[test]
fn evidence_is_one_thing_however_many_name_it() {
    let snapshot = snapshot(BOOK);
    for page in ["record.html", "again.html"] {
        assert!(
            render(&snapshot, page).contains("<span class=\"remark\">"),
            "{page}: the earlier of two last days counts"
        );
    }
    let register = csv(&snapshot, "evidence");
    assert_eq!(register.matches("Log").count(), 2, "one row, and the document of its name: {register}");
}

#[test]
fn what_is_to_be_closed_later_is_open_everywhere() {
    let snapshot = snapshot(BOOK);
    let export = csv(&snapshot, "audits");
    assert!(export.lines().any(|line| line.contains(",NC-1,") && line.contains("Overdue")), "{export}");
    assert!(export.lines().any(|line| line.contains(",NC-2,") && line.contains("Closed")), "{export}");
    let page = render(&snapshot, "audits.html");
    assert!(row(&page, "NC-1").contains("badge-overdue") && row(&page, "NC-2").contains("badge-done"));
    assert!(csv(&snapshot, "calendar").contains("NC-1") && !csv(&snapshot, "calendar").contains("NC-2"));
}
