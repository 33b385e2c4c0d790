//! Nothing of content is alive: whatever is written as a page is read anew as a browser reads it, and nothing on it runs
//! but what the layout brings.

use std::fmt::Write;
use std::sync::Arc;

use ismsbook::site::links::landing;
use ismsbook::site::parsed::Parsed;
use ismsbook::site::{Site, SiteOptions};

use crate::support::snapshot;

/// What would run, style, ask or load, where a page held it.
const PAYLOADS: [&str; 32] = [
    "<script src=\"evil.js\"></script>",
    "<img src=x onerror=alert(1)>",
    "<style>body{display:none}</style>",
    "<iframe src=\"https://example.com\"></iframe>",
    "<form action=\"https://evil.example/\"><input name=p><button formaction=javascript:x>b</button></form>",
    "<svg onload=alert(1)><script>x</script><animate onbegin=x></svg>",
    "<svg><a href=\"javascript:x\"><text>x</text></a></svg>",
    "<svg><foreignObject><script src=x.js></script><body onload=x></foreignObject></svg>",
    "<svg><use href=\"https://example.com/x.svg#a\"/><image href=\"https://example.com/x.png\"/></svg>",
    "<svg><set attributeName=href to=javascript:x /><animate attributeName=href values=javascript:x /></svg>",
    "<svg><rect fill=\"url(https://example.com/x.svg#a)\" style=\"fill:red\" onclick=x /></svg>",
    "<svg><rect fill=\"u\\72l(https://example.com/x)\" marker-end=\"url(#a) url(https://example.com)\"/></svg>",
    "<svg><style><img src=x onerror=x></style><desc><style>*{}</style><p onclick=x>x</p></desc></svg>",
    "<svg></p><style><g title=\"</style><img src=x onerror=x>\">",
    "<math><mtext><table><mglyph><style><img src=x onerror=x>",
    "<a href=\"java&#x0A;script:alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>x</script>\">x</a>",
    "<base href=\"https://evil.example/\">",
    "<meta http-equiv=refresh content=\"0;url=https://evil.example\">",
    "<link rel=stylesheet href=evil.css>",
    "<object data=evil.swf></object><embed src=evil.swf>",
    "<noscript><p title=\"</noscript><img src=x onerror=x>\">",
    "<template><script>x</script></template>",
    "<textarea></textarea><script>x</script>",
    "<details ontoggle=x open style=\"color:red\">",
    "<b></div></main><script src=x.js></script>",
    "<!--><script src=x.js></script>-->",
    "<a href=\"#\" title=\"\"onclick=x>x</a>",
    "<video><source onerror=x src=x></video>",
    "<xss onfocus=x tabindex=1 autofocus>",
    "<img src=\"https://example.com/t.gif\" srcset=\"https://example.com/u.gif\">",
    "\"><script src=x.js></script>",
];

/// Wherever a text may stand.
const PLACES: [&str; 22] = [
    "{}",
    "A {} b.",
    "[see {}](https://example.com/)",
    "[see **{}** *x*](other.md)",
    "[![{}](a.png) {}](https://example.com/)",
    "![{}](a.png)",
    "[x](https://example.com/ '{}')",
    "# {}",
    "## {} {#{}}",
    "> [!NOTE] {}\n> text",
    ":::note {}\ntext\n:::",
    "| {} |\n|---|\n| [{}](other.md) |",
    "- [x] {}\n  1. {}",
    "```{}\n{}\n```",
    "`{}`",
    "Note[^{}] and[^1].\n\n[^1]: {}\n[^{}]: x",
    "[[POL-001|{}]] [[{}]] [[POL-001#{}]]",
    "<{}>",
    "[{}]: https://example.com/{}\n\n[{}]",
    "**[{}**](other.md)",
    "<details><summary>[{}](other.md)</summary>\n\n{}\n\n</details>",
    "!!! note \"{}\"\n    {}",
];

#[test]
fn whatever_a_document_holds_nothing_on_a_page_is_alive() {
    for payload in PAYLOADS {
        let mut book = "--- content/other.md\n---\nid: POL-001\n---\n# Other\n".to_owned();
        for (at, place) in PLACES.iter().enumerate() {
            let text = place.replace("{}", payload);
            let title = serde_json::to_string(payload).expect("a text");
            write!(book, "--- content/p{at}.md\n---\ntitle: {title}\nsummary: {title}\n---\n{text}\n").expect("memory");
        }
        let site = Site::new(Arc::new(snapshot(&book)), SiteOptions::default());
        for (at, place) in PLACES.iter().enumerate() {
            let route = site.route(&format!("p{at}.html")).expect("a page");
            let html = String::from_utf8_lossy(&site.render(&route).bytes).into_owned();
            assert_eq!(Parsed::new(&html).alive(), Vec::<String>::new(), "{payload} in {place}");
        }
        for view in ["index.html", "print.html", "documents.html", "findings.html", "404.html"] {
            let Some(route) = site.route(view) else { continue };
            let html = String::from_utf8_lossy(&site.render(&route).bytes).into_owned();
            assert_eq!(Parsed::new(&html).alive(), Vec::<String>::new(), "{payload} on {view}");
        }
    }
}

#[test]
fn what_is_alive_is_seen() {
    let page = |text: &str| format!("<!doctype html><body><div class=\"text\">{text}</div>");
    for payload in PAYLOADS.iter().filter(|payload| !payload.starts_with(['!', '"'])) {
        assert!(!Parsed::new(&page(payload)).alive().is_empty(), "{payload}");
    }
    let harmless = "<p>a<sup>1</sup> <a href=\"b.html#x\">b</a> <a href=\"https://example.com/?a:b\">c</a></p>";
    assert_eq!(Parsed::new(&page(harmless)).alive(), Vec::<String>::new());
}

