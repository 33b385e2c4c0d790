//! The pages of the SoA: what an auditor reads first, what each word means, and the same lines in two orders.

use std::collections::BTreeSet;
use std::sync::Arc;

use ismsbook::project::Snapshot;
use ismsbook::site::{Site, SiteOptions};

use crate::own_book::own_files;
use crate::support::{snapshot, snapshot_of, today};

/// Two standards and a catalog of the book's own: M.1 has a line for each role and belongs to S.1, M.2 to S.2 and to S.1,
/// M.3 to nothing; the own catalog begins with CC6.1 and returns to a theme that it has left.
const BOOK: &str = r#"
--- book.toml
[book]
organization = "Kumo Works"
languages = ["en", "ja"]
[isms]
controls = ["standard", "cloud", "trust"]
requirements = []
risk_sources = []
[people]
ciso = {en = "Security officer", ja = "責任者"}
--- catalogs/standard.yaml
id: standard
kind: controls
title: Standard
groups:
  - {id: S, title: {en: Basics, ja: 基本}}
items:
  - {id: S.1, group: S, title: {en: First, ja: 一つめ}}
  - {id: S.2, group: S, title: {en: Second, ja: 二つめ}}
--- catalogs/cloud.yaml
id: cloud
kind: controls
title: Cloud
roles:
  - {id: customer, title: {en: Cloud customer, ja: カスタマ}, label: CSC}
  - {id: provider, title: {en: Cloud provider, ja: プロバイダ}, label: CSP}
items:
  - {id: M.1, title: Shared, guidance: {customer: Ask., provider: Tell.}}
  - {id: M.2, title: Removal, guidance: {provider: Do.}}
  - {id: M.3, title: Apart, guidance: {customer: Look.}}
mappings:
  - to: standard
    pairs:
      - {from: M.1, to: S.1, relation: by-number}
      - {from: M.2, to: S.2, relation: judgement}
      - {from: M.2, to: S.1, relation: judgement}
--- catalogs/trust.yaml
id: trust
kind: controls
title: Trust
groups:
  - {id: CC6, title: Access}
  - {id: CC7, title: Operation}
items:
  - {id: CC6.1, group: CC6, title: Keys}
  - {id: CC6.2, group: CC7, title: Logs}
  - {id: CC6.3, group: CC6, title: Doors}
--- content/isms-scope.md
---
id: SCP-001
type: scope
title: Scope of the ISMS
cloud_services: [{name: Box, roles: [customer, provider]}]
---
Text.
--- content/policy.md
---
id: POL-001
type: policy
title: Policy
status: approved
controls: [S.1, CC6.1]
---
Text.
--- content/statement.md
---
id: SOA-001
type: applicability
title: Statement
version: "2.1"
approver: ciso
approved: 2026-10-01
decisions:
  - {control: M.2, applicable: true, reasons: [business], justification: Customers ask., status: planned, due: 2027-01-31}
  - {control: S.2, applicable: false, justification: Nothing of the kind.}
---
Text.
"#;

fn site(snapshot: Snapshot) -> Site {
    Site::new(Arc::new(snapshot), SiteOptions::default())
}

fn page(site: &Site, path: &str) -> String {
    let route = site.route(path).unwrap_or_else(|| panic!("the page {path}"));
    String::from_utf8(site.render(&route).bytes.to_vec()).expect("UTF-8")
}

/// What stands between two texts.
fn between<'h>(html: &'h str, from: &str, to: &str) -> &'h str {
    let after = html.split_once(from).unwrap_or_else(|| panic!("no {from}")).1;
    after.split_once(to).unwrap_or_else(|| panic!("no {to}")).0
}

