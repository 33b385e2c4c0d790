//! Bare ids in running text: every form of the reference grammar, with the exact links and mentions.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use ismsbook::book::matcher::{Found, Matcher};
use ismsbook::book::{DocumentKey, Target};
use ismsbook::catalog::{self, Catalogs};
use ismsbook::config::Config;
use ismsbook::files::FilePath;
use ismsbook::id::{CatalogId, ItemId};
use ismsbook::text::{Span, Spanned};

/// Ids as other frameworks write them.
const OWN_CATALOG: &str = r#"
id: own
prefix: OWN
kind: controls
title: {en: Own controls}
items:
  - {id: CC6.1, title: {en: Logical access}}
  - {id: CC6.2, title: {en: New users}}
  - {id: CC6.3, title: {en: Changes}}
  - {id: CC7.1, title: {en: Detection}}
  - {id: "164.308(a)", title: {en: Administrative safeguards}}
  - {id: "164.308(a)(1)(i)", title: {en: Security management process}}
  - {id: AC-2, title: {en: Account management}}
  - {id: AC-2(1), title: {en: Automated account management}}
  - {id: AC-4, title: {en: Flow enforcement}}
  - {id: "8.3", title: {en: Strong authentication}}
"#;

const DOCUMENTS: [&str; 10] = [
    "POL-001",
    "POL-002",
    "規程-01",
    "規程－０２",
    "ISMS-B01-D01-100",
    "ISMS-POL-A.8.9",
    "Handbook",
    "P1",
    "CC6.1-GUIDE",
    "RISK-REGISTER",
];

/// What the tests look things up in.
struct World {
    catalogs: Catalogs,
    config: Config,
    documents: BTreeMap<String, DocumentKey>,
}

/// The shipped catalogs with the default configuration.
fn shipped() -> World {
    let documents = DOCUMENTS.iter().zip(0..).map(|(id, key)| ((*id).to_owned(), DocumentKey(key))).collect();
    World { catalogs: catalog::shipped().clone(), config: Config::default(), documents }
}

/// The same with a catalog of the user's own in use.
fn with_own() -> World {
    let mut world = shipped();
    let (own, findings) = catalog::load(&FilePath::new("catalogs/own.yaml"), OWN_CATALOG, &world.catalogs);
    assert!(findings.is_empty(), "{findings:?}");
    world.catalogs.insert(Arc::new(own.expect("the catalog can be read")));
    world.config.isms.controls.push(named("own"));
    world
}

/// A book of the edition of 2013.
fn of_2013() -> World {
    let mut world = shipped();
    world.config.isms.controls = vec![named("iso27001-2013")];
    world.config.isms.requirements = vec![named("iso27001-2013")];
    world
}

fn named(id: &str) -> Spanned<CatalogId> {
    Spanned::new(CatalogId::new(id), Span::default())
}

/// What was found in a text: `words→target`, with `+` before the items that a range only mentions.
fn found(world: &World, text: &str) -> String {
    let matcher = Matcher::new(&world.catalogs, &world.config, &world.documents);
    let shown = |found: &Found| {
        let mut shown = format!("{}→{}", &text[found.start..found.end], target(&found.target));
        if !found.between.is_empty() {
            let between: Vec<String> = found.between.iter().map(short).collect();
            let _ = write!(shown, " +{}", between.join("+"));
        }
        shown
    };
    matcher.find(text).iter().map(shown).collect::<Vec<_>>().join(" | ")
}

fn target(target: &Target) -> String {
    match target {
        Target::Item { item, part: None } => short(item),
        Target::Item { item, part: Some(part) } => format!("{} {part})", short(item)),
        Target::Document(key) => format!("doc {}", DOCUMENTS[key.0]),
        Target::Group { catalog, group } => format!("group {catalog}:{group}"),
        Target::Superseded { item, successors } => {
            format!("old {} (now {})", item.id, successors.iter().map(short).collect::<Vec<_>>().join(" "))
        }
        Target::Unknown { parent: Some(parent), .. } => format!("unknown below {}", short(parent)),
        Target::Unknown { parent: None, .. } => "unknown".to_owned(),
        Target::Ambiguous(ways) => format!("ambiguous {}", ways.join(" ")),
        Target::Backwards { from, to } | Target::Across { from, to } => {
            format!("no range {} {}", short(from), short(to))
        }
        Target::UnknownDocument => "unknown document".to_owned(),
    }
}

