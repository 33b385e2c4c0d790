//! The Statement of Applicability: what decides a line, and that it is whole.

use std::collections::BTreeSet;
use std::fmt::Write;

use ismsbook::derive::{Applicability, Justification};
use ismsbook::document::ImplementationStatus;
use ismsbook::export;
use ismsbook::id::Role;
use ismsbook::language::Language;
use ismsbook::project::Snapshot;

use crate::support::snapshot;

fn line<'a>(snapshot: &'a Snapshot, id: &str, role: Option<&str>) -> &'a ismsbook::derive::SoaLine {
    let role = role.map(Role::new);
    let found = snapshot.derived.soa.lines.iter().find(|line| &*line.item.id.id == id && line.role == role);
    found.unwrap_or_else(|| panic!("a line of {id} {role:?}"))
}

const POLICY: &str = "--- content/policy.md\n---\nid: POL-001\ntype: policy\ntitle: Policy\nowner: ciso\nstatus: approved\ncontrols: [A.5.15]\n---\nText.\n";

#[test]
fn an_empty_book_lists_every_line_as_undecided() {
    let snapshot = snapshot("--- book.toml\n");
    let soa = &snapshot.derived.soa;
    assert_eq!((soa.lines.len(), soa.totals.undecided), (93 + 79, 93 + 79));
    let of_role =
        |role: &str| soa.lines.iter().filter(|line| line.role.as_ref().is_some_and(|own| own.as_str() == role)).count();
    assert_eq!((of_role("customer"), of_role("provider")), (39, 40));
    let undecided = snapshot.checked.findings.iter().filter(|finding| finding.code == "SOA201").count();
    assert_eq!(undecided, 93 + 79);
}

#[test]
fn exactly_the_four_controls_left_out_are_missing() {
    let catalog = ismsbook::catalog::shipped().get("iso27001-2022").expect("shipped");
    let ids: Vec<String> =
        catalog.items_of(ismsbook::catalog::ItemKind::Control).map(|item| item.id.id.to_string()).collect();
    let left_out = BTreeSet::from(["A.5.7", "A.7.4", "A.8.11", "A.8.34"].map(str::to_owned));
    let named: Vec<&String> = ids.iter().filter(|id| !left_out.contains(*id)).collect();
    let mut text = "--- book.toml\n[isms]\ncontrols = [\"iso27001-2022\"]\n".to_owned();
    for (at, chunk) in named.chunks(3).enumerate() {
        let controls: Vec<&str> = chunk.iter().map(|id| id.as_str()).collect();
        write!(
            text,
            "--- content/p{at}.md\n---\nid: POL-{at:03}\ntype: policy\ntitle: P\ncontrols: [{}]\n---\nText.\n",
            controls.join(", ")
        )
        .expect("memory");
    }
    for (at, id) in named.iter().take(20).enumerate() {
        write!(
            text,
            "--- content/r{at}.md\n---\nid: RSK-{at:03}\ntype: risk\ntitle: R\ncontrols: [{id}]\n---\nText.\n"
        )
        .expect("memory");
    }
    let snapshot = snapshot(&text);
    let missing: BTreeSet<String> = snapshot
        .checked
        .findings
        .iter()
        .filter(|finding| finding.code == "SOA201")
        .filter_map(|finding| Some(finding.item.as_ref()?.id.to_string()))
        .collect();
    assert_eq!(missing, left_out);
}

#[test]
fn a_document_that_implements_a_control_makes_it_applicable() {
    let snapshot = snapshot(POLICY);
    let line = line(&snapshot, "A.5.15", None);
    assert_eq!(line.applicability, Applicability::Applicable);
    assert_eq!((line.status, line.status_derived), (Some(ImplementationStatus::Implemented), true));
    assert!(matches!(line.justification, Justification::Derived(_)));
    assert_eq!(line.owner.as_deref(), Some("ciso"));
}

#[test]
fn drafts_make_it_planned_and_a_mixture_partial() {
    let draft =
        POLICY.replace("approved", "draft").replace("POL-001", "POL-002").replace("content/policy", "content/other");
    assert_eq!(line(&snapshot(&draft), "A.5.15", None).status, Some(ImplementationStatus::Planned));
    assert_eq!(
        line(&snapshot(&format!("{POLICY}{draft}")), "A.5.15", None).status,
        Some(ImplementationStatus::Partial)
    );
}

#[test]
fn a_decision_excludes_and_a_disagreement_shows() {
    let decision = "--- content/soa-lines.md\n---\nid: SOA-001\ntype: applicability\ntitle: SoA\ndecisions:\n  - {control: A.5.15, applicable: false, justification: No systems.}\n---\nText.\n";
    let alone = snapshot(decision);
    assert_eq!(line(&alone, "A.5.15", None).applicability, Applicability::Excluded);
    assert!(line(&alone, "A.5.15", None).conflict.is_none());
    let both = snapshot(&format!("{POLICY}{decision}"));
    let line = line(&both, "A.5.15", None);
    assert_eq!((line.applicability, line.status), (Applicability::Excluded, None));
    assert_eq!(line.conflict.as_ref().map(|conflict| conflict.documents.len()), Some(1));
}

