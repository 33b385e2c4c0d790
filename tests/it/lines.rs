//! What a line of the SoA takes from where: roles, statuses, evidence, and the decisions that select a control.

use ismsbook::derive::{Applicability, SoaLine};
use ismsbook::document::ImplementationStatus;
use ismsbook::project::Snapshot;

use crate::support::snapshot;

const CATALOG: &str = r#"
--- book.toml
[isms]
controls = ["mini"]
requirements = []
risk_sources = []
--- catalogs/mini.yaml
id: mini
kind: controls
title: Mini
roles:
  - {id: customer, title: Customer}
  - {id: provider, title: Provider}
items:
  - {id: M.1, title: First, guidance: {customer: "Ask.", provider: "Tell."}}
  - {id: M.2, title: Second}
--- content/scope.md
---
id: SCP-001
type: scope
cloud_services: [{name: KumoBox, roles: [provider]}]
---
"#;

fn lines(snapshot: &Snapshot) -> Vec<(&str, &str, Applicability)> {
    let of = |line: &SoaLine| line.applicability;
    snapshot
        .derived
        .soa
        .lines
        .iter()
        .map(|line| (&*line.item.id.id, line.role.as_ref().map_or("", |role| role.as_str()), of(line)))
        .collect()
}

#[test]
fn a_decision_adds_a_line_for_a_declared_role_only() {
    let decisions = "--- content/soa.md\n---\ntype: applicability\ndecisions:\n  - {control: M.2, roles: [customer, provider], applicable: true, reasons: [business]}\n---\n";
    let snapshot = snapshot(&format!("{CATALOG}{decisions}"));
    assert_eq!(
        lines(&snapshot),
        [("M.1", "provider", Applicability::Undecided), ("M.2", "provider", Applicability::Applicable)]
    );
}

#[test]
fn a_status_that_an_entry_states_is_not_derived_and_the_documents_evidence_counts() {
    let policy = "--- content/policy.md\n---\nid: POL-001\ntype: policy\nstatus: approved\nevidence: [Restore test]\ncontrols: [{id: M.1, status: partial, due: 2027-01-31}]\n---\n";
    let snapshot = snapshot(&format!("{CATALOG}{policy}"));
    let line = &snapshot.derived.soa.lines[0];
    assert_eq!((line.status, line.status_derived), (Some(ImplementationStatus::Partial), false));
    assert_eq!(line.evidence.len(), 1);
}

#[test]
fn an_approved_document_beside_a_planned_entry_makes_it_partial() {
    let policies = "--- content/a.md\n---\nid: POL-001\ntype: policy\nstatus: approved\ncontrols: [M.1]\n---\n\
        --- content/b.md\n---\nid: POL-002\ntype: policy\nstatus: approved\ncontrols: [{id: M.1, status: planned, due: 2027-01-31}]\n---\n";
    let snapshot = snapshot(&format!("{CATALOG}{policies}"));
    let line = &snapshot.derived.soa.lines[0];
    assert_eq!((line.status, line.status_derived), (Some(ImplementationStatus::Partial), true));
}

#[test]
fn a_decision_that_no_living_risk_speaks_for_selects_its_controls_itself() {
    let decision = "--- content/old.md\n---\nid: RSK-001\ntype: risk\nstatus: retired\n---\n\
        --- content/decision.md\n---\nid: DEC-001\ntype: decision\nrisks: [RSK-001]\ntreatment: modify\ncontrols: [M.1]\n---\n";
    let snapshot = snapshot(&format!("{CATALOG}{decision}"));
    assert_eq!(lines(&snapshot), [("M.1", "provider", Applicability::Applicable)]);
}
