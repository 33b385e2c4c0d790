//! The panel on a page of the preview: the findings of the document that is open, and those of the theme.

use std::sync::Arc;

use super::state::Shown;
use crate::book::Document;
use crate::finding::Finding;
use crate::language::Language;
use crate::report::Report;
use crate::site::Route;
use crate::words::Words;

/// The page with the panel at the beginning of its `<main>`, and with the script that waits for the next generation.
pub(super) fn insert(shown: &Shown, route: Option<&Route>, page: &Arc<[u8]>, asked: Option<&Language>) -> Arc<[u8]> {
    let Ok(html) = std::str::from_utf8(page) else { return Arc::clone(page) };
    let language = asked.cloned().unwrap_or_else(|| language_of(shown, route));
    let panel = panel(shown, route, &language);
    let script = format!("<script src=\"/__ismsbook/reload.js?generation={}\" defer></script>", shown.generation);
    let style = "<link rel=\"stylesheet\" href=\"/__ismsbook/panel.css\">";
    // The script comes before all others, so that it sees the page as it was sent.
    let head = end_of_tag(html, "<head").unwrap_or(0);
    let main = end_of_tag(html, "<main").or_else(|| end_of_tag(html, "<body")).unwrap_or(html.len()).max(head);
    let text = format!("{}{script}{style}{}{panel}{}", &html[..head], &html[head..main], &html[main..]);
    Arc::from(text.into_bytes())
}

/// Where the first tag that begins so ends.
fn end_of_tag(html: &str, tag: &str) -> Option<usize> {
    let named = |rest: &str| rest.starts_with(['>', ' ', '\n', '\t']);
    let start = html.match_indices(tag).map(|(at, _)| at).find(|at| named(&html[at + tag.len()..]))?;
    html[start..].find('>').map(|end| start + end + 1)
}

/// The language of a page: pages of other languages than the default one stand below its code.
fn language_of(shown: &Shown, route: Option<&Route>) -> Language {
    let config = &shown.snapshot.book.config;
    let first = route.and_then(|route| route.path.split('/').next()).unwrap_or_default();
    config
        .languages
        .iter()
        .skip(1)
        .find(|language| language.code() == first)
        .unwrap_or_else(|| config.default_language())
        .clone()
}

fn panel(shown: &Shown, route: Option<&Route>, language: &Language) -> String {
    let words = Words::of(language);
    let mut entries = broken_config(shown, words);
    // The page has been made: what is wrong with its template is known, and the page shows the shipped one in its place.
    let mut found = shown.site.findings();
    if let Some(document) = route.and_then(|route| shown.site.document(route)) {
        found.extend(own_findings(shown, document));
    }
    entries.push_str(&findings(shown, &found, language));
    let heading = escape(words.get("cli.serve.panel"));
    // An empty panel stands there too, so that the page has the same shape before and after a finding is mended.
    let hidden = if entries.is_empty() { " hidden" } else { "" };
    format!(
        "<aside class=\"preview-findings\" id=\"preview-findings\" aria-label=\"{heading}\" lang=\"{}\"{hidden}><ul>{entries}</ul></aside>",
        language.of_labels()
    )
}

fn broken_config(shown: &Shown, words: &Words) -> String {
    let Some(broken) = &shown.broken else { return String::new() };
    let index = crate::text::LineIndex::new(&broken.text);
    let line = index.line(broken.fault.span.start.min(broken.text.len())).to_string();
    let message = words.fill("report.no-toml", &[("words", broken.fault.words.get(words.language()))]);
    entry("error", words.get("report.error"), &message, &format!("book.toml:{line}"), None)
}

fn own_findings(shown: &Shown, document: &Document) -> impl Iterator<Item = Finding> {
    let own = |finding: &&Finding| document.manuscripts().any(|(_, manuscript)| manuscript.path == finding.place.path);
    shown.snapshot.checked.findings.iter().filter(own).cloned()
}

fn findings(shown: &Shown, found: &[Finding], language: &Language) -> String {
    let (book, words) = (&shown.snapshot.book, Words::of(language));
    let report = Report::new(found.iter(), &book.files, &book.catalogs, language, shown.snapshot.derived.today);
    let mut entries: Vec<_> = report.entries.iter().collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.finding.severity));
    entries
        .into_iter()
        .map(|found| {
            let severity = found.finding.severity.word();
            let key = format!("report.{severity}");
            let code = format!("{}[{}]", words.get(&key), found.finding.code);
            let place = format!("{}:{}:{}", found.path(), found.start.line, found.start.column);
            entry(severity, &code, &found.message, &place, found.help.as_deref())
        })
        .collect()
}

fn entry(severity: &str, code: &str, message: &str, place: &str, help: Option<&str>) -> String {
    let help = help.map(|help| format!("<br><span>{}</span>", escape(help))).unwrap_or_default();
    format!(
        "<li class=\"preview-{severity}\"><strong>{}</strong> {} <code>{}</code>{help}</li>",
        escape(code),
        escape(message),
        escape(place)
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
