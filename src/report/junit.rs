//! Findings in the XML of `JUnit`: a suite a file, a case a finding.

use std::collections::BTreeMap;

use super::{Entry, Report};
use crate::finding::Severity;
use crate::text::visible;

/// The findings as XML; those of the weight `deny` or heavier are failures, the others are skipped cases.
pub fn render(report: &Report<'_>, deny: Severity) -> String {
    let mut suites: BTreeMap<String, Vec<&Entry<'_>>> = BTreeMap::new();
    for entry in &report.entries {
        suites.entry(report.path_of(&entry.finding.place.path)).or_default().push(entry);
    }
    let fails = |entry: &&&Entry<'_>| entry.finding.severity >= deny;
    let failures = report.entries.iter().filter(|entry| fails(&entry)).count();
    let tests = report.entries.len().max(1);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"ismsbook check\" tests=\"{tests}\" failures=\"{failures}\">\n"
    );
    if suites.is_empty() {
        // A file without a case reads as a run that did not take place.
        xml.push_str("  <testsuite name=\"ismsbook check\" tests=\"1\" failures=\"0\">\n    <testcase name=\"ismsbook check\" classname=\"ismsbook\"/>\n  </testsuite>\n");
    }
    for (path, entries) in suites {
        let failures = entries.iter().filter(|entry| fails(entry)).count();
        let skipped = entries.len() - failures;
        xml.push_str(&format!(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failures}\" skipped=\"{skipped}\">\n",
            escape(&path),
            entries.len()
        ));
        for entry in entries {
            case(&mut xml, &path, entry, deny);
        }
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn case(xml: &mut String, path: &str, entry: &Entry<'_>, deny: Severity) {
    let code = entry.finding.code;
    let name = format!("{code} {}:{} {}", entry.start.line, entry.start.column, entry.message);
    xml.push_str(&format!(
        "    <testcase name=\"{}\" classname=\"{}\" file=\"{}\" line=\"{}\">\n",
        escape(&name),
        escape(path),
        escape(path),
        entry.start.line
    ));
    let message = escape(&entry.message);
    if entry.finding.severity >= deny {
        let more: Vec<String> = [&entry.note, &entry.help].into_iter().flatten().map(|text| escape(text)).collect();
        let place = format!("{path}:{}:{}", entry.start.line, entry.start.column);
        let text = std::iter::once(escape(&place)).chain(more).collect::<Vec<_>>().join("\n");
        xml.push_str(&format!("      <failure type=\"{code}\" message=\"{message}\">{text}</failure>\n"));
    } else {
        xml.push_str(&format!("      <skipped message=\"{message}\"/>\n"));
    }
    xml.push_str("    </testcase>\n");
}

/// XML text; letters that would steer who shows it are shown, and two that XML cannot hold become `\u{fffd}`.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push(c),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}
