//! How a value is written in YAML: without quotes where that is read as the same text by every reader, else in quotes.

use super::data::Data;
use crate::value::Value;

/// Longer lists and maps are written below their key, one entry a line.
const SHORT: usize = 80;

/// A value within one line, as it stands between brackets (`flow`) or behind a key.
pub(super) fn inline(data: &Data, flow: bool) -> String {
    match data {
        Data::Null => "null".to_owned(),
        Data::Bool(value) => value.to_string(),
        Data::Plain(text) if is_plain(text, flow) => text.clone(),
        Data::Text(text) if is_plain(text, flow) && !is_other(text) => text.clone(),
        Data::Plain(text) | Data::Text(text) => quoted(text),
        Data::List(items) => {
            let items: Vec<String> = items.iter().map(|item| inline(item, true)).collect();
            format!("[{}]", items.join(", "))
        }
        Data::Map(entries) if entries.is_empty() => "{}".to_owned(),
        Data::Map(entries) => {
            let entry = |(key, data): &(String, Data)| format!("{}: {}", spell_key(key, true), inline(data, true));
            format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

/// A key as it is written.
pub(super) fn spell_key(key: &str, flow: bool) -> String {
    inline(&Data::text(key), flow)
}

/// What stands behind a key's colon or a list's dash, at whose column `indent` counts, without the end of its last line.
pub(super) fn behind(data: &Data, indent: usize, eol: &str) -> String {
    match data {
        Data::Null => String::new(),
        Data::Map(entries) if !entries.is_empty() => {
            format!("{eol}{}", map_lines(entries, indent + 2, eol))
        }
        Data::List(items) if !is_short(items) => {
            let pad = " ".repeat(indent + 2);
            let lines: Vec<String> =
                items.iter().map(|item| format!("{pad}{}", item_line(item, indent + 2, eol))).collect();
            format!("{eol}{}", lines.join(eol))
        }
        Data::Text(text) if text.contains('\n') => literal(text, indent, eol),
        _ => format!(" {}", inline(data, false)),
    }
}

/// An entry of a list with its dash, which stands at column `indent`.
pub(super) fn item_line(data: &Data, indent: usize, eol: &str) -> String {
    match data {
        Data::Map(entries) if !entries.is_empty() => {
            format!("- {}", map_lines(entries, indent + 2, eol).trim_start())
        }
        Data::List(_) => format!("- {}", inline(data, true)),
        _ => format!("-{}", behind(data, indent, eol)),
    }
}

/// The entries of a map, each on lines of its own.
pub(super) fn map_lines(entries: &[(String, Data)], indent: usize, eol: &str) -> String {
    let pad = " ".repeat(indent);
    let line = |(key, data): &(String, Data)| format!("{pad}{}:{}", spell_key(key, false), behind(data, indent, eol));
    entries.iter().map(line).collect::<Vec<_>>().join(eol)
}

fn is_short(items: &[Data]) -> bool {
    items.iter().all(Data::is_scalar) && inline(&Data::List(items.to_vec()), true).chars().count() <= SHORT
}

/// A text of several lines as a literal block, where that keeps every letter of it.
fn literal(text: &str, indent: usize, eol: &str) -> String {
    let lines: Vec<&str> = text.trim_end_matches('\n').split('\n').collect();
    let odd = text.starts_with([' ', '\t', '\n']) || text.ends_with("\n\n") || text.contains('\r');
    let blank_end = lines.iter().any(|line| line.ends_with([' ', '\t']) || line.chars().any(is_odd));
    if odd || blank_end {
        return format!(" {}", quoted(text));
    }
    let pad = " ".repeat(indent + 2);
    let chomp = if text.ends_with('\n') { "" } else { "-" };
    let lines: Vec<String> =
        lines.iter().map(|line| if line.is_empty() { String::new() } else { format!("{pad}{line}") }).collect();
    format!(" |{chomp}{eol}{}", lines.join(eol))
}

/// A text in quotes of one kind or the other, in the place of what had these quotes.
pub(super) fn within(text: &str, quote: char) -> Option<String> {
    match quote {
        '"' => Some(escaped(text)),
        _ if text.chars().any(|letter| is_odd(letter) || letter == '\n') => None,
        _ => Some(text.replace('\'', "''")),
    }
}

fn quoted(text: &str) -> String {
    let single = text.contains(['"', '\\']) && !text.chars().any(|letter| is_odd(letter) || letter == '\n');
    if single { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{}\"", escaped(text)) }
}

fn escaped(text: &str) -> String {
    let mut made = String::with_capacity(text.len() + 2);
    for letter in text.chars() {
        match letter {
            '"' | '\\' => made.extend(['\\', letter]),
            '\n' => made.push_str("\\n"),
            '\r' => made.push_str("\\r"),
            '\t' => made.push_str("\\t"),
            _ if is_odd(letter) => match u32::from(letter) {
                code @ 0..=0xffff => made.push_str(&format!("\\u{code:04x}")),
                code => made.push_str(&format!("\\U{code:08x}")),
            },
            _ => made.push(letter),
        }
    }
    made
}

/// Letters that a reader of YAML refuses, folds or takes for the end of a line.
fn is_odd(letter: char) -> bool {
    letter.is_control() && letter != '\n'
        || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a text without quotes is read as it stands.
fn is_plain(text: &str, flow: bool) -> bool {
    const FIRST: &str = "!&*#|>@`\"%'[]{},";
    let mut letters = text.chars();
    let (Some(first), second) = (letters.next(), letters.next()) else { return false };
    let marks = flow && text.contains([',', '[', ']', '{', '}']);
    let begins = FIRST.contains(first)
        || matches!(first, '-' | '?' | ':') && second.is_none_or(|letter| letter.is_whitespace() || letter == first)
        || text.starts_with("...");
    let parts = text.contains(": ") || text.ends_with(':') || text.contains(" #") || text.contains(":\u{a0}");
    let blanks = text.trim() != text || text.chars().any(|letter| is_odd(letter) || letter == '\n');
    if begins || parts || blanks || marks {
        return false;
    }
    // What no rule above knows of, the reader itself does.
    let (line, key) = if flow { (format!("k: [{text}]\n"), 1) } else { (format!("k: {text}\n"), 0) };
    let read = crate::yaml::parse(&line).ok().and_then(|node| {
        let value = node.get("k")?.value.clone();
        match value {
            Value::List(mut nodes) if key == 1 && nodes.len() == 1 => nodes.pop().map(|node| node.value),
            value if key == 0 => Some(value),
            _ => None,
        }
    });
    match read {
        Some(Value::Text(read) | Value::Literal(read)) => read == text,
        Some(Value::Bool(_) | Value::Null) => true,
        _ => false,
    }
}

/// Whether some reader of YAML takes a text without quotes for something else: nothing, a truth, a number, a day.
fn is_other(text: &str) -> bool {
    const WORDS: [&str; 13] = ["~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "<<", "=", ".nan"];
    let lower = text.to_ascii_lowercase();
    let bare = lower.trim_start_matches(['+', '-']);
    let digits = bare.starts_with(|c: char| c.is_ascii_digit())
        || bare.starts_with('.') && bare[1..].starts_with(|c: char| c.is_ascii_digit());
    let number = digits
        && (bare.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'_' | b',' | b':' | b'-' | b'+' | b'e'))
            || ["0x", "0o", "0b"].iter().any(|prefix| bare.starts_with(prefix)))
        && bare.matches('.').count() <= 1;
    let day = crate::date::Date::parse(text.get(..10).unwrap_or(text)).is_some();
    WORDS.contains(&lower.as_str()) || bare == ".inf" || number || day
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_stand_exactly_where_yaml_needs_them() {
        let table = [
            ("A.5.15", "A.5.15", "A.5.15"),
            ("情報：方針", "情報：方針", "情報：方針"),
            ("a, b [c]", "a, b [c]", "\"a, b [c]\""),
            ("6.1.3 d)", "6.1.3 d)", "6.1.3 d)"),
            ("5.10", "\"5.10\"", "\"5.10\""),
            ("1.2.3", "1.2.3", "1.2.3"),
            ("27017:9.2.3", "27017:9.2.3", "27017:9.2.3"),
            ("12:30", "\"12:30\"", "\"12:30\""),
            ("2026-04-01", "\"2026-04-01\"", "\"2026-04-01\""),
            ("yes", "\"yes\"", "\"yes\""),
            ("No", "\"No\"", "\"No\""),
            ("~", "\"~\"", "\"~\""),
            ("", "\"\"", "\"\""),
            ("@ciso", "\"@ciso\"", "\"@ciso\""),
            ("*all*", "\"*all*\"", "\"*all*\""),
            ("[x] y", "\"[x] y\"", "\"[x] y\""),
            ("a: b", "\"a: b\"", "\"a: b\""),
            ("a:", "\"a:\"", "\"a:\""),
            ("a #b", "\"a #b\"", "\"a #b\""),
            ("a#b", "a#b", "a#b"),
            ("- a", "\"- a\"", "\"- a\""),
            ("-a", "-a", "-a"),
            (" a", "\" a\"", "\" a\""),
            ("say \"x\"", "say \"x\"", "say \"x\""),
            ("\"x\" y", "'\"x\" y'", "'\"x\" y'"),
            ("it's", "it's", "it's"),
            ("a\nb", "\"a\\nb\"", "\"a\\nb\""),
            ("{{名}}", "\"{{名}}\"", "\"{{名}}\""),
            ("100%", "100%", "100%"),
            ("P5Y", "P5Y", "P5Y"),
        ];
        for (text, block, flow) in table {
            assert_eq!(inline(&Data::text(text), false), block, "{text}");
            assert_eq!(inline(&Data::text(text), true), flow, "{text}");
        }
        assert_eq!(inline(&Data::Plain("2026-04-01".to_owned()), false), "2026-04-01");
    }
}
