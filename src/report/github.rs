//! Findings as annotations of GitHub Actions: they show at the line of a pull request.

use super::{Entry, Report};
use crate::finding::Severity;
use crate::text::visible;

/// One workflow command a finding.
pub fn render(report: &Report<'_>) -> String {
    report.entries.iter().map(|entry| command(report, entry)).collect()
}

fn command(report: &Report<'_>, entry: &Entry<'_>) -> String {
    let kind = match entry.finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let (start, end) = (entry.start, entry.end);
    let file = property(&report.path_of(&entry.finding.place.path));
    let mut properties = format!("file={file},line={},endLine={}", start.line, end.line);
    // GitHub takes columns within one line only.
    if start.line == end.line {
        properties.push_str(&format!(",col={},endColumn={}", start.column, end.column));
    }
    let title = property(&format!("{} {}", entry.finding.code, entry.name));
    let parts = [Some(&entry.message), entry.note.as_ref(), entry.help.as_ref()];
    let text: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    format!("::{kind} {properties},title={title}::{}\n", data(&text.join("\n")))
}

fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