/// An id; of another catalog than ISO/IEC 27001:2022 with that catalog.
fn short(item: &ItemId) -> String {
    if item.catalog.as_str() == "iso27001-2022" { item.id.to_string() } else { item.to_string() }
}

fn check(world: &World, table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(text, expected)| {
            let found = found(world, text);
            (found != *expected).then(|| format!("{text}\n  expected {expected}\n  found    {found}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

/// Plain ids and their boundaries.
const IDS: &[(&str, &str)] = &[
    ("See A.5.15.", "A.5.15→A.5.15"),
    ("管理策A.5.15を適用する。", "A.5.15→A.5.15"),
    ("（A.5.21、A.5.22）", "A.5.21→A.5.21 | A.5.22→A.5.22"),
    ("A.8.26에서", "A.8.26→A.8.26"),
    ("A.6.1(선별)", "A.6.1→A.6.1"),
    ("A.12.4に対応", "A.12.4→unknown"),
    ("A.5.15's owner, \"A.5.16\" and [A.5.17]", "A.5.15→A.5.15 | A.5.16→A.5.16 | A.5.17→A.5.17"),
    ("A.5.1", "A.5.1→A.5.1"),
    ("A.5.10", "A.5.10→A.5.10"),
    ("A.5.15-アクセス制御", "A.5.15→A.5.15"),
    ("A.5.15: Access control", "A.5.15→A.5.15"),
    ("対象:A.5.15", "A.5.15→A.5.15"),
    ("A.9.4.1", "A.9.4.1→old A.9.4.1 (now A.8.3)"),
    ("A.9.2.1を参照", "A.9.2.1→old A.9.2.1 (now A.5.16)"),
    ("A.5.99", "A.5.99→unknown"),
    ("A.5.99を参照してください", "A.5.99→unknown"),
    ("A.8.8.4 and A.5.23.3", "A.8.8.4→unknown below A.8.8 | A.5.23.3→unknown below A.5.23"),
    ("A.9.2.1.3", ""),
    ("A.1.2 of our own appendix, A.25.1 too", ""),
    ("A.5 and A.8 alone, A.1 Scope", ""),
    ("A5.15, A8.1, A4", ""),
    ("a.5.15", ""),
    ("A.5.15a, A.5.15_x, A.5.15.md, A.5.15-based, xA.5.15", ""),
    ("A.5.1.", "A.5.1→A.5.1"),
    ("A.5.1234", ""),
    ("ISMS-IMP-A.5.1-2-6.1-2.S1", ""),
    ("19-A.5.22, v.A.5.22, x_A.5.22, path/A.5.22, C:\\A.5.22, me@A.5.22", ""),
    ("https://example.com/?id=A.5.15&x=A.5.16 A.5.17", "A.5.17→A.5.17"),
    ("https://example.jp/a:A.5.15を見る", ""),
    ("A 5.15", "A 5.15→A.5.15"),
    ("A\u{a0}5.15を適用", "A\u{a0}5.15→A.5.15"),
    ("A 5.99, A 1.2, a 5.15, A  5.15", ""),
    ("Ａ．５．１５を適用", "Ａ．５．１５→A.5.15"),
    ("「Ａ.５.１５」と（Ａ．５．１６）", "Ａ.５.１５→A.5.15 | Ａ．５．１６→A.5.16"),
    ("１．A.5.15の手順。終わる．A.5.16", "A.5.15→A.5.15 | A.5.16→A.5.16"),
    ("A.5.1²", "A.5.1→A.5.1"),
];

/// Ranges and lists.
const SERIES: &[(&str, &str)] = &[
    ("A.5.19–A.5.22", "A.5.19→A.5.19 +A.5.20+A.5.21 | A.5.22→A.5.22"),
    ("A.5.19-A.5.22", "A.5.19→A.5.19 +A.5.20+A.5.21 | A.5.22→A.5.22"),
    ("A.5.19—A.5.22", "A.5.19→A.5.19 +A.5.20+A.5.21 | A.5.22→A.5.22"),
    (
        "A.5.24~A.5.28 と A.8.1~A.8.5",
        "A.5.24→A.5.24 +A.5.25+A.5.26+A.5.27 | A.5.28→A.5.28 | A.8.1→A.8.1 +A.8.2+A.8.3+A.8.4 | A.8.5→A.8.5",
    ),
    ("A.5.9〜A.5.14", "A.5.9→A.5.9 +A.5.10+A.5.11+A.5.12+A.5.13 | A.5.14→A.5.14"),
    ("A.5.9～A.5.14", "A.5.9→A.5.9 +A.5.10+A.5.11+A.5.12+A.5.13 | A.5.14→A.5.14"),
    ("A.5.19 – A.5.22", "A.5.19→A.5.19 +A.5.20+A.5.21 | A.5.22→A.5.22"),
    ("A.5.19 - A.5.21", "A.5.19→A.5.19 +A.5.20 | A.5.21→A.5.21"),
    ("A.5.19 to A.5.22", "A.5.19→A.5.19 +A.5.20+A.5.21 | A.5.22→A.5.22"),
    ("A.5.1 bis A.5.4", "A.5.1→A.5.1 +A.5.2+A.5.3 | A.5.4→A.5.4"),
    ("A.5.19からA.5.21まで", "A.5.19→A.5.19 +A.5.20 | A.5.21→A.5.21"),
    ("A.5.19から21まで", "A.5.19→A.5.19 +A.5.20 | 21→A.5.21"),
    ("A.5.19から3営業日以内", "A.5.19→A.5.19"),
    ("A.5.24에서 A.5.26까지", "A.5.24→A.5.24 +A.5.25 | A.5.26→A.5.26"),
    ("A.5.15-18", "A.5.15→A.5.15 +A.5.16+A.5.17 | 18→A.5.18"),
    ("A.8.10-12", "A.8.10→A.8.10 +A.8.11 | 12→A.8.12"),
    ("A.8.20–22。", "A.8.20→A.8.20 +A.8.21 | 22→A.8.22"),
    ("A.5.15-16-18", "A.5.15→A.5.15 | 16→A.5.16 +A.5.17 | 18→A.5.18"),
    ("A.5.15〜5.18", "A.5.15→A.5.15 +A.5.16+A.5.17 | 5.18→A.5.18"),
    ("Ａ．５．１５～１８", "Ａ．５．１５→A.5.15 +A.5.16+A.5.17 | １８→A.5.18"),
    ("A.5.36–A.6.2", "A.5.36→A.5.36 | A.6.2→A.6.2"),
    ("A.5.22–A.5.19", "A.5.22→A.5.22 | A.5.19→A.5.19"),
    ("A.5.18-15, A.5.15-99, A.5.15-18x", ""),
    ("A.5.15 - 18 servers, A.5.16 to 18 people", "A.5.15→A.5.15 | A.5.16→A.5.16"),
    (
        "A.9.2.1–A.9.2.4",
        "A.9.2.1→old A.9.2.1 (now A.5.16) +iso27001-2013:A.9.2.2+iso27001-2013:A.9.2.3 | A.9.2.4→old A.9.2.4 (now A.5.17)",
    ),
    ("A.5.35–A.5.39", "A.5.35→A.5.35 | A.5.39→unknown"),
    ("A.8.6, A.8.7", "A.8.6→A.8.6 | A.8.7→A.8.7"),
    ("A.8.6 & A.8.7 and A.8.8 및 A.8.9", "A.8.6→A.8.6 | A.8.7→A.8.7 | A.8.8→A.8.8 | A.8.9→A.8.9"),
    ("A.8.31/A.8.33", "A.8.31→A.8.31 | A.8.33→A.8.33"),
    ("A.8.31／A.8.33", "A.8.31→A.8.31 | A.8.33→A.8.33"),
    ("A.5.31/5.32", "A.5.31→A.5.31 | 5.32→A.5.32"),
    ("A.5.31.1/5.31.2", "A.5.31.1→unknown below A.5.31 | 5.31.2→unknown below A.5.31"),
    ("A.6.4, 6.5 and 6.6", "A.6.4→A.6.4 | 6.5→A.6.5 | 6.6→A.6.6"),
    ("A.6.4、6.5及び6.6", "A.6.4→A.6.4 | 6.5→A.6.5 | 6.6→A.6.6"),
    ("A.6.4, 6.5% of staff, A.6.5, 10.5 days", "A.6.4→A.6.4 | A.6.5→A.6.5"),
    ("A.5.15, POL-001/POL-002", "A.5.15→A.5.15 | POL-001→doc POL-001 | POL-002→doc POL-002"),
    ("A.5.15 (access), 5.16", "A.5.15→A.5.15"),
];

/// Phrases with a standard, an annex, a clause.
const PHRASES: &[(&str, &str)] = &[
    ("Annex A 8.23", "Annex A 8.23→A.8.23"),
    ("Annex A.5.29 & A.5.30", "Annex A.5.29→A.5.29 | A.5.30→A.5.30"),
    ("Annex A: A.5.9", "Annex A: A.5.9→A.5.9"),
    ("Annex A, Control A.7.7", "Annex A, Control A.7.7→A.7.7"),
    ("Annex A Control 8.16", "Annex A Control 8.16→A.8.16"),
    ("Annex A controls 5.15, 5.16 and 5.17", "Annex A controls 5.15→A.5.15 | 5.16→A.5.16 | 5.17→A.5.17"),
    ("Annex A 5.19–5.22", "Annex A 5.19→A.5.19 +A.5.20+A.5.21 | 5.22→A.5.22"),
    ("附属書A 5.15", "附属書A 5.15→A.5.15"),
    ("附属書Ａの5.15を", "附属書Ａの5.15→A.5.15"),
    ("附属書A.5.15", "附属書A.5.15→A.5.15"),
    ("Anhang A 5.29", "Anhang A 5.29→A.5.29"),
    ("부속서 A 5.29", "부속서 A 5.29→A.5.29"),
    ("Annex A.12", "Annex A.12→group iso27001-2013:A.12"),
    ("Annex A.5–A.8", "Annex A.5→group iso27001-2022:A.5 | A.8→group iso27001-2022:A.8"),
    ("附属書A.8の管理策", "附属書A.8→group iso27001-2022:A.8"),
    ("Annex A 5.99", "Annex A 5.99→unknown"),
    ("Annex A, Annex A5.15, Annex A.1, Annex A 5 and Anhang A: 5.1 Ziele, Annexes A 5.x, Lampiran A", ""),
    ("ISO 27001 A.8.26", "ISO 27001 A.8.26→A.8.26"),
    ("ISO/IEC 27001:2022 – A.5.19", "ISO/IEC 27001:2022 – A.5.19→A.5.19"),
    ("27001:2022 (Control A.8.16)", "Control A.8.16→A.8.16"),
    ("ISO/IEC 27001:2013 A.9.2.1", "ISO/IEC 27001:2013 A.9.2.1→iso27001-2013:A.9.2.1"),
    (
        "ISO/IEC 27001:2013 A.9.2.1, A.9.2.2 and A.5.15",
        "ISO/IEC 27001:2013 A.9.2.1→iso27001-2013:A.9.2.1 | A.9.2.2→iso27001-2013:A.9.2.2 | A.5.15→A.5.15",
    ),
    ("ISO/IEC 27001:2013, A.9.2.1", "A.9.2.1→iso27001-2013:A.9.2.1"),
    (
        "ISO/IEC 27001:2013 Annex A.9.2–A.9.4",
        "ISO/IEC 27001:2013 Annex A.9.2→group iso27001-2013:A.9.2 | A.9.4→group iso27001-2013:A.9.4",
    ),
    ("ISO 27001:2013 A.12", "ISO 27001:2013 A.12→group iso27001-2013:A.12"),
    ("JIS Q 27001:2014 A.9.2.1", "JIS Q 27001:2014 A.9.2.1→iso27001-2013:A.9.2.1"),
    ("JIS Q 27001:2014の附属書A.9.2.1", "JIS Q 27001:2014の附属書A.9.2.1→iso27001-2013:A.9.2.1"),
    ("JIS Q 27001:2023 A.5.15", "JIS Q 27001:2023 A.5.15→A.5.15"),
    ("ＪＩＳ　Ｑ　２７００１：２０２３　Ａ．５．１５", "ＪＩＳ　Ｑ　２７００１：２０２３　Ａ．５．１５→A.5.15"),
    ("ISO/IEC 27001:2022 A.9.2.1", "ISO/IEC 27001:2022 A.9.2.1→old A.9.2.1 (now A.5.16)"),
    ("ISO/IEC 27001 A.9.2.1", "ISO/IEC 27001 A.9.2.1→old A.9.2.1 (now A.5.16)"),
    ("ISO/IEC 27001:2013 A.5.99", "ISO/IEC 27001:2013 A.5.99→unknown"),
    ("ISO/IEC 27001:2005 A.10.4.1", ""),
    ("ISO/IEC 27701 A.7.2.1, ISO/IEC 42001 Annex A 5.2, ISO 9001 clause 7.5, ISO 27001 6.1", ""),
    (
        "27001:A.5.15, iso27001-2013:A.9.2.1, 27001:6.1.3 d)",
        "27001:A.5.15→A.5.15 | iso27001-2013:A.9.2.1→iso27001-2013:A.9.2.1 | 27001:6.1.3 d)→6.1.3 d)",
    ),
    ("ISO/IEC 27001 Clause 6.1.3", "ISO/IEC 27001 Clause 6.1.3→6.1.3"),
    ("Clause 6.1.3 d) of ISO/IEC 27001", "Clause 6.1.3 d)→6.1.3 d)"),
    ("ISO 27001の要求事項のうち箇条 6.1.3 d)を", "箇条 6.1.3 d)→6.1.3 d)"),
    ("clauses 6.1.2 and 6.1.3 (ISO 27001)", "clauses 6.1.2→6.1.2 | 6.1.3→6.1.3"),
    ("ISO 27001, Abschnitt 9.2, Kapitel 4–10", "Abschnitt 9.2→9.2"),
    ("ISO/IEC 27001 clauses 4 to 10", ""),
    ("Clauses 7.1–7.4 of ISO 27001", "Clauses 7.1→7.1 +7.2+7.3 | 7.4→7.4"),
    ("JIP-ISMS517-1.0 の箇条4.2.1", "JIP-ISMS517-1.0 の箇条4.2.1→jip-isms517:4.2.1"),
    ("Clause 6.1.3 of this contract", ""),
    ("Clause 7.5 of ISO 9001, not of ISO 27001", ""),
    ("Clause 9.2 is ours. This text goes on for quite a while before it ever names the standard ISO 27001.", ""),
    ("ISO 27001 Section 4.2, § 3, §4.2", ""),
    ("ISO 27001 Controls 6.4, 6.5", "ISO 27001 Controls 6.4→A.6.4 | 6.5→A.6.5"),
    ("Controls 6.4, 6.5 of ISO 27001", "Controls 6.4→A.6.4 | 6.5→A.6.5"),
    ("Control 6.4 of the contract", ""),
    ("27017:9.2.3", "27017:9.2.3→iso27017-2015:9.2.3"),
    ("ISO/IEC 27017 9.2.3", "ISO/IEC 27017 9.2.3→iso27017-2015:9.2.3"),
    ("ISO/IEC 27017:2015 9.2.3", "ISO/IEC 27017:2015 9.2.3→iso27017-2015:9.2.3"),
    ("JIS Q 27017:2016の9.2.1及び9.2.2", "JIS Q 27017:2016の9.2.1→iso27017-2015:9.2.1 | 9.2.2→iso27017-2015:9.2.2"),
    (
        "27017:9.2.1-4",
        "27017:9.2.1→iso27017-2015:9.2.1 +iso27017-2015:9.2.2+iso27017-2015:9.2.3 | 4→iso27017-2015:9.2.4",
    ),
    ("27017:9.2, 27017:99.1.1", "27017:9.2→group iso27017-2015:9.2 | 27017:99.1.1→unknown"),
    ("9.2.3 alone, ISO/IEC 27017 2.0, ISO/IEC 27017 was, ISO/IEC 27017:2026 9.2.3", ""),
    ("CLD.6.3.1を含む", "CLD.6.3.1→iso27017-2015:CLD.6.3.1"),
    ("CLD.6.3.9", "CLD.6.3.9→unknown"),
    (
        "ISO/IEC 27017 CLD.9.5.1、CLD.9.5.2",
        "ISO/IEC 27017 CLD.9.5.1→iso27017-2015:CLD.9.5.1 | CLD.9.5.2→iso27017-2015:CLD.9.5.2",
    ),
    (
        "R.9 and ENISA:R.10 and ENISA R.11",
        "R.9→enisa-2009:R.9 | ENISA:R.10→enisa-2009:R.10 | ENISA R.11→enisa-2009:R.11",
    ),
    ("R.99, R9, R.9a", ""),
    ("VIRT:VR-1, but VR-1", "VIRT:VR-1→virtualization:VR-1"),
    (
        "JIP:4.2.1, JIP:4.2.2 d), JIP:4.2.2a",
        "JIP:4.2.1→jip-isms517:4.2.1 | JIP:4.2.2 d)→jip-isms517:4.2.2 d) | JIP:4.2.2a→jip-isms517:4.2.2 a)",
    ),
    ("X.1601:8.1.2, ITU-T X.1601 8.1.3", "X.1601:8.1.2→itu-x1601:8.1.2 | X.1601 8.1.3→itu-x1601:8.1.3"),
];

/// Documents, and numbers that are no ids.
const OTHERS: &[(&str, &str)] = &[
    ("POL-001を参照", "POL-001→doc POL-001"),
    ("POL-0011, POL-001-2, XPOL-001, POL-001.md, POL-003", ""),
    ("本規程-01による", "規程-01→doc 規程-01"),
    ("規程-011、規程-01-2", ""),
    ("規程-02と規程－０２", "規程-02→doc 規程－０２ | 規程－０２→doc 規程－０２"),
    ("ISMS-B01-D01-100", "ISMS-B01-D01-100→doc ISMS-B01-D01-100"),
    ("ISMS-POL-A.8.9 and A.8.9", "ISMS-POL-A.8.9→doc ISMS-POL-A.8.9 | A.8.9→A.8.9"),
    ("ISMS-POL-A.8.10", ""),
    ("the Handbook P1 of 1999", ""),
    ("no number, but RISK-REGISTER", "RISK-REGISTER→doc RISK-REGISTER"),
    ("https://example.com/POL-001", ""),
    ("2024-05-15, 15.05.2024, 5.15, 10:00~18:00, 8.1.1.1, 192.168.8.1, v5.15, TLS 1.2, 1.10", ""),
    ("第5.15条、5.15 節、図A.5、令和5年", ""),
    ("{{組織名}} §8.1 [Date] 5-10", ""),
    ("CC6.1, AC-2(1), 164.308(a)(1)(i)", ""),
    ("", ""),
];

/// The user's own catalog.
const OWN: &[(&str, &str)] = &[
    ("CC6.1 and A.5.15", "CC6.1→own:CC6.1 | A.5.15→A.5.15"),
    ("CC6.1の", "CC6.1→own:CC6.1"),
    ("CC6.1–CC6.3", "CC6.1→own:CC6.1 +own:CC6.2 | CC6.3→own:CC6.3"),
    ("CC6.1-3, CC6.1, 6.2", "CC6.1→own:CC6.1 +own:CC6.2 | 3→own:CC6.3 | CC6.1→own:CC6.1 | 6.2→own:CC6.2"),
    ("CC6.1–CC7.1", "CC6.1→own:CC6.1 | CC7.1→own:CC7.1"),
    ("CC6.1-GUIDE", "CC6.1-GUIDE→doc CC6.1-GUIDE"),
    ("CC9.9, CC6.1.2", "CC9.9→unknown | CC6.1.2→unknown below own:CC6.1"),
    ("164.308(a)(1)(i)", "164.308(a)(1)(i)→own:164.308(a)(1)(i)"),
    ("164.308(a)(1), 164.308", "164.308(a)→own:164.308(a)"),
    ("AC-2(1), AC-2 (1), AC-2(99)", "AC-2(1)→own:AC-2(1) | AC-2→own:AC-2 | AC-2→own:AC-2"),
    ("AC-2を、AC-22、AC-222", "AC-2→own:AC-2 | AC-22→unknown"),
    ("ＡＣ－２（１）", "ＡＣ－２（１）→own:AC-2(1)"),
    ("8.3, OWN:8.3, OWN 8.3", "OWN:8.3→own:8.3 | OWN 8.3→own:8.3"),
];

/// A book of the edition of 2013.
const EDITION_2013: &[(&str, &str)] = &[
    (
        "A.9.2.1 and A.5.15",
        "A.9.2.1→iso27001-2013:A.9.2.1 | A.5.15→old A.5.15 (now iso27001-2013:A.9.1.1 iso27001-2013:A.9.1.2)",
    ),
    ("ISO/IEC 27001:2022 A.5.15", "ISO/IEC 27001:2022 A.5.15→A.5.15"),
    ("A.12.4 and Annex A.12.4", "Annex A.12.4→group iso27001-2013:A.12.4"),
    (
        "A.9.2.1-4",
        "A.9.2.1→iso27001-2013:A.9.2.1 +iso27001-2013:A.9.2.2+iso27001-2013:A.9.2.3 | 4→iso27001-2013:A.9.2.4",
    ),
    ("CLD.6.3.1 and 27017:9.2.3", "CLD.6.3.1→iso27017-2015:CLD.6.3.1 | 27017:9.2.3→iso27017-2015:9.2.3"),
];

#[test]
fn plain_ids_link_and_parts_of_longer_ones_do_not() {
    check(&shipped(), IDS);
}

#[test]
fn ranges_and_lists_link_each_end_and_mention_what_lies_between() {
    check(&shipped(), SERIES);
}

#[test]
fn phrases_name_the_catalog_and_are_one_link() {
    check(&shipped(), PHRASES);
}

#[test]
fn documents_link_and_numbers_do_not() {
    check(&shipped(), OTHERS);
}

#[test]
fn ids_of_a_catalog_of_ones_own_link() {
    check(&with_own(), OWN);
}

#[test]
fn a_book_of_another_edition_links_that_edition() {
    check(&of_2013(), EDITION_2013);
}

#[test]
fn a_document_wins_over_a_control_with_its_id() {
    let mut world = shipped();
    world.documents.insert("A.5.15".to_owned(), DocumentKey(0));
    check(&world, &[("A.5.15 and A.5.16", "A.5.15→doc POL-001 | A.5.16→A.5.16")]);
}

#[test]
fn an_id_of_two_catalogs_is_ambiguous_as_a_control_and_no_link_as_a_risk_source() {
    let mut world = with_own();
    for (id, kind, item) in [("second", "controls", "CC6.1"), ("third", "risk-sources", "R.9")] {
        let text =
            format!("id: {id}\nkind: {kind}\ntitle: {{en: Rival}}\nitems: [{{id: {item}, title: {{en: Rival}}}}]\n");
        let rival = catalog::load(&FilePath::new("catalogs/rival.yaml"), &text, &world.catalogs).0;
        world.catalogs.insert(Arc::new(rival.expect("the catalog can be read")));
    }
    world.config.isms.controls.push(named("second"));
    world.config.isms.risk_sources.push(named("third"));
    let rows = [
        ("CC6.1, second:CC6.1", "CC6.1→ambiguous own:CC6.1 second:CC6.1 | second:CC6.1→second:CC6.1"),
        ("R.9, R.8, ENISA:R.9", "R.8→enisa-2009:R.8 | ENISA:R.9→enisa-2009:R.9"),
    ];
    check(&world, &rows);
}

/// Every text of the tables, cut into words and put together at random (the seed is fixed), with signs between.
#[test]
fn any_text_gives_ordered_links_on_whole_characters() {
    let world = with_own();
    let matcher = Matcher::new(&world.catalogs, &world.config, &world.documents);
    let rows = [IDS, SERIES, PHRASES, OTHERS, OWN, EDITION_2013].concat();
    let mut pieces: Vec<&str> =
        rows.iter().flat_map(|(text, _)| text.split_inclusive([' ', '、', '-', '.', ':'])).collect();
    pieces.extend(["", "/", "A.", "．", "～", "\u{a0}", "é", "😀", "(", "ISO", "から", "JIS Q ", "27001", "5.", "\0"]);
    let mut seed = 20_260_101_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or(0) % below
    };
    for _ in 0..4_000 {
        let text: String = (0..next(12)).map(|_| pieces[next(pieces.len())]).collect();
        let mut end = 0;
        for found in matcher.find(&text) {
            assert!(found.start >= end && found.end > found.start, "{text}");
            assert!(text.get(found.start..found.end).is_some(), "{text}");
            end = found.end;
        }
    }
}

/// Texts made to be read again and again: twice the text takes about twice the steps, so these end at once.
#[test]
fn hostile_texts_are_read_once() {
    let world = with_own();
    let matcher = Matcher::new(&world.catalogs, &world.config, &world.documents);
    for piece in [
        "A.5.1-A.5.2-",
        "A.5.1, ",
        "A.",
        "ISO/IEC ",
        "ISO 27001 clause ",
        "Clause 6.1 ",
        "A.5.1/5.2",
        "AC-2(1)(1)",
        "9",
        "Annex A ",
        "（",
        "規程-",
    ] {
        let text = piece.repeat(20_000);
        assert!(matcher.find(&text).len() <= 60_000, "{piece}");
    }
}