fn attributes<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    html.split(&format!(" {name}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_statement_of_the_own_book_is_light() {
    let site = site(snapshot_of(own_files(), today()));
    for path in ["soa.html", "en/soa.html", "soa-by-control.html", "en/soa-by-control.html"] {
        let bytes = page(&site, path).len();
        assert!(bytes < 240_000, "{path}: {bytes}");
    }
}

#[test]
fn an_auditor_reads_first_which_statement_it_is() {
    let html = page(&site(snapshot(BOOK)), "soa.html");
    let facts = between(&html, "document-facts", "</dl>");
    for said in ["Kumo Works", "SOA-001", "2.1", "Security officer", "2026-10-01", "SCP-001", "Standard", "2026-11-22"]
    {
        assert!(facts.contains(said), "{said} is not in {facts}");
    }
    for file in ["soa.xlsx", "soa.csv", "soa.json", "soa.md"] {
        assert!(html.contains(&format!("href=\"{file}\" download")), "{file}");
    }
}

#[test]
fn the_legend_explains_what_is_shown_and_nothing_else() {
    let site = site(snapshot(BOOK));
    let english = between(&page(&site, "soa.html"), "id=\"legend\"", "</details>").to_owned();
    for shown in ["The kind of reason", "Good practice", "A contract asks", "At work in part", "What shows it at work"]
    {
        assert!(!english.contains(shown), "{shown} explains what no line and no column has");
    }
    for shown in
        ["<dt>Business need</dt>", "<dt>Planned</dt>", "<dt>derived</dt>", "<dt>CSC</dt><dd>Cloud customer</dd>"]
    {
        assert!(english.contains(shown), "{shown} is not in {english}");
    }
    let japanese = page(&site, "ja/soa.html");
    let legend = between(&japanese, "id=\"legend\"", "</details>");
    for shown in ["<dt>自動</dt><dd>人が書いたものではなく", "<dt>業務上の必要</dt>", "<dd>カスタマ</dd>"]
    {
        assert!(legend.contains(shown), "{shown} is not in {legend}");
    }
    assert!(japanese.contains("<summary>表の読み方</summary>"));
}

#[test]
fn what_is_derived_is_marked_on_the_line_and_explained_once() {
    let html = page(&site(snapshot(BOOK)), "soa.html");
    let line = between(&html, "<tr id=\"S.1\"", "</tr>");
    assert_eq!(line.matches("<span class=\"derived\">derived</span>").count(), 2, "{line}");
    let excluded = between(&html, "<tr id=\"S.2\"", "</tr>");
    assert!(!excluded.contains("derived") && excluded.contains("data-applicability=\"excluded\""), "{excluded}");
    assert!(attributes(between(&html, "<table class=\"soa\">", "</main>"), "title").is_empty());
}

#[test]
fn lines_are_counted_by_standard_role_and_theme() {
    let site = site(snapshot(BOOK));
    let html = page(&site, "soa.html");
    let counts = between(&html, "class=\"soa-counts\"", "</details>");
    let row = |label: &str| -> Vec<String> {
        let row = between(counts, &format!(">{label}</a>"), "</tr>");
        row.split("<td class=\"right\">")
            .skip(1)
            .map(|cell| cell.split('<').next().unwrap_or_default().to_owned())
            .collect()
    };
    // Lines, applicable, implemented, planned, excluded, undecided: nothing is partial, not implemented or without a status.
    assert_eq!(row("Standard"), ["2", "1", "1", "0", "1", "0"]);
    assert_eq!(row("Basics"), row("Standard"));
    assert_eq!(row("Cloud provider"), ["2", "1", "0", "1", "0", "1"]);
    assert_eq!(row("Cloud customer"), ["2", "0", "0", "0", "0", "2"]);
    assert!(page(&site, "ja/soa.html").contains("テーマ別及び立場別の件数"));
}

#[test]
fn an_own_catalog_is_a_section_of_additional_controls() {
    let site = site(snapshot(BOOK));
    let html = page(&site, "soa.html");
    let trust = between(&html, "<section id=\"trust\"", "</section>");
    assert!(trust.contains("Additional controls") && trust.contains("<tr id=\"CC6.1\""), "{trust}");
    assert!(page(&site, "ja/soa.html").contains("追加の管理策"));
    // A theme that comes again has its title again, and no second anchor.
    assert_eq!(trust.matches(">CC6 Access</th>").count(), 2, "{trust}");
    let anchors = attributes(&html, "id");
    assert_eq!(anchors.len(), anchors.iter().collect::<BTreeSet<_>>().len(), "{anchors:?}");
    let themes: BTreeSet<&str> =
        attributes(&html, "data-group").into_iter().filter(|theme| !theme.is_empty()).collect();
    let choices: BTreeSet<&str> = attributes(between(&html, "name=\"group\"", "</select>"), "value")
        .into_iter()
        .filter(|choice| !choice.is_empty())
        .collect();
    assert_eq!(choices, themes);
}

#[test]
fn the_lines_of_a_shipped_standard_are_no_additional_controls() {
    assert!(!page(&site(snapshot("--- book.toml\n")), "soa.html").contains("Additional controls"));
}

#[test]
fn each_control_has_the_lines_of_other_catalogs_under_it() {
    let site = site(snapshot(BOOK));
    let html = page(&site, "soa-by-control.html");
    let rows: Vec<&str> = html.split("<tr id=\"").skip(1).filter_map(|row| row.split('"').next()).collect();
    assert_eq!(
        rows,
        ["S.1", "M.1-customer", "M.1-provider", "S.2", "M.2-provider", "M.3-customer", "CC6.1", "CC6.2", "CC6.3"]
    );
    // M.2 stands under the control closest to it, and the other one tells where.
    let first = between(&html, "<tr id=\"S.1\"", "</tr>");
    assert!(first.contains("See also: <a href=\"#M.2-provider\">M.2</a>"), "{first}");
    assert!(html.contains("Cloud: no corresponding control") && html.contains("closest to it in our judgement"));
    assert!(html.contains("href=\"soa.html\">By standard</a>") && html.contains("href=\"soa.html#legend\""));
    assert!(page(&site, "soa.html").contains("href=\"soa-by-control.html\">By control</a>"));
    let japanese = page(&site, "ja/soa-by-control.html");
    assert!(japanese.contains("適用宣言書（管理策別）") && japanese.contains("Cloud：対応する管理策のない行"));
}

#[test]
fn every_line_of_the_own_book_stands_under_its_control_once() {
    let snapshot = snapshot_of(own_files(), today());
    let lines = snapshot.derived.soa.lines.len();
    let html = page(&site(snapshot), "soa-by-control.html");
    let rows: BTreeSet<&str> = html.split("<tr id=\"").skip(1).filter_map(|row| row.split('"').next()).collect();
    assert_eq!((html.matches("<tr id=\"").count(), rows.len()), (lines, lines));
    assert!(!html.contains("対応する管理策のない行"));
    let privileged = between(&html, "<tr id=\"A.8.2\"", "</tbody>");
    assert!(
        privileged.contains("<tr id=\"27017-9.2.3-customer\"")
            && privileged.contains("<tr id=\"27017-9.2.3-provider\"")
    );
}

#[test]
fn catalogs_that_do_not_know_each_other_are_told_so_kindly() {
    let alone = BOOK.replace("[\"standard\", \"cloud\", \"trust\"]", "[\"standard\", \"trust\"]");
    let site = site(snapshot(&alone));
    assert!(page(&site, "soa-by-control.html").contains("nothing to bring together"));
    assert!(page(&site, "ja/soa-by-control.html").contains("対応関係がない"));
    assert!(!page(&site, "soa.html").contains("soa-by-control.html"));
}
