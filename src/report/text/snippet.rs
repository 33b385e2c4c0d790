//! Drawing a finding with annotate-snippets: the source line, marks under it, note and help.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::Look;
use crate::finding::{Place, Severity};
use crate::report::{Entry, Report};
use crate::text::{LineIndex, Position, Span, visible_name};
use crate::words::Words;

/// Lines longer than this are not drawn: no terminal shows them.
const LONGEST_LINE: usize = 4_000;

/// How many source lines a finding shows at most.
const MOST_LINES: usize = 6;

/// Draws findings in one language and look.
pub(super) struct Printer<'w> {
    words: &'w Words,
    renderer: Renderer,
}

impl<'w> Printer<'w> {
    pub(super) fn new(words: &'w Words, look: Look) -> Self {
        let renderer = if look.styled { Renderer::styled() } else { Renderer::plain() };
        Self { words, renderer: renderer.decor_style(DecorStyle::Unicode).term_width(look.width) }
    }

    /// One finding with its source line, note and help, and a blank line after it.
    pub(super) fn entry(&self, report: &Report<'_>, entry: &Entry<'_>) -> String {
        let title = self.level(entry.finding.severity).primary_title(entry.message.as_str()).id(entry.finding.code);
        let mut group = Group::with_title(title);
        if !entry.is_placeless() {
            group = group.element(place_in(report, &entry.finding.place, entry.start));
        }
        if let Some(note) = &entry.note {
            group = group.element(Level::NOTE.with_name(self.words.get("report.note")).message(note.as_str()));
        }
        for other in entry.related.iter().take(2) {
            group = group.element(place_in(report, other.place, other.start));
        }
        if let Some(step) = entry.step(self.words) {
            group = group.element(Level::HELP.with_name(self.words.get("report.help")).message(step));
        }
        let gap = if entry.is_placeless() { "\n" } else { "\n\n" };
        format!("{}{gap}", tight(&self.renderer.render(&[group])))
    }

    /// Only the first line of a finding, with another text.
    pub(super) fn heading(&self, entry: &Entry<'_>, text: &str) -> String {
        let title = self.level(entry.finding.severity).primary_title(text).id(entry.finding.code);
        format!("{}\n", self.renderer.render(&[Group::with_title(title)]).trim_end())
    }

    /// The next step of findings that are told in one, under their heading.
    pub(super) fn step(&self, entry: &Entry<'_>) -> String {
        let Some(step) = entry.step(self.words) else { return String::new() };
        format!(" ╰ {}: {}\n", self.words.get("report.help"), step)
    }

    /// An error that no rule reports.
    pub(super) fn lone(&self, message: &str, path: &str, text: &str, span: Span, start: Position) -> String {
        let group = Group::with_title(self.level(Severity::Error).primary_title(message));
        let group = group.element(source(path, text, &LineIndex::new(text), span, start));
        format!("{}\n", tight(&self.renderer.render(&[group])))
    }

    fn level(&self, severity: Severity) -> Level<'w> {
        let (level, key) = match severity {
            Severity::Error => (Level::ERROR, "report.error"),
            Severity::Warning => (Level::WARNING, "report.warning"),
            Severity::Info => (Level::INFO, "report.info"),
        };
        level.with_name(self.words.get(key))
    }
}

fn place_in<'r>(report: &'r Report<'_>, place: &'r Place, start: Position) -> Element<'r> {
    match report.line_index(&place.path) {
        Some(index) => source(place.path.as_str(), report.text(&place.path), index, place.span, start),
        None => origin(place.path.as_str(), start),
    }
}

/// Leaves out the lines that hold nothing but the bar at the left: a finding is to be taken in at one sight.
fn tight(drawn: &str) -> String {
    let lines: Vec<&str> =
        drawn.lines().filter(|line| without_colours(line).trim() != "│").map(str::trim_end).collect();
    lines.join("\n").trim_end().to_owned()
}

/// A line without the escape sequences that colour it.
fn without_colours(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    plain.push_str(rest);
    plain
}

/// The lines that a span covers, marked; only path and position where there is nothing to draw.
fn source<'r>(path: &'r str, text: &'r str, index: &LineIndex, span: Span, start: Position) -> Element<'r> {
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    let from = span.start.clamp(bom, text.len().max(bom));
    let to = span.end.clamp(from, text.len().max(from));
    let first = index.line(from);
    let last = index.line(to.max(from + 1) - 1).min(first + MOST_LINES - 1);
    let begin = index.line_start(first).max(bom);
    let end = text[begin..].split_inclusive('\n').take(last + 1 - first).map(str::len).sum::<usize>() + begin;
    let shown = text.get(begin..end).unwrap_or_default().trim_end_matches(['\n', '\r']);
    let (from, to) = (from - begin, to.min(begin + shown.len()).saturating_sub(begin));
    if shown.trim().is_empty() || shown.len() > LONGEST_LINE || !shown.is_char_boundary(from.min(shown.len())) {
        return origin(path, start);
    }
    let marked = from.min(shown.len())..to.max(from).min(shown.len());
    Snippet::source(shown)
        .line_start(first)
        .path(visible_name(path))
        .fold(false)
        .annotation(AnnotationKind::Primary.span(marked))
        .into()
}

fn origin(path: &str, start: Position) -> Element<'_> {
    Origin::path(visible_name(path)).line(start.line).char_column(start.column).into()
}
