//! Placeholders that a template left for its user: `{{組織名}}`, `[COMPANY]`, `[Insert date]`, `TBD`, `〇〇株式会社`.

use super::Manuscript;
use super::markdown::LinkKind;
use crate::text::Span;
use crate::value::{Node, Value};

/// Every placeholder of a file, in order: in the values of its front matter, in its running text, and where links lead.
pub(super) fn of(manuscript: &Manuscript) -> Vec<Span> {
    let mut spans = Vec::new();
    in_values(&manuscript.front, &manuscript.text, &mut spans);
    // What is no date or no known word because it is a placeholder is told once, as a wrong value.
    let wrong =
        |span: &Span| manuscript.findings.iter().any(|finding| finding.code == "DOC003" && finding.place.span == *span);
    spans.retain(|span| !wrong(span));
    for run in &manuscript.body.runs {
        spans.extend(find(&run.text).into_iter().map(|span| run.span(span.start, span.end)));
    }
    for link in manuscript.body.links.iter().filter(|link| link.kind != LinkKind::Wiki) {
        spans.extend(find(link.span.of(&manuscript.text)).into_iter().map(|span| span.moved(link.span.start)));
    }
    spans.sort_unstable();
    spans.dedup();
    spans
}

fn in_values(node: &Node, text: &str, spans: &mut Vec<Span>) {
    match &node.value {
        // A default of book.toml has no place in the file.
        Value::Text(value) if node.span.end > node.span.start => {
            let found = find(value);
            if node.span.of(text) == value {
                spans.extend(found.into_iter().map(|span| span.moved(node.span.start)));
            } else if !found.is_empty() {
                spans.push(node.span);
            }
        }
        Value::List(nodes) => nodes.iter().for_each(|node| in_values(node, text, spans)),
        Value::Map(entries) => entries.iter().for_each(|(_, node)| in_values(node, text, spans)),
        _ => {}
    }
}

/// Every placeholder of a text, in order, without overlaps.
pub fn find(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let end = if CIRCLES.contains(&c) { run_end(text, at, c) } else { at + c.len_utf8() };
        let span = match c {
            '{' => braces(text, at),
            '[' | '［' | '【' | '〔' => bracket(text, at, c),
            'T' => bare_word(text, at),
            _ if CIRCLES.contains(&c) => circles(text, at, end),
            _ => None,
        };
        at = span.map_or(end, |span| span.end);
        found.extend(span);
    }
    found
}

/// The end of a run of one character.
fn run_end(text: &str, at: usize, c: char) -> usize {
    text[at..].find(|other| other != c).map_or(text.len(), |length| at + length)
}

/// The longest placeholder, in bytes.
const LONGEST: usize = 240;

/// The rest of the line, as far as a placeholder may reach.
fn reach(text: &str) -> &str {
    let near = &text[..text.floor_char_boundary(LONGEST)];
    near.split('\n').next().unwrap_or_default()
}

/// `{{name}}`, `{{{name}}}`, `{{#section}}`.
fn braces(text: &str, at: usize) -> Option<Span> {
    let rest = &text[at..];
    let inner = rest.strip_prefix("{{")?;
    let line = reach(inner);
    let end = line.find("}}").filter(|end| !line[..*end].trim_matches(['{', '}', ' ']).is_empty())?;
    let closing = line[end..].bytes().take_while(|byte| *byte == b'}').count().min(3);
    Some(Span::new(at, at + 2 + end + closing))
}

fn bracket(text: &str, at: usize, opening: char) -> Option<Span> {
    let closing = match opening {
        '［' => '］',
        '【' => '】',
        '〔' => '〕',
        _ => ']',
    };
    let inner = reach(&text[at + opening.len_utf8()..]);
    let end = inner.find([closing, opening, '\n']).filter(|end| inner[*end..].starts_with(closing))?;
    let words = inner[..end].trim();
    let is_placeholder = words.chars().count() <= 80 && (is_capitals(words) || is_english(words) || is_japanese(words));
    is_placeholder.then(|| Span::new(at, at + opening.len_utf8() + end + closing.len_utf8()))
}

/// `COMPANY`, `COMPANY NAME`, `ORG-NAME`; not an abbreviation such as `ISMS`, nor anything with a number.
fn is_capitals(words: &str) -> bool {
    const SHORT: [&str; 13] =
        ["ORG", "NAME", "DATE", "YEAR", "TITLE", "ROLE", "TEAM", "CITY", "EMAIL", "PHONE", "URL", "LOGO", "XXX"];
    let letters = words.chars().filter(char::is_ascii_uppercase).count();
    let capitals =
        words.chars().all(|c| c.is_ascii_uppercase() || matches!(c, ' ' | '_' | '-' | '/' | '&' | '\'' | '.'));
    let parts = words.split([' ', '_', '-', '/']).filter(|part| !part.is_empty()).count();
    capitals && words != "REDACTED" && (letters >= 6 || parts > 1 && letters >= 4 || SHORT.contains(&words))
}

