//! Nothing of content is alive: whatever is written as a page is read anew as a browser reads it, and nothing on it runs
//! but what the layout brings.

use std::fmt::Write;
use std::sync::Arc;

use ismsbook::site::parsed::Parsed;
use ismsbook::site::{Site, SiteOptions};

use crate::support::snapshot;

/// What would run, style, ask or load, where a page held it.
const PAYLOADS: [&str; 24] = [
    "<script src=\"evil.js\"></script>",
    "<img src=x onerror=alert(1)>",
    "<style>body{display:none}</style>",
    "<iframe src=\"https://example.com\"></iframe>",
    "<form action=\"https://evil.example/\"><input name=p><button formaction=javascript:x>b</button></form>",
    "<svg onload=alert(1)><script>x</script><animate onbegin=x></svg>",
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
