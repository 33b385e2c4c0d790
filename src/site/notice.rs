//! Findings as pages show them.

use serde::Serialize;

use super::body::escape;
use super::context::Context;
use super::pages::Page;
use super::view::{Badge, Link};
use crate::finding::{Finding, Severity};
use crate::rules;
use crate::rules::wording;

/// A finding in the reader's language.
#[derive(Debug, Serialize)]
pub(super) struct Notice {
    /// The rule's code.
    pub(super) code: &'static str,
    /// The rule's name.
    pub(super) name: &'static str,
    /// Where the findings page speaks of the rule.
    pub(super) rule: Link,
    /// How much it weighs.
    pub(super) severity: Badge,
    /// What is wrong.
    pub(super) message: String,
    /// Why, or where the other half is.
    pub(super) note: String,
    /// The next step.
    pub(super) help: String,
    /// File, line and column.
    pub(super) place: String,
    /// The document that it stands in.
    pub(super) document: Option<Link>,
    /// The item that it is about.
    pub(super) item: Option<Link>,
}

/// The finding for a page.
pub(super) fn notice(context: &Context<'_>, finding: &Finding) -> Notice {
    let language = context.words.language();
    let words = wording::of(finding.code, language);
    let position = context.shared.position(context.book(), &finding.place);
    let rule = rules::rule(finding.code);
    let title = if words.title.is_empty() { finding.code } else { &words.title };
    let document = context.book().document_at(&finding.place.path);
    Notice {
        code: finding.code,
        name: rule.map_or("", |rule| rule.name),
        rule: Link::new(context.links.view("findings.html"), title).at(finding.code),
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
pub(super) fn notices(context: &Context<'_>, mut findings: Vec<&Finding>) -> Vec<Notice> {
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings.into_iter().map(|finding| notice(context, finding)).collect()
}

/// How much a finding weighs.
pub(super) fn severity(context: &Context<'_>, severity: Severity) -> Badge {
    Badge::new(severity.word(), &context.word(&format!("severity.{}", severity.word())))
}

/// The page that stands where even the shipped theme fails: its title, and why there is no more.
pub(super) fn bare_page(context: &Context<'_>, page: &Page, finding: &Finding) -> String {
    let language = context.words.language();
    let (title, message) = (escape(&page.title), wording::of(finding.code, language).message(finding, language));
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<main>\n<h1>{title}</h1>\n<p>{}</p>\n</main>\n</html>\n",
        escape(&message),
    )
}
