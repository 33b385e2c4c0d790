//! The law of anchors: an id stands once on a page, and a link lands where its author meant.

use std::collections::BTreeMap;
use std::sync::Arc;

use ismsbook::site::links::landing;
use ismsbook::site::parsed::Parsed;
use ismsbook::site::{Site, SiteOptions};

use crate::support::{render, snapshot};

/// The words of the element that a link with these words leads to on its own page; of the cell, item or heading around an
/// empty one.
fn lands(page: &Parsed, words: &str) -> String {
    let link = page.nodes().find(|(at, node)| node.is("a") && page.text(*at) == words).map(|(_, node)| node);
    let href = link.and_then(|link| link.attribute("href")).unwrap_or_else(|| panic!("a link {words}"));
    let id = percent_encoding::percent_decode_str(href.trim_start_matches('#')).decode_utf8().expect("UTF-8");
    let goals: Vec<usize> =
        page.nodes().filter(|(_, node)| node.attribute("id") == Some(&*id)).map(|(at, _)| at).collect();
    assert_eq!(goals.len(), 1, "{words}: {href}");
    let mut at = goals[0];
    while page.text(at).trim().is_empty() {
        at = page.parent(at).expect("something around it");
    }
    page.text(at).trim().to_owned()
}

#[test]
fn a_link_lands_on_the_heading_that_its_author_meant() {
    let book = "--- content/a.md\n# Sites\n\n[Osaka](#scope-2) [特権](#privileged-access) [棚卸し](#review) [search](#search) [own](#page-content) [numbered](#5.1-方針)\n\n\
        ## Scope\n\nTokyo.\n\n## Scope\n\nNagoya.\n\n## Scope\n\nOsaka.\n\n## Search\n\n## 特権的アクセス権{#privileged-access}\n\n## 棚卸し {#review}\n\n## Review\n\n## Mine {#page-content}\n\n## 5.1 方針\n\n## 51 方針\n";
    let snapshot = snapshot(book);
    assert!(snapshot.checked.findings.iter().all(|finding| finding.code != "REF105"));
    let html = render(&snapshot, "a.html");
    let page = Parsed::new(&html);
    let third = html.find("id=\"scope-2\"").expect("an anchor");
    assert!(html[third..].contains("Osaka.") && !html[third..].contains("Nagoya."));
    let goals = [
        ("特権", "特権的アクセス権"),
        ("棚卸し", "棚卸し"),
        ("search", "Search"),
        ("own", "Mine"),
        ("numbered", "5.1 方針"),
    ];
    for (words, heading) in goals {
        assert_eq!(lands(&page, words), heading);
    }
}

#[test]
fn an_anchor_in_raw_html_is_honoured_wherever_it_stands() {
    let book = "--- content/a.md\n# Backup\n\n[restore](#restore) [media](#media) [old](#old) [table](#row) [block](#block) [twice](#twice) [span](#span)\n\n\
        - <a name=\"restore\"></a>Restore test\n- <a id=\"media\"></a>Media\n\n### Disposal <a name=\"old\"></a>\n\n| <a name='row'></a>Item | Value |\n|---|---|\n| a | b |\n\n\
        <div id=\"block\">\n\nIn a block.\n\n</div>\n\n<a name=\"twice\"></a>First.\n\n<a name=\"twice\" id=\"twice\"></a>Second.\n\n<span id=span>Spanned</span>\n";
    let snapshot = snapshot(book);
    assert!(snapshot.checked.findings.iter().all(|finding| finding.code != "REF105"));
    let page = Parsed::new(&render(&snapshot, "a.html"));
    let goals = [
        ("restore", "Restore test"),
        ("media", "Media"),
        ("old", "Disposal"),
        ("table", "Item"),
        ("block", "In a block."),
        ("twice", "First."),
        ("span", "Spanned"),
    ];
    for (words, goal) in goals {
        assert_eq!(lands(&page, words), goal);
    }
}

