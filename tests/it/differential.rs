//! Two parsers, one answer: the links that are read from generated ASCII documents are those that pulldown-cmark reads.

use ismsbook::document::markdown::{LinkKind, parse};
use pulldown_cmark::{Event, Options, Parser, Tag};

/// What the generator puts together; each stands in a block of its own or within one.
const INLINES: [&str; 22] = [
    "[policy](policies/access.md)",
    "[review](../records/a%20b.md#top \"title\")",
    "[angle](<a b.md>)",
    "[ref][one]",
    "[one]",
    "[one][]",
    "![plan](plan.png)",
    "[![plan](plan.png)](plan.md)",
    "`[no](code.md)`",
    "\\[no](escaped.md)",
    "[a *b* c](star.md)",
    "**[bold](bold.md)**",
    "<https://example.com/?a=1&b=2>",
    "<ciso@example.com>",
    "[amp](x.md?a=1&amp;b=2)",
    "[empty]()",
    "[paren](a(b).md)",
    "[no [nested](inner.md) link](outer.md)",
    "plain A.5.15 text",
    "*open [x](y.md)*",
    "[broken](a b)",
    "[undefined][nothing]",
];
const FRAMES: [(&str, &str); 10] = [
    ("", "\n\n"),
    ("# ", "\n\n"),
    ("- ", "\n"),
    ("  - ", "\n"),
    ("1. ", "\n"),
    ("> ", "\n\n"),
    ("> - ", "\n\n"),
    ("", "  \n"),
    ("    ", "\n\n"),
    ("```\n", "\n```\n\n"),
];

/// The next number of a small generator, the same on every machine.
fn next(state: &mut u64, limit: usize) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from((*state >> 33) % u64::try_from(limit).expect("64 bits")).expect("below a size")
}

fn document(state: &mut u64) -> String {
    let mut text = String::new();
    for _ in 0..=next(state, 12) {
        let (before, after) = FRAMES[next(state, FRAMES.len())];
        text.push_str(before);
        for word in 0..=next(state, 3) {
            text.push_str(if word == 0 { "" } else { " and " });
            text.push_str(INLINES[next(state, INLINES.len())]);
        }
        text.push_str(after);
    }
    if next(state, 4) == 0 {
        text.push_str("\n| a | b |\n|---|--:|\n| [cell](cell.md) | ![icon](i.png) |\n");
    }
    text + "\n\n[one]: one.md \"One\"\n"
}

fn theirs(text: &str) -> Vec<String> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES;
    let parser = Parser::new_ext(text, options);
    let destinations = parser.filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    });
    // comrak writes what `<name@host>` means, pulldown-cmark what stands there.
    destinations.map(|url| if url == "ciso@example.com" { format!("mailto:{url}") } else { url }).collect()
}

#[test]
fn generated_documents_have_the_links_that_another_parser_finds() {
    let mut state = 2_022;
    for number in 0..400 {
        let text = document(&mut state);
        let links =
            parse(&text, 0).links.into_iter().filter(|link| matches!(link.kind, LinkKind::Link | LinkKind::Image));
        let ours: Vec<String> = links.map(|link| link.destination).collect();
        assert_eq!(ours, theirs(&text), "document {number}:\n{text}");
    }
}