#[test]
fn risks_and_obligations_give_reasons_and_a_made_sentence() {
    let risk = "--- content/r.md\n---\nid: RSK-001\ntype: risk\ntitle: Loss\ncontrols: [A.8.13]\n---\nText.\n";
    let law = "--- content/o.md\n---\nid: OBL-001\ntype: obligation\nkind: contractual\ntitle: Contract\ncontrols: [A.8.13]\n---\nText.\n";
    let snapshot = snapshot(&format!("{risk}{law}"));
    let line = line(&snapshot, "A.8.13", None);
    let words = ismsbook::words::Words::of(&Language::english());
    assert_eq!(ismsbook::phrase::reasons(&line.reasons, words), "Risk, Contract");
    assert_eq!(
        ismsbook::phrase::justification(&snapshot.book, line, words, &Language::english()),
        "Needed to treat RSK-001; required by OBL-001."
    );
}

#[test]
fn one_role_says_nothing_about_the_other() {
    let text = "--- content/p.md\n---\nid: POL-001\ntype: policy\ntitle: P\ncontrols: [{id: '27017:9.2.3', roles: [provider]}]\n---\nText.\n";
    let snapshot = snapshot(text);
    assert_eq!(line(&snapshot, "9.2.3", Some("provider")).applicability, Applicability::Applicable);
    assert_eq!(line(&snapshot, "9.2.3", Some("customer")).applicability, Applicability::Undecided);
    let about: Vec<&str> = snapshot
        .checked
        .findings
        .iter()
        .filter(|finding| finding.item.as_ref().is_some_and(|item| &*item.id == "9.2.3"))
        .map(|finding| finding.code)
        .collect();
    assert_eq!(about, ["SOA213"]);
}

#[test]
fn only_the_declared_roles_have_lines() {
    let scope = "--- content/the-scope.md\n---\nid: SCP-001\ntype: scope\ntitle: Scope\ncloud_services:\n  - {name: Mail, roles: [customer]}\n---\nText.\n";
    let snapshot = snapshot(scope);
    let roles: BTreeSet<_> =
        snapshot.derived.soa.lines.iter().filter_map(|line| line.role.as_ref()).map(Role::as_str).collect();
    assert_eq!(roles, BTreeSet::from(["customer"]));
    assert_eq!(snapshot.derived.soa.lines.len(), 93 + 39);
}

#[test]
fn json_csv_and_markdown_have_the_same_lines() {
    let snapshot = snapshot(POLICY);
    for language in [Language::english(), Language::japanese()] {
        let json: serde_json::Value = serde_json::from_slice(&export::soa::json(&snapshot, &language)).expect("JSON");
        let csv = String::from_utf8(export::soa::csv(&snapshot, &language)).expect("UTF-8");
        let markdown = String::from_utf8(export::soa::markdown(&snapshot, &language)).expect("UTF-8");
        let lines = json["lines"].as_array().expect("lines");
        let rows: Vec<&str> = csv.trim_end().split("\r\n").skip(1).collect();
        let in_markdown: Vec<&str> = markdown
            .lines()
            .filter(|line| line.starts_with("| A.") || line.starts_with("| 27017:") || line.starts_with("| CLD."))
            .collect();
        assert_eq!((lines.len(), rows.len(), in_markdown.len()), (172, 172, 172));
        assert!(csv.starts_with('\u{feff}'));
        for ((line, row), text) in lines.iter().zip(&rows).zip(&in_markdown) {
            let id = line["id"].as_str().expect("an id");
            let shown =
                if id.starts_with(|c: char| c.is_ascii_digit()) { format!("27017:{id}") } else { id.to_owned() };
            assert!(row.starts_with(&format!("{shown},")), "{row}");
            assert!(text.starts_with(&format!("| {shown} |")), "{text}");
        }
        assert_eq!(json["totals"]["applicable"], 1);
        assert_eq!(json["lines"][14]["documents"][0]["page"], "policy.html");
    }
}

#[test]
fn a_workbook_is_the_same_each_time() {
    let snapshot = snapshot(POLICY);
    let language = Language::japanese();
    let first = export::soa::xlsx(&snapshot, &language);
    assert!(first.starts_with(b"PK"));
    assert_eq!(first, export::soa::xlsx(&snapshot, &language));
}

#[test]
fn a_cell_that_looks_like_a_formula_is_made_harmless() {
    let text = POLICY.replace("title: Policy", "title: '=1+1'");
    let decision = "--- content/lines.md\n---\nid: SOA-001\ntype: applicability\ntitle: S\ndecisions:\n  - {control: A.5.1, applicable: false, justification: '=HYPERLINK(1)'}\n---\nText.\n";
    let csv = String::from_utf8(export::soa::csv(&snapshot(&format!("{text}{decision}")), &Language::english()))
        .expect("UTF-8");
    assert!(csv.contains("'=HYPERLINK(1)"), "{csv}");
}