/// Headings, raw HTML and footnotes that all want the same anchors, and those of the layout.
const CLASHES: [&str; 10] = [
    "## Scope\n## Scope\n## Scope 1\n## scope\n## Scope {#scope-1}\n<a name=\"scope\"></a><b id=\"scope-2\">x</b>\n",
    "## A.1\n## A1\n## A 1\n## A-1\n## 1 A\n## _1-A\n## {#a-1}\n## x{#a-1}\n",
    "## Page content\n## x {#page-search}\n<a id=\"page-toc-title\"></a>\n## Content\n## Search\n## Navigation\n",
    "x[^a] y[^a] z[^a-2] w[^1]\n\n[^a]: A\n[^a-2]: B\n[^1]: C\n\n## Fn 1\n## Fnref 1 2\n<i id=\"fn-1\">x</i>\n",
    "<a id=\"x\"></a><a id=\"x\"></a><a name=\"x\"></a>\n\n<p id=\"x\">y</p>\n\n## x\n## X {#x}\n[<i id=\"x\">in a link</i>](#x)\n",
    "## Graph title\n## Role 1\n## Legend\n## Steps title\n## Text title\n## Named\n## A.5.15\n## iso27001-2022\n",
    "# Ｓｃｏｐｅ\n## scope\n## （）\n## ！\n## 　\n## が\n## が\n",
    "x <b id=\"open\">never closed\n\nnext\n\n- item\n\n> quote <i id=\"open\">x\n",
    "<a id=\"deep\"><table><tr><td><a href=\"#x\"><dl><dt>x</a><p>y\n\nz</table></dl>w\n\n## After\n",
    "<h2 id=\"scope\">Raw</h2>\n\n## Scope\n\n<img id=\"scope\" src=\"a.png\"><input id=\"scope-1\">\n",
];

#[test]
fn an_id_stands_once_on_every_page() {
    let mut book = String::from(
        "--- book.toml\n[book]\nlanguages = [\"en\", \"ja\"]\n[isms]\ncontrols = [\"iso27001-2022\"]\nrequirements = []\nrisk_sources = []\n",
    );
    for (at, text) in CLASHES.iter().enumerate() {
        book.push_str(&format!("--- content/part/d{at}.md\n---\nid: POL-00{at}\ntype: policy\ncontrols: [A.5.15]\nrelated: [POL-001]\n---\n# T\n\n{text}\n"));
    }
    let all = CLASHES.concat();
    book.push_str(&format!("--- content/index.md\n# Home\n\n{all}\n"));
    book.push_str(&format!("--- content/soa.md\n---\nid: SOA-001\ntype: applicability\ndecisions: [{{control: A.5.15, applicable: true, reasons: [business]}}]\n---\n# SoA\n\n{all}\n"));
    let site = Site::new(Arc::new(snapshot(&book)), SiteOptions::default());
    let mut pages = 0;
    for route in site.routes().iter().filter(|route| route.path.ends_with(".html")) {
        let html = String::from_utf8_lossy(&site.render(route).bytes).into_owned();
        assert_eq!(Parsed::new(&html).repeated_ids(), Vec::<String>::new(), "{}", route.path);
        pages += 1;
    }
    assert!(pages > 200, "{pages}");
}

#[test]
fn every_link_arrives_also_into_catalogs_that_the_book_does_not_list() {
    let book = "--- book.toml\n[book]\nlanguages = [\"en\"]\n[isms]\ncontrols = [\"iso27001-2022\"]\nrequirements = []\nrisk_sources = []\n\
        --- content/a.md\n---\nid: REC-001\n---\n# A\n\n[[JIP:4.2.1]] [[27001:6.1.3]] [[ENISA:R.9]] [[27017:9.2.3]] [[iso27001-2013:4.3]] [[iso27001-2013:A.9.2.1]]\n\
        [p](requirements/jip-isms517/4.2.1.html) [q](requirements/iso27001-2013/4.3.html) [r](risk-sources/enisa-2009/R.9.html)\n\
        --- content/scope.md\n---\ntype: scope\nexclusions: [{what: x, why: y}]\n---\n\
        --- content/scope2.md\n---\ntype: scope\nexclusions: [{what: x, why: y}]\n---\n";
    let site = Site::new(Arc::new(snapshot(book)), SiteOptions::default());
    let pages: BTreeMap<String, Parsed> = site
        .routes()
        .iter()
        .filter(|route| route.path.ends_with(".html"))
        .map(|route| (route.path.clone(), Parsed::new(&String::from_utf8_lossy(&site.render(route).bytes))))
        .collect();
    let mut arrived = 0;
    for (path, page) in &pages {
        for href in page.nodes().filter(|(_, node)| node.is("a")).filter_map(|(_, node)| node.attribute("href")) {
            let Some(goal) = landing(path, href) else { continue };
            let decoded = percent_encoding::percent_decode_str(&goal).decode_utf8().expect("UTF-8");
            let (file, anchor) = decoded.split_once('#').unwrap_or((&decoded, ""));
            assert!(site.route(file).is_some(), "{href} on {path}");
            // The state of a page's filter stands in the address too.
            let Some(goal) = pages.get(file).filter(|_| !anchor.is_empty() && !anchor.contains('=')) else { continue };
            let stands = goal.nodes().any(|(_, node)| node.attribute("id") == Some(anchor));
            assert!(stands, "{href} on {path}");
            arrived += 1;
        }
    }
    assert!(arrived > 1_000, "{arrived}");
}
