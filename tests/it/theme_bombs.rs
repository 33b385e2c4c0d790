//! Templates that would end the program or hold it: each is a finding, and the page stands in the shipped theme.

use std::sync::Arc;

use ismsbook::finding::Finding;
use ismsbook::language::Language;
use ismsbook::rules::wording;
use ismsbook::site::{Site, SiteOptions};

use crate::support::snapshot;

/// The home page of a book whose theme has this template for it, and what was found.
fn home(template: &str) -> (String, Vec<Finding>) {
    let book = format!("--- book.toml\n[build]\ntheme = \"mine\"\n--- themes/mine/home.html\n{template}\n");
    let site = Site::new(Arc::new(snapshot(&book)), SiteOptions::default());
    let route = site.route("index.html").expect("every book has a home page");
    (String::from_utf8_lossy(&site.render(&route).bytes).into_owned(), site.findings())
}

fn shipped_home() -> String {
    let site = Site::new(Arc::new(snapshot("--- book.toml\n")), SiteOptions::default());
    let route = site.route("index.html").expect("every book has a home page");
    String::from_utf8_lossy(&site.render(&route).bytes).into_owned()
}

/// Whether a template is a finding whose message holds these words, and its page that of the shipped theme.
fn assert_shipped_instead(name: &str, template: &str, words: &str) {
    let (html, findings) = home(template);
    assert_eq!(html, shipped_home(), "{name}");
    assert_eq!(findings.len(), 1, "{name}: {findings:?}");
    let message = wording::of("BOK009", &Language::english()).message(&findings[0], &Language::english());
    assert_eq!((findings[0].code, findings[0].place.path.as_str()), ("BOK009", "themes/mine/home.html"), "{name}");
    assert!(message.contains(words), "{name}: {message}");
}

#[test]
fn a_source_that_is_too_long_or_too_deep_is_never_parsed() {
    let deep = "holds more";
    for (sign, count) in [("-", 5_000), ("-", 100_000), ("not ", 30_000), ("(", 50_000), ("[", 50_000), ("{1:", 40_000)]
    {
        assert_shipped_instead(sign, &format!("{{{{ {}1 }}}}", sign.repeat(count)), deep);
        assert_shipped_instead(sign, &format!("{{% set x = {}1 %}}", sign.repeat(count)), deep);
    }
    for (sign, count) in [
        ("+1", 60_000),
        ("~1", 60_000),
        ("|e", 60_000),
        (".a", 60_000),
        ("[0]", 40_000),
        (" if 1 else 1", 9_000),
        ("**2", 40_000),
        (" and 1", 20_000),
        (" is true", 14_000),
    ] {
        assert_shipped_instead(sign, &format!("{{{{ 1{} }}}}", sign.repeat(count)), deep);
    }
    let elif = format!("{{% if 0 %}}{}{{% endif %}}", "{% elif 0 %}".repeat(10_000));
    assert_shipped_instead("elif", &elif, deep);
    // Quotes and comments in which a tag seems to end do not hide what follows.
    assert_shipped_instead("quotes", &format!("{{{{ \"}}}}\" ~ {}1 }}}}", "-".repeat(5_000)), deep);
    assert_shipped_instead("comment", &format!("{{# {{% raw %}} #}}{{{{ {}1 }}}}", "-".repeat(5_000)), deep);
    assert_shipped_instead("long", &"x".repeat(130 << 10), "longer than the 128 kB");
}

