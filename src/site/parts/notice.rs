//! Findings as pages show them.

use serde::Serialize;

use crate::address::View;
use crate::finding::{Finding, Severity};
use crate::rules;
use crate::rules::wording;
use crate::site::body::escape;
use crate::site::context::Context;
use crate::site::page::Page;
use crate::site::view::{Badge, Link};

/// A finding in the reader's language.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Notice {
    /// The rule's code.
    pub(in crate::site) code: &'static str,
    /// The rule's name.
    pub(in crate::site) name: &'static str,
    /// Where the findings page speaks of the rule.
    pub(in crate::site) rule: Link,
    /// How much it weighs.
    pub(in crate::site) severity: Badge,
    /// What is wrong.
    pub(in crate::site) message: String,
    /// Why, or where the other half is.
    pub(in crate::site) note: String,
    /// The next step.
    pub(in crate::site) help: String,
    /// File, line and column.
    pub(in crate::site) place: String,
    /// The document that it stands in.
    pub(in crate::site) document: Option<Link>,
    /// The item that it is about.
    pub(in crate::site) item: Option<Link>,
}

/// The finding for a page.
pub(in crate::site) fn notice(context: &Context<'_>, finding: &Finding) -> Notice {
    let language = context.words.language();
    let words = wording::of(finding.code, language);
    let position = context.shared.position(context.book(), &finding.place);
    let rule = rules::rule(finding.code);
    let title = if words.title.is_empty() { finding.code } else { &words.title };
    let document = context.book().document_at(&finding.place.path);
    Notice {
        code: finding.code,
        name: rule.map_or("", |rule| rule.name),
        rule: Link::new(context.links.view(View::Findings), title).at(finding.code),
        severity: severity(context, finding.severity),
        message: words.message(finding, language),
        note: words.note(finding, language).unwrap_or_default(),
        help: words.help(finding, language).unwrap_or_default(),
        place: format!("{}:{}:{}", finding.place.path, position.line, position.column),
        document: document.map(|document| context.to_document(document.key)),
        item: finding.item.as_ref().map(|item| context.to_item(item)),
    }
}

/// Findings, the gravest first.
pub(in crate::site) fn notices(context: &Context<'_>, mut findings: Vec<&Finding>) -> Vec<Notice> {
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings.into_iter().map(|finding| notice(context, finding)).collect()
}

/// How much a finding weighs.
pub(in crate::site) fn severity(context: &Context<'_>, severity: Severity) -> Badge {
    Badge::new(severity.word(), &context.word(&format!("severity.{}", severity.word())))
}

/// The page that stands where even the shipped theme fails: its title, and why there is no more.
pub(in crate::site) fn bare_page(context: &Context<'_>, page: &Page, finding: &Finding) -> String {
    let language = context.words.language();
    let (title, message) = (escape(&page.title), wording::of(finding.code, language).message(finding, language));
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<main>\n<h1>{title}</h1>\n<p>{}</p>\n</main>\n</html>\n",
        escape(&message),
    )
}
