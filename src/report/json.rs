//! Findings as JSON, in the form that others may build on (design section 5.1).

use serde::Serialize;

use super::{Counts, Entry, Fix, Related, Replacement, Report};
use crate::text::json_document;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    today: String,
    summary: Summary,
    findings: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Summary {
    error: usize,
    warning: usize,
    info: usize,
    accepted: usize,
}

#[derive(Serialize)]
struct Found<'a> {
    code: &'a str,
    name: &'a str,
    severity: &'a str,
    message: &'a str,
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    note: Option<&'a str>,
    help: Option<&'a str>,
    item: Option<String>,
    role: Option<&'a str>,
    document: Option<&'a str>,
    related: Vec<Other<'a>>,
    fixes: Vec<Fixed>,
}

#[derive(Serialize)]
struct Fixed {
    title: String,
    safe: bool,
    edits: Vec<Edited>,
}

#[derive(Serialize)]
struct Edited {
    path: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: String,
}

#[derive(Serialize)]
struct Other<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: &'a str,
}

/// The findings as one JSON document with a line feed at its end.
pub fn render(report: &Report<'_>) -> String {
    let Counts { error, warning, info, accepted } = report.counts();
    let document = Document {
        version: 1,
        today: report.today.to_string(),
        summary: Summary { error, warning, info, accepted },
        findings: report.entries.iter().map(|entry| found(report, entry)).collect(),
    };
    json_document(&document)
}

fn found<'a>(report: &Report<'_>, entry: &'a Entry<'_>) -> Found<'a> {
    let finding = entry.finding;
    Found {
        code: finding.code,
        name: entry.name,
        severity: finding.severity.word(),
        message: &entry.message,
        path: entry.path(),
        line: entry.start.line,
        column: entry.start.column,
        end_line: entry.end.line,
        end_column: entry.end.column,
        note: entry.note.as_deref(),
        help: entry.help.as_deref(),
        item: finding.item.as_ref().map(ToString::to_string),
        role: finding.role.as_ref().map(crate::id::Role::as_str),
        document: finding.document.as_deref(),
        related: entry.related.iter().map(other).collect(),
        fixes: report.fixes(finding).into_iter().map(fixed).collect(),
    }
}

fn fixed(fix: Fix) -> Fixed {
    let edited = |edit: Replacement| Edited {
        path: edit.path.to_string(),
        line: edit.start.line,
        column: edit.start.column,
        end_line: edit.end.line,
        end_column: edit.end.column,
        text: edit.text,
    };
    Fixed { title: fix.title, safe: fix.safe, edits: fix.edits.into_iter().map(edited).collect() }
}

fn other<'a>(other: &'a Related<'_>) -> Other<'a> {
    Other {
        path: other.place.path.as_str(),
        line: other.start.line,
        column: other.start.column,
        end_line: other.end.line,
        end_column: other.end.column,
        message: &other.message,
    }
}
