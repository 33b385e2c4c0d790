//! The pages about controls and requirements: coverage, editions and mappings, what proves a requirement, nonconformities.

use std::sync::Arc;

use ismsbook::site::{Site, SiteOptions};

use crate::support::snapshot;

fn site(text: &str) -> Site {
    Site::new(Arc::new(snapshot(text)), SiteOptions::default())
}

fn page(site: &Site, path: &str) -> String {
    let route = site.route(path).unwrap_or_else(|| panic!("no route {path}"));
    String::from_utf8_lossy(&site.render(&route).bytes).into_owned()
}

/// What stands between two texts on a page, without markup.
fn between(html: &str, from: &str, to: &str) -> String {
    let start = html.find(from).unwrap_or_else(|| panic!("no {from}")) + from.len();
    let end = html[start..].find(to).map_or(html.len(), |at| start + at);
    let tags = html[start..end].split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    tags.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

const COVERED: &str = r"
--- book.toml
[book]
languages = ['ja', 'en']
[isms]
controls = ['iso27001-2022', 'iso27017-2015']
requirements = ['iso27001-2022']
--- content/policy.md
---
id: POL-001
type: policy
title: アクセス制御規程
status: approved
controls: [A.5.15, A.8.2, {id: '27017:9.2.3', roles: [provider]}]
---
本文。
--- content/draft.md
---
id: POL-002
type: policy
title: 監視規程
status: draft
controls: [A.8.16]
---
本文。
--- content/idle.md
---
id: PRO-001
type: procedure
title: 会議の手順
status: approved
requirements: ['9.3.3']
---
本文。
--- content/record.md
---
id: REC-001
type: record
title: 議事録
---
本文。
--- content/obligation.md
---
id: OBL-001
type: obligation
title: 契約
controls: [A.5.34]
---
本文。
";

#[test]
fn the_coverage_tells_approved_documents_drafts_and_none_apart() {
    let site = site(COVERED);
    let html = page(&site, "coverage.html");
    let drafts = between(&html, "承認済みの文書がなく、未承認の文書だけで実施する管理策が1件ある。", "</div>");
    assert_eq!(drafts, "A.8.16 監視活動 ← POL-002 草案");
    assert!(between(&html, "適用する管理策のうち、実施する文書のないものが1件ある。", "</div>").contains("A.5.34"));
    let themes = between(&html, "id=\"iso27001-2022-themes\"", "</table>");
    assert!(themes.contains("A.5 組織的管理策 37 1 – 1 – 35"), "{themes}");
    assert!(themes.contains("A.8 技術的管理策 34 1 1 – – 32"), "{themes}");
    let attributes = between(&html, "id=\"iso27001-2022-attributes\"", "</details>");
    assert!(
        attributes.contains("管理策のタイプ 予防") && attributes.contains("情報セキュリティ特性 機密性"),
        "{attributes}"
    );
    let detective = attributes.split("検知").nth(1).expect("detective controls");
    assert!(detective.starts_with(" 13 – 1 – – 12") || detective.contains(" 1 "), "{detective}");
    let row =
        between(&html, "<th scope=\"row\"><a class=\"ref\" href=\"controls/iso27001-2022/A.8.16.html\">", "</tr>");
    assert!(row.contains("未承認の文書で実施"), "{row}");
    let cloud = between(&html, "href=\"controls/iso27017-2015/9.2.3.html\">", "</tr>");
    assert!(cloud.contains("CSP"), "the matrix names the one role: {cloud}");
    assert!(!html.contains("id=\"iso27017-2015-attributes\""), "a catalog without attributes has no table of them");
}

#[test]
fn documents_that_implement_nothing_are_listed_and_records_are_not() {
    let html = page(&site(COVERED), "coverage.html");
    let idle = between(&html, "<h2 id=\"idle\">", "<h2 id=\"by-document-title\">");
    assert!(idle.contains("PRO-001 会議の手順") && idle.contains("27001:9.3.3"), "{idle}");
    assert!(!idle.contains("REC-001") && !idle.contains("POL-001"), "{idle}");
    let english = page(&site(COVERED), "en/coverage.html");
    assert!(english.contains("Documents that implement no control") && english.contains("Drafts only"));
}

/// A book whose documents name controls of the 2013 edition.
fn edition(controls: &str) -> String {
    format!(
        "--- book.toml\n[book]\nlanguages = [\"ja\", \"en\"]\n[isms]\ncontrols = [{controls}]\nrequirements = [{}]\n\
         --- content/policy.md\n---\nid: POL-001\ntype: policy\ntitle: 規程\nstatus: approved\ncontrols: [A.9.2.1]\nrequirements: [\"7.5.3\"]\n---\nA.12.4.1も見る。\n",
        if controls.contains("2022") { "\"iso27001-2022\"" } else { "\"iso27001-2013\"" }
    )
}

#[test]
fn a_book_on_the_2013_edition_builds_as_one_on_2022_does() {
    let snapshot = snapshot(&edition("\"iso27001-2013\""));
    assert_eq!(snapshot.derived.soa.lines.len(), 114);
    let old = Site::new(Arc::new(snapshot), SiteOptions::default());
    let control = page(&old, "controls/iso27001-2013/A.9.2.1.html");
    assert!(control.contains("href=\"../../policy.html\""), "the policy implements it");
    assert!(page(&old, "policy.html").contains("href=\"controls/iso27001-2013/A.12.4.1.html\""));
    assert!(page(&old, "requirements/iso27001-2013/7.5.3.html").contains("POL-001"));
    assert!(page(&old, "soa.html").contains("A.18.2.3"));
    assert!(old.route("controls/iso27001-2022/A.5.15.html").is_none());
    // The ids are those of the edition in use: nothing is old.
    assert!(page(&old, "transition.html").contains("旧版の番号は使われていない。"));

    let new = site(&edition("\"iso27001-2022\""));
    let html = page(&new, "transition.html");
    let used = between(&html, "<h2 id=\"used\">", "</table>");
    assert!(used.contains("A.9.2.1 利用者登録及び登録削除 ISO/IEC 27001:2013 A.5.16"), "{used}");
    assert!(used.contains("POL-001 規程"), "{used}");
}

#[test]
fn both_editions_may_be_active_at_once() {
    let text = edition("\"iso27001-2013\", \"iso27001-2022\", \"iso27017-2015\"")
        .replace("A.9.2.1]", "A.9.2.1, A.5.16, \"27017:9.2.1\"]");
    let snapshot = snapshot(&text);
    assert_eq!(snapshot.derived.soa.lines.len(), 114 + 93 + 79);
    assert!(!snapshot.checked.findings.iter().any(|finding| finding.code.starts_with("REF")), "every id is found");
    let site = Site::new(Arc::new(snapshot), SiteOptions::default());
    for path in [
        "controls/iso27001-2013/A.9.2.1.html",
        "controls/iso27001-2022/A.5.16.html",
        "controls/iso27017-2015/9.2.1.html",
    ] {
        assert!(page(&site, path).contains("href=\"../../policy.html\""), "{path}");
    }
    let html = page(&site, "transition.html");
    assert!(between(&html, "<h2 id=\"used\">", "</table>").contains("A.9.2.1 利用者登録及び登録削除"));
    for table in ["iso27001-2013-to-iso27001-2022", "iso27001-2022-to-iso27001-2013", "iso27017-2015-to-iso27001-2022"]
    {
        assert!(html.contains(&format!("id=\"{table}\"")), "{table}");
    }
}

#[test]
fn the_mapping_tables_go_both_ways_with_the_relation_in_words() {
    let site = site("--- book.toml\n[book]\nlanguages = [\"ja\", \"en\"]\n");
    let html = page(&site, "transition.html");
    let forth = between(&html, "id=\"iso27001-2013-to-iso27001-2022\"", "</details>");
    assert!(forth.contains("A.9.2.1 利用者登録及び登録削除 A.5.16 識別情報の管理 更新"), "{forth}");
    let back = between(&html, "id=\"iso27001-2022-to-iso27001-2013\"", "</details>");
    assert!(back.contains("A.5.7 脅威インテリジェンス この版で新設"), "{back}");
    let cloud = between(&html, "id=\"iso27017-2015-to-iso27001-2022\"", "</details>");
    assert!(cloud.contains("9.2.1") && cloud.contains("A.5.16 識別情報の管理 対応する管理策"), "{cloud}");
    assert!(html.contains("id=\"iso27001-2022-to-iso27017-2015\""));
    assert!(html.len() < 200_000, "{}", html.len());
    let english = page(&site, "en/transition.html");
    assert!(between(&english, "id=\"iso27001-2013-to-iso27001-2022\"", "</details>").contains("merged"), "{english}");
}

const CLOUD: &str = r#"
--- book.toml
[book]
languages = ["ja", "en"]
--- content/scope.md
---
id: SCP-001
type: scope
title: 適用範囲
status: approved
isms_relation: part
cloud_services:
  - {name: Kumo, roles: [provider], uses: [Sora]}
  - {name: Sora, roles: [customer]}
---
対象。
--- content/risk.md
---
id: RSK-001
type: risk
title: 乗っ取り
cloud_services: [Kumo]
affects: [integrity]
treatment: modify
---
本文。
--- content/audit.md
---
id: AUD-001
type: audit
title: 内部監査
status: approved
audited_on: 2026-09-01
roles: [provider]
controls: ["CLD.6.3.1", A.5.15]
nonconformities:
  - {id: NC-1, control: A.5.15, grade: minor, text: 権限の棚卸しが遅れていた。, owner: it, due: 2026-10-31}
  - {id: NC-2, control: A.5.15, grade: major, text: 共有の利用者番号があった。, owner: it, due: 2026-10-01, closed_on: 2026-09-30}
  - {id: NC-3, requirement: "7.5.3", grade: observation, text: 版の表示が抜けていた。}
---
本文。
"#;

#[test]
fn a_requirement_says_what_was_looked_for_what_is_there_and_what_is_missing() {
    let site = site(CLOUD);
    let scope = page(&site, "requirements/jip-isms517/4.1.html");
    let aspects = between(&scope, "id=\"aspects-title\"", "id=\"wanted-title\"");
    assert!(aspects.contains("全てのクラウドサービスの名称と立場 あり 2件のうち2件"), "{aspects}");
    assert!(!aspects.contains("不足"), "{aspects}");
    let risks = page(&site, "requirements/jip-isms517/4.2.1.html");
    let aspects = between(&risks, "id=\"aspects-title\"", "id=\"wanted-title\"");
    assert!(aspects.contains("適用範囲の各クラウドサービスに、一つ以上のリスク 一部不足 2件のうち1件"), "{aspects}");
    assert!(aspects.contains("`cloud_services`") || aspects.contains("cloud_services"), "{aspects}");
    assert!(
        aspects.contains(
            "クラウドサービスの各リスクのリスク所有者 なし 1件のうち0件 リスク所有者を owner に書く。 RSK-001"
        ),
        "{aspects}"
    );
    let audit =
        between(&page(&site, "requirements/jip-isms517/4.3.html"), "id=\"aspects-title\"", "id=\"wanted-title\"");
    assert!(audit.contains("JIP-ISMS517の要求事項を対象とする内部監査 なし 該当するものがない"), "{audit}");
    assert!(audit.contains("適用範囲の全ての立場を対象とする直近の内部監査 一部不足 2件のうち1件"), "{audit}");
    let english = page(&site, "en/requirements/jip-isms517/4.2.1.html");
    assert!(english.contains("What else was looked for") && english.contains("1 of 2"));
    let overview = page(&site, "requirements.html");
    assert!(
        overview.contains("適用範囲の各クラウドサービスに、一つ以上のリスク"),
        "the overview names what is missing"
    );
}

#[test]
fn nonconformities_stand_where_they_belong_the_open_ones_first() {
    let site = site(CLOUD);
    let control = page(&site, "controls/iso27001-2022/A.5.15.html");
    assert!(control.contains("是正の終わっていない不適合が1件ある。"));
    let open = control.find("NC-1").expect("the overdue one");
    assert!(open < control.find("NC-2").expect("the closed one"));
    let first = between(&control, "NC-1", "NC-2");
    assert!(first.contains("軽微 期限超過 権限の棚卸しが遅れていた。") && first.contains("2026-10-31"), "{first}");
    assert!(between(&control, "NC-2", "</section>").contains("重大 完了（2026-09-30）"));
    assert!(control.contains("href=\"../../audit.html#page-nonconformities\""));
    let requirement = page(&site, "en/requirements/iso27001-2022/7.5.3.html");
    assert!(requirement.contains("NC-3") && requirement.contains("Nonconformities that are not closed: 1"));
}

#[test]
fn the_page_of_an_item_shows_its_own_findings_in_the_preview_too() {
    let options = SiteOptions { preview: true, ..SiteOptions::default() };
    let book = format!(
        "{CLOUD}--- content/plan.md\n---\nid: SOA-001\ntype: applicability\ntitle: 適用宣言書\ndecisions: [{{control: A.7.4, applicable: false}}]\n---\n本文。\n"
    );
    let site = Site::new(Arc::new(snapshot(&book)), options);
    let control = page(&site, "controls/iso27001-2022/A.7.4.html");
    assert!(control.contains("id=\"page-findings\"") && control.contains("findings.html#SOA202"), "{control}");
    let source = page(&site, "risk-sources/enisa-2009/R.9.html");
    assert!(source.contains("findings.html#RSK315"), "{source}");
    let requirement = page(&site, "requirements/iso27001-2022/6.2.html");
    assert!(requirement.contains("findings.html#REQ501"), "{requirement}");
}
