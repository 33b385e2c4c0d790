//! The default theme, embedded: templates by name, and the files that are published as they are.

/// One embedded file: its name below `themes/default/` and its text.
macro_rules! embedded {
    ($($name:literal),+ $(,)?) => { &[$(($name, include_str!(concat!("../../../themes/default/", $name)))),+] };
}

/// The templates.
pub(super) const TEMPLATES: &[(&str, &str)] = embedded![
    "404.html",
    "audits.html",
    "calendar.html",
    "catalog.html",
    "changes.html",
    "checklist.html",
    "control.html",
    "coverage.html",
    "document.html",
    "documents.html",
    "evidence.html",
    "findings.html",
    "folder.html",
    "glossary.html",
    "graph-parts.html",
    "home.html",
    "item-parts.html",
    "macros.html",
    "page.html",
    "print.html",
    "requirement.html",
    "requirements.html",
    "risk-register.html",
    "risk-source.html",
    "risk-sources.html",
    "scope.html",
    "soa-by-control.html",
    "soa-parts.html",
    "soa.html",
    "transition.html",
    "treatment-plan.html",
];

/// The files that stand beside the pages.
pub(super) const FILES: &[(&str, &str)] = embedded!["print.css", "script.js", "style.css", "views.css"];

/// The words, which the program reads by another way.
pub(super) const WORDS: &[(&str, &str)] = embedded!["words/en.yaml", "words/ja.yaml"];

/// The template of this name; `!default/` before it may stand.
pub(super) fn template(name: &str) -> Option<&'static str> {
    let name = name.strip_prefix("!default/").unwrap_or(name);
    TEMPLATES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