/// `To Be Determined`, `Insert your name`, `Date`.
fn is_english(words: &str) -> bool {
    const WHOLE: [&str; 16] = [
        "tbd",
        "tbc",
        "tba",
        "to be determined",
        "to be completed",
        "to be confirmed",
        "to be defined",
        "date",
        "name",
        "title",
        "company",
        "organization",
        "organisation",
        "department",
        "your company",
        "your organization",
    ];
    const BEGINNINGS: [&str; 8] =
        ["insert ", "enter ", "fill in", "specify ", "your ", "company ", "organization ", "organisation "];
    let lower = words.to_lowercase();
    let named = |word: &str| word.ends_with(" name") || word.ends_with(" here") || word.ends_with(" date");
    WHOLE.contains(&lower.as_str())
        || BEGINNINGS.iter().any(|beginning| lower.starts_with(beginning)) && (lower.split(' ').count() <= 8)
        || named(&lower) && lower.split(' ').count() <= 3
}

/// `会社名`, `記入してください`, `日付`.
fn is_japanese(words: &str) -> bool {
    const WHOLE: [&str; 17] = [
        "会社名",
        "組織名",
        "貴社名",
        "自社名",
        "法人名",
        "部署名",
        "部門名",
        "氏名",
        "担当者名",
        "責任者名",
        "日付",
        "年月日",
        "制定日",
        "改定日",
        "文書番号",
        "未定",
        "要記入",
    ];
    WHOLE.contains(&words)
        || words.ends_with("を記入")
        || words.ends_with("を入力")
        || words.ends_with("記入してください")
        || words.ends_with("入力してください")
}

/// `TBD` alone.
fn bare_word(text: &str, at: usize) -> Option<Span> {
    let rest = text[at..].strip_prefix("TBD")?;
    let part_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let before = text[..at].chars().next_back().is_some_and(part_of_word);
    let after = rest.chars().next().is_some_and(part_of_word);
    (!before && !after).then(|| Span::new(at, at + 3))
}

/// The circles that stand for a name: 〇 ○ ◯ ●.
const CIRCLES: [char; 4] = ['〇', '○', '◯', '●'];

/// What a circled name is followed or led by.
const COMPANIES: [&str; 6] = ["株式会社", "有限会社", "合同会社", "一般社団法人", "財団法人", "事業部"];

/// `〇〇株式会社`, `株式会社○○`, `○○部長`: two circles or more beside a word. Alone they may be marks in a table.
fn circles(text: &str, at: usize, end: usize) -> Option<Span> {
    let is_word = |c: char| c.is_alphabetic() && !c.is_ascii();
    let (before, after) = (text[..at].chars().next_back(), text[end..].chars().next());
    let several = text[at..end].chars().nth(1).is_some();
    if !several || !(before.is_some_and(is_word) || after.is_some_and(is_word)) {
        return None;
    }
    let following = COMPANIES.iter().find(|company| text[end..].starts_with(**company));
    let leading = COMPANIES.iter().find(|company| text[..at].ends_with(**company)).filter(|_| following.is_none());
    Some(Span::new(at - leading.map_or(0, |company| company.len()), end + following.map_or(0, |company| company.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn placeholders_are_found_whole() {
        assert_eq!(found("{{組織名}}は{{#x}}と{{{y}}}"), ["{{組織名}}", "{{#x}}", "{{{y}}}"]);
        assert_eq!(found("[COMPANY] and [COMPANY NAME] by [Date]"), ["[COMPANY]", "[COMPANY NAME]", "[Date]"]);
        assert_eq!(
            found("[To Be Determined], [Insert the name here], TBD."),
            ["[To Be Determined]", "[Insert the name here]", "TBD"]
        );
        assert_eq!(found("〇〇株式会社と株式会社○○の◯◯部長"), ["〇〇株式会社", "株式会社○○", "◯◯"]);
        assert_eq!(found("［会社名］は【担当者名を記入】"), ["［会社名］", "【担当者名を記入】"]);
    }

    #[test]
    fn a_text_of_nothing_but_beginnings_takes_no_time() {
        for beginning in ["{", "[", "○", "T", "【", "{{ "] {
            assert_eq!(find(&beginning.repeat(50_000)), [], "{beginning}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_left_alone() {
        for text in [
            "[ISMS]",
            "[A.5.15]",
            "[POL-001]",
            "[x]",
            "[1]",
            "[!NOTE]",
            "[GDPR]",
            "TBDX",
            "ISO-TBD",
            "○○",
            "| ○ | × |",
            "{x}",
            "{{}}",
            "[link]",
            "【重要】",
            "[[POL-003]]",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
