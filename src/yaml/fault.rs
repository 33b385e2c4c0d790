//! Why a text is no YAML: the slips that authors make, each with a name and an exact place.

use crate::files::FilePath;
use crate::finding::{Change, Code, Finding, Place, Remedy};
use crate::text::{LineIndex, Span};

/// Why a text is no YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where the slip is.
    pub span: Span,
    /// What kind of slip it is.
    pub kind: FaultKind,
    /// What is written there.
    pub found: String,
}

/// The slips that have a wording of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// One key stands twice in a map.
    DuplicateKey,
    /// A tab where only blanks may indent.
    Tab,
    /// A full-width colon after a key.
    FullWidthColon,
    /// A colon inside an unquoted value.
    ColonInValue,
    /// Too deep, or too many values (an alias bomb).
    TooLarge,
    /// A quote that is never closed.
    UnclosedQuote,
    /// A bracket or brace that is never closed.
    UnclosedBracket,
    /// A line that stands too far in, or not far enough.
    Indent,
    /// A line without a colon behind its key.
    MissingColon,
    /// A value that begins with a character that means something else in YAML (`@`, `*`, a backtick).
    SpecialCharacter,
    /// `{{name}}` without quotes: YAML reads the braces as maps.
    Braces,
    /// `[COMPANY] Policy` without quotes: YAML takes the bracket for a list and the rest for a slip.
    AfterBracket,
    /// Something behind the closing quote.
    AfterQuote,
    /// A backslash inside double quotes that begins no escape.
    Escape,
    /// Anything else. The parser's own words are of no use to an author, and of one language.
    Other,
}

impl FaultKind {
    /// The variant of the rules' words.
    fn variant(&self) -> &'static str {
        match self {
            Self::DuplicateKey => "duplicate-key",
            Self::Tab => "tab",
            Self::FullWidthColon => "full-width-colon",
            Self::ColonInValue => "colon-in-value",
            Self::TooLarge => "too-large",
            Self::UnclosedQuote => "unclosed-quote",
            Self::UnclosedBracket => "unclosed-bracket",
            Self::Indent => "indent",
            Self::MissingColon => "missing-colon",
            Self::SpecialCharacter => "special-character",
            Self::Braces => "braces",
            Self::AfterBracket => "after-bracket",
            Self::AfterQuote => "after-quote",
            Self::Escape => "escape",
            Self::Other => "yaml",
        }
    }
}

impl Fault {
    /// The fault, its place counted from `offset` before.
    #[must_use]
    pub fn moved(self, offset: usize) -> Self {
        Self { span: self.span.moved(offset), ..self }
    }

    /// The fault as a finding of `code` in the file `path`, whose YAML begins at `offset`.
    pub fn finding(self, code: Code, path: &FilePath, offset: usize) -> Finding {
        let quote = if self.found.contains(['"', '\\']) { '\'' } else { '"' };
        let quoted = format!("{quote}{}{quote}", self.found);
        let place = Place::new(path, self.span.moved(offset));
        let remedy = self.remedy(&quoted, &place);
        Finding::new(code, place)
            .variant(self.kind.variant())
            .with("quoted", quoted)
            .with("found", self.found)
            .remedy_some(remedy)
    }

    /// What a machine may write in the place of the slip.
    fn remedy(&self, quoted: &str, place: &Place) -> Option<Remedy> {
        let write = |text: &str| Change::Write(text.to_owned());
        match self.kind {
            FaultKind::FullWidthColon => Some(Remedy::safe(write(": "), place.clone())),
            FaultKind::ColonInValue | FaultKind::SpecialCharacter | FaultKind::Braces | FaultKind::AfterBracket => {
                Some(Remedy::safe(write(quoted), place.clone()))
            }
            FaultKind::Tab => Some(Remedy::doubtful(write("  "), place.clone())),
            _ => None,
        }
    }
}

/// Names the slip behind the parser's `words` at a line and column (from 1, in characters) of `text`.
pub(super) fn fault(text: &str, line: usize, column: usize, words: &str) -> Fault {
    let lines = LineIndex::new(text);
    let slip = Slip { text, words: &words.to_lowercase(), at: offset(text, &lines, line, column), line, lines: &lines };
    let (kind, span) = slip.name().unwrap_or_else(|| (FaultKind::Other, slip.token()));
    Fault { found: span.of(text).to_owned(), kind, span }
}

fn offset(text: &str, lines: &LineIndex, line: usize, column: usize) -> usize {
    let start = lines.line_start(line);
    let content = text[start..].lines().next().unwrap_or_default();
    start + content.char_indices().nth(column.saturating_sub(1)).map_or(content.len(), |(at, _)| at)
}

/// What is known of a slip: the parser's words in lower case and the place where it stopped.
struct Slip<'a> {
    text: &'a str,
    words: &'a str,
    at: usize,
    line: usize,
    lines: &'a LineIndex,
}

type Named = Option<(FaultKind, Span)>;

