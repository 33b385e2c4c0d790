//! Disagreements about the SoA: told on every page that disagrees, each with a link to the other halves.

use crate::support::{render, snapshot};

const BOOK: &str = "--- book.toml
[book]
languages = [\"en\", \"ja\"]
--- content/soa.md
---
id: SOA-001
type: applicability
title: Statement
decisions: [{control: A.7.4, applicable: false, justification: No premises.}]
---
--- content/risk.md
---
id: RSK-001
type: risk
title: Theft
treatment: modify
controls: [A.7.4]
---
--- content/decision.md
---
id: DEC-001
type: decision
title: Cameras
risks: [RSK-001]
controls: [A.7.4]
---
--- content/law.md
---
id: LAW-001
type: obligation
title: Act
kind: legal
controls: [A.7.4]
---
--- content/policy.md
---
id: POL-001
type: policy
title: Cameras
status: draft
controls: [A.7.4]
---
--- content/other.md
---
id: POL-002
type: policy
title: Other
controls: [A.7.5]
---
";

/// What stands in the notices of disagreement on a page.
fn conflicts(page: &str) -> String {
    let parts = page.split("<div class=\"conflict").skip(1);
    parts.map(|part| part.split("</div>").next().unwrap_or_default()).collect()
}

#[test]
fn a_disagreement_stands_on_all_its_pages_with_links_to_the_other_halves() {
    let snapshot = snapshot(BOOK);
    for (folder, excludes) in [("", "The SoA excludes A.7.4"), ("ja/", "適用宣言書ではA.7.4")] {
        let statement = conflicts(&render(&snapshot, &format!("{folder}soa.html")));
        let control = conflicts(&render(&snapshot, &format!("{folder}controls/iso27001-2022/A.7.4.html")));
        for (page, root) in [(&statement, ""), (&control, "../../")] {
            for document in ["risk", "law", "policy", "soa"] {
                let link = format!("href=\"{root}{}.html\"", if document == "soa" { "soa-document" } else { document });
                assert!(page.contains(&link), "{link} is not in {page}");
            }
        }
        for document in ["risk", "decision", "law", "policy"] {
            let told = conflicts(&render(&snapshot, &format!("{folder}{document}.html")));
            assert!(told.contains(excludes), "{document}: {told}");
            for link in ["soa.html#A.7.4", "controls/iso27001-2022/A.7.4.html", "soa-document.html"] {
                assert!(told.contains(&format!("href=\"{link}\"")), "{document}: {link} is not in {told}");
            }
        }
        assert_eq!(conflicts(&render(&snapshot, &format!("{folder}other.html"))), "");
    }
    for (code, other) in [("SOA206", "risk"), ("SOA207", "policy"), ("SOA208", "law")] {
        let mut found = snapshot.checked.findings.iter().filter(|finding| finding.code == code);
        let finding = found.next().expect("the disagreement is found");
        let places: Vec<&str> = finding.related.iter().map(|place| place.path.as_str()).collect();
        assert!(places.contains(&format!("content/{other}.md").as_str()), "{code}: {places:?}");
    }
}

#[test]
fn a_derived_reason_fits_the_state() {
    for (entry, decision, expected) in [
        ("A.5.15", "", "To be implemented by POL-001."),
        ("{id: A.5.15, status: implemented}", "", "Implemented by POL-001."),
        ("{id: A.5.15, status: partial}", "", "Partly implemented by POL-001."),
        ("{id: A.5.15, status: planned, due: 2027-01-01}", "", "To be implemented by POL-001."),
        ("{id: A.5.15, status: not-implemented}", "", "Assigned to POL-001, and not implemented."),
        ("A.5.15", "implemented", "Implemented by POL-001."),
        ("{id: A.5.15, status: implemented}", "partial", "Partly implemented by POL-001."),
    ] {
        let decision = if decision.is_empty() {
            String::new()
        } else {
            format!(
                "--- content/soa.md\n---\nid: SOA-001\ntype: applicability\ndecisions: [{{control: A.5.15, status: {decision}}}]\n---\n"
            )
        };
        let book = format!(
            "--- content/policy.md\n---\nid: POL-001\ntype: policy\ntitle: Access\nstatus: draft\ncontrols: [{entry}]\n---\n{decision}"
        );
        let page = render(&snapshot(&book), "controls/iso27001-2022/A.5.15.html");
        let others = ["Implemented by POL-001.", "Partly implemented by POL-001.", "To be implemented by POL-001."];
        assert!(page.contains(expected), "{entry}: {expected}");
        assert!(others.iter().all(|other| *other == expected || !page.contains(other)), "{entry}");
    }
}
