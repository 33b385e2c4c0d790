//! The pages about risks: register, movement, treatment plan, acceptances, cloud services, risk sources.

use crate::support::render;
use std::fmt::Write;
use std::sync::Arc;

use ismsbook::site::{Site, SiteOptions};

use crate::support::snapshot;

const BOOK: &str = r#"
--- book.toml
[book]
languages = ["ja", "en"]
[people]
ciso = { ja = "情報セキュリティ責任者", en = "CISO" }
ops = { ja = "運用部長", en = "Operations manager" }
[isms]
controls = ["iso27017-2015"]
requirements = ["jip-isms517"]
risk_sources = ["mini"]
--- catalogs/mini.yaml
id: mini
kind: risk-sources
title: {en: Mini list, ja: 小さなリスク源一覧}
items:
  - {id: S.1, title: {en: Theft, ja: 盗難}}
  - {id: S.2, title: {en: Earthquake, ja: 地震}}
  - {id: S.3, title: {en: Flood, ja: 洪水}}
--- content/scope.md
---
id: SCP-001
type: scope
title: 適用範囲
status: approved
isms_relation: same
cloud_services:
  - {name: Kumo, roles: [provider], model: SaaS, provider: {ja: 当社, en: Our company}, uses: [Sora]}
  - {name: Sora, roles: [customer], model: IaaS, provider: ソラ社}
  - {name: Hako, roles: [customer], model: SaaS}
---
対象を定める。
--- content/policies/risk.md
---
id: PRO-001
type: procedure
title: リスクアセスメント手順
---
[[S.2]]は、当社が**建物を持たない**ため対象外とする。ほかは評価する。

| 番号 | 扱い |
|---|---|
| S.9 | 別の表 |
--- content/risks/a.md
---
id: RSK-001
type: risk
title: 乗っ取り
owner: ops
affects: [confidentiality, integrity]
sources: [S.1]
cloud_services: [Kumo, Sora]
threat: 推測したパスワードを使う。
likelihood: high
impact: very_high
treatment: modify
controls: ["27017:9.2.3"]
residual: {likelihood: low, impact: high}
accepted_by: ops
accepted_on: 2025-11-01
acceptance_expires: 2026-10-31
actions:
  - {what: 多要素認証を入れる, owner: ciso, due: 2026-10-01, status: open}
  - {what: 利用者に知らせる, due: 2027-01-10, status: in-progress}
---
本文。
--- content/risks/b.md
---
id: RSK-002
type: risk
title: ロックイン
owner: ciso
cloud_services: [Kumo]
likelihood: low
impact: medium
treatment: retain
residual: {likelihood: low, impact: medium}
---
本文。
--- content/risks/c.md
---
id: RSK-003
type: risk
title: 新しいリスク
---
本文。
--- content/decisions/d.md
---
id: DEC-001
type: decision
title: 保有の決定
risks: [RSK-002]
treatment: retain
decided_by: ciso
decided_on: 2026-06-01
expires: 2027-05-31
---
本文。
"#;

fn page(text: &str, path: &str) -> String {
    let site = Site::new(Arc::new(snapshot(text)), SiteOptions::default());
    let route = site.route(path).unwrap_or_else(|| panic!("no route {path}"));
    String::from_utf8_lossy(&site.render(&route).bytes).into_owned()
}