impl Slip<'_> {
    fn name(&self) -> Named {
        if self.words.contains("duplicate") {
            return Some((FaultKind::DuplicateKey, self.token()));
        }
        if self.words.contains("budget")
            || self.words.contains("depth")
            || self.words.contains("alias") && self.words.contains("limit")
        {
            return Some((FaultKind::TooLarge, self.token()));
        }
        let near = [self.line, self.line.saturating_sub(1)];
        near.iter()
            .find_map(|line| self.tab(*line))
            .or_else(|| self.tab(self.line + 1).filter(|_| self.words.contains("tab")))
            .or_else(|| near.iter().find_map(|line| self.full_width_colon(*line)))
            .or_else(|| near.iter().find_map(|line| self.braces(*line)))
            .or_else(|| near.iter().find_map(|line| self.after_bracket(*line)))
            .or_else(|| self.colon_in_value())
            .or_else(|| self.by_words())
    }

    fn by_words(&self) -> Named {
        let says = |words: &str| self.words.contains(words);
        let whole = |kind| Some((kind, self.token()));
        match () {
            () if says("unclosed quote") => Some((FaultKind::UnclosedQuote, self.rest_of_line())),
            () if says("trailing content after") => Some((FaultKind::AfterQuote, self.rest_of_line())),
            () if says("unknown escape") || says("escape sequence") => Some((FaultKind::Escape, self.rest_of_line())),
            () if says("illegal placement of ':'") || says("expected ',' or") => {
                self.open_bracket().map(|span| (FaultKind::UnclosedBracket, span))
            }
            () if says("simple key expected") => Some((FaultKind::MissingColon, self.rest_of_line())),
            () if says("unknown anchor") => whole(FaultKind::SpecialCharacter),
            () if says("unexpected character") && !self.rest_of_line().of(self.text).starts_with(char::is_control) => {
                whole(FaultKind::SpecialCharacter)
            }
            () if says("mapping values are not allowed")
                || says("expected key")
                || says("sequence entries are not allowed")
                || says("'-' indicator") =>
            {
                Some((FaultKind::Indent, self.whole_line()))
            }
            () => None,
        }
    }

    /// Where a line begins, and its content; an empty one where there is no such line.
    fn content(&self, line: usize) -> (usize, &str) {
        let start = self.lines.line_start(line);
        let exists = line > 0 && self.lines.line(start) == line;
        (start, if exists { self.text[start..].lines().next().unwrap_or_default() } else { "" })
    }

    fn tab(&self, line: usize) -> Named {
        let (start, content) = self.content(line);
        let indent = content.len() - content.trim_start().len();
        let tab = content[..indent].find('\t')?;
        Some((FaultKind::Tab, Span::new(start + tab, start + tab + 1)))
    }

    fn full_width_colon(&self, line: usize) -> Named {
        let (start, content) = self.content(line);
        let at = content.find('：').filter(|at| !content[..*at].contains([':', '"', '\'', '#']))?;
        Some((FaultKind::FullWidthColon, Span::new(start + at, start + at + '：'.len_utf8())))
    }

    fn braces(&self, line: usize) -> Named {
        let (start, content) = self.content(line);
        let at = content.find("{{").filter(|at| content[..*at].trim_end().ends_with([':', '-', '[', ',']))?;
        let length = content[at..].find("}}").map_or(content.len() - at, |end| end + 2);
        Some((FaultKind::Braces, Span::new(start + at, start + at + length)))
    }

    /// A value that goes on behind the bracket with which it begins.
    fn after_bracket(&self, line: usize) -> Named {
        let (start, content) = self.content(line);
        let begin = content.find(": ")? + 2;
        let value = content[begin..].trim();
        let close = match value.chars().next()? {
            '[' => ']',
            '{' => '}',
            _ => return None,
        };
        let (inner, behind) = value[1..].split_once(close)?;
        let goes_on = behind.trim_start().starts_with(|c: char| !matches!(c, '#' | ',' | ']' | '}'));
        let at = start + begin + content[begin..].find(value)?;
        (goes_on && !inner.contains(['[', '{'])).then(|| (FaultKind::AfterBracket, Span::new(at, at + value.len())))
    }

    /// The value of a line in which the parser stopped at a second colon.
    fn colon_in_value(&self) -> Named {
        let (start, content) = self.content(self.line);
        let first = content.find(": ")?;
        let stopped = self.at.checked_sub(start)?;
        if !self.words.contains("mapping values") || stopped <= first {
            return None;
        }
        let value = &content[first + 2..];
        let begin = start + first + 2 + (value.len() - value.trim_start().len());
        Some((FaultKind::ColonInValue, Span::new(begin, begin + value.trim().len())))
    }

    /// The last bracket before the place that nothing closes.
    fn open_bracket(&self) -> Option<Span> {
        let mut open = Vec::new();
        for (at, c) in self.text[..self.at].char_indices() {
            match c {
                '[' | '{' => open.push(at),
                ']' | '}' => {
                    open.pop();
                }
                _ => {}
            }
        }
        open.last().map(|at| Span::new(*at, at + 1))
    }

    fn token(&self) -> Span {
        let rest = &self.text[self.at..];
        let length = rest.find(['\n', ' ', ':', ',', '}', ']']).unwrap_or(rest.len());
        let next = rest.chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
        Span::new(self.at, self.at + length.max(next))
    }

    fn rest_of_line(&self) -> Span {
        let rest = self.text[self.at..].lines().next().unwrap_or_default();
        Span::new(self.at, self.at + rest.trim_end().len())
    }

    fn whole_line(&self) -> Span {
        let (start, content) = self.content(self.line);
        let indent = content.len() - content.trim_start().len();
        Span::new(start + indent, start + content.trim_end().len().max(indent))
    }
}