#[test]
fn html_inside_a_link_is_cleaned_rewritten_and_reported_like_any_other() {
    let book = "--- content/images/door.png\nx\n--- content/demo/doors.md\n# Doors\n\n[see<script src=\"evil.js\"></script><img src=\"/images/door.png\" alt=\"Door\" onerror=x>](https://example.com/)\n\n[<img src=\"/images/nothere.png\" alt=\"None\">](https://example.com/)\n\n[<img src=\"https://example.org/remote.png\" alt=\"Remote\">](https://example.com)\n";
    let snapshot = snapshot(book);
    let found: Vec<&str> = snapshot.checked.findings.iter().map(|finding| finding.code).collect();
    for code in ["TXT901", "REF106", "TXT903"] {
        assert!(found.contains(&code), "{code} in {found:?}");
    }
    let page = crate::support::render(&snapshot, "demo/doors.html");
    assert!(
        page.contains("<a href=\"https://example.com/\">see<img src=\"../images/door.png\" alt=\"Door\"></a>"),
        "{page}"
    );
}

#[test]
fn a_drawing_in_the_text_is_shown_and_nothing_of_it_moves() {
    let drawing = "<svg viewBox=\"0 0 9 9\" role=\"img\" aria-label=\"Network\"><defs><linearGradient id=\"net\"><stop offset=\"1\" stop-color=\"#fff\"/></linearGradient></defs>\n<rect x=\"1\" y=\"2\" width=\"3\" height=\"4\" fill=\"url(#net)\" stroke=\"rgb(1,2,3)\"/><text x=\"1\" y=\"5\" text-anchor=\"middle\">DMZ</text></svg>";
    let snapshot = snapshot(&format!(
        "--- content/a.md\n# Net\n\n{drawing}\n\nInline {drawing} too, <svg onload=\"x()\"><script>x</script><circle r=\"1\"></circle></svg>.\n"
    ));
    let codes: Vec<&str> =
        snapshot.checked.findings.iter().map(|finding| finding.code).filter(|code| code.starts_with("TXT")).collect();
    assert_eq!(codes, ["TXT901", "TXT901"]);
    let page = Parsed::new(&crate::support::render(&snapshot, "a.html"));
    let in_text = |tag: &str| {
        page.nodes().filter(|(at, node)| node.is(tag) && page.around(*at).any(|node| node.has_class("text"))).count()
    };
    for (tag, count) in [("svg", 3), ("rect", 2), ("lineargradient", 2), ("text", 2), ("circle", 1), ("script", 0)] {
        assert_eq!(in_text(tag), count, "{tag}");
    }
    let nested = |tag: &str| page.nodes().any(|(at, node)| node.is(tag) && page.around(at).any(|node| node.is(tag)));
    assert!(!nested("text") && !nested("svg"), "each shape ends where it ends");
    let rect = page.nodes().find(|(_, node)| node.is("rect")).expect("a shape").1;
    assert_eq!((rect.attribute("fill"), rect.attribute("stroke")), (Some("url(#net)"), Some("rgb(1,2,3)")));
}

#[test]
fn an_attachment_that_might_run_is_offered_as_a_download_by_its_name() {
    let book = "--- book.toml\n[book]\nlanguages = [\"en\", \"ja\"]\n[isms]\ncontrols = [\"iso27001-2022\"]\nrequirements = []\nrisk_sources = []\n\
        --- content/files/att.html\n<script>x</script>\n--- content/files/pic.svg\n<svg/>\n--- content/files/run.js\nx\n--- content/files/図 & x.xhtml\nx\n--- content/files/plan.pdf\nx\n--- content/files/LICENSE\nx\n\
        --- content/a.md\n---\nid: POL-001\ntype: policy\ncontrols: [{id: A.5.15, evidence: [{title: E, path: files/att.html}]}]\nevidence: [{title: S, path: files/run.js}]\n---\n\
        [h](files/att.html) [s](files/pic.svg#x) ![p](files/pic.svg) <a href=\"files/run.js\">j</a> [x](<files/図 & x.xhtml>) [pdf](files/plan.pdf) [l](files/LICENSE) [[1]](files/att.html)\n";
    let site = Site::new(Arc::new(snapshot(book)), SiteOptions::default());
    let (mut offered, mut shown) = (0, 0);
    for route in site.routes().iter().filter(|route| route.path.ends_with(".html") && !route.path.contains("att.html"))
    {
        let page = Parsed::new(&String::from_utf8_lossy(&site.render(route).bytes));
        for (_, node) in page.nodes().filter(|(_, node)| node.is("a")) {
            let Some(goal) = node.attribute("href").and_then(|href| landing(&route.path, href)) else { continue };
            let goal = percent_encoding::percent_decode_str(goal.split('#').next().unwrap_or_default())
                .decode_utf8_lossy()
                .into_owned();
            if !goal.contains("files/") || goal.ends_with("index.html") {
                continue;
            }
            let name = goal.rsplit('/').next().filter(|name| *name != "plan.pdf");
            assert_eq!(node.attribute("download"), name, "{goal} on {}", route.path);
            offered += usize::from(name.is_some());
            shown += usize::from(name.is_none());
        }
    }
    assert!(offered > 20 && shown > 1, "{offered} {shown}");
    assert!(crate::support::render(&snapshot(book), "a.html").contains("<img src=\"files/pic.svg\""));
}