/// What stands between two texts on a page, without markup.
fn between(html: &str, from: &str, to: &str) -> String {
    let start = html.find(from).unwrap_or_else(|| panic!("no {from}")) + from.len();
    let end = html[start..].find(to).map_or(html.len(), |at| start + at);
    let mut text = String::new();
    let mut within = false;
    for c in html[start..end].chars() {
        match c {
            '<' => within = true,
            '>' => {
                within = false;
                text.push(' ');
            }
            c if !within => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_register_says_how_each_risk_moves_and_what_is_late() {
    let html = page(BOOK, "risk-register.html");
    let row = between(&html, "data-inherent=\"high\"", "</tr>");
    assert!(row.contains("高リスク (7)") && row.contains("中リスク (4)") && row.contains("3低下"), "{row}");
    assert!(row.contains("期限切れ") && row.contains("期限超過") && row.contains("運用部長"), "{row}");
    assert!(html.contains("data-state=\"open overdue unaccepted\""), "the filter finds what is late and not accepted");
    assert!(html.contains("推測したパスワードを使う。"), "the filter looks at the threat as well");
    let english = page(BOOK, "en/risk-register.html");
    let row = between(&english, "data-inherent=\"high\"", "</tr>");
    assert!(row.contains("Lower by 3") && row.contains("Operations manager"), "{row}");
}

#[test]
fn each_cell_of_a_heat_map_says_its_risks_and_leads_to_them() {
    let html = page(BOOK, "risk-register.html");
    let label = "起こりやすさ：高い、影響：非常に大きい、リスク値7（高リスク）：1件（RSK-001）";
    let cell = html.split("<a href=\"#inherent-3-4\"").nth(1).and_then(|rest| rest.split("</a>").next());
    assert!(cell.is_some_and(|cell| cell.contains(label)), "{cell:?}");
    assert!(html.contains("id=\"inherent-3-4\""));
}

#[test]
fn a_cell_of_the_home_page_leads_to_a_list_that_is_there() {
    let rated = BOOK.replace("title: 新しいリスク\n", "title: 新しいリスク\nlikelihood: very_high\nimpact: low\n");
    let home = page(&rated, "index.html");
    let register = page(&rated, "risk-register.html");
    let cells: Vec<&str> =
        home.split("href=\"risk-register.html#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(cells.contains(&"register") && cells.contains(&"residual-1-3"), "{cells:?}");
    // The state of a filter stands behind # as well.
    for anchor in cells.into_iter().filter(|anchor| !anchor.contains('=')) {
        assert!(register.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    }
}

#[test]
fn the_movement_is_a_drawing_and_a_table() {
    let html = page(BOOK, "risk-register.html");
    assert!(html.contains(
        "対応によってリスク値が下がるリスクは1件、変わらないものは1件、上がるものは0件。どちらかの評価を欠くものは1件。"
    ));
    assert!(html.contains("<title>高リスクから中リスク：1件</title>"));
    let table = between(&html, "id=\"movement-table\"", "</table>");
    assert!(table.contains("高リスク — 1件 RSK-001 —") && table.contains("中リスク — 1件 RSK-002 —"), "{table}");
    let english = page(BOOK, "en/risk-register.html");
    assert!(english.contains("Risks whose score is lower after treatment: 1. Unchanged: 1. Higher: 0."));
}

#[test]
fn the_matrix_in_use_is_told_whichever_it_is() {
    let shipped = page(BOOK, "risk-register.html");
    assert!(shipped.contains("ISO/IEC 27005:2008 附属書Eの例") && shipped.contains("低リスク <b>0–2</b>"));
    let product = BOOK.replace("[isms]", "[risk]\nmatrix = \"product-5x5\"\nacceptable = 4\n[isms]");
    let html = page(&product, "risk-register.html");
    assert!(
        html.contains("1〜5の2尺度の積") && html.contains("高リスク <b>13–25</b>") && html.contains("高リスク (20)")
    );
    let grid = "[risk]\nacceptable = 1\n[risk.matrix]\ntitle = {ja = \"当社の表\", en = \"Our grid\"}\n\
        likelihood = [{id = \"low\", title = {ja = \"まれ\", en = \"Rare\"}}, {id = \"high\", title = {ja = \"よくある\", en = \"Often\"}}]\n\
        impact = [{id = \"medium\"}, {id = \"very_high\"}]\ngrid = [[1, 2], [3, 9]]\n\
        levels = [{id = \"fine\", min = 1, max = 2, title = {ja = \"可\", en = \"Fine\"}}, {id = \"grave\", min = 3, max = 9, title = {ja = \"不可\", en = \"Grave\"}}]\n[isms]";
    let own = BOOK.replace("[isms]", grid);
    let html = page(&own, "risk-register.html");
    assert!(html.contains("リスクマトリクス：当社の表。") && html.contains("不可 (9)"), "{html}");
    assert!(page(&own, "en/risk-register.html").contains("Risk matrix: Our grid."));
}

#[test]
fn the_plan_has_actions_acceptances_and_decisions() {
    let html = page(BOOK, "treatment-plan.html");
    let row = between(&html, "data-state=\"open overdue\"", "</tbody>");
    for part in [
        "RSK-001 乗っ取り",
        "多要素認証を入れる",
        "情報セキュリティ責任者",
        "2026-10-01",
        "期限超過",
        "2027-01-10",
        "実施中",
    ] {
        assert!(row.contains(part), "{part} in {row}");
    }
    let acceptances = between(&html, "<table class=\"acceptances\">", "</table>");
    assert!(
        acceptances.contains("RSK-001 乗っ取り 中リスク (4) 運用部長 2025-11-01 2026-10-31 リスクの文書 期限切れ"),
        "{acceptances}"
    );
    assert!(acceptances.contains("DEC-001 保有の決定 有効"), "{acceptances}");
    let wanted = between(&html, "残留リスクが受容水準を超え、有効な受容がないリスク", "</div>");
    assert_eq!(wanted, "RSK-001");
    let decisions = between(&html, "<table class=\"decisions\">", "</table>");
    assert!(
        decisions.contains("DEC-001 保有の決定 リスク保有 RSK-002 情報セキュリティ責任者 2026-06-01 2027-05-31 有効"),
        "{decisions}"
    );
    assert!(between(&html, "対応の決まっていないリスク", "</div>").contains("RSK-003"));
    assert!(page(BOOK, "en/treatment-plan.html").contains("Acceptances of residual risks"));
}

#[test]
fn each_cloud_service_stands_with_its_risks_their_effects_and_owners() {
    let html = page(BOOK, "scope.html");
    let kumo = between(&html, "id=\"service-1\"", "id=\"service-2\"");
    for part in [
        "Kumo",
        "SaaS",
        "当社",
        "Sora",
        "2件",
        "RSK-001 乗っ取り 機密性、完全性 運用部長 高リスク (7)",
        "RSK-002 ロックイン 特性の記載なし",
    ] {
        assert!(kumo.contains(part), "{part} in {kumo}");
    }
    let hako = between(&html, "id=\"service-3\"", "</section>");
    assert!(hako.contains("このサービスを挙げたリスクがまだない。"), "{hako}");
    let register = between(&page(BOOK, "risk-register.html"), "<table class=\"services\">", "</table>");
    assert!(
        register.contains("Kumo クラウドサービスプロバイダ SaaS 当社 Sora 2件 高リスク (7) 中リスク (4)"),
        "{register}"
    );
    assert!(page(BOOK, "en/scope.html").contains("No risk names this service yet."));
}

#[test]
fn a_risk_source_is_considered_set_aside_in_words_or_missing() {
    let html = page(BOOK, "risk-sources.html");
    let table = between(&html, "<tbody>", "</tbody>");
    assert!(table.contains("S.1 盗難 検討済み RSK-001"), "{table}");
    assert!(
        table.contains("S.2 地震 対象外（記載あり） PRO-001 S.2は、当社が建物を持たないため対象外とする。 S.3"),
        "{table}"
    );
    assert!(html.contains("検討していないリスク源が1件ある。") && table.contains("S.3 洪水 未検討"), "{table}");
    let own = page(BOOK, "risk-sources/mini/S.2.html");
    assert!(own.contains("S.2は、当社が建物を持たないため対象外とする。"));
    let english = page(BOOK, "en/risk-sources.html");
    assert!(english.contains("Set aside in a text") && english.contains("lang=\"ja\">S.2は、"));
}

/// A risk as long as real ones are: two services, five controls, a title and texts in full sentences.
fn risk(at: usize) -> String {
    format!(
        "--- content/risks/{:02}/rsk-{at:04}.md\n---\nid: RSK-{at:04}\ntype: risk\n\
         title: {{ja: 利用者の認証情報が漏えいし、管理画面に不正に侵入されるリスク{at}, en: Credentials of users leak and the console is entered without permission {at}}}\n\
         owner: owner-{}\naffects: [confidentiality, integrity, availability]\ncloud_services: [Kumo, Sora]\n\
         threat: 攻撃者が、ほかのサービスから漏えいしたパスワードを使い回して、管理画面への侵入を繰り返し試みる。\n\
         vulnerability: 多要素認証を求めていない利用者が残っており、試行の回数にも制限がない。\n\
         likelihood: {}\nimpact: {}\ntreatment: modify\ncontrols: [A.5.15, A.5.17, A.8.{}, \"27017:9.2.3\", CLD.9.5.1]\n\
         residual: {{likelihood: low, impact: {}}}\naccepted_by: owner-{}\naccepted_on: 2026-06-01\nacceptance_expires: 2027-05-31\n\
         due: 2027-03-31\n---\n説明。\n",
        at % 40,
        at % 12,
        ["low", "medium", "high"][at % 3],
        ["medium", "high", "very_high"][at / 3 % 3],
        1 + at % 34,
        ["low", "medium"][at % 2],
        at % 12,
    )
}

#[test]
fn with_2000_risks_the_register_stays_under_2_mb() {
    let mut book = "--- book.toml\n[book]\nlanguages = [\"ja\", \"en\"]\n".to_owned();
    book.push_str("--- content/scope.md\n---\nid: SCP-001\ntype: scope\ntitle: Scope\ncloud_services: [{name: Kumo, roles: [provider], uses: [Sora]}, {name: Sora, roles: [customer]}]\n---\nText.\n");
    for at in 0..2_000 {
        write!(book, "{}", risk(at)).expect("memory");
    }
    let site = Site::new(Arc::new(snapshot(&book)), SiteOptions::default());
    for path in ["risk-register.html", "en/risk-register.html", "scope.html"] {
        let html = site.render(&site.route(path).expect("the page")).bytes;
        assert!(html.len() < 2_000_000, "{path}: {}", html.len());
        assert!(html.len() > 50_000, "{path}: {}", html.len());
    }
    assert!(site.findings().is_empty());
}

#[test]
fn the_steps_of_a_matrix_may_be_plain_words() {
    let snapshot = snapshot(
        "--- book.toml
[risk.matrix]
likelihood = [\"low\", \"middle\", \"high\"]
impact = [\"small\", \"great\"]
rule = \"product\"
levels = [{id = \"low\", min = 1, max = 2, title = \"Low\"}, {id = \"high\", min = 3, max = 9, title = \"High\"}]
--- content/risk.md
---
id: RSK-001
type: risk
title: Theft
likelihood: middle
impact: great
---
",
    );
    let faults = snapshot.checked.findings.iter().filter(|finding| ["BOK003", "RSK303"].contains(&finding.code));
    assert_eq!(faults.count(), 0);
    let rated = snapshot.derived.risks[0].inherent.expect("both halves are on the scale");
    assert_eq!((rated.likelihood, rated.impact, rated.score, rated.level), (1, 1, 4, 1));
    assert!(render(&snapshot, "risk.html").contains("middle"));
}

#[test]
fn a_scale_of_more_steps_than_anybody_tells_apart_is_cut_and_told() {
    let steps: Vec<String> = (1..=21).map(|step| format!("\"s{step}\"")).collect();
    let settings =
        format!("--- book.toml\n[risk.matrix]\nlikelihood = [{}]\nimpact = [\"a\", \"b\"]\n", steps.join(", "));
    let snapshot = snapshot(&settings);
    assert_eq!(snapshot.book.config.risk.matrix.likelihood.len(), 20);
    let told =
        snapshot.checked.findings.iter().filter(|finding| finding.code == "BOK003" && finding.variant == "scale");
    assert_eq!(told.count(), 1);
}