#[test]
fn whatever_keeps_the_limits_is_parsed_on_a_stack_that_holds_it() {
    for (open, close, count) in [
        ("{% if 1 %}", "{% endif %}", 3_000),
        ("{% for i in [1] %}", "{% endfor %}", 3_000),
        ("{% with x = 1 %}", "{% endwith %}", 3_000),
        ("{% filter upper %}", "{% endfilter %}", 3_000),
        ("{% autoescape true %}", "{% endautoescape %}", 2_000),
        ("{% set x %}", "{% endset %}", 3_000),
    ] {
        assert_shipped_instead(open, &format!("{}{}", open.repeat(count), close.repeat(count)), "maximum recursion");
    }
    for (begin, sign, end) in
        [("{{ ", "-", "1 }}"), ("{{ 1", "+1", " }}"), ("{{ ", "not ", "1 }}"), ("{{ 1", "**1", " }}")]
    {
        let (html, _) = home(&format!("{begin}{}{end}", sign.repeat(490)));
        assert!(!html.is_empty(), "{sign}");
    }
    assert_shipped_instead(
        "brackets",
        &format!("{{{{ {}1{} }}}}", "[".repeat(400), "]".repeat(400)),
        "maximum recursion",
    );
}

#[test]
fn a_page_that_takes_too_much_is_given_up() {
    let many = "{% for i in range(100000) %}{% for j in range(100000) %}";
    let end = "{% endfor %}{% endfor %}";
    let begin = "{% set x = \"aaaaaaaaaa\" %}{% set y = [1] %}";
    let again = |tag: &str, count: usize| format!("{begin}{}{{{{ x|length }}}}", tag.repeat(count));
    for (name, template) in [
        ("a loop that writes", format!("{many}{{{{ j }}}}{end}")),
        ("a loop that does nothing", format!("{many}{{% if j == 7 %}}{{% endif %}}{end}")),
        ("a text doubled", again("{% set x = x ~ x %}", 60)),
        ("a text replaced", again("{% set x = x|replace('a', 'aaaa') %}", 60)),
        ("a text joined", again("{% set x = [x, x, x]|join(x) %}", 60)),
        ("a text repeated", "{{ ('aaaaaaaaaa' * 90000000)|length }}".to_owned()),
        ("a list doubled", again("{% set y = (y + y)|list %}", 60)),
        ("a list sorted", format!("{many}{{% set z = range(100000)|sort %}}{end}")),
    ] {
        assert_shipped_instead(name, &template, "more steps or more memory");
    }
    let long = "{% set line = 'a' * 100000 %}{% for i in range(1000) %}{{ line }}{% endfor %}";
    assert_shipped_instead("a long page", long, "makes a page longer");
}

#[test]
fn what_calls_itself_comes_to_an_end() {
    for (name, template) in [
        ("a macro", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"),
        ("two macros", "{% macro a(f) %}{{ f(f) }}{% endmacro %}{{ a(a) }}"),
        ("an include", "{% include \"home.html\" %}"),
        ("an import", "{% import \"home.html\" as home %}"),
        ("an extends", "{% extends \"home.html\" %}"),
        ("a block", "{% block a %}{{ self.a() }}{% endblock %}"),
        ("a loop", "{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}"),
        ("a call", "{% macro m() %}{% call m() %}{{ caller() }}{% endcall %}{% endmacro %}{{ m() }}"),
    ] {
        let (html, findings) = home(template);
        assert_eq!(html, shipped_home(), "{name}");
        assert_eq!(findings.len(), 1, "{name}: {findings:?}");
    }
}

#[test]
fn the_deepest_values_that_a_template_may_make_are_written_and_taken_apart_without_harm() {
    for (begin, make) in [("1", "[x]"), ("1", "{'a':x}"), ("1", "(x,)"), ("1", "dict(a=x)")] {
        for after in ["", "{{ x }}", "{{ x|tojson }}", "{{ x == [x] }}", "{{ [x, [1]]|sort }}", "{{ x|string|length }}"]
        {
            let sets = format!("{{% set x={make} %}}").repeat(5_000);
            // Each include takes the value further down, and the last one writes it.
            let more = "{% if n < 8 %}{% set n = n + 1 %}{% include 'home.html' %}{% endif %}";
            let first = format!("{{% if n is undefined %}}{{% set n = 0 %}}{{% set x = {begin} %}}{{% endif %}}");
            home(&format!("{first}{sets}{more}{after}"));
        }
    }
    let (_, findings) = home("{% set ns = namespace(x=1) %}");
    assert_eq!(findings.len(), 1, "nothing is carried from one round of a loop to the next");
}
