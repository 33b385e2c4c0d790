//! Ranges and lists in the front matter: one entry names many, and each counts for itself.

use crate::support::{place, snapshot};

fn book(front: &str) -> String {
    let risk = |n: u8| format!("--- content/r{n}.md\n---\nid: RSK-00{n}\ntype: risk\ntitle: R\n---\n");
    let risks = [1, 2, 3, 4].map(risk).concat();
    format!(
        "--- book.toml\n[isms]\nrisk_sources = [\"enisa-2009\"]\n--- content/a.md\n---\nid: DOC-1\ntitle: A\n{front}\n---\n{risks}"
    )
}

/// What the first document names, each as its id.
fn named(front: &str) -> Vec<String> {
    let snapshot = snapshot(&book(front));
    let from = snapshot.book.document_with_id("DOC-1").expect("it is there").key;
    let of = |target: &ismsbook::book::Target| match (target.item(), target.document()) {
        (Some(item), _) => snapshot.book.short_id(item),
        (_, Some(key)) => snapshot.book.document(key).name().to_owned(),
        _ => "?".to_owned(),
    };
    snapshot.book.references_from(from).map(|reference| of(&reference.target)).collect()
}

#[test]
fn a_list_of_ids_takes_ranges_wherever_it_stands() {
    let four = ["A.7.1", "A.7.2", "A.7.3", "A.7.4"];
    for range in [
        "A.7.1-A.7.4",
        "A.7.1〜A.7.4",
        "A.7.1～A.7.4",
        "A.7.1 – A.7.4",
        "A.7.1からA.7.4まで",
        "A.7.1-4",
        "27001:A.7.1-A.7.4",
        "A.7.1, A.7.2-A.7.4",
    ] {
        assert_eq!(named(&format!("type: policy\ncontrols: ['{range}']")), four, "{range}");
        if !range.contains(',') {
            assert_eq!(named(&format!("type: policy\ncontrols: [{{id: '{range}', note: x}}]")), four, "{range}");
        }
        assert_eq!(named(&format!("type: applicability\ndecisions: [{{control: '{range}'}}]")), four, "{range}");
        assert_eq!(named(&format!("related: ['{range}']")), four, "{range}");
    }
    assert_eq!(named("type: applicability\ndecisions: [{control: [A.7.1, A.7.2-A.7.4]}]"), four);
    assert_eq!(named("requirements: ['7.5.1-7.5.3']"), ["27001:7.5.1", "27001:7.5.2", "27001:7.5.3"]);
    assert_eq!(named("type: risk\nsources: [R.9-R.11]"), ["R.9", "R.10", "R.11"]);
    assert_eq!(named("type: decision\nrisks: [RSK-002〜RSK-004]"), ["RSK-002", "RSK-003", "RSK-004"]);
    assert_eq!(named("related: [RSK-001-RSK-003, DOC-1]"), ["RSK-001", "RSK-002", "RSK-003", "DOC-1"]);
}

#[test]
fn one_entry_decides_all_and_is_one_justification() {
    let entry = |control: &str| {
        format!(
            "type: applicability\ndecisions:\n  - control: {control}\n    applicable: false\n    justification: We own no premises; the landlord secures them by contract."
        )
    };
    let snapshot = snapshot(&book(&entry("[A.7.1-A.7.14]")));
    let totals = snapshot.derived.soa.totals;
    assert_eq!(totals.excluded, 14);
    assert!(snapshot.checked.findings.iter().all(|finding| finding.code != "SOA204"), "one text is said once");
}

#[test]
fn a_range_that_means_nothing_is_told_at_its_place() {
    let found = |front: &str| -> Vec<String> {
        let snapshot = snapshot(&book(front));
        let of = snapshot.checked.findings.iter().filter(|finding| finding.code.starts_with("REF1"));
        of.map(|finding| format!("{} {}", place(&snapshot, finding), finding.variant)).collect()
    };
    assert_eq!(found("controls: [A.7.4-A.7.1]"), ["REF101 content/a.md:4:12 backwards"]);
    assert_eq!(found("controls: [A.5.1, A.5.36-A.6.2]"), ["REF101 content/a.md:4:19 across"]);
    assert_eq!(found("requirements: ['8.3-8.1']"), ["REF110 content/a.md:4:17 backwards"]);
    assert_eq!(found("type: risk\nsources: [R.3-R.1]"), ["REF111 content/a.md:5:11 backwards"]);
    assert_eq!(found("controls: [A.7.1-A.7.99]"), ["REF101 content/a.md:4:12 "]);
    assert_eq!(found("related: [RSK-003-RSK-001]"), ["REF103 content/a.md:4:11 "]);
}
